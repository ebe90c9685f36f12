//! Recordings that a planetarium made. They are not part of the project: where they are missing,
//! these tests say that they skip. What is expected comes from a plain reading of the files' lines,
//! which shares nothing with what is tested.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use skyreel_core::catalogue::{NoCatalogue, PropertySpec};
use skyreel_core::format;
use skyreel_core::recording::Recording;
use skyreel_core::rule;
use skyreel_core::sample::sample;
use skyreel_core::time::SessionTime;
use skyreel_core::value::Value;
use skyreel_script::{Limits, apply, interpret};

use crate::support::{Scene, at};

pub fn corpus() -> Vec<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");
    let folder = std::env::var_os("SKYREEL_CORPUS").map_or_else(|| beside.into(), PathBuf::from);
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    if files.is_empty() {
        eprintln!("skipped: no recordings in {}", folder.display());
    }
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "osrec" || e == "osrectxt") {
            files.push(path);
        }
    }
}

pub fn read(path: &Path) -> Option<Recording> {
    format::read(&fs::read(path).unwrap()).ok().map(|imported| imported.recording)
}

#[test]
fn every_script_compiles_and_runs() {
    let mut scripts = 0;
    for path in corpus() {
        let Some(recording) = read(&path) else { continue };
        scripts += recording.script_entries();
        let done = interpret(&recording, &NoCatalogue, &Limits::without_clock());
        for warning in &done.warnings {
            println!("    {warning}");
            let understood = warning.message.contains("kept as an event")
                || warning.message.contains("is a guess");
            assert!(understood, "{}: {warning}", path.display());
        }
    }
    println!("{scripts} scripts");
}

/// One change as its line says it.
#[derive(Clone, Debug)]
struct Set {
    stamp_s: f64,
    value: Wanted,
    duration_s: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Wanted {
    On(bool),
    Number(f64),
    Toggle,
}

/// What the lines of a text recording say, by the path or pattern they name.
fn lines(text: &str) -> Vec<(f64, String)> {
    let old = text[25..30].starts_with("01") || text[25..30].starts_with("00");
    let skip = if old { 2 } else { 1 };
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("script "))
        .map(|rest| {
            let mut words = rest.split_whitespace();
            let stamp = words.by_ref().nth(skip - 1).unwrap().parse().unwrap();
            let words: Vec<&str> = words.skip(2).collect();
            (stamp, words.join(" "))
        })
        .collect()
}

/// Calls of the two setters with plain arguments, in order.
fn sets(script: &str, stamp_s: f64) -> Vec<(String, Set)> {
    let variable = script.split("local f = '").nth(1).and_then(|s| s.split('\'').next());
    let mut found = Vec::new();
    for call in script.split("openspace.setPropertyValue").skip(1) {
        let arguments = call.trim_start_matches("Single").trim_start_matches('(');
        let arguments = arguments.rsplit_once(')').map_or(arguments, |(a, _)| a);
        let arguments: Vec<&str> = arguments.split(',').map(str::trim).collect();
        let unquoted = arguments[0].trim_matches(['"', '\'']);
        let path = if unquoted == "f" { variable.unwrap() } else { unquoted };
        let number = |text: &str| text.trim_matches([')', ';', ' ']).parse::<f64>().ok();
        let value = match arguments[1].trim_matches([')', ';', ' ']) {
            "true" => Wanted::On(true),
            "false" => Wanted::On(false),
            text if text.starts_with("not ") => Wanted::Toggle,
            text => match number(text) {
                Some(number) => Wanted::Number(number),
                None => continue,
            },
        };
        let duration_s = arguments.get(2).and_then(|a| number(a)).unwrap_or(0.0);
        found.push((path.to_owned(), Set { stamp_s, value, duration_s }));
    }
    found
}

/// Every change of every path in a file; patterns are those with one star.
fn changes(text: &str) -> BTreeMap<String, Vec<Set>> {
    let all: Vec<(String, Set)> =
        lines(text).iter().flat_map(|(stamp, script)| sets(script, *stamp)).collect();
    let mut by_path: BTreeMap<String, Vec<Set>> = BTreeMap::new();
    for (path, _) in all.iter().filter(|(path, _)| !path.contains(['*', '{'])) {
        by_path.entry(path.clone()).or_default();
    }
    for (pattern, set) in &all {
        match pattern.split_once('*') {
            None if pattern.contains('{') => {}
            None => by_path.get_mut(pattern).unwrap().push(set.clone()),
            Some((start, end)) => {
                let named = |p: &&mut (&String, &mut Vec<Set>)| {
                    p.0.starts_with(start) && p.0.ends_with(end)
                };
                by_path
                    .iter_mut()
                    .collect::<Vec<_>>()
                    .iter_mut()
                    .filter(named)
                    .for_each(|p| p.1.push(set.clone()));
            }
        }
    }
    by_path
}

/// A scene that has just these paths: everything on, everything fully shown.
fn scene_of(paths: &BTreeMap<String, Vec<Set>>) -> Scene {
    let spec = |path: &String| {
        let shown = if path.ends_with("Fade") { Value::Number(1.0) } else { Value::Bool(true) };
        PropertySpec { path: path.clone(), tags: Vec::new(), default: shown, range: None }
    };
    Scene(paths.keys().map(spec).collect())
}

/// The value `t_s` seconds in: changes take hold after their stamp, those at the start at once.
fn value_at(sets: &[Set], path: &str, t_s: f64) -> Value {
    let mut value = if path.ends_with("Fade") { Value::Number(1.0) } else { Value::Bool(true) };
    for set in sets.iter().filter(|s| s.stamp_s < t_s || s.stamp_s <= 0.0) {
        value = match (set.value, &value) {
            (Wanted::On(on), _) => Value::Bool(on),
            (Wanted::Toggle, Value::Bool(on)) => Value::Bool(!on),
            (Wanted::Number(to), Value::Number(from)) => {
                let weight = if set.duration_s > 0.0 {
                    ((t_s - set.stamp_s) / set.duration_s).min(1.0)
                } else {
                    1.0
                };
                Value::Number(from + (to - from) * weight)
            }
            other => panic!("{path}: {other:?}"),
        };
    }
    value
}

/// Whether a fade of this path is cut short by another change, which the plain reading cannot follow.
fn overlaps(sets: &[Set]) -> bool {
    sets.windows(2).any(|pair| {
        pair[0].duration_s > 0.0 && pair[1].stamp_s < pair[0].stamp_s + pair[0].duration_s
    })
}

fn played(path: &Path, text: &str) -> (Recording, BTreeMap<String, Vec<Set>>) {
    let changes = changes(text);
    let scene = scene_of(&changes);
    let mut recording = read(path).unwrap();
    apply(&mut recording, &scene, &Limits::without_clock());
    rule::expand(&mut recording, &scene);
    (recording, changes)
}

fn close(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => (a - b).abs() < 1e-6,
        (a, b) => a == b,
    }
}

#[test]
fn properties_hold_what_the_lines_say_at_every_change() {
    let (mut moments, mut toggles, mut half_way) = (0, 0, 0);
    for path in corpus().iter().filter(|p| p.extension().is_some_and(|e| e == "osrectxt")) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        // Its one toggle is a program, tested by itself below.
        if text.is_empty() || path.ends_with("SolSys-toNeptune2.osrectxt") {
            continue;
        }
        let (recording, changes) = played(path, &text);
        for (property, sets) in changes.iter().filter(|(_, sets)| !overlaps(sets)) {
            for set in sets {
                let offsets = [-0.0001, 0.0, 0.0001, set.duration_s / 2.0, set.duration_s + 0.001];
                for t_s in offsets.map(|offset| (set.stamp_s + offset).max(0.0)) {
                    // A stamp is a whole number of nanoseconds, the file's need not be.
                    let t = at(t_s);
                    let frame = sample(&recording, t);
                    let expected = if t_s == set.stamp_s && t > SessionTime::ZERO {
                        value_at(sets, property, t_s - 1e-9)
                    } else {
                        value_at(sets, property, t_s)
                    };
                    let found = &frame.properties[property.as_str()];
                    assert!(
                        close(found, &expected),
                        "{} {property} at {t_s}: {found}, expected {expected}",
                        path.display()
                    );
                    moments += 1;
                }
                toggles += usize::from(set.value == Wanted::Toggle);
                half_way += usize::from(set.duration_s > 0.0);
            }
        }
    }
    if moments > 0 {
        println!("{moments} moments, {toggles} toggles, {half_way} fades");
        assert!(
            moments > 1000 && toggles >= 15 && half_way >= 10,
            "{moments} {toggles} {half_way}"
        );
    }
}

#[test]
fn the_program_that_toggles_all_trails_fades_them_out() {
    let Some(path) = corpus().into_iter().find(|p| p.ends_with("SolSys-toNeptune2.osrectxt"))
    else {
        return;
    };
    let text = fs::read_to_string(&path).unwrap();
    let (recording, changes) = played(&path, &text);
    let trails = changes.keys().filter(|p| p.ends_with(".Fade"));
    let mut count = 0;
    for trail in trails {
        // Its three patterns end in `Trail`, `trail` and `TrailEarth`.
        for (t_s, expected) in
            [(0.0, 1.0), (42.2818, 1.0), (43.2818, 0.5), (44.5, 0.0), (60.0, 0.0)]
        {
            let Value::Number(fade) = sample(&recording, at(t_s)).properties[trail.as_str()] else {
                panic!("no number")
            };
            assert!(
                (fade - expected).abs() < 1e-6,
                "{trail} at {t_s}: {fade}, expected {expected}"
            );
        }
        count += 1;
    }
    assert_eq!(count, 41);
}

#[test]
fn the_clock_is_paused_and_runs_as_the_lines_say() {
    let mut moments = 0;
    for path in corpus().iter().filter(|p| p.extension().is_some_and(|e| e == "osrectxt")) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        if text.is_empty() {
            continue;
        }
        let mut recording = read(path).unwrap();
        apply(&mut recording, &NoCatalogue, &Limits::without_clock());
        let (mut rate, mut paused) = (1.0, false);
        let lines = lines(&text);
        for (i, (stamp_s, script)) in lines.iter().enumerate() {
            for call in script.split("openspace.time.").skip(1) {
                let argument = call.split(['(', ')']).nth(1).unwrap();
                match call.split('(').next().unwrap() {
                    "setPause" => paused = argument == "true",
                    "interpolateTogglePause" => paused = !paused,
                    "setDeltaTime" => rate = argument.parse().unwrap(),
                    other => panic!("{other}"),
                }
            }
            // Entries of one stamp, or out of order, are looked at when all have had their say.
            if lines[i + 1..].iter().any(|(later, _)| later <= stamp_s) {
                continue;
            }
            let sample = recording.clock.sample(at(stamp_s + 0.0001));
            assert_eq!(
                (sample.rate, sample.paused),
                (rate, paused),
                "{} at {stamp_s}",
                path.display()
            );
            moments += 1;
        }
    }
    assert!(moments == 0 || moments > 50, "{moments}");
}
