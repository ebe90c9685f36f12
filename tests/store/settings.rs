//! The settings file: what is set is there the next time, and no damage takes more than its line.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use skyreel_core::player::AtEnd;
use skyreel_core::settings::{ROWS, Settings};
use skyreel_core::value::Value;
use skyreel_store::settings::SettingsFile;
use tempfile::TempDir;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("skyreel/settings.ron");
    (folder, path)
}

fn with(text: &[u8]) -> (TempDir, PathBuf) {
    let (folder, path) = folder();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    (folder, path)
}

fn changed() -> Settings {
    Settings {
        recordings_folder: Some("/home/a \"b\" \\ c/Ü".to_owned()),
        auto_record: true,
        largest_size_bytes: 0,
        keep_days: 90,
        instant_replay_s: 12.5,
        force_time: false,
        playback_speed: 0.25,
        at_end: AtEnd::Return,
        keys: BTreeMap::from([
            ("screenshot".to_owned(), String::new()),
            ("toggle_recording".to_owned(), "F9".to_owned()),
        ]),
        window_size_px: Some([1280, 720]),
        panels: ["film", "scene"].map(str::to_owned).into(),
        last_scene: Some("solar_system".to_owned()),
        ..Settings::default()
    }
}

#[test]
fn without_a_file_all_is_as_at_first_and_none_is_made() {
    let (_folder, path) = folder();
    let (mut file, settings, faults) = SettingsFile::load(&path);
    assert_eq!((settings.clone(), faults), (Settings::default(), Vec::new()));
    assert!(!file.save(&settings).unwrap());
    assert!(!path.exists());
}

#[test]
fn what_is_set_is_there_the_next_time() {
    let (_folder, path) = folder();
    let (mut file, _, _) = SettingsFile::load(&path);
    assert!(file.save(&changed()).unwrap());
    assert!(!file.save(&changed()).unwrap(), "it is written only when something has changed");
    let (mut file, settings, faults) = SettingsFile::load(&path);
    assert_eq!((settings, faults), (changed(), Vec::new()));
    assert!(file.save(&Settings::default()).unwrap());
    let (_, settings, faults) = SettingsFile::load(&path);
    assert_eq!((settings, faults), (Settings::default(), Vec::new()));
}

#[test]
fn the_file_explains_every_setting_to_whoever_opens_it() {
    let (_folder, path) = folder();
    SettingsFile::load(&path).0.save(&changed()).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    for row in ROWS {
        assert!(text.contains(row.help) && text.contains(&format!("\"{}\": ", row.name)), "{text}");
    }
    assert!(text.contains("\n    \"keep_days\": 90,\n"), "{text}");
    assert!(text.contains("\n    // \"trash_days\": 30,\n"), "{text}");
}

#[test]
fn a_value_that_cannot_be_is_told_and_takes_no_other_with_it() {
    for (line, found, expected) in [
        ("\"keep_days\": -3", "-3", "a whole number from 0 to 36500"),
        ("\"auto_record\": \"yes\"", "\"yes\"", "true or false"),
        ("\"of_the_future\": 7", "7", "the name of a setting"),
    ] {
        let (_folder, path) = with(format!("{{\n{line},\n\"overwrite\": true,\n}}").as_bytes());
        let (mut file, settings, faults) = SettingsFile::load(&path);
        assert_eq!(settings, Settings { overwrite: true, ..Settings::default() });
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!((faults[0].found.as_str(), faults[0].expected.as_str()), (found, expected));
        assert!(!path.with_extension("ron.bad").exists(), "nothing is wrong with the file itself");
        file.save(&Settings { keep_days: 9, ..settings }).unwrap();
        let kept = fs::read_to_string(&path).unwrap().contains("\"of_the_future\": 7");
        assert_eq!(kept, line.contains("future"), "what another version set stays");
    }
}

#[test]
fn a_damaged_file_is_kept_aside_and_its_good_lines_hold() {
    let good = "\"overwrite\": true,\n\"keys.screenshot\": \"F2\",\n";
    for text in [
        format!("{{\n{good}\"keep_days\": 9 9,\n}}\n").into_bytes(),
        format!("{{\n\"keep_days\": ,\n{good}").into_bytes(),
        format!("{{\n{good}<<<<<<<\n").into_bytes(),
        [b"{\n\"last_scene\": \"\xff\xfe\",\n", good.as_bytes(), b"}"].concat(),
        format!("{{{good}\"last_scene\": None,\n}}").into_bytes(),
    ] {
        let (_folder, path) = with(&text);
        let (mut file, settings, faults) = SettingsFile::load(&path);
        let keys = [("screenshot".to_owned(), "F2".to_owned())].into();
        let expected = Settings { overwrite: true, keys, ..Settings::default() };
        assert_eq!(settings, expected, "{}", String::from_utf8_lossy(&text));
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert_eq!(fs::read(path.with_extension("ron.bad")).unwrap(), text);
        assert!(file.save(&settings).unwrap(), "a whole one takes its place");
        let (_, settings, faults) = SettingsFile::load(&path);
        assert_eq!((settings, faults), (expected, Vec::new()));
    }
}

#[test]
fn no_cut_and_no_flipped_bit_of_a_file_does_harm() {
    let (_folder, path) = folder();
    SettingsFile::load(&path).0.save(&changed()).unwrap();
    let whole = fs::read(&path).unwrap();
    let flipped = (0..whole.len()).step_by(17).map(|at| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        bytes
    });
    let cut = (0..whole.len()).step_by(31).map(|at| whole[..at].to_vec());
    for bytes in cut.chain(flipped) {
        fs::write(&path, bytes).unwrap();
        let (_, settings, _) = SettingsFile::load(&path);
        for row in ROWS {
            assert!(row.check(&settings.get(row.name).unwrap()).is_ok());
        }
    }
}

#[test]
fn what_holds_for_one_run_is_not_written() {
    let (_folder, path) = with(b"{\"keep_days\": 5}");
    let (mut file, mut settings, _) = SettingsFile::load(&path);
    let flags: BTreeMap<String, Value> =
        [("keep_days".to_owned(), Value::Number(7.0)), ("overwrite".to_owned(), Value::Bool(true))]
            .into();
    flags.iter().for_each(|(name, value)| settings.set(name, value).unwrap());
    file.keep_out(flags);
    assert!(!file.save(&settings).unwrap());
    settings.auto_record = true;
    assert!(file.save(&settings).unwrap());
    let (_, next, _) = SettingsFile::load(&path);
    assert_eq!(next, Settings { keep_days: 5, auto_record: true, ..Settings::default() });
    settings.keep_days = 8;
    assert!(file.save(&settings).unwrap(), "what is then set to something else is");
    assert_eq!(SettingsFile::load(&path).1.keep_days, 8);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named_and_nothing_is_lost() {
    let (folder, _) = folder();
    fs::write(folder.path().join("a file"), "").unwrap();
    let (mut file, _, _) = SettingsFile::load(&folder.path().join("a file/settings.ron"));
    let error = file.save(&changed()).unwrap_err();
    assert!(error.to_string().contains("a file"), "{error}");
}
