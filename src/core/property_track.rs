//! One property over time: changes, each at once or eased over a while.

use crate::recording::Sequence;
use crate::time::{SessionSpan, SessionTime};
use crate::timeline::{Stamped, Timeline};
use crate::value::{Easing, Value};

/// A change of a property.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyChange {
    /// Place in the file.
    pub seq: Sequence,
    /// When the change begins.
    pub stamp: SessionTime,
    /// Value once it is complete.
    pub value: Value,
    /// How long it takes; zero or less: at once.
    pub duration: SessionSpan,
    /// How it runs.
    pub easing: Easing,
}

impl Stamped for PropertyChange {
    fn stamp(&self) -> SessionTime {
        self.stamp
    }
}

/// The changes of one property. Before the first change the property holds what the baseline says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PropertyTrack {
    changes: Timeline<PropertyChange>,
    /// What each change starts from; `None` where that is the baseline's value.
    from: Vec<Option<Value>>,
}

impl PropertyTrack {
    /// Appends a change. It takes over from whatever the earlier ones had reached by then.
    pub fn push(&mut self, change: PropertyChange) {
        // Exclusive, so that the second of two changes at one moment starts from the first's start.
        let from = self.sample_before(change.stamp);
        self.from.push(from);
        self.changes.push(change);
    }

    /// All changes, in order of recording.
    pub fn changes(&self) -> &[PropertyChange] {
        self.changes.items()
    }

    /// The moment the last change begins.
    pub fn end(&self) -> Option<SessionTime> {
        self.changes.end()
    }

    /// The value at `t`; `None` before the first change, when the baseline's holds, and while the
    /// first change eases in from a value the baseline does not know, its goal.
    pub fn sample(&self, t: SessionTime, baseline: Option<&Value>) -> Option<Value> {
        match self.changes.count_due(t) {
            0 => baseline.cloned(),
            count => Some(self.value_of(count - 1, t, baseline)),
        }
    }

    fn sample_before(&self, stamp: SessionTime) -> Option<Value> {
        let last = self.changes.len().checked_sub(1)?;
        Some(self.value_of(last, stamp.max(self.changes.due_at(last)), None))
    }

    fn value_of(&self, index: usize, t: SessionTime, baseline: Option<&Value>) -> Value {
        let change = &self.changes.items()[index];
        let begin = self.changes.due_at(index);
        let end = begin.saturating_add(change.duration);
        if change.duration <= SessionTime::ZERO || t >= end {
            return change.value.clone();
        }
        match self.from[index].as_ref().or(baseline) {
            Some(from) => {
                let weight = change.easing.apply(t.fraction_between(begin, end));
                Value::mix(from, &change.value, weight)
            }
            None => change.value.clone(),
        }
    }
}
