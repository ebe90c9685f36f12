//! Promises of the window, held on a display of the test's own. Each test that needs one says that
//! it skips where Xvfb or xdotool is missing.
#![allow(clippy::unwrap_used, reason = "tests")]

mod display;
mod program;

use std::time::{Duration, Instant};

use display::Display;
use program::{Program, until};

const FLIGHT: &str = "flight — Skyreel";

/// Longer than it takes to draw a few pictures in software.
const STILL: Duration = Duration::from_secs(1);

/// Two minutes towards the Earth at noon, on a straight line, before nothing but stars.
fn flight(damage: &str) -> String {
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
fn a_recording_plays_obeys_keys_and_closes() {
    let Some(display) = Display::open() else { return };
    let mut program = Program::start("obeys.d/flight.osrectxt", &flight(""), Some(&display));
    let window = until(|| {
        program.must_run();
        display.window(FLIGHT)
    });
    let first = until(|| display.picture(window).filter(|p| p.has_light()));
    assert_eq!(first.size, (1280, 720));
    let differs_from = |old: &display::Picture| {
        until(|| display.picture(window).filter(|new| new != old && new.size == old.size))
    };
    let stands_still = || {
        until(|| {
            let picture = display.picture(window)?;
            let began = Instant::now();
            while began.elapsed() < STILL {
                (display.picture(window)? == picture).then_some(())?;
            }
            Some(picture)
        })
    };
    differs_from(&first);

    // In this order: when the new size is there, the focus is too.
    display.focus(window);
    display.resize(window, (800, 450));
    let small = until(|| display.picture(window).filter(|p| p.size == (800, 450) && p.fills()));
    differs_from(&small);

    display.press("space");
    let paused = stands_still();
    display.resize(window, (640, 480));
    until(|| display.picture(window).filter(|p| p.size == (640, 480) && p.fills()));
    display.resize(window, (800, 450));
    until(|| display.picture(window).filter(|p| *p == paused));

    display.press("Right");
    let ten_seconds_on = differs_from(&paused);
    assert!(ten_seconds_on.lit() > paused.lit(), "the flight leads towards the Earth");
    display.press("Left");
    until(|| display.picture(window).filter(|p| *p == paused));

    display.press("space");
    differs_from(&paused);
    for _ in 0..12 {
        display.press("Right");
    }
    let end = stands_still();
    assert!(end.lit() > ten_seconds_on.lit());
    display.press("Home");
    differs_from(&end);

    display.press("Escape");
    let ended = program.ended();
    assert_eq!(ended.code, Some(0));
    assert_eq!(ended.stderr, "", "nothing but what goes wrong is told");
}

#[test]
fn a_damaged_recording_plays_and_its_losses_are_told() {
    let Some(display) = Display::open() else { return };
    let damaged = flight("camera 5 5 864000 nan 0 0 0 0.70710678 0 0.70710678 0.1 F Earth\n");
    let mut program = Program::start("damaged.d/flight.osrectxt", &damaged, Some(&display));
    let window = until(|| {
        program.must_run();
        display.window(FLIGHT)
    });
    until(|| display.picture(window).filter(|p| p.has_light()));
    display.close(window);
    let ended = program.ended();
    assert_eq!(ended.code, Some(3));
    assert!(ended.stderr.contains("line 5"), "{}", ended.stderr);
}

#[test]
fn without_a_display_it_says_what_needs_none() {
    let ended = Program::start("nowhere.d/flight.osrectxt", &flight(""), None).ended();
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("no display"), "{}", ended.stderr);
    assert!(ended.stderr.contains("skyreel render"), "{}", ended.stderr);
}
