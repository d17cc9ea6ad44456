#!/bin/sh
# Sets the Compose deployment back to a folder that deploy/backup.sh made. A store that has files
# is newer and stays as it is, whatever the age of the databases; an empty one is filled.
set -eu
[ $# = 1 ] || { echo "usage: deploy/restore.sh FOLDER" >&2; exit 2; }
for file in temporal.dump temporal_visibility.dump store.tar.gz; do
  [ -s "$1/$file" ] || { echo "$1 has no $file: it is no backup" >&2; exit 2; }
done
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
compose() { docker compose --env-file deploy/.env "$@"; }

compose stop gateway worker temporal
compose up -d --no-deps --wait database
for name in temporal temporal_visibility; do
  compose exec -T database pg_restore -U temporal -d postgres --clean --if-exists --create \
    --exit-on-error < "$folder/$name.dump"
done
compose stop store
compose create store
docker run --rm --volumes-from "$(compose ps -aq store)" -v "$folder:/backup:ro" postgres:17 \
  sh -c '[ -n "$(ls -A /data)" ] || tar -C /data -xzf /backup/store.tar.gz'
compose up -d --wait
