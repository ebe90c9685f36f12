//! What can be asked of a session: one type for buttons, keys, scripts, browsers and the command
//! line. Data only; what becomes of a command is for whoever obeys it.

mod catalogue;
mod clock;
mod edit;
mod film;
mod fitting;
mod journey;
mod library;
mod navigate;
mod play;
mod record;
mod scene;
mod script;
mod view;
mod window;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

pub use catalogue::{CATALOGUE, Param, Row, row, said, said_in};
pub use clock::ClockCommand;
pub use edit::{EditCommand, Part};
pub use film::FilmCommand;
pub use journey::JourneyCommand;
pub use library::LibraryCommand;
pub use navigate::NavigateCommand;
pub use play::PlayCommand;
pub use record::RecordCommand;
pub use scene::SceneCommand;
pub use script::ScriptCommand;
pub use view::ViewCommand;
pub use window::WindowCommand;

use crate::nearest::{did_you_mean, nearest};
use crate::role::Role;

/// What can be asked, by concern. In the words of all faces: `record.start`, `clock.set`, each with
/// its arguments by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Making recordings.
    Record(RecordCommand),
    /// Playing them.
    Play(PlayCommand),
    /// What is shown.
    Scene(SceneCommand),
    /// What time it is in the scene.
    Clock(ClockCommand),
    /// Where the camera is.
    Navigate(NavigateCommand),
    /// Which cameras there are.
    View(ViewCommand),
    /// The recordings there are.
    Library(LibraryCommand),
    /// Films of recordings.
    Film(FilmCommand),
    /// The journey that is being made.
    Journey(JourneyCommand),
    /// Making recordings of recordings.
    Edit(EditCommand),
    /// Scripts.
    Script(ScriptCommand),
    /// The program itself.
    Window(WindowCommand),
}

/// The concern of a command, which one part of a program obeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "they are those of Command")]
pub enum Group {
    Record,
    Play,
    Scene,
    Clock,
    Navigate,
    View,
    Library,
    Film,
    Journey,
    Edit,
    Script,
    Window,
}

impl Group {
    /// The group's name, as calls begin with it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Play => "play",
            Self::Scene => "scene",
            Self::Clock => "clock",
            Self::Navigate => "navigate",
            Self::View => "view",
            Self::Library => "library",
            Self::Film => "film",
            Self::Journey => "journey",
            Self::Edit => "edit",
            Self::Script => "script",
            Self::Window => "window",
        }
    }
}

impl Command {
    /// Whose business it is.
    pub fn group(&self) -> Group {
        match self {
            Self::Record(_) => Group::Record,
            Self::Play(_) => Group::Play,
            Self::Scene(_) => Group::Scene,
            Self::Clock(_) => Group::Clock,
            Self::Navigate(_) => Group::Navigate,
            Self::View(_) => Group::View,
            Self::Library(_) => Group::Library,
            Self::Film(_) => Group::Film,
            Self::Journey(_) => Group::Journey,
            Self::Edit(_) => Group::Edit,
            Self::Script(_) => Group::Script,
            Self::Window(_) => Group::Window,
        }
    }

    /// The command in words: its call (`play.seek`) and its arguments by name; what was left out is
    /// left out.
    pub fn words(&self) -> (String, Map<String, Json>) {
        // Every command is a group with one call with its arguments; serde cannot make else of it.
        let outer = serde_json::to_value(self).unwrap_or_default();
        let (group, call) = only(outer);
        let (name, arguments) = only(call);
        let arguments = match arguments {
            Json::Object(all) => all.into_iter().filter(|(_, value)| !value.is_null()).collect(),
            _ => Map::new(),
        };
        (format!("{group}.{name}"), arguments)
    }

    /// The command that a call and its arguments name. An argument that is null is left out.
    ///
    /// # Errors
    /// Where there is no such call, or its arguments do not fit it: what was found, what expected.
    pub fn from_words(call: &str, mut arguments: Map<String, Json>) -> Result<Self, NotACommand> {
        let unknown = || NotACommand::Unknown {
            found: call.to_owned(),
            nearest: nearest(CATALOGUE.iter().map(|row| row.call), call),
        };
        let row = row(call).ok_or_else(unknown)?;
        let (group, name) = call.split_once('.').ok_or_else(unknown)?;
        let misfit = |reason: String| NotACommand::Arguments {
            call: call.to_owned(),
            reason,
            usage: row.usage(),
        };
        arguments.retain(|_, value| !value.is_null());
        row.fits(&arguments).map_err(misfit)?;
        let one = |name: &str, value: Json| Json::Object(Map::from_iter([(name.into(), value)]));
        let words = one(group, one(name, Json::Object(arguments)));
        serde_json::from_value(words).map_err(|error| misfit(fitting::in_words(&error.to_string())))
    }
}

fn only(json: Json) -> (String, Json) {
    match json {
        Json::Object(map) => map.into_iter().next().unwrap_or_default(),
        _ => Default::default(),
    }
}

/// Words that are no command.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACommand {
    /// No such call.
    #[error("there is no command '{found}'{}", did_you_mean(.nearest))]
    Unknown {
        /// The call as given.
        found: String,
        /// The call most like it.
        nearest: Option<String>,
    },
    /// Its arguments do not fit.
    #[error("{call}: {reason}; it is called like this: {usage}")]
    Arguments {
        /// Which call.
        call: String,
        /// What is wrong.
        reason: String,
        /// How it is called.
        usage: String,
    },
}

/// The number of a request, unlike all others of this start of the program.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct RequestId(pub u64);

/// By which way a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Buttons of the window.
    Window,
    /// Keys.
    Keyboard,
    /// A script or the console.
    Script,
    /// The browser menu or another program on the network.
    Network,
    /// The command line.
    CommandLine,
    /// The program by itself: auto-record, limits.
    Program,
}

impl Origin {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Keyboard => "keyboard",
            Self::Script => "script",
            Self::Network => "network",
            Self::CommandLine => "command_line",
            Self::Program => "program",
        }
    }
}

impl Origin {
    /// Who did something, as people say it behind what was done.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Window => "in the window",
            Self::Keyboard => "by a key",
            Self::Script => "by a script",
            Self::Network => "over the network",
            Self::CommandLine => "from the command line",
            Self::Program => "by the program itself",
        }
    }
}

/// A command that somebody sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Its number.
    pub id: RequestId,
    /// By which way it came.
    pub origin: Origin,
    /// What whoever sent it may do.
    pub role: Role,
    /// What is asked.
    pub command: Command,
}
