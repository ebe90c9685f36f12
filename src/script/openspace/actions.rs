//! `openspace.action`: scripts with names, which other scripts and events start.

use std::collections::BTreeMap;

use mlua::{Lua, Table, Value as LuaValue};
use skyreel_core::happened::Event;

use super::Due;
use super::args::Args;
use super::library::Library;

/// Most actions, ties to events, and actions started in one frame.
const MOST: usize = 1000;

/// Longest arguments of an action, bytes of Lua.
const LONGEST_ARGUMENTS: usize = 8 << 10;

/// Deepest table among them.
const DEEPEST: usize = 8;

/// More than can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there are {MOST} already")]
pub(super) struct TooMany;

/// An action.
#[derive(Clone, Debug)]
struct Action {
    command: String,
    name: String,
    documentation: String,
}

/// The actions there are, and what starts them.
#[derive(Debug, Default)]
pub(super) struct Actions {
    by_id: BTreeMap<String, Action>,
    ties: Vec<(&'static str, String, BTreeMap<String, String>)>,
    /// Started since the last frame.
    started: Vec<Due>,
}

impl Actions {
    pub(super) fn add(&mut self, id: &str, command: String, name: &str) {
        let (name, documentation) = (name.to_owned(), String::new());
        self.by_id.insert(id.to_owned(), Action { command, name, documentation });
    }

    pub(super) fn tie(
        &mut self,
        event: &'static str,
        action: String,
        filter: BTreeMap<String, String>,
    ) -> Result<(), TooMany> {
        let tie = (event, action, filter);
        if self.ties.len() >= MOST {
            return Err(TooMany);
        }
        if !self.ties.contains(&tie) {
            self.ties.push(tie);
        }
        Ok(())
    }

    pub(super) fn untie(
        &mut self,
        event: &'static str,
        action: &str,
        filter: &BTreeMap<String, String>,
    ) {
        self.ties.retain(|(e, a, f)| !(*e == event && a == action && f == filter));
    }

    /// What was started since the last call, then what the events start.
    pub(super) fn due(&mut self, events: &[Event]) -> Vec<Due> {
        let mut due = std::mem::take(&mut self.started);
        for event in events {
            let fits = |filter: &BTreeMap<String, String>| {
                filter.iter().all(|(name, value)| event.told.get(name.as_str()) == Some(value))
            };
            let tied =
                self.ties.iter().filter(|(name, _, filter)| *name == event.name && fits(filter));
            for (_, id, _) in tied {
                let Some(action) = self.by_id.get(id) else { continue };
                let mut told = String::from("{");
                for (name, value) in &event.told {
                    told.push_str(&format!("{name} = "));
                    quoted(value.as_bytes(), &mut told);
                    told.push_str(", ");
                }
                told.push('}');
                due.push(action.due(id, &told));
            }
        }
        due
    }
}

impl Action {
    /// Its script, with its arguments on the first line, so that lines keep their numbers.
    fn due(&self, id: &str, args: &str) -> Due {
        let code = format!("local args = {args}; {}", self.command);
        Due { name: format!("action {id}"), code }
    }
}

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "registerAction{Identifier =, Command =, Name =, Documentation =}",
        "Give a script a name by which it can be started.",
        |_, live, args| {
            let table = args.table(0, "the action")?;
            let id = field(&args, &table, "Identifier")?;
            let id = id.ok_or_else(|| args.error("the action has no Identifier"))?;
            let command = field(&args, &table, "Command")?;
            let command = command.ok_or_else(|| args.error(format!("'{id}' has no Command")))?;
            let name = field(&args, &table, "Name")?.unwrap_or_else(|| id.clone());
            let documentation = field(&args, &table, "Documentation")?.unwrap_or_default();
            let by_id = &mut live.kept.borrow_mut().actions.by_id;
            if by_id.contains_key(&id) {
                return Err(args.error(format!("there is an action '{id}' already")));
            }
            if by_id.len() >= MOST {
                return Err(args.error(TooMany));
            }
            by_id.insert(id, Action { command, name, documentation });
            Ok(())
        },
    )?;
    library.add("removeAction(identifier)", "Forget an action.", |_, live, args| {
        let id = match args.at(0).as_table() {
            Some(table) => field(&args, table, "Identifier")?.unwrap_or_default(),
            None => args.text(0, "the action")?,
        };
        let removed = live.kept.borrow_mut().actions.by_id.remove(&id);
        removed.map(drop).ok_or_else(|| args.error(format!("there is no action '{id}'")))
    })?;
    library.add(
        "triggerAction(identifier [, args])",
        "Run an action in the next frame; it finds the arguments in args.",
        |_, live, args| {
            let id = args.text(0, "the action")?;
            let mut given = String::new();
            literal(&args, args.at(1), 0, &mut given)?;
            let actions = &mut live.kept.borrow_mut().actions;
            let Some(action) = actions.by_id.get(&id) else {
                return Err(args.error(format!("there is no action '{id}'")));
            };
            if actions.started.len() >= MOST {
                return Err(args.error(TooMany));
            }
            actions.started.push(action.due(&id, &given));
            Ok(())
        },
    )?;
    library.add("hasAction(identifier)", "Whether there is such an action.", |_, live, args| {
        let id = args.text(0, "the action")?;
        Ok(live.kept.borrow().actions.by_id.contains_key(&id))
    })?;
    library.add(
        "action(identifier)",
        "An action, as registerAction takes it.",
        |lua, live, args| {
            let id = args.text(0, "the action")?;
            let action = live.kept.borrow().actions.by_id.get(&id).cloned();
            let action = action.ok_or_else(|| args.error(format!("there is no action '{id}'")))?;
            table(lua, &id, &action)
        },
    )?;
    library.add("actions()", "All actions, as registerAction takes them.", |lua, live, _| {
        let all = live.kept.borrow().actions.by_id.clone();
        all.iter().map(|(id, action)| table(lua, id, action)).collect::<mlua::Result<Vec<Table>>>()
    })
}

fn table(lua: &Lua, id: &str, action: &Action) -> mlua::Result<Table> {
    let table = lua.create_table()?;
    table.set("Identifier", id)?;
    table.set("Command", action.command.as_str())?;
    table.set("Name", action.name.as_str())?;
    table.set("Documentation", action.documentation.as_str())?;
    Ok(table)
}

fn field(args: &Args, table: &Table, name: &str) -> mlua::Result<Option<String>> {
    /// Longest text of an action, bytes.
    const LONGEST: usize = 32 << 10;
    match table.raw_get::<LuaValue>(name)? {
        LuaValue::Nil => Ok(None),
        LuaValue::String(text) if text.as_bytes().len() <= LONGEST => {
            Ok(Some(text.to_string_lossy()))
        }
        LuaValue::String(_) => Err(args.error(format!("{name} is longer than {LONGEST} bytes"))),
        other => Err(args.error(format!("{name} is a text, not a {}", other.type_name()))),
    }
}

/// Writes a value as Lua reads it.
fn literal(args: &Args, value: &LuaValue, depth: usize, out: &mut String) -> mlua::Result<()> {
    if depth > DEEPEST || out.len() > LONGEST_ARGUMENTS {
        return Err(args.error("the arguments are too much: take fewer, or tables less deep"));
    }
    match value {
        LuaValue::Nil => out.push_str("nil"),
        LuaValue::Boolean(on) => out.push_str(&on.to_string()),
        LuaValue::Integer(number) => out.push_str(&number.to_string()),
        LuaValue::Number(number) if number.is_finite() => out.push_str(&format!("{number:e}")),
        LuaValue::String(text) => quoted(&text.as_bytes(), out),
        LuaValue::Table(table) => {
            out.push('{');
            for pair in table.pairs::<LuaValue, LuaValue>() {
                let (key, value) = pair?;
                out.push('[');
                literal(args, &key, depth + 1, out)?;
                out.push_str("] = ");
                literal(args, &value, depth + 1, out)?;
                out.push_str(", ");
            }
            out.push('}');
        }
        other => {
            return Err(args.error(format!("a {} cannot be an argument", other.type_name())));
        }
    }
    Ok(())
}

fn quoted(text: &[u8], out: &mut String) {
    out.push('"');
    for byte in text {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(*byte)]),
            b' '..=b'~' => out.push(char::from(*byte)),
            other => out.push_str(&format!("\\{other:03}")),
        }
    }
    out.push('"');
}
