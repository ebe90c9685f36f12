//! Whatever the catalogue has can be said by the bar, by its keys, or stands in a list with the reason.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use skyreel_core::command::CATALOGUE;
use skyreel_core::snapshot::{FilmView, ModeView, PlayingView, RecordingView};
use skyreel_faces::bar::Panel;
use skyreel_faces::keys::{ACTIONS, Does};

use super::Window;
use crate::support::{self, secs};

/// What the bar does not say, and why.
const NOT_SAID: &[(&str, &str)] = &[
    ("journey.at", "an answer for programs; the picture shows it"),
    ("journey.keys", "an answer for programs; the time line shows them"),
    ("journey.length", "an answer for programs; the time line shows it"),
    ("journey.pose", "a place in numbers; who flies there says journey.update"),
    ("library.list", "an answer for programs; the list shows it"),
    ("navigate.get", "an answer for programs; the bar shows it"),
    ("navigate.jump_to", "who sees the picture wants to see the way; flights can be hastened"),
    ("navigate.pose", "a place in numbers; who sees the picture flies"),
    ("navigate.steer", "the pointer and the keys fly the camera themselves"),
    ("play.pause", "one button and one key say play.toggle"),
    ("play.resume", "one button and one key say play.toggle"),
    ("scene.get", "an answer for programs; the panel shows it"),
    ("scene.hide", "one switch says scene.toggle"),
    ("scene.show", "one switch says scene.toggle"),
    ("window.quit", "the window has a button for that"),
];

/// What is clicked and typed, one after another.
enum Do {
    Click(&'static str),
    Write(&'static str, &'static str),
    Enter,
}

use Do::{Click, Enter, Write};

/// What takes more than a click on each button there is.
const WALKS: &[(Panel, &[Do])] = &[
    (Panel::Console, &[Write("Console field", "print(1)"), Enter]),
    (Panel::Focus, &[Write("Latitude", "48"), Write("Longitude", "16"), Click("Fly there")]),
    (Panel::Focus, &[Write("Latitude", "48"), Write("Longitude", "16"), Click("Jump there")]),
    (Panel::Journey, &[Click("New journey"), Click("Go on without saving")]),
    (
        Panel::Journey,
        &[Click("Open journey"), Click("Open Kiosk loop"), Click("Go on without saving")],
    ),
    (
        Panel::Journey,
        &[
            Click("Add property"),
            Click("Property Scene.Earth.Renderable.Enabled"),
            Click("Add change"),
        ],
    ),
    (Panel::Journey, &[Click("Add script key"), Write("New script", "f()"), Click("Add script")]),
    (Panel::Journey, &[Click("Export journey"), Click("Export")]),
    (Panel::Journey, &[Write("Journey date", "2031-05-01"), Click("Set")]),
    (Panel::Scene, &[Click("Earth"), Click("Enabled")]),
    (Panel::Scene, &[Click("Show all again")]),
    (Panel::Session, &[Click("Play Saturn tour")]),
    (Panel::Session, &[Click("Favourite: Saturn tour")]),
    (Panel::Session, &[Click("Secure Saturn tour")]),
    (Panel::Session, &[Click("Trash Saturn tour"), Click("To the trash")]),
    (Panel::Session, &[Click("Trash"), Click("Restore test.ron")]),
    (
        Panel::Session,
        &[Click("Edit Saturn tour"), Click("Rename…"), Write("New name", "a"), Click("Rename")],
    ),
    (Panel::Session, &[Click("Edit Saturn tour"), Click("Reduce…"), Click("Reduce")]),
    (Panel::Session, &[Click("Edit Saturn tour"), Click("Smooth…"), Click("Smooth")]),
    (Panel::Session, &[Click("Edit Saturn tour"), Click("Trim…"), Click("Trim")]),
    (Panel::Session, &[Click("Edit Saturn tour"), Click("Split…"), Click("Split")]),
    (Panel::Session, &[Click("Edit Saturn tour"), Click("Speed…"), Click("Change speed")]),
    (Panel::Session, &[Click("Edit Saturn tour"), Click("Drop…"), Click("Drop")]),
    (
        Panel::Session,
        &[
            Click("Edit Saturn tour"),
            Click("Date…"),
            Write("New date", "-3h"),
            Click("Change date"),
        ],
    ),
    (Panel::Views, &[Write("Camera name", "Rings"), Click("Add")]),
];

fn window(mode: ModeView) -> Window {
    let mut window = Window::new(mode);
    window.edit(|snapshot| {
        let mut journey = support::journey();
        (journey.redo, journey.can_go_back) = (Some("Move a key".to_owned()), true);
        snapshot.journey = Arc::new(journey);
        snapshot.console = Arc::new(support::console(8));
        snapshot.edit = Some(support::edit(None));
    });
    window
}

/// What was said, by the calls.
fn calls(window: &mut Window) -> BTreeSet<String> {
    window.said().iter().map(|command| command.words().0).collect()
}

/// Clicks all that can be clicked in every panel, whatever the session does.
fn by_clicks() -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for mode in [ModeView::Idle, support::recording(), support::playing()] {
        for panel in Panel::ALL {
            let mut window = window(mode.clone());
            window.open(panel);
            // What a click opens is clicked too, where there is most to do.
            let rounds = if mode == ModeView::Idle { 2 } else { 1 };
            for _ in 0..rounds {
                for name in window.buttons() {
                    window.click_first(&name);
                    said.extend(calls(&mut window));
                    if !window.seat().bar.is_open(panel) {
                        window.open(panel);
                    }
                }
            }
        }
    }
    said
}

fn by_keys() -> BTreeSet<String> {
    let words = ACTIONS.iter().filter_map(|action| match action.does {
        Does::Say(words) => Some(words),
        _ => None,
    });
    words.filter_map(|words| words.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn every_row_of_the_catalogue_can_be_said_by_the_bar_or_has_a_reason() {
    let mut said = by_clicks();
    said.extend(by_keys());
    said.extend(by_hand());
    let all: BTreeSet<String> = CATALOGUE.iter().map(|row| row.call.to_owned()).collect();
    assert!(said.is_subset(&all));
    let missing: Vec<&String> = all.difference(&said).collect();
    let listed: Vec<&str> = NOT_SAID.iter().map(|(call, _)| *call).collect();
    assert_eq!(missing, listed, "what is not said stands in the list, and nothing else");
    assert!(NOT_SAID.iter().all(|(_, reason)| reason.len() > 10));
}

/// What is said on walks, and by what is there at times only.
fn by_hand() -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for (panel, steps) in WALKS {
        let mut window = window(ModeView::Idle);
        window.edit(|snapshot| (snapshot.edit, snapshot.solo) = (None, Some("Saturn".to_owned())));
        window.open(*panel);
        for step in *steps {
            match step {
                Click(name) => window.click(name),
                Write(name, text) => window.write(name, text),
                Enter => window.press(Modifiers::NONE, Key::Enter),
            }
        }
        said.extend(calls(&mut window));
    }
    for panel in [Panel::Session, Panel::Film, Panel::Clock] {
        let mut window = window(ModeView::Idle);
        window.edit(|snapshot| {
            snapshot.clock.paused = true;
            let path = "/films/saturn.mp4".to_owned();
            snapshot.film = Some(FilmView { path, frames: 1, of_frames: 9, ended: None });
        });
        window.open(panel);
        for name in ["Stop film", "Resume clock"] {
            window.click_first(name);
        }
        if panel == Panel::Clock {
            let rate = window.rect("Rate").right_center();
            window.drag(rate, &[]);
        }
        said.extend(calls(&mut window));
    }
    let paused = |is_paused| match support::recording() {
        ModeView::Recording(view) => {
            ModeView::Recording(RecordingView { paused: is_paused, ..view })
        }
        other => other,
    };
    for (is_paused, name) in [(false, "Pause recording"), (true, "Resume recording")] {
        let mut window = window(paused(is_paused));
        window.click(name);
        said.extend(calls(&mut window));
    }
    let mut recording = window(support::recording());
    recording.click("Discard recording");
    recording.click("Throw away");
    said.extend(calls(&mut recording));
    let marked = PlayingView { marks: (secs(20.0), secs(80.0)), ..support::playing_view() };
    let mut marked = window(ModeView::Playing(marked));
    marked.click("Clear marks");
    said.extend(calls(&mut marked));
    said.extend(of_keys());
    said
}

/// What is said of the keys of a journey.
fn of_keys() -> BTreeSet<String> {
    let mut window = window(ModeView::Idle);
    window.open(Panel::Journey);
    let ruler = window.rect("Journey time").center();
    window.click_at(ruler, Modifiers::NONE);
    let key = |window: &Window, name: &str| window.rect(name).center();
    let (rings, pause) = ("Key 3: Over the rings", "Key 8: Pause");
    let at = key(&window, rings);
    window.click_at(at, Modifiers::NONE);
    window.click("Roll left");
    window.write("Key name", "Rings");
    window.press(Modifiers::NONE, Key::Enter);
    let at = key(&window, "Key 7: EarthLabel.Renderable.Fade = 0.25");
    window.click_at(at, Modifiers::NONE);
    window.write("Change takes", "1.5");
    window.press(Modifiers::NONE, Key::Enter);
    let at = key(&window, pause);
    window.click_at(at, Modifiers::NONE);
    window.write("Script", "f()");
    window.press(Modifiers::COMMAND, Key::Enter);
    let at = key(&window, rings);
    window.drag(at, &[at + vec2(20.0, 0.0), at + vec2(60.0, 0.0)]);
    let mut said = calls(&mut window);
    let mut window = self::window(ModeView::Idle);
    window.edit(|snapshot| snapshot.edit = None);
    window.open(Panel::Session);
    window.click("Edit Saturn tour");
    window.click("Join with…");
    window.click("Second recording");
    if let Some(second) = window.0.query_all_by_label("Kiosk loop").last() {
        second.click();
    }
    window.settle();
    window.click("Join");
    said.extend(calls(&mut window));
    said
}
