//! Reflected components as properties: every leaf that is a number, a text, on or off.

use bevy_reflect::enums::{DynamicEnum, DynamicVariant};
use bevy_reflect::{PartialReflect, ReflectMut, ReflectRef};
use skyreel_core::value::Value;

/// Hands on every leaf below `at`, whose path `path` is.
pub(crate) fn read(at: &dyn PartialReflect, path: &mut String, add: &mut dyn FnMut(&str, Value)) {
    if let Some(value) = leaf(at) {
        add(path, value);
        if !matches!(at.reflect_ref(), ReflectRef::Enum(_)) {
            return;
        }
    }
    let start = path.len();
    let mut below = |name: &str, field: &dyn PartialReflect, path: &mut String| {
        path.push('.');
        path.push_str(name);
        read(field, path, add);
        path.truncate(start);
    };
    match at.reflect_ref() {
        ReflectRef::Struct(all) => {
            for index in 0..all.field_len() {
                if let (Some(name), Some(field)) = (all.name_at(index), all.field_at(index)) {
                    below(name, field, path);
                }
            }
        }
        ReflectRef::TupleStruct(all) => {
            for index in 0..all.field_len() {
                if let Some(field) = all.field(index) {
                    below(&index.to_string(), field, path);
                }
            }
        }
        ReflectRef::Enum(all) => {
            for index in 0..all.field_len() {
                let Some(field) = all.field_at(index) else { continue };
                match all.name_at(index) {
                    Some(name) => below(name, field, path),
                    None => below(&index.to_string(), field, path),
                }
            }
        }
        _ => {}
    }
}

/// Writes a value into the leaf at `path` (`.field.inner`). True where there is one that can hold it.
pub(crate) fn write(at: &mut dyn PartialReflect, path: &str, value: &Value) -> bool {
    let Some(rest) = path.strip_prefix('.') else { return put(at, value) };
    let (name, rest) = match rest.find('.') {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    match at.reflect_mut() {
        ReflectMut::Struct(all) => all.field_mut(name).is_some_and(|f| write(f, rest, value)),
        ReflectMut::TupleStruct(all) => {
            let field = name.parse().ok().and_then(|index| all.field_mut(index));
            field.is_some_and(|field| write(field, rest, value))
        }
        ReflectMut::Enum(all) => {
            let field = match name.parse() {
                Ok(index) => all.field_at_mut(index),
                Err(_) => all.field_mut(name),
            };
            field.is_some_and(|field| write(field, rest, value))
        }
        _ => false,
    }
}

/// The value of what has no parts of its own: numbers, texts, switches; vectors, which are taken
/// together, as lists of fixed length are; the case of an enum, by name.
fn leaf(at: &dyn PartialReflect) -> Option<Value> {
    if let Some(on) = at.try_downcast_ref::<bool>() {
        return Some(Value::Bool(*on));
    }
    if let Some(text) = at.try_downcast_ref::<String>() {
        return Some(Value::Text(text.as_str().into()));
    }
    if let Some(number) = number(at) {
        return Some(Value::Number(number));
    }
    match at.reflect_ref() {
        ReflectRef::Struct(all) if is_vector(all.field_len()) => {
            let numbers: Option<Vec<f64>> =
                (0..all.field_len()).map(|n| all.field_at(n).and_then(float)).collect();
            numbers.map(|numbers| Value::Numbers(numbers.into()))
        }
        ReflectRef::Array(all) if !all.is_empty() => {
            let numbers: Option<Vec<f64>> = all.iter().map(float).collect();
            numbers.map(|numbers| Value::Numbers(numbers.into()))
        }
        ReflectRef::Enum(all) => Some(Value::Text(all.variant_name().into())),
        _ => None,
    }
}

fn is_vector(fields: usize) -> bool {
    (2..=4).contains(&fields)
}

fn put(at: &mut dyn PartialReflect, value: &Value) -> bool {
    match value {
        Value::Bool(on) => at.try_apply(on).is_ok(),
        Value::Text(text) => match at.reflect_ref() {
            // A case with fields cannot be made of its name alone.
            ReflectRef::Enum(_) => {
                let case = DynamicEnum::new(text.to_string(), DynamicVariant::Unit);
                at.try_apply(&case).is_ok()
            }
            _ => at.try_apply(&text.to_string()).is_ok(),
        },
        Value::Number(number) => put_number(at, *number),
        Value::Numbers(numbers) => match at.reflect_mut() {
            ReflectMut::Struct(all) if all.field_len() == numbers.len() => {
                let mut fields = numbers.iter().enumerate();
                fields
                    .all(|(n, number)| all.field_at_mut(n).is_some_and(|f| put_number(f, *number)))
            }
            ReflectMut::Array(all) if all.len() == numbers.len() => {
                let mut items = numbers.iter().enumerate();
                items
                    .all(|(n, number)| all.get_mut(n).is_some_and(|item| put_number(item, *number)))
            }
            _ => false,
        },
    }
}

fn float(at: &dyn PartialReflect) -> Option<f64> {
    let wide = at.try_downcast_ref::<f64>().copied();
    wide.or_else(|| at.try_downcast_ref::<f32>().map(|n| f64::from(*n)))
}

/// One list for reading and writing, so that what is recorded can be played.
macro_rules! whole_numbers {
    ($each:ident) => {
        $each!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize)
    };
}

fn number(at: &dyn PartialReflect) -> Option<f64> {
    macro_rules! whole {
        ($($kind:ty)*) => {
            $(if let Some(n) = at.try_downcast_ref::<$kind>() { return Some(*n as f64); })*
        };
    }
    whole_numbers!(whole);
    float(at)
}

fn put_number(at: &mut dyn PartialReflect, number: f64) -> bool {
    macro_rules! whole {
        ($($kind:ty)*) => {
            $(if at.try_downcast_ref::<$kind>().is_some() {
                // Held at the ends of what the field can hold.
                return at.try_apply(&(number.round() as $kind)).is_ok();
            })*
        };
    }
    whole_numbers!(whole);
    at.try_apply(&number).is_ok() || at.try_apply(&(number as f32)).is_ok()
}
