//! What the commands that change a journey make of it, or why they cannot.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::camera_track::Leave;
use crate::command::JourneyCommand;
use crate::outcome::Refusal;
use crate::pattern::PropertyPattern;
use crate::pose::{CameraPose, NodeName, to_wxyz, unit_rotation};
use crate::recording::{Effects, Recording};
use crate::time::{SessionSpan, SessionTime};
use crate::value::{Easing, Value};
use crate::wording::Wording;

use super::document::{Journey, MOST_CAMERA_KEYS, MOST_OTHER_KEYS};
use super::key::{Content, Key, Lane, Target};
use super::{KeyId, Pace, Present, even};

/// The numbers of keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids {
    /// The last that was given.
    pub last: u32,
}

impl Ids {
    fn next(&mut self) -> Result<KeyId, Refusal> {
        let used_up = || Refusal::Other("there are no numbers left for keys".to_owned());
        self.last = self.last.checked_add(1).ok_or_else(used_up)?;
        Ok(KeyId(self.last))
    }
}

/// Between two keys where nobody says.
const BETWEEN_KEYS: SessionSpan = SessionSpan::from_nanos(5_000_000_000);

/// A change to be made.
pub(super) struct Change<'a> {
    pub journey: &'a Journey,
    /// What the journey is as a recording.
    pub recording: &'a dyn Fn() -> Arc<Recording>,
    /// Where its time stands.
    pub at: SessionTime,
    pub ids: &'a mut Ids,
    pub now: &'a Present<'a>,
}

/// A change that was made.
pub(super) struct Made {
    /// In words.
    pub title: String,
    pub journey: Journey,
    pub answer: Json,
    /// Whether the present camera is in a key by now.
    pub keeps_camera: bool,
}

impl Made {
    fn new(title: impl Into<String>, journey: Journey) -> Self {
        Self { title: title.into(), journey, answer: Json::Null, keeps_camera: false }
    }
}

impl Change<'_> {
    pub fn make(mut self, command: &JourneyCommand) -> Result<Made, Refusal> {
        use JourneyCommand as C;
        match command {
            C::AddKey { at_s, name } => {
                let (pose, leave) = (self.camera()?, Leave::SMOOTH);
                let content = Content::Camera { pose, leave, words: None, sim_time_s: None };
                let name = name.as_deref().unwrap_or_default();
                let at_s = at_s.or_else(|| self.next_moment().map(SessionTime::as_secs));
                let made = self.added("Add a camera key", at_s, name, content)?;
                Ok(Made { keeps_camera: true, ..made })
            }
            C::AddProperty { path, value, at_s, over_s } => {
                let content = self.property(path, value.as_ref(), *over_s)?;
                self.added(&format!("Add a change of {path}"), *at_s, "", content)
            }
            C::AddScript { code, at_s } => {
                let content = Content::Script { code: self.code(code)?, sim_time_s: None };
                self.added("Add a script", *at_s, "", content)
            }
            C::Update { key } => self.updated(*key),
            C::Pose { key, anchor, position_m, rotation_wxyz, follow } => {
                let key = self.key_of(*key, Lane::Camera)?;
                let scale = key.pose().map_or(1.0, |pose| pose.scale);
                let pose = CameraPose {
                    anchor: NodeName::new(anchor),
                    follow_rotation: *follow,
                    position_m: *position_m,
                    rotation_wxyz: *rotation_wxyz,
                    scale,
                };
                self.posed("Put a camera key at a pose", &key, pose)
            }
            C::Value { key, value, over_s } => {
                let key = self.key_of(*key, Lane::Property)?;
                let over = over_s.map(|over_s| span("over_s", over_s)).transpose()?;
                self.valued("Change a value", &key, value.clone(), over)
            }
            C::Code { key, code } => {
                let mut key = Key::clone(&*self.key_of(*key, Lane::Script)?);
                let new = self.code(code)?;
                if let Content::Script { code, .. } = &mut key.content {
                    *code = new;
                }
                Ok(Made::new("Change a script", self.journey.with([key])))
            }
            C::Move { keys, by_s } => {
                let keys = self.keys(keys)?;
                let moved = shifted(&keys, *by_s)?;
                let journey = self.journey.with(moved);
                Ok(Made::new(title("Move", keys.len()), journey))
            }
            C::Duplicate { keys, by_s } => self.duplicated(keys, *by_s),
            C::Remove { keys } => {
                let ids: Vec<KeyId> = self.keys(keys)?.iter().map(|key| key.id).collect();
                Ok(Made::new(title("Remove", ids.len()), self.journey.without(&ids)))
            }
            C::Name { key, name } => {
                let key = self.key(*key)?;
                let named = Key { name: name.trim().into(), ..Key::clone(&key) };
                Ok(Made::new("Name a key", self.journey.with([named])))
            }
            C::Ease { keys, pace } => self.eased(keys, *pace),
            C::Roll { keys, by_deg } => self.rolled(keys, *by_deg),
            C::Even { keys } => self.evened(keys.as_deref()),
            C::Date { date, rate } => self.dated(date, *rate),
            other => Err(Refusal::Other(format!("{other:?} changes no journey"))),
        }
    }

    fn key(&self, id: KeyId) -> Result<Arc<Key>, Refusal> {
        let unknown = || Refusal::Unknown { what: "key", found: id.0.to_string(), nearest: None };
        self.journey.key(id).cloned().ok_or_else(unknown)
    }

    fn key_of(&self, id: KeyId, lane: Lane) -> Result<Arc<Key>, Refusal> {
        let key = self.key(id)?;
        if key.lane() == lane { Ok(key) } else { Err(wrong_kind(&key, lane.of_a_key())) }
    }

    /// Keys, each once, by time.
    fn keys(&self, ids: &[KeyId]) -> Result<Vec<Arc<Key>>, Refusal> {
        if ids.is_empty() {
            return Err(cannot_be("keys", "none", "at least one key's number"));
        }
        let mut keys = ids.iter().map(|id| self.key(*id)).collect::<Result<Vec<_>, _>>()?;
        keys.sort_by_key(|key| (key.at, key.id));
        keys.dedup_by_key(|key| key.id);
        Ok(keys)
    }

    fn camera(&self) -> Result<CameraPose, Refusal> {
        let none = || Refusal::Other("there is no camera to take a key from".to_owned());
        usable(self.now.camera.clone().ok_or_else(none)?)
    }

    fn property(
        &self,
        path: &str,
        value: Option<&Value>,
        over_s: Option<f64>,
    ) -> Result<Content, Refusal> {
        let pattern: PropertyPattern =
            path.parse().map_err(|error: crate::pattern::PatternError| {
                cannot_be("path", &format!("'{path}'"), error.expected)
            })?;
        let over = over_s.map_or(Ok(SessionSpan::ZERO), |over_s| span("over_s", over_s))?;
        let target = match pattern.single_path() {
            Some(path) => Target::Path(path.into()),
            None => Target::Pattern(pattern),
        };
        let value = match value {
            Some(value) => finite(value.clone())?,
            None => self.held(&target)?,
        };
        Ok(Content::Property { target, value, over, easing: Easing::Linear })
    }

    /// What a property holds now.
    fn held(&self, target: &Target) -> Result<Value, Refusal> {
        match target {
            Target::Path(path) => {
                let unknown = || Refusal::Unknown {
                    what: "property",
                    found: path.to_string(),
                    nearest: None,
                };
                (self.now.property)(path).ok_or_else(unknown).and_then(finite)
            }
            Target::Pattern(pattern) => Err(Refusal::Other(format!(
                "'{pattern}' names many properties, which hold no one value; expected a value"
            ))),
        }
    }

    fn code(&self, code: &str) -> Result<Arc<str>, Refusal> {
        if code.trim().is_empty() {
            return Err(cannot_be("code", "empty", "Lua"));
        }
        if self.journey.header().effects == Effects::Recorded {
            return Err(Refusal::Other(
                "what scripts did is recorded in this journey, so that no script in it runs; add the changes themselves"
                    .to_owned(),
            ));
        }
        Ok(code.into())
    }

    fn added(
        &mut self,
        title: &str,
        at_s: Option<f64>,
        name: &str,
        content: Content,
    ) -> Result<Made, Refusal> {
        let at = at_s.map_or(Ok(self.at), |at_s| moment("at_s", at_s))?;
        let key = Key { id: self.ids.next()?, at, name: name.trim().into(), content };
        let id = key.id;
        let journey = fitting(self.journey.with([key]))?;
        Ok(Made { answer: id.0.into(), ..Made::new(title, journey) })
    }

    /// Where the journey's time has a key of the camera already, the next one comes behind the last:
    /// whoever flies and adds, flies and adds, makes a way.
    fn next_moment(&self) -> Option<SessionTime> {
        let is_taken = self.journey.camera_keys().any(|key| key.at == self.at);
        let last = self.journey.camera_keys().map(|key| key.at).max()?;
        is_taken.then(|| last.saturating_add(BETWEEN_KEYS))
    }

    fn updated(&self, id: KeyId) -> Result<Made, Refusal> {
        let key = self.key(id)?;
        match &key.content {
            Content::Camera { .. } => {
                let made = self.posed("Update a camera key", &key, self.camera()?)?;
                Ok(Made { keeps_camera: true, ..made })
            }
            Content::Property { target, .. } => {
                self.valued("Update a value", &key, self.held(target)?, None)
            }
            Content::Script { .. } => Err(wrong_kind(&key, "a camera's key or a property's key")),
        }
    }

    fn posed(&self, title: &str, key: &Key, to: CameraPose) -> Result<Made, Refusal> {
        let to = usable(to)?;
        let mut key = key.clone();
        if let Content::Camera { pose, words, .. } = &mut key.content {
            (*pose, *words) = (to, None);
        }
        Ok(Made::new(title, self.journey.with([key])))
    }

    fn valued(
        &self,
        title: &str,
        key: &Key,
        to: Value,
        new_over: Option<SessionSpan>,
    ) -> Result<Made, Refusal> {
        let to = finite(to)?;
        let mut key = key.clone();
        if let Content::Property { value, over, .. } = &mut key.content {
            (*value, *over) = (to, new_over.unwrap_or(*over));
        }
        Ok(Made::new(title, self.journey.with([key])))
    }

    fn duplicated(&mut self, ids: &[KeyId], by_s: f64) -> Result<Made, Refusal> {
        let keys = self.keys(ids)?;
        let mut copies = shifted(&keys, by_s)?;
        for copy in &mut copies {
            copy.id = self.ids.next()?;
        }
        let numbers: Vec<u32> = copies.iter().map(|copy| copy.id.0).collect();
        let journey = fitting(self.journey.with(copies))?;
        Ok(Made { answer: numbers.into(), ..Made::new(title("Duplicate", keys.len()), journey) })
    }

    fn eased(&self, ids: &[KeyId], pace: Pace) -> Result<Made, Refusal> {
        let keys = self.keys(ids)?;
        let count = keys.len();
        let eased = keys.into_iter().map(|key| {
            let mut key = Key::clone(&key);
            match &mut key.content {
                Content::Camera { leave, .. } => *leave = pace.leave(*leave),
                Content::Property { easing, .. } => match pace.easing() {
                    Some(_) if Pace::of(*easing) == pace => {}
                    Some(new) => *easing = new,
                    None => {
                        let expected =
                            "linear, in, out or in_out: what a property holds it holds anyway";
                        return Err(cannot_be(
                            &format!("the pace of key {}", key.id.0),
                            "hold",
                            expected,
                        ));
                    }
                },
                Content::Script { .. } => {
                    return Err(wrong_kind(&key, "a camera's key or a property's key"));
                }
            }
            Ok(key)
        });
        let eased = eased.collect::<Result<Vec<_>, _>>()?;
        Ok(Made::new(title("Ease", count), self.journey.with(eased)))
    }

    fn rolled(&self, ids: &[KeyId], by_deg: f64) -> Result<Made, Refusal> {
        if !by_deg.is_finite() {
            return Err(cannot_be("by_deg", &by_deg.to_string(), "a finite number of degrees"));
        }
        let keys = self.keys(ids)?;
        let count = keys.len();
        // About the camera's own −z, so that it tilts to its right.
        let roll = glam::DQuat::from_rotation_z(-by_deg.to_radians());
        let rolled = keys.into_iter().map(|key| {
            let mut key = Key::clone(&key);
            let Content::Camera { pose, words, .. } = &mut key.content else {
                return Err(wrong_kind(&key, Lane::Camera.of_a_key()));
            };
            let rotation = (unit_rotation(pose.rotation_wxyz) * roll).normalize();
            pose.rotation_wxyz = to_wxyz(rotation);
            // Where it is it is still in the same words.
            *words = words.take().and_then(|words| {
                let words = Wording { aim: None, pose: pose.clone(), ..Wording::clone(&words) };
                (words.place.is_some() || words.date.is_some()).then(|| Arc::new(words))
            });
            Ok(key)
        });
        let rolled = rolled.collect::<Result<Vec<_>, _>>()?;
        Ok(Made::new(title("Roll", count), self.journey.with(rolled)))
    }

    fn evened(&self, ids: Option<&[KeyId]>) -> Result<Made, Refusal> {
        let camera: Vec<&Arc<Key>> = self.journey.camera_keys().collect();
        let (from, to) = match ids {
            None => (0, camera.len().saturating_sub(1)),
            Some(ids) => {
                let keys = self.keys(ids)?;
                if let Some(other) = keys.iter().find(|key| key.lane() != Lane::Camera) {
                    return Err(wrong_kind(other, Lane::Camera.of_a_key()));
                }
                let place = |id: KeyId| camera.iter().position(|key| key.id == id).unwrap_or(0);
                let places: Vec<usize> = keys.iter().map(|key| place(key.id)).collect();
                let (from, to) = (places[0], places[places.len() - 1]);
                if let Some(between) = (from..=to).find(|place| !places.contains(place)) {
                    let id = camera[between].id.0;
                    return Err(Refusal::Other(format!("key {id} lies between; name it too")));
                }
                (from, to)
            }
        };
        let found = if camera.is_empty() { 0 } else { to - from + 1 };
        if found < 3 {
            return Err(cannot_be("keys", &found.to_string(), "at least 3 keys of the camera"));
        }
        // Whoever wants an even speed does not want to slow down and start again at each eased key.
        let even: Vec<Key> = camera[from..to].iter().filter_map(|key| without_ease(key)).collect();
        let (journey, recording) = if even.is_empty() {
            (self.journey.clone(), (self.recording)())
        } else {
            let journey = self.journey.with(even);
            let recording = Arc::new(journey.to_recording());
            (journey, recording)
        };
        let stamps = even::stamps(&recording, journey.view_name(), from..=to, self.now.scene);
        let stamps = stamps.map_err(|reason| Refusal::Other(reason.to_string()))?;
        let keys: Vec<&Arc<Key>> = journey.camera_keys().collect();
        let moved = keys[from..=to].iter().zip(stamps).filter(|(key, at)| key.at != *at);
        let moved: Vec<Key> = moved.map(|(key, at)| key.moved_to(at)).collect();
        Ok(Made::new("Even the speed", journey.with(moved)))
    }

    fn dated(&self, date: &str, rate: Option<f64>) -> Result<Made, Refusal> {
        let date = match date.trim() {
            "now" => self.now.real_time,
            text => text.parse().map_err(|_| {
                cannot_be(
                    "date",
                    &format!("'{text}'"),
                    "ISO 8601 such as 2026-03-07T18:30:00 (UTC), or now",
                )
            })?,
        };
        let rate = rate.unwrap_or_else(|| self.journey.clock().rate());
        if !rate.is_finite() {
            return Err(cannot_be("rate", &rate.to_string(), "a finite number"));
        }
        Ok(Made::new("Set the date", self.journey.at_date(date, rate)))
    }
}

/// The key left at the speed at which the way goes on; `None` where it is already, or the camera stays.
fn without_ease(key: &Key) -> Option<Key> {
    let mut key = key.clone();
    match &mut key.content {
        Content::Camera { leave, .. }
            if !matches!(Pace::of_leave(*leave), Pace::Linear | Pace::Hold) =>
        {
            *leave = Pace::Linear.leave(*leave);
            Some(key)
        }
        _ => None,
    }
}

/// The keys at other moments, all by as much.
fn shifted(keys: &[Arc<Key>], by_s: f64) -> Result<Vec<Key>, Refusal> {
    let not_a_span = || cannot_be("by_s", &by_s.to_string(), "a finite number of seconds");
    let by = SessionTime::from_secs(by_s).ok_or_else(not_a_span)?;
    let shift = |key: &Arc<Key>| {
        let at = key.at.saturating_add(by);
        if !IN_RANGE.contains(&at) {
            let what = format!("the new time of key {}", key.id.0);
            return Err(cannot_be(&what, &format!("{at} s"), A_MOMENT));
        }
        Ok(key.moved_to(at))
    };
    keys.iter().map(shift).collect()
}

/// So long a journey can be: a thousand hours, in which every nanosecond can be named.
const IN_RANGE: std::ops::RangeInclusive<SessionTime> =
    SessionTime::ZERO..=SessionTime::from_nanos(3_600_000_000_000_000);
const A_MOMENT: &str = "a time from 0 s to 3,600,000 s";

/// A moment of a journey.
pub(super) fn moment(what: &str, seconds: f64) -> Result<SessionTime, Refusal> {
    let at = SessionTime::from_secs(seconds).filter(|at| IN_RANGE.contains(at));
    at.ok_or_else(|| cannot_be(what, &format!("{seconds}"), A_MOMENT))
}

fn span(what: &str, seconds: f64) -> Result<SessionSpan, Refusal> {
    let span = SessionTime::from_secs(seconds).filter(|span| IN_RANGE.contains(span));
    span.ok_or_else(|| cannot_be(what, &format!("{seconds}"), "a span from 0 s to 3,600,000 s"))
}

fn finite(value: Value) -> Result<Value, Refusal> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(cannot_be("value", &value.to_string(), "made of finite numbers"))
}

fn usable(pose: CameraPose) -> Result<CameraPose, Refusal> {
    if let Some((what, found)) = pose.unusable() {
        return Err(cannot_be(what, &found.to_string(), "a finite number, of metres up to 1e60"));
    }
    if pose.rotation_wxyz == [0.0; 4] {
        return Err(cannot_be("rotation_wxyz", "0, 0, 0, 0", "a rotation"));
    }
    if pose.anchor.as_str().trim().is_empty() {
        return Err(cannot_be("anchor", "empty", "the name of a node"));
    }
    Ok(pose)
}

fn fitting(journey: Journey) -> Result<Journey, Refusal> {
    let camera = journey.camera_keys().count();
    let others = journey.keys().len() - camera;
    if camera > MOST_CAMERA_KEYS || others > MOST_OTHER_KEYS {
        return Err(Refusal::Other(format!(
            "the journey would have {camera} camera keys and {others} others; expected at most {MOST_CAMERA_KEYS} and {MOST_OTHER_KEYS}"
        )));
    }
    Ok(journey)
}

fn wrong_kind(key: &Key, expected: &str) -> Refusal {
    let (id, is) = (key.id.0, key.lane().of_a_key());
    Refusal::Other(format!("key {id} is {is}, expected {expected}"))
}

fn cannot_be(what: &str, found: &str, expected: &str) -> Refusal {
    let (what, found, expected) = (what.to_owned(), found.to_owned(), expected.to_owned());
    Refusal::Value { what, found, expected }
}

fn title(verb: &str, count: usize) -> String {
    if count == 1 { format!("{verb} a key") } else { format!("{verb} {count} keys") }
}
