//! A scene whose properties are data, not components; and what can be asked of any scene's properties.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use skyreel_core::catalogue::PropertySpec;
use skyreel_core::command::{Command, Group, SceneCommand};
use skyreel_core::live::{CannotSet, Change, LiveProperties};
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::pattern::PropertyPattern;
use skyreel_core::property_set::PropertySet;
use skyreel_core::time::SessionSpan;
use skyreel_core::value::{Easing, Value};

use crate::clock::span;
use crate::source::{Source, Sources};
use crate::{CommandGroups, RunningSession, Step};

/// The properties of a scene that is data: of named nodes, by OpenSpace's paths.
#[derive(Resource, Debug, Default)]
pub struct LiveScene {
    live: LiveProperties,
    /// Each node and the one it moves with.
    nodes: Vec<(String, Option<String>)>,
    /// The node that is alone, and what was hidden for it.
    solo: Option<(String, Vec<Arc<str>>)>,
}

impl LiveScene {
    /// A scene's properties, and its nodes with the node that each moves with.
    pub fn new(specs: &[PropertySpec], nodes: Vec<(String, Option<String>)>) -> Self {
        Self { live: LiveProperties::new(specs), nodes, solo: None }
    }

    /// Puts it into an app, so that it is recorded and played.
    pub fn join(self, world: &mut World) {
        world.insert_resource(self);
        world.resource_mut::<Sources>().join(FromScene);
    }

    /// What all properties hold.
    pub fn values(&self) -> &PropertySet {
        self.live.values()
    }

    /// The properties themselves.
    pub fn live(&mut self) -> &mut LiveProperties {
        &mut self.live
    }

    /// Changes what is otherwise than `properties` say, at once, as whoever sits before it would. What
    /// cannot be that is left, and told.
    pub fn bring_to(&mut self, properties: &PropertySet) -> Vec<CannotSet> {
        let mut left = Vec::new();
        for (path, value) in properties.iter() {
            if self.live.values().get(path).is_some_and(|present| present != value) {
                let (duration, easing) = (SessionSpan::ZERO, Easing::Linear);
                let change = Change { path: path.clone(), value: value.clone(), duration, easing };
                left.extend(self.live.set(change).err());
            }
        }
        left
    }

    /// The node that is shown alone.
    pub fn solo(&self) -> Option<&str> {
        self.solo.as_ref().map(|(node, _)| node.as_str())
    }

    fn of(&self, node: &str, property: &str) -> Result<Arc<str>, Refusal> {
        let path = format!("Scene.{node}.Renderable.{property}");
        if self.live.spec(&path).is_some() {
            return Ok(path.into());
        }
        if self.nodes.iter().any(|(name, _)| name == node) {
            return Err(Refusal::Other(format!("'{node}' has nothing that is shown or hidden")));
        }
        let names = self.nodes.iter().map(|(name, _)| name.as_str());
        let nearest = skyreel_core::nearest::nearest(names, node);
        Err(Refusal::Unknown { what: "node", found: node.to_owned(), nearest })
    }

    fn is_shown(&self, node: &str) -> bool {
        let goal =
            |property| self.of(node, property).ok().and_then(|path| self.live.goal(&path).cloned());
        let is_faded = matches!(goal("Fade"), Some(Value::Number(fade)) if fade <= 0.0);
        goal("Enabled") == Some(Value::Bool(true)) && !is_faded
    }

    fn show(&mut self, node: &str, over: SessionSpan) -> Result<(), Refusal> {
        let (enabled, fade) = (self.of(node, "Enabled")?, self.of(node, "Fade")?);
        if !self.is_shown(node) && over > SessionSpan::ZERO {
            self.set(&fade, Value::Number(0.0), SessionSpan::ZERO)?;
        }
        self.set(&enabled, Value::Bool(true), SessionSpan::ZERO)?;
        self.set(&fade, Value::Number(1.0), over)
    }

    fn hide(&mut self, node: &str, over: SessionSpan) -> Result<(), Refusal> {
        if over > SessionSpan::ZERO {
            let fade = self.of(node, "Fade")?;
            return self.set(&fade, Value::Number(0.0), over);
        }
        let enabled = self.of(node, "Enabled")?;
        self.set(&enabled, Value::Bool(false), over)
    }

    fn set(&mut self, path: &Arc<str>, value: Value, duration: SessionSpan) -> Result<(), Refusal> {
        let (path, easing) = (Arc::clone(path), Easing::Linear);
        self.live.set(Change { path, value, duration, easing }).map_err(refusal)
    }

    fn go_solo(&mut self, node: &str) -> Result<(), Refusal> {
        self.of(node, "Enabled").or_else(|error| match error {
            // A node that is only a place may have parts that are seen.
            Refusal::Other(_) => Ok("".into()),
            error => Err(error),
        })?;
        self.end_solo()?;
        let mut hidden = Vec::new();
        for (name, _) in self.nodes.clone() {
            if self.is_part_of(&name, node) {
                continue;
            }
            let Ok(path) = self.of(&name, "Enabled") else { continue };
            if self.live.goal(&path) == Some(&Value::Bool(true)) {
                self.set(&path, Value::Bool(false), SessionSpan::ZERO)?;
                hidden.push(path);
            }
        }
        self.solo = Some((node.to_owned(), hidden));
        Ok(())
    }

    fn end_solo(&mut self) -> Result<(), Refusal> {
        for path in self.solo.take().map_or(Vec::new(), |(_, hidden)| hidden) {
            self.set(&path, Value::Bool(true), SessionSpan::ZERO)?;
        }
        Ok(())
    }

    fn is_part_of(&self, node: &str, of: &str) -> bool {
        let mut at = Some(node);
        // No longer than there are nodes, whatever their parents say.
        for _ in 0..=self.nodes.len() {
            match at {
                Some(name) if name == of => return true,
                Some(name) => {
                    let entry = self.nodes.iter().find(|(other, _)| other == name);
                    at = entry.and_then(|(_, parent)| parent.as_deref());
                }
                None => return false,
            }
        }
        false
    }

    fn reset(&mut self, pattern: Option<&PropertyPattern>) -> Result<usize, Refusal> {
        let is_meant = |spec: &PropertySpec| {
            pattern.is_none_or(|pattern| pattern.matches(&spec.path, &spec.tags))
        };
        let paths: Vec<Arc<str>> = self.live.values().keys().cloned().collect();
        let mut count = 0;
        for path in paths {
            let Some(spec) = self.live.spec(&path).filter(|spec| is_meant(spec)) else { continue };
            let default = spec.default.clone();
            if self.live.goal(&path) != Some(&default) {
                self.set(&path, default, SessionSpan::ZERO)?;
                count += 1;
            }
        }
        if pattern.is_none() {
            self.solo = None;
        }
        Ok(count)
    }
}

/// Lets changes under way go on; without a change nothing is touched. Before commands are obeyed: a
/// change begins in the frame that shows its beginning, and that is when it is recorded.
pub(crate) fn go_on(step: Res<Step>, scene: Option<ResMut<LiveScene>>) {
    let Some(mut scene) = scene else { return };
    if scene.live.is_moving() {
        scene.live.advance(step.0);
    } else {
        scene.bypass_change_detection().live.advance(step.0);
    }
}

fn refusal(error: CannotSet) -> Refusal {
    match error {
        CannotSet::Unknown { found, nearest } => {
            Refusal::Unknown { what: "property", found, nearest }
        }
        error => Refusal::Other(error.to_string()),
    }
}

/// The properties of a [`LiveScene`], as recordings see them.
struct FromScene;

impl Source for FromScene {
    fn all(&mut self, world: &mut World, add: &mut dyn FnMut(Arc<str>, Value)) {
        let scene = world.resource::<LiveScene>();
        scene.values().iter().for_each(|(path, value)| add(Arc::clone(path), value.clone()));
    }

    fn listen(&mut self, world: &mut World) {
        world.resource_mut::<LiveScene>().bypass_change_detection().live.listen();
    }

    fn changes(&mut self, world: &mut World, by_steps: bool, changes: &mut Vec<Change>) {
        let mut scene = world.resource_mut::<LiveScene>();
        let live = &mut scene.bypass_change_detection().live;
        changes.extend(if by_steps { live.take_steps() } else { live.take_changes() });
    }

    fn take_over(&mut self, world: &mut World, properties: &PropertySet) {
        let mut scene = world.resource_mut::<LiveScene>();
        let own = scene.bypass_change_detection();
        let was_solo = own.solo.take().is_some();
        if own.live.take_over(properties) || was_solo {
            scene.set_changed();
        }
    }

    fn set(&mut self, world: &mut World, path: &str, value: &Value) -> Option<bool> {
        let mut scene = world.resource_mut::<LiveScene>();
        let path: Arc<str> = scene.live.spec(path).map(|spec| spec.path.as_str().into())?;
        Some(scene.set(&path, value.clone(), SessionSpan::ZERO).is_ok())
    }
}

pub(crate) fn join(groups: &mut CommandGroups) {
    groups.join(Group::Scene, |world, command| match command {
        Command::Scene(command) => obey(world, command),
        _ => Outcome::DONE,
    });
}

fn obey(world: &mut World, command: SceneCommand) -> Outcome {
    if let SceneCommand::Get { path } = &command {
        return get(world, path).into();
    }
    match drive(world, command) {
        Ok(count) => Outcome::Done(count.map_or(serde_json::Value::Null, Into::into)),
        Err(refusal) => refusal.into(),
    }
}

fn get(world: &mut World, path: &str) -> Result<Value, Refusal> {
    if let Some(value) = world.get_resource::<LiveScene>().and_then(|s| s.values().get(path)) {
        return Ok(value.clone());
    }
    let all = Sources::all(world);
    let nearest = || skyreel_core::nearest::nearest(all.keys().map(|p| &**p), path);
    all.get(path).cloned().ok_or_else(|| Refusal::Unknown {
        what: "property",
        found: path.to_owned(),
        nearest: nearest(),
    })
}

fn drive(world: &mut World, command: SceneCommand) -> Result<Option<usize>, Refusal> {
    world.resource_mut::<RunningSession>().get().drive()?;
    if let SceneCommand::Set { path, value, .. } = &command
        && !world.get_resource::<LiveScene>().is_some_and(|scene| is_in(scene, path))
    {
        return set_component(world, path, value);
    }
    let Some(mut scene) = world.get_resource_mut::<LiveScene>() else {
        return Err(Refusal::Other("this scene has no nodes to show or hide".to_owned()));
    };
    match command {
        SceneCommand::Get { .. } => {}
        SceneCommand::Set { path, value, over_s, easing } => {
            let (over, easing) = (span(over_s, 0.0)?, easing.unwrap_or_default());
            let pattern = pattern_of(&path)?;
            return match pattern.single_path() {
                Some(path) => {
                    let change = Change { path: path.into(), value, duration: over, easing };
                    scene.live.set(change).map(|()| None).map_err(refusal)
                }
                None => {
                    let count = scene.live.set_all(&pattern, &value, over, easing);
                    count.map(Some).map_err(refusal)
                }
            };
        }
        SceneCommand::Show { node, over_s } => scene.show(&node, span(over_s, 0.0)?)?,
        SceneCommand::Hide { node, over_s } => scene.hide(&node, span(over_s, 0.0)?)?,
        SceneCommand::Toggle { node } => match scene.is_shown(&node) {
            true => scene.hide(&node, SessionSpan::ZERO)?,
            false => scene.show(&node, SessionSpan::ZERO)?,
        },
        SceneCommand::Solo { node } => scene.go_solo(&node)?,
        SceneCommand::Unsolo {} => scene.end_solo()?,
        SceneCommand::Reset { path } => {
            let pattern = path.map(|path| pattern_of(&path)).transpose()?;
            return scene.reset(pattern.as_ref()).map(Some);
        }
    }
    Ok(None)
}

fn pattern_of(path: &str) -> Result<PropertyPattern, Refusal> {
    path.parse().map_err(|e: skyreel_core::pattern::PatternError| Refusal::Other(e.to_string()))
}

/// Whether a path is one of the scene's, or a pattern, or like neither the scene's nor a component's.
fn is_in(scene: &LiveScene, path: &str) -> bool {
    scene.live.spec(path).is_some() || path.contains(['*', '{']) || path.starts_with("Scene.")
}

fn set_component(world: &mut World, path: &str, value: &Value) -> Result<Option<usize>, Refusal> {
    match Sources::set(world, path, value) {
        Some(true) => Ok(None),
        Some(false) => Err(Refusal::Value {
            what: path.to_owned(),
            found: value.to_string(),
            expected: "a value of the kind that it holds".to_owned(),
        }),
        None => get(world, path).map(|_| None),
    }
}
