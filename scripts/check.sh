#!/usr/bin/env bash
# The quick check while working: format, lints and tests of everything that needs no pixels.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/setup.sh
. scripts/steps.sh
need_rust
light_steps
say "check.sh: all is well (what needs pixels was not looked at: scripts/test.sh does)"
