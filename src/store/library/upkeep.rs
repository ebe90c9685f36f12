//! What is cleaned up: old recordings go to the trash, what lay there for long is deleted, and all of
//! it is told.

use std::fmt;

use skyreel_core::shelf::{Fate, WallTime, fate};

use super::listed::Listed;
use super::shelf::Library;

/// For how long recordings are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// After how many days they go to the trash; 0: never.
    pub keep_days: u32,
    /// How many days later they are deleted; 0: never.
    pub trash_days: u32,
}

/// What was cleaned up, or is going to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Upkeep {
    /// A recording went to the trash.
    Trashed {
        /// What it was called.
        id: String,
        /// What it is called there.
        trash_id: String,
        /// How old it was, days.
        days: u32,
    },
    /// A recording was deleted from the trash.
    Deleted {
        /// What it had been called.
        id: String,
        /// How long it had been there, days.
        days: u32,
    },
    /// A recording will go to the trash.
    Leaving {
        /// Which.
        id: String,
        /// In how many days.
        days: u32,
    },
    /// Something could not be done.
    Failed {
        /// With which recording, or in which folder.
        what: String,
        /// Why.
        reason: String,
    },
}

impl fmt::Display for Upkeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trashed { id, days, .. } => {
                write!(f, "{id}: {days} days old, moved to the trash")
            }
            Self::Deleted { id, days } => {
                write!(f, "{id}: {days} days in the trash, deleted")
            }
            Self::Leaving { id, days } => {
                write!(f, "{id}: goes to the trash in {days} days, unless favourite or secured")
            }
            Self::Failed { what, reason } => write!(f, "{what}: not cleaned up: {reason}"),
        }
    }
}

impl Library {
    /// What becomes of a recording. Nothing that is liked, secured or in use goes, nor what may be no
    /// recording at all, nor what does not say when it was recorded: journeys written by hand, and
    /// other programs' recordings, which somebody has put here on purpose.
    pub(super) fn fate_of(&self, listed: &Listed, keeping: Keeping, now: WallTime) -> Fate {
        let is_kept = listed.is_favourite
            || listed.is_secured
            || self.in_use.contains(&listed.id)
            || !listed.condition.is_whole()
            || listed.created_utc.is_empty();
        if is_kept { Fate::Stays } else { fate(listed.date, keeping.keep_days, now) }
    }

    /// Cleans up among the recordings that were read, and tells what went and what goes soon.
    pub fn clean_up(&mut self, keeping: Keeping, now: WallTime) -> Vec<Upkeep> {
        self.marks.refresh();
        // Who does not know what is secured moves nothing.
        if let Err(error) = self.marks.check() {
            let (what, reason) = (self.folder.display().to_string(), error.to_string());
            return vec![Upkeep::Failed { what, reason }];
        }
        let mut upkeep = Vec::new();
        for listed in self.list() {
            let id = listed.id.clone();
            match self.fate_of(&listed, keeping, now) {
                Fate::Stays => {}
                Fate::GoesIn { days } => upkeep.push(Upkeep::Leaving { id, days }),
                Fate::Goes => upkeep.push(match self.put_in_trash(&id, now) {
                    Ok(trash_id) => {
                        let days = listed.date.days_until(now);
                        Upkeep::Trashed { id, trash_id, days }
                    }
                    Err(error) => Upkeep::Failed { what: id, reason: error.to_string() },
                }),
            }
        }
        upkeep.extend(
            self.empty_trash(now, |since| fate(since, keeping.trash_days, now) == Fate::Goes),
        );
        upkeep
    }

    /// Deletes what is in the trash since a moment that `is_over` says is long enough ago.
    pub fn empty_trash(
        &mut self,
        now: WallTime,
        is_over: impl Fn(WallTime) -> bool,
    ) -> Vec<Upkeep> {
        let over = self.trash().into_iter().filter(|trashed| is_over(trashed.since));
        over.map(|trashed| match self.delete_from_trash(&trashed.trash_id) {
            Ok(()) => Upkeep::Deleted { id: trashed.id, days: trashed.since.days_until(now) },
            Err(error) => Upkeep::Failed { what: trashed.trash_id, reason: error.to_string() },
        })
        .collect()
    }
}
