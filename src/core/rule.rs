//! Changes that name properties by a pattern, and their expansion against a scene's properties.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalogue::Catalogue;
use crate::pattern::PropertyPattern;
use crate::property_track::PropertyChange;
use crate::recording::{Recording, Sequence};
use crate::time::{SessionSpan, SessionTime};
use crate::value::{Easing, Value};

/// A change of every property that a pattern names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Place in the file.
    pub seq: Sequence,
    /// When the change begins.
    pub stamp: SessionTime,
    /// Which properties.
    pub pattern: PropertyPattern,
    /// Value once it is complete.
    pub value: Value,
    /// How long it takes; zero or less: at once.
    pub duration: SessionSpan,
    /// How it runs.
    pub easing: Easing,
}

/// The recording with every rule turned into changes of the properties it names in `scene`, and
/// with a baseline for every property it changes. Rules stay in place, so that writing gives them
/// back. Returns the patterns and paths that name nothing in the scene, each once, in order of first
/// use.
pub fn expand(recording: &mut Recording, scene: &impl Catalogue) -> Vec<String> {
    let mut unknown: Vec<(Option<Sequence>, String)> = Vec::new();
    let mut seen: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut changes: Vec<(Arc<str>, PropertyChange)> = Vec::new();
    for (path, track) in std::mem::take(&mut recording.properties) {
        if scene.property(&path).is_none() && seen.insert(path.clone()) {
            unknown.push((track.changes().iter().map(|c| c.seq).min(), path.to_string()));
        }
        changes.extend(track.changes().iter().map(|c| (path.clone(), c.clone())));
    }
    for rule in &recording.rules {
        let before = changes.len();
        let named = scene.properties().iter().filter(|p| rule.pattern.matches(&p.path, &p.tags));
        changes.extend(named.map(|p| (p.path.as_str().into(), rule.change())));
        if changes.len() > before {
            continue;
        }
        if seen.insert(rule.pattern.as_str().into()) {
            unknown.push((Some(rule.seq), rule.pattern.as_str().to_owned()));
        }
        // What is recorded is told, even of a property that this scene does not have.
        if let Some(path) = rule.pattern.single_path() {
            changes.push((path.into(), rule.change()));
        }
    }
    // Stable: changes of one entry keep their order.
    changes.sort_by_key(|(_, change)| change.seq);
    for (path, change) in changes {
        if let Some(spec) = scene.property(&path) {
            recording.baseline.entry(path.clone()).or_insert_with(|| spec.default.clone());
        }
        recording.properties.entry(path).or_default().push(change);
    }
    unknown.sort_by_key(|(first_use, _)| *first_use);
    unknown.into_iter().map(|(_, name)| name).collect()
}

impl Rule {
    fn change(&self) -> PropertyChange {
        PropertyChange {
            seq: self.seq,
            stamp: self.stamp,
            value: self.value.clone(),
            duration: self.duration,
            easing: self.easing,
        }
    }
}
