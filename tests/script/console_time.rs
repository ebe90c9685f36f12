//! How scripts of the console share the frames: slices, waits, limits, and ends.

use std::time::Duration;

use skyreel_script::console::ConsoleLimits;

use crate::console_support::{Bench, ME};

const MS: Duration = Duration::from_millis(1);

#[test]
fn a_long_loop_is_spread_over_frames() {
    let mut bench = Bench::new();
    // Each look at the clock takes so long; one look is 32 steps.
    bench.tick.set(Duration::from_micros(100));
    bench.begin("local sum = 0 for i = 1, 32000 do sum = sum + i end return sum");
    let frames = bench.finish();
    assert!((20..=60).contains(&frames), "{frames} frames");
    assert_eq!(bench.said(), ["returned: 512016000"]);
}

#[test]
fn others_run_beside_a_long_loop() {
    let mut bench = Bench::new();
    bench.tick.set(Duration::from_micros(100));
    bench.begin("for i = 1, 32000 do end print('long')");
    bench.begin("for i = 1, 3 do wait(0) end print('short')");
    bench.finish();
    assert_eq!(bench.said(), ["printed: short", "printed: long"]);
}

#[test]
fn slices_do_not_change_what_coroutines_see() {
    let code = "
        local function numbers(n) return coroutine.wrap(function()
            for i = 1, n do for j = 1, 50 do end coroutine.yield(i) end
        end) end
        local sum, count = 0, 0
        for i in numbers(100) do sum = sum + i end
        local co = coroutine.create(function(a, b)
            local c = coroutine.yield(a + b)
            for j = 1, 5000 do end
            local d, e = coroutine.yield(c * 2)
            return d, e, coroutine.isyieldable()
        end)
        local _, one = coroutine.resume(co, 1, 2)
        local _, two = coroutine.resume(co, 5)
        local _, d, e, y = coroutine.resume(co, 'd', nil)
        local none = coroutine.wrap(function() for i = 1, 100 do coroutine.yield() end return 'end' end)
        while none() == nil do count = count + 1 end
        table.sort({3, 2, 1, 5, 4, 9, 8}, function(a, b) for j = 1, 500 do end return a < b end)
        local ok, why = coroutine.resume(coroutine.create(function() error({code = 7}) end))
        return sum, one, two, d, e, y, coroutine.status(co), count, ok, why.code";
    let expected = "returned: 5050\t3\t10\td\tnil\ttrue\tdead\t100\tfalse\t7";
    for tick_us in [0, 3, 40, 100, 1000] {
        let mut bench = Bench::with(|limits| limits.call = Duration::from_secs(100), Vec::new());
        bench.tick.set(Duration::from_micros(tick_us));
        assert_eq!(bench.run(code), [expected], "{tick_us} µs a look");
    }
}

#[test]
fn what_takes_too_long_between_waits_is_stopped_with_its_line_and_cannot_be_caught() {
    for code in [
        "\nwhile true do end",
        "\npcall(function() while true do end end) print('never')",
        "\nlocal co = coroutine.wrap(function() while true do end end) pcall(co) print('never')",
        "\ntable.sort({1, 2, 3}, function() while true do end end)",
        "\nlocal _ = setmetatable({}, {__index = function() while true do end end}).x",
        "\nlocal _ = ('x'):gsub('.', function() while true do end end)",
        "\nxpcall(error, function() while true do end end) print('never')",
        "\nwait_until(function() while true do end end)",
    ] {
        let mut bench = Bench::new();
        bench.tick.set(Duration::from_micros(500));
        bench.begin(code);
        bench.finish();
        let lines = bench.console.take_lines();
        let last = lines.last().unwrap();
        let expected = "console:2: it was stopped: it took longer than 200 ms without a wait";
        assert!(last.text.starts_with(expected), "{code}: {}", last.text);
        assert_eq!((last.at_line, lines.len()), (Some(2), 2), "{code}");
    }
}

#[test]
fn a_wait_begins_a_new_count() {
    let mut bench = Bench::new();
    bench.tick.set(Duration::from_micros(100));
    let code = "for i = 1, 10 do for j = 1, 32000 do end wait(0) end return 'done'";
    assert_eq!(bench.run(code), ["returned: done"]);
}

#[test]
fn a_wait_lasts_as_long_in_session_time() {
    let mut bench = Bench::new();
    bench.begin("print(wait(2)) print(wait(0))");
    bench.frame(10.0);
    for (seconds, said) in
        [(1.9, &[][..]), (0.09, &[]), (0.02, &["printed: 2.01"]), (0.25, &["printed: 0.25"])]
    {
        bench.frame(seconds);
        let said_so = bench.said();
        let rounded: Vec<String> = said_so.iter().map(|line| rounded(line)).collect();
        assert_eq!(rounded, said, "after {seconds}");
    }
    assert!(bench.console.running().is_empty());
}

/// Without the digits that fractions of a second leave.
fn rounded(line: &str) -> String {
    let (said, number) = line.split_once(": ").unwrap();
    format!("{said}: {}", (number.parse::<f64>().unwrap() * 1e6).round() / 1e6)
}

#[test]
fn a_wait_for_the_scene_s_clock_ends_when_it_is_there_whichever_way_it_runs() {
    for (target, from, to) in [
        ("100", 50.0, [99.0, 100.0]),
        ("100", 150.0, [101.0, 100.0]),
        ("100", 50.0, [99.0, 5000.0]),
        ("-10", 50.0, [-9.0, -11.0]),
        ("'2000-01-01T12:00:00'", 0.0, [60.0, 64.2]),
        ("'2000-01-02'", 90_000.0, [80_000.0, 43_000.0]),
    ] {
        let mut bench = Bench::new();
        bench.sim_time = from;
        bench.begin(&format!("wait_until({target}) return 'there'"));
        bench.frame(1.0);
        let does = bench.console.running()[0].does.clone();
        assert!(does.starts_with("waits until ") && does.ends_with(" in the scene"), "{does}");
        bench.sim_time = to[0];
        bench.frame(1.0);
        assert_eq!(bench.said(), [""; 0], "{target}");
        bench.sim_time = to[1];
        bench.frame(1.0);
        assert_eq!(bench.said(), ["returned: there"], "{target}");
    }
    let mut bench = Bench::new();
    bench.sim_time = 5.0;
    bench.begin("return wait_until(5)");
    bench.frame(1.0);
    assert_eq!(bench.said(), ["returned: 0"], "it is there already");
}

#[test]
fn a_condition_is_looked_at_once_a_frame() {
    let mut bench = Bench::new();
    bench.begin(
        "n = 0 local waited = wait_until(function() n = n + 1 return ready end) return n, waited",
    );
    for _ in 0..4 {
        bench.frame(0.5);
    }
    assert_eq!(bench.console.running()[0].does, "waits until its condition is true");
    bench.begin("ready = true");
    bench.frame(0.5);
    bench.frame(0.5);
    assert_eq!(bench.said(), ["returned: 6\t2.5"]);
}

#[test]
fn waits_that_cannot_be_are_errors_with_their_line() {
    let mut bench = Bench::new();
    for (code, problem) in [
        ("wait()", "wait: seconds are 0 to 1e9, not nil"),
        ("wait(-1)", "wait: seconds are 0 to 1e9, not the number -1"),
        ("wait(0/0)", "wait: seconds are 0 to 1e9, not the number nan"),
        ("wait(1e300)", "wait: seconds are 0 to 1e9, not the number 1e300"),
        ("wait('long')", "wait: seconds are 0 to 1e9, not the text \"long\""),
        ("wait_until('soon')", "wait_until: 'soon' is not a date"),
        ("wait_until(1/0)", "wait_until takes a date (ISO 8601, UTC), TDB seconds"),
        ("wait_until({})", "wait_until takes a date (ISO 8601, UTC), TDB seconds"),
        ("wait_until(function() error('no') end)", "no"),
        ("table.sort({1, 2}, function() wait(1) end)", "there is no waiting within table.sort"),
        ("local _ = ('x'):gsub('.', function() wait(1) end)", "there is no waiting within"),
    ] {
        let said = bench.run(&format!("\n{code}"));
        let expected = format!("refused: console:2: {problem}");
        assert!(said[0].starts_with(&expected), "{code}: {}", said[0]);
    }
}

#[test]
fn waits_work_within_coroutines_and_pcall() {
    let mut bench = Bench::new();
    let code = "
        local function inner() wait(1) coroutine.yield('from inside') wait(1) return 'end' end
        local co = coroutine.create(function() return coroutine.wrap(inner)() end)
        local ok, said = coroutine.resume(co)
        local fine, why = pcall(function() wait(1) error('late') end)
        return ok, said, fine, why";
    bench.begin(code);
    bench.frame(0.1);
    assert_eq!(bench.console.running()[0].does, "waits 1 s more");
    bench.frame(1.1);
    bench.frame(1.1);
    assert_eq!(bench.said(), ["returned: true\tfrom inside\tfalse\tconsole:5: late"]);
}

#[test]
fn no_script_resumes_another_or_one_that_waits() {
    let mut bench = Bench::new();
    bench.begin(
        "me = coroutine.running() inner = coroutine.create(function() wait(5) return 'woke' end)
        return coroutine.resume(inner)",
    );
    bench.frame(0.1);
    let cannot = "false\tcannot resume normal coroutine";
    for name in ["me", "inner"] {
        bench.begin(&format!("return coroutine.status({name}), coroutine.resume({name}, 1, 2)"));
        bench.begin(&format!("return coroutine.close({name})"));
        bench.frame(0.1);
        let closed = "returned: false\tcannot close normal coroutine".to_owned();
        assert_eq!(bench.said(), [format!("returned: normal\t{cannot}"), closed]);
    }
    bench.frame(5.0);
    assert_eq!(bench.said(), ["returned: true\twoke"]);
    assert_eq!(bench.run("coroutine.status(me)"), ["returned: dead"]);
    assert_eq!(bench.run("coroutine.status(coroutine.running())"), ["returned: running"]);
}

#[test]
fn a_script_can_be_ended_in_any_state_and_the_machine_goes_on() {
    for code in [
        "while true do end",
        "wait(1000)",
        "wait_until('2100-01-01')",
        "wait_until(function() return false end)",
        "coroutine.wrap(function() wait(1000) end)()",
        "coroutine.wrap(function() while true do end end)()",
        "pcall(function() while true do wait(0) end end)",
        "coroutine.yield() coroutine.yield() coroutine.yield()",
    ] {
        for frames in 0..3 {
            let mut bench = Bench::new();
            bench.tick.set(Duration::from_micros(500));
            let script = bench.begin(code);
            bench.begin("wait(1000)");
            for _ in 0..frames {
                bench.frame(0.01);
            }
            assert_eq!(bench.console.stop(Some(script), ME.origin), 1, "{code} after {frames}");
            assert_eq!(bench.console.stop(Some(script), ME.origin), 0);
            assert_eq!(bench.said(), ["refused: console: it was stopped in the window"]);
            bench.begin("return 1 + 1");
            bench.frame(0.01);
            bench.frame(0.01);
            assert_eq!(bench.said(), ["returned: 2"], "{code} after {frames}");
            assert_eq!(bench.console.stop(None, ME.origin), 1);
        }
    }
}

#[test]
fn only_so_many_scripts_run_at_once() {
    let mut bench = Bench::new();
    for _ in 0..64 {
        bench.begin("wait(10)");
    }
    let refused = bench.console.run("wait(10)", None, ME).unwrap_err().to_string();
    assert!(refused.starts_with("64 scripts run or wait already"), "{refused}");
    bench.frame(0.0);
    bench.frame(10.0);
    assert!(bench.console.run("wait(10)", None, ME).is_ok());
}

#[test]
fn a_machine_whose_memory_is_full_is_replaced() {
    let small = |limits: &mut ConsoleLimits| limits.memory_bytes = 8 << 20;
    let mut bench = Bench::with(small, Vec::new());
    bench.begin("wait(1000)");
    bench.begin("kept = {} for i = 1, 1e9 do kept[i] = {i} end");
    for _ in 0..3 {
        bench.frame(0.01);
    }
    let said = bench.said();
    assert_eq!(said[0], "refused: console:1: it took more than 8 MiB of memory");
    assert_eq!(said[1], "refused: console: it was stopped by the program itself");
    assert!(said[2].starts_with("refused: the console's memory was full"), "{said:?}");
    assert_eq!(bench.run("return kept, skyreel.version ~= nil"), ["returned: nil\ttrue"]);
    // What is thrown away again is no reason.
    let big = bench.run("local s = ('x'):rep(1e9)");
    assert_eq!(big.len(), 1, "{big:?}");
}

#[test]
fn a_slow_program_is_not_the_script_s_fault() {
    let mut bench = Bench::new();
    bench.host.takes = 30 * MS;
    assert_eq!(bench.run("for i = 1, 20 do skyreel.clock.pause() end return i"), ["returned: nil"]);
    let stopped = bench.run("for i = 1, 300 do skyreel.clock.pause() end");
    assert!(stopped[0].contains("it took longer than 200 ms"), "{stopped:?}");
}
