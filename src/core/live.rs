//! The properties of a scene as they are now: set at once or eased over a while, by whoever drives it.
//! What was set is noted, so that it can be recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalogue::PropertySpec;
use crate::nearest::{did_you_mean, nearest};
use crate::pattern::PropertyPattern;
use crate::property_set::PropertySet;
use crate::time::{SessionSpan, SessionTime};
use crate::value::{Easing, Value};

/// A change that somebody asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Which property.
    pub path: Arc<str>,
    /// What it is to hold once the change is complete.
    pub value: Value,
    /// How long it takes; zero: at once.
    pub duration: SessionSpan,
    /// How it runs.
    pub easing: Easing,
}

/// A change that cannot be made. Nothing has changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CannotSet {
    /// There is no such property.
    #[error("there is no property '{found}'{}", did_you_mean(.nearest))]
    Unknown {
        /// The path or pattern as given.
        found: String,
        /// The path most like it.
        nearest: Option<String>,
    },
    /// It holds something else.
    #[error("'{path}' is {expected}, not {found}")]
    Kind {
        /// Which property.
        path: String,
        /// The kind that was given, in words.
        found: String,
        /// The kind that it holds, in words.
        expected: String,
    },
    /// Less or more than it can hold.
    #[error("'{path}' is {least} to {most}, not {found}")]
    Range {
        /// Which property.
        path: String,
        /// What was given.
        found: String,
        /// The least that it holds.
        least: f64,
        /// The most.
        most: f64,
    },
}

#[derive(Clone, Debug)]
struct Ease {
    from: Value,
    to: Value,
    begin: SessionTime,
    duration: SessionSpan,
    easing: Easing,
}

/// The properties of a scene as they are now.
#[derive(Clone, Debug, Default)]
pub struct LiveProperties {
    specs: BTreeMap<Arc<str>, PropertySpec>,
    values: PropertySet,
    /// What is under way, by the property's index among the values.
    eases: BTreeMap<usize, Ease>,
    changes: Vec<Change>,
    /// Of those under way, the ones that began before whoever listens did.
    inherited: BTreeSet<usize>,
    now: SessionTime,
}

impl LiveProperties {
    /// All properties of a scene, holding what they hold when nobody has changed them.
    pub fn new(specs: &[PropertySpec]) -> Self {
        let specs = specs.iter().map(|spec| (Arc::from(spec.path.as_str()), spec.clone()));
        let specs: BTreeMap<Arc<str>, PropertySpec> = specs.collect();
        let values = specs.iter().map(|(path, spec)| (Arc::clone(path), spec.default.clone()));
        Self { values: values.collect(), specs, ..Self::default() }
    }

    /// What all of them hold.
    pub fn values(&self) -> &PropertySet {
        &self.values
    }

    /// What is known of a property.
    pub fn spec(&self, path: &str) -> Option<&PropertySpec> {
        self.specs.get(path)
    }

    /// Whether a change is under way.
    pub fn is_moving(&self) -> bool {
        !self.eases.is_empty()
    }

    /// What a property holds, or will hold once the change under way is complete.
    pub fn goal(&self, path: &str) -> Option<&Value> {
        let index = self.values.index_of(path)?;
        self.eases.get(&index).map(|ease| &ease.to).or_else(|| self.values.get(path))
    }

    /// Changes one property.
    ///
    /// # Errors
    /// Where there is none of that path, or it cannot hold the value.
    pub fn set(&mut self, change: Change) -> Result<(), CannotSet> {
        let (index, path) = self.check(&change.path, &change.value)?;
        self.begin(index, Change { path, ..change });
        Ok(())
    }

    /// Changes every property that a pattern names, as OpenSpace's `setPropertyValue` does; those that
    /// cannot hold the value are left out. How many were changed.
    ///
    /// # Errors
    /// Where there is none that could be changed.
    pub fn set_all(
        &mut self,
        pattern: &PropertyPattern,
        value: &Value,
        duration: SessionSpan,
        easing: Easing,
    ) -> Result<usize, CannotSet> {
        let named = self.specs.values().filter(|s| pattern.matches(&s.path, &s.tags));
        let paths: Vec<String> = named.map(|spec| spec.path.clone()).collect();
        let mut refused = None;
        let mut count = 0;
        for path in paths {
            match self.check(&path, value) {
                Ok((index, path)) => {
                    self.begin(index, Change { path, value: value.clone(), duration, easing });
                    count += 1;
                }
                Err(error) => refused = Some(error),
            }
        }
        match (count, refused) {
            (0, Some(error)) => Err(error),
            (0, None) => Err(self.unknown(pattern.as_str())),
            _ => Ok(count),
        }
    }

    /// Lets time pass: changes under way go on.
    pub fn advance(&mut self, span: SessionSpan) {
        self.now = self.now.saturating_add(span);
        let (now, values) = (self.now, &mut self.values);
        self.eases.retain(|index, ease| {
            let end = ease.begin.saturating_add(ease.duration);
            let is_under_way = now < end;
            values.replace(
                *index,
                match is_under_way {
                    // As in `PropertyTrack`, so that what is recorded plays as it was seen.
                    true => {
                        let weight = ease.easing.apply(now.fraction_between(ease.begin, end));
                        Value::mix(&ease.from, &ease.to, weight)
                    }
                    false => ease.to.clone(),
                },
            );
            is_under_way
        });
    }

    /// What was set since the last time or since `listen`, in order.
    pub fn take_changes(&mut self) -> Vec<Change> {
        let mut changes = std::mem::take(&mut self.changes);
        // Their beginnings were not heard, so they are told step by step.
        changes.extend(self.inherited.iter().filter_map(|index| self.step(*index)));
        self.inherited.retain(|index| self.eases.contains_key(index));
        changes
    }

    /// The same for somebody for whom no time passes: what is under way is told step by step, now and
    /// later on.
    pub fn take_steps(&mut self) -> Vec<Change> {
        let (values, inherited) = (&self.values, &mut self.inherited);
        inherited.extend(self.eases.keys());
        self.changes.retain(|change| {
            let is_at_once = change.duration <= SessionSpan::ZERO;
            inherited.extend(values.index_of(&change.path).filter(|_| !is_at_once));
            is_at_once
        });
        self.take_changes()
    }

    fn step(&self, index: usize) -> Option<Change> {
        let (path, value) = self.values.at(index)?;
        let (path, value) = (Arc::clone(path), value.clone());
        Some(Change { path, value, duration: SessionSpan::ZERO, easing: Easing::Linear })
    }

    /// From here on changes are noted for somebody who knows the values as they are now.
    pub fn listen(&mut self) {
        self.changes.clear();
        self.inherited = self.eases.keys().copied().collect();
    }

    /// Nobody listens: what was noted is forgotten.
    pub fn forget_changes(&mut self) {
        self.changes.clear();
        self.inherited.clear();
    }

    /// Takes over what a recording says of a moment. It is not noted as a change, and ends what was
    /// under way. True where something changed.
    pub fn take_over(&mut self, frame: &PropertySet) -> bool {
        self.eases.clear();
        self.forget_changes();
        self.values.take_over(frame)
    }

    fn begin(&mut self, index: usize, change: Change) {
        let from = self.values.at(index).map(|(_, value)| value.clone());
        if self.inherited.remove(&index) {
            // Whoever listens has to know what it begins from.
            self.changes.extend(self.step(index));
        }
        match from {
            Some(from) if change.duration > SessionSpan::ZERO => {
                let Change { value: to, duration, easing, .. } = change.clone();
                // What does not mix is there at once.
                self.values.replace(index, Value::mix(&from, &to, easing.apply(0.0)));
                self.eases.insert(index, Ease { from, to, begin: self.now, duration, easing });
            }
            _ => {
                self.eases.remove(&index);
                self.values.replace(index, change.value.clone());
            }
        }
        self.changes.push(change);
    }

    fn check(&self, path: &str, value: &Value) -> Result<(usize, Arc<str>), CannotSet> {
        let known = self.specs.get_key_value(path).zip(self.values.index_of(path));
        let ((path, spec), index) = known.ok_or_else(|| self.unknown(path))?;
        let (found, expected) = (value.kind_in_words(), spec.default.kind_in_words());
        if found != expected {
            return Err(CannotSet::Kind { path: path.to_string(), found, expected });
        }
        let (least, most) = spec.range.unwrap_or((f64::MIN, f64::MAX));
        let is_within = |n: f64| (least..=most).contains(&n);
        let is_possible = match value {
            Value::Number(n) => is_within(*n),
            Value::Numbers(list) => list.iter().all(|n| is_within(*n)),
            Value::Bool(_) | Value::Text(_) => true,
        };
        if !is_possible {
            let (path, found) = (path.to_string(), value.to_string());
            return Err(CannotSet::Range { path, found, least, most });
        }
        Ok((index, Arc::clone(path)))
    }

    fn unknown(&self, found: &str) -> CannotSet {
        let names = self.specs.keys().map(|path| &**path);
        CannotSet::Unknown { found: found.to_owned(), nearest: nearest(names, found) }
    }
}
