//! Keys: what they do, when, and how they are written.

use std::collections::BTreeMap;

use proptest::prelude::*;
use skyreel_core::command::said;
use skyreel_core::snapshot::ModeView;
use skyreel_faces::keys::{ACTIONS, Does, KeyMap, KeyPress, action, parse_key};

use crate::support::{playing, recording};

fn press(text: &str) -> KeyPress {
    text.parse().unwrap()
}

fn words(text: &str, mode: &ModeView) -> Option<&'static str> {
    KeyMap::default().command(&press(text), mode).map(|action| match action.does {
        Does::Say(words) => words,
        Does::TurnToFocus => "turn to focus",
        Does::Help => "help",
        Does::Close => "close",
        Does::Console => "console",
        Does::Journey => "journey",
    })
}

#[test]
fn each_key_does_what_help_says_of_it() {
    let (idle, recording, playing) = (ModeView::Idle, recording(), playing());
    let table = [
        ("Ctrl+Shift+R", &idle, Some("record.toggle")),
        ("Ctrl+Shift+R", &recording, Some("record.toggle")),
        ("Ctrl+Shift+R", &playing, Some("record.toggle")),
        ("F1", &idle, Some("window.bar")),
        ("F12", &playing, Some("window.screenshot")),
        ("?", &playing, Some("help")),
        ("`", &idle, Some("console")),
        ("`", &playing, Some("console")),
        ("Ctrl+J", &recording, Some("journey")),
        ("Esc", &idle, Some("close")),
        ("Esc", &playing, Some("play.stop")),
        ("Space", &idle, Some("clock.toggle")),
        ("Space", &recording, Some("clock.toggle")),
        ("Space", &playing, Some("play.toggle")),
        ("Right", &idle, None),
        ("Right", &playing, Some("play.faster")),
        ("Left", &playing, Some("play.slower")),
        ("Shift+Right", &playing, Some("play.jump 10")),
        ("Shift+Left", &playing, Some("play.jump -10")),
        ("Home", &playing, Some("play.home")),
        ("End", &playing, Some("play.end")),
        (",", &playing, Some("play.step -1")),
        (".", &playing, Some("play.step 1")),
        ("L", &idle, Some("clock.faster")),
        ("K", &idle, Some("clock.slower")),
        ("F", &recording, Some("navigate.stop")),
        ("C", &idle, Some("turn to focus")),
        ("C", &recording, Some("turn to focus")),
        ("C", &playing, None),
        ("1", &idle, Some("view.layout 1")),
        ("2", &recording, Some("view.layout 2")),
        ("4", &playing, Some("view.layout 4")),
        ("M", &idle, None),
        ("M", &recording, Some("record.mark Mark")),
        ("Ctrl+Space", &playing, None),
    ];
    for (key, mode, expected) in table {
        assert_eq!(words(key, mode), expected, "{key} in {mode:?}");
    }
}

#[test]
fn what_a_key_says_is_a_command_of_the_catalogue() {
    for action in ACTIONS {
        if let Does::Say(words) = action.does {
            said(words).unwrap_or_else(|error| panic!("{}: {error}", action.name));
        }
        let key = press(action.key);
        assert_eq!(key.to_string(), action.key, "{} is written as it is printed", action.name);
    }
}

#[test]
fn no_two_actions_come_with_one_key_at_one_time() {
    assert_eq!(KeyMap::default().conflicts(), []);
}

#[test]
fn names_of_actions_are_their_own() {
    let mut names: Vec<_> = ACTIONS.iter().map(|action| action.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ACTIONS.len());
}

#[test]
fn a_key_is_read_however_it_is_written() {
    let table = [
        ("ctrl + shift + r", "Ctrl+Shift+R"),
        ("Cmd+Shift+R", "Ctrl+Shift+R"),
        ("shift+right", "Shift+Right"),
        ("ArrowRight", "Right"),
        ("escape", "Esc"),
        ("Comma", ","),
        ("Ctrl++", "Ctrl++"),
        ("+", "+"),
        ("Shift+?", "?"),
        ("f12", "F12"),
        ("alt+option+x", "Alt+X"),
    ];
    for (text, expected) in table {
        assert_eq!(press(text).to_string(), expected, "{text}");
    }
    for text in ["", "Hyper+R", "Ctrl+", "Ctrl+Shift", "Ctrl+RR", "Copy", "¼"] {
        assert!(text.parse::<KeyPress>().is_err(), "{text:?}");
    }
}

#[test]
fn a_question_mark_is_one_on_every_keyboard() {
    use egui::{Key, Modifiers};
    for (key, held) in [
        (Key::Questionmark, Modifiers::SHIFT),
        (Key::Questionmark, Modifiers::NONE),
        (Key::Slash, Modifiers::SHIFT),
    ] {
        assert_eq!(KeyPress::of(key, held), Some(press("?")), "{key:?} {held:?}");
    }
}

#[test]
fn a_key_can_be_changed_and_the_change_is_all_that_is_kept() {
    let mut map = KeyMap::default();
    map.bind(action("record").unwrap(), Some(press("F9"))).unwrap();
    map.bind(action("clock_faster").unwrap(), None).unwrap();
    assert_eq!(map.command(&press("F9"), &ModeView::Idle).unwrap().name, "record");
    assert!(map.command(&press("Ctrl+Shift+R"), &ModeView::Idle).is_none());
    let kept = map.differences();
    let expected = [("clock_faster", "none"), ("record", "F9")];
    assert_eq!(kept, expected.map(|(a, k)| (a.to_owned(), k.to_owned())).into());
    assert_eq!(KeyMap::new(&kept), (map, vec![]));
}

#[test]
fn a_key_that_is_taken_is_refused_by_name_of_who_has_it() {
    let mut map = KeyMap::default();
    let refusal = map.bind(action("record").unwrap(), Some(press("Space"))).unwrap_err();
    assert_eq!(refusal.taken_by.name, "clock_toggle");
    assert_eq!(map, KeyMap::default(), "nothing has changed");
    let only_live = action("clock_faster").unwrap();
    map.bind(only_live, Some(press("Right"))).unwrap();
    assert_eq!(map.conflicts(), [], "the same key in playback is another matter");
}

#[test]
fn what_settings_hold_wrongly_is_told_and_passed_over() {
    let lines = [("record", "Hyper+R"), ("no_such", "A"), ("help", "H"), ("bar", "K")];
    let lines: BTreeMap<_, _> = lines.map(|(a, k)| (a.to_owned(), k.to_owned())).into();
    let (map, faults) = KeyMap::new(&lines);
    assert_eq!(faults.len(), 2);
    assert_eq!(map.key_of("record"), Some(&press("Ctrl+Shift+R")));
    assert_eq!(map.key_of("help"), Some(&press("H")));
    let conflicts = map.conflicts();
    assert_eq!(conflicts.len(), 1, "K is the clock's");
    assert_eq!((conflicts[0].taken_by.name, conflicts[0].wanted_by.name), ("bar", "clock_slower"));
}

#[test]
fn no_key_is_a_key_too() {
    for text in ["", "none", "None", "  "] {
        assert_eq!(parse_key(text), Ok(None), "{text:?}");
    }
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same(
        index in 0..egui::Key::ALL.len(), ctrl: bool, shift: bool, alt: bool,
    ) {
        let held = egui::Modifiers { ctrl, shift, alt, ..Default::default() };
        if let Some(press) = KeyPress::of(egui::Key::ALL[index], held) {
            let text = press.to_string();
            prop_assert_eq!(text.parse::<KeyPress>(), Ok(press));
        }
    }

    #[test]
    fn any_text_is_a_key_or_is_refused(text in ".{0,12}") {
        if let Ok(press) = text.parse::<KeyPress>() {
            prop_assert_eq!(press.to_string().parse::<KeyPress>(), Ok(press));
        }
    }
}
