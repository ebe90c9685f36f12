//! Opening: scripts have taken effect, rules are expanded, and what cannot be is said.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use skyreel_core::catalogue::{Catalogue, PropertySpec};
use skyreel_core::resolve::WorldFromNode;
use skyreel_core::sample::sample;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::Value;
use skyreel_core::wording::Surroundings;
use skyreel_store::{OpenError, load, open};
use tempfile::{TempDir, tempdir};

/// A scene with two planets.
struct Little(Vec<PropertySpec>);

impl Little {
    fn new() -> Self {
        let spec = |node: &str| PropertySpec {
            path: format!("Scene.{node}.Renderable.Fade"),
            tags: vec!["planet".to_owned()],
            default: Value::Number(1.0),
            range: None,
        };
        Self(["Earth", "Mars"].map(spec).into())
    }
}

impl Catalogue for Little {
    fn properties(&self) -> &[PropertySpec] {
        &self.0
    }
}

impl Surroundings for Little {
    fn radii_m(&self, _: &str) -> Option<[f64; 3]> {
        None
    }

    fn world_from_node(&self, _: &str, _: SimTime) -> Option<WorldFromNode> {
        None
    }
}

/// What a person is told: the error, then what it was caused by.
fn with_cause(error: &OpenError) -> String {
    format!("{error}: {}", error.source().unwrap())
}

fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

const RECORDING: &str = "OpenSpace_record/playback03.00A
camera 0 7e+08 7000000 0 0 0 0 0 1 1 - Earth
script 1 7e+08 1 openspace.setPropertyValue('{planet}.Renderable.Fade', 0.5)
script 2 7e+08 1 openspace.setPropertyValueSingle('Scene.Pandora.Renderable.Fade', 0.25)
script 3 7e+08 1 openspace.setPropertyValueSingle('Scene.Pandora.Renderable.Fade', 0.75)
script 4 7e+08 1 openspace.setPropertyValue('Scene.Moons*.Renderable.Fade', 0)
script 5 7e+08 1 this is no Lua
camera 9 7e+08 8000000 0 0 0 0 0 1 1 - Earth
";

#[test]
fn opening_runs_scripts_expands_rules_and_lists_what_the_scene_lacks_once() {
    let (_folder, path) = file("journey.osrectxt", RECORDING.as_bytes());
    let opened = open(&path, &Little::new()).unwrap();
    let recording = &opened.imported.recording;
    let number = |path: &str, at_s: f64| {
        let frame = sample(recording, SessionTime::from_secs(at_s).unwrap());
        frame.properties.get(path).map(|v| format!("{v}"))
    };
    for (path, at_s, expected) in [
        ("Scene.Earth.Renderable.Fade", 0.5, Some("1")),
        ("Scene.Earth.Renderable.Fade", 1.5, Some("0.5")),
        ("Scene.Mars.Renderable.Fade", 1.5, Some("0.5")),
        // Recorded, whatever this scene has.
        ("Scene.Pandora.Renderable.Fade", 1.5, None),
        ("Scene.Pandora.Renderable.Fade", 2.5, Some("0.25")),
        ("Scene.Pandora.Renderable.Fade", 3.5, Some("0.75")),
    ] {
        assert_eq!(number(path, at_s).as_deref(), expected, "{path} at {at_s} s");
    }
    let warned =
        |part: &str| opened.warnings.iter().filter(|w| format!("{w:?}").contains(part)).count();
    assert_eq!(warned("Scene.Pandora.Renderable.Fade"), 1, "{:#?}", opened.warnings);
    assert_eq!(warned("Scene.Moons*.Renderable.Fade"), 1, "{:#?}", opened.warnings);
    assert!(opened.warnings.iter().any(|w| w.entry == Some(5)), "{:#?}", opened.warnings);
    assert!(!opened.imported.has_loss());
}

#[test]
fn loading_leaves_scripts_as_texts() {
    let (_folder, path) = file("journey.osrectxt", RECORDING.as_bytes());
    let imported = load(&path).unwrap();
    assert_eq!(imported.recording.script_entries(), 5);
    assert!(imported.recording.rules.is_empty() && imported.recording.properties.is_empty());
}

#[test]
fn what_cannot_be_opened_is_named_with_the_reason() {
    let folder = tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let unreadable = [
        write("empty.osrec", b""),
        write("noise.ron", &[0xff, 0x00, 0x17, 0x80]),
        write("text.txt", b"Dear diary, today we flew to the Moon."),
        write("title.osrec", b"OpenSpace_record/playback"),
        write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ];
    for path in unreadable {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        for error in [load(&path).unwrap_err(), open(&path, &Little::new()).unwrap_err()] {
            assert!(matches!(error, OpenError::Unreadable { .. }), "{error:?}");
            let said = with_cause(&error);
            let (before, reason) = said.split_once(&format!("{name}: ")).unwrap();
            assert!(before.ends_with('/') && reason.len() > 10, "{said}");
        }
    }
    for path in [folder.path().join("missing.osrec"), folder.path().to_owned(), PathBuf::new()] {
        let error = open(&path, &Little::new()).unwrap_err();
        assert!(matches!(error, OpenError::Io { .. }), "{error:?}");
        let said = with_cause(&error);
        let named = said.starts_with("cannot read ") && said.contains(&path.display().to_string());
        assert!(named && said.len() > "cannot read : ".len() + path.as_os_str().len(), "{said}");
    }
}

#[test]
fn a_damaged_file_opens_with_its_good_part() {
    let cut = &RECORDING[..RECORDING.len() - 30];
    let (_folder, path) = file("cut.osrectxt", cut.as_bytes());
    let opened = open(&path, &Little::new()).unwrap();
    assert!(opened.imported.has_loss());
    assert_eq!(opened.imported.recording.camera_entries(), 1);
}
