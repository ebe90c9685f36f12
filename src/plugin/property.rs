//! Fields of components as properties: `Desk.Brightness` is the field `Brightness` of the thing that
//! is recorded as `Desk`.

use std::sync::Arc;

use bevy_app::App;
use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::*;
use bevy_reflect::{Reflect, TypePath};
use skyreel_core::value::Value;

use crate::components::Components;
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
        let read = move |component: &C, _: &mut String, add: &mut dyn FnMut(&str, Value)| {
            add(&name, get(component));
        };
        // There is but one, whose name was looked at.
        let write = move |component: &mut C, _: &str, value: &Value| set(component, value);
        join(self, Components::new(Box::new(read), Box::new(write)))
    }

    fn record_component<C: Component<Mutability = Mutable> + Reflect + TypePath>(
        &mut self,
    ) -> &mut Self {
        let root = format!(".{}", C::short_type_path().rsplit("::").next().unwrap_or_default());
        let start = root.len();
        let read = move |component: &C, path: &mut String, add: &mut dyn FnMut(&str, Value)| {
            path.clear();
            path.push_str(&root);
            reflect::read(component.as_partial_reflect(), path, add);
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
