#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Run once by the database's entry point after roles.sql: gives the three roles their passwords, from files, and never as
# an argument that a process list would show.
set -eu
for role in owner app sequencer; do
  psql -v ON_ERROR_STOP=1 -q -U "${POSTGRES_USER:-postgres}" -d "$POSTGRES_DB" <<SQL
\\set password \`cat /run/secrets/sparekey.database.$role.password\`
ALTER ROLE sparekey_$role PASSWORD :'password';
SQL
done
