//! What is made of recordings, from the list of recordings.

use egui_kittest::kittest::Queryable;
use skyreel_core::snapshot::ModeView;
use skyreel_faces::bar::Panel;

use super::Window;
use crate::support;

fn form(entry: &str) -> Window {
    let mut window = Window::with(ModeView::Idle, Panel::Session);
    window.click("Edit Saturn tour");
    window.click(entry);
    window
}

#[test]
fn each_entry_of_the_menu_says_its_command_with_sensible_values() {
    let table = [
        ("Reduce…", "Reduce", "edit.reduce saturn.skyreel within_px=1"),
        ("Smooth…", "Smooth", "edit.smooth saturn.skyreel within_px=10"),
        ("Trim…", "Trim", "edit.trim saturn.skyreel"),
        ("Split…", "Split", "edit.split saturn.skyreel 45"),
        ("Speed…", "Change speed", "edit.speed saturn.skyreel 2"),
        ("Drop…", "Drop", "edit.drop saturn.skyreel events"),
    ];
    for (entry, verb, words) in table {
        let mut window = form(entry);
        window.click(verb);
        window.assert_said(&[words]);
        assert!(!window.has("New name"), "{entry}: the form closes");
    }
}

#[test]
fn what_needs_an_answer_asks_for_it() {
    let mut window = form("Date…");
    assert!(!window.is_enabled("Change date"));
    window.write("New date", "-3h");
    window.write("New name", "earlier");
    window.click("Change date");
    window.assert_said(&["edit.date saturn.skyreel -3h name=earlier"]);
    let mut window = form("Join with…");
    assert!(!window.is_enabled("Join"));
    window.click("Second recording");
    window.0.get_all_by_label("Kiosk loop").last().unwrap().click();
    window.settle();
    window.click("Join");
    window.assert_said(&["edit.join saturn.skyreel kiosk.skyreel over_s=3"]);
    let mut window = form("Rename…");
    window.write("New name", "a/b");
    assert!(!window.is_enabled("Rename"));
    window.write("New name", "Rings");
    window.click("Rename");
    window.assert_said(&["library.rename saturn.skyreel Rings"]);
}

#[test]
fn a_part_that_ends_before_it_begins_is_refused_and_a_form_can_be_left() {
    let mut window = form("Trim…");
    window.write("Edit from", "95");
    window.press(egui::Modifiers::NONE, egui::Key::Enter);
    assert!(window.reads("The part ends before it begins") || !window.is_enabled("Trim"));
    window.click("Cancel");
    assert!(!window.has("Edit from"));
    assert_eq!(window.said(), []);
}

#[test]
fn a_recording_opens_as_a_journey_in_its_panel() {
    let mut window = form("Open as journey");
    window.assert_said(&["journey.open saturn.skyreel"]);
    assert!(window.has("Close journey"));
}

#[test]
fn what_cannot_be_read_cannot_be_edited() {
    let window = Window::with(ModeView::Idle, Panel::Session);
    assert!(!window.is_enabled("Edit Broken"));
}

#[test]
fn what_is_being_made_shows_how_far_it_is_and_can_be_stopped() {
    for panel in [Panel::Session, Panel::Film] {
        let mut window = Window::with(ModeView::Idle, panel);
        window.edit(|snapshot| snapshot.edit = Some(support::edit(None)));
        assert!(window.has("Edit progress"));
        window.click("Stop");
        window.assert_said(&["edit.stop"]);
        window.edit(|snapshot| snapshot.edit = Some(support::edit(Some("412 of 5,400 entries"))));
        assert!(window.reads("412 of 5,400 entries") && !window.has("Stop"));
    }
    let mut window = form("Reduce…");
    window.edit(|snapshot| snapshot.edit = Some(support::edit(None)));
    assert!(!window.is_enabled("Reduce"), "one at a time");
}
