# The steps of check.sh and test.sh. Sourced, not run, after setup.sh.
#
# Packages are chosen in two ways alone: all but the program, which do without Bevy, and the program. The
# second is what `cargo build` and `cargo run` choose, so Bevy is compiled for one set of features.
light=(--workspace --exclude skyreel)
program=(--package skyreel)

step() {
  local began=$SECONDS
  say "== $*"
  "$@"
  say "   $((SECONDS - began)) s"
}

# Some tests listen for signals or count allocations, so each runs by itself: nextest gives each a
# process, and without nextest they take turns.
run_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    step cargo nextest run --locked --no-fail-fast "$@"
  else
    RUST_TEST_THREADS=1 step cargo test --locked --no-fail-fast "$@"
  fi
}

light_steps() {
  step cargo fmt --all --check
  step cargo clippy --locked "${light[@]}" --all-targets -- -D warnings
  run_tests "${light[@]}"
}

program_steps() {
  step cargo clippy --locked "${program[@]}" --all-targets -- -D warnings
  run_tests "${program[@]}"
}
