//! Limits, each by itself.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use skyreel_script::{Backstop, Limits, interpret};

use crate::support::{messages, recording, rules, scene};

fn stopped_by(limits: &Limits, scripts: &[(f64, &str)]) -> (Vec<String>, Vec<String>) {
    let done = interpret(&recording(scripts), &scene(), limits);
    (rules(&done), messages(&done))
}

/// A clock that goes on by `step` each time it is read.
fn ticking(step: Duration) -> Backstop {
    let now = Cell::new(Duration::ZERO);
    Backstop {
        script: Duration::from_millis(200),
        file: Duration::from_secs(2),
        clock: Rc::new(move || now.replace(now.get() + step)),
    }
}

#[test]
fn each_limit_says_its_own_name() {
    let plain = Limits::without_clock;
    let long = format!("print('{}')", "x".repeat(300_000));
    let joins = format!("local s = 'x'{}", " .. 'x'".repeat(600));
    for (limits, script, expected) in [
        (Limits { script_steps: 1000, ..plain() }, "while true do end", "more than 1000 steps"),
        (plain(), "local s = string.rep('x', 100000000)", "bytes of memory"),
        (
            Limits { script_effects: 3, ..plain() },
            "for i = 1, 4 do openspace.time.setPause(true) end",
            "more than 3 effects",
        ),
        (plain(), &*long, "text is longer than"),
        (plain(), &*joins, "joins or compares in more than 500 places"),
    ] {
        let (_, messages) = stopped_by(&limits, &[(0.0, script)]);
        assert!(
            messages[0].contains("it was stopped") && messages[0].contains(expected),
            "{messages:?}"
        );
    }
}

#[test]
fn a_limit_cannot_be_caught() {
    let limits = Limits { script_steps: 1000, ..Limits::without_clock() };
    let script = "pcall(function() while true do end end) openspace.setPropertyValueSingle('A', 1)";
    let (rules, messages) = stopped_by(&limits, &[(0.0, script)]);
    assert_eq!((rules.len(), messages.len()), (0, 1));
}

#[test]
fn when_all_is_used_up_the_rest_is_not_run_and_that_is_said() {
    let limits = Limits { script_steps: 1000, file_steps: 2500, ..Limits::without_clock() };
    let endless = "while true do end";
    let scripts: Vec<(f64, &str)> = (0..5)
        .map(|i| (f64::from(i), endless))
        .chain([(9.0, "openspace.time.setPause(true)")])
        .collect();
    let (rules, messages) = stopped_by(&limits, &scripts);
    assert_eq!(rules, [""; 0]);
    assert_eq!(
        messages,
        [
            "a script: it was stopped: it took more than 1000 steps (2 times, first here)",
            "a script: it was stopped: the recording's scripts took more than 2500 steps",
            "3 more scripts were not run",
        ]
    );
}

#[test]
fn the_clock_stops_what_steps_do_not() {
    let limits =
        Limits { backstop: Some(ticking(Duration::from_millis(1))), ..Limits::without_clock() };
    let scripts = [(0.0, "while true do end"), (1.0, "openspace.setPropertyValueSingle('A', 1)")];
    let (rules, messages) = stopped_by(&limits, &scripts);
    assert_eq!(rules, ["A = 1"]);
    assert_eq!(messages, ["a script: it was stopped: it took longer than 200 ms"]);

    let limits =
        Limits { backstop: Some(ticking(Duration::from_secs(3))), ..Limits::without_clock() };
    let (rules, messages) = stopped_by(&limits, &scripts);
    assert_eq!(rules, [""; 0]);
    assert_eq!(messages[1], "1 more scripts were not run");
}

#[test]
fn remarks_are_bounded() {
    let script = "for i = 1, 1000 do openspace['f' .. i]() end";
    let (_, messages) = stopped_by(&Limits::without_clock(), &[(0.0, script)]);
    assert_eq!(messages.len(), 201);
    assert_eq!(messages[200], "800 more remarks on scripts");
}
