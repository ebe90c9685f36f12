//! Which films can be asked for, and what is said of the others.

use skyreel_film::{Encoder, FilmError, FilmSpec, OutputKind};

use crate::tools::spec;

#[test]
fn names_say_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().display().to_string();
    for (name, expected) in [
        ("film.mp4", None),
        ("FILM.MP4", None),
        ("a.b/film.x.mp4", None),
        ("shots/%06d.png", Some("shots/000042.png")),
        ("%d.png", Some("42.png")),
        ("shots/take1_%03d.v2.PNG", Some("shots/take1_042.v2.PNG")),
        ("shots", Some("shots/000042.png")),
        ("v1.2/", Some("v1.2/000042.png")),
        (&here, Some(&*format!("{here}/000042.png"))),
    ] {
        let kind = spec(name, 64, 48, "60").kind().unwrap();
        let found = match &kind {
            OutputKind::Mp4 => None,
            OutputKind::Pictures(names) => {
                let path = names.path(42);
                let file_name = path.file_name().unwrap().to_str().unwrap().to_owned();
                assert_eq!(names.number(&file_name), Some(42), "{name}");
                Some(path.display().to_string())
            }
        };
        assert_eq!(found.as_deref(), expected, "{name}");
    }
}

#[test]
fn other_names_are_refused_with_a_list_of_what_is_possible() {
    for name in [
        "",
        "film.mkv",
        "film.mp4.zip",
        "film.png",
        "%06d.jpg",
        "%x.png",
        "%6d.png",
        "%d%d.png",
        "%099d.png",
        "..",
    ] {
        let error = spec(name, 64, 48, "60").validate();
        if name == ".." {
            // It is a folder.
            assert!(error.is_ok());
            continue;
        }
        let error = error.unwrap_err();
        assert!(matches!(error, FilmError::Output { .. }) && error.is_usage(), "{name}: {error}");
        let words = error.to_string();
        assert!(
            words.contains(".mp4") && words.contains("%06d.png") && words.contains("folder"),
            "{words}"
        );
    }
}

#[test]
fn sizes_keep_to_what_the_encoder_can() {
    let ffmpeg = Encoder::ffmpeg;
    let builtin = || Encoder::Builtin;
    for (name, encoder, width, height, limit) in [
        ("a.mp4", builtin(), 1280, 720, None),
        ("a.mp4", builtin(), 16, 16, None),
        ("a.mp4", builtin(), 3840, 2160, None),
        ("a.mp4", builtin(), 2160, 3840, None),
        ("a.mp4", builtin(), 1281, 720, Some("even")),
        ("a.mp4", builtin(), 1280, 719, Some("even")),
        ("a.mp4", builtin(), 0, 720, Some("16x16")),
        ("a.mp4", builtin(), 14, 720, Some("16x16")),
        ("a.mp4", builtin(), 3842, 2160, Some("3840x2160")),
        ("a.mp4", builtin(), 2162, 2162, Some("3840x2160")),
        ("a.mp4", builtin(), u32::MAX - 1, 2, Some("3840x2160")),
        ("a.mp4", ffmpeg(), 7680, 4320, None),
        ("a.mp4", ffmpeg(), 8192, 4322, Some("8192x4320")),
        ("a.mp4", ffmpeg(), 33, 32, Some("even")),
        ("a/", builtin(), 1, 1, None),
        ("a/", builtin(), 1281, 719, None),
        ("a/", builtin(), 0, 1, Some("32768x32768")),
        ("a/", builtin(), 32_769, 1, Some("32768x32768")),
    ] {
        let asked = FilmSpec { encoder, ..spec(name, width, height, "60") };
        match (asked.validate(), limit) {
            (Ok(()), None) => {}
            (Err(error @ FilmError::Size { .. }), Some(limit)) => {
                let words = error.to_string();
                assert!(error.is_usage() && words.contains(limit), "{words}");
                assert!(words.contains(&format!("{width}x{height}")), "{words}");
            }
            (result, _) => panic!("{name} {width}x{height}: {result:?}"),
        }
    }
}

#[test]
fn quality_ends_at_a_hundred() {
    let asked = FilmSpec { quality: 101, ..spec("a.mp4", 64, 48, "60") };
    let error = asked.validate().unwrap_err();
    assert!(matches!(error, FilmError::Quality { found: 101 }) && error.is_usage(), "{error}");
    assert!(FilmSpec { quality: 100, ..asked }.validate().is_ok());
}
