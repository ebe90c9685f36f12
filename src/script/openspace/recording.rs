//! `openspace.sessionRecording`: making and playing recordings, by OpenSpace's present names and those
//! that older scripts call.

use skyreel_core::command::{FilmCommand, PlayCommand, RecordCommand};
use skyreel_core::player::AtEnd;
use skyreel_core::shelf::file_name;
use skyreel_core::snapshot::{ModeView, Weight};

use super::args::Args;
use super::library::Library;
use super::live::Live;
use super::names::{find, stem_of, within};

/// Frames a second where OpenSpace's scripts do not say.
const SCREENSHOT_FPS: f64 = 60.0;

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    fill_recording(library)?;
    fill_playing(library)?;
    fill_films(library)
}

fn fill_recording(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "startRecording([file])",
        "Begin to record; without a name by date and time, to be named by stopRecording.",
        |_, live, args| match args.maybe_text(0, "the file")? {
            None => start(live, None, None),
            // Its older form, which made binary recordings.
            Some(file) => start(live, Some(stem_of(&file).to_owned()), Some(false)),
        },
    )?;
    library.add(
        "startRecordingAscii(file)",
        "Begin to record; a text (.ron) is made of it when it ends.",
        |_, live, args| {
            start(live, Some(stem_of(&args.text(0, "the file")?).to_owned()), Some(true))
        },
    )?;
    library.add(
        "stopRecording([file [, \"Ascii\" or \"Binary\" [, overwrite]]])",
        "End the recording and keep it, under this name once it is written.",
        stop,
    )?;
    library.add("isRecording()", "Whether a recording is being made.", |_, live, _| {
        Ok(matches!(live.mode()?, ModeView::Recording(_)))
    })
}

fn start(live: &Live, name: Option<String>, text: Option<bool>) -> mlua::Result<()> {
    let start = RecordCommand::Start { name, description: None, text, overwrite: None };
    live.obey(start).map(drop)
}

/// OpenSpace names a recording when it stops, Skyreel when it starts: what is made is stopped, and the
/// library names it as soon as it is finished.
fn stop(_: &mlua::Lua, live: &Live, args: Args) -> mlua::Result<()> {
    let Some(file) = args.maybe_text(0, "the file")? else {
        return live.obey(RecordCommand::Stop {}).map(drop);
    };
    let format = args.maybe_text(1, "the format")?;
    let overwrite = args.on_or(2, "overwrite", false)?;
    if let Some(format) = &format
        && !["Ascii", "Binary"].contains(&format.as_str())
    {
        return Err(args.error(format!("the format is \"Ascii\" or \"Binary\", not '{format}'")));
    }
    let to = stem_of(&file).to_owned();
    if to.trim().is_empty() {
        return Err(args.error("a recording needs a name"));
    }
    let ModeView::Recording(view) = live.mode()? else {
        // The session's own words for it.
        return live.obey(RecordCommand::Stop {}).map(drop);
    };
    let is_its_name = view.name == to;
    let taken = live.snapshot()?;
    let taken = find(&taken.library, &file_name(&to)).filter(|_| !is_its_name);
    if let Some(taken) = taken.filter(|_| !overwrite) {
        // As in OpenSpace it goes on, so that it can be stopped under another name.
        return Err(args.error(format!(
            "there is '{}' already; it records on. With true as third argument it gives way",
            taken.recording
        )));
    }
    live.obey(RecordCommand::Stop {})?;
    if !is_its_name && !live.kept.borrow_mut().renames.add(view.name.clone(), to, overwrite) {
        return Err(args.error(format!("'{}' keeps its name: too many wait for theirs", view.name)));
    }
    if format.as_deref() == Some("Ascii") {
        let text = "Skyreel decides on a text when a recording starts (startRecordingAscii, or the \
                    setting); `skyreel convert` makes one of any recording";
        live.print(Weight::Detail, text);
    }
    Ok(())
}

fn fill_playing(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "startPlayback(file [, loop [, shouldWaitForTiles [, screenshotFps]]])",
        "Play a recording with its dates; with screenshotFps also make a film (.mp4) of it.",
        |_, live, args| {
            let fps = args.maybe_number(3, "screenshotFps")?;
            play(live, &args, true, fps)
        },
    )?;
    library.add(
        "startPlaybackRecordedTime(file [, loop])",
        "Play a recording; the scene's clock runs on by itself.",
        |_, live, args| play(live, &args, false, None),
    )?;
    library.add(
        "startPlaybackApplicationTime(file [, loop])",
        "The same as startPlaybackRecordedTime: moments are seconds since the recording's start.",
        |_, live, args| play(live, &args, false, None),
    )?;
    library.add(
        "startPlaybackSimulationTime(file [, loop])",
        "Play a recording with its dates, so that everything is where it was at its date.",
        |_, live, args| play(live, &args, true, None),
    )?;
    let simple = [
        ("stopPlayback()", "End playback; everything stays as it is.", PlayCommand::Stop {}),
        ("togglePlaybackPause()", "Pause playback or let it go on.", PlayCommand::Toggle {}),
        ("pausePlayback()", "Let playback stand still.", PlayCommand::Pause {}),
        ("resumePlayback()", "Let playback go on.", PlayCommand::Resume {}),
    ];
    for (usage, help, command) in simple {
        library.add(usage, help, move |_, live, _| live.obey(command.clone()).map(drop))?;
    }
    library.add(
        "setPlaybackPause(paused)",
        "Let playback stand still, or go on.",
        |_, live, args| match args.on(0, "paused")? {
            true => live.obey(PlayCommand::Pause {}).map(drop),
            false => live.obey(PlayCommand::Resume {}).map(drop),
        },
    )?;
    library.add(
        "isPlayingBack()",
        "Whether a recording is played, also while it is paused.",
        |_, live, _| Ok(matches!(live.mode()?, ModeView::Playing(view) if !view.has_ended)),
    )
}

fn play(live: &Live, args: &Args, force_time: bool, fps: Option<f64>) -> mlua::Result<()> {
    let recording = recording(live, &args.text(0, "the file")?)?;
    let at_end = if args.on_or(1, "loop", false)? { AtEnd::Loop } else { AtEnd::Hold };
    live.obey(PlayCommand::Start {
        recording: recording.clone(),
        force_time: Some(force_time),
        speed: None,
        at_end: Some(at_end),
        from_s: None,
        to_s: None,
    })?;
    let fps = fps.or(live.kept.borrow().film_fps);
    fps.map_or(Ok(()), |fps| film(live, recording, fps))
}

/// The library's id of what a script calls a recording.
pub(super) fn recording(live: &Live, file: &str) -> mlua::Result<String> {
    let snapshot = live.snapshot()?;
    let library = &snapshot.library;
    let named = live.options.folders.get("RECORDINGS").map_or("", String::as_str);
    let path = within(file, &[named, &library.folder]);
    Ok(find(library, path).map_or_else(|| path.to_owned(), |item| item.recording.clone()))
}

fn film(live: &Live, recording: String, fps: f64) -> mlua::Result<()> {
    let (name, size, view) = (None, None, None);
    let fps = Some(fps);
    let film = FilmCommand::Start { recording, name, size, fps, from_s: None, to_s: None, view };
    live.obey(film).map(drop)
}

/// OpenSpace saves a picture a frame while it plays; Skyreel makes a film of the same recording beside
/// playback, which goes on at its own pace.
fn fill_films(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "enableTakeScreenShotDuringPlayback([fps])",
        "From now on make a film (.mp4) of what is played, 60 frames a second if not said.",
        |_, live, args| {
            let fps = args.maybe_number(0, "fps")?.unwrap_or(SCREENSHOT_FPS);
            live.kept.borrow_mut().film_fps = Some(fps);
            match live.mode()? {
                ModeView::Playing(view) if !view.has_ended => film(live, view.recording, fps),
                _ => Ok(()),
            }
        },
    )?;
    library.add(
        "disableTakeScreenShotDuringPlayback()",
        "Make no more films of what is played; one that is being made is finished.",
        |_, live, _| {
            live.kept.borrow_mut().film_fps = None;
            Ok(())
        },
    )
}
