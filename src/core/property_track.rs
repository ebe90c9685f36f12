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
            let weight = self.weight(last, begin);
            let is_known = weight.is_none() || self.from[last].is_some();
            is_known.then(|| self.reached(last, weight, self.from[last].as_ref()))
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
    #[inline]
    pub fn sample(&self, t: SessionTime, baseline: Option<&Value>) -> Option<Value> {
        let Some(index) = self.changes.count_due(t).checked_sub(1) else {
            return baseline.cloned();
        };
        let weight = self.weight(index, t);
        let start;
        let from = match &self.from[index] {
            Some(from) => Some(from),
            // Where a change came from no longer matters once it is complete.
            None if index == 0 || weight.is_none() => baseline,
            None => {
                start = self.start_of(index, baseline);
                start.as_ref()
            }
        };
        Some(self.reached(index, weight, from))
    }

    /// The value that change `index` starts from, where that depends on the baseline.
    fn start_of(&self, index: usize, baseline: Option<&Value>) -> Option<Value> {
        (1..=index).fold(baseline.cloned(), |from, next| {
            let weight = self.weight(next - 1, self.changes.due_at(next));
            Some(self.reached(next - 1, weight, from.as_ref()))
        })
    }

    /// The change under way at `t` and the value it started from, in a recording with that baseline.
    pub(crate) fn under_way(
        &self,
        t: SessionTime,
        baseline: Option<&Value>,
    ) -> Option<(usize, Option<Value>)> {
        let index = self.changes.count_due(t).checked_sub(1)?;
        self.weight(index, t)?;
        let from = self.from[index].clone();
        Some((index, from.or_else(|| self.start_of(index, baseline))))
    }

    /// How far change `index` has come at `t`, eased; `None` where it is complete.
    #[inline]
    fn weight(&self, index: usize, t: SessionTime) -> Option<f64> {
        let (change, begin) = (&self.changes.items()[index], self.changes.due_at(index));
        let end = begin.saturating_add(change.duration);
        let is_under_way = change.duration > SessionTime::ZERO && t < end;
        is_under_way.then(|| change.easing.apply(t.fraction_between(begin, end)))
    }

    /// What change `index`, started from `from`, has come to.
    #[inline(always)]
    fn reached(&self, index: usize, weight: Option<f64>, from: Option<&Value>) -> Value {
        let to = &self.changes.items()[index].value;
        match (weight, from) {
            (Some(weight), Some(from)) => Value::mix(from, to, weight),
            _ => to.clone(),
        }
    }
}
