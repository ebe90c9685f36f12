//! Memory does not grow with a film.

use skyreel_film::open;

use crate::tools::{send, spec};

/// Memory of this process in use, in KiB.
#[cfg(target_os = "linux")]
fn resident_kib() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn three_thousand_frames_take_no_more_memory_than_five_hundred() {
    let folder = tempfile::tempdir().unwrap();
    let spec = spec(folder.path().join("film.mp4"), 160, 90, "60");
    let mut film = open(&spec).unwrap();
    send(&mut film, &spec, 0, 500).unwrap();
    let before = resident_kib();
    send(&mut film, &spec, 500, 3000).unwrap();
    let grown = resident_kib() - before;
    assert_eq!(film.finish().unwrap().frames, 3000);
    // One second of frames is 3.4 MB, the 2500 that follow are 144 MB.
    assert!(grown < 2048, "grown by {grown} KiB");
}

#[test]
fn frame_buffers_go_round() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["film.mp4", "shots/"] {
        let spec = spec(folder.path().join(name), 64, 48, "60");
        let mut film = open(&spec).unwrap();
        let mut places = std::collections::BTreeSet::new();
        for n in 0..200 {
            let mut rgba = film.buffer();
            places.insert(rgba.as_ptr() as usize);
            rgba.fill(n);
            film.send(rgba).unwrap();
        }
        film.finish().unwrap();
        assert!(places.len() < 20, "{name}: {} buffers for 200 frames", places.len());
    }
}
