#!/usr/bin/env bash
# Builds console, widget and server, then serves until Ctrl-C.
. "$(dirname "$0")/lib.sh"
need_toolchain
listen=${LISTEN:-127.0.0.1:8080}
data=${DATA:-./data}

build_frontend
cargo build --release --locked -p heard-server

args=(serve --listen "$listen" --data "$data")
[ -z "${DATABASE:-}" ] || args+=(--database "$DATABASE")
say
say "Heard: http://$listen   data in $data   stop with Ctrl-C"
exec "$target/release/heard" "${args[@]}"
