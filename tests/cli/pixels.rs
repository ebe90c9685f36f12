//! `render` to pictures: which frames, that they are the same every time, and what is on them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::{Run, recording, run_in};

/// A picture, RGB, top row first.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<[u8; 3]>,
}

impl Picture {
    /// Reads a PNG.
    pub fn open(path: &Path) -> Self {
        let mut reader = png::Decoder::new(std::io::BufReader::new(fs::File::open(path).unwrap()))
            .read_info()
            .unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        assert_eq!(info.bit_depth, png::BitDepth::Eight);
        let channels = info.color_type.samples();
        let rgb =
            bytes[..info.buffer_size()].chunks(channels).map(|p| [p[0], p[1], p[2]]).collect();
        Self { width: info.width as usize, height: info.height as usize, rgb }
    }

    /// The brightness, 0 to 255, of each pixel of a square of 16 in the middle.
    fn middle(&self) -> Vec<f64> {
        let rows = self.rgb.chunks(self.width).skip(self.height / 2 - 8).take(16);
        let middle = rows.flat_map(|row| row.iter().skip(self.width / 2 - 8).take(16));
        middle.map(|p| p.iter().map(|&c| f64::from(c)).sum::<f64>() / 3.0).collect()
    }
}

/// Renders `flight.osrectxt` in `folder` at 160x90, with more arguments.
pub fn render(folder: &Path, args: &str) -> Run {
    let usual = ["render", "flight.osrectxt", "--size", "160x90"];
    run_in(folder, usual.into_iter().chain(args.split_whitespace()))
}

/// The pictures in a folder, by name, as they lie on disk.
fn pictures(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    files
        .map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap()))
        .collect()
}

/// A second's flight down to the Earth, in which the Moon's trail fades and the clock runs fast.
fn flight() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = recording(&[
        "script 0 0 1 openspace.setPropertyValueSingle(\"Scene.Constellations.Renderable.Enabled\", true)",
        "camera 0 700000000 3e7 0 0 0.5 0.5 0.5 0.5 1 F Earth",
        "script 0.2 0 1 openspace.setPropertyValueSingle(\"Scene.Constellations.Renderable.Fade\", 0, 0.5)",
        "camera 1 700003600 1e7 1e6 1e6 0.5 0.5 0.5 0.5 1 F Earth",
    ]);
    fs::write(folder.path().join("flight.osrectxt"), text).unwrap();
    folder
}

#[test]
fn the_same_command_gives_the_same_frames_and_a_range_those_of_the_whole() {
    let folder = flight();
    let once = render(folder.path(), "-o once/ --fps 10");
    if once.cannot_draw() {
        return;
    }
    once.ends(0);
    render(folder.path(), "-o again/ --fps 10").ends(0);
    let once = pictures(&folder.path().join("once"));
    let numbers: Vec<String> = (0..=10).map(|n| format!("{n:06}.png")).collect();
    assert!(once.keys().eq(&numbers), "{:?}", once.keys());
    assert!(once == pictures(&folder.path().join("again")), "two runs differ");
    let different: std::collections::BTreeSet<&Vec<u8>> = once.values().collect();
    assert_eq!(different.len(), 11, "the camera moves, so no two frames are the same");
    render(folder.path(), "-o range/ --fps 10 --from 0.3 --to 0.65").ends(0);
    let range = pictures(&folder.path().join("range"));
    assert_eq!(range.len(), 4);
    for (n, picture) in range.values().enumerate() {
        assert!(*picture == once[&numbers[n + 3]], "frame {n} of the range");
    }
}

#[test]
fn a_film_has_as_many_frames_as_fit_between_its_ends_both_included() {
    let folder = flight();
    // floor((to - from) × fps) + 1, `to` being at most the recording's end.
    for (n, (args, frames)) in [
        ("--fps 4 --to 1", 5),
        ("--fps 4 --to 0.99", 4),
        ("--fps 30000/1001 --from 0.95 --to 99", 2),
        ("--fps 0.2", 1),
        ("--fps 1000 --from 1", 1),
    ]
    .into_iter()
    .enumerate()
    {
        let run = render(folder.path(), &format!("-o {n}/f_%03d.png {args}"));
        if run.cannot_draw() {
            return;
        }
        assert!(run.ends(0).stdout.contains(&format!("{frames} frames")), "{args}");
        let pictures = pictures(&folder.path().join(n.to_string()));
        assert!(
            pictures.keys().cloned().eq((0..frames).map(|i| format!("f_{i:03}.png"))),
            "{args}: {:?}",
            pictures.keys()
        );
    }
}

#[test]
fn the_earth_is_lit_on_its_day_side_and_goes_when_hidden() {
    let folder = flight();
    let frame = |args: &str, name: &str| {
        let run = render(folder.path(), &format!("-o {name}/ --fps 1 --to 0 {args}"));
        if run.cannot_draw() {
            return None;
        }
        run.ends(0);
        Some(Picture::open(&folder.path().join(name).join("000000.png")))
    };
    // 0° E: noon in Greenwich, and midnight.
    let Some(day) = frame("--date 2026-03-20T12:00:00", "day") else { return };
    let night = frame("--date 2026-03-20T00:00:00", "night").unwrap();
    let hidden = frame("--date 2026-03-20T12:00:00 --hide Earth --hide EarthAtmosphere", "hidden");
    assert_eq!((day.width, day.height), (160, 90));
    let [day, night, hidden] = [day, night, hidden.unwrap()].map(|picture| picture.middle());
    let mean = |pixels: &[f64]| pixels.iter().sum::<f64>() / pixels.len() as f64;
    assert!(mean(&day) > 4.0 * mean(&night), "{day:?} by day, {night:?} by night");
    // Behind it is black sky, here and there a star or a trail.
    let black = |pixels: &[f64]| pixels.iter().filter(|&&light| light < 20.0).count();
    assert_eq!(black(&day), 0, "{day:?}");
    assert!(black(&hidden) > hidden.len() / 3, "{hidden:?}");
}

#[test]
fn unknown_nodes_and_views_are_wrong_usage_with_the_names_there_are() {
    let folder = flight();
    for (args, words) in
        [("--hide Eart", "did you mean"), ("--show earth", "'Earth'?"), ("--view ceiling", "main")]
    {
        let run = render(folder.path(), &format!("-o out/ {args}"));
        if run.cannot_draw() {
            return;
        }
        assert!(run.clone().ends(2).stderr.contains(words), "{args}: {run:?}");
        assert!(!folder.path().join("out").exists(), "{args}");
    }
}

#[test]
fn a_missing_anchor_is_a_warning_and_where_asked_for_an_error_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let text = recording(&[
        "camera 0 700000000 3e7 0 0 0.5 0.5 0.5 0.5 1 F Earth",
        "camera 1 700000000 3e7 0 0 0.5 0.5 0.5 0.5 1 F Vulcan",
    ]);
    fs::write(folder.path().join("flight.osrectxt"), text).unwrap();
    let of = |what: &str| render(folder.path(), &format!("--fps 1 {what}"));
    let hold = of("-o hold/");
    if hold.cannot_draw() {
        return;
    }
    let origin = of("-o origin/ --missing-anchor origin").ends(0);
    for run in [hold.clone().ends(0), origin] {
        assert!(run.stderr.contains("no node 'Vulcan'"), "{run:?}");
    }
    let [held, moved] = ["hold", "origin"].map(|name| pictures(&folder.path().join(name)));
    assert!(held["000000.png"] == held["000001.png"], "the camera holds");
    assert!(moved["000000.png"] != moved["000001.png"], "the camera goes to the origin");
    let error = of("-o error/ --missing-anchor error").ends(1);
    assert!(error.stderr.contains("Vulcan"), "{error:?}");
    assert!(!folder.path().join("error").exists());
}
