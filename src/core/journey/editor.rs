//! The journey that is being made: obeys commands, one step of undo each, and knows its file's name
//! and where its time stands. Files, the scene and the player are the program's.

use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;

use crate::clock_track::ClockSample;
use crate::command::JourneyCommand;
use crate::outcome::Refusal;
use crate::pose::CameraPose;
use crate::recording::Recording;
use crate::snapshot::JourneyView;
use crate::time::{SessionTime, SimTime};
use crate::value::Value;
use crate::wording::Surroundings;

use super::change::{Change, Ids, moment};
use super::flown::{self, Flown, Left};
use super::history::{Document, History, Revision, Step};
use super::outline::Insight;
use super::travel::Way;
use super::{Journey, KeyId, NotAJourney, answer};

/// What is there when a command comes.
pub struct Present<'a> {
    /// Where the present view is; `None` where there is none.
    pub camera: Option<CameraPose>,
    /// The scene's clock.
    pub clock: ClockSample,
    /// The moment in the real world, which the date `now` means.
    pub real_time: SimTime,
    /// What a property holds.
    pub property: &'a dyn Fn(&str) -> Option<Value>,
    /// The radii of globes, and where nodes are.
    pub scene: &'a dyn Surroundings,
}

/// A journey that is being made, and the way back.
#[derive(Clone, Debug)]
pub struct Editor {
    journey: Journey,
    document: Document,
    revision: Revision,
    last_revision: u64,
    ids: Ids,
    history: History,
    at: SessionTime,
    flown: Flown,
    recording: OnceLock<Arc<Recording>>,
    insight: OnceLock<Arc<Insight>>,
    view: OnceLock<Arc<JourneyView>>,
}

impl Default for Editor {
    /// An empty journey that begins at J2000.
    fn default() -> Self {
        Self::new(Journey::new(SimTime::J2000, 1.0))
    }
}

impl Editor {
    /// With a journey that need not be saved.
    pub fn new(journey: Journey) -> Self {
        let last = journey.keys().iter().map(|key| key.id.0).max().unwrap_or(0);
        Self {
            journey,
            document: Document { name: String::new(), saved: Some(Revision(0)) },
            revision: Revision(0),
            last_revision: 0,
            ids: Ids { last },
            history: History::default(),
            at: SessionTime::ZERO,
            flown: Flown::default(),
            recording: OnceLock::new(),
            insight: OnceLock::new(),
            view: OnceLock::new(),
        }
    }

    /// The journey as it is.
    pub fn journey(&self) -> &Journey {
        &self.journey
    }

    /// The journey as a recording; the same until something changes.
    pub fn recording(&self) -> Arc<Recording> {
        Arc::clone(self.recording.get_or_init(|| Arc::new(self.journey.to_recording())))
    }

    /// Its file's name without ending; empty where it has none yet.
    pub fn name(&self) -> &str {
        &self.document.name
    }

    /// Whether there is something that is not saved.
    pub fn is_changed(&self) -> bool {
        self.document.saved != Some(self.revision)
    }

    /// Where its time stands.
    pub fn at(&self) -> SessionTime {
        self.at
    }

    /// Puts its time somewhere, at the start at the earliest.
    pub fn seek(&mut self, at: SessionTime) {
        self.at = at.max(SessionTime::ZERO);
        self.view = OnceLock::new();
    }

    /// The camera is where the journey has put it.
    pub fn put(&mut self, camera: CameraPose) {
        let was_away = self.flown.is_away();
        self.flown.keep(Some(camera));
        if was_away {
            self.view = OnceLock::new();
        }
    }

    /// The camera is here now: whether it was flown since it was put or kept in a key is shown.
    pub fn look(&mut self, camera: &CameraPose) {
        if self.flown.look(camera) {
            self.view = OnceLock::new();
        }
    }

    /// The camera is about to be put elsewhere: where it was flown to can be had again by
    /// [`go_back`](Self::go_back). `Seek` does this by itself. Whether there was anything to remember.
    pub fn leave(&mut self, now: &Present<'_>) -> bool {
        let is_away = self.left(now).is_some_and(|left| self.flown.leave(left));
        if is_away {
            self.view = OnceLock::new();
        }
        is_away
    }

    /// Where the camera was before the journey's time was moved, which stands there again. `None` where
    /// nothing was left behind.
    pub fn go_back(&mut self, now: &Present<'_>) -> Option<Left> {
        let left = self.left(now);
        let back = self.flown.go_back(left)?;
        self.seek(back.at);
        Some(back)
    }

    /// What would be lost if the camera were put elsewhere; `None` where that is in a key.
    fn left(&self, now: &Present<'_>) -> Option<Left> {
        let camera = now.camera.clone()?;
        let mut poses = self.journey.camera_keys().filter_map(|key| key.pose());
        let is_in_a_key = poses.any(|pose| flown::is_same(pose, &camera));
        (!is_in_a_key).then_some(Left { camera, clock: now.clock, at: self.at })
    }

    /// Where nobody has done anything yet, the journey begins at this moment of the scene's clock; else
    /// nothing changes. It is no step of its own, and its time stands where it stood.
    pub fn begin_at(&mut self, clock: ClockSample) {
        let has_steps =
            self.history.last_made().is_some() || self.history.last_taken_back().is_some();
        if !has_steps && self.journey.keys().is_empty() && self.document.name.is_empty() {
            self.show(Journey::new(whole(clock.sim_time), clock.rate), self.revision);
        }
    }

    /// Begins with a recording, as it was read from its file (rules not expanded, scripts not run).
    /// Can be taken back.
    ///
    /// # Errors
    /// Where it cannot be a journey, why; nothing has changed.
    pub fn opened(&mut self, recording: &Recording, name: &str) -> Result<(), NotAJourney> {
        let first = self.ids.last.checked_add(1).ok_or(NotAJourney::NoNumbers)?;
        let journey = Journey::from_recording(recording, KeyId(first))?;
        self.ids.last = journey.keys().iter().map(|key| key.id.0).max().unwrap_or(self.ids.last);
        self.begin(format!("Open {name}"), journey, name);
        Ok(())
    }

    /// It has been written to a file of that name.
    pub fn saved(&mut self, name: &str) {
        self.document = Document { name: name.to_owned(), saved: Some(self.revision) };
        self.view = OnceLock::new();
    }

    /// Obeys a command that takes neither files nor a scene, and gives its answer. `Seek` moves the
    /// journey's time alone.
    ///
    /// # Errors
    /// Why it cannot be; nothing has changed.
    pub fn obey(&mut self, command: &JourneyCommand, now: &Present<'_>) -> Result<Json, Refusal> {
        let elsewhere = |call: &str, group: &str| {
            Err(Refusal::NoGroup { call: format!("journey.{call}"), group: group.to_owned() })
        };
        match command {
            JourneyCommand::Open { .. } => elsewhere("open", "folder of recordings"),
            JourneyCommand::Save { .. } => elsewhere("save", "folder of recordings"),
            JourneyCommand::Export { .. } => elsewhere("export", "folder of recordings"),
            JourneyCommand::Play { .. } => elsewhere("play", "player"),
            JourneyCommand::Back {} => elsewhere("back", "scene"),
            JourneyCommand::Seek { at_s } => {
                let at = moment("at_s", *at_s)?;
                self.leave(now);
                self.seek(at);
                Ok(Json::Null)
            }
            JourneyCommand::Undo {} => self.undo(),
            JourneyCommand::Redo {} => self.redo(),
            JourneyCommand::New {} => {
                let journey = Journey::new(whole(now.clock.sim_time), now.clock.rate);
                self.begin("Begin a new journey".to_owned(), journey, "");
                Ok(Json::Null)
            }
            JourneyCommand::Keys {} => Ok(answer::keys(&self.journey, &self.recording())),
            JourneyCommand::Length {} => Ok(self.recording().duration().as_secs().into()),
            JourneyCommand::At { at_s } => {
                let recording = self.recording();
                let view = self.journey.view_name();
                answer::pose_at(&recording, view, moment("at_s", *at_s)?, now.scene)
            }
            change => {
                let mut ids = self.ids;
                let made = Change {
                    journey: &self.journey,
                    recording: &|| self.recording(),
                    at: self.at,
                    ids: &mut ids,
                    now,
                }
                .make(change)?;
                self.ids = ids;
                self.change_to(made.title, made.journey);
                if made.keeps_camera {
                    self.flown.keep(now.camera.clone());
                }
                Ok(made.answer)
            }
        }
    }

    /// What faces show; the same until something changes. `scene` says the radii of globes and where
    /// nodes are, and is asked when the journey has changed.
    pub fn view(&self, scene: &dyn Surroundings) -> Arc<JourneyView> {
        let view = self.view.get_or_init(|| {
            let recording = self.recording();
            let look = || Arc::new(Insight::of(&self.journey, &recording, scene));
            let insight = self.insight.get_or_init(look);
            Arc::new(JourneyView {
                name: self.document.name.clone(),
                is_changed: self.is_changed(),
                at: self.at,
                duration: recording.duration(),
                keys: insight.keys.clone(),
                undo: self.history.last_made().map(|step| step.title.clone()),
                redo: self.history.last_taken_back().map(|step| step.title.clone()),
                warnings: insight.warnings.clone(),
                speeds: insight.speeds.clone(),
                date: Some(self.journey.clock().date()),
                is_flown: self.flown.is_away(),
                can_go_back: self.flown.can_go_back(),
            })
        });
        Arc::clone(view)
    }

    /// The camera's way through the scene in about `n` points (at least one between two keys), in
    /// order of time. Between two nodes there are none where the scene does not know their places.
    pub fn way(&self, n: usize, scene: &dyn Surroundings) -> Vec<super::WayPoint> {
        let recording = self.recording();
        Way::new(&recording, self.journey.view_name(), scene)
            .map_or(Vec::new(), |way| way.points(n))
    }

    /// Where the camera's keys are, in order of time.
    pub fn key_points(&self) -> Vec<super::KeyPoint> {
        self.journey.camera_keys().filter_map(|key| super::KeyPoint::of(key)).collect()
    }

    /// How fast the camera goes, as [`JourneyView::speeds`] says, in `n` equal parts of the time.
    pub fn speeds(&self, n: usize, scene: &dyn Surroundings) -> Vec<f32> {
        let recording = self.recording();
        Way::new(&recording, self.journey.view_name(), scene)
            .map_or(Vec::new(), |way| way.speeds(n))
    }

    fn begin(&mut self, title: String, journey: Journey, name: &str) {
        let before = std::mem::take(&mut self.document);
        self.change_to(title, journey);
        self.document = Document { name: name.to_owned(), saved: Some(self.revision) };
        self.at = SessionTime::ZERO;
        self.flown.forget();
        if let Some(step) = self.history.last_made_mut() {
            step.other_document = Some(before);
        }
    }

    fn change_to(&mut self, title: String, journey: Journey) {
        self.last_revision += 1;
        let revision = Revision(self.last_revision);
        let step = Step::between(title, (&self.journey, self.revision), (&journey, revision));
        self.history.push(step);
        self.show(journey, revision);
    }

    fn undo(&mut self) -> Result<Json, Refusal> {
        let nothing = || Refusal::Other("there is nothing to take back".to_owned());
        let step = self.history.take_back().ok_or_else(nothing)?;
        let (journey, revision) = step.back(&self.journey);
        let title = step.title.clone();
        if let Some(other) = &mut step.other_document {
            std::mem::swap(other, &mut self.document);
        }
        // A key that the camera is kept in may be gone.
        self.flown.keep(None);
        self.show(journey, revision);
        Ok(title.into())
    }

    fn redo(&mut self) -> Result<Json, Refusal> {
        let nothing = || Refusal::Other("there is nothing to do again".to_owned());
        let step = self.history.make_again().ok_or_else(nothing)?;
        let (journey, revision) = step.forth(&self.journey);
        let title = step.title.clone();
        if let Some(other) = &mut step.other_document {
            std::mem::swap(other, &mut self.document);
        }
        // A key that the camera is kept in may be gone.
        self.flown.keep(None);
        self.show(journey, revision);
        Ok(title.into())
    }

    fn show(&mut self, journey: Journey, revision: Revision) {
        self.journey = journey;
        self.revision = revision;
        self.recording = OnceLock::new();
        self.insight = OnceLock::new();
        self.view = OnceLock::new();
    }
}

/// The date to the millisecond, so that it can be read.
fn whole(date: SimTime) -> SimTime {
    date.to_utc_iso().parse().unwrap_or(date)
}
