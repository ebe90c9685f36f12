//! Fields of components as properties: `Desk.Brightness` is the field `Brightness` of the thing that
//! is recorded as `Desk`.

use std::collections::HashMap;
use std::sync::Arc;

use bevy_app::App;
use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::*;
use bevy_reflect::{Reflect, TypePath};
use skyreel_core::live::Change;
use skyreel_core::property_set::PropertySet;
use skyreel_core::time::SessionSpan;
use skyreel_core::value::{Easing, Value};

use crate::reflect;
use crate::source::{Source, Sources};

/// The name by which a thing is found again in every run; its properties begin with it.
#[derive(Component, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Recorded(Arc<str>);

impl Recorded {
    /// A name, unlike all others of the scene.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// Values that go into fields.
pub trait Put {
    /// Writes the value into `field`, where it is of its kind. True where it was.
    fn put<T: FromValue>(&self, field: &mut T) -> bool;
}

/// What a value can be written into.
pub trait FromValue: Sized {
    /// The value as this; `None` where it is of another kind.
    fn from_value(value: &Value) -> Option<Self>;
}

impl Put for Value {
    fn put<T: FromValue>(&self, field: &mut T) -> bool {
        T::from_value(self).map(|value| *field = value).is_some()
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(on) => Some(*on),
            _ => None,
        }
    }
}

impl FromValue for f64 {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl FromValue for f32 {
    fn from_value(value: &Value) -> Option<Self> {
        f64::from_value(value).map(|number| number as Self)
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.to_string()),
            _ => None,
        }
    }
}

impl<const N: usize> FromValue for [f64; N] {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Numbers(numbers) => Self::try_from(&**numbers).ok(),
            _ => None,
        }
    }
}

/// Registering what is recorded.
pub trait RecordApp {
    /// From now on a field of every [`Recorded`] thing with this component is a property of that name.
    fn record_field<C: Component<Mutability = Mutable>>(
        &mut self,
        name: &str,
        get: fn(&C) -> Value,
        set: fn(&mut C, &Value) -> bool,
    ) -> &mut Self;

    /// From now on everything of this component that is a number, a text, on or off is a property:
    /// `Desk.Lamp.brightness`. Vectors are lists of numbers, cases of enums without fields are texts.
    fn record_component<C: Component<Mutability = Mutable> + Reflect + TypePath>(
        &mut self,
    ) -> &mut Self;
}

impl RecordApp for App {
    fn record_field<C: Component<Mutability = Mutable>>(
        &mut self,
        name: &str,
        get: fn(&C) -> Value,
        set: fn(&mut C, &Value) -> bool,
    ) -> &mut Self {
        let name: Arc<str> = format!(".{name}").into();
        let read =
            move |component: &C, add: &mut dyn FnMut(&str, Value)| add(&name, get(component));
        // There is but one, whose name was looked at.
        let write = move |component: &mut C, _: &str, value: &Value| set(component, value);
        join(self, Components::new(Box::new(read), Box::new(write)))
    }

    fn record_component<C: Component<Mutability = Mutable> + Reflect + TypePath>(
        &mut self,
    ) -> &mut Self {
        let root = format!(".{}", C::short_type_path().rsplit("::").next().unwrap_or_default());
        let start = root.len();
        let read = move |component: &C, add: &mut dyn FnMut(&str, Value)| {
            reflect::read(component.as_partial_reflect(), &mut root.clone(), add);
        };
        let write = move |component: &mut C, path: &str, value: &Value| {
            reflect::write(component.as_partial_reflect_mut(), &path[start..], value)
        };
        join(self, Components::new(Box::new(read), Box::new(write)))
    }
}

fn join(app: &mut App, source: impl Source) -> &mut App {
    app.init_resource::<Sources>();
    app.world_mut().resource_mut::<Sources>().join(source);
    app
}

type Read<C> = Box<dyn Fn(&C, &mut dyn FnMut(&str, Value)) + Send + Sync>;
type Write<C> = Box<dyn Fn(&mut C, &str, &Value) -> bool + Send + Sync>;

/// Every component of one kind, of things that have a name.
struct Components<C: Component<Mutability = Mutable>> {
    read: Read<C>,
    write: Write<C>,
    all: Option<QueryState<(Entity, &'static Recorded, Ref<'static, C>)>>,
    /// What each thing's properties were when last looked at, in the order in which they are read.
    last: HashMap<Entity, Vec<(Arc<str>, Value)>>,
}

impl<C: Component<Mutability = Mutable>> Components<C> {
    fn new(read: Read<C>, write: Write<C>) -> Self {
        Self { read, write, all: None, last: HashMap::new() }
    }

    fn read_all(&self, name: &Recorded, component: &C) -> Vec<(Arc<str>, Value)> {
        let mut found = Vec::new();
        (self.read)(component, &mut |end, value| {
            found.push((Arc::from(format!("{}{end}", name.name())), value));
        });
        found
    }
}

impl<C: Component<Mutability = Mutable>> Source for Components<C> {
    fn all(&mut self, world: &mut World, add: &mut dyn FnMut(Arc<str>, Value)) {
        let mut all = self.all.take().unwrap_or_else(|| world.query());
        self.last.clear();
        for (entity, name, component) in all.iter(world) {
            let found = self.read_all(name, &component);
            found.iter().for_each(|(path, value)| add(path.clone(), value.clone()));
            self.last.insert(entity, found);
        }
        self.all = Some(all);
    }

    fn changes(&mut self, world: &mut World, changes: &mut Vec<Change>) {
        let mut all = self.all.take().unwrap_or_else(|| world.query());
        for (entity, name, component) in all.iter(world) {
            if !component.is_changed() {
                continue;
            }
            let Some(last) = self.last.get_mut(&entity) else {
                // It came while the recording ran.
                let found = self.read_all(name, &component);
                changes.extend(found.iter().map(|(path, value)| change(path, value)));
                self.last.insert(entity, found);
                continue;
            };
            let mut nth = 0;
            (self.read)(&component, &mut |end, value| {
                // What is read comes in the same order; an enum that has become another case has other
                // fields, which are looked for.
                let is_it = |path: &Arc<str>| path.ends_with(end);
                let place = match last.get(nth) {
                    Some((path, _)) if is_it(path) => Some(nth),
                    _ => last.iter().position(|(path, _)| is_it(path)),
                };
                nth += 1;
                match place {
                    Some(place) if last[place].1 == value => {}
                    Some(place) => {
                        changes.push(change(&last[place].0, &value));
                        last[place].1 = value;
                    }
                    None => {
                        let path = Arc::from(format!("{}{end}", name.name()));
                        changes.push(change(&path, &value));
                        last.push((path, value));
                    }
                }
            });
        }
        self.all = Some(all);
    }

    fn take_over(&mut self, world: &mut World, properties: &PropertySet) {
        let mut all = world.query::<(&Recorded, &mut C)>();
        for (name, mut component) in all.iter_mut(world) {
            let mut differing = Vec::new();
            (self.read)(&component, &mut |end, value| {
                let path = format!("{}{end}", name.name());
                if let Some(wanted) = properties.get(&path).filter(|wanted| **wanted != value) {
                    differing.push((end.to_owned(), wanted.clone()));
                }
            });
            for (end, value) in differing {
                (self.write)(&mut component, &end, &value);
            }
        }
    }

    fn set(&mut self, world: &mut World, path: &str, value: &Value) -> Option<bool> {
        let mut all = world.query::<(&Recorded, &mut C)>();
        for (name, mut component) in all.iter_mut(world) {
            let Some(end) = path.strip_prefix(name.name()) else { continue };
            let mut is_mine = false;
            (self.read)(&component, &mut |found, _| is_mine |= found == end);
            if is_mine {
                return Some((self.write)(&mut component, end, value));
            }
        }
        None
    }
}

fn change(path: &Arc<str>, value: &Value) -> Change {
    let (path, value) = (path.clone(), value.clone());
    Change { path, value, duration: SessionSpan::ZERO, easing: Easing::Linear }
}
