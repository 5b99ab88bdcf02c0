#!/usr/bin/env bash
# A debug server and Vite with live reload; Vite hands /api to the server. Both stop together.
. "$(dirname "$0")/lib.sh"
need_toolchain
install_frontend
listen=${LISTEN:-127.0.0.1:8080}
data=${DATA:-./data}

# The widget is served by the server from its build, also in development.
[ -d frontend/widget/dist ] && [ -d frontend/console/dist ] || build_frontend
cargo build --locked -p heard-server

args=(serve --listen "$listen" --data "$data")
[ -z "${DATABASE:-}" ] || args+=(--database "$DATABASE")
"$target/debug/heard" "${args[@]}" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
say
say "Server: http://$listen   console with live reload: the address that Vite prints below"
cd frontend
HEARD_SERVER="http://$listen" npm run --silent dev --workspace console
