//! The way back: steps between journeys, each holding only what differs.

use std::collections::VecDeque;
use std::sync::Arc;

use super::document::{Journey, Rest};
use super::key::Key;

/// So many steps can be taken back.
pub const MOST_STEPS: usize = 10_000;

/// So many keys all steps together hold at most (16 bytes each); of more, the oldest steps go.
const MOST_KEYS_HELD: usize = 4_000_000;

/// What belongs to a journey's file and not to its keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Document {
    /// Its file's name without ending; empty where it has none.
    pub name: String,
    /// The state that was saved last.
    pub saved: Option<Revision>,
}

/// A state of the journey, unlike all others there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Revision(pub u64);

/// From one journey to another and back.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// In words.
    pub title: String,
    /// The keys before `first` are the same in both, as are those after the ones that differ.
    first: usize,
    keys: (Vec<Arc<Key>>, Vec<Arc<Key>>),
    rest: Option<(Arc<Rest>, Arc<Rest>)>,
    revisions: (Revision, Revision),
    /// Where the step led to another document: the one on the other side.
    pub other_document: Option<Document>,
}

impl Step {
    /// The step between two journeys.
    pub fn between(title: String, one: (&Journey, Revision), other: (&Journey, Revision)) -> Self {
        let ((before, revision_before), (after, revision_after)) = (one, other);
        let (a, b) = (before.keys(), after.keys());
        let first = a.iter().zip(b).take_while(|(a, b)| Arc::ptr_eq(a, b)).count();
        let (a, b) = (&a[first..], &b[first..]);
        let last =
            a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| Arc::ptr_eq(a, b)).count();
        let keys = (a[..a.len() - last].to_vec(), b[..b.len() - last].to_vec());
        let is_same_rest = Arc::ptr_eq(&before.rest, &after.rest);
        let rests = || (Arc::clone(&before.rest), Arc::clone(&after.rest));
        let rest = (!is_same_rest).then(rests);
        let revisions = (revision_before, revision_after);
        Self { title, first, keys, rest, revisions, other_document: None }
    }

    /// The journey before the step, from the one after it.
    pub fn back(&self, after: &Journey) -> (Journey, Revision) {
        let rest = self.rest.as_ref().map(|(before, _)| before);
        (self.replaced(after, self.keys.1.len(), &self.keys.0, rest), self.revisions.0)
    }

    /// The journey after the step, from the one before it.
    pub fn forth(&self, before: &Journey) -> (Journey, Revision) {
        let rest = self.rest.as_ref().map(|(_, after)| after);
        (self.replaced(before, self.keys.0.len(), &self.keys.1, rest), self.revisions.1)
    }

    fn replaced(
        &self,
        journey: &Journey,
        count: usize,
        by: &[Arc<Key>],
        rest: Option<&Arc<Rest>>,
    ) -> Journey {
        let mut keys = journey.keys().to_vec();
        let end = (self.first + count).min(keys.len());
        keys.splice(self.first.min(end)..end, by.iter().cloned());
        Journey { keys: Arc::new(keys), rest: Arc::clone(rest.unwrap_or(&journey.rest)) }
    }

    fn keys_held(&self) -> usize {
        self.keys.0.len() + self.keys.1.len()
    }
}

/// Steps that were made, and those that were taken back.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    made: VecDeque<Step>,
    taken_back: Vec<Step>,
    keys_held: usize,
}

impl History {
    /// Adds a step; those that were taken back are gone.
    pub fn push(&mut self, step: Step) {
        let gone: usize = self.taken_back.drain(..).map(|step| step.keys_held()).sum();
        self.keys_held = self.keys_held - gone + step.keys_held();
        self.made.push_back(step);
        while self.made.len() > MOST_STEPS || self.keys_held > MOST_KEYS_HELD && self.made.len() > 1
        {
            let oldest = self.made.pop_front();
            self.keys_held -= oldest.map_or(0, |step| step.keys_held());
        }
    }

    /// The step that would be taken back.
    pub fn last_made(&self) -> Option<&Step> {
        self.made.back()
    }

    /// The step that was just made.
    pub fn last_made_mut(&mut self) -> Option<&mut Step> {
        self.made.back_mut()
    }

    /// The step that would be made again.
    pub fn last_taken_back(&self) -> Option<&Step> {
        self.taken_back.last()
    }

    /// Takes the last step back.
    pub fn take_back(&mut self) -> Option<&mut Step> {
        self.taken_back.push(self.made.pop_back()?);
        self.taken_back.last_mut()
    }

    /// Makes the step again that was taken back last.
    pub fn make_again(&mut self) -> Option<&mut Step> {
        self.made.push_back(self.taken_back.pop()?);
        self.made.back_mut()
    }
}
