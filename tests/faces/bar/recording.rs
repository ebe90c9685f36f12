//! The session recording menu's upper half, and the bar while recording.

use egui::{Key, Modifiers};
use skyreel_core::command::{Command, RecordCommand};
use skyreel_core::snapshot::ModeView;
use skyreel_faces::bar::Panel;

use super::Window;
use crate::support;

fn menu() -> Window {
    Window::with(ModeView::Idle, Panel::Session)
}

fn start(name: Option<&str>, description: Option<&str>, text: bool, overwrite: bool) -> Command {
    Command::Record(RecordCommand::Start {
        name: name.map(str::to_owned),
        description: description.map(str::to_owned),
        text: Some(text),
        overwrite: Some(overwrite),
    })
}

#[test]
fn the_camera_opens_the_menu_and_closes_it() {
    let mut window = Window::new(ModeView::Idle);
    assert!(!window.has("Record"));
    window.click("Session recording");
    assert!(window.has("Record"));
    window.click("Session recording");
    assert!(!window.has("Record"));
    window.click("Session recording");
    window.click("Close session recording");
    assert!(!window.has("Record"));
    assert_eq!(window.said(), [], "opening and closing is the interface's own business");
}

#[test]
fn record_says_what_was_typed_and_chosen_and_nothing_else() {
    let mut window = menu();
    window.click("Record");
    assert_eq!(window.said(), [start(None, None, false, false)]);
    window.write("File name", "Saturn tour");
    window.click("Record");
    assert_eq!(window.said(), [start(Some("Saturn tour"), None, false, false)]);
    window.write("Description", " For the evening show ");
    window.click("Text file format");
    window.click("Overwrite");
    window.click("Record");
    let expected = start(Some("Saturn tour"), Some("For the evening show"), true, true);
    assert_eq!(window.said(), [expected]);
}

#[test]
fn enter_in_the_name_records() {
    let mut window = menu();
    window.write("File name", "Quick");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.said(), [start(Some("Quick"), None, false, false)]);
}

#[test]
fn a_name_that_cannot_be_a_file_is_told_of_beside_it() {
    for name in ["a/b", "what?", "C:"] {
        let mut window = menu();
        window.write("File name", name);
        assert!(window.reads("A file name cannot have"), "{name}");
        assert!(!window.is_enabled("Record"));
    }
}

#[test]
fn while_recording_the_menu_is_gone_and_the_bar_says_so() {
    let mut window = menu();
    window.edit(|snapshot| snapshot.mode = support::recording());
    assert!(!window.has("Record"), "the menu");
    assert!(!window.has("Session recording"), "its button");
    for text in ["Recording", "00:01:12", "12.3 MB · 4,350 frames", "Saturn tour"] {
        assert!(window.has(text), "{text}");
    }
    window.click("Stop recording");
    window.assert_said(&["record.stop"]);
    window.edit(|snapshot| snapshot.mode = ModeView::Idle);
    assert!(!window.has("Stop recording"));
    assert!(window.has("Session recording"));
}

#[test]
fn what_was_typed_for_one_recording_is_not_there_for_the_next() {
    let mut window = menu();
    window.write("File name", "Once");
    window.edit(|snapshot| snapshot.mode = support::recording());
    window.edit(|snapshot| snapshot.mode = ModeView::Idle);
    window.open(Panel::Session);
    window.click("Record");
    assert_eq!(window.said(), [start(None, None, false, false)]);
}

#[test]
fn a_recording_can_be_paused_resumed_and_marked() {
    let mut window = Window::new(support::recording());
    window.click("Pause recording");
    window.click("Mark this moment");
    window.assert_said(&["record.pause", "record.mark \"Mark at 00:01:12\""]);
    window.edit(|snapshot| {
        if let ModeView::Recording(view) = &mut snapshot.mode {
            view.paused = true;
        }
    });
    assert!(window.has("Paused"));
    window.click("Resume recording");
    window.assert_said(&["record.resume"]);
}

#[test]
fn discard_asks_first() {
    let mut window = Window::new(support::recording());
    window.click("Discard recording");
    assert_eq!(window.said(), []);
    window.click("Go on recording");
    assert_eq!(window.said(), []);
    assert!(window.has("Stop recording"));
    window.click("Discard recording");
    window.click("Throw away");
    window.assert_said(&["record.discard"]);
}

#[test]
fn a_question_about_one_recording_is_not_asked_of_the_next() {
    let mut window = Window::new(support::recording());
    window.click("Discard recording");
    window.edit(|snapshot| {
        if let ModeView::Recording(view) = &mut snapshot.mode {
            view.name = "Another".to_owned();
        }
    });
    assert!(!window.has("Throw away"));
}

#[test]
fn the_key_for_recording_works_whatever_is_open_or_typed() {
    let mut window = menu();
    window.write("File name", "Half a na");
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.open(Panel::Clock);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    let expected = start(Some("Half a na"), None, false, false);
    assert_eq!(window.said(), [expected.clone(), expected]);
    window.edit(|snapshot| snapshot.mode = support::recording());
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.assert_said(&["record.toggle"]);
}

#[test]
fn the_key_for_recording_says_what_the_button_would() {
    let mut window = menu();
    window.write("File name", "Saturn tour");
    window.write("Description", "For the evening");
    window.click("Text file format");
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    let expected = start(Some("Saturn tour"), Some("For the evening"), true, false);
    assert_eq!(window.said(), std::slice::from_ref(&expected));
    window.seat().bar.complain("there is no room on the disk".to_owned());
    window.settle();
    window.click("Record");
    assert_eq!(window.said(), [expected], "what was typed is there for another try");
}

#[test]
fn the_key_for_recording_opens_the_menu_where_the_name_cannot_be() {
    let mut window = menu();
    window.write("File name", "what?");
    window.click("Close session recording");
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    assert_eq!(window.said(), []);
    assert!(window.reads("A file name cannot have '?' in it"));
    window.seat().bar.set_shown(false);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.seat().bar.set_shown(true);
    window.settle();
    assert_eq!(window.said(), []);
    window.click("Dismiss complaint");
}

#[test]
fn after_playback_has_ended_the_key_records_as_the_button_does() {
    let mut window = Window::with(support::playing(), Panel::Session);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.assert_said(&["record.toggle"]);
    window.edit(|snapshot| {
        if let ModeView::Playing(view) = &mut snapshot.mode {
            view.has_ended = true;
        }
    });
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    assert_eq!(window.said(), [start(None, None, false, false)]);
}

#[test]
fn playback_is_not_recorded_but_what_comes_after_it_is() {
    let mut window = Window::with(support::playing(), Panel::Session);
    assert!(!window.is_enabled("Record"));
    window.edit(|snapshot| {
        if let ModeView::Playing(view) = &mut snapshot.mode {
            view.has_ended = true;
        }
    });
    assert!(window.is_enabled("Record"));
}
