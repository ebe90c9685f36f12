//! Completion: what a word could become, and the help of the call that it stands in.

use proptest::prelude::*;
use skyreel_core::complete::{Completions, complete};
use skyreel_core::snapshot::ApiWord;

const PATHS: [&str; 4] =
    ["Desk.Lamp", "Scene.Earth.Renderable.Fade", "Scene.EarthTrail.Enabled", "Scene.Moon.Fade"];

fn words() -> Vec<ApiWord> {
    let word = |name: &str, usage: &str, help: &str| ApiWord {
        name: name.to_owned(),
        usage: format!("{name}({usage})"),
        help: help.to_owned(),
    };
    vec![
        word("help", "[what]", "Help."),
        word("skyreel.navigate.fly_to", "node, [over_s]", "Fly to a node."),
        word("skyreel.record.start", "[name]", "Begin."),
        word("skyreel.record.stop", "", "End."),
        word("skyreel.scene.set", "path, value", "Change properties."),
        word("wait", "seconds", "Wait."),
    ]
}

/// `|` is the cursor.
fn at_bar(line: &str) -> Completions {
    let cursor = line.find('|').unwrap();
    complete(&line.replace('|', ""), cursor, &words(), PATHS)
}

#[test]
fn names_are_completed_point_by_point_and_also_from_within() {
    for (line, from, candidates) in [
        ("|", 0, &["help", "skyreel.", "wait"][..]),
        ("s|", 0, &["skyreel."]),
        ("SKY|", 0, &["skyreel."]),
        ("skyreel.|", 0, &["skyreel.navigate.", "skyreel.record.", "skyreel.scene."]),
        ("skyreel.record.|", 0, &["skyreel.record.start", "skyreel.record.stop"]),
        ("skyreel.record.St| x", 0, &["skyreel.record.start", "skyreel.record.stop"]),
        ("print(wa|", 6, &["wait"]),
        ("x = skyreel.record.sta|", 4, &["skyreel.record.start"]),
        ("fly|", 0, &["skyreel.navigate.fly_to"]),
        ("he|", 0, &["help"]),
        ("wait|", 0, &[]),
        ("nothing|", 0, &[]),
        ("12|", 0, &[]),
        ("ünï.wa|", 0, &[]),
        ("wait(|", 5, &[]),
        ("set|", 0, &["skyreel.scene.set"]),
    ] {
        let found = at_bar(line);
        assert_eq!((found.from, found.candidates), (from, candidates_of(candidates)), "{line}");
    }
}

fn candidates_of(all: &[&str]) -> Vec<String> {
    all.iter().map(|c| (*c).to_owned()).collect()
}

#[test]
fn in_quotes_property_paths_are_completed() {
    for (line, from, candidates) in [
        ("skyreel.scene.set(\"Sc|", 19, &["Scene."][..]),
        ("skyreel.scene.set('Scene.|", 19, &["Scene.Earth.", "Scene.EarthTrail.", "Scene.Moon."]),
        ("skyreel.scene.set(\"desk.l|", 19, &["Desk.Lamp"]),
        ("f(\"a\", 'fade|", 8, &["Scene.Earth.Renderable.Fade", "Scene.Moon.Fade"]),
        ("f(\"a\\\"Desk|", 3, &[]),
        ("f(\"Desk.Lamp\", wa|", 15, &["wait"]),
    ] {
        let found = at_bar(line);
        assert_eq!((found.from, found.candidates), (from, candidates_of(candidates)), "{line}");
    }
}

#[test]
fn the_help_line_is_of_the_only_candidate_or_of_the_call_around() {
    let record = Some("skyreel.record.start([name]): Begin.");
    let set = Some("skyreel.scene.set(path, value): Change properties.");
    for (line, help) in [
        ("skyreel.record.sta|", record),
        ("skyreel.record.start|", record),
        ("skyreel.record.start(|", record),
        ("skyreel.record.start{ name = \"x|", record),
        ("skyreel.record.st|", None),
        ("skyreel.scene.set(\"Desk.Lamp\", |", set),
        ("skyreel.scene.set(math.floor(1|", set),
        ("skyreel.scene.set(\"Desk.Lamp\", 1)|", None),
        ("skyreel.scene.set(\"Desk.Lamp\", wait|", Some("wait(seconds): Wait.")),
        ("|", None),
    ] {
        assert_eq!(at_bar(line).help.as_deref(), help, "{line}");
    }
}

#[test]
fn there_are_never_more_candidates_than_can_be_shown() {
    let paths: Vec<String> = (0..1000).map(|i| format!("P{i}")).collect();
    let found = complete("f(\"P", 4, &[], paths.iter().map(String::as_str));
    assert_eq!(found.candidates.len(), 200);
}

proptest! {
    #[test]
    fn any_line_and_cursor_gives_a_word_that_ends_at_the_cursor(line in ".{0,40}", cursor in 0usize..60) {
        let found = complete(&line, cursor, &words(), PATHS);
        prop_assert!(found.from <= cursor.min(line.len()));
        prop_assert!(line.is_char_boundary(found.from));
    }
}
