//! Scripts that mean harm, in the console: each ends within its time by a real clock, and the next
//! script works.

use std::time::{Duration, Instant};

use crate::attacks::ATTACKS;
use crate::console_support::{Bench, ME};

/// Those that only a console has something against.
const MORE: [(&str, &str); 12] = [
    (
        "a wait behind pcall, endlessly",
        "while true do pcall(function() while true do end end) wait(0) end",
    ),
    ("printing without end", "while true do print('x') end"),
    ("printing more and more", "local s = 'x' while true do s = s .. s print(s) end"),
    ("a condition that never returns", "wait_until(function() while true do end end)"),
    ("coroutines in coroutines", "local function f() return coroutine.wrap(f)() end f()"),
    (
        "a coroutine that resumes itself",
        "local co co = coroutine.create(function() coroutine.resume(co) end) while true do coroutine.resume(co) end",
    ),
    ("calls without end", "while true do skyreel.clock.pause() end"),
    (
        "a table that prints itself without end",
        "print(setmetatable({}, {__tostring = function() while true do end end}))",
    ),
    (
        "an error that loops when it is read",
        "error(setmetatable({}, {__tostring = function() while true do end end}))",
    ),
    ("a table returned that is huge", "local t = {} for i = 1, 100000 do t[i] = {i} end return t"),
    ("a deep table returned", "local t = {} for i = 1, 10000 do t = {t} end return t"),
    ("help on a long name", "help(string.rep('x', 1000000))"),
];

/// Two more that the measurements of sandboxes name.
const CHUNKS: [(&str, &str); 3] = [
    ("bytecode", "load('\\27Lua')()"),
    ("a file", "require('os')"),
    ("the collector", "while true do collectgarbage() end"),
];

#[test]
fn attacks_end_by_a_real_clock_and_the_next_script_runs() {
    let mut bench = Bench::in_real_time();
    let mut slowest = (Duration::ZERO, "");
    for (name, attack) in ATTACKS.into_iter().chain(MORE).chain(CHUNKS) {
        bench.begin(attack);
        let began = Instant::now();
        for _ in 0..1000 {
            let frame = Instant::now();
            bench.frame(1.0 / 60.0);
            slowest = slowest.max((frame.elapsed(), name));
            if bench.console.running().is_empty() || began.elapsed() > Duration::from_secs(4) {
                break;
            }
        }
        // What waits between its loops is not to be ended by a limit, but by whoever wants to.
        if !bench.console.running().is_empty() {
            let was = bench.console.running();
            assert_eq!(bench.console.stop(None, ME.origin), 1, "{name}");
            assert!(name.contains("wait"), "{name} hangs: {was:?}");
        }
        bench.said();
        // On a machine that is busy with else a real clock may run out for anything.
        let next = "local t = {3, 1, 2} table.sort(t) return t[3] .. ('x'):rep(2)";
        let after: Vec<_> = (0..5).map(|_| bench.run(next)).collect();
        assert!(after.iter().any(|said| *said == ["returned: 3xx"]), "{name}: {after:?}");
    }
    println!("the slowest frame took {:?}: {}", slowest.0, slowest.1);
    // Generous: other tests run beside this one.
    assert!(slowest.0 < Duration::from_secs(2), "{slowest:?}");
}

#[test]
fn what_a_sandbox_must_not_have_is_not_there() {
    let mut bench = Bench::new();
    for name in [
        "io",
        "os",
        "debug",
        "package",
        "require",
        "dofile",
        "loadfile",
        "collectgarbage",
        "getfenv",
        "setfenv",
        "newproxy",
        "gcinfo",
        "vector",
        "buffer",
    ] {
        assert_eq!(bench.run(&format!("return {name}")), ["returned: nil"], "{name}");
    }
    let bytecode = "return (load('\\27\\76\\117\\97\\81')) == nil";
    assert_eq!(bench.run(bytecode), ["returned: true"]);
}
