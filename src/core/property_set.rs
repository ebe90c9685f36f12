//! The properties of one moment: a sorted map whose paths are shared by all frames of a recording,
//! so that a frame costs its values and no more.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Index;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Serialize, Serializer};

use crate::value::Value;

/// Paths in order, each once; the frames of a recording share them.
pub type Paths = Arc<[Arc<str>]>;

/// Values by property path.
#[derive(Clone, Default)]
pub struct PropertySet {
    paths: Paths,
    /// As many as paths; `None` where the moment has no such property.
    values: Vec<Option<Value>>,
}

impl PropertySet {
    /// Without properties.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a property.
    pub fn get(&self, path: &str) -> Option<&Value> {
        let index = self.paths.binary_search_by(|known| (**known).cmp(path)).ok()?;
        self.values[index].as_ref()
    }

    /// Whether there is such a property.
    pub fn contains_key(&self, path: &str) -> bool {
        self.get(path).is_some()
    }

    /// All properties, in order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Value)> {
        let all = self.paths.iter().zip(&self.values);
        all.filter_map(|(path, value)| Some((path, value.as_ref()?)))
    }

    /// Their paths, in order.
    pub fn keys(&self) -> impl Iterator<Item = &Arc<str>> {
        self.iter().map(|(path, _)| path)
    }

    /// Their values, in order of their paths.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().flatten()
    }

    /// How many; counts them.
    pub fn len(&self) -> usize {
        self.values().count()
    }

    /// The paths, of which a moment may not have all.
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// The index of a property in this set, good as long as its paths are the same.
    pub fn index_of(&self, path: &str) -> Option<usize> {
        self.paths.binary_search_by(|known| (**known).cmp(path)).ok()
    }

    /// The path and the value at an index.
    pub fn at(&self, index: usize) -> Option<(&Arc<str>, &Value)> {
        Some((self.paths.get(index)?, self.values.get(index)?.as_ref()?))
    }

    /// Replaces the value at an index; nothing where there is none.
    pub(crate) fn replace(&mut self, index: usize, value: Value) {
        if let Some(slot) = self.values.get_mut(index) {
            *slot = Some(value);
        }
    }

    /// Takes over the values of another set for the properties that this one has. True where
    /// something changed.
    pub(crate) fn take_over(&mut self, other: &Self) -> bool {
        let mut has_changed = false;
        let mut theirs = other.paths.iter().zip(&other.values).peekable();
        for (path, value) in self.paths.iter().zip(&mut self.values) {
            while theirs.next_if(|(their, _)| order_of(their, path) == Ordering::Less).is_some() {}
            let Some((_, new)) = theirs.next_if(|(their, _)| order_of(their, path).is_eq()) else {
                continue;
            };
            if new.is_some() && new != value {
                value.clone_from(new);
                has_changed = true;
            }
        }
        has_changed
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values().next().is_none()
    }
}

impl PartialEq for PropertySet {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for PropertySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Index<&str> for PropertySet {
    type Output = Value;

    /// # Panics
    /// Where there is no such property, as other maps do.
    fn index(&self, path: &str) -> &Value {
        match self.get(path) {
            Some(value) => value,
            None => panic!("no property {path}"),
        }
    }
}

impl FromIterator<(Arc<str>, Value)> for PropertySet {
    /// In any order; of several values of one path the last.
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Value)>>(properties: I) -> Self {
        let sorted: BTreeMap<Arc<str>, Value> = properties.into_iter().collect();
        let (paths, values): (Vec<_>, Vec<_>) =
            sorted.into_iter().map(|(path, value)| (path, Some(value))).unzip();
        Self { paths: paths.into(), values }
    }
}

impl Serialize for PropertySet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// The paths that frames of a recording had last, kept for the next one. Says nothing of the
/// recording that its own fields do not: all are equal, and one that does not fit any more is
/// noticed and replaced.
#[derive(Default)]
pub struct PathTable(Mutex<Paths>);

impl PathTable {
    fn last(&self) -> Paths {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&self, paths: &Paths) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(paths);
    }
}

impl Clone for PathTable {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.last()))
    }
}

impl PartialEq for PathTable {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for PathTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PathTable")
    }
}

/// A set that grows in order of its paths, and takes them from a table as long as they are the same.
pub(crate) struct Growing<'a> {
    table: &'a PathTable,
    known: Paths,
    /// The paths, where they are not those of the table.
    new: Option<Vec<Arc<str>>>,
    values: Vec<Option<Value>>,
}

impl<'a> Growing<'a> {
    pub(crate) fn new(table: &'a PathTable) -> Self {
        let known = table.last();
        Self { table, values: Vec::with_capacity(known.len()), known, new: None }
    }

    /// Appends a property, whose path must come after those before.
    #[inline]
    pub(crate) fn push(&mut self, path: &Arc<str>, value: Option<Value>) {
        let at = self.values.len();
        self.values.push(value);
        // The table holds its paths, so that one at the same address is the same.
        let is_known = self.known.get(at).is_some_and(|known| Arc::ptr_eq(known, path));
        if self.new.is_some() || !is_known {
            self.push_new(at, path);
        }
    }

    #[cold]
    fn push_new(&mut self, at: usize, path: &Arc<str>) {
        let new = self.new.get_or_insert_with(|| self.known[..at].to_vec());
        new.push(Arc::clone(path));
    }

    pub(crate) fn finish(self) -> PropertySet {
        let Self { table, known, new, values } = self;
        let fewer = (values.len() < known.len()).then(|| known[..values.len()].to_vec());
        let paths = match new.or(fewer) {
            Some(new) => {
                let paths = Paths::from(new);
                table.keep(&paths);
                paths
            }
            None => known,
        };
        PropertySet { paths, values }
    }
}

/// The order of two paths; the same path, shared, is never looked at.
#[inline]
pub(crate) fn order_of(one: &Arc<str>, other: &Arc<str>) -> Ordering {
    if Arc::ptr_eq(one, other) { Ordering::Equal } else { one.cmp(other) }
}
