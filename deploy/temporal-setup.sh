#!/bin/sh
# The namespace and its search attributes; safe to run again.
set -eu
namespace="${TEMPORAL_NAMESPACE:-shoots}"
temporal operator namespace describe --namespace "$namespace" >/dev/null 2>&1 \
  || temporal operator namespace create --namespace "$namespace" --retention "$RETENTION"

there() {
  temporal operator search-attribute list --namespace "$namespace" 2>/dev/null | grep -qw "$1"
}

# A new namespace is known everywhere after some seconds only; until then the server refuses.
for name in ShootStage ShootStatus ShootOwner; do
  tries=0
  until there "$name"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 30 ]; then
      echo "$name could not be registered in $namespace" >&2
      exit 1
    fi
    temporal operator search-attribute create --namespace "$namespace" --name "$name" \
      --type Keyword || sleep 1
  done
done
