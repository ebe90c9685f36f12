//! Recordings and scenes to interpret scripts against.

use skyreel_core::catalogue::{Catalogue, PropertySpec};
use skyreel_core::clock_track::ClockKey;
use skyreel_core::event::{Event, EventKind};
use skyreel_core::recording::Recording;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};
use skyreel_script::{Interpretation, Limits, interpret};

/// A scene made of a list.
pub struct Scene(pub Vec<PropertySpec>);

impl Catalogue for Scene {
    fn properties(&self) -> &[PropertySpec] {
        &self.0
    }
}

/// Three planets' trails and a few more, as a scene would name them.
pub fn scene() -> Scene {
    let property = |path: &str, tags: &[&str], default: Value| PropertySpec {
        path: path.into(),
        tags: tags.iter().map(|t| (*t).to_owned()).collect(),
        default,
        range: None,
    };
    let mut all = Vec::new();
    for node in ["EarthTrail", "MarsTrail", "ISS_trail"] {
        let tags = ["planetTrail_solarSystem"];
        all.push(property(&format!("Scene.{node}.Renderable.Enabled"), &tags, Value::Bool(true)));
        all.push(property(&format!("Scene.{node}.Renderable.Fade"), &tags, Value::Number(1.0)));
    }
    all.push(property("Scene.Earth.Renderable.Fade", &["planet"], Value::Number(1.0)));
    all.push(property("Scene.Earth.Renderable.Enabled", &["planet"], Value::Bool(true)));
    Scene(all)
}

pub fn at(seconds: f64) -> SessionTime {
    SessionTime::from_secs(seconds).unwrap()
}

/// A recording of these scripts, at these seconds, whose clock runs from 1000 s at rate 10.
pub fn recording(scripts: &[(f64, &str)]) -> Recording {
    let mut recording = Recording::default();
    for (stamp, sim_time) in [(0.0, 1000.0), (100.0, 2000.0)] {
        let sim_time = SimTime::from_tdb_secs(sim_time).unwrap();
        recording.clock.push_key(ClockKey { stamp: at(stamp), sim_time, easing: Easing::Linear });
    }
    for (seq, (stamp, text)) in scripts.iter().enumerate() {
        let kind = EventKind::Script { text: (*text).to_owned() };
        recording.events.push(Event { seq: seq as u64, stamp: at(*stamp), sim_time_s: 0.0, kind });
    }
    recording
}

/// What these scripts do, each a second after the one before, the first at the start.
pub fn run(scripts: &[&str]) -> Interpretation {
    let stamped: Vec<(f64, &str)> =
        scripts.iter().enumerate().map(|(i, text)| (i as f64, *text)).collect();
    interpret(&recording(&stamped), &scene(), &Limits::without_clock())
}

/// The rules of an interpretation, in short: `pattern = value`, with seconds and easing if any.
pub fn rules(done: &Interpretation) -> Vec<String> {
    done.rules
        .iter()
        .map(|rule| {
            let mut line = format!("{} = {}", rule.pattern, rule.value);
            if rule.duration > SessionTime::ZERO {
                line += &format!(" in {} s", rule.duration);
            }
            if rule.easing != Easing::Linear {
                line += &format!(" {:?}", rule.easing);
            }
            line
        })
        .collect()
}

pub fn messages(done: &Interpretation) -> Vec<String> {
    done.warnings.iter().map(|w| w.message.clone()).collect()
}
