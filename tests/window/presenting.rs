//! A presenter sits down, flies, switches something off, records it, and plays it back.

use crate::display::{Display, Picture, shots};
use crate::program::{Home, Program, until};

const SOLAR_SYSTEM: &str = "Solar system — Skyreel";

/// Where things are in a window of 1280 by 720.
mod place {
    pub const RECORD: (i32, i32) = (721, 676);
    pub const SCENE: (i32, i32) = (306, 676);
    pub const NAME: (i32, i32) = (1000, 82);
    pub const BEGIN: (i32, i32) = (1079, 194);
    pub const STOP: (i32, i32) = (1207, 631);
    pub const EYE_OF_THE_SUN: (i32, i32) = (345, 114);
    pub const FIRST_RECORDING: (i32, i32) = (1000, 395);
    pub const SKY: (i32, i32) = (640, 120);
    pub const LATE_ON_THE_TIME_LINE: (i32, i32) = (1100, 619);
}

#[test]
fn a_presenter_records_plays_seeks_loops_and_takes_over() {
    let Some(display) = Display::open() else { return };
    let home = Home::new();
    let mut program = Program::start::<&str>(&home, &[], Some(&display));
    let window = until(|| {
        program.must_run();
        display.window(SOLAR_SYSTEM)
    });
    let look = |name: &str| {
        let picture = until(|| display.picture(window).filter(Picture::has_light));
        picture.save(&shots().join(format!("{name}.png")));
        picture
    };
    let before = look("1 the window");
    display.focus(window);

    display.click(window, place::RECORD, 1);
    display.click(window, place::NAME, 1);
    display.type_text("Tour");
    look("2 session recording");
    display.click(window, place::BEGIN, 1);
    program.says("Recording 'Tour'");
    display.drag((640, 300), (400, 340));
    display.click(window, place::SCENE, 1);
    look("3 recording");
    display.click(window, place::EYE_OF_THE_SUN, 1);
    display.drag((640, 300), (700, 240));
    let flown = look("4 flown while recording");
    assert!(flown.difference(&before) > 10_000, "the drag has moved the camera");
    display.click(window, place::SCENE, 1);
    display.click(window, place::STOP, 1);
    program.says("Saved 'Tour.skyreel'");

    let file = home.recordings().join("Tour.skyreel");
    let file = file.to_str().unwrap();
    let info: serde_json::Value =
        serde_json::from_str(&home.ask(&["info", file, "--json"])).unwrap();
    let duration_s = info["duration_s"].as_f64().unwrap();
    assert!(duration_s > 3.0, "{info}");
    let at_end = duration_s.to_string();
    let moments = home.ask(&["sample", file, "--at", "0", "--at", &at_end, "--json"]);
    let moments: Vec<serde_json::Value> =
        moments.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let sun = |n: usize| moments[n]["properties"]["Scene.Sun.Renderable.Enabled"].clone();
    assert_eq!((sun(0), sun(1)), (true.into(), false.into()), "the eye was clicked");
    assert_ne!(moments[0]["position_m"], moments[1]["position_m"], "the camera was moved");

    display.click(window, place::RECORD, 1);
    display.click(window, place::FIRST_RECORDING, 2);
    program.says("Playing 'Tour'");
    look("5 playing");
    // The menu is in the way of the time line's end.
    display.click(window, place::RECORD, 1);
    display.press("space");
    display.click(window, place::LATE_ON_THE_TIME_LINE, 1);
    let late = display.still(window);
    look("6 sought by mouse");
    display.press("Home");
    let early = display.still(window);
    assert!(early.difference(&late) > 10_000, "the camera is where the recording began");
    display.drag(place::SKY, (500, 200));
    assert!(display.still(window).difference(&early) < 2_000, "a drag does not move the camera");
    look("7 at the start");
    display.press("End");
    display.press("space");
    program.says("Playback of 'Tour' has finished");
    look("8 at the end");

    // After the end the mouse takes over.
    display.drag((640, 300), (500, 250));
    look("9 taken over");
    display.press("ctrl+shift+R");
    until(|| (program.said().matches("Recording '").count() == 2).then_some(()));
    display.press("F12");
    program.says("Saved the picture");
    // Whoever closes the window ends the recording, which is whole then.
    display.close(window);
    let ended = program.ended();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(ended.stderr.matches("Saved '").count(), 2, "{}", ended.stderr);
    let troubles: Vec<_> = ended.stderr.lines().filter(|line| !line.contains("INFO")).collect();
    assert!(troubles.is_empty(), "{troubles:?}");
    let kept = std::fs::read_to_string(home.path(".config/skyreel/settings.ron")).unwrap();
    assert!(kept.contains("window_size_px"), "{kept}");
}
