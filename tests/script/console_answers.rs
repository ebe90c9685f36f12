//! Who waits for what a script returns is answered once, however it ends.

use std::time::Duration;

use serde_json::json;
use skyreel_core::command::Origin;
use skyreel_core::outcome::Outcome;

use crate::console_support::{Bench, ME};

/// Runs a script that somebody waits for; the one answer.
fn answer(bench: &mut Bench, code: &str) -> Outcome {
    let number = bench.console.run_awaited(code, None, ME).unwrap();
    bench.finish();
    let mut answers = bench.console.take_answers();
    assert_eq!(answers.len(), 1, "{code}: {answers:?}");
    let (of, outcome) = answers.remove(0);
    assert_eq!(of, number);
    outcome
}

#[test]
fn values_come_as_a_list() {
    let mut bench = Bench::new();
    for (code, values) in [
        ("local x = 1", json!([])),
        ("return", json!([])),
        ("6 * 7", json!([42])),
        ("return nil", json!([null])),
        ("return 1, nil, 'a', false", json!([1, null, "a", false])),
        ("return 0.1, 1e300, -0.5, 2^53", json!([0.1, 1e300, -0.5, 9007199254740992.0])),
        ("return 0/0, 1/0", json!([null, null])),
        ("return {}, {1, 2}, {a = {b = true}}", json!([[], [1, 2], { "a": { "b": true } }])),
        ("return {1, x = 2}", json!([{ "1": 1, "x": 2 }])),
        ("return {[2] = 'two'}", json!([{ "2": "two" }])),
        ("return print", json!([null])),
        ("wait(0.5) return 'later'", json!(["later"])),
        ("return setmetatable({1}, {__index = error, __len = error})", json!([[1]])),
    ] {
        assert_eq!(answer(&mut bench, code), Outcome::Done(values), "{code}");
    }
}

#[test]
fn a_failure_comes_with_its_line() {
    let mut bench = Bench::new();
    for (code, why) in [
        ("\nerror('as asked')", "console:2: as asked"),
        ("return (", "console:1: "),
        ("local t = {} t[1] = t return t", "console: it returned tables within tables, deeper"),
        ("local t = {} for i = 1, 30000 do t[i] = i end return t", "console: it returned too much"),
        ("return ('x'):rep(2000000)", "console: it returned too much"),
        ("skyreel.record.discard()", "console:1: the disk is gone"),
    ] {
        match answer(&mut bench, code) {
            Outcome::Failed(text) => assert!(text.starts_with(why), "{code}: {text}"),
            other => panic!("{code}: {other:?}"),
        }
    }
}

#[test]
fn a_script_that_is_stopped_is_answered_and_one_that_nobody_waits_for_is_not() {
    let mut bench = Bench::new();
    bench.begin("wait(1e6)");
    let number = bench.console.run_awaited("wait(1e6)", None, ME).unwrap();
    bench.frame(0.1);
    assert_eq!(bench.console.take_answers(), []);
    assert_eq!(bench.console.stop(None, Origin::Window), 2);
    let answers = bench.console.take_answers();
    assert!(
        matches!(&answers[..], [(of, Outcome::Failed(why))] if *of == number && why.contains("stopped")),
        "{answers:?}"
    );
    bench.begin("return 1");
    bench.finish();
    assert_eq!(bench.console.take_answers(), []);
}

#[test]
fn a_script_that_passes_a_limit_and_all_beside_it_are_answered() {
    let mut bench = Bench::in_real_time();
    let other = bench.console.run_awaited("wait(1e6)", None, ME).unwrap();
    let full = "local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end";
    let endless = bench.console.run_awaited("while true do end", None, ME).unwrap();
    bench.budget = Duration::from_millis(200);
    let mut answered = Vec::new();
    let mut frames = 0;
    while !answered.contains(&endless) {
        bench.frame(0.1);
        answered.extend(bench.console.take_answers().into_iter().map(|(of, _)| of));
        frames += 1;
        assert!(frames < 10_000);
    }
    assert_eq!(answered, [endless]);
    // A machine that is thrown away takes those with it that wait.
    bench.begin(&format!(
        "kept = {{}} for i = 1, 60000 do kept[i] = ('x'):rep(1000) .. i end {full}"
    ));
    while !answered.contains(&other) {
        bench.frame(0.1);
        answered.extend(bench.console.take_answers().into_iter().map(|(of, _)| of));
        frames += 1;
        if bench.console.running().len() == 1 {
            bench.console.stop(None, Origin::Window);
        }
        assert!(frames < 10_000);
    }
    assert_eq!(answered, [endless, other]);
}
