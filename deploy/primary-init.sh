#!/bin/sh
# Run once by PostgreSQL's image, in a new database: lets the replica in, and keeps for it what it has not had yet.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$REPLICATOR_PASSWORD" --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'password';
SELECT pg_create_physical_replication_slot('descent');
SQL
echo "host replication replicator samenet scram-sha-256" >> "$PGDATA/pg_hba.conf"
