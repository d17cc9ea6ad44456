#!/bin/sh
# Creates or upgrades Temporal's two databases; safe to run again.
set -eu
SQL_PASSWORD="$(cat /run/secrets/database_password)"
export SQL_PASSWORD
for name in temporal:temporal temporal_visibility:visibility; do
  tool="temporal-sql-tool --plugin postgres12 --ep database -p 5432 -u temporal --db ${name%%:*}"
  $tool create
  $tool setup-schema -v 0.0 || echo "${name%%:*} has a schema already"
  $tool update-schema -d "/etc/temporal/schema/postgresql/v12/${name##*:}/versioned"
done
