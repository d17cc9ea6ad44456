#!/bin/sh
# The server's image takes the password from the environment alone; here it comes from a file.
set -eu
POSTGRES_PWD="$(cat /run/secrets/database_password)"
export POSTGRES_PWD
exec /etc/temporal/entrypoint.sh
