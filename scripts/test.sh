#!/usr/bin/env bash
# Sets up what the tests need, then checks everything, cheapest first: format, lints and tests of what
# needs no pixels, then of the program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/setup.sh
. scripts/steps.sh
trap 'status=$?; [ $status = 0 ] || say "test.sh: FAILED (status $status)"' EXIT

need_rust
need_compiler
want ffmpeg "films are checked with it" has_program ffprobe
want_vulkan
want nasm "makes the H.264 encoder several times as fast" has_program nasm
want_window_libraries
want xvfb "windows are tested on a display without a screen" has_program Xvfb
want xdotool "clicks in windows" has_program xdotool
want chromium-driver "the browser menu is tested in a browser" has_program chromedriver
want npm "OpenSpace's own client for JavaScript drives Skyreel" has_program npm
want python3-venv "OpenSpace's own client for Python drives Skyreel" python3 -c "import ensurepip"
install_missing || say "Tests that need these will fail or skip."

light_steps
if command -v cargo-deny >/dev/null; then step cargo deny --locked --workspace check bans licenses sources; fi
if install_openspace_clients; then
  export SKYREEL_TESTS_CLIENTS=1
else
  say "Tests with OpenSpace's own clients will skip."
fi
# Here a missing graphics driver is a failure, not a reason to skip; so is a browser that does not start
# where there is one.
export SKYREEL_TESTS_DRAW=1
if has_program chromedriver; then export SKYREEL_TESTS_BROWSER=1; fi
program_steps
say "test.sh: all is well ($SECONDS s)"
