//! The session recording menu's lower half, and the bar while playing.

use std::sync::Arc;

use egui::{Key, Modifiers, pos2};
use skyreel_core::command::{Command, PlayCommand};
use skyreel_core::player::AtEnd;
use skyreel_core::snapshot::{ModeView, PlayingView};
use skyreel_faces::bar::Panel;

use super::Window;
use crate::support::{self, long_library, playing_view, secs};

fn menu() -> Window {
    Window::with(ModeView::Idle, Panel::Session)
}

fn playing(change: impl FnOnce(&mut PlayingView)) -> Window {
    let mut view = playing_view();
    change(&mut view);
    Window::new(ModeView::Playing(view))
}

fn sought(window: &mut Window) -> Vec<f64> {
    let said = window.said();
    let at = said.iter().map(|command| match command {
        Command::Play(PlayCommand::Seek { at_s }) => *at_s,
        other => panic!("{other:?}"),
    });
    at.collect()
}

#[test]
fn play_says_the_recording_and_what_is_chosen() {
    let mut window = menu();
    window.click("Play Saturn tour");
    window.assert_said(&["play.start saturn.skyreel force_time=true speed=1 at_end=hold"]);
    window.click("Force time change to recorded time");
    window.click("Loop playback");
    window.double_click("Moon landing sites");
    window.assert_said(&["play.start moon.ron force_time=false speed=1 at_end=loop"]);
}

#[test]
fn speed_and_end_are_chosen_from_lists() {
    let mut window = menu();
    window.click("Speed");
    window.click("4×");
    window.click("At the end");
    window.click("return");
    window.click("Play Saturn tour");
    window.assert_said(&["play.start saturn.skyreel force_time=true speed=4 at_end=return"]);
}

#[test]
fn a_click_on_a_recording_chooses_it_and_does_not_play_it() {
    let mut window = menu();
    window.click("Saturn tour");
    assert_eq!(window.said(), []);
}

#[test]
fn what_is_chosen_while_it_plays_holds_at_once() {
    let mut window = Window::with(support::playing(), Panel::Session);
    window.click("Force time change to recorded time");
    window.click("Loop playback");
    window.click("Loop playback");
    window.assert_said(&["play.force_time false", "play.at_end loop", "play.at_end hold"]);
}

#[test]
fn a_damaged_recording_says_why_and_does_not_play() {
    let mut window = menu();
    assert!(!window.is_enabled("Play Broken"));
    window.double_click("Broken");
    assert_eq!(window.said(), []);
    let at = window.rect("Broken").center();
    window.hover(at + egui::vec2(6.0, 3.0));
    assert!(window.reads("it has no camera; record it again"));
}

#[test]
fn a_row_says_what_is_damaged_and_which_file_it_is_where_the_title_does_not() {
    let mut window = menu();
    let mut library = support::library();
    library.recordings = vec![
        support::item("tour.skyreel", "tour"),
        support::item("old/tour.ron", "tour"),
        support::item("moon.skyreel", "moon"),
        support::item("a.skyreel", "Named otherwise"),
    ];
    library.recordings[2].condition = "damaged: 3 s are missing".to_owned();
    window.library(library);
    let facts = "2026-03-07 18:30 · 1:30 · 12.3 MB";
    for line in [
        &format!("tour.skyreel · {facts}"),
        &format!("old/tour.ron · {facts}"),
        &format!("a.skyreel · {facts}"),
        "3 s are missing",
    ] {
        assert_eq!(window.text_colours(line).len(), 1, "{line}");
    }
    window.hover(window.rect("moon").center());
    assert!(window.reads("damaged: 3 s are missing"));
}

#[test]
fn the_search_leaves_what_fits() {
    let mut window = menu();
    window.write("Search recordings", "moon");
    assert!(window.has("Moon landing sites"));
    assert!(!window.has("Saturn tour"));
    window.write("Search recordings", "zzz");
    assert!(window.has("No recording fits."));
    window.write("Search recordings", "TOUR about");
    assert!(window.has("Saturn tour"), "all words, in the name or the description");
}

#[test]
fn favourites_come_first_and_can_stand_alone() {
    let mut window = menu();
    assert!(window.rect("Evening show").top() < window.rect("Saturn tour").top());
    window.click("Only favourites");
    assert!(window.has("Evening show"));
    assert!(!window.has("Saturn tour"));
}

#[test]
fn recordings_are_starred_and_secured_and_trashed_only_after_a_question() {
    let mut window = menu();
    window.click("Favourite: Saturn tour");
    window.click("Not a favourite any more: Evening show");
    window.click("Secure Saturn tour");
    window.click("Open the lock of Evening show");
    window.assert_said(&[
        "library.favourite saturn.skyreel true",
        "library.favourite shows/evening.skyreel false",
        "library.secure saturn.skyreel true",
        "library.secure shows/evening.skyreel false",
    ]);
    window.click("Trash Saturn tour");
    window.click("Keep");
    assert_eq!(window.said(), []);
    window.click("Trash Saturn tour");
    window.click("To the trash");
    window.assert_said(&["library.trash saturn.skyreel"]);
    assert!(!window.is_enabled("Trash Evening show"), "secured ones stay");
    window.click("Refresh recordings");
    window.assert_said(&["library.refresh"]);
}

#[test]
fn an_unreadable_folder_is_told_of_where_the_list_would_be() {
    let mut window = menu();
    let mut library = support::library();
    library.recordings.clear();
    library.fault = Some("cannot read it: permission denied; choose another folder".to_owned());
    library.folder = format!("/home/ada/{}", "folder/".repeat(40));
    window.library(library);
    let line = format!("No recordings yet in /home/ada/{}", "folder/".repeat(40));
    assert!(window.rect(&line).height() < 20.0, "it is cut, not wrapped");
    assert!(window.reads("permission denied"));
    assert!(window.reads("No recordings yet in /home/ada"));
}

#[test]
fn five_thousand_recordings_are_a_list_like_any_other() {
    let mut window = menu();
    window.library(long_library(5_000));
    let shown = window.buttons().iter().filter(|name| name.starts_with("Play Tour")).count();
    assert!((1..40).contains(&shown), "{shown} rows are drawn, not 5,000");
    window.write("Search recordings", "4999");
    window.click("Play Tour 4999");
    let expected = "play.start \"tour 4999.skyreel\" force_time=true speed=1 at_end=hold";
    window.assert_said(&[expected]);
}

#[test]
fn every_button_of_the_player_says_its_command() {
    let table = [
        ("To the start", "play.home"),
        ("One frame back", "play.step -1"),
        ("Pause", "play.toggle"),
        ("One frame on", "play.step 1"),
        ("To the end", "play.end"),
        ("Slower", "play.slower"),
        ("Faster", "play.faster"),
        ("Playback speed", "play.speed -1"),
        ("Loop", "play.at_end loop"),
        ("Force time", "play.force_time false"),
        ("Stop playback", "play.stop"),
    ];
    let mut window = Window::new(support::playing());
    for (name, words) in table {
        window.click(name);
        window.assert_said(&[words]);
    }
}

#[test]
fn the_bar_says_where_playback_is_and_when_it_is_over() {
    let window = Window::new(support::playing());
    assert!(window.has("00:25.0 / 01:40.0"));
    assert!(window.has("Playing"));
    assert!(!window.has("Playback finished"));
    let paused = playing(|view| view.is_moving = false);
    assert!(paused.has("Paused") && paused.has("Go on"));
    let ended = playing(|view| (view.is_moving, view.has_ended) = (false, true));
    assert!(ended.has("Playback finished") && ended.has("Play again"));
}

#[test]
fn a_click_on_the_time_line_seeks_there() {
    let mut window = Window::new(support::playing());
    window.click("Time line");
    let sought = sought(&mut window);
    assert_eq!(sought.len(), 1, "{sought:?}");
    assert!((sought[0] - 50.0).abs() < 0.1, "the middle of 100 s is 50 s: {sought:?}");
}

#[test]
fn a_drag_along_the_time_line_seeks_all_the_way_and_never_beyond_it() {
    let mut window = Window::new(support::playing());
    let line = window.rect("Time line");
    let at = |part: f32| pos2(line.left() + line.width() * part, line.center().y);
    window.drag(at(0.25), &[at(0.5), at(0.75), at(1.5), at(-0.5)]);
    let sought = sought(&mut window);
    let expected = [25.0, 50.0, 75.0, 100.0, 0.0];
    assert_eq!(sought.len(), expected.len(), "{sought:?}");
    for (found, expected) in sought.iter().zip(expected) {
        assert!((found - expected).abs() < 1.0, "{sought:?}");
    }
}

#[test]
fn marks_can_be_dragged_and_never_pass_each_other() {
    let mut window = playing(|view| view.marks = (secs(20.0), secs(80.0)));
    let line = window.rect("Time line");
    let (start, end) = (window.rect("Start mark").center(), window.rect("End mark").center());
    window.drag(start, &[line.center()]);
    window.drag(end, &[pos2(line.left(), end.y)]);
    let marks = window.said().into_iter().map(|command| match command {
        Command::Play(PlayCommand::Marks { from_s, to_s }) => (from_s.unwrap(), to_s.unwrap()),
        other => panic!("{other:?}"),
    });
    let marks: Vec<_> = marks.collect();
    assert!(marks.iter().any(|(from_s, to_s)| (from_s - 50.0).abs() < 1.0 && *to_s == 80.0));
    assert!(marks.iter().all(|(from_s, to_s)| from_s <= to_s), "{marks:?}");
    let last = *marks.last().unwrap();
    assert_eq!(last, (20.0, 20.0), "the end is held at the start: {marks:?}");
}

#[test]
fn marks_can_be_cleared() {
    assert!(!Window::new(support::playing()).has("Clear marks"), "there are none");
    let mut window = playing(|view| view.marks = (secs(20.0), secs(80.0)));
    window.click("Clear marks");
    window.assert_said(&["play.marks"]);
}

#[test]
fn what_happens_on_the_time_line_is_told_under_the_pointer() {
    let mut window = Window::new(support::playing());
    let line = window.rect("Time line");
    let at = |s: f32| pos2(line.left() + 8.0 + (line.width() - 16.0) * s / 100.0, line.center().y);
    window.hover(at(10.0));
    assert!(window.reads("Marker: First light"));
    window.hover(at(40.0));
    assert!(window.reads("Change: Scene.SaturnTrail.Renderable.Enabled = true"));
    window.hover(at(55.5));
    assert!(window.reads("00:55"));
}

#[test]
fn keys_play_and_leave_fields_alone() {
    let mut window = Window::with(support::playing(), Panel::Session);
    let none = Modifiers::NONE;
    for (held, key) in [
        (none, Key::Space),
        (none, Key::ArrowRight),
        (Modifiers::SHIFT, Key::ArrowLeft),
        (none, Key::Period),
        (none, Key::Escape),
    ] {
        window.press(held, key);
    }
    let expected = ["play.toggle", "play.faster", "play.jump -10", "play.step 1", "play.stop"];
    window.assert_said(&expected);
    window.write("Search recordings", "a b");
    window.press(none, Key::Space);
    window.press(none, Key::Home);
    window.press(none, Key::Escape);
    window.assert_said(&[]);
    window.press(none, Key::Escape);
    window.assert_said(&["play.stop"]);
}

#[test]
fn keys_work_after_a_click_on_a_button_or_on_the_time_line() {
    let mut window = Window::new(support::playing());
    window.click("Time line");
    window.click("Faster");
    window.said();
    window.press(Modifiers::NONE, Key::Space);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    window.assert_said(&["play.toggle", "play.slower"]);
}

#[test]
fn a_loop_is_ended_by_its_own_button() {
    let mut window = playing(|view| view.at_end = AtEnd::Loop);
    window.click("Loop");
    window.assert_said(&["play.at_end hold"]);
}

#[test]
fn the_trash_shows_what_was_thrown_away_and_gives_it_back() {
    let mut window = Window::with(ModeView::Idle, Panel::Session);
    window.click("Trash");
    assert!(window.has("tours/old.skyreel") && !window.has("Play Saturn tour"));
    window.click("Restore tours/old.skyreel");
    window.assert_said(&["library.restore 2026-11-19T10-00-00Z/tours/old.skyreel"]);
    window.write("Search recordings", "test");
    assert!(window.has("test.ron") && !window.has("tours/old.skyreel"));
    window.edit(|snapshot| Arc::make_mut(&mut snapshot.library).trash.clear());
    assert!(window.has("The trash is empty."));
    window.click("Trash");
    window.node("Search recordings").click();
    window.press(Modifiers::COMMAND, Key::A);
    window.press(Modifiers::NONE, Key::Backspace);
    assert!(window.has("Play Saturn tour"));
}

#[test]
fn the_picture_of_a_recording_is_wanted_once_it_is_seen_and_shown_once_it_is_there() {
    let mut window = Window::new(ModeView::Idle);
    let mut library = support::library();
    library.recordings[0].has_thumbnail = true;
    library.recordings[1].has_thumbnail = true;
    window.library(library.clone());
    assert_eq!(window.seat().bar.wanted_thumbnail(), None, "it is not in sight");
    window.open(Panel::Session);
    let mut wanted = vec![
        window.seat().bar.wanted_thumbnail().unwrap(),
        window.seat().bar.wanted_thumbnail().unwrap(),
    ];
    wanted.sort();
    assert_eq!(wanted, ["moon.ron", "saturn.skyreel"]);
    window.settle();
    assert_eq!(window.seat().bar.wanted_thumbnail(), None, "each is asked for once");
    assert!(!window.has("Picture of saturn.skyreel"));
    let ctx = window.0.ctx.clone();
    let picture = egui::ColorImage::filled([32, 18], egui::Color32::RED);
    window.seat().bar.set_thumbnail(&ctx, "saturn.skyreel", Some(picture));
    window.seat().bar.set_thumbnail(&ctx, "moon.ron", None);
    window.settle();
    assert!(window.has("Picture of saturn.skyreel") && !window.has("Picture of moon.ron"));
    // Another file of the same name has another picture.
    library.recordings[0].bytes += 1;
    window.library(library);
    assert_eq!(window.seat().bar.wanted_thumbnail().as_deref(), Some("saturn.skyreel"));
}
