# The steps of check.sh and test.sh. Sourced, not run, after setup.sh.
#
# Every cargo command below names the whole workspace and then narrows it to targets. So features are
# unified over the same packages each time, and no dependency is compiled twice.

# The test programs of the crates that do without Bevy, and those of the program itself.
light=(--test core --test sky --test geo --test script --test store --test film)
program=(--lib --bins --test cli)

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
    step cargo nextest run --locked --workspace --no-fail-fast "$@"
  else
    RUST_TEST_THREADS=1 step cargo test --locked --workspace --no-fail-fast "$@"
  fi
}

light_steps() {
  step cargo fmt --all --check
  step cargo clippy --locked --workspace "${light[@]}" -- -D warnings
  run_tests "${light[@]}"
}

program_steps() {
  step cargo clippy --locked --workspace --all-targets -- -D warnings
  run_tests "${program[@]}"
}
