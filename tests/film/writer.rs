//! Beginning, feeding and ending a film.

use skyreel_film::{FilmError, open};

use crate::tools::{picture, send, spec, write};

#[test]
fn a_frame_of_another_size_is_refused_and_the_film_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let spec = spec(folder.path().join("film.mp4"), 64, 48, "60");
    let mut film = open(&spec).unwrap();
    send(&mut film, &spec, 0, 2).unwrap();
    let error = film.send(vec![0; 64 * 48 * 3]).unwrap_err();
    let FilmError::FrameSize { frame: 2, expected, found } = error else { panic!("{error}") };
    assert_eq!((expected, found), (64 * 48 * 4, 64 * 48 * 3));
    film.send(picture(2, 64, 48)).unwrap();
    assert_eq!(film.frames_sent(), 3);
    assert_eq!(film.finish().unwrap().frames, 3);
}

#[test]
fn a_film_without_a_frame_is_an_error_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["film.mp4", "shots/"] {
        let spec = spec(folder.path().join(name), 64, 48, "60");
        let error = open(&spec).unwrap().finish().unwrap_err();
        assert!(matches!(error, FilmError::NoFrames { .. }), "{name}: {error}");
    }
    assert!(!folder.path().join("film.mp4").exists());
}

#[test]
fn one_frame_is_a_film() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    assert_eq!(write(&spec(&film, 16, 16, "60"), 1).unwrap().frames, 1);
    if crate::tools::ffmpeg_is_here() {
        assert_eq!(crate::tools::decode(&film, 16, 16).len(), 1);
    }
}

#[test]
fn a_spec_that_cannot_be_met_makes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    assert!(open(&spec(&film, 63, 48, "60")).unwrap_err().is_usage());
    assert!(!film.exists());
}
