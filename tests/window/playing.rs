//! A recording that is opened in a window plays there, and obeys its keys.

use crate::display::{Display, Picture};
use crate::program::{Home, Program, until};

const FLIGHT: &str = "flight — Skyreel";

/// Two minutes towards the Earth at noon, on a straight line, before nothing but stars.
pub fn flight(damage: &str) -> String {
    let hide = |nodes: &str| {
        let path = format!("Scene.{nodes}.Renderable.Enabled");
        format!("script 0 0 864000 1 openspace.setPropertyValue(\"{path}\", false)\n")
    };
    let camera = |t: u32, distance_m: u32| {
        format!("camera {t} {t} 864000 {distance_m} 0 0 0 0.70710678 0 0.70710678 0.1 F Earth\n")
    };
    let header = "OpenSpace_record/playback01.00A\n";
    let (from, to) = (camera(0, 60_000_000), camera(120, 10_000_000));
    [header, &hide("MilkyWay"), &hide("*Trail"), &from, damage, &to].concat()
}

#[test]
fn a_recording_plays_and_obeys_its_keys_playing_paused_and_ended() {
    let Some(display) = Display::open() else { return };
    let home = Home::new();
    let file = home.file("flight.osrectxt", &flight(""));
    let mut program = Program::start(&home, &[&file], Some(&display));
    let window = until(|| {
        program.must_run();
        display.window(FLIGHT)
    });
    let first = until(|| display.picture(window).filter(Picture::has_light));
    assert_eq!(first.size, (1280, 720));
    let differs_from = |old: &Picture| {
        until(|| display.picture(window).filter(|new| new != old && new.size == old.size))
    };
    let is_again = |old: &Picture| {
        until(|| display.picture(window).filter(|new| new == old));
    };
    let stands_still = || display.still(window);
    differs_from(&first);

    // In this order: when the new size is there, the focus is too.
    display.focus(window);
    display.resize(window, (800, 450));
    // Without the bar, whose clock and notices change by themselves.
    display.press("F1");
    until(|| display.picture(window).filter(|p| p.size == (800, 450) && p.fills()));

    display.press("space");
    let paused = stands_still();
    display.resize(window, (640, 480));
    until(|| display.picture(window).filter(|p| p.size == (640, 480) && p.fills()));
    display.resize(window, (800, 450));
    is_again(&paused);

    display.press("shift+Right");
    let ten_seconds_on = differs_from(&paused);
    assert!(ten_seconds_on.lit() > paused.lit(), "the flight leads towards the Earth");
    display.press("shift+Left");
    is_again(&paused);
    for _ in 0..6 {
        display.press("period");
    }
    differs_from(&paused);
    for _ in 0..6 {
        display.press("comma");
    }
    is_again(&paused);

    // Paused, neither mouse nor arrows move the camera.
    display.drag((400, 200), (600, 240));
    display.press("Up");
    assert!(stands_still() == paused);

    display.press("space");
    differs_from(&paused);
    display.press("End");
    let end = stands_still();
    assert!(end.lit() > ten_seconds_on.lit());
    display.press("Home");
    let start = stands_still();
    assert!(start.lit() < paused.lit());
    display.press("End");
    is_again(&end);

    // What is in force at the end stays when control is handed back: no jump.
    display.press("Escape");
    // Keys are obeyed in order, so that is done when this is.
    display.press("F12");
    program.says("Saved the picture");
    let handed_back = until(|| display.picture(window));
    assert!(handed_back.difference(&end) < end.lit() / 20);
    display.drag((400, 200), (600, 240));
    differs_from(&end);

    display.close(window);
    let ended = program.ended();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("Playing 'flight'"), "{}", ended.stderr);
    let troubles: Vec<_> = ended.stderr.lines().filter(|line| !line.contains("INFO")).collect();
    assert!(troubles.is_empty(), "{troubles:?}");
}

#[test]
fn a_damaged_recording_plays_and_its_losses_are_told() {
    let Some(display) = Display::open() else { return };
    let damaged = flight("camera 5 5 864000 nan 0 0 0 0.70710678 0 0.70710678 0.1 F Earth\n");
    let home = Home::new();
    let file = home.file("flight.osrectxt", &damaged);
    let mut program = Program::start(&home, &[&file], Some(&display));
    let window = until(|| {
        program.must_run();
        display.window(FLIGHT)
    });
    until(|| display.picture(window).filter(Picture::has_light));
    display.close(window);
    let ended = program.ended();
    assert_eq!(ended.code, Some(3));
    assert!(ended.stderr.contains("line 5"), "{}", ended.stderr);
}

#[test]
fn what_cannot_be_played_is_told_before_a_window_opens() {
    let home = Home::new();
    let header = "OpenSpace_record/playback01.00A\n";
    let script = "script 0 0 864000 1 openspace.printInfo(\"nothing to see\")\n";
    let cases = [
        ("empty", String::new(), "empty"),
        ("none", "no recording at all".to_owned(), "recording"),
        ("blind", format!("{header}{script}"), "camera"),
    ];
    for (name, text, expected) in cases {
        let file = home.file(&format!("{name}.osrectxt"), &text);
        let ended = Program::start(&home, &[&file], None).ended();
        assert_eq!(ended.code, Some(1), "{name}: {}", ended.stderr);
        assert!(ended.stderr.contains(expected), "{name}: {}", ended.stderr);
    }
}

#[test]
fn without_a_display_it_says_what_needs_none() {
    let home = Home::new();
    let file = home.file("flight.osrectxt", &flight(""));
    let ended = Program::start(&home, &[&file], None).ended();
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("no display"), "{}", ended.stderr);
    assert!(ended.stderr.contains("skyreel render"), "{}", ended.stderr);
}
