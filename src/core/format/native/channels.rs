//! The channels of a recording file: their ids, topics and schemas, which are part of the format.

use crate::entry::ViewIndex;

/// The MCAP profile of recording files.
pub const PROFILE: &str = "skyreel";

/// The version that is written: a new major one for what old readers would misunderstand, a new minor
/// one for what they can leave out.
pub const FORMAT_VERSION: (u32, u32) = (1, 1);

/// How messages are encoded: <https://mcap.dev/spec/registry#msgpack>.
pub(super) const MESSAGE_ENCODING: &str = "msgpack";

/// The first id of a camera's channel.
const FIRST_CAMERA: u16 = 16;

/// What a channel holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// The whole state at the beginning of a segment.
    State,
    /// A block of clock keys.
    ClockKeys,
    /// A change of the clock's rate or pause.
    ClockChanges,
    /// A change of a property.
    Properties,
    /// A change of all properties that a pattern names.
    Rules,
    /// A script, a console line or a marker.
    Events,
    /// A block of camera entries of a view.
    Camera(ViewIndex),
}

impl Channel {
    /// All but the cameras.
    pub const SINGLE: [Self; 6] = [
        Self::State,
        Self::ClockKeys,
        Self::ClockChanges,
        Self::Properties,
        Self::Rules,
        Self::Events,
    ];

    /// The channel's id; `None` for views beyond what ids can tell apart.
    pub fn id(self) -> Option<u16> {
        match self {
            Self::State => Some(1),
            Self::ClockKeys => Some(2),
            Self::ClockChanges => Some(3),
            Self::Properties => Some(4),
            Self::Rules => Some(5),
            Self::Events => Some(6),
            Self::Camera(view) => view.checked_add(FIRST_CAMERA),
        }
    }

    /// The channel of an id; `None` for one that this version does not know.
    pub fn of_id(id: u16) -> Option<Self> {
        match id.checked_sub(FIRST_CAMERA) {
            Some(view) => Some(Self::Camera(view)),
            None => Self::SINGLE.into_iter().find(|channel| channel.id() == Some(id)),
        }
    }

    /// Its topic; a camera's goes on with the name of its view.
    pub fn topic(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::ClockKeys => "clock/keys",
            Self::ClockChanges => "clock/changes",
            Self::Properties => "properties",
            Self::Rules => "rules",
            Self::Events => "events",
            Self::Camera(_) => "camera/",
        }
    }

    /// The name of its schema.
    pub fn schema(self) -> &'static str {
        match self {
            Self::State => "skyreel.State",
            Self::ClockKeys => "skyreel.ClockBlock",
            Self::ClockChanges => "skyreel.ClockChange",
            Self::Properties => "skyreel.PropertyChange",
            Self::Rules => "skyreel.Rule",
            Self::Events => "skyreel.Event",
            Self::Camera(_) => "skyreel.CameraBlock",
        }
    }

    /// The id of its schema.
    pub(super) fn schema_id(self) -> u16 {
        match self {
            Self::Camera(_) => 7,
            single => single.id().unwrap_or_default(),
        }
    }
}
