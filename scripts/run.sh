#!/usr/bin/env bash
# Sets up what is missing, builds Skyreel, and shows what it is for: with a display, a window that
# plays a journey; without one, a film of it, whose path is the last line.
#   scripts/run.sh          the journey that comes with Skyreel
#   scripts/run.sh FILE     a recording of yours
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$here/scripts/setup.sh"

case ${1:-} in -h | --help) sed -n '2,5s/^# *//p' "${BASH_SOURCE[0]}"; exit ;; esac
[ $# -le 1 ] || { say "usage: scripts/run.sh [FILE]"; exit 2; }
journey=$(realpath -m -- "${1:-$here/assets/journeys/earth_to_moon.ron}")
[ -f "$journey" ] || { say "there is no file $journey"; exit 2; }

need_rust
need_compiler
want_vulkan
want nasm "makes the H.264 encoder several times as fast" has_program nasm
[ -z "${DISPLAY:-}" ] || want_window_libraries
if ! install_missing; then
  has_vulkan_driver >/dev/null || { say "Without a Vulkan driver there are no pictures."; exit 1; }
  say "Going on without them."
fi

say "building; the first time takes 10 to 20 minutes on two cores"
cargo build --manifest-path "$here/Cargo.toml" --locked --release --bin skyreel
[ -n "${XDG_RUNTIME_DIR:-}" ] || export NODEVICE_SELECT=1 # else Mesa complains that nobody is logged in
skyreel=$CARGO_TARGET_DIR/release/skyreel

if [ -n "${DISPLAY:-}" ]; then
  if "$skyreel" "$journey"; then exit; fi
  say "No window, then: a film."
fi
# Small, so that it is done in a minute or two without a graphics card.
name=$(basename -- "$journey")
film=$PWD/${name%.*}.mp4
"$skyreel" render "$journey" -o "$film" --size 640x360 --fps 24 --force >&2
echo "$film"
