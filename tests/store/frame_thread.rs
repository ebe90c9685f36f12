//! What a recording costs the thread that draws: no memory is asked for in the steady state.

use std::sync::Arc;

use skyreel_core::entry::Entry;
use skyreel_store::record::{Plan, Recorder};

use crate::session::{Frame, RATE_HZ, Session};

const SESSION: Session = Session { seed: 3, duration_s: 240, properties: 20, changes_hz: 5.0 };

#[test]
fn handing_entries_over_allocates_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (names, baseline) = SESSION.names();
    let mut recorder = Recorder::start(Plan {
        baseline: Arc::new(baseline),
        ..crate::recording::plan(folder.path())
    });
    let mut handed = 0;
    let mut frames = SESSION.frames();
    recorder.push(Entry::View { name: "main".into(), vfov_deg: None }).unwrap();
    loop {
        let second: Vec<Frame> = frames.by_ref().take(RATE_HZ as usize).collect();
        if second.is_empty() {
            break;
        }
        // So that the queue is not full, however slow the disk: it has room for much more.
        while recorder.progress().entries + 10_000 < handed {
            std::thread::yield_now();
        }
        let memory = allocation_counter::measure(|| {
            for frame in &second {
                recorder.push(frame.clock_key()).unwrap();
                recorder.push(frame.camera(&names)).unwrap();
                let changes = [frame.property(&names), frame.clock_change()];
                changes.into_iter().flatten().for_each(|entry| recorder.push(entry).unwrap());
                let progress = recorder.progress();
                assert_eq!(progress.outcome, None);
            }
        });
        assert_eq!((memory.count_total, memory.bytes_total), (0, 0));
        handed += 2 * second.len() as u64;
    }
    assert_eq!(recorder.stop().wait().stopped, None);
}
