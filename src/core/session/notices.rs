//! What people were told last.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::snapshot::{Notice, Weight};

/// How many are kept.
const KEPT: usize = 200;

/// What people were told last; bounded, and numbered so that each can be shown once.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    kept: VecDeque<Notice>,
    told: u64,
}

impl Notices {
    /// Tells something.
    pub fn tell(&mut self, weight: Weight, text: String) {
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.told += 1;
        self.kept.push_back(Notice { number: self.told, weight, text });
    }

    /// The number of the last one; 0 where there is none.
    pub fn last(&self) -> u64 {
        self.told
    }

    /// Those after a number that are still kept, the oldest first.
    pub fn after(&self, number: u64) -> impl Iterator<Item = &Notice> {
        self.kept.iter().filter(move |notice| notice.number > number)
    }

    /// All that are kept, the oldest first.
    pub fn all(&self) -> Arc<[Notice]> {
        self.kept.iter().cloned().collect()
    }
}
