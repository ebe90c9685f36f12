//! What OpenSpace has and Skyreel has not: every function and library that its scripts are known to
//! call, why not, and what there is instead.

const FILES: &str =
    "scripts reach no files; recordings, films and pictures have folders of their own";
const SCENE: &str =
    "the scene is the one that Skyreel was started with; use skyreel.scene.show and hide";
const WEB: &str = "scripts reach no network";
const HAND: &str = "use the keys and the mouse, or skyreel.navigate.pose";
const WINDOWS: &str = "there is one window; use skyreel.view.add for more cameras";
const PATH: &str = "a flight is flown or stopped: use openspace.navigation.flyTo and stopPath";
const STATES: &str =
    "scripts reach no files; keep what openspace.navigation.getNavigationState gives";
const INTERESTING: &str = "no list of nodes is kept; use openspace.navigation.setFocus";
const SCREENSHOTS: &str = "pictures are in Skyreel's screenshots folder, named by date";
const OWN_TIME: &str = "scripts are scheduled for dates of the scene; use openspace.scheduleScript for \
                        seconds from now";
const PROPERTIES: &str = "the scene's properties are fixed; keep values in variables";

/// Libraries of which Skyreel has nothing.
pub(super) const LIBRARIES: [(&str, &str); 26] = [
    ("openspace.asset", SCENE),
    ("openspace.audio", "Skyreel plays no sound"),
    ("openspace.asset_helper", SCENE),
    ("openspace.dashboard", "there is no dashboard; use skyreel.window.bar for what is shown"),
    ("openspace.debugging", "there is nothing of that kind to draw"),
    ("openspace.download", WEB),
    ("openspace.dsn", SCENE),
    ("openspace.exoplanets", SCENE),
    ("openspace.gaia", SCENE),
    ("openspace.gpu", "there is nothing to ask of it"),
    ("openspace.iswa", WEB),
    ("openspace.mission", SCENE),
    ("openspace.modules", "Skyreel is one piece"),
    ("openspace.orthographic", "cameras see in perspective"),
    ("openspace.parallel", WEB),
    ("openspace.planegeometry", SCENE),
    ("openspace.server", WEB),
    ("openspace.skybrowser", WEB),
    ("openspace.softwareintegration", WEB),
    ("openspace.space", SCENE),
    ("openspace.spice", "where things are is computed without kernels; use openspace.time"),
    ("openspace.statemachine", "use openspace.action and openspace.event"),
    ("openspace.sync", WEB),
    ("openspace.systemCapabilities", "there is nothing to ask of it"),
    ("openspace.video", "Skyreel plays no films; it makes them: skyreel.film.start"),
    ("openspace.vr", WINDOWS),
];

/// Functions beside those that Skyreel has.
const FUNCTIONS: [(&str, &str, &str); 81] = [
    ("openspace", "addCustomProperty", PROPERTIES),
    ("openspace", "removeCustomProperty", PROPERTIES),
    ("openspace", "addInterestingTime", INTERESTING),
    ("openspace", "addSceneGraphNode", SCENE),
    ("openspace", "addScreenSpaceRenderable", SCENE),
    ("openspace", "addTag", SCENE),
    ("openspace", "addVirtualProperty", PROPERTIES),
    ("openspace", "bindKey", "keys are set in Skyreel's settings"),
    ("openspace", "bindKeyLocal", "keys are set in Skyreel's settings"),
    ("openspace", "clearKey", "keys are set in Skyreel's settings"),
    ("openspace", "clearKeys", "keys are set in Skyreel's settings"),
    ("openspace", "configuration", "Skyreel's settings are skyreel.window.setting"),
    ("openspace", "createDirectory", FILES),
    ("openspace", "createPixelImage", FILES),
    ("openspace", "createSingleColorImage", FILES),
    ("openspace", "directoryExists", FILES),
    ("openspace", "directoryForPath", FILES),
    ("openspace", "downloadFile", WEB),
    ("openspace", "dpiScaling", WINDOWS),
    ("openspace", "existsFile", FILES),
    ("openspace", "fileExists", FILES),
    ("openspace", "layerServer", WEB),
    ("openspace", "loadJson", FILES),
    ("openspace", "loadMission", SCENE),
    ("openspace", "loadScene", SCENE),
    ("openspace", "markInterestingNodes", INTERESTING),
    ("openspace", "markInterestingTimes", INTERESTING),
    ("openspace", "nodeByRenderableType", SCENE),
    ("openspace", "readCSVFile", FILES),
    ("openspace", "readFile", FILES),
    ("openspace", "readFileLines", FILES),
    ("openspace", "rebindKey", "keys are set in Skyreel's settings"),
    ("openspace", "removeInterestingNodes", INTERESTING),
    ("openspace", "removeSceneGraphNode", SCENE),
    ("openspace", "removeSceneGraphNodesFromRegex", SCENE),
    ("openspace", "removeScreenSpaceRenderable", SCENE),
    ("openspace", "removeTag", SCENE),
    ("openspace", "resetCamera", "use openspace.navigation.jumpTo"),
    ("openspace", "saveBase64File", FILES),
    ("openspace", "screenSpaceRenderables", SCENE),
    ("openspace", "setDefaultGuiSorting", "use skyreel.window.bar"),
    ("openspace", "setParent", SCENE),
    ("openspace", "setPathToken", FILES),
    ("openspace", "setScreenshotFolder", SCREENSHOTS),
    ("openspace", "toggleShutdown", "use skyreel.window.quit"),
    ("openspace", "unmarkInterestingNodes", INTERESTING),
    ("openspace", "unzipFile", FILES),
    ("openspace", "walkDirectory", FILES),
    ("openspace", "walkDirectoryFiles", FILES),
    ("openspace", "walkDirectoryFolders", FILES),
    ("openspace", "windowId", WINDOWS),
    ("openspace", "worldPosition", "places are relative to nodes; use skyreel.navigate.get"),
    ("openspace", "worldRotation", "places are relative to nodes; use skyreel.navigate.get"),
    ("openspace", "writeDocumentation", FILES),
    (
        "openspace.sessionRecording",
        "fileFormatConversion",
        "use `skyreel convert` on the command line",
    ),
    ("openspace.navigation", "addGlobalRoll", HAND),
    ("openspace.navigation", "addGlobalRotation", HAND),
    ("openspace.navigation", "addLocalRoll", HAND),
    ("openspace.navigation", "addLocalRotation", HAND),
    ("openspace.navigation", "addTruckMovement", HAND),
    ("openspace.navigation", "continuePath", PATH),
    ("openspace.navigation", "createPath", PATH),
    ("openspace.navigation", "loadNavigationState", STATES),
    ("openspace.navigation", "loadNavigationStateFromFile", STATES),
    ("openspace.navigation", "pausePath", PATH),
    ("openspace.navigation", "retargetAim", "Skyreel has an anchor and no aim; use retargetAnchor"),
    ("openspace.navigation", "saveNavigationState", STATES),
    ("openspace.navigation", "skipToEnd", PATH),
    ("openspace.navigation", "targetNextInterestingAnchor", INTERESTING),
    ("openspace.navigation", "targetPreviousInterestingAnchor", INTERESTING),
    ("openspace.navigation", "triggerIdleBehavior", HAND),
    ("openspace.pathnavigation", "continuePath", PATH),
    ("openspace.pathnavigation", "createPath", PATH),
    ("openspace.pathnavigation", "pausePath", PATH),
    ("openspace.pathnavigation", "skipToEnd", PATH),
    ("openspace.globebrowsing", "addLayer", SCENE),
    ("openspace.globebrowsing", "deleteLayer", SCENE),
    ("openspace.globebrowsing", "goToChunk", "use openspace.globebrowsing.goToGeo"),
    ("openspace.scriptScheduler", "loadFile", "scripts reach no files; use loadScheduledScript"),
    ("openspace.scriptScheduler", "setModeApplicationTime", OWN_TIME),
    ("openspace.scriptScheduler", "setModeRecordedTime", OWN_TIME),
];

/// The functions of a library that are known and not supported, and why not.
pub(super) fn functions(
    library: &'static str,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let own = FUNCTIONS.iter().filter(move |(of, _, _)| *of == library);
    own.map(|(_, function, why)| (*function, *why))
}

/// What is said of a call.
pub(super) fn error(call: &str, why: &str) -> String {
    format!("{call} is not supported by Skyreel: {why}")
}

/// What help says.
pub(super) fn help(why: &str) -> String {
    format!("Not supported: {why}.")
}
