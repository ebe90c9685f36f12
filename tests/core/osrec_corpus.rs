//! The recordings that OpenSpace tests its own loader with, and those a planetarium made. They lie
//! beside the checkout, if at all; where they do not, these tests say so and pass.
#![allow(clippy::excessive_precision, reason = "values as they are published")]

use std::path::{Path, PathBuf};

use skyreel_core::camera_track::CameraEntry;
use skyreel_core::event::EventKind;
use skyreel_core::format::{Imported, Mode, osrec};
use skyreel_core::time::SessionTime;

use crate::osrec::{read, scripts};

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("SKYREEL_CORPUS").map_or(beside, PathBuf::from);
    if !corpus.is_dir() {
        println!("skipped: there is no corpus at {}", corpus.display());
        return None;
    }
    Some(corpus)
}

fn fixture(corpus: &Path, name: &str) -> Imported {
    let imported = read(&std::fs::read(corpus.join("openspace-fixtures").join(name)).unwrap());
    assert!(imported.faults.is_empty(), "{name}: {:?}", imported.faults);
    imported
}

fn camera(imported: &Imported, seq: u64) -> &CameraEntry {
    imported.recording.views[0].camera.entries().iter().find(|e| e.seq == seq).unwrap()
}

fn script(imported: &Imported, seq: u64) -> (f64, f64, &str) {
    let event = imported.recording.events.iter().find(|e| e.seq == seq).unwrap();
    let EventKind::Script { text } = &event.kind else { panic!("a script") };
    (event.stamp.as_secs(), event.sim_time_s, text)
}

fn nanos(seconds: f64) -> i64 {
    SessionTime::from_secs(seconds).unwrap().as_nanos()
}

struct Expected {
    seq: u64,
    stamp_s: f64,
    sim_time_s: f64,
    position_m: [f64; 3],
    rotation_wxyz: [f32; 4],
    scale: f32,
    anchor: &'static str,
    follow: bool,
}

impl Expected {
    fn check(&self, imported: &Imported, name: &str) {
        let entry = camera(imported, self.seq);
        assert_eq!(entry.stamp.as_nanos(), nanos(self.stamp_s), "{name} {}", self.seq);
        assert_eq!(entry.sim_time_s, self.sim_time_s, "{name} {}", self.seq);
        assert_eq!(entry.pose.position_m, self.position_m, "{name} {}", self.seq);
        let rotation = entry.pose.rotation_wxyz.map(|v| v as f32);
        assert_eq!(rotation, self.rotation_wxyz, "{name} {}", self.seq);
        assert_eq!(entry.pose.scale, self.scale, "{name} {}", self.seq);
        assert_eq!(entry.pose.anchor.as_str(), self.anchor, "{name} {}", self.seq);
        assert_eq!(entry.pose.follow_rotation, self.follow, "{name} {}", self.seq);
    }
}

const FIXTURES: [(&str, usize, usize); 12] = [
    ("0100_ascii_linux.osrectxt", 4, 2),
    ("0100_ascii_windows.osrectxt", 4, 2),
    ("0100_binary_linux.osrec", 4, 2),
    ("0100_binary_windows.osrec", 4, 2),
    ("0200_ascii_linux.osrectxt", 3, 3),
    ("0200_ascii_windows.osrectxt", 4, 2),
    ("0200_binary_linux.osrec", 4, 2),
    ("0200_binary_windows.osrec", 4, 2),
    ("0300_ascii_linux.osrectxt", 3, 3),
    ("0300_ascii_windows.osrectxt", 4, 2),
    ("0300_binary_linux.osrec", 4, 2),
    ("0300_binary_windows.osrec", 4, 2),
];

#[test]
fn every_fixture_has_its_entries_version_and_mode() {
    let Some(corpus) = corpus() else { return };
    for (name, cameras, scripts) in FIXTURES {
        let imported = fixture(&corpus, name);
        assert_eq!(imported.recording.camera_entries(), cameras, "{name}");
        assert_eq!(imported.recording.script_entries(), scripts, "{name}");
        assert_eq!(imported.version.replace('.', ""), name[..4]);
        let mode = if name.contains("ascii") { Mode::Ascii } else { Mode::Binary };
        assert_eq!(imported.mode, mode);
    }
}

#[test]
fn the_windows_fixtures_hold_the_same_six_entries() {
    let Some(corpus) = corpus() else { return };
    let earth = |seq, t: f64, rotation_wxyz, scale| Expected {
        seq,
        stamp_s: t,
        sim_time_s: 100.0 + t,
        position_m: [
            [101.123, 201.456, 301.789],
            [102.123, 202.456, 302.789],
            [104.123, 204.456, 304.789],
            [105.123, 205.456, 305.789],
        ][if t > 3.0 { t as usize - 2 } else { t as usize - 1 }],
        rotation_wxyz,
        scale,
        anchor: "Earth",
        follow: true,
    };
    let cameras = [
        earth(1, 1.0, [0.82, 0.06, 0.26, 0.49], 1.26e-3),
        earth(2, 2.0, [0.84, 0.12, 0.19, 0.48], 1.25e-3),
        earth(4, 4.0, [0.85, 0.30, -0.01, 0.41], 1.27e-3),
        earth(5, 5.0, [0.85, 0.31, -0.02, 0.41], 1.28e-3),
    ];
    for (name, ..) in FIXTURES.iter().filter(|(name, ..)| name.contains("windows")) {
        let imported = fixture(&corpus, name);
        assert_eq!(script(&imported, 0), (0.0, 100.0, "openspace.time.setPause(false)"), "{name}");
        let fade = "openspace.setPropertyValueSingle(\"Scene.Earth.Renderable.Fade\", 1.0)";
        assert_eq!(script(&imported, 3), (4.0, 104.0, fade), "{name}");
        cameras.iter().for_each(|expected| expected.check(&imported, name));
    }
}

#[test]
fn the_linux_fixtures_hold_what_openspace_says_they_hold() {
    let Some(corpus) = corpus() else { return };
    let name = "0100_ascii_linux.osrectxt";
    let imported = fixture(&corpus, name);
    let gui = "openspace.setPropertyValueSingle(\"Modules.CefWebGui.Visible\", true)";
    assert_eq!(script(&imported, 0), (0.0, 762933560.401, gui));
    let fly = "openspace.navigation.flyTo(\"Mars\")";
    assert_eq!(script(&imported, 3), (2.48093, 762933562.877, fly));
    let first = Expected {
        seq: 1,
        stamp_s: 0.0107105,
        sim_time_s: 762933560.412,
        position_m: [-13521714.7579869, -18987604.3886074, -1780842.2573154],
        rotation_wxyz: [0.6503710, 0.6953145, -0.2337213, -0.1973068],
        scale: 0.00126470590475947,
        anchor: "Earth",
        follow: true,
    };
    first.check(&imported, name);
    assert_eq!(camera(&imported, 5).sim_time_s, 762933562.886);
    assert_eq!(camera(&imported, 5).pose.position_m[0], -13523362.1802436);

    let name = "0100_binary_linux.osrec";
    let imported = fixture(&corpus, name);
    assert_eq!(script(&imported, 0), (0.0, 763463598.23217, "openspace.time.setPause(false)"));
    let first = Expected {
        seq: 1,
        stamp_s: 0.01045432000000801,
        sim_time_s: 763463598.2421138,
        position_m: [-15942288.9063634, 8217794.03633486, -14994951.65751712],
        rotation_wxyz: [
            -0.05070944130420685,
            0.8491553664207458,
            -0.31565767526626587,
            -0.42038553953170776,
        ],
        scale: 0.0012647059047594666,
        anchor: "Earth",
        follow: true,
    };
    first.check(&imported, name);
    assert_eq!(camera(&imported, 5).stamp.as_nanos(), nanos(11.485186747));
    assert_eq!(camera(&imported, 5).sim_time_s, 763463609.7179065);

    let venus = |seq, stamp_s, sim_time_s, position_m, rotation_wxyz, scale, follow| {
        let anchor = "Venus";
        Expected { seq, stamp_s, sim_time_s, position_m, rotation_wxyz, scale, anchor, follow }
    };
    for name in ["0200_ascii_linux.osrectxt", "0300_ascii_linux.osrectxt"] {
        let imported = fixture(&corpus, name);
        let start = "openspace.time.setPause(false);openspace.time.setDeltaTime(1);";
        assert_eq!(script(&imported, 0), (0.0, 0.0, start));
        let hover = "openspace.setPropertyValueSingle(\"Scene.HoverIndicator.Renderable.Fade\", 0)";
        assert_eq!(script(&imported, 1), (0.0, 0.0, hover));
        assert_eq!(script(&imported, 4).0, 8.958355147);
        let place = [123389190187.6973, -987938150497.865, 346357762351.6706];
        let turn = [-0.4365736, -0.36478543, 0.4468942, -0.6903772];
        let far = [62165003943664156672.0, 482784744565750824960.0, 1117492338753629847552.0];
        let far_turn = [0.7107617, -0.16281216, -0.117395274, -0.6741872];
        let (a, b, c) = (779267322.4886187, 779267322.4907901, 779267348.8676736);
        venus(2, 0.002065126085653901, a, place, turn, 2.0395897e-8, false).check(&imported, name);
        venus(3, 0.004236564040184021, b, place, turn, 2.0395897e-8, false).check(&imported, name);
        venus(5, 26.381116207921878, c, far, far_turn, 1.7638751e-17, false).check(&imported, name);
    }
    for name in ["0200_binary_linux.osrec", "0300_binary_linux.osrec"] {
        let imported = fixture(&corpus, name);
        let place = [2560146.332327013, -5779694.5689156465, -852442.7158538934];
        let turn =
            [0.6254600882530212, 0.5630295276641846, 0.502471387386322, -0.19829261302947998];
        let scale = 0.06643116474151611;
        let (stamp_s, sim_time_s) = (0.0029818089678883553, 779267268.772417);
        venus(1, stamp_s, sim_time_s, place, turn, scale, true).check(&imported, name);
        assert_eq!(script(&imported, 3).0, 10.153814885);
        assert!(script(&imported, 3).2.ends_with("Clouds_Magellan_Combo_Utah.Fade\",0)"));
        assert!(!camera(&imported, 4).pose.follow_rotation);
        assert!(!camera(&imported, 5).pose.follow_rotation);
        assert_eq!(camera(&imported, 5).stamp.as_nanos(), nanos(27.533842067583464));
        assert_eq!(camera(&imported, 5).pose.scale, 1.9040056713492959e-6);
    }
}

/// As a 03.00 file, where rotations have single precision.
fn resaved(imported: &Imported, mode: Mode) -> Imported {
    read(&osrec::write(&imported.recording, mode, Default::default()).unwrap().bytes)
}

#[test]
fn versions_and_modes_of_one_recording_are_equal() {
    let Some(corpus) = corpus() else { return };
    let pairs = [
        ("0100_ascii_windows.osrectxt", "0200_ascii_windows.osrectxt"),
        ("0200_ascii_windows.osrectxt", "0300_ascii_windows.osrectxt"),
        ("0100_binary_windows.osrec", "0200_binary_windows.osrec"),
        ("0200_binary_windows.osrec", "0300_binary_windows.osrec"),
        ("0100_ascii_windows.osrectxt", "0100_binary_windows.osrec"),
        ("0200_ascii_windows.osrectxt", "0200_binary_windows.osrec"),
        ("0300_ascii_windows.osrectxt", "0300_binary_windows.osrec"),
        ("0200_ascii_linux.osrectxt", "0300_ascii_linux.osrectxt"),
        ("0200_binary_linux.osrec", "0300_binary_linux.osrec"),
    ];
    for (a, b) in pairs {
        let (first, second) = (fixture(&corpus, a), fixture(&corpus, b));
        if a.starts_with("01") {
            let (first, second) = (resaved(&first, Mode::Binary), resaved(&second, Mode::Binary));
            assert_eq!(first.recording, second.recording, "{a} {b}");
        } else {
            assert_eq!(first.recording, second.recording, "{a} {b}");
        }
    }
}

#[test]
fn every_fixture_survives_being_saved_in_both_modes() {
    let Some(corpus) = corpus() else { return };
    for (name, ..) in FIXTURES {
        let imported = fixture(&corpus, name);
        let text = resaved(&imported, Mode::Ascii);
        let binary = resaved(&imported, Mode::Binary);
        assert_eq!(text.recording, binary.recording, "{name}");
        if !name.starts_with("01") {
            assert_eq!(text.recording, imported.recording, "{name}");
        }
        let exact = |imported: &Imported| -> Vec<_> {
            let entries = imported.recording.views[0].camera.entries().iter();
            entries.map(|e| (e.stamp, e.sim_time_s.to_bits())).collect()
        };
        assert_eq!(exact(&text), exact(&imported), "{name}");
    }
}

#[test]
fn saving_a_fixture_again_gives_the_same_bytes_but_for_rounded_stamps() {
    let Some(corpus) = corpus() else { return };
    let bytes = |name: &str| std::fs::read(corpus.join("openspace-fixtures").join(name)).unwrap();
    let save = |bytes: &[u8], mode| {
        let written = osrec::write(&read(bytes).recording, mode, Default::default()).unwrap();
        assert_eq!(written.losses, []);
        written.bytes
    };
    let windows = bytes("0300_binary_windows.osrec");
    assert_eq!(save(&windows, Mode::Binary), windows);

    let linux = bytes("0300_binary_linux.osrec");
    let saved = save(&linux, Mode::Binary);
    assert_eq!(saved.len(), linux.len());
    let stamps = [32, 115, 186, 257, 389, 460].map(|entry| entry + 1..entry + 9);
    for index in 0..linux.len() {
        let in_stamp = stamps.iter().any(|stamp| stamp.contains(&index));
        assert!(in_stamp || saved[index] == linux[index], "byte {index}");
    }

    let text = bytes("0300_ascii_linux.osrectxt");
    let saved = save(&text, Mode::Ascii);
    let without_stamps = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let lines =
            text.split('\n').map(|line| match line.splitn(3, ' ').collect::<Vec<_>>()[..] {
                [kind, _, rest] => format!("{kind} {rest}"),
                _ => line.to_owned(),
            });
        lines.collect()
    };
    assert_eq!(without_stamps(&saved), without_stamps(&text));
}

fn recordings_in(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            recordings_in(&path, found);
        } else if path.extension().is_some_and(|e| e == "osrec" || e == "osrectxt") {
            found.push(path);
        }
    }
}

#[test]
fn every_planetarium_recording_is_read_without_loss() {
    let Some(corpus) = corpus() else { return };
    let mut files = Vec::new();
    recordings_in(&corpus.join("planetarium"), &mut files);
    assert_eq!(files.len(), 65);
    for path in files {
        let name = path.display();
        let bytes = std::fs::read(&path).unwrap();
        if bytes.is_empty() {
            let refused = osrec::read(&bytes).unwrap_err();
            assert_eq!(refused.0.message, "the file is empty");
            continue;
        }
        let imported = read(&bytes);
        assert!(imported.faults.is_empty(), "{name}: {:?}", imported.faults);
        assert!(imported.recording.camera_entries() > 0, "{name}");
        if imported.mode == Mode::Ascii {
            let text = String::from_utf8(bytes).unwrap();
            let lines = |kind: &str| text.lines().filter(|line| line.starts_with(kind)).count();
            assert_eq!(imported.recording.camera_entries(), lines("camera "), "{name}");
            assert_eq!(imported.recording.script_entries(), lines("script "), "{name}");
            assert!(scripts(&imported).iter().all(|script| !script.ends_with('\r')), "{name}");
        }
    }
}
