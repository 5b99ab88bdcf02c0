#!/usr/bin/env bash
# Measures the machine's floor and the product in the same run and prints the ratios; it judges nothing.
. "$(dirname "$0")/lib.sh"
need_toolchain
exec cargo run --release --locked -p heard-testkit --bin bench -- "$@"
