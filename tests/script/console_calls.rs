//! `skyreel.*`: every call of the catalogue, said in Lua, is the same command; what does not fit is
//! refused in words.

use serde_json::{Value as Json, json};
use skyreel_core::command::{CATALOGUE, Command, Origin, RecordCommand, Row, said};
use skyreel_core::role::Role;
use skyreel_script::console::Sender;

use crate::console_support::{Bench, ME};

/// A value as it is written in Lua.
fn in_lua(json: &Json) -> String {
    match json {
        Json::Array(list) => {
            format!("{{{}}}", list.iter().map(in_lua).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

/// A name as it is written in Lua, some of whose words cannot be names.
fn name(name: &str) -> String {
    if ["end", "then"].contains(&name) { format!("{name}_") } else { name.to_owned() }
}

pub fn function(row: &Row) -> String {
    let (group, call) = row.call.split_once('.').unwrap();
    format!("skyreel.{group}.{}", name(call))
}

/// The arguments of a row's example in order, `nil` where one is left out.
fn in_order(row: &Row) -> String {
    let (_, arguments) = said(row.example).unwrap().words();
    let all: Vec<String> = row
        .params
        .iter()
        .map(|param| arguments.get(param.name).map_or("nil".to_owned(), in_lua))
        .collect();
    format!("{}({})", function(row), all.join(", "))
}

fn by_name(row: &Row) -> String {
    let (_, arguments) = said(row.example).unwrap().words();
    let all: Vec<String> =
        arguments.iter().map(|(n, value)| format!("{} = {}", name(n), in_lua(value))).collect();
    format!("{}{{{}}}", function(row), all.join(", "))
}

/// What is needed in order, the rest by name in a table at the end.
fn mixed(row: &Row) -> String {
    let (_, arguments) = said(row.example).unwrap().words();
    let mut first = Vec::new();
    let mut rest = Vec::new();
    for param in row.params {
        match arguments.get(param.name) {
            Some(value) if !param.is_optional => first.push(in_lua(value)),
            Some(value) => rest.push(format!("{} = {}", name(param.name), in_lua(value))),
            None => {}
        }
    }
    first.push(format!("{{{}}}", rest.join(", ")));
    format!("{}({})", function(row), first.join(", "))
}

#[test]
fn every_example_is_the_same_command_in_lua() {
    let mut bench = Bench::new();
    for row in CATALOGUE {
        for code in [in_order(row), by_name(row), mixed(row)] {
            let said_so = bench.run(&code);
            if row.call == "script.run" {
                let refused = "refused: console:1: skyreel.script.run cannot be called by a script";
                assert!(said_so[0].starts_with(refused), "{said_so:?}");
                assert_eq!(bench.obeyed(), []);
                continue;
            }
            let problem = format!("{code}: {said_so:?}");
            assert_eq!(bench.obeyed(), [said(row.example).unwrap()], "{problem}");
        }
    }
}

#[test]
fn the_example_that_help_shows_is_the_same_command_too() {
    let mut bench = Bench::new();
    for row in CATALOGUE.iter().filter(|row| row.call != "script.run") {
        let help = bench.run(&format!("help(\"{}\")", row.call));
        let example = help[0].lines().find_map(|line| line.strip_prefix("  example: ")).unwrap();
        bench.run(example);
        assert_eq!(bench.obeyed(), [said(row.example).unwrap()], "{example}");
    }
}

#[test]
fn an_outcome_s_value_comes_back() {
    let mut bench = Bench::new();
    bench.answers(json!({ "at_s": 1.5, "keys": [1, 2], "on": true, "none": null, "n": "x" }));
    let code = "local a = skyreel.navigate.get() return a.at_s + a.keys[2], a.on, a.none, a.n";
    assert_eq!(bench.run(code), ["returned: 3.5\ttrue\tnil\tx"]);
    bench.answers(Json::Null);
    assert_eq!(bench.run("return skyreel.clock.pause(), 1"), ["returned: nil\t1"]);
    assert_eq!(bench.run("skyreel.clock.pause()"), [""; 0], "nobody wants to read nil");
    bench.answers(json!(7));
    assert_eq!(bench.run("skyreel.journey.add_key()"), ["returned: 7"]);
}

#[test]
fn refusals_and_failures_are_raised_with_their_line_and_can_be_caught() {
    let mut bench = Bench::new();
    let viewer = Sender { origin: Origin::Network, role: Role::Viewer };
    bench.console.run("\nskyreel.record.start()", Some("tour"), viewer).unwrap();
    bench.frame(0.1);
    assert_eq!(
        bench.said(),
        ["refused: tour:2: 'record.start' is for presenters; you are a viewer"]
    );
    assert_eq!(bench.run("skyreel.record.discard()"), ["refused: console:1: the disk is gone"]);
    let caught = "local ok, why = pcall(skyreel.record.discard) return ok, type(why), why";
    assert_eq!(bench.run(caught), ["returned: false\tstring\tthe disk is gone"]);
}

#[test]
fn a_host_knows_for_whom_it_obeys() {
    let mut bench = Bench::new();
    let other = Sender { origin: Origin::Network, role: Role::Administrator };
    bench.console.run("wait(0) skyreel.record.stop()", None, ME).unwrap();
    bench.console.run("wait(0) skyreel.record.stop()", None, other).unwrap();
    bench.finish();
    let senders: Vec<Sender> = bench.host.obeyed.iter().map(|(_, sender)| *sender).collect();
    assert_eq!(senders, [ME, other]);
}

#[test]
fn what_does_not_fit_is_refused_with_what_would() {
    let mut bench = Bench::new();
    let seek = "it is called like this: skyreel.play.seek(at_s)";
    for (code, problem) in [
        ("skyreel.play.seek('x')", format!("skyreel.play.seek: at_s is a finite number, not the text \"x\"; {seek}")),
        ("skyreel.play.seek()", format!("skyreel.play.seek: at_s is missing (number: seconds from the recording's start); {seek}")),
        ("skyreel.play.seek(0/0)", format!("skyreel.play.seek: at_s is a finite number, not the number nan; {seek}")),
        ("skyreel.play.seek(1, 2)", format!("skyreel.play.seek: it takes up to 1 arguments, not 2; {seek}")),
        ("skyreel.play.seek{at = 1}", format!("skyreel.play.seek: it has no argument 'at'; {seek}")),
        ("skyreel.play.seek(1, {at_s = 2})", format!("skyreel.play.seek: 'at_s' is given twice; {seek}")),
        ("skyreel.play.stop(1)", "skyreel.play.stop: it takes no arguments; it is called like this: skyreel.play.stop()".to_owned()),
        ("skyreel.record.start(1)", "skyreel.record.start: name is a text, not the number 1;".to_owned()),
        ("skyreel.record.start{overwrite = 1}", "skyreel.record.start: overwrite is true or false, not the number 1;".to_owned()),
        ("skyreel.record.start{descriptions = 'x'}", "skyreel.record.start: it has no argument 'descriptions'; did you mean 'description'?;".to_owned()),
        ("skyreel.journey.move(3, 1)", "skyreel.journey.move: keys is a list of numbers, not the number 3;".to_owned()),
        ("skyreel.journey.pose(3, 'Earth', {1, 2}, {1, 0, 0, 0})", "skyreel.journey.pose: position_m is a list of 3 numbers, not a table;".to_owned()),
        ("skyreel.journey.move({1.5}, 1)", "skyreel.journey.move: expected a whole number, 0 or more, found 1.5;".to_owned()),
        ("skyreel.journey.ease({1}, 'wild')", "skyreel.journey.ease: pace is linear, in, out, in_out or hold, not 'wild';".to_owned()),
        ("skyreel.scene.set('a', {})", "".to_owned()),
        ("skyreel.scene.set('a', print)", "skyreel.scene.set: value is a number, a text, true or false, or a list of numbers, not a function;".to_owned()),
        ("skyreel.property('Scene.Eart')", "there is no property 'Scene.Eart'; did you mean 'Scene.Earth.Fade'?".to_owned()),
        ("skyreel.property(1)", "skyreel.property: path is a text, not the number 1;".to_owned()),
        ("skyreel.nothing.there()", "there is no 'skyreel.nothing'".to_owned()),
    ] {
        let said_so = bench.run(code);
        if problem.is_empty() {
            assert_eq!(said_so, [""; 0], "{code}");
            continue;
        }
        let expected = format!("refused: console:1: {problem}");
        assert!(said_so[0].starts_with(&expected), "{code}:\n{}\n{expected}", said_so[0]);
    }
}

#[test]
fn a_name_that_is_not_there_is_told_with_the_nearest_where_it_is_called() {
    let mut bench = Bench::new();
    for (code, said) in [
        (
            "skyreel.play.strat()",
            "console:1: there is no 'skyreel.play.strat'; did you mean 'skyreel.play.start'?",
        ),
        (
            "\nskyreel.play.stpo(1, {})",
            "console:2: there is no 'skyreel.play.stpo'; did you mean 'skyreel.play.stop'?",
        ),
        (
            "skyreel.paly.stop()",
            "console:1: there is no 'skyreel.paly'; did you mean 'skyreel.play'?",
        ),
        (
            "local play = skyreel.play\nplay.frobnicate()",
            "console:2: there is no 'skyreel.play.frobnicate'",
        ),
        (
            "local function f()\nskyreel.play.strat()\nend\nf()",
            "console:2: there is no 'skyreel.play.strat'; did you mean 'skyreel.play.start'?\n  called from console:4",
        ),
        (
            "skyreel.play.strat(skyreel.property('Desk.Lamp'))",
            "console:1: there is no 'skyreel.play.strat'",
        ),
        // What is nil for another reason is told as Luau tells it.
        ("local f\nf()", "console:2: attempt to call a nil value"),
        ("local x = skyreel.nothing\nlocal f\nf()", "console:3: attempt to call a nil value"),
    ] {
        let said_so = bench.run(code);
        assert!(said_so[0].starts_with(&format!("refused: {said}")), "{code}:\n{}", said_so[0]);
    }
}

#[test]
fn whether_something_is_there_can_be_asked() {
    let mut bench = Bench::new();
    for (code, answer) in [
        ("return skyreel.frobnicate == nil, skyreel.play.frobnicate == nil", "true\ttrue"),
        ("if skyreel.play.frobnicate then return 'there' end return 'not there'", "not there"),
        ("local n = 0 for _ in pairs(skyreel.play) do n += 1 end return n > 5", "true"),
        ("return getmetatable(skyreel.play)", "locked"),
        ("return pcall(setmetatable, skyreel.play, {})", "false"),
    ] {
        let said = bench.run(code);
        assert!(said[0].starts_with(&format!("returned: {answer}")), "{code}: {}", said[0]);
    }
}

#[test]
fn whole_numbers_stay_whole_and_others_do_not() {
    let mut bench = Bench::new();
    bench.run("skyreel.play.step(2) skyreel.play.seek(2) skyreel.play.seek(-0.5)");
    let expected = ["play.step 2", "play.seek 2", "play.seek -0.5"].map(|line| said(line).unwrap());
    assert_eq!(bench.obeyed(), expected);
}

#[test]
fn what_is_there_can_be_asked() {
    let mut bench = Bench::new();
    let version = env!("CARGO_PKG_VERSION");
    for (code, answer) in [
        ("skyreel.version", version),
        ("skyreel.property('Desk.Lamp')", "true"),
        ("skyreel.property('Scene.Earth.Color')[2]", "0.5"),
        ("skyreel.snapshot().mode", "idle"),
        ("skyreel.snapshot().clock.rate", "0"),
        ("type(skyreel.snapshot().views.names)", "table"),
    ] {
        assert_eq!(bench.run(code), [format!("returned: {answer}")], "{code}");
    }
}

#[test]
fn libraries_cannot_be_changed() {
    let mut bench = Bench::new();
    for code in [
        "skyreel.x = 1",
        "skyreel.record.start = print",
        "string.rep = nil",
        "coroutine.wrap = nil",
        "getmetatable(_G).__index = nil",
        "rawset(skyreel.record, 'start', 1)",
    ] {
        assert!(bench.run(code)[0].starts_with("refused: console:1: "), "{code}");
    }
    bench.run("skyreel = nil; print = 5; wait = {}");
    assert_eq!(bench.run("print(type(skyreel.record.start))"), ["printed: function"]);
}

#[test]
fn a_script_can_end_itself_and_others() {
    let mut bench = Bench::new();
    let waiting = bench.begin("wait(100)");
    bench.frame(0.1);
    bench.begin(&format!("skyreel.script.stop({waiting}) print('on')"));
    bench.frame(0.1);
    assert_eq!(bench.said(), ["printed: on", "refused: console: it was stopped by a script"]);
    let own = bench.run("\npcall(skyreel.script.stop) print('never')");
    assert_eq!(own, ["refused: console:2: it was stopped: it was asked to end"]);
    let stops = bench.obeyed();
    assert!(stops.iter().all(|command| matches!(command, Command::Script(_))), "{stops:?}");
    assert_ne!(stops[0], Command::Record(RecordCommand::Stop {}));
}

#[test]
fn a_command_in_lua_is_that_command() {
    let mut bench = Bench::new();
    for row in CATALOGUE.iter().filter(|row| row.call != "script.run") {
        let command = said(row.example).unwrap();
        let code = skyreel_script::console::in_lua(&command);
        bench.run(&code);
        assert_eq!(bench.obeyed(), [command], "{code}");
    }
}
