//! Scripts that run at moments of simulation time, whichever way it goes. Pure.

use skyreel_core::time::SimTime;

use super::Due;

/// Most scripts that wait.
const MOST_SCHEDULED: usize = 1000;

/// A script that waits for its moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduled {
    /// When.
    pub time: SimTime,
    /// What runs when time passes it forwards; empty: nothing.
    pub forward: String,
    /// What runs when time passes it backwards; empty: nothing.
    pub backward: String,
    /// What runs before either; empty: nothing.
    pub universal: String,
    /// The group that it can be cleared with.
    pub group: i64,
}

/// More scripts than can wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no more than {MOST_SCHEDULED} scripts can wait for their dates")]
pub struct MostScheduled;

/// Scripts that wait, by their moments; those of the same in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schedule {
    waiting: Vec<Scheduled>,
    /// Up to where time has been followed.
    at: Option<SimTime>,
}

impl Schedule {
    /// Adds a script.
    ///
    /// # Errors
    /// Where too many wait.
    pub fn add(&mut self, scheduled: Scheduled) -> Result<(), MostScheduled> {
        if self.waiting.len() >= MOST_SCHEDULED {
            return Err(MostScheduled);
        }
        let place = self.waiting.partition_point(|other| other.time <= scheduled.time);
        self.waiting.insert(place, scheduled);
        Ok(())
    }

    /// Forgets the scripts of a group, or all.
    pub fn clear(&mut self, group: Option<i64>) {
        self.waiting.retain(|scheduled| group.is_some_and(|group| group != scheduled.group));
    }

    /// Those that wait, by their moments.
    pub fn scripts(&self) -> &[Scheduled] {
        &self.waiting
    }

    /// What is to run now that it is `now`: forwards all after the moment of the last call up to this
    /// one, backwards all from the last moment down to what is still after this one, the latest first.
    /// The first call only says where time begins. They stay, for when time passes them again.
    pub fn due(&mut self, now: SimTime) -> Vec<Due> {
        let Some(before) = self.at.replace(now) else { return Vec::new() };
        let (from, to) = if before <= now { (before, now) } else { (now, before) };
        let first = self.waiting.partition_point(|scheduled| scheduled.time <= from);
        let last = self.waiting.partition_point(|scheduled| scheduled.time <= to);
        let passed = self.waiting.get(first..last).unwrap_or_default();
        let mut due = Vec::new();
        let mut run = |scheduled: &Scheduled, own: &str| {
            let name = format!("scheduled for {}", crate::date::iso(scheduled.time));
            let codes = [scheduled.universal.as_str(), own].into_iter().filter(|c| !c.is_empty());
            due.extend(codes.map(|code| Due { name: name.clone(), code: code.to_owned() }));
        };
        if before <= now {
            passed.iter().for_each(|scheduled| run(scheduled, &scheduled.forward));
        } else {
            passed.iter().rev().for_each(|scheduled| run(scheduled, &scheduled.backward));
        }
        due
    }
}
