//! Making, playing and composing recordings.

use super::Row;

pub const ROWS: &[Row] = &[
    Row("openspace.sessionRecording.startRecording()", &["record.start"], ""),
    Row(
        r#"openspace.sessionRecording.startRecording("${RECORDINGS}/evening.osrec")"#,
        &[r#"record.start name="evening" text=false"#],
        "",
    ),
    Row(
        r#"openspace.sessionRecording.startRecordingAscii("evening")"#,
        &[r#"record.start name="evening" text=true"#],
        "",
    ),
    Row("openspace.sessionRecording.stopRecording()", &["record.stop"], ""),
    Row("return openspace.sessionRecording.isRecording()", &[], "false"),
    Row(
        r#"openspace.sessionRecording.startPlayback("tour.skyreel")"#,
        &[r#"play.start at_end="hold" force_time=true recording="tour.skyreel""#],
        "",
    ),
    Row(
        r#"openspace.sessionRecording.startPlayback(openspace.absPath("${RECORDINGS}/tour.osrectxt"), true)"#,
        &[r#"play.start at_end="loop" force_time=true recording="tour.skyreel""#],
        "",
    ),
    Row(
        r#"openspace.sessionRecording.startPlayback("${RECORDINGS}/shows/moon.osrectxt", false, false, 30)"#,
        &[
            r#"play.start at_end="hold" force_time=true recording="shows/moon.osrectxt""#,
            r#"film.start fps=30.0 recording="shows/moon.osrectxt""#,
        ],
        "",
    ),
    Row(
        r#"openspace.sessionRecording.startPlaybackRecordedTime("old.osrec", true)"#,
        &[r#"play.start at_end="loop" force_time=false recording="old.osrec""#],
        "",
    ),
    Row(
        r#"openspace.sessionRecording.startPlaybackApplicationTime("old")"#,
        &[r#"play.start at_end="hold" force_time=false recording="old.osrec""#],
        "",
    ),
    Row(
        r#"openspace.sessionRecording.startPlaybackSimulationTime("elsewhere.osrec")"#,
        &[r#"play.start at_end="hold" force_time=true recording="elsewhere.osrec""#],
        "",
    ),
    Row("openspace.sessionRecording.stopPlayback()", &["play.stop"], ""),
    Row("openspace.sessionRecording.togglePlaybackPause()", &["play.toggle"], ""),
    Row("openspace.sessionRecording.pausePlayback()", &["play.pause"], ""),
    Row("openspace.sessionRecording.resumePlayback()", &["play.resume"], ""),
    Row("openspace.sessionRecording.setPlaybackPause(true)", &["play.pause"], ""),
    Row("openspace.sessionRecording.setPlaybackPause(false)", &["play.resume"], ""),
    Row("return openspace.sessionRecording.isPlayingBack()", &[], "false"),
    Row(
        r#"openspace.sessionRecording.enableTakeScreenShotDuringPlayback()
           openspace.sessionRecording.startPlayback("tour")"#,
        &[
            r#"play.start at_end="hold" force_time=true recording="tour.skyreel""#,
            r#"film.start fps=60.0 recording="tour.skyreel""#,
        ],
        "",
    ),
    Row(
        r#"openspace.sessionRecording.enableTakeScreenShotDuringPlayback(25)
           openspace.sessionRecording.disableTakeScreenShotDuringPlayback()
           openspace.sessionRecording.startPlayback("tour")"#,
        &[r#"play.start at_end="hold" force_time=true recording="tour.skyreel""#],
        "",
    ),
    Row("openspace.keyframeRecording.newSequence()", &["journey.new"], ""),
    Row("openspace.keyframeRecording.addCameraKeyframe(1.5)", &["journey.add_key at_s=1.5"], ""),
    Row("openspace.keyframeRecording.addKeyframe(1.5)", &["journey.add_key at_s=1.5"], ""),
    Row(
        r#"openspace.keyframeRecording.addScriptKeyframe(2, "print(2)")"#,
        &[r#"journey.add_script at_s=2.0 code="print(2)""#],
        "",
    ),
    Row(
        "openspace.keyframeRecording.removeKeyframe(0)",
        &["journey.keys", "journey.remove keys=[7]"],
        "",
    ),
    Row(
        "openspace.keyframeRecording.updateKeyframe(1)",
        &["journey.keys", "journey.update key=3"],
        "",
    ),
    Row(
        "openspace.keyframeRecording.moveKeyframe(2, 1)",
        &["journey.keys", "journey.move by_s=-3.0 keys=[9]"],
        "",
    ),
    Row(
        r#"openspace.keyframeRecording.saveSequence("${RECORDINGS}/grand tour")"#,
        &[r#"journey.save name="grand tour""#],
        "",
    ),
    Row("openspace.keyframeRecording.saveSequence()", &["journey.save"], ""),
    Row(
        r#"openspace.keyframeRecording.saveSequence("tour.osrectxt")"#,
        &[r#"journey.export name="tour.osrectxt""#],
        "",
    ),
    Row(
        r#"openspace.keyframeRecording.loadSequence("${RECORDINGS}/tour.osrectxt")"#,
        &[r#"journey.open recording="tour.skyreel""#],
        "",
    ),
    Row("openspace.keyframeRecording.play()", &["journey.play from_s=0.0"], ""),
    Row("openspace.keyframeRecording.play(3)", &["journey.play from_s=3.0"], ""),
    Row("openspace.keyframeRecording.pause()", &["play.pause"], ""),
    Row("openspace.keyframeRecording.resume()", &["play.resume"], ""),
    Row("openspace.keyframeRecording.setTime(3)", &["journey.seek at_s=3.0"], ""),
    Row(
        "openspace.keyframeRecording.jumpToKeyframe(1)",
        &["journey.keys", "journey.seek at_s=2.5"],
        "",
    ),
    Row("return openspace.keyframeRecording.hasKeyframeRecording()", &["journey.keys"], "true"),
    Row(
        "return openspace.keyframeRecording.keyframes()",
        &["journey.keys"],
        "{{Camera = {FocusNode = 'Earth', FollowFocusNode = true, Position = {10000000, 0, 0}, \
         Rotation = {1, 0, 0, 0}, Scale = 1}, SimulationTime = 100, Timestamp = 0}, \
         {Property = {Duration = 1, Path = 'Scene.Moon.Renderable.Fade', Value = 0.5}, \
         Timestamp = 2.5}, {Script = 'print(1)', Timestamp = 4}}",
    ),
];
