//! What was returned, as people read it: tables with their keys in order, to a depth and a length.

use mlua::{Table, Value};

use super::json::quoted;

/// How deep tables are shown.
const DEEPEST: usize = 5;

/// Most entries of a table that are shown.
const MOST_ENTRIES: usize = 100;

/// Most entries that are put in order.
const MOST_SORTED: usize = 2_000;

/// Where a text that grows is long enough, bytes.
const LONG_ENOUGH: usize = 12 << 10;

/// Shorter tables stand on one line.
const SHORT: usize = 80;

/// Values beside each other; a text by itself has no quotes.
pub(super) fn values(values: &mlua::MultiValue) -> String {
    let shown = values.iter().map(|value| match value {
        Value::String(text) => text.to_string_lossy(),
        other => shown(other, &mut Vec::new(), &mut 0),
    });
    shown.collect::<Vec<_>>().join("\t")
}

fn shown(value: &Value, around: &mut Vec<*const std::ffi::c_void>, length: &mut usize) -> String {
    let text = match value {
        Value::Nil => "nil".to_owned(),
        Value::Boolean(on) => on.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => shown_number(*number),
        Value::String(text) => {
            let text = text.to_string_lossy();
            let short: String = text.chars().take(LONG_ENOUGH / 4).collect();
            quoted(&short) + if short.len() < text.len() { "…" } else { "" }
        }
        Value::Table(table) if around.contains(&table.to_pointer()) => "{…}".to_owned(),
        Value::Table(_) if around.len() == DEEPEST => "{…}".to_owned(),
        Value::Table(table) => return shown_table(table, around, length),
        other => other.type_name().to_owned(),
    };
    *length += text.len();
    text
}

fn shown_table(
    table: &Table,
    around: &mut Vec<*const std::ffi::c_void>,
    length: &mut usize,
) -> String {
    let in_order = table.raw_len();
    let mut entries: Vec<(Value, Value)> =
        table.pairs::<Value, Value>().filter_map(Result::ok).take(MOST_SORTED).collect();
    let has_more = entries.len() == MOST_SORTED;
    entries.sort_by(|(a, _), (b, _)| {
        order(a).partial_cmp(&order(b)).unwrap_or(std::cmp::Ordering::Equal)
    });
    around.push(table.to_pointer());
    let mut parts = Vec::new();
    let count = entries.len();
    for (i, (key, value)) in entries.iter().enumerate() {
        if i == MOST_ENTRIES || *length > LONG_ENOUGH {
            let more = if has_more { "many".to_owned() } else { (count - i).to_string() };
            parts.push(format!("… {more} more"));
            break;
        }
        let value = shown(value, around, length);
        parts.push(match key {
            Value::Integer(n) if *n >= 1 && *n as usize <= in_order => value,
            Value::Number(n) if n.fract() == 0.0 && *n >= 1.0 && *n <= in_order as f64 => value,
            Value::String(name) if is_name(&name.to_string_lossy()) => {
                format!("{} = {value}", name.to_string_lossy())
            }
            key => format!("[{}] = {value}", shown(key, around, length)),
        });
    }
    around.pop();
    *length += 2;
    let one_line: usize = parts.iter().map(|part| part.len() + 2).sum();
    if one_line <= SHORT && !parts.iter().any(|part| part.contains('\n')) {
        return format!("{{{}}}", parts.join(", "));
    }
    let lines: Vec<String> =
        parts.iter().map(|part| format!("  {}", part.replace('\n', "\n  "))).collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}

/// Numbers first, then texts, then the rest.
fn order(key: &Value) -> (u8, f64, String) {
    match key {
        Value::Integer(number) => (0, *number as f64, String::new()),
        Value::Number(number) => (0, *number, String::new()),
        Value::String(text) => (1, 0.0, text.to_string_lossy()),
        other => (2, 0.0, other.type_name().to_owned()),
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A number, short however large it is.
pub(super) fn shown_number(number: f64) -> String {
    match number {
        n if n.is_nan() => "nan".to_owned(),
        n if n.is_infinite() => if n > 0.0 { "inf" } else { "-inf" }.to_owned(),
        n if n != 0.0 && !(1e-5..1e15).contains(&n.abs()) => format!("{n:e}"),
        n => n.to_string(),
    }
}
