#!/bin/sh
# Starts the replica, which begins as a copy of the primary. To begin anew, remove its volume.
set -eu
if [ ! -d "$PGDATA" ]; then
    rm -rf "$PGDATA.new"
    pg_basebackup --dbname="host=primary user=replicator password='$REPLICATOR_PASSWORD'" --pgdata="$PGDATA.new" \
        --wal-method=stream --write-recovery-conf --slot=descent --checkpoint=fast
    mv "$PGDATA.new" "$PGDATA"
fi
exec postgres -D "$PGDATA" -c config_file=/etc/descent/replica.conf -c listen_addresses='*'
