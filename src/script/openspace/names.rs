//! What scripts for OpenSpace call recordings, and what the library calls them. Pure.

use skyreel_core::snapshot::{LibraryView, RecordingItem};

/// Endings that recordings have.
const ENDINGS: [&str; 4] = ["osrec", "osrectxt", "skyreel", "ron"];

/// A recording's name from a path as scripts for OpenSpace give it: without folders and ending.
pub fn stem_of(path: &str) -> &str {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    without_ending(file)
}

/// The same path without the ending of a recording.
fn without_ending(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, ending)) if ENDINGS.iter().any(|e| ending.eq_ignore_ascii_case(e)) => stem,
        _ => path,
    }
}

/// The ending of a path, in small letters; empty where it has none of a recording.
pub(super) fn ending_of(path: &str) -> String {
    let ending = &path[without_ending(path).len()..];
    ending.trim_start_matches('.').to_lowercase()
}

/// The path within the recordings' folder. `folders` are ways in which that folder is written.
pub(super) fn within<'a>(path: &'a str, folders: &[&str]) -> &'a str {
    let token = path.strip_prefix("${").and_then(|rest| rest.split_once('}')).map(|(_, rest)| rest);
    let in_folder = || {
        let folders = folders.iter().filter(|folder| !folder.is_empty());
        folders.filter_map(|folder| path.strip_prefix(folder.trim_end_matches(['/', '\\']))).next()
    };
    match token.or_else(in_folder) {
        Some(rest) => rest.trim_start_matches(['/', '\\']),
        None => path,
    }
}

/// The recording of the library that a path within its folder means: that very file, else the youngest
/// of the same name with another ending, as Skyreel gives recordings endings of its own.
pub(super) fn find<'a>(library: &'a LibraryView, path: &str) -> Option<&'a RecordingItem> {
    let recordings = library.recordings.iter();
    let same = |item: &&RecordingItem| without_ending(&item.recording) == without_ending(path);
    recordings.clone().find(|item| item.recording == path).or_else(|| recordings.clone().find(same))
}
