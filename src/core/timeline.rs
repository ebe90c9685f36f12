//! A list of things that happen at moments, in the order they were recorded, and the search in it.
//!
//! Order is the order of recording, never re-sorted: a thing recorded after another is never due
//! before it, even if its own stamp says so. So a thing is due at the largest stamp up to and
//! including its own, which is also what a player meets who walks through the list.

use crate::time::SessionTime;

/// A thing that happens at a moment.
pub trait Stamped {
    /// When, as it was recorded.
    fn stamp(&self) -> SessionTime;
}

/// Things in order of recording, searchable by the moment they are due.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline<T> {
    items: Vec<T>,
    due: Vec<SessionTime>,
}

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self { items: Vec::new(), due: Vec::new() }
    }
}

impl<T: Stamped> Timeline<T> {
    /// Makes room for things to come.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.items.reserve_exact(count);
        self.due.reserve_exact(count);
    }

    /// Appends a thing.
    #[inline]
    pub fn push(&mut self, item: T) {
        self.push_due(item, SessionTime::MIN);
    }

    /// Appends a thing that is due later than its own stamp says, for earlier things that are not in
    /// this list came first.
    #[inline]
    pub fn push_due(&mut self, item: T, due: SessionTime) {
        let before = self.due.last().copied().unwrap_or(SessionTime::MIN);
        self.due.push(before.max(due).max(item.stamp()));
        self.items.push(item);
    }

    /// Appends a thing that is made in its place, where pushing would copy it there; `stamp` is its.
    #[inline(always)]
    pub(crate) fn push_with(&mut self, stamp: SessionTime, make: impl FnOnce() -> T) {
        let before = self.due.last().copied().unwrap_or(SessionTime::MIN);
        self.due.push(before.max(stamp));
        self.items.extend(std::iter::once_with(make));
    }

    /// All things, in order of recording.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The things themselves, in order of recording.
    pub fn into_items(self) -> impl Iterator<Item = T> {
        self.items.into_iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// When the thing at `index` is due.
    pub fn due_at(&self, index: usize) -> SessionTime {
        self.due[index]
    }

    /// The largest stamp.
    pub fn end(&self) -> Option<SessionTime> {
        self.due.last().copied()
    }

    /// How many things are due at `t`, those at `t` itself included.
    pub fn count_due(&self, t: SessionTime) -> usize {
        self.due.partition_point(|due| *due <= t)
    }

    /// The thing last due at `t` and how far (0..1) it is from there to the next one; the first
    /// thing before its time, the last for ever after. `None` where there is nothing.
    pub fn locate(&self, t: SessionTime) -> Option<Place> {
        let count = self.count_due(t);
        if count == 0 {
            return (!self.items.is_empty()).then_some(Place { index: 0, weight: 0.0 });
        }
        let index = count - 1;
        let weight = match self.due.get(count) {
            Some(next) => t.fraction_between(self.due[index], *next),
            None => 0.0,
        };
        Some(Place { index, weight })
    }
}

impl<T: Stamped> FromIterator<T> for Timeline<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut timeline = Self::default();
        items.into_iter().for_each(|item| timeline.push(item));
        timeline
    }
}

/// A place between two neighbours of a timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The thing before.
    pub index: usize,
    /// 0 at it, towards 1 at the next one; 0 where there is no next one.
    pub weight: f64,
}
