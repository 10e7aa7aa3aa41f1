#!/bin/sh
# Makes the two databases of a cluster and their tables, or brings them up to date. Safe to run twice.
# The names of the databases are the arguments; SQL_HOST, SQL_USER and SQL_PASSWORD say where.
set -eu

tool() { temporal-sql-tool --plugin postgres12 --endpoint "$SQL_HOST" --port "${SQL_PORT:-5432}" "$@"; }
make() {
  tool --database "$1" create-database
  tool --database "$1" setup-schema --version 0.0
  tool --database "$1" update-schema --schema-dir "${SCHEMA_DIR:-/etc/temporal/schema/postgresql/v12}/$2/versioned"
}

make "$1" temporal
make "$2" visibility
