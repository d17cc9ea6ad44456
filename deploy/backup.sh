#!/bin/sh
# Backs the Compose deployment up into a new folder, while shoots are under way.
# The databases come first: the store only grows, so what an older database knows of is in it.
# The store stands still while its files are copied; workers and gateways wait for it meanwhile.
set -eu
[ $# = 1 ] || { echo "usage: deploy/backup.sh FOLDER" >&2; exit 2; }
[ ! -e "$1" ] || { echo "$1 exists already: name a new folder" >&2; exit 2; }
umask 077
mkdir -p "$1.part"
folder=$(cd "$1.part" && pwd)
cd "$(dirname "$0")/.."
compose() { docker compose --env-file deploy/.env "$@"; }

for name in temporal temporal_visibility; do
  compose exec -T database pg_dump -U temporal -Fc "$name" > "$folder/$name.dump"
done
store=$(compose ps -q store)
trap 'compose start store' EXIT
compose stop store
docker run --rm --volumes-from "$store:ro" -v "$folder:/backup" postgres:17 \
  tar -C /data -czf /backup/store.tar.gz .
compose start store
trap - EXIT
tar -czf "$folder/secrets.tar.gz" deploy/.env deploy/secrets
mv "$folder" "${folder%.part}"
echo "${folder%.part}"
