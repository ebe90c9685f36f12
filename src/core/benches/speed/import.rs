//! Reading OpenSpace's files, against plain readers: an hour that is made up, and the corpus where
//! there is one beside the checkout.

use std::path::{Path, PathBuf};

use skyreel_core::camera_track::Leave;
use skyreel_core::format::{Imported, Mode, osrec};

use crate::plain::{Plain, read_binary, read_text};
use crate::session::recorded;
use crate::table::Table;

type PlainReader = fn(&[u8]) -> Option<Plain>;

const TEXT: &str = "lines, words, parse";
const BINARY: &str = "field by field";

pub fn measure(table: &mut Table) {
    let hour = recorded(Leave::AS_RECORDED);
    let write = |mode| osrec::write(&hour, mode, osrec::WriteOptions::default()).unwrap().bytes;
    let files = vec![write(Mode::Ascii)];
    race(table, "an hour at 60 fps", "text", &files, (TEXT, read_text));
    let files = vec![write(Mode::Binary)];
    race(table, "an hour at 60 fps", "binary", &files, (BINARY, read_binary));
    drop(hour);
    let Some(corpus) = corpus() else { return };
    let mut files = Vec::new();
    collect(&corpus, &mut files);
    let (text, binary): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|bytes| bytes.get(30) == Some(&b'A'));
    race(table, "corpus", "text", &text, (TEXT, read_text));
    race(table, "corpus", "binary", &binary, (BINARY, read_binary));
}

/// Reads all files that both readers understand alike.
fn race(
    table: &mut Table,
    what: &str,
    mode: &str,
    files: &[Vec<u8>],
    (plain_name, plain): (&str, PlainReader),
) {
    let alike: Vec<&[u8]> =
        files.iter().map(Vec::as_slice).filter(|bytes| is_alike(bytes, plain)).collect();
    let size_mb = alike.iter().map(|bytes| bytes.len()).sum::<usize>() as f64 / 1e6;
    if alike.is_empty() {
        println!("{what} ({mode}): no file to read");
        return;
    }
    let left_out = files.len() - alike.len();
    println!("{what} ({mode}): {} files, left out, being damaged: {left_out}", alike.len());
    table.race(
        &format!("{what}, {mode}, {size_mb:.1} MB"),
        || alike.iter().map(|bytes| osrec::read(bytes).unwrap()).collect::<Vec<Imported>>(),
        (plain_name, || alike.iter().map(|bytes| plain(bytes).unwrap()).collect::<Vec<Plain>>()),
    );
}

/// Whether both readers find the same entries, without faults.
fn is_alike(bytes: &[u8], plain: PlainReader) -> bool {
    let (Ok(ours), Some(theirs)) = (osrec::read(bytes), plain(bytes)) else { return false };
    let cameras = ours.recording.views[0].camera.entries();
    let same_places = || {
        let both = cameras.iter().zip(&theirs.cameras);
        both.into_iter().all(|(a, b)| {
            a.pose.position_m == b.position_m
                && a.pose.anchor.as_str() == b.focus
                && a.sim_time_s == b.sim_time_s
        })
    };
    ours.faults.is_empty()
        && cameras.len() == theirs.cameras.len()
        && ours.recording.events.len() == theirs.scripts.len()
        && same_places()
}

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("SKYREEL_CORPUS").map_or(beside, PathBuf::from);
    if !corpus.is_dir() {
        println!("corpus: skipped, there is none at {}", corpus.display());
        return None;
    }
    Some(corpus)
}

fn collect(folder: &Path, files: &mut Vec<Vec<u8>>) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.extend(std::fs::read(&path).ok().filter(|bytes| osrec::is_osrec(bytes)));
        }
    }
}
