//! What the scripts of a recording have done so far, and what is in force at a moment because of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use skyreel_core::catalogue::{Catalogue, PropertySpec};
use skyreel_core::clock::RATE_STEPS;
use skyreel_core::clock_track::ClockChange;
use skyreel_core::event::Event;
use skyreel_core::pattern::PropertyPattern;
use skyreel_core::property_track::{PropertyChange, PropertyTrack};
use skyreel_core::recording::{Recording, Sequence};
use skyreel_core::rule::Rule;
use skyreel_core::time::{SessionSpan, SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};

use crate::limits::{Meter, Stop};
use crate::warnings::Warnings;

/// What an effect costs, in steps, and each property it names: a bound on the memory they take.
const STEPS_AN_EFFECT: u64 = 50;

/// The moment a script runs at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// The script's place in the file.
    pub(crate) seq: Sequence,
    /// When its effects begin.
    pub(crate) stamp: SessionTime,
    /// Simulation time then.
    pub(crate) sim_time: SimTime,
}

impl Moment {
    /// When and in which simulated moment a script runs.
    ///
    /// OpenSpace runs it in the first frame *later* than its stamp, so a frame at the very stamp
    /// does not show its effects yet. Sampling is inclusive; so they begin a nanosecond after the
    /// stamp. Scripts at or before the start are the recorded starting state and begin at once.
    pub(crate) fn of(event: &Event, recording: &Recording) -> Self {
        let stamp = match event.stamp {
            stamp if stamp <= SessionTime::ZERO => stamp,
            stamp => stamp.saturating_add(SessionTime::from_nanos(1)),
        };
        Self { seq: event.seq, stamp, sim_time: recording.clock.sample(event.stamp).sim_time }
    }
}

/// A change that a script makes to properties.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) pattern: PropertyPattern,
    pub(crate) value: Value,
    pub(crate) duration: SessionSpan,
    pub(crate) easing: Easing,
}

/// Rate and pause of the clock.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ClockState {
    pub(crate) rate: f64,
    pub(crate) paused: bool,
    /// The rates to step through, in rising order.
    pub(crate) rates: Vec<f64>,
}

/// What scripts have done so far.
#[derive(Debug)]
pub(crate) struct Ledger {
    meter: Meter,
    pub(crate) moment: Moment,
    pub(crate) clock: ClockState,
    pub(crate) warnings: Warnings,
    scene: Vec<PropertySpec>,
    scene_index: HashMap<String, usize>,
    baseline: BTreeMap<Arc<str>, Value>,
    /// Changes that the recording holds already, and which of them are before the moment.
    recorded_changes: BTreeMap<Arc<str>, Vec<PropertyChange>>,
    recorded_rules: Vec<Rule>,
    recorded_clock: Vec<ClockChange>,
    /// All rules before the moment, in order, and whether a script made them.
    rules: Vec<(Rule, bool)>,
    clock_changes: Vec<ClockChange>,
    /// Paths named by themselves so far.
    named: BTreeSet<String>,
    tracks: HashMap<String, Followed>,
    script_rules_from: usize,
    script_clock_from: usize,
    clock_before_script: ClockState,
}

/// A property whose value was asked for.
#[derive(Debug, Default)]
struct Followed {
    track: PropertyTrack,
    next_rule: usize,
    next_change: usize,
}

impl Ledger {
    pub(crate) fn new(
        recording: &Recording,
        scene: &(impl Catalogue + ?Sized),
        meter: Meter,
    ) -> Self {
        let scene = scene.properties().to_vec();
        let scene_index = scene.iter().enumerate().map(|(i, p)| (p.path.clone(), i)).collect();
        let changes =
            |(path, track): (&Arc<str>, &PropertyTrack)| (path.clone(), track.changes().to_vec());
        let mut recorded_rules = recording.rules.clone();
        recorded_rules.sort_by_key(|r| r.seq);
        let mut recorded_clock = recording.clock.changes().to_vec();
        recorded_clock.sort_by_key(|c| c.seq);
        let mut rates: Vec<f64> = RATE_STEPS.iter().flat_map(|r| [*r, -*r]).collect();
        rates.sort_by(f64::total_cmp);
        let clock = ClockState { rate: 1.0, paused: false, rates };
        Self {
            meter,
            moment: Moment { seq: 0, stamp: SessionTime::ZERO, sim_time: SimTime::J2000 },
            clock_before_script: clock.clone(),
            clock,
            warnings: Warnings::default(),
            scene,
            scene_index,
            baseline: recording.baseline.clone(),
            recorded_changes: recording.properties.iter().map(changes).collect(),
            recorded_rules,
            recorded_clock,
            rules: Vec::new(),
            clock_changes: Vec::new(),
            named: BTreeSet::new(),
            tracks: HashMap::new(),
            script_rules_from: 0,
            script_clock_from: 0,
        }
    }

    /// Goes on to the moment of the next script.
    pub(crate) fn begin_script(&mut self, moment: Moment) {
        self.moment = moment;
        let due = self.recorded_rules.partition_point(|r| r.seq < moment.seq);
        self.rules.extend(self.recorded_rules.drain(..due).map(|r| (r, false)));
        let due = self.recorded_clock.partition_point(|c| c.seq < moment.seq);
        for change in self.recorded_clock.drain(..due) {
            self.clock.rate = change.rate.unwrap_or(self.clock.rate);
            self.clock.paused = change.paused.unwrap_or(self.clock.paused);
        }
        self.script_rules_from = self.rules.len();
        self.script_clock_from = self.clock_changes.len();
        self.clock_before_script.clone_from(&self.clock);
    }

    /// Takes back what the script of this moment has done.
    pub(crate) fn forget_script(&mut self) {
        self.rules.truncate(self.script_rules_from);
        self.clock_changes.truncate(self.script_clock_from);
        self.clock.clone_from(&self.clock_before_script);
        self.tracks.clear();
        let single = |(rule, _): &(Rule, bool)| rule.pattern.single_path().map(str::to_owned);
        self.named = self.rules.iter().filter_map(single).collect();
    }

    /// How many effects the script of this moment had.
    pub(crate) fn script_effects(&self) -> usize {
        self.rules.len() - self.script_rules_from + self.clock_changes.len()
            - self.script_clock_from
    }

    /// Notes a remark on the script of this moment.
    pub(crate) fn warn(&mut self, message: impl Into<String>) {
        self.warnings.note(self.moment.seq, message);
    }

    /// Counts steps.
    pub(crate) fn charge(&self, steps: u64) -> Result<(), Stop> {
        self.meter.charge(steps)
    }

    /// Changes properties.
    pub(crate) fn change(&mut self, change: Change) -> Result<(), Stop> {
        let Change { pattern, value, duration, easing } = change;
        self.count_effect()?;
        match pattern.single_path() {
            Some(path) => {
                self.named.insert(path.to_owned());
            }
            None => {
                let named = self.scene.iter().filter(|p| pattern.matches(&p.path, &p.tags)).count();
                self.meter.charge(self.scene.len() as u64 + STEPS_AN_EFFECT * named as u64)?;
            }
        }
        let Moment { seq, stamp, .. } = self.moment;
        self.rules.push((Rule { seq, stamp, pattern, value, duration, easing }, true));
        Ok(())
    }

    /// Changes the clock's rate or pause.
    pub(crate) fn change_clock(
        &mut self,
        rate: Option<f64>,
        paused: Option<bool>,
    ) -> Result<(), Stop> {
        self.count_effect()?;
        self.clock.rate = rate.unwrap_or(self.clock.rate);
        self.clock.paused = paused.unwrap_or(self.clock.paused);
        let Moment { seq, stamp, .. } = self.moment;
        self.clock_changes.push(ClockChange { seq, stamp, rate, paused });
        Ok(())
    }

    fn count_effect(&mut self) -> Result<(), Stop> {
        let most = self.meter.limits().script_effects;
        if self.script_effects() >= most {
            return Err(self.meter.stop(Stop::Effects(most)));
        }
        self.meter.charge(STEPS_AN_EFFECT)
    }

    /// The value of a property at this moment: what was set before, else the recording's baseline,
    /// else what the scene says.
    pub(crate) fn value(&mut self, path: &str) -> Result<Option<Value>, Stop> {
        let spec = self.scene_index.get(path).map(|i| &self.scene[*i]);
        let tags = spec.map_or(&[][..], |s| &s.tags);
        let changes = self.recorded_changes.get(path).map_or(&[][..], Vec::as_slice);
        let due = changes.partition_point(|c| c.seq < self.moment.seq);
        self.meter.charge(STEPS_AN_EFFECT + path.len() as u64)?;
        let followed = self.tracks.entry(path.to_owned()).or_default();
        self.meter.charge((self.rules.len() - followed.next_rule) as u64)?;
        for (rule, _) in &self.rules[followed.next_rule..] {
            followed.next_rule += 1;
            if !rule.pattern.matches(path, tags) {
                continue;
            }
            self.meter.charge(STEPS_AN_EFFECT)?;
            while let Some(change) =
                changes[..due].get(followed.next_change).filter(|c| c.seq <= rule.seq)
            {
                followed.track.push(change.clone());
                followed.next_change += 1;
            }
            followed.track.push(PropertyChange {
                seq: rule.seq,
                stamp: rule.stamp,
                value: rule.value.clone(),
                duration: rule.duration,
                easing: rule.easing,
            });
        }
        for change in &changes[followed.next_change..due] {
            followed.track.push(change.clone());
        }
        followed.next_change = due;
        let start = self.baseline.get(path).or(spec.map(|s| &s.default));
        Ok(followed.track.sample(self.moment.stamp, start))
    }

    /// Whether scene or recording know a property.
    pub(crate) fn knows(&self, path: &str) -> bool {
        self.scene_index.contains_key(path)
            || self.baseline.contains_key(path)
            || self.recorded_changes.contains_key(path)
            || self.named.contains(path)
    }

    /// Whether scene or recording know a scene graph node.
    pub(crate) fn knows_node(&self, node: &str) -> Result<bool, Stop> {
        self.meter.charge((self.scene.len() + self.named.len()) as u64)?;
        let prefix = format!("Scene.{node}.");
        Ok(self.paths().any(|(path, _)| path.starts_with(&prefix)))
    }

    /// The paths that a pattern names: the scene's in its order, then the recording's own.
    pub(crate) fn matching(&self, pattern: &PropertyPattern) -> Result<Vec<String>, Stop> {
        let matching = self.paths().filter(|(path, tags)| pattern.matches(path, tags));
        let matching: Vec<String> = matching.map(|(path, _)| path.to_owned()).collect();
        self.meter.charge((self.scene.len() + self.named.len() + matching.len()) as u64)?;
        Ok(matching)
    }

    fn paths(&self) -> impl Iterator<Item = (&str, &[String])> {
        let recorded = self.baseline.keys().chain(self.recorded_changes.keys()).map(|p| &**p);
        let own: BTreeSet<&str> = recorded.chain(self.named.iter().map(|p| &**p)).collect();
        let own = own.into_iter().filter(|path| !self.scene_index.contains_key(*path));
        let scene = self.scene.iter().map(|p| (&*p.path, &*p.tags));
        scene.chain(own.map(|path| (path, &[][..])))
    }

    /// Takes out what scripts have done, in order, and what is to be said of it.
    pub(crate) fn finish(&mut self) -> (Vec<Rule>, Vec<ClockChange>, Warnings) {
        let rules = self.rules.drain(..).filter(|(_, made)| *made).map(|(rule, _)| rule);
        let rules = rules.collect();
        (rules, std::mem::take(&mut self.clock_changes), std::mem::take(&mut self.warnings))
    }
}
