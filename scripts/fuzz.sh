#!/usr/bin/env bash
# Feeds parsers of outside input with what the fuzzer comes up with: scripts/fuzz.sh [TARGET] [SECONDS]
# Without a target all of them, a minute each. What breaks one is kept in fuzz/found/TARGET; put it into fuzz/seeds and mend it.
. "$(dirname "$0")/lib.sh"
need_toolchain
seconds=${2:-60}
targets=${1:-calendar_lines calendar_files text search plans forms logs}
host=$(rustc -vV | sed -n 's/^host: //p')
# Stable Rust can place libFuzzer's counters; only the address sanitizer would need nightly, and there is no unsafe code.
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing"
export CARGO_TARGET_DIR=$target/fuzz
for name in $targets; do
  features=()
  case $name in
    search) features=(--features search) ;;
    plans) features=(--features cases) ;;
  esac
  (cd "$root/fuzz" && cargo build --release --locked --target "$host" --bin "$name" "${features[@]}")
  mkdir -p "$root/fuzz/found/$name" "$root/fuzz/corpus/$name"
  say "== $name for $seconds s"
  "$CARGO_TARGET_DIR/$host/release/$name" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
    -artifact_prefix="$root/fuzz/found/$name/" "$root/fuzz/corpus/$name" "$root/fuzz/seeds/$name"
done
