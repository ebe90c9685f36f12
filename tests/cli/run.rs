//! `skyreel run`: scripts without a window. What they print comes out, and the exit status tells how
//! they ended.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::{TempDir, tempdir};

struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn skyreel(home: &Path, words: &[&str], input: &str) -> Ended {
    let mut program = Command::new(env!("CARGO_BIN_EXE_skyreel"));
    program.env("HOME", home).env("XDG_RUNTIME_DIR", home);
    program.env_remove("XDG_DATA_HOME").env_remove("XDG_CONFIG_HOME");
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.args(words).spawn().unwrap();
    // One that has ended already does not read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Runs a script that is a file.
fn run(code: &str) -> (Ended, TempDir) {
    let home = tempdir().unwrap();
    let path = home.path().join("show.lua");
    std::fs::write(&path, code).unwrap();
    (skyreel(home.path(), &["run", path.to_str().unwrap()], ""), home)
}

#[test]
fn what_a_script_prints_and_returns_comes_out() {
    let (ended, _home) = run("print('one', 2)\nreturn 3 + 4");
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "one\t2\n7\n"), "{}", ended.stderr);
}

#[test]
fn a_script_may_come_by_standard_input() {
    let home = tempdir().unwrap();
    let ended = skyreel(home.path(), &["run", "-"], "print(skyreel.version)");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(ended.stdout.trim(), env!("CARGO_PKG_VERSION"));
}

#[test]
fn what_goes_wrong_is_told_with_its_line_and_the_exit_status() {
    for (code, told) in [
        ("local x = 1\nlocal y = x +\n", "show.lua:"),
        ("print('so far')\nerror('no more')", "show.lua:2: no more"),
        ("skyreel.navigate.fly_to('Earht')", "did you mean 'Earth'?"),
        ("skyreel.play.seek('soon')", "show.lua:1"),
        ("while true do end", "200 ms"),
        ("openspace.iswa.addCygnet(1)", "openspace.iswa.addCygnet"),
        ("return io", ""),
    ] {
        let (ended, _home) = run(code);
        match told {
            "" => assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "nil\n")),
            told => {
                assert_eq!(ended.code, Some(1), "{code}: {}", ended.stdout);
                assert!(ended.stderr.contains(told), "{code}: {}", ended.stderr);
            }
        }
    }
}

#[test]
fn a_script_that_is_not_there_is_wrong_usage_or_a_failure_that_names_it() {
    let home = tempdir().unwrap();
    let ended = skyreel(home.path(), &["run", "nowhere.lua"], "");
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("nowhere.lua"), "{}", ended.stderr);
}

#[test]
fn a_script_records_a_show_and_what_it_said_is_in_the_recording() {
    let (ended, home) = run("
        skyreel.record.start{name = 'show', text = true}
        print('Mars, please')
        skyreel.navigate.jump_to('Mars')
        wait(0.3)
        skyreel.scene.hide('Stars')
        openspace.printInfo('the stars are off')
        wait(0.3)
        skyreel.record.stop()
        wait_until(function() return skyreel.snapshot().mode == 'idle' end)
        return skyreel.property('Scene.Stars.Renderable.Enabled')
    ");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.contains("Mars, please\n"), "{}", ended.stdout);
    assert!(ended.stdout.ends_with("false\n"), "{}", ended.stdout);
    let folder = home.path().join(".local/share/skyreel/recordings");
    let file = folder.join("show.ron");
    let words = ["sample", file.to_str().unwrap(), "--at", "0.5", "--json"];
    let sampled = skyreel(home.path(), &words, "");
    let line: serde_json::Value = serde_json::from_str(sampled.stdout.trim()).unwrap();
    assert_eq!(line["anchor"], "Mars", "{line}");
    assert_eq!(line["properties"]["Scene.Stars.Renderable.Enabled"], false, "{line}");
    let text = std::fs::read_to_string(&file).unwrap();
    for said in ["Mars, please", "the stars are off", "said: printed"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn the_examples_run() {
    for (example, ends) in [
        ("evening_show.lua", "recording "),
        ("journey.lua", "exported Three keys.osrectxt\n"),
        ("for_openspace.lua", "one second later\n1\n"),
    ] {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/examples");
        let home = tempdir().unwrap();
        let ended = skyreel(home.path(), &["run", &format!("{path}/{example}")], "");
        assert_eq!(ended.code, Some(0), "{example}: {}", ended.stderr);
        assert!(ended.stdout.contains(ends), "{example}: {}", ended.stdout);
    }
}

#[test]
fn journeys_are_made_and_recordings_edited_by_scripts() {
    let (ended, home) = run("
        skyreel.clock.set{date = '2026-03-20T12:00:00', over_s = 0}
        skyreel.navigate.jump_to_geo{node = 'Earth', latitude_deg = 45, longitude_deg = 10, altitude_m = 2e6}
        wait(0.1)
        local a = skyreel.journey.add_key(0, 'Italy')
        skyreel.navigate.jump_to('Moon')
        wait(0.1)
        local b = skyreel.journey.add_key(8, 'Moon')
        skyreel.journey.ease({a, b}, 'in_out')
        skyreel.journey.add_property('Scene.Stars.Renderable.Enabled', false, 4)
        print(#skyreel.journey.keys(), skyreel.journey.length())
        print(skyreel.journey.save('way'))
        local made = skyreel.edit.trim('way.ron', 2, 6)
        wait_until(function() return skyreel.snapshot().edit.ended ~= nil end)
        print(made, skyreel.snapshot().edit.is_well)
        skyreel.journey.undo()
        return #skyreel.journey.keys()
    ");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(lines, ["3\t8", "way.ron", "way part.skyreel\ttrue", "2"], "{}", ended.stderr);
    let folder = home.path().join(".local/share/skyreel/recordings");
    let info = |name: &str| -> serde_json::Value {
        let file = folder.join(name);
        let ended = skyreel(home.path(), &["info", file.to_str().unwrap(), "--json"], "");
        serde_json::from_str(&ended.stdout).unwrap()
    };
    assert_eq!(info("way.ron")["duration_s"], 8.0);
    assert_eq!(info("way part.skyreel")["duration_s"], 4.0);
}
