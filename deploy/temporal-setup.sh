#!/bin/sh
# The namespace and its search attributes; safe to run again.
set -eu
temporal operator namespace describe --namespace shoots >/dev/null 2>&1 \
  || temporal operator namespace create --namespace shoots --retention "$RETENTION"
for name in ShootStage ShootStatus ShootOwner; do
  temporal operator search-attribute create --namespace shoots --name "$name" --type Keyword \
    || echo "$name is there already"
done
