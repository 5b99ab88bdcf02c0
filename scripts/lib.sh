# shellcheck shell=bash
# Sourced by the other scripts: where things are, and clear words when something is missing.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# A clone that CI throws away must not take its build with it.
if [ "${CI:-}" = true ]; then
  export CARGO_TARGET_DIR=${HEARD_TARGET_DIR:-${CARGO_TARGET_DIR:-$HOME/.cache/heard/target}}
  export CARGO_INCREMENTAL=0
fi
target=${CARGO_TARGET_DIR:-$root/target}

say() { printf '%s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# at_least WANTED FOUND: compares dotted versions.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]; }

# The three things that building needs, each with the way to get it.
need_toolchain() {
  local missing=()
  local rust node want_rust want_node=20.19
  want_rust=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  if ! has cargo; then
    missing+=("Rust $want_rust or newer: https://rustup.rs")
  else
    rust=$(rustc --version | cut -d' ' -f2)
    at_least "$want_rust" "$rust" || missing+=("Rust $want_rust or newer (found $rust): rustup update stable")
  fi
  if ! has node || ! has npm; then
    missing+=("Node.js $want_node or newer with npm: https://nodejs.org, or your distribution's packages nodejs and npm")
  else
    node=$(node --version)
    node=${node#v}
    at_least "$want_node" "$node" || missing+=("Node.js $want_node or newer (found $node): https://nodejs.org")
  fi
  has cc || missing+=("a C compiler named cc: apt-get install gcc libc6-dev, dnf install gcc, or xcode-select --install")
  if [ ${#missing[@]} -gt 0 ]; then
    say "Heard is built from source; this machine lacks:" >&2
    printf '  - %s\n' "${missing[@]}" >&2
    exit 1
  fi
}

# npm ci empties node_modules each time, so it runs only when the lock file differs from the installed one.
install_frontend() {
  local stamp=frontend/node_modules/.heard-lock lock=frontend/package-lock.json
  if [ -f "$stamp" ] && cmp -s "$stamp" "$lock"; then return; fi
  say "Installing the front end's packages"
  # Also where errexit is off, as within a test step: no stamp for an installation that failed.
  (cd frontend && npm ci --no-fund --no-audit --loglevel=error) || return
  cp "$lock" "$stamp"
}

build_frontend() {
  install_frontend || return
  (cd frontend && npm run --silent build --workspace console && npm run --silent build --workspace widget)
}

# A TCP port of the loopback interface that nothing uses now.
free_port() {
  node -e 'const s = require("net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}
