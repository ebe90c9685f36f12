//! A presenter types into the console, and makes a journey without flying it.

use crate::display::{Display, Picture, shots};
use crate::program::{Home, Program, until};
use x11rb::protocol::xproto::Window;

const SOLAR_SYSTEM: &str = "Solar system — Skyreel";

/// Where things are in a window of 1280 by 720, with the console or the journey's panel open.
mod place {
    pub const CANDIDATES: (i32, i32) = (100, 530);
    pub const ADD_KEY: (i32, i32) = (205, 461);
    pub const UNDO: (i32, i32) = (656, 461);
    pub const PLAY: (i32, i32) = (726, 461);
    pub const FIVE_SECONDS: (i32, i32) = (550, 487);
    pub const SKY: (i32, i32) = (1000, 80);
    /// Of what spans the window: sky where none is open.
    pub const IN_PANELS: (i32, i32) = (1100, 600);
}

fn start(home: &Home, display: &Display) -> (Program, Window) {
    let mut program = Program::start::<&str>(home, &[], Some(display));
    let window = until(|| {
        program.must_run();
        display.window(SOLAR_SYSTEM)
    });
    until(|| display.picture(window).filter(Picture::has_light));
    // What comes up with the scene is not taken for what a key has opened.
    display.settled(window, place::SKY);
    display.focus(window);
    (program, window)
}

/// Presses a key that opens or closes a panel, and waits until that is seen.
fn toggle(display: &Display, window: Window, key: &str) {
    let before = display.settled(window, place::IN_PANELS);
    display.press(key);
    until(|| {
        let now = display.settled(window, place::IN_PANELS);
        let others = now.iter().zip(&before).filter(|(now, before)| now != before).count();
        (others > before.len() / 2).then_some(())
    });
}

fn look(display: &Display, window: Window, name: &str) -> Picture {
    let picture = until(|| display.picture(window));
    picture.save(&shots().join(format!("{name}.png")));
    picture
}

#[test]
fn what_is_typed_is_done_and_answered_and_both_are_in_the_recording() {
    let Some(display) = Display::open() else { return };
    let home = Home::new();
    let (program, window) = start(&home, &display);
    toggle(&display, window, "grave");
    let say = |line: &str| {
        display.type_text(line);
        display.press("Return");
    };
    say("skyreel.record.start('Typed')");
    program.says("Recording 'Typed'");
    say("print('said ' .. 6 * 7)");
    // Enter ends no line that is not whole.
    say("for i = 1, 2 do");
    say("print('round ' .. i)");
    say("end");
    say("skyreel.navigate.focus('Marz')");
    until(|| home.ask(&["ctl", "status", "--json"]).contains("did you mean").then_some(()));
    display.type_text("skyreel.record.s");
    display.press("Tab");
    display.settled(window, place::CANDIDATES);
    look(&display, window, "10 the console");
    say("op()");
    program.says("Saved 'Typed.skyreel'");

    let text = home.path("typed.ron");
    let recording = home.recordings().join("Typed.skyreel");
    home.ask(&["convert", recording.to_str().unwrap(), text.to_str().unwrap()]);
    let text = std::fs::read_to_string(text).unwrap();
    for line in [
        "text: \"print('said ' .. 6 * 7)\"",
        "said: printed, origin: window, text: \"said 42\"",
        "text: \"round 2\"",
        "said: refused, origin: window, text: \"console:1: there is no node 'Marz'; did you mean 'Mars'?",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }

    display.close(window);
    assert_eq!(program.ended().code, Some(0));
    // What was typed is there the next time.
    let (program, window) = start(&home, &display);
    // It is open, as it was; closed and opened again it has the keys.
    toggle(&display, window, "grave");
    toggle(&display, window, "grave");
    display.press("Up");
    display.press("Return");
    until(|| home.ask(&["ctl", "status", "--json"]).contains("record.stop()").then_some(()));
    display.close(window);
    assert_eq!(program.ended().code, Some(0));
}

#[test]
fn a_journey_is_made_of_keys_shown_and_played() {
    let Some(display) = Display::open() else { return };
    let home = Home::new();
    let (program, window) = start(&home, &display);
    let keys = || -> Vec<serde_json::Value> {
        serde_json::from_str(&home.ask(&["ctl", "journey.keys"])).unwrap()
    };
    let are_there = |count: usize| until(|| (keys().len() == count).then_some(()));
    toggle(&display, window, "ctrl+j");
    display.click(window, place::ADD_KEY, 1);
    are_there(1);
    display.click(window, place::FIVE_SECONDS, 1);
    display.drag(place::SKY, (700, 160));
    display.click(window, place::ADD_KEY, 1);
    are_there(2);
    let two = keys();
    assert!((two[1]["at_s"].as_f64().unwrap() - 5.0).abs() < 0.2, "{two:?}");
    assert_ne!(two[0]["position_m"], two[1]["position_m"], "the drag has moved the camera");

    display.click(window, place::UNDO, 1);
    are_there(1);
    display.press("ctrl+shift+Z");
    are_there(2);
    assert_eq!(keys(), two, "what was taken back is there again");

    let last = look(&display, window, "11 a journey");
    home.ask(&["ctl", "journey.seek", "0"]);
    let first = until(|| display.picture(window).filter(|now| now.difference(&last) > 10_000));
    first.save(&shots().join("12 a journey at its start.png"));
    display.click(window, place::PLAY, 1);
    program.says("Playing");
    program.says("has finished");
    look(&display, window, "13 a journey at its end");
    home.ask(&["ctl", "journey.save", "Made here"]);
    let file = home.recordings().join("Made here.ron");
    let info = home.ask(&["info", file.to_str().unwrap(), "--json"]);
    let info: serde_json::Value = serde_json::from_str(&info).unwrap();
    assert_eq!(info["camera_entries"], 2, "{info}");
    display.close(window);
    assert_eq!(program.ended().code, Some(0));
}
