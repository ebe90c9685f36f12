//! The calls that are not state: what recordings hold of them stays an event, and is said.

/// Calls by how their names begin, and why they are not played.
const KNOWN: [(&str, &str); 16] = [
    ("openspace.navigation.", CAMERA),
    ("openspace.pathnavigation.", CAMERA),
    ("openspace.globebrowsing.flyTo", CAMERA),
    ("openspace.globebrowsing.goTo", CAMERA),
    ("openspace.globebrowsing.jumpTo", CAMERA),
    ("openspace.globebrowsing.", SCENE),
    ("openspace.sessionRecording.", "a recording does not control its own playback"),
    ("openspace.keyframeRecording.", "a recording does not control its own playback"),
    ("openspace.scriptScheduler.", OWN_ENTRIES),
    ("openspace.action.", OWN_ENTRIES),
    ("openspace.scheduleScript", OWN_ENTRIES),
    ("openspace.asset.", SCENE),
    ("openspace.addSceneGraphNode", SCENE),
    ("openspace.removeSceneGraphNode", SCENE),
    ("openspace.addScreenSpaceRenderable", SCENE),
    ("openspace.removeScreenSpaceRenderable", SCENE),
];

const CAMERA: &str = "the recorded camera entries hold its motion";
const SCENE: &str = "the scene is the one the recording is opened with";
const OWN_ENTRIES: &str = "scripts that it started were recorded as entries of their own";

/// What is said of a call that is no state.
pub(crate) fn remark(function: &str) -> String {
    let known = KNOWN.iter().find(|(start, _)| function.starts_with(start));
    let why = known.map_or("the function is not known", |(_, why)| why);
    format!("{function} is kept as an event and not played: {why}")
}
