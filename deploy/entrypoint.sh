#!/bin/bash
# Give Odoo the database password from the secret, then do what the official image does.
set -euo pipefail
if [ -n "${PGPASSWORD_FILE:-}" ]; then
    PGPASSWORD="$(<"$PGPASSWORD_FILE")"
    export PGPASSWORD
fi
exec /entrypoint.sh "$@"
