#!/usr/bin/env bash
# Everything that must hold, in the order of what fails fastest. The first failing step ends the run.
# `scripts/test.sh rust` runs the Rust part alone, `scripts/test.sh frontend` and `scripts/test.sh journeys` the others.
. "$(dirname "$0")/postgres.sh"
. "$root/scripts/debian.sh"
part=${1:-all}
case $part in all | rust | frontend | journeys) ;; *) fail "usage: scripts/test.sh [rust|frontend|journeys]" ;; esac

passed=0 failed=0 skipped=0 finished=
log=$(mktemp)
started=$SECONDS

finish() {
  stop_postgres
  rm -f "$log"
  [ -z "$finished" ] || say "$passed passed, $failed failed, $skipped skipped"
}
trap finish EXIT

# The runners' own closing lines: nextest, vitest and Playwright. A step without tests counts as one check.
number() {
  sed 's/\x1b\[[0-9;]*m//g' "$log" | { grep -aE "$1" || true; } | { grep -aoE "[0-9]+ $2" || true; } |
    awk '{ n += $1 } END { print n + 0 }'
}
count() {
  local lines='^ *(Summary \[|Tests  )|^ *[0-9]+ (passed|failed|flaky|skipped)( \([0-9.ms]+\))?$' p f s
  p=$(number "$lines" passed) f=$(number "$lines" failed) s=$(number "$lines" skipped)
  if [ $((p + f)) -eq 0 ]; then if [ "$1" = 0 ]; then p=1; else f=1; fi; fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# step NAME COMMAND…
step() {
  local name=$1 begin=$SECONDS rc=0
  shift
  say "== $name"
  ("$@") 2>&1 | tee "$log" || rc=$?
  finished=1
  count "$rc"
  if [ "$rc" != 0 ]; then
    [ "$failed" -gt 0 ] || failed=1
    say "== $name failed after $((SECONDS - begin)) s"
    exit 1
  fi
  say "== $name: $((SECONDS - begin)) s"
  say
}

need_nextest() {
  cargo nextest --version >/dev/null 2>&1 && return
  PATH=$target/tools/bin:$PATH
  cargo nextest --version >/dev/null 2>&1 || cargo install cargo-nextest --locked --root "$target/tools"
}

rust_tests() {
  start_postgres
  step "Rust tests" cargo nextest run --locked --workspace
}

need_toolchain
# The folder that CI keeps between runs grows with every change of a dependency; begin anew before it fills the disk.
if [ "${CI:-}" = true ] && [ -d "$target" ] && [ "$(du -s --block-size=1G "$target" | cut -f1)" -ge 20 ]; then
  rm -rf "$target"
fi
if [ "$part" = all ] || [ "$part" = rust ]; then
  step "Rust format" cargo fmt --all --check
fi
step "Front end packages" install_frontend
if [ "$part" = all ] || [ "$part" = frontend ]; then
  step "Front end" npm --prefix frontend run --silent check
fi
# The server embeds both builds.
step "Front end build" build_frontend
if [ "$part" = all ] || [ "$part" = rust ]; then
  postgres_bin >/dev/null || need_debian postgresql
  need_nextest
  step "Rust lints" cargo clippy --locked --workspace --all-targets -- -D warnings
  rust_tests
fi
if [ "$part" = all ] || [ "$part" = journeys ]; then
  need_chromium
  need_fonts
  step "Server" cargo build --locked --workspace
  export HEARD_BIN=$target/debug/heard
  step "Browser journeys" npm --prefix frontend run --silent test --workspace e2e
fi
say "All of it in $(((SECONDS - started) / 60)) min $(((SECONDS - started) % 60)) s"
