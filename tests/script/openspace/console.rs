//! The `openspace` table in the console: places of errors, prints, help, and what cannot be changed.

use std::rc::Rc;

use skyreel_core::command::{ClockCommand, Command};
use skyreel_core::outcome::Refusal;
use skyreel_core::time::SessionSpan;
use skyreel_script::console::Library;
use skyreel_script::openspace::{OpenSpace, Options};

use crate::console_support::Bench;

fn bench() -> (Bench, Rc<OpenSpace>) {
    let openspace = Rc::new(OpenSpace::new(Options::default()));
    let own = Rc::clone(&openspace);
    let library: Library = Box::new(move |lua, globals, slot| own.install(lua, globals, slot));
    (Bench::with(|_| {}, vec![library]), openspace)
}

#[test]
fn a_call_in_the_console_is_a_command_and_its_value_the_answer() {
    let (mut bench, _) = bench();
    let said = bench.run("openspace.time.setDeltaTime(60) return openspace.time.secondsPerDay()");
    assert_eq!(said, ["returned: 86400"]);
    let rate = ClockCommand::Rate { rate: 60.0, over_s: Some(0.0) };
    assert_eq!(bench.obeyed(), [Command::Clock(rate)]);
}

#[test]
fn an_error_has_the_line_that_called() {
    let (mut bench, _) = bench();
    for (code, what) in [
        ("\n\nopenspace.time.setDeltaTime('x')", "the rate is a number, not 'x'"),
        ("\n\nopenspace.time.setDeltaTimes(3)", "no 'openspace.time.setDeltaTimes'"),
        ("\n\nopenspace.asset.add('x')", "openspace.asset.add is not supported by Skyreel"),
        ("\n\nopenspace.loadScene('x')", "openspace.loadScene is not supported by Skyreel"),
    ] {
        let said = bench.run(code).join("\n");
        assert!(said.contains(what) && said.contains(":3:"), "{code}: {said}");
    }
}

#[test]
fn a_name_that_is_not_there_is_told_where_it_is_called_and_nil_where_it_is_looked_for() {
    let (mut bench, _) = bench();
    for (code, said) in [
        ("openspace.time.setDeltaTiem(3)", "openspace.time.setDeltaTime"),
        ("openspace.setPropertyValuee('a', 1)", "openspace.setPropertyValue"),
        ("openspace.tme.setPause(true)", "openspace.time"),
    ] {
        let name = code.split(['(']).next().unwrap().replace(".setPause", "");
        let expected = format!("refused: console:1: there is no '{name}'; did you mean '{said}'?");
        assert_eq!(bench.run(code), [expected]);
    }
    let looks = "if openspace.xyz or openspace.time.xyz then return 'there' end return 'not there'";
    assert_eq!(bench.run(looks), ["returned: not there"]);
}

#[test]
fn what_is_printed_is_said_in_the_console_and_a_warning_has_its_line() {
    let (mut bench, _) = bench();
    let said = bench.run("openspace.printInfo('a') openspace.printError('b')");
    assert_eq!(said, ["printed: a", "printed: error: b"]);
    let nearest = None;
    bench.host.answer = Refusal::Unknown { what: "property", found: "X.Y".into(), nearest }.into();
    let said = bench.run("\nopenspace.setPropertyValueSingle('X.Y', 1) return 'on'").join("\n");
    assert!(
        said.contains(":2: there is no property 'X.Y'") && said.ends_with("returned: on"),
        "{said}"
    );
}

#[test]
fn help_knows_the_functions_and_nothing_in_the_table_can_be_changed() {
    let (mut bench, _) = bench();
    for what in ["'openspace.time.setPause'", "openspace.time.setPause", "'time.setPause'"] {
        let said = bench.run(&format!("help({what})")).join("\n");
        assert!(said.contains("openspace.time.setPause(paused)"), "{what}: {said}");
    }
    for code in ["openspace.x = 1", "openspace.time.setPause = 1", "openspace.asset.x = 1"] {
        let said = bench.run(code).join("\n");
        assert!(said.contains("readonly"), "{code}: {said}");
    }
}

#[test]
fn what_was_left_for_later_outlives_the_machine() {
    let (mut bench, openspace) = bench();
    bench.run("openspace.scheduleScript('print(1)', 2)");
    let (mut other, _) = self::bench();
    let lua = mlua::Lua::new();
    openspace.install(&lua, &lua.globals(), &skyreel_script::HostSlot::default()).unwrap();
    let span = SessionSpan::from_secs(3.0).unwrap();
    let due = openspace.advance(&mut other.host, span);
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].code, "print(1)");
}
