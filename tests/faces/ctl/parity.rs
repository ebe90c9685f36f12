//! Whatever the catalogue has is the same command whichever way it is said.

use serde_json::json;
use skyreel_core::command::{CATALOGUE, Origin, said};
use skyreel_core::role::Role;
use skyreel_faces::ctl::Ending;
use skyreel_faces::door::Stage;

use super::{ctl, folder, offer};
use crate::web::{House, TestDoor};

/// The words of a line, as a shell hands them over.
fn argv(line: &str) -> Vec<String> {
    let (mut words, mut word, mut in_quotes) = (Vec::new(), None, false);
    for c in line.chars() {
        match c {
            '"' => {
                in_quotes = !in_quotes;
                word.get_or_insert_with(String::new);
            }
            ' ' if !in_quotes => words.extend(word.take()),
            c => word.get_or_insert_with(String::new).push(c),
        }
    }
    words.extend(word);
    words
}

#[test]
fn every_example_is_the_same_command_over_the_network() {
    let house = House::open(TestDoor::that_does(json!(null)));
    let mut wire = house.enter();
    wire.hear();
    for row in CATALOGUE {
        let expected = said(row.example).unwrap();
        let (call, with) = expected.words();
        for ask in [
            json!({ "id": 1, "line": row.example }),
            json!({ "id": 1, "call": call, "with": with }),
        ] {
            wire.say(&ask.to_string());
            assert_eq!(wire.hear(), json!({ "id": 1, "done": null }), "{ask}");
            let came = house.door.came();
            assert_eq!(came, [(expected.clone(), Origin::Network, Role::Administrator)], "{ask}");
        }
    }
}

#[test]
fn every_example_is_the_same_command_from_the_command_line() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let door = TestDoor::that_does(json!(null));
    let _running = offer(&folder, None, door.clone(), &Stage::default());
    for row in CATALOGUE {
        let words = argv(row.example);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let told = ctl(&folder, &words);
        assert_eq!(told, (Ending::Done, String::new(), String::new()), "{}", row.example);
        let expected = said(row.example).unwrap();
        let came = door.came();
        assert_eq!(came, [(expected, Origin::CommandLine, Role::Administrator)], "{}", row.example);
    }
}
