//! What is switched in recordings is switched in samples: held to a reading of the scripts' text that
//! shares nothing with the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::program::{corpus, run};

/// Recordings that switch things, all of them in scripts of a few plain kinds.
const RECORDINGS: [&str; 7] = [
    "TheSearch/ts_009_jupiter_europa.osrectxt",
    "marsvalley2setup.osrectxt",
    "marsvalley2upfrombeginning.osrectxt",
    "marsvalley2upfrombeginning2.osrectxt",
    "hirise25cmsweden.osrectxt",
    "grandcanyonflyin5.osrectxt",
    "sunrise-india-march-live.osrectxt",
];

/// What one call does to a property.
#[derive(Clone, Debug)]
enum Change {
    Set { value: f64, over_s: f64 },
    Flip,
}

/// A call in a recording: when, which properties, what.
#[derive(Clone, Debug)]
struct Call {
    at_s: f64,
    path: String,
    change: Change,
}

impl Call {
    fn touches(&self, path: &str) -> bool {
        match self.path.split_once('*') {
            None => self.path == path,
            Some((start, end)) => path.starts_with(start) && path.ends_with(end),
        }
    }
}

/// The calls of a recording, in file order.
fn calls(file: &Path) -> Vec<Call> {
    let text = std::fs::read_to_string(file).unwrap();
    let stamp = if text.starts_with("OpenSpace_record/playback01") { 2 } else { 1 };
    let mut calls = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("script ")) {
        let at_s = line.split_whitespace().nth(stamp).unwrap().parse().unwrap();
        let flipped =
            line.split_once("local f = '").map(|(_, rest)| rest.split('\'').next().unwrap());
        for call in line.split("openspace.setPropertyValue").skip(1) {
            let (_, inside) = call.split_once('(').unwrap();
            if let (Some(path), true) =
                (flipped, inside.starts_with("f, not openspace.propertyValue(f)"))
            {
                calls.push(Call { at_s, path: path.to_owned(), change: Change::Flip });
                continue;
            }
            let inside = inside.split(')').next().unwrap();
            let arguments: Vec<&str> = inside.split(',').map(str::trim).collect();
            let value = match arguments[1] {
                "true" => 1.0,
                "false" => 0.0,
                number => number.parse().unwrap(),
            };
            let over_s = arguments.get(2).map_or(0.0, |over| over.parse().unwrap());
            let path = arguments[0].trim_matches(['"', '\'']).to_owned();
            calls.push(Call { at_s, path, change: Change::Set { value, over_s } });
        }
    }
    calls
}

/// A property's value at a moment, from all calls before it; none before the first that says one.
fn expected(calls: &[Call], path: &str, at_s: f64) -> Option<f64> {
    // Start, end, from, to of the ramp that was begun last.
    let mut ramp: Option<(f64, f64, f64, f64)> = None;
    let value = |ramp: (f64, f64, f64, f64), at_s: f64| {
        let (start, end, from, to) = ramp;
        if at_s >= end { to } else { from + (to - from) * (at_s - start) / (end - start) }
    };
    for call in calls.iter().filter(|call| call.at_s <= at_s && call.touches(path)) {
        let now = ramp.map(|ramp| value(ramp, call.at_s));
        ramp = match call.change {
            Change::Flip => now.map(|now| (call.at_s, call.at_s, now, 1.0 - now)),
            Change::Set { value, over_s } => {
                Some((call.at_s, call.at_s + over_s, now.unwrap_or(value), value))
            }
        };
    }
    ramp.map(|ramp| value(ramp, at_s))
}

/// Moments around each change: just before, just after, half way through a fade, at its end. The very
/// stamp, at which OpenSpace has not run the script yet, is another test's.
fn moments(calls: &[Call]) -> BTreeSet<String> {
    let around = |call: &Call| match call.change {
        Change::Set { over_s, .. } => {
            [-0.001, 0.001, (over_s / 2.0).max(0.001), over_s + 0.001].map(|by| call.at_s + by)
        }
        Change::Flip => [-0.001, 0.001, 0.25, 0.5].map(|by| call.at_s + by),
    };
    calls
        .iter()
        .filter(|call| call.at_s > 0.0)
        .flat_map(around)
        .map(|at| format!("{at:.6}"))
        .collect()
}

fn number(value: &Value) -> Option<f64> {
    value.as_bool().map(|on| f64::from(u8::from(on))).or_else(|| value.as_f64())
}

fn properties_of_the_scene() -> BTreeSet<String> {
    let scene = run(["scene", "--json"]).ends(0).json();
    let nodes = scene["nodes"].as_array().unwrap().iter();
    let properties = nodes.flat_map(|node| node["properties"].as_array().unwrap());
    properties.map(|property| property["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn toggles_are_right_around_every_moment_that_switches_them() {
    let Some(corpus) = corpus() else { return };
    let known = properties_of_the_scene();
    let mut switched = 0;
    let mut checked = 0;
    for name in RECORDINGS {
        let file = corpus.join("planetarium").join(name);
        let calls = calls(&file);
        // A wildcard means what the scene has.
        let wild = |path: &str| calls.iter().any(|c| c.path.contains('*') && c.touches(path));
        let paths: BTreeSet<&str> = calls
            .iter()
            .map(|call| call.path.as_str())
            .filter(|path| !path.contains('*') && (known.contains(*path) || !wild(path)))
            .collect();
        let moments: Vec<String> = moments(&calls).into_iter().collect();
        // Backwards, so that nothing can hang on what was played before.
        let at = moments.iter().rev().flat_map(|at| ["--at", at]);
        let lines = run(["sample", "--json", file.to_str().unwrap()].into_iter().chain(at))
            .ends(0)
            .json_lines();
        let stamps: BTreeSet<String> =
            calls.iter().filter(|c| c.at_s > 0.0).map(|c| format!("{:.6}", c.at_s)).collect();
        switched += stamps.len();
        for (at, line) in moments.iter().rev().zip(lines) {
            let at_s: f64 = at.parse().unwrap();
            for path in &paths {
                let Some(expected) = expected(&calls, path, at_s) else { continue };
                let found = number(&line["properties"][path]);
                let off = found.map(|found| (found - expected).abs());
                assert!(
                    off.is_some_and(|off| off < 1e-5),
                    "{name} at {at}: {path} is {found:?}, not {expected}"
                );
                checked += 1;
            }
        }
    }
    assert!(switched >= 20, "{switched} moments");
    println!("{checked} values around {switched} moments");
}

#[test]
fn a_script_shows_right_after_its_stamp_and_of_equal_stamps_the_last_counts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("switched.osrectxt");
    let set = |at: &str, value: &str| {
        format!(
            "script {at} 0 1 openspace.setPropertyValueSingle(\"Scene.Moon.Renderable.Enabled\", {value})"
        )
    };
    let camera = "camera 0 700000000 0 7378137 0 1 0 0 0 1 F Earth";
    let entries = [
        set("0", "true"),
        camera.to_owned(),
        set("1", "false"),
        set("2", "false"),
        set("2", "true"),
    ];
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    std::fs::write(&file, crate::program::recording(&entries)).unwrap();
    let cases = BTreeMap::from([
        ("0", true),
        ("1", true),
        ("1.000000001", false),
        ("2", false),
        ("2.000000001", true),
        ("50", true),
    ]);
    let at = cases.keys().rev().flat_map(|at| ["--at", at]);
    let lines = run(["sample", "--json", file.to_str().unwrap()].into_iter().chain(at))
        .ends(0)
        .json_lines();
    for ((at, expected), line) in cases.iter().rev().zip(lines) {
        assert_eq!(line["properties"]["Scene.Moon.Renderable.Enabled"], *expected, "at {at}");
    }
}

#[test]
fn what_is_recorded_of_a_property_that_the_scene_lacks_is_told_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("unknown.osrectxt");
    let entries = crate::program::recording(&[
        "script 0 0 1 openspace.setPropertyValueSingle(\"Scene.Vulcan.Renderable.Enabled\", true)",
        "camera 0 700000000 0 7378137 0 1 0 0 0 1 F Earth",
        "script 1 0 1 openspace.setPropertyValue('Scene.Vulcan.Renderable.Enabled', false)",
        "script 2 0 1 openspace.setPropertyValue('Scene.Vulcan.Renderable.Enabled', true)",
    ]);
    std::fs::write(&file, entries).unwrap();
    let at =
        ["sample", "--json", file.to_str().unwrap(), "--at", "0.5", "--at", "1.5", "--at", "2.5"];
    let lines = run(at).ends(0).json_lines();
    let values = lines.iter().map(|line| &line["properties"]["Scene.Vulcan.Renderable.Enabled"]);
    assert!(values.eq([true, false, true].iter()), "{lines:?}");
}
