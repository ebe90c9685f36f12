//! `version`: which OpenSpace this stands for, and which Skyreel it is.

use serde_json::{Value as Json, json};

use super::Now;

pub(super) fn told(now: &Now) -> Json {
    json!({
        "openSpaceVersion": { "major": 0, "minor": 22, "patch": 0 },
        "socketApiVersion": { "major": 1, "minor": 0, "patch": 0 },
        "skyreelVersion": now.version,
    })
}
