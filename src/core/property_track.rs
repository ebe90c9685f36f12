//! One property over time: changes, each at once or eased over a while.

use serde::{Deserialize, Serialize};

use crate::recording::Sequence;
use crate::time::{SessionSpan, SessionTime};
use crate::timeline::{Stamped, Timeline};
use crate::value::{Easing, Value};

/// A change of a property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// What each change starts from; `None` where that depends on the baseline: until a change is
    /// complete before the next one begins.
    from: Vec<Option<Value>>,
}

impl PropertyTrack {
    /// Appends a change. It takes over from whatever the earlier ones had reached by then.
    pub fn push(&mut self, change: PropertyChange) {
        self.push_due(change, SessionTime::MIN);
    }

    /// Appends a change that does not begin before `due`, whatever its stamp.
    pub fn push_due(&mut self, change: PropertyChange, due: SessionTime) {
        let due = due.max(change.stamp);
        let begin = self.changes.end().map_or(due, |before| before.max(due));
        let from = self.changes.len().checked_sub(1).and_then(|last| {
            if self.is_complete(last, begin) {
                return Some(self.changes.items()[last].value.clone());
            }
            self.from[last].as_ref().map(|from| self.reached(last, begin, Some(from)))
        });
        self.from.push(from);
        self.changes.push_due(change, due);
    }

    /// When the change at `index` begins.
    pub fn due_at(&self, index: usize) -> SessionTime {
        self.changes.due_at(index)
    }

    /// All changes, in order of recording.
    pub fn changes(&self) -> &[PropertyChange] {
        self.changes.items()
    }

    /// The moment the last change begins.
    pub fn end(&self) -> Option<SessionTime> {
        self.changes.end()
    }

    /// The value at `t`: before the first change the baseline's, if it has one; a change that would
    /// ease in from a value nobody knows is complete at once.
    pub fn sample(&self, t: SessionTime, baseline: Option<&Value>) -> Option<Value> {
        match self.changes.count_due(t) {
            0 => baseline.cloned(),
            count => {
                let index = count - 1;
                // Where a change came from no longer matters once it is complete.
                let is_under_way = !self.is_complete(index, t);
                let from = is_under_way.then(|| self.start_of(index, baseline)).flatten();
                Some(self.reached(index, t, from.as_ref()))
            }
        }
    }

    /// The value that change `index` starts from.
    fn start_of(&self, index: usize, baseline: Option<&Value>) -> Option<Value> {
        if self.from[index].is_some() {
            return self.from[index].clone();
        }
        (1..=index).fold(baseline.cloned(), |from, next| {
            Some(self.reached(next - 1, self.changes.due_at(next), from.as_ref()))
        })
    }

    /// What change `index`, started from `from`, has come to at `t`.
    fn reached(&self, index: usize, t: SessionTime, from: Option<&Value>) -> Value {
        let change = &self.changes.items()[index];
        match from {
            Some(from) if !self.is_complete(index, t) => {
                let begin = self.changes.due_at(index);
                let end = begin.saturating_add(change.duration);
                let weight = change.easing.apply(t.fraction_between(begin, end));
                Value::mix(from, &change.value, weight)
            }
            _ => change.value.clone(),
        }
    }

    fn is_complete(&self, index: usize, t: SessionTime) -> bool {
        let duration = self.changes.items()[index].duration;
        duration <= SessionTime::ZERO || t >= self.changes.due_at(index).saturating_add(duration)
    }
}
