//! Texts that OpenSpace's ASCII writer, or a person, left in a state no compiler takes.

use proptest::prelude::*;

use crate::support::{messages, rules, run};

#[test]
fn semicolons_that_end_nothing_are_taken_out() {
    let set = "openspace.setPropertyValueSingle";
    for (script, expected) in [
        (format!(";;; local f = 'A';;  {set}(f, 1);;"), "A = 1"),
        (format!("if true then; {set}('A', 1); else; {set}('A', 2); end;"), "A = 1"),
        (format!("if false then;  {set}('A', 1);elseif true then;  {set}('A', 2);end;"), "A = 2"),
        (format!("for i = 1, 1 do; {set}('A', i);end"), "A = 1"),
        (format!("repeat; {set}('A', 1); until true;"), "A = 1"),
        (format!("while true do;  {set}('A', 1);  break;end;"), "A = 1"),
        (format!("local function f(a, b);  {set}(a, b);end;f('A', 1)"), "A = 1"),
        (format!("(function();  {set}('A', 1);end)();"), "A = 1"),
        (format!("{set}(;  'A',;  1;)"), "A = 1"),
        (
            format!(
                "local t = {{;  Name = 'A',;  Size = {{1, 2}};  Value = 1,;}};{set}(t.Name, t.Value)"
            ),
            "A = 1",
        ),
        (format!("local t = {{1; 2; -3}}; {set}('A', t)"), "A = {1, 2, -3}"),
        (
            format!(
                "local a =;  1;local b = a +;  1;if a == 1 and;  b == 2;then;  {set}('A', b);end"
            ),
            "A = 2",
        ),
        (format!("local a = 1;  + 2;local s = 'x';  .. 'y';{set}('A' .. s, a)"), "Axy = 3"),
        (format!("local function f();  return;  7;end;{set}('A', f())"), "A = 7"),
        (format!("local function f() return; end; f(); {set}('A', 1)"), "A = 1"),
        (format!("{set}('A', f and;  0 or;  1)"), "A = 1"),
        (format!("xpcall(function();  local a = 1;  {set}('A', a);end,;  print)"), "A = 1"),
        (
            format!("local s = ';;';{set}('A', s .. [[;;]] .. [=[]];]=] .. \"\\\";\")"),
            "A = \";;;;]];\\\";\"",
        ),
        (format!("{set}('A', 1) --[[ a ;; b ]];;"), "A = 1"),
    ] {
        let done = run(&[&script]);
        assert_eq!(
            (rules(&done), messages(&done)),
            (vec![expected.to_owned()], vec![]),
            "{script}"
        );
    }
}

#[test]
fn a_comment_that_swallowed_lines_gives_them_back() {
    let set = "openspace.setPropertyValueSingle";
    for script in [
        format!(";  -- toggle it;  {set}('A', 1);"),
        format!("local a = 1; -- one;;{set}('A', a) -- two;"),
        format!("if true then -- always;{set}('A', 1);end"),
    ] {
        let done = run(&[&script]);
        assert_eq!(rules(&done), ["A = 1"], "{script}");
        assert!(messages(&done)[0].contains("swallowed"), "{:?}", done.warnings);
    }
}

#[test]
fn a_comment_in_a_text_that_shows_no_joined_lines_stays_one() {
    let set = "openspace.setPropertyValueSingle";
    for script in [
        format!("{set}('A', 1) -- not yet; {set}('A', 2)"),
        format!("-- off;{set}('A', 2)\n;;{set}('A', 1)"),
        format!("{set}('A', 1) --[[ {set}('A', 2); ]]"),
    ] {
        let done = run(&[&script]);
        assert_eq!((rules(&done), messages(&done)), (vec!["A = 1".to_owned()], vec![]), "{script}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,60}") {
        run(&[&text]);
    }

    #[test]
    fn no_heap_of_tokens_breaks_the_reader(
        words in prop::collection::vec(prop::sample::select(vec![
            ";", "(", ")", "{", "}", "[", "]", "[[", "]]", "--", "--[[", "'", "\"", "\\", "if",
            "then", "else", "end", "function", "do", "return", "local", "x", "1", "..", "=", ",",
            "\n", "-", "é",
        ]), 0..40),
        glue in prop::sample::select(vec!["", " "]),
    ) {
        run(&[&words.join(glue)]);
    }

    #[test]
    fn joined_lines_mean_what_the_lines_meant(values in prop::collection::vec(0u32..100, 1..8)) {
        let lines: Vec<String> = values.iter().enumerate().map(|(i, v)| format!(
            "if {v} >= 0 then\n  local t = {{\n    {v},\n    1\n  }}\n  \
             openspace.setPropertyValueSingle(\n    'P{i}',\n    t[1]\n  )\nend\n"
        )).collect();
        let text = lines.concat();
        let joined = text.replace('\n', ";");
        let (plain, joined) = (run(&[&text]), run(&[&joined]));
        prop_assert_eq!(rules(&plain), rules(&joined));
        prop_assert_eq!(rules(&plain).len(), values.len());
        prop_assert_eq!(messages(&joined).len(), 0);
    }
}
