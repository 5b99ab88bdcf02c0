#!/usr/bin/env bash
# Runs a command beside a PostgreSQL cluster of its own:  scripts/postgres.sh COMMAND [ARGUMENT…]
# The cluster lives in a temporary folder on a free port, is fast instead of durable, and goes when the command ends.
# The command finds it as HEARD_TEST_POSTGRES. Other scripts source this file for start_postgres and stop_postgres.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

postgres_dir=
postgres_bin() {
  local found
  for found in "$(command -v initdb 2>/dev/null || true)" /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; do
    # Distributions link initdb into the path; the server's other programs stand beside the real file.
    if [ -n "$found" ] && [ -x "$found" ]; then dirname "$(readlink -f "$found")" && return; fi
  done
  return 1
}

# PostgreSQL refuses to run as root, so root lends it another user.
as_postgres() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  else
    setpriv --reuid="$postgres_user" --regid="$(id -g "$postgres_user")" --clear-groups "$@"
  fi
}

start_postgres() {
  local bin port
  bin=$(postgres_bin) || fail "PostgreSQL's server is missing: apt-get install postgresql"
  postgres_user=$(id -un)
  if [ "$(id -u)" = 0 ]; then
    postgres_user=nobody
    if id postgres >/dev/null 2>&1; then postgres_user=postgres; fi
    has setpriv || fail "setpriv is missing: apt-get install util-linux"
  fi
  postgres_dir=$(mktemp -d "${TMPDIR:-/tmp}/heard-postgres.XXXXXX")
  chown "$postgres_user" "$postgres_dir"
  port=$(free_port)
  (
    cd "$postgres_dir"
    as_postgres "$bin/initdb" --pgdata="$postgres_dir/data" --username=heard --auth=trust --encoding=UTF8 \
      --locale=C --no-sync >"$postgres_dir/initdb.log" 2>&1 || {
      cat "$postgres_dir/initdb.log" >&2
      fail "initdb failed"
    }
    as_postgres "$bin/pg_ctl" start --silent --wait --timeout=60 --pgdata="$postgres_dir/data" \
      --log="$postgres_dir/data/server.log" --options="-p $port -c listen_addresses=127.0.0.1 \
      -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
      -c max_connections=400 -c shared_buffers=256MB" || {
      cat "$postgres_dir/data/server.log" >&2
      fail "PostgreSQL did not start"
    }
  )
  postgres_bin_dir=$bin
  export HEARD_TEST_POSTGRES="postgres://heard@127.0.0.1:$port/postgres"
}

stop_postgres() {
  [ -n "$postgres_dir" ] || return 0
  (cd / && as_postgres "${postgres_bin_dir:-$(postgres_bin)}/pg_ctl" stop --silent --mode=immediate \
    --pgdata="$postgres_dir/data" >/dev/null 2>&1) || true
  rm -rf "$postgres_dir"
  postgres_dir=
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  [ $# -gt 0 ] || fail "usage: scripts/postgres.sh COMMAND [ARGUMENT…]"
  trap stop_postgres EXIT
  start_postgres
  "$@"
fi
