//! The console: what is typed, said and kept, and what can be looked up.

use proptest::prelude::*;
use skyreel_core::command::{CATALOGUE, Origin};
use skyreel_core::event::Said;
use skyreel_core::snapshot::ApiWord;
use skyreel_script::console::{Library, calling_line, is_complete};

use crate::console_calls::function;
use crate::console_support::{Bench, ME};

#[test]
fn an_expression_gives_its_value_and_names_stay() {
    let mut bench = Bench::new();
    for (code, said) in [
        ("1 + 1", &["returned: 2"][..]),
        ("x = 5", &[]),
        ("x", &["returned: 5"]),
        ("x, x * 2", &["returned: 5\t10"]),
        ("missing", &["returned: nil"]),
        ("'a text'", &["returned: a text"]),
        ("function f(a) return a * 2 end", &[]),
        ("f(4)", &["returned: 8"]),
        ("print('a', 1, nil, true)", &["printed: a\t1\tnil\ttrue"]),
        ("-- nothing", &[]),
        ("", &[]),
        (
            "for i = 1, 2 do print(i) end return 'after'",
            &["printed: 1", "printed: 2", "returned: after"],
        ),
        ("print", &["returned: function"]),
    ] {
        assert_eq!(bench.run(code), said, "{code}");
    }
}

#[test]
fn tables_are_shown_in_order_quoted_and_bounded() {
    let mut bench = Bench::new();
    for (code, said) in [
        ("{}", "{}"),
        ("{1, 2, 3}", "{1, 2, 3}"),
        ("{b = 2, a = 'x \"y\"', [10] = true}", "{[10] = true, a = \"x \\\"y\\\"\", b = 2}"),
        ("{1, {2, {3, {4, {5, {6}}}}}}", "{1, {2, {3, {4, {5, {…}}}}}}"),
        ("{['a b'] = 1}", "{[\"a b\"] = 1}"),
        ("1e300", "1e300"),
        ("1/3", "0.3333333333333333"),
        ("-0.5", "-0.5"),
        ("0/0", "nan"),
        ("123456789012", "123456789012"),
    ] {
        assert_eq!(bench.run(code), [format!("returned: {said}")], "{code}");
    }
    bench.run("t = {name = 'me'} t.self = t");
    assert_eq!(bench.run("t"), ["returned: {name = \"me\", self = {…}}"]);
    let long = bench.run("local t = {} for i = 1, 1000 do t[i] = i end return t");
    assert!(long[0].contains("99,\n  100,\n  … 900 more\n}"), "{}", long[0]);
}

#[test]
fn errors_name_their_line_and_the_lines_that_led_there() {
    let mut bench = Bench::new();
    for (code, text, at_line) in [
        ("error('no')", "tour:1: no", Some(1)),
        (
            "\n\nlocal x = nil + 1",
            "tour:3: attempt to perform arithmetic (add) on nil and number",
            Some(3),
        ),
        ("error({})", "tour: table", None),
        ("error('plain', 0)", "tour:1: plain", Some(1)),
        ("x = = 1", "tour:1: Expected identifier when parsing expression, got '='", Some(1)),
        (
            "\nlocal function f()\n error('deep')\nend\nf()",
            "tour:3: deep\n  called from tour:5",
            Some(3),
        ),
        ("wait(0)\nerror('late')", "tour:2: late", Some(2)),
        ("coroutine.wrap(function()\nerror('in it') end)()", "tour:2: in it", Some(2)),
        ("local ok, e = pcall(error, 'x')\nerror(e, 0)", "tour:2: x", Some(2)),
    ] {
        bench.console.run(code, Some("tour"), ME).unwrap();
        bench.finish();
        let line = bench.console.take_lines().pop().unwrap();
        assert_eq!(line.said, Said::Refused, "{code}");
        let matches = match text {
            "tour: table" => line.text.starts_with("tour:1: table"),
            text => line.text.starts_with(text),
        };
        assert!(matches, "{code}: {}", line.text);
        if at_line.is_some() {
            assert_eq!(line.at_line, at_line, "{code}");
        }
    }
    bench.run("function broken()\n  error('mine')\nend");
    bench.console.run("\nbroken()", Some("later: x"), ME).unwrap();
    bench.finish();
    let line = bench.console.take_lines().pop().unwrap();
    assert_eq!(line.text, "console:2: mine\n  called from later_ x:2");
}

#[test]
fn texts_beyond_the_limits_are_refused_by_name() {
    let mut bench = Bench::new();
    let long = format!("x = '{}'", "x".repeat(300_000));
    assert_eq!(
        bench.run(&long),
        ["refused: console: it was stopped: its text is longer than 262144 bytes"]
    );
    let joins = format!("x = 'x'{}", " .. 'x'".repeat(600));
    assert!(bench.run(&joins)[0].contains("it joins or compares in more than 500 places"));
    assert_eq!(
        bench.run("load('x = = 1')")[0],
        "returned: nil\tscript:1: Expected identifier when parsing expression, got '='"
    );
    assert_eq!(
        bench.run("load('\\nerror(1)')()"),
        ["refused: script:2: 1\n  called from console:1"]
    );
}

#[test]
fn every_line_says_who_said_it_and_where_it_came_from() {
    let mut bench = Bench::new();
    let sender = skyreel_script::console::Sender { origin: Origin::Network, ..ME };
    let script = bench.console.run("print('p') return 1", Some("web"), sender).unwrap();
    bench.finish();
    let lines = bench.console.take_lines();
    let said: Vec<(Said, &str)> = lines.iter().map(|line| (line.said, &*line.text)).collect();
    let typed = (Said::Typed, "print('p') return 1");
    assert_eq!(said, [typed, (Said::Printed, "p"), (Said::Returned, "1")]);
    assert!(lines.iter().all(|l| l.script == script && l.origin == Origin::Network));
    assert!(lines.windows(2).all(|pair| pair[0].number + 1 == pair[1].number));
    assert_eq!(bench.console.take_lines(), [], "each is handed out once");
}

#[test]
fn a_flood_of_lines_is_cut() {
    let mut bench = Bench::new();
    let said = bench.run("for i = 1, 5000 do print(i) end return 'end'");
    assert_eq!(said.len(), 1002);
    assert_eq!(
        said[999..],
        ["printed: 1000", "returned: end", "printed: … 4000 more lines were left out"]
    );
    let long = bench.run("print(('ü'):rep(20000))");
    assert!(
        long[0].len() < 17_000 && long[0].ends_with("… (23616 bytes more)"),
        "{}",
        long[0].len()
    );
    bench.run("for i = 1, 100 do print(('x'):rep(16000)) end");
    let bytes: usize =
        bench.run("for i = 1, 100 do print(('x'):rep(16000)) end").iter().map(String::len).sum();
    assert!(bytes < 300_000, "{bytes} bytes in a frame");
    for _ in 0..20 {
        bench.begin("for i = 1, 1000 do print(i) end");
        bench.frame(0.1);
    }
    assert_eq!(bench.console.take_lines().len(), 5000, "nobody took them");
}

#[test]
fn help_tells_groups_calls_and_details() {
    let mut bench = Bench::new();
    let all = bench.run("help()").remove(0);
    for part in ["skyreel.record  ", "skyreel.journey  ", "wait(seconds)  ", "print(...)  "] {
        assert!(all.contains(part), "{part} in {all}");
    }
    let wide = all.lines().filter(|line| line.starts_with("skyreel.") && line.len() > 80).count();
    assert_eq!(wide, 0, "lists are folded between names: {all}");
    let group = bench.run("help('record')").remove(0);
    assert!(group.contains("skyreel.record.stop()  End the recording and keep it."), "{group}");
    let details = bench.run("help('record.start')");
    for code in
        ["help('skyreel.record.start')", "help(skyreel.record.start)", "help 'record.start()'"]
    {
        assert_eq!(bench.run(code), details, "{code}");
    }
    assert_eq!(bench.run("help(skyreel.record)"), [group]);
    let details = &details[0];
    assert!(details.starts_with("printed: skyreel.record.start([name], "), "{details}");
    assert!(details.contains("\n  name (text, may be left out): "), "{details}");
    assert!(bench.run("help(wait)")[0].starts_with("printed: wait(seconds)\n"));
    for (code, problem) in [
        ("help('recrd.start')", "there is nothing called 'recrd.start'"),
        (
            "help('record.sta')",
            "there is nothing called 'record.sta'; did you mean 'record.start'?",
        ),
        ("help(5)", "help takes a name or a function, not the number 5"),
        ("help(function() end)", "help takes a name, or a function of skyreel or openspace"),
    ] {
        let said = bench.run(code).remove(0);
        assert!(said.starts_with(&format!("refused: console:1: {problem}")), "{code}: {said}");
    }
}

#[test]
fn words_are_all_that_can_be_called_in_order() {
    let mut bench = Bench::new();
    let words = bench.console.words();
    assert!(words.windows(2).all(|pair| pair[0].name < pair[1].name));
    for row in CATALOGUE {
        let name = function(row);
        let word = words.iter().find(|word| word.name == name).unwrap();
        assert_eq!((word.usage.starts_with(&name), &*word.help), (true, row.help));
    }
    for word in words.iter().filter(|word| word.name != "skyreel.version") {
        let code = format!("type({})", word.name);
        assert_eq!(bench.run(&code), ["returned: function"], "{}", word.name);
    }
}

/// A library as another part of the program would give it.
fn desk() -> Library {
    Box::new(|lua, globals, slot| {
        let desk = lua.create_table()?;
        let inner = lua.create_table()?;
        let slot = slot.clone();
        inner
            .set("rate", lua.create_function(move |_, ()| slot.with(|host| host.clock().rate))?)?;
        inner.set(
            "fail",
            lua.create_function(|_, ()| mlua::Result::<()>::Err(mlua::Error::runtime("no lamp")))?,
        )?;
        let print: mlua::Function = globals.get("print")?;
        inner.set(
            "warn",
            lua.create_function(move |lua, ()| {
                let (name, line) = calling_line(lua).unwrap();
                print.call::<()>(format!("{name}:{line}: beware"))
            })?,
        )?;
        inner.set_readonly(true);
        desk.set("clock", inner)?;
        globals.set("openspace", desk)?;
        Ok(vec![ApiWord {
            name: "openspace.clock.rate".to_owned(),
            usage: "openspace.clock.rate()".to_owned(),
            help: "How fast.".to_owned(),
        }])
    })
}

#[test]
fn a_library_is_guarded_closed_and_helped_with() {
    let mut bench = Bench::with(|_| {}, vec![desk()]);
    bench.host.clock.rate = 3.0;
    assert_eq!(bench.run("openspace.clock.rate()"), ["returned: 3"]);
    assert_eq!(bench.run("\nopenspace.clock.fail()"), ["refused: console:2: no lamp"]);
    assert_eq!(bench.run("pcall(openspace.clock.fail)"), ["returned: false\tno lamp"]);
    assert_eq!(bench.run("\n\nopenspace.clock.warn()"), ["printed: console:3: beware"]);
    assert_eq!(
        bench.run("pcall(openspace.clock.warn)"),
        ["printed: console:1: beware", "returned: true"]
    );
    assert!(bench.run("openspace.clock.rate = 1")[0].contains("readonly"));
    let help = "printed: openspace.clock.rate()\n  How fast.";
    assert_eq!(bench.run("help('clock.rate2')").len(), 1);
    assert_eq!(bench.run("help('openspace.clock.rate')"), [help]);
    assert_eq!(bench.run("help(openspace.clock.rate)"), [help]);
    assert!(bench.run("help('openspace.clock')")[0].contains("How fast."));
    assert!(bench.console.words().iter().any(|word| word.name == "openspace.clock.rate"));
}

#[test]
fn a_whole_input_is_told_from_one_that_goes_on() {
    for (code, whole) in [
        ("", true),
        ("x", true),
        ("x = 1", true),
        ("1 +", false),
        ("x =", false),
        ("f(", false),
        ("f(1,", false),
        ("f(1))", true),
        ("function f()", false),
        ("function f() end", true),
        ("if x then", false),
        ("if x then y() else", false),
        ("if x then y() end", true),
        ("for i = 1, 3 do", false),
        ("while true do\nprint(1)", false),
        ("repeat x()", false),
        ("{1, 2", false),
        ("{1, 2}", true),
        ("[[long", false),
        ("[[long]]", true),
        ("--[[ a comment", false),
        ("--[==[ a comment ]] ", false),
        ("-- a comment", true),
        ("x = 'open", true),
        ("end", true),
        ("local", false),
        ("x ?", true),
    ] {
        assert_eq!(is_complete(code), whole, "{code}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_as_code_ends(codes in prop::collection::vec(code(), 1..8)) {
        let mut bench = Bench::new();
        bench.tick.set(std::time::Duration::from_micros(500));
        for code in codes {
            is_complete(&code);
            bench.begin(&code);
            for _ in 0..120 {
                bench.frame(0.1);
            }
            bench.console.stop(None, ME.origin);
            prop_assert!(!bench.console.take_lines().is_empty());
        }
        prop_assert_eq!(bench.run("return 1"), ["returned: 1"]);
    }
}

/// Any text, or words of Lua in any order.
fn code() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "while true do",
        "end",
        "function f()",
        "f()",
        "x",
        "=",
        "{",
        "}",
        "(",
        ")",
        "wait(",
        "1",
        "'a'",
        "..",
        "skyreel.clock.",
        "pause",
        "coroutine.wrap(",
        "pcall(",
        "error",
        "if",
        "then",
        "return",
        "for i = 1, 9 do",
        "\n",
        ";",
        "[[",
        "]]",
        "--",
        "#",
        "nil",
        ",",
        "t[",
        "]",
        "%",
        "string.rep('x', ",
        "coroutine.yield()",
        "repeat",
        "until",
        "local",
        "load(",
    ]);
    prop_oneof![".{0,40}", prop::collection::vec(words, 0..24).prop_map(|words| words.join(" ")),]
}
