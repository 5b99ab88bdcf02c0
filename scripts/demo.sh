#!/usr/bin/env bash
# An example organisation in a temporary folder, with people, customers, conversations and cases; gone with Ctrl-C.
. "$(dirname "$0")/lib.sh"
need_toolchain
listen=${LISTEN:-127.0.0.1:8080}
data=$(mktemp -d "${TMPDIR:-/tmp}/heard-demo.XXXXXX")
server=
finish() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$data"
}
trap finish EXIT
trap 'exit 0' INT TERM

build_frontend
cargo build --release --locked -p heard-server
"$target/release/heard" serve --listen "$listen" --data "$data" &
server=$!
node scripts/demo.mjs "http://$listen"
wait "$server"
