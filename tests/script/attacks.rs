//! Scripts that mean harm: each ends within its limits, and the next script works. No clock takes
//! part, so a script that steps do not bound would hang its test.

use skyreel_script::{Limits, interpret};

use crate::support::{messages, recording, rules, scene};

pub const ATTACKS: [(&str, &str); 40] = [
    ("an endless loop", "while true do end"),
    ("an endless loop in a coroutine", "coroutine.wrap(function() while true do end end)()"),
    (
        "an endless loop behind pcall, endlessly",
        "while true do pcall(function() while true do end end) end",
    ),
    (
        "pcall in coroutines",
        "while true do coroutine.wrap(function() while true do pcall(function() while true do end end) end end)() end",
    ),
    ("xpcall with an endless handler", "xpcall(error, function() while true do end end)"),
    (
        "xpcall with an endless handler, endlessly",
        "while true do xpcall(function() while true do end end, function() while true do end end) end",
    ),
    (
        "a finaliser",
        "setmetatable({}, {__gc = function() while true do end end}) while true do end",
    ),
    (
        "a pattern that backtracks for ever",
        "local s = string.rep('a', 5000) while true do s:find(string.rep('a-', 120) .. 'b') end",
    ),
    (
        "gsub on a long text in a loop",
        "local s = string.rep('x', 250000) while true do s:gsub('.', '%0%0') end",
    ),
    ("gsub on a text too long", "string.rep('x', 1000000):gsub('.', 'y')"),
    ("a huge text", "local s = string.rep('x', 1000000000)"),
    (
        "a long set against a long text",
        "local p = '[' .. string.rep('a', 200) .. ']*z' local s = string.rep('b', 250000) while true do s:find(p) end",
    ),
    ("overwriting a built-in function", "string.rep = nil"),
    ("deep recursion", "local function f() return 1 + f() end f()"),
    ("tail calls for ever", "local function f() return f() end f()"),
    ("deep recursion through gsub", "local function f() return (('x'):gsub('x', f)) end f()"),
    ("a text that doubles", "local s = 'x' while true do s = s .. s end"),
    ("a table that grows", "local t = {} while true do t[#t + 1] = {t} end"),
    ("a table that grows by its front", "local t = {} while true do table.insert(t, 1, t) end"),
    (
        "kept texts",
        "kept = {} while true do kept[#kept + 1] = string.rep('x', 1000000 + #kept) end",
    ),
    ("kept memory without a limit passed", "kept = string.rep('x', 20000000)"),
    ("long texts thrown away", "while true do local s = string.rep('x', 20000000) end"),
    (
        "sorting long texts",
        "local a, b = string.rep('x', 9000000) .. 'a', string.rep('x', 9000000) .. 'b' local t = {} for i = 1, 10000 do t[i] = i % 2 == 0 and a or b end table.sort(t)",
    ),
    (
        "sorting with a comparison that lies",
        "local t = {} for i = 1, 100000 do t[i] = i end table.sort(t, function() return true end)",
    ),
    ("moving nothing far", "table.move({}, 1, 2000000000, 1)"),
    (
        "comparing long texts",
        "local a, b = string.rep('x', 9000000) .. 'a', string.rep('x', 9000000) .. 'b' while true do local _ = a < b end",
    ),
    (
        "finding a long text in a longer one",
        "string.find(string.rep('a', 20000000), string.rep('a', 10000000) .. 'b', 1, true)",
    ),
    (
        "coroutines without end",
        "local t = {} while true do t[#t + 1] = coroutine.create(function() end) end",
    ),
    ("a metatable of texts", "getmetatable('').__index = function() while true do end end"),
    ("a metatable of all globals", "setmetatable(_G, {__index = function() return 7 end})"),
    (
        "an index that loops",
        "local t = setmetatable({}, {}) getmetatable(t).__index = t return t.x",
    ),
    (
        "an index that calls itself",
        "local t t = setmetatable({}, {__index = function(_, k) return t[k .. 'x'] end}) return t.x",
    ),
    ("a name without end", "local t = openspace while true do t = t.x end"),
    ("effects without end", "while true do openspace.setPropertyValueSingle('A', 1) end"),
    ("effects on everything without end", "while true do openspace.setPropertyValue('*', 1) end"),
    ("ever new remarks", "local i = 0 while true do i = i + 1 openspace['f' .. i]() end"),
    (
        "ever new questions",
        "local i = 0 while true do i = i + 1 local _ = openspace.propertyValue('P' .. i) end",
    ),
    ("texts that load texts", "local s = 'load(s)()' _G.s = 'load(s)()' load(_G.s)()"),
    ("a text that nests", "load(string.rep('(', 100000) .. string.rep(')', 100000))"),
    ("unpacking too much", "local t = {} for i = 1, 1000000 do t[i] = i end print(unpack(t))"),
];

const AFTER: &str = r#"
    local t = {3, 1, 2}
    table.sort(t)
    local text = ("value %d"):format(t[3]):gsub("value", "is")
    missing = missing
    if missing == nil and tostring(string.rep("x", 3)):find("x+") == 1 then
        openspace.setPropertyValueSingle("After", text)
    end"#;

#[test]
fn attacks_end_within_counted_limits_and_the_next_script_works() {
    for (name, attack) in ATTACKS {
        let scripts = [(1.0, attack), (2.0, AFTER)];
        let done = interpret(&recording(&scripts), &scene(), &Limits::without_clock());
        assert_eq!(
            rules(&done).last().map(String::as_str),
            Some("After = \"is 3\""),
            "{name}: {:?}",
            messages(&done)
        );
    }
}

#[test]
fn a_stopped_script_is_named_and_leaves_nothing() {
    let scripts = [(
        0.0,
        "openspace.setPropertyValueSingle('A', 1); openspace.time.setPause(true); while true do end",
    )];
    let done = interpret(&recording(&scripts), &scene(), &Limits::without_clock());
    assert_eq!((rules(&done), done.clock_changes.len()), (vec![], 0));
    assert_eq!(done.warnings[0].entry, Some(0));
    assert_eq!(messages(&done), ["a script: it was stopped: it took more than 1000000 steps"]);
    assert!(done.warnings[0].found.starts_with("openspace.setPropertyValueSingle"));
}

#[test]
fn the_same_attack_ends_at_the_same_step() {
    let attack = "n = 0 while true do n = n + 1 openspace.setPropertyValueSingle('A', openspace.propertyValue('A') or n) end";
    let scripts = [(1.0, attack), (2.0, "openspace.setPropertyValueSingle('N', n or 0)")];
    let once = interpret(&recording(&scripts), &scene(), &Limits::without_clock());
    assert_eq!(once, interpret(&recording(&scripts), &scene(), &Limits::without_clock()));
}
