# shellcheck shell=bash
# Sourced by test.sh: installs what the tests need where that is possible, and names it where it is not.

# need_debian PACKAGE…: installs those that are missing when root on Debian or a relative of it.
need_debian() {
  local missing=() package
  has dpkg-query || fail "install by hand what the tests need (Debian's names): $*"
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || fail "the tests need these packages: sudo apt-get install ${missing[*]}"
  say "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  local log
  log=$(mktemp)
  # The lists may be old or absent: fetch them only when the packages are not found as things are.
  apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1 ||
    { apt-get update >"$log" 2>&1 && apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1; } || {
    tail -n 20 "$log" >&2
    fail "could not install ${missing[*]}"
  }
  rm -f "$log"
}

# The browser that the journeys drive: HEARD_CHROMIUM, or the first known name in the path.
find_chromium() {
  local name
  for name in ${HEARD_CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
    if has "$name"; then command -v "$name" && return; fi
  done
  return 1
}

need_chromium() {
  find_chromium >/dev/null || need_debian chromium
  HEARD_CHROMIUM=$(find_chromium) || fail "Chromium is missing; name it in HEARD_CHROMIUM"
  export HEARD_CHROMIUM
}

# Screenshots of Chinese text need a font that has it.
need_fonts() {
  if has fc-list && [ -n "$(fc-list :lang=zh-cn)" ] && fc-list | grep -qi emoji; then return; fi
  need_debian fontconfig fonts-noto-cjk fonts-noto-color-emoji
}
