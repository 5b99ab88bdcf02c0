#!/usr/bin/env bash
# Measures the machine's floor and the product in the same run and prints the ratios; it judges nothing.
# `scripts/bench.sh intake search` runs some parts only; PostgreSQL is left out where it is not installed.
. "$(dirname "$0")/postgres.sh"
need_toolchain
build_frontend
cargo build --release --locked -p heard-server -p heard-testkit --bins
trap stop_postgres EXIT
if [ -z "${HEARD_TEST_POSTGRES:-}" ] && postgres_bin >/dev/null; then start_postgres; fi
"$target/release/bench" "$@"
