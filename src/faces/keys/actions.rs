//! What keys can do: the table that the map, the help and the settings are made from.

use skyreel_core::command::{Command, said};
use skyreel_core::snapshot::ModeView;

/// Something that a key does.
#[derive(Debug, PartialEq)]
pub struct Action {
    /// Its name, as settings have it.
    pub name: &'static str,
    /// When it can be done.
    pub when: When,
    /// The key that it comes with.
    pub key: &'static str,
    /// What it does.
    pub does: Does,
    /// The same for people.
    pub help: &'static str,
}

impl Action {
    /// The identifier by which OpenSpace's scripts and clients start it, and its command; `None` where
    /// it is only the window's.
    pub fn as_openspace(&self) -> Option<(String, Command)> {
        let Does::Say(words) = self.does else { return None };
        Some((format!("skyreel.{}", self.name), said(words).ok()?))
    }
}

/// What comes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// A command, in the words of the catalogue.
    Say(&'static str),
    /// The camera turns to the node that is in focus.
    TurnToFocus,
    /// All keys are shown, or not any more.
    Help,
    /// The console opens, or closes.
    Console,
    /// The journey's time line opens, or closes.
    Journey,
    /// What is open closes.
    Close,
}

/// When a key does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Whatever the session does.
    Always,
    /// While whoever sits before it drives the scene: recording or not.
    Live,
    /// While a recording is being made.
    Recording,
    /// While a recording plays, stands still or has ended.
    Playback,
}

impl When {
    /// Whether it is so now.
    pub fn holds(self, mode: &ModeView) -> bool {
        match self {
            Self::Always => true,
            Self::Live => !matches!(mode, ModeView::Playing(_)),
            Self::Recording => matches!(mode, ModeView::Recording(_)),
            Self::Playback => matches!(mode, ModeView::Playing(_)),
        }
    }

    /// Whether both can be so at once.
    pub fn meets(self, other: Self) -> bool {
        let of_live = |when| matches!(when, Self::Live | Self::Recording);
        !(self == Self::Playback && of_live(other) || other == Self::Playback && of_live(self))
    }

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::Live => "While you fly",
            Self::Recording => "While recording",
            Self::Playback => "While playing",
        }
    }

    /// All, in the order in which help shows them.
    pub const ALL: [Self; 4] = [Self::Always, Self::Live, Self::Recording, Self::Playback];
}

/// The action of a name.
pub fn action(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.name == name)
}

const fn says(
    name: &'static str,
    when: When,
    key: &'static str,
    words: &'static str,
    help: &'static str,
) -> Action {
    Action { name, when, key, does: Does::Say(words), help }
}

const fn opens(
    name: &'static str,
    when: When,
    key: &'static str,
    does: Does,
    help: &'static str,
) -> Action {
    Action { name, when, key, does, help }
}

use When::{Always, Live, Playback, Recording};

/// Every action. Of two with one key the first has it.
pub const ACTIONS: &[Action] = &[
    says("record", Always, "Ctrl+Shift+R", "record.toggle", "Start or stop recording"),
    says("bar", Always, "F1", "window.bar", "Hide or show the bar"),
    says("screenshot", Always, "F12", "window.screenshot", "Save a picture of the scene"),
    says("layout_1", Always, "1", "view.layout 1", "One view on screen"),
    says("layout_2", Always, "2", "view.layout 2", "Two views on screen"),
    says("layout_4", Always, "4", "view.layout 4", "Four views on screen"),
    opens("help", Always, "?", Does::Help, "Show all keys"),
    opens("console", Always, "`", Does::Console, "Open or close the console"),
    opens("journey", Always, "Ctrl+J", Does::Journey, "Open or close the journey"),
    opens("close", Live, "Esc", Does::Close, "Close what is open"),
    says("clock_toggle", Live, "Space", "clock.toggle", "Stop the clock or let it go on"),
    says("clock_faster", Live, "L", "clock.faster", "Clock: next step up"),
    says("clock_slower", Live, "K", "clock.slower", "Clock: next step down"),
    says("clock_real_time", Live, "J", "clock.real_time", "Clock: real time"),
    opens("turn_to_focus", Live, "C", Does::TurnToFocus, "Turn to the focus"),
    says("flight_stop", Live, "F", "navigate.stop", "End a flight, and all gliding"),
    says("mark", Recording, "M", "record.mark Mark", "Mark this moment"),
    says("play_toggle", Playback, "Space", "play.toggle", "Pause or go on"),
    says("play_faster", Playback, "Right", "play.faster", "Faster"),
    says("play_slower", Playback, "Left", "play.slower", "Slower"),
    says("play_forward", Playback, "Shift+Right", "play.jump 10", "10 s forward"),
    says("play_back", Playback, "Shift+Left", "play.jump -10", "10 s back"),
    says("play_home", Playback, "Home", "play.home", "To the start"),
    says("play_end", Playback, "End", "play.end", "To the end"),
    says("frame_back", Playback, ",", "play.step -1", "One frame back"),
    says("frame_on", Playback, ".", "play.step 1", "One frame on"),
    says("play_stop", Playback, "Esc", "play.stop", "Stop playback"),
];
