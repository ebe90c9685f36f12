//! A host that notes what it is asked, and a machine with the `openspace` table on it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use mlua::{Lua, MultiValue, Value as LuaValue};
use serde_json::json;
use skyreel_core::catalogue::PropertySpec;
use skyreel_core::command::{ClockCommand, Command, SceneCommand};
use skyreel_core::live::{CannotSet, Change, LiveProperties};
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::player::{AtEnd, Speed};
use skyreel_core::property_set::PropertySet;
use skyreel_core::snapshot::{
    ApiWord, ClockView, LibraryView, ModeView, NavigationView, NodeView, PlayingView,
    RecordingItem, RecordingView, SceneView, Snapshot, Weight,
};
use skyreel_core::time::{SessionSpan, SessionTime, SimTime};
use skyreel_core::value::Value;
use skyreel_script::openspace::{Due, OpenSpace, Options};
use skyreel_script::{Host, HostSlot};

pub struct Fake {
    /// Every command, in words.
    pub said: Vec<String>,
    /// What a call gives, where that is not nothing.
    pub outcomes: BTreeMap<&'static str, Outcome>,
    pub live: LiveProperties,
    pub clock: ClockView,
    pub mode: ModeView,
    pub scene: SceneView,
    pub snapshot: Snapshot,
}

impl Host for Fake {
    fn obey(&mut self, command: Command) -> Outcome {
        let (call, arguments) = command.words();
        let words = arguments.iter().map(|(name, value)| format!(" {name}={value}"));
        self.said.push(words.fold(call.clone(), |line, word| line + &word));
        if let Some(outcome) = self.outcomes.get(call.as_str()) {
            return outcome.clone();
        }
        match command {
            Command::Scene(SceneCommand::Set { path, value, over_s, .. }) => {
                self.set(&path, value, over_s.unwrap_or(0.0))
            }
            Command::Clock(ClockCommand::Rate { rate, .. }) => {
                self.clock.rate = rate;
                Outcome::DONE
            }
            Command::Clock(ClockCommand::Pause { .. } | ClockCommand::Resume { .. }) => {
                self.clock.paused = call == "clock.pause";
                Outcome::DONE
            }
            _ => Outcome::DONE,
        }
    }

    fn clock(&mut self) -> ClockView {
        self.clock.clone()
    }

    fn mode(&mut self) -> ModeView {
        self.mode.clone()
    }

    fn properties(&mut self) -> Arc<PropertySet> {
        Arc::new(self.live.values().clone())
    }

    fn scene(&self) -> Arc<SceneView> {
        Arc::new(self.scene.clone())
    }

    fn snapshot(&mut self) -> Arc<Snapshot> {
        Arc::new(self.snapshot.clone())
    }
}

impl Fake {
    fn set(&mut self, path: &str, value: Value, over_s: f64) -> Outcome {
        let duration = SessionSpan::from_secs(over_s).unwrap();
        let easing = skyreel_core::value::Easing::Linear;
        let pattern: skyreel_core::pattern::PropertyPattern = path.parse().unwrap();
        let result = match pattern.single_path() {
            Some(path) => self.live.set(Change { path: path.into(), value, duration, easing }),
            None => self.live.set_all(&pattern, &value, duration, easing).map(drop),
        };
        let refusal = |error| match error {
            CannotSet::Unknown { found, nearest } => {
                Refusal::Unknown { what: "property", found, nearest }
            }
            error => Refusal::Other(error.to_string()),
        };
        result.map_err(refusal).into()
    }

    /// A scene of these properties, and of the nodes that their paths name.
    pub fn with(mut specs: Vec<PropertySpec>, nodes: &[&str]) -> Self {
        specs.sort_by(|a, b| a.path.cmp(&b.path));
        let node = |name: &&str| NodeView {
            name: (*name).to_owned(),
            label: (*name).to_owned(),
            parent: None,
            is_body: true,
        };
        let recording = |recording: &str| RecordingItem {
            recording: recording.to_owned(),
            title: recording.to_owned(),
            description: String::new(),
            created_utc: String::new(),
            duration: None,
            bytes: 0,
            condition: String::new(),
            is_playable: true,
            is_favourite: false,
            is_secured: false,
            has_thumbnail: false,
        };
        let recordings = ["tour.skyreel", "shows/moon.osrectxt", "old.osrec", "old.ron"];
        let library = LibraryView {
            folder: "/home/ada/recordings".to_owned(),
            recordings: recordings.map(recording).into(),
            fault: None,
            trash: Vec::new(),
        };
        let navigation = NavigationView {
            focus: "Earth".to_owned(),
            distance_m: 1e7,
            altitude_m: Some(3.6e6),
            above_deg: Some((14.25, 77.5)),
            looks_deg: None,
            sun_above_deg: None,
            follows: true,
            flight: None,
        };
        let pose = json!({
            "anchor": "Earth", "position_m": [1e7, 0.0, 0.0],
            "rotation_wxyz": [0.5, 0.5, 0.5, 0.5], "follow": true,
        });
        let keys = json!([
            { "key": 7, "at_s": 0.0, "name": "", "pace": "linear", "kind": "camera",
              "anchor": "Earth", "position_m": [1e7, 0.0, 0.0],
              "rotation_wxyz": [1.0, 0.0, 0.0, 0.0], "follow": true, "sim_time_s": 100.0 },
            { "key": 3, "at_s": 2.5, "name": "", "pace": "hold", "kind": "property",
              "path": "Scene.Moon.Renderable.Fade", "value": 0.5, "over_s": 1.0 },
            { "key": 9, "at_s": 4.0, "name": "", "pace": "linear", "kind": "script",
              "code": "print(1)" },
        ]);
        let done = Outcome::Done;
        Self {
            said: Vec::new(),
            outcomes: BTreeMap::from([
                ("navigate.get", done(pose)),
                ("journey.keys", done(keys)),
                ("window.screenshot", done("/pictures/one.png".into())),
                ("record.start", done("by date".into())),
            ]),
            live: LiveProperties::new(&specs),
            clock: ClockView {
                sim_time: "2026-03-07T18:30:00.125".parse().unwrap(),
                rate: 1.0,
                paused: false,
            },
            mode: ModeView::Idle,
            scene: SceneView {
                name: "fake".to_owned(),
                nodes: nodes.iter().map(node).collect(),
                properties: specs,
            },
            snapshot: Snapshot {
                library: Arc::new(library),
                navigation: Some(navigation),
                ..Snapshot::default()
            },
        }
    }

    pub fn recording(name: &str) -> ModeView {
        ModeView::Recording(RecordingView {
            name: name.to_owned(),
            elapsed: SessionTime::ZERO,
            bytes: 0,
            frames: 0,
            paused: false,
        })
    }

    pub fn playing(is_moving: bool, has_ended: bool) -> ModeView {
        ModeView::Playing(PlayingView {
            recording: "tour.skyreel".to_owned(),
            name: "tour".to_owned(),
            at: SessionTime::ZERO,
            duration: SessionTime::ZERO,
            marks: (SessionTime::ZERO, SessionTime::ZERO),
            speed: Speed::NORMAL,
            at_end: AtEnd::Hold,
            is_moving,
            has_ended,
            force_time: true,
            moments: Arc::new([]),
        })
    }
}

impl Default for Fake {
    fn default() -> Self {
        let spec = |path: &str, tags: &[&str], default: Value| PropertySpec {
            path: path.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            default,
            range: None,
        };
        let mut specs = vec![
            spec("Scene.Earth.Renderable.Color", &[], Value::Numbers([1.0, 1.0, 1.0].into())),
            spec("Scene.Earth.Label", &[], Value::from("Earth")),
        ];
        for (node, tags) in [("Earth", "planet"), ("EarthTrail", "trail"), ("MoonTrail", "trail")] {
            let path = |name| format!("Scene.{node}.Renderable.{name}");
            specs.push(spec(&path("Enabled"), &[tags], Value::Bool(node != "MoonTrail")));
            specs.push(spec(&path("Fade"), &[tags], Value::Number(1.0)));
        }
        Self::with(specs, &["Sun", "Earth", "Moon", "Stars"])
    }
}

pub struct Machine {
    pub lua: Lua,
    pub openspace: OpenSpace,
    pub words: Vec<ApiWord>,
    pub host: Fake,
    pub printed: Rc<RefCell<Vec<String>>>,
    slot: HostSlot,
}

impl Machine {
    pub fn new(host: Fake) -> Self {
        let printed = Rc::new(RefCell::new(Vec::new()));
        let lines = Rc::clone(&printed);
        let options = Options {
            print: Some(Rc::new(move |weight: Weight, text: &str| {
                lines.borrow_mut().push(format!("{weight:?}: {text}"));
            })),
            now: || SimTime::from_tdb_secs(0.0),
            folders: BTreeMap::from([
                ("RECORDINGS".to_owned(), "/home/ada/recordings".to_owned()),
                ("BASE".to_owned(), "/opt/skyreel".to_owned()),
            ]),
        };
        let (lua, slot) = (Lua::new(), HostSlot::default());
        let openspace = OpenSpace::new(options);
        let words = openspace.install(&lua, &lua.globals(), &slot).unwrap();
        Self { lua, openspace, words, host, printed, slot }
    }

    /// Runs a script; what it gives, or the reason why not.
    pub fn run(&mut self, code: &str) -> Result<String, String> {
        let Self { lua, slot, host, .. } = self;
        let load = || lua.load(code).set_name("=script").eval::<MultiValue>();
        let given = slot.lend(lua, host, load);
        given
            .map(|values| values.iter().map(told).collect::<Vec<_>>().join(", "))
            .map_err(|error| error.to_string())
    }

    /// Lets time pass, and runs what is due.
    pub fn pass(&mut self, seconds: f64) -> Vec<Due> {
        let span = SessionSpan::from_secs(seconds).unwrap();
        self.host.live.advance(span);
        let due = self.openspace.advance(&mut self.host, span);
        for due in &due {
            self.run(&due.code).unwrap();
        }
        due
    }

    pub fn said(&mut self) -> Vec<String> {
        std::mem::take(&mut self.host.said)
    }
}

/// A value in words; names of tables in order.
pub fn told(value: &LuaValue) -> String {
    match value {
        LuaValue::Number(number) => format!("{number}"),
        LuaValue::Table(table) => {
            let length = table.raw_len();
            let mut parts: Vec<String> = (1..=length)
                .map(|place| told(&table.raw_get::<LuaValue>(place).unwrap()))
                .collect();
            let mut named: Vec<(String, LuaValue)> = table
                .pairs::<LuaValue, LuaValue>()
                .flatten()
                .filter(|(key, _)| key.is_string())
                .map(|(key, value)| (key.to_string().unwrap(), value))
                .collect();
            named.sort_by(|a, b| a.0.cmp(&b.0));
            parts.extend(named.iter().map(|(name, value)| format!("{name} = {}", told(value))));
            format!("{{{}}}", parts.join(", "))
        }
        LuaValue::String(text) => format!("'{}'", text.to_string_lossy()),
        other => other.to_string().unwrap(),
    }
}
