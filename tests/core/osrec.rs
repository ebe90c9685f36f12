//! What every test of OpenSpace's recordings uses, and the small files of our own: each is read to
//! what its readable twin says.
#![allow(clippy::excessive_precision, reason = "digits beyond the precision are the point")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use skyreel_core::event::EventKind;
use skyreel_core::fault::Severity;
use skyreel_core::format::{Imported, osrec};

pub fn own_corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus")
}

/// Our own small recordings with their names, sorted.
pub fn own_files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(own_corpus())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "osrec" || e == "osrectxt"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

pub fn own_file(name: &str) -> Vec<u8> {
    std::fs::read(own_corpus().join(name)).unwrap()
}

pub fn read(bytes: &[u8]) -> Imported {
    osrec::read(bytes).unwrap()
}

/// A text file of that version.
pub fn ascii(version: &str, body: &str) -> Imported {
    read(format!("OpenSpace_record/playback{version}A\n{body}").as_bytes())
}

pub fn scripts(imported: &Imported) -> Vec<&str> {
    let texts = imported.recording.events.iter().filter_map(|event| match &event.kind {
        EventKind::Script { text } => Some(text.as_str()),
        EventKind::Console { .. } | EventKind::Marker { .. } => None,
    });
    texts.collect()
}

/// What a file says, in words: one line an entry in file order, then its faults.
fn in_words(imported: &Imported) -> String {
    let recording = &imported.recording;
    let mode = format!("{:?}", imported.mode).to_lowercase();
    let mut lines = Vec::new();
    for entry in recording.views[0].camera.entries() {
        let pose = &entry.pose;
        let line = format!(
            "{} camera {} s, sim {}, at {:?} from {:?} ({}), rotation wxyz {:?}, scale {:?}\n",
            entry.seq,
            entry.stamp,
            entry.sim_time_s,
            pose.position_m,
            pose.anchor.as_str(),
            if pose.follow_rotation { "following" } else { "not following" },
            pose.rotation_wxyz.map(|v| v as f32),
            pose.scale,
        );
        lines.push((entry.seq, line));
    }
    for event in &recording.events {
        let EventKind::Script { text } = &event.kind else { panic!("only scripts are read") };
        let line =
            format!("{} script {} s, sim {}: {text:?}\n", event.seq, event.stamp, event.sim_time_s);
        lines.push((event.seq, line));
    }
    lines.sort();
    let mut words = format!("{} {mode}\n", imported.version);
    words.extend(lines.into_iter().map(|(_, line)| line));
    for fault in &imported.faults {
        let kind = if fault.severity == Severity::Loss { "LOST" } else { "note" };
        writeln!(words, "{kind} {fault}").unwrap();
    }
    words
}

#[test]
fn every_file_of_our_own_is_read_to_what_its_twin_says() {
    let files = own_files();
    assert!(files.len() >= 10);
    for (name, bytes) in files {
        let words = in_words(&read(&bytes));
        let twin = own_corpus().join(format!("{name}.txt"));
        let twin = std::fs::read_to_string(twin).unwrap_or_default();
        assert_eq!(words, twin, "\n{name} reads as\n{words}");
    }
}

#[test]
fn text_and_binary_of_one_recording_read_the_same() {
    let text = read(&own_file("0300_small.osrectxt"));
    let binary = read(&own_file("0300_small.osrec"));
    let of_text: Vec<_> = text.recording.views[0].camera.entries().iter().collect();
    let of_binary: Vec<_> = binary.recording.views[0].camera.entries().iter().collect();
    // The text has no camera without an anchor and none with a blank in its anchor's name.
    assert_eq!(of_text[0], of_binary[0]);
    assert_eq!(scripts(&text), scripts(&binary));
}

#[test]
fn a_file_is_told_by_its_first_bytes_and_what_is_none_is_refused_with_a_reason() {
    let header = "OpenSpace_record/playback";
    let cases: [(String, &str, Option<u64>, &str); 9] = [
        (String::new(), "the file is empty", Some(0), ""),
        ("OpenSpace_rec".into(), "this is no OpenSpace recording", Some(0), "OpenSpace_rec"),
        ("hello".into(), "this is no OpenSpace recording", Some(0), "hello"),
        (header.into(), "version of OpenSpace's recordings is not known", Some(25), ""),
        (format!("{header}03.0"), "version of OpenSpace's recordings", Some(25), "03.0"),
        (format!("{header}04.00A\n"), "version of OpenSpace's recordings", Some(25), "04.00"),
        (format!("{header}03.00"), "text or binary", Some(30), "end of file"),
        (format!("{header}03.00X\n"), "text or binary", Some(30), "X"),
        (format!("{header}03.00A\ncamera 1 2"), "the entry ends before", Some(42), "end of file"),
    ];
    for (file, message, offset, found) in cases {
        let refused = osrec::read(file.as_bytes()).unwrap_err().0;
        assert!(refused.message.contains(message), "{file:?}: {refused}");
        assert_eq!((refused.offset, refused.found.as_str()), (offset, found), "{file:?}");
        assert!(!refused.expected.is_empty());
    }
    assert!(osrec::is_osrec(b"OpenSpace_record/playback99.99"));
    assert!(!osrec::is_osrec(b"(kind: \"skyreel\")"));
    assert!(skyreel_core::format::read(b"").is_err());
}

#[test]
fn a_header_without_entries_is_an_empty_recording_and_a_remark() {
    for end in ["A", "A\n", "A\r\n", "B", "B\n", "B\r\n", "A\n \n\n", "A\n# nothing\n"] {
        let imported = read(format!("OpenSpace_record/playback03.00{end}").as_bytes());
        assert_eq!(imported.recording.camera_entries(), 0);
        assert_eq!(imported.recording.views.len(), 1);
        assert!(!imported.has_loss());
        assert!(imported.faults[0].message.contains("no entries"), "{:?}", imported.faults);
    }
}

#[test]
fn the_byte_after_the_mode_is_a_line_end_whatever_it_is() {
    let camera = "camera 1 2 3 4 5 1 0 0 0 1 F Earth\n";
    for (end, remarks) in [("\n", 0), ("\r\n", 0), ("\r", 1), ("x", 1)] {
        let body = if end == "\r" { "?" } else { "" };
        let file = format!("OpenSpace_record/playback03.00A{end}{body}{camera}");
        let imported = read(file.as_bytes());
        assert_eq!(imported.recording.camera_entries(), 1, "{end:?}");
        assert!(imported.faults.len() <= remarks, "{end:?}: {:?}", imported.faults);
    }
}

#[test]
fn numbers_are_read_as_a_cpp_stream_reads_decimals_and_nothing_else() {
    let good = [
        ("1", 1.0),
        ("+1", 1.0),
        ("-0", -0.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("00012.50", 12.5),
        ("1e3", 1000.0),
        ("1E+03", 1000.0),
        ("1e-400", 0.0),
        ("62165003943664156672", 62165003943664156672.0),
    ];
    for (text, value) in good {
        let imported = ascii("03.00", &format!("camera 0 0 {text} 0 0 1 0 0 0 1 F Earth\n"));
        let found = imported.recording.views[0].camera.entries()[0].pose.position_m[0];
        assert_eq!(found.to_bits(), f64::to_bits(value), "{text}");
        assert!(imported.faults.is_empty());
    }
    for text in
        ["nan", "-nan", "inf", "infinity", "0x10", "1e999", "1,5", "--1", "1_000", "e5", "x"]
    {
        let good = "camera 0 0 1 0 0 1 0 0 0 1 F Earth\n";
        let imported =
            ascii("03.00", &format!("{good}camera 1 0 {text} 0 0 1 0 0 0 1 F Earth\n{good}"));
        assert_eq!(imported.recording.camera_entries(), 2, "{text}");
        let fault = &imported.faults[0];
        let place = (fault.entry, fault.line, fault.offset);
        assert_eq!(place, (Some(1), Some(3), Some(32 + 35 + 11)), "{text}");
        assert_eq!(fault.found, text);
        assert!(imported.has_loss());
    }
}

#[test]
fn damage_in_any_field_costs_that_entry_alone_and_names_the_field() {
    let fields = [
        "application time",
        "timestamp",
        "simulation time",
        "position x",
        "position y",
        "position z",
        "first rotation",
        "second rotation",
        "third rotation",
        "fourth rotation",
        "scale",
    ];
    let camera: Vec<_> = "camera 1 2 3 4 5 6 1 0 0 0 1 F Earth".split(' ').collect();
    for (index, field) in fields.iter().enumerate() {
        let mut damaged = camera.clone();
        damaged[index + 1] = "#?";
        let good = camera.join(" ");
        let imported = ascii("01.00", &format!("{good}\n{}\n{good}\n", damaged.join(" ")));
        assert_eq!(imported.faults.len(), 1, "{:?}", imported.faults);
        let fault = &imported.faults[0];
        assert!(fault.message.contains(field), "{fault}");
        assert_eq!((fault.entry, fault.line), (Some(1), Some(3)));
        let seqs: Vec<_> =
            imported.recording.views[0].camera.entries().iter().map(|e| e.seq).collect();
        assert_eq!(seqs, [0, 2]);
    }
}

#[test]
fn the_clock_comes_from_camera_entries_and_scripts_keep_their_own_time() {
    let imported = ascii(
        "02.00",
        "script 0 0 1 a\ncamera 1 500 0 0 0 0 0 0 1 1 F Earth\nscript 2 7 1 b\n\
         camera 3 600 0 0 0 0 0 0 1 1 F Earth\n",
    );
    let keys = imported.recording.clock.keys();
    let keys: Vec<_> = keys.iter().map(|k| (k.stamp.as_secs(), k.sim_time.as_tdb_secs())).collect();
    assert_eq!(keys, [(1.0, 500.0), (3.0, 600.0)]);
    let events: Vec<_> = imported.recording.events.iter().map(|e| (e.seq, e.sim_time_s)).collect();
    assert_eq!(events, [(0, 0.0), (2, 7.0)]);
}

#[test]
fn stamps_are_rounded_to_the_nanosecond_and_order_is_the_files() {
    let imported = ascii(
        "03.00",
        "camera 0.0010454320000080 0 0 0 0 1 0 0 0 1 F Earth\ncamera 0 0 0 0 0 1 0 0 0 1 F Earth\n",
    );
    let stamps: Vec<_> =
        imported.recording.views[0].camera.entries().iter().map(|e| e.stamp.as_nanos()).collect();
    assert_eq!(stamps, [1_045_432, 0]);
}

#[test]
fn single_precision_fields_are_read_as_single_precision() {
    let line = "camera 0 0 0 0 0 0.1 0.2 0.3 0.87006908297538757 2.911202907562256 F Earth\n";
    let imported = ascii("02.00", line);
    let pose = &imported.recording.views[0].camera.entries()[0].pose;
    assert_eq!(pose.rotation_wxyz[1], f64::from(0.1_f32));
    assert_eq!(pose.rotation_wxyz[0], f64::from(0.870_069_1_f32));
    assert_eq!(pose.scale, 2.911_202_9_f32);
    let old = "camera 0 0 0 0 0 0 0.1 0.2 0.3 0.87006908297538757 2 F Earth\n";
    let imported = ascii("01.00", old);
    let pose = &imported.recording.views[0].camera.entries()[0].pose;
    assert_eq!(pose.rotation_wxyz, [0.87006908297538757, 0.1, 0.2, 0.3]);
}

#[test]
fn many_faults_are_counted_not_listed() {
    let body = "camera x\n".repeat(5000) + "camera 0 0 0 0 0 1 0 0 0 1 F Earth\n";
    let imported = ascii("03.00", &body);
    assert_eq!(imported.faults.len(), 1001);
    assert!(imported.faults[1000].message.contains("more losses, not listed: 4000"));
    assert_eq!(imported.recording.views[0].camera.entries()[0].seq, 5000);
}
