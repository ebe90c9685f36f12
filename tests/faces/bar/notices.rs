//! Notices, complaints, and the page of keys.

use std::sync::Arc;

use egui::{Key, Modifiers};
use skyreel_core::snapshot::{ModeView, Weight};
use skyreel_faces::bar::{Panel, style};

use super::Window;
use crate::support::notice;

#[test]
fn infos_go_by_themselves_and_errors_stay_until_dismissed() {
    let mut window = Window::new(ModeView::Idle);
    window.edit(|snapshot| {
        snapshot.notices = Arc::new([
            notice(1, Weight::Info, "Saved 'Saturn tour'"),
            notice(2, Weight::Error, "The disk is full; make room"),
        ]);
    });
    assert!(window.has("Saved 'Saturn tour'") && window.has("The disk is full; make room"));
    window.wait(4.0);
    assert!(window.has("Saved 'Saturn tour'"));
    window.wait(1.5);
    assert!(!window.has("Saved 'Saturn tour'"));
    window.wait(60.0);
    assert!(window.has("The disk is full; make room"));
    window.click("Dismiss notice 2");
    assert!(!window.has("The disk is full; make room"));
    window.open(Panel::Log);
    assert!(window.has("Saved 'Saturn tour'") && window.has("The disk is full; make room"));
    assert!(window.has("00:00:00"), "when they came");
    window.edit(|snapshot| {
        let late = notice(3, Weight::Warning, "A node is gone");
        snapshot.notices = snapshot.notices.iter().cloned().chain([late]).collect();
    });
    assert!(window.has("00:01:05"), "when this one came");
    window.click("Only warnings and errors");
    assert!(!window.has("Saved 'Saturn tour'"));
    assert_eq!(window.said(), []);
}

#[test]
fn of_many_notices_the_last_are_shown() {
    let mut window = Window::new(ModeView::Idle);
    window.edit(|snapshot| {
        let all = (1..=200).map(|n| notice(n, Weight::Error, &format!("Fault {n}")));
        snapshot.notices = all.collect();
    });
    assert!(window.has("Fault 200") && window.has("Fault 197") && !window.has("Fault 196"));
}

#[test]
fn a_complaint_is_shown_where_its_command_was_said() {
    let mut window = Window::with(ModeView::Idle, Panel::Session);
    window.click("Record");
    window.seat().bar.complain("there is no room on the disk".to_owned());
    window.settle();
    let menu = window.rect("Close session recording");
    let complaint = window.rect("there is no room on the disk");
    assert!(complaint.top() - menu.bottom() < 30.0 && complaint.right() < menu.right() + 10.0);
    window.click("Record");
    assert!(!window.has("there is no room on the disk"), "a new try begins without it");
}

#[test]
fn a_complaint_of_a_key_is_shown_on_the_bar() {
    let mut window = Window::new(ModeView::Idle);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.seat().bar.complain("the scene is not ready yet".to_owned());
    window.settle();
    assert!(window.has("the scene is not ready yet"));
    window.click("Dismiss complaint");
    assert!(!window.has("the scene is not ready yet"));
}

#[test]
fn a_complaint_of_a_panel_that_is_closed_floats_above_the_bar() {
    let mut window = Window::with(ModeView::Idle, Panel::Clock);
    window.click("Now");
    window.click("Close clock");
    window.seat().bar.complain("no clock here".to_owned());
    window.settle();
    assert!(window.has("no clock here"));
    window.click("Dismiss complaint");
    assert!(!window.has("no clock here"));
}

#[test]
fn a_question_mark_shows_all_keys() {
    let mut window = Window::new(crate::support::playing());
    window.press(Modifiers::SHIFT, Key::Slash);
    assert!(window.has("All keys"));
    assert!(window.fills().contains(&style::SOLID) && style::SOLID.is_opaque());
    for text in ["Ctrl+Shift+R", "Start or stop recording", "Shift+Left", "10 s back"] {
        assert!(window.has(text), "{text}");
    }
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.has("All keys"), "Esc closes the page first");
    assert_eq!(window.said(), []);
    window.click("Keys");
    window.click("Close keys");
    assert!(!window.has("All keys"));
}

#[test]
fn the_page_of_keys_says_how_to_fly() {
    let mut window = Window::new(ModeView::Idle);
    window.press(Modifiers::SHIFT, Key::Slash);
    for text in [
        "Drag",
        "Right drag, wheel",
        "Middle drag",
        "Ctrl+drag",
        "Shift+drag",
        "Ctrl+Shift+drag",
        "Double click",
        "Arrows",
        "Ctrl+arrows",
        "Shift+arrows",
        "Page Up, Page Down",
        "W A S D",
        "Turn to the focus",
    ] {
        assert!(window.has(text), "{text}");
    }
}

#[test]
fn a_hidden_interface_draws_nothing_and_hears_its_keys() {
    let mut window = Window::new(ModeView::Idle);
    window.press(Modifiers::NONE, Key::F1);
    window.assert_said(&["window.bar"]);
    window.seat().bar.set_shown(false);
    window.settle();
    assert_eq!(window.buttons(), Vec::<String>::new());
    window.press(Modifiers::NONE, Key::F1);
    window.press(Modifiers::NONE, Key::F12);
    window.assert_said(&["window.bar", "window.screenshot"]);
}
