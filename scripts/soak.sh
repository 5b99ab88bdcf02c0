#!/usr/bin/env bash
# 200 visitors and 20 agents talk while the server is killed; what was acknowledged must be there once and in order.
# `scripts/soak.sh sqlite` or `postgres` runs one engine; PostgreSQL is left out where it is not installed.
. "$(dirname "$0")/postgres.sh"
need_toolchain
build_frontend
cargo build --release --locked -p heard-server -p heard-testkit --bins
trap stop_postgres EXIT
if [ "${1:-}" != sqlite ] && [ -z "${HEARD_TEST_POSTGRES:-}" ] && postgres_bin >/dev/null; then start_postgres; fi
"$target/release/soak" "$@"
