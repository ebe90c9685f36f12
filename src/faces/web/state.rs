//! The state as JSON, and what has changed from one to the next. A state has no nulls, and lists that
//! grow by numbered items are objects by those numbers, so that a change is a JSON merge patch
//! (RFC 7396) that holds no more than what is new.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value as Json};
use skyreel_core::property_set::PropertySet;
use skyreel_core::snapshot::{ModeView, Snapshot};

/// The whole state.
pub fn state(snapshot: &Snapshot) -> Map<String, Json> {
    let mut state = as_object(part(snapshot));
    number_items(&mut state, "notices");
    if let Some(Json::Object(console)) = state.get_mut("console") {
        number_items(console, "lines");
    }
    state.remove("number");
    state
}

/// What turns one state into another, as a merge patch.
pub fn changes(from: &Snapshot, to: &Snapshot) -> Map<String, Json> {
    let mut changes = Map::new();
    let mut differ = |name: &str, from: Json, to: Json| {
        changes.extend(difference(from, to).map(|difference| (name.to_owned(), difference)));
    };
    let (mode_from, mode_to) = without_shared_moments(&from.mode, &to.mode);
    differ("mode", part(&mode_from), part(&mode_to));
    differ("clock", part(&from.clock), part(&to.clock));
    differ("solo", part(&from.solo), part(&to.solo));
    differ("navigation", part(&from.navigation), part(&to.navigation));
    differ("film", part(&from.film), part(&to.film));
    differ("edit", part(&from.edit), part(&to.edit));
    // What is shared is not looked into: it is large, and seldom new.
    macro_rules! shared {
        ($($field:ident),*) => {$(
            if !Arc::ptr_eq(&from.$field, &to.$field) {
                let name = stringify!($field);
                differ(name, one_part(name, &from.$field), one_part(name, &to.$field));
            }
        )*};
    }
    shared!(notices, scene, views, library, console, journey, settings);
    if !Arc::ptr_eq(&from.properties, &to.properties) {
        let properties = changed_properties(&from.properties, &to.properties);
        if !properties.is_empty() {
            changes.insert("properties".to_owned(), Json::Object(properties));
        }
    }
    changes
}

/// Merges changes into a state (RFC 7396).
pub fn merge(into: &mut Map<String, Json>, changes: Map<String, Json>) {
    for (name, change) in changes {
        match change {
            Json::Null => {
                into.remove(&name);
            }
            Json::Object(change) => {
                let inner = into.entry(name).or_insert_with(|| Json::Object(Map::new()));
                if !inner.is_object() {
                    *inner = Json::Object(Map::new());
                }
                if let Json::Object(inner) = inner {
                    merge(inner, change);
                }
            }
            change => {
                into.insert(name, change);
            }
        }
    }
}

/// What faces show serialises; what would not is left out.
fn part(value: &impl Serialize) -> Json {
    without_nulls(serde_json::to_value(value).unwrap_or_default())
}

fn one_part(name: &str, value: &impl Serialize) -> Json {
    let mut one = Map::from_iter([(name.to_owned(), part(value))]);
    match one.get_mut(name) {
        Some(Json::Object(console)) if name == "console" => number_items(console, "lines"),
        _ if name == "notices" => number_items(&mut one, name),
        _ => {}
    }
    one.remove(name).unwrap_or_default()
}

fn as_object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

fn without_nulls(json: Json) -> Json {
    match json {
        Json::Object(map) => {
            let kept = map.into_iter().filter(|(_, value)| !value.is_null());
            Json::Object(kept.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Json::Array(items) => Json::Array(items.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

/// Turns a list of items with numbers into an object by these numbers.
fn number_items(map: &mut Map<String, Json>, name: &str) {
    let Some(Json::Array(items)) = map.get_mut(name).map(Json::take) else { return };
    let number = |item: &Json| item.get("number").map(Json::to_string);
    let items = items.into_iter().filter_map(|item| Some((number(&item)?, item)));
    map.insert(name.to_owned(), Json::Object(items.collect()));
}

/// The patch from one value to another; `None` where they are the same.
fn difference(from: Json, to: Json) -> Option<Json> {
    match (from, to) {
        (from, to) if from == to => None,
        (Json::Object(mut from), Json::Object(to)) => {
            let mut changes = Map::new();
            for (name, to) in to {
                let from = from.remove(&name).unwrap_or_default();
                changes.extend(difference(from, to).map(|difference| (name, difference)));
            }
            changes.extend(from.into_iter().map(|(name, _)| (name, Json::Null)));
            Some(Json::Object(changes))
        }
        (_, to) => Some(to),
    }
}

fn changed_properties(from: &PropertySet, to: &PropertySet) -> Map<String, Json> {
    let mut changes = Map::new();
    let mut olds = from.iter().peekable();
    let gone = |path: &Arc<str>, changes: &mut Map<String, Json>| {
        changes.insert(path.to_string(), Json::Null);
    };
    for (path, value) in to.iter() {
        while let Some((old, _)) = olds.next_if(|(old, _)| *old < path) {
            gone(old, &mut changes);
        }
        let old = olds.next_if(|(old, _)| *old == path);
        if old.is_none_or(|(_, old)| old != value) {
            changes.insert(path.to_string(), part(value));
        }
    }
    olds.for_each(|(old, _)| gone(old, &mut changes));
    changes
}

/// Two modes, without the moments of a recording where both play the same.
fn without_shared_moments(from: &ModeView, to: &ModeView) -> (ModeView, ModeView) {
    match (from, to) {
        (ModeView::Playing(a), ModeView::Playing(b)) if Arc::ptr_eq(&a.moments, &b.moments) => {
            let (mut a, mut b) = (a.clone(), b.clone());
            (a.moments, b.moments) = (Arc::from([]), Arc::from([]));
            (ModeView::Playing(a), ModeView::Playing(b))
        }
        _ => (from.clone(), to.clone()),
    }
}
