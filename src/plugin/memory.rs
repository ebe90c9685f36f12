//! Recordings that live in memory, for apps without files and for tests.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use skyreel_core::entry::Entry;
use skyreel_core::frame::Frame;
use skyreel_core::recording::{Effects, Header, Recording};
use skyreel_core::sample::sample;
use skyreel_core::session::{
    Begun, Footage, Opened, Studio, Tape, TapeEnd, TapeEnded, TapePlan, TapeProgress,
};
use skyreel_core::snapshot::Moment;
use skyreel_core::time::SessionTime;

/// Recordings by name, shared by all clones.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<BTreeMap<String, Arc<Recording>>>>);

impl Memory {
    /// A recording that was made or put here.
    pub fn get(&self, name: &str) -> Option<Arc<Recording>> {
        self.0.lock().ok()?.get(name).cloned()
    }

    /// Puts a recording here, to be played by that name.
    pub fn put(&self, name: &str, recording: Recording) {
        if let Ok(mut all) = self.0.lock() {
            all.insert(name.to_owned(), Arc::new(recording));
        }
    }

    fn free_name(&self, wanted: Option<String>, overwrite: bool) -> String {
        let wanted = wanted.unwrap_or_else(|| "recording".to_owned());
        let is_taken = |name: &String| self.get(name).is_some();
        if overwrite || !is_taken(&wanted) {
            return wanted;
        }
        let numbered = (2_u64..).map(|n| format!("{wanted} ({n})"));
        numbered.into_iter().find(|name| !is_taken(name)).unwrap_or(wanted)
    }
}

impl Studio for Memory {
    fn begin(&mut self, plan: TapePlan) -> Result<Begun, String> {
        let name = self.free_name(plan.name.clone(), plan.overwrite);
        let header = Header {
            title: name.clone(),
            description: plan.description.clone(),
            effects: Effects::Recorded,
            ..Header::default()
        };
        let recording = Recording { header, baseline: plan.baseline, ..Recording::default() };
        let tape = MemoryTape { name: name.clone(), recording, into: self.clone(), end: None };
        Ok(Begun { name, tape: Box::new(tape) })
    }

    fn open(&mut self, recording: &str) -> Result<Opened, String> {
        let found = self.get(recording);
        let found = found.ok_or_else(|| format!("there is no recording '{recording}'"))?;
        let title = recording.to_owned();
        Ok(Opened { title, footage: Box::new(MemoryFootage(found)), warnings: Vec::new() })
    }
}

struct MemoryTape {
    name: String,
    recording: Recording,
    into: Memory,
    end: Option<TapeEnd>,
}

impl Tape for MemoryTape {
    fn push(&mut self, entry: Entry) -> Result<(), TapeEnded> {
        if self.end.is_some() {
            return Err(TapeEnded);
        }
        // What cannot be used is left out, as in files.
        entry.add_to(&mut self.recording);
        Ok(())
    }

    fn progress(&self) -> TapeProgress {
        TapeProgress { bytes: 0, end: self.end.clone() }
    }

    fn stop(&mut self, discard: bool) {
        let recording = (!discard).then(|| {
            self.into.put(&self.name, std::mem::take(&mut self.recording));
            self.name.clone()
        });
        self.end = Some(TapeEnd { recording, reason: None });
    }
}

struct MemoryFootage(Arc<Recording>);

impl Footage for MemoryFootage {
    fn duration(&self) -> SessionTime {
        self.0.duration()
    }

    fn frame(&mut self, at: SessionTime) -> Result<Frame, String> {
        Ok(sample(&self.0, at))
    }

    fn moments(&mut self) -> Vec<Moment> {
        skyreel_core::snapshot::moments(&self.0)
    }
}
