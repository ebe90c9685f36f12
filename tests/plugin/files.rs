//! Recordings as files: what is recorded into a folder is played from it, in this run and in the next.

use std::time::{Duration, Instant};

use bevy_app::prelude::*;
use bevy_skyreel::core::snapshot::ModeView;
use bevy_skyreel::core::value::Value;
use bevy_skyreel::prelude::*;
use bevy_skyreel::{Defaults, StudioBox, TimeSource, files::Folder};

use crate::stage::*;

fn in_folder(folder: &std::path::Path) -> Stage {
    let mut stage = Stage::new();
    stage.app.insert_resource(StudioBox::new(Folder::new(folder.to_owned())));
    stage
}

/// Frames without time, until something has been told.
fn until_told(stage: &mut Stage, text: &str) {
    let begin = Instant::now();
    while !stage.told().iter().any(|told| told.contains(text)) {
        assert!(begin.elapsed() < Duration::from_secs(30), "{:?}", stage.told());
        stage.frame(s(0.0));
        std::thread::yield_now();
    }
}

#[test]
fn what_is_recorded_is_played_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = in_folder(folder.path());
    let frames = tour(&mut stage);
    until_told(&mut stage, "Saved 'tour.skyreel'");
    // In another run, too.
    for mut stage in [stage, in_folder(folder.path())] {
        stage.done("play.start tour.skyreel");
        stage.done("play.pause");
        for (at, seen) in frames.iter().step_by(7).rev() {
            stage.done(&format!("play.seek {}", at.as_secs()));
            let found = stage.observe();
            assert_same(&found, seen, &format!("at {at}"));
        }
        let ModeView::Playing(view) = stage.mode() else { panic!() };
        assert_eq!(view.duration, frames.last().unwrap().0);
        assert!(view.moments.iter().any(|moment| moment.text == "here"));
    }
}

#[test]
fn a_file_that_began_before_its_button_plays() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = in_folder(folder.path());
    stage.app.world_mut().resource_mut::<Defaults>().instant_replay = s(1.0);
    stage.frame(s(0.0));
    stage.ask("scene.set Scene.Earth.Renderable.Fade 0 over_s=4");
    stage.wait(3.0);
    stage.ask("record.start r");
    stage.frame(s(0.5));
    let seen = stage.observe();
    let ModeView::Recording(view) = stage.mode() else { panic!() };
    stage.done("record.stop");
    until_told(&mut stage, "Saved 'r.skyreel'");
    stage.done("play.start r.skyreel");
    stage.done(&format!("play.seek {}", view.elapsed.as_secs()));
    let found = stage.observe();
    assert_same(&found, &seen, "at the last frame");
    stage.done("play.seek 0");
    let Value::Number(fade) = stage.observe().properties["Scene.Earth.Renderable.Fade"].clone()
    else {
        panic!()
    };
    assert!((fade - 0.5).abs() < 0.02, "{fade}");
}

#[test]
fn names_that_are_taken_get_a_number_and_discarded_ones_leave_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = in_folder(folder.path());
    for (line, told) in [
        ("record.stop", "Saved 'r.skyreel'"),
        ("record.stop", "Saved 'r (2).skyreel'"),
        ("record.discard", "'r (3)' was thrown away"),
    ] {
        stage.ask("record.start r");
        stage.wait(0.5);
        stage.done(line);
        until_told(&mut stage, told);
    }
    while stage.session().get().is_finishing() {
        stage.frame(s(0.0));
    }
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    assert_eq!(names, ["r (2).skyreel", "r.skyreel"]);
}

#[test]
fn what_is_no_recording_of_the_folder_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("empty.skyreel"), "").unwrap();
    std::fs::write(folder.path().join("other.skyreel"), "nothing of ours").unwrap();
    let mut stage = in_folder(folder.path());
    let before = stage.observe();
    for name in
        ["../x.skyreel", "/etc/passwd", "", ".", "none.skyreel", "empty.skyreel", "other.skyreel"]
    {
        let outcome = stage.say(&format!("play.start \"{name}\""));
        assert!(!outcome.is_done(), "{name}");
        assert!(outcome.complaint().unwrap().len() > 10, "{outcome:?}");
        assert_eq!(stage.mode(), ModeView::Idle);
    }
    assert_same(&stage.observe(), &before, "nothing has happened");
}

#[test]
fn the_plugin_makes_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::new();
    let within = folder.path().join("a/b");
    app.add_plugins(SkyreelPlugin::in_folder(&within).with_time(TimeSource::Manual));
    app.world().resource::<Requests>().say("record.start r").unwrap();
    app.update();
    app.world().resource::<Requests>().say("record.stop").unwrap();
    let begin = Instant::now();
    while !within.join("r.skyreel").exists() {
        assert!(begin.elapsed() < Duration::from_secs(30));
        app.update();
        std::thread::yield_now();
    }
}
