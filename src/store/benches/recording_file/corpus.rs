//! Real recordings, where they are there: what they take in each format, and how fast they are read.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use skyreel_core::entry::entries;
use skyreel_core::format::{self, Mode};

use crate::clock::cpu_ns;
use crate::long::promise;
use crate::measure::bytes_of;
use crate::writers::{Mcap, OpenSpace, Ours, RonLines};

/// Prints the sizes.
pub fn run(folder: &Path) {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("SKYREEL_CORPUS").map_or(beside, PathBuf::from);
    println!("\n## Real recordings\n");
    if !corpus.is_dir() {
        return println!("There is no corpus at {}.", corpus.display());
    }
    fs::create_dir_all(folder).unwrap();
    let (mut cameras, mut bytes) = (0, [0; 4]);
    // Bytes and nanoseconds, of texts and of binary files.
    let mut read = [(0, 0.0); 2];
    for path in files_below(&corpus.join("planetarium")) {
        let file = fs::read(&path).unwrap();
        let (read_ns, imported) = cpu_ns(|| format::read(&file));
        let Ok(imported) = imported else { continue };
        let mode = usize::from(imported.mode == Mode::Binary);
        read[mode].0 += file.len();
        read[mode].1 += read_ns;
        let recording = imported.recording;
        let (entries, baseline) = (entries(&recording), Arc::new(recording.baseline.clone()));
        // OpenSpace plays no recording without a camera, and needs none of it.
        if recording.camera_entries() == 0 {
            continue;
        }
        cameras += recording.camera_entries();
        let baseline = || Arc::clone(&baseline);
        bytes[0] += bytes_of::<Ours>(&entries, baseline(), folder);
        bytes[1] += bytes_of::<OpenSpace>(&entries, baseline(), folder);
        bytes[2] += bytes_of::<Mcap>(&entries, baseline(), folder);
        bytes[3] += bytes_of::<RonLines>(&entries, baseline(), folder);
    }
    let each = bytes.map(|bytes| bytes as f64 / f64::from(u32::try_from(cameras).unwrap()));
    println!("{cameras} camera entries; bytes an entry, all counted:\n");
    println!("| skyreel | OpenSpace's layout | mcap, zstd | ron, a line an entry |");
    println!("|---:|---:|---:|---:|");
    let cells = each.map(|each_bytes| format!("{each_bytes:.2} ×{:.2}", each_bytes / each[0]));
    println!("| {} |", cells.join(" | "));
    println!("\n| promise | at most | is | |\n|---|---:|---:|---|");
    promise("bytes a camera entry", 16.0, each[0], |bytes| format!("{bytes:.2}"));
    let names = ["text", "binary"];
    println!();
    for ((bytes, ns), name) in read.into_iter().zip(names) {
        let speed = bytes as f64 / 1e6 / (ns / 1e9);
        println!(
            "OpenSpace's {name} files, {:.1} MB, are read at {speed:.0} MB/s.",
            bytes as f64 / 1e6
        );
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}
