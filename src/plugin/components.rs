//! The components of one kind as properties of the things that have them: read, compared, written.

use std::sync::Arc;

use bevy_ecs::component::Mutable;
use bevy_ecs::entity::EntityHashMap;
use bevy_ecs::prelude::*;
use skyreel_core::live::Change;
use skyreel_core::property_set::{Paths, PropertySet};
use skyreel_core::time::SessionSpan;
use skyreel_core::value::{Easing, Value};

use crate::Recorded;
use crate::source::Source;

/// Hands on the ends of a component's paths (`.Lamp.brightness`) and what is there, always in the same
/// order; may use the text to write them.
pub(crate) type Read<C> = Box<dyn Fn(&C, &mut String, &mut dyn FnMut(&str, Value)) + Send + Sync>;
/// Writes a value to the end of a path. True where it could.
pub(crate) type Write<C> = Box<dyn Fn(&mut C, &str, &Value) -> bool + Send + Sync>;

type ToRead<C> = (Entity, Ref<'static, Recorded>, Ref<'static, C>);
type ToWrite<C> = (Entity, &'static Recorded, &'static mut C);

/// Every component of one kind, of things that have a name.
pub(crate) struct Components<C: Component<Mutability = Mutable>> {
    read: Read<C>,
    write: Write<C>,
    scratch: String,
    to_read: Option<QueryState<ToRead<C>>>,
    to_write: Option<QueryState<ToWrite<C>>>,
    heard: EntityHashMap<Heard>,
    /// The paths of what was played last; places are good as long as they are the same.
    paths: Paths,
    places: EntityHashMap<Places>,
}

/// What a thing's properties were when last looked at, in the order in which they are read.
struct Heard {
    name: Recorded,
    last: Vec<(Arc<str>, Value)>,
}

/// Where a thing's properties are in what is played: the ends of their paths, and their indices.
struct Places {
    name: Recorded,
    all: Vec<(Box<str>, Option<usize>)>,
}

impl<C: Component<Mutability = Mutable>> Components<C> {
    pub(crate) fn new(read: Read<C>, write: Write<C>) -> Self {
        Self {
            read,
            write,
            scratch: String::new(),
            to_read: None,
            to_write: None,
            heard: EntityHashMap::default(),
            paths: Paths::default(),
            places: EntityHashMap::default(),
        }
    }
}

impl Heard {
    fn is_of(&self, name: &Recorded) -> bool {
        self.name == *name
    }

    fn path(&self, end: &str) -> Arc<str> {
        format!("{}{end}", self.name.name()).into()
    }

    /// Tells of what was read where it differs. The place is the one that it was read at.
    fn hear(&mut self, nth: usize, end: &str, value: Value, changes: &mut Vec<Change>) {
        // An enum that has become another case has other fields, which are looked for.
        let length = self.name.name().len() + end.len();
        let is_it = |(path, _): &(Arc<str>, Value)| path.len() == length && path.ends_with(end);
        let is_there = self.last.get(nth).is_some_and(is_it);
        let place = if is_there { Some(nth) } else { self.last.iter().position(is_it) };
        match place {
            Some(place) if self.last[place].1 == value => {}
            Some(place) => {
                changes.push(change(&self.last[place].0, &value));
                self.last[place].1 = value;
            }
            None => {
                let path = self.path(end);
                changes.push(change(&path, &value));
                self.last.push((path, value));
            }
        }
    }
}

impl<C: Component<Mutability = Mutable>> Source for Components<C> {
    fn all(&mut self, world: &mut World, add: &mut dyn FnMut(Arc<str>, Value)) {
        let Self { to_read, read, scratch, .. } = self;
        let to_read = to_read.get_or_insert_with(|| world.query());
        for (_, name, component) in to_read.iter(world) {
            read(
                &component,
                scratch,
                &mut finite(|end, value| {
                    add(format!("{}{end}", name.name()).into(), value);
                }),
            );
        }
    }

    fn listen(&mut self, world: &mut World) {
        let Self { to_read, read, scratch, heard, .. } = self;
        let to_read = to_read.get_or_insert_with(|| world.query());
        heard.clear();
        for (entity, name, component) in to_read.iter(world) {
            let mut thing = Heard { name: Recorded::clone(&name), last: Vec::new() };
            read(
                &component,
                scratch,
                &mut finite(|end, value| {
                    let path = thing.path(end);
                    thing.last.push((path, value));
                }),
            );
            heard.insert(entity, thing);
        }
    }

    fn changes(&mut self, world: &mut World, _: bool, changes: &mut Vec<Change>) {
        let Self { to_read, read, scratch, heard, .. } = self;
        let to_read = to_read.get_or_insert_with(|| world.query());
        let mut count = 0;
        for (entity, name, component) in to_read.iter(world) {
            count += 1;
            if !component.is_changed() && !name.is_changed() {
                continue;
            }
            // What has come, or has another name, is heard of for the first time.
            let new = || Heard { name: Recorded::clone(&name), last: Vec::new() };
            let thing = heard.entry(entity).or_insert_with(new);
            if !thing.is_of(&name) {
                *thing = new();
            }
            let mut nth = 0;
            read(
                &component,
                scratch,
                &mut finite(|end, value| {
                    thing.hear(nth, end, value, changes);
                    nth += 1;
                }),
            );
        }
        if heard.len() > 2 * count {
            heard.retain(|entity, _| world.get_entity(*entity).is_ok());
        }
    }

    fn take_over(&mut self, world: &mut World, properties: &PropertySet) {
        let Self { to_write, read, write, scratch, paths, places, .. } = self;
        if !Arc::ptr_eq(paths, properties.paths()) {
            *paths = Arc::clone(properties.paths());
            places.clear();
        }
        let to_write = to_write.get_or_insert_with(|| world.query());
        let mut differing = Vec::new();
        for (entity, name, mut component) in to_write.iter_mut(world) {
            let new = || Places { name: name.clone(), all: Vec::new() };
            let known = places.entry(entity).or_insert_with(new);
            if known.name != *name {
                *known = new();
            }
            let mut nth = 0;
            read(&component, scratch, &mut |end, value| {
                let place = known.place(nth, end, properties);
                nth += 1;
                let wanted = place.and_then(|place| properties.at(place));
                if let Some((_, wanted)) = wanted.filter(|(_, wanted)| **wanted != value) {
                    differing.push((nth - 1, wanted.clone()));
                }
            });
            for (nth, value) in differing.drain(..) {
                write(&mut component, &known.all[nth].0, &value);
            }
        }
    }

    fn set(&mut self, world: &mut World, path: &str, value: &Value) -> Option<bool> {
        let Self { to_write, read, write, scratch, .. } = self;
        let to_write = to_write.get_or_insert_with(|| world.query());
        for (_, name, mut component) in to_write.iter_mut(world) {
            let Some(end) = path.strip_prefix(name.name()) else { continue };
            let mut is_mine = false;
            read(&component, scratch, &mut |found, _| is_mine |= found == end);
            if is_mine {
                return Some(write(&mut component, end, value));
            }
        }
        None
    }
}

impl Places {
    fn place(&mut self, nth: usize, end: &str, properties: &PropertySet) -> Option<usize> {
        if let Some((_, place)) = self.all.get(nth).filter(|(known, _)| **known == *end) {
            return *place;
        }
        let place = properties.index_of(&format!("{}{end}", self.name.name()));
        self.all.truncate(nth);
        self.all.push((end.into(), place));
        place
    }
}

/// Leaves out numbers that nothing could be made of.
fn finite(mut add: impl FnMut(&str, Value)) -> impl FnMut(&str, Value) {
    move |end, value| {
        if value.is_finite() {
            add(end, value);
        }
    }
}

fn change(path: &Arc<str>, value: &Value) -> Change {
    let (path, value) = (path.clone(), value.clone());
    Change { path, value, duration: SessionSpan::ZERO, easing: Easing::Linear }
}
