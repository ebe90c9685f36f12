//! Properties, nodes, messages, what runs later.

use super::Row;

pub const ROWS: &[Row] = &[
    Row(
        r#"openspace.setPropertyValue("Scene.*Trail.Renderable.Fade", 0, 2, "QuadraticEaseOut")"#,
        &[
            r#"scene.set easing="QuadraticEaseOut" over_s=2.0 path="Scene.*Trail.Renderable.Fade" value=0.0"#,
        ],
        "",
    ),
    Row(
        r#"openspace.setPropertyValue("{trail}.Renderable.Enabled", true)"#,
        &[r#"scene.set path="{trail}.Renderable.Enabled" value=true"#],
        "",
    ),
    Row(
        r#"openspace.setPropertyValueSingle("Scene.Earth.Renderable.Color", {1, 0.5, 0})"#,
        &[r#"scene.set path="Scene.Earth.Renderable.Color" value=[1.0,0.5,0.0]"#],
        "",
    ),
    Row(
        r#"openspace.setPropertyValueSingle("Scene.Earth.Label", "Home", "regex")"#,
        &[r#"scene.set path="Scene.Earth.Label" value="Home""#],
        "",
    ),
    Row(
        r#"openspace.invertBooleanProperty("Scene.Earth.Renderable.Enabled")"#,
        &[r#"scene.set path="Scene.Earth.Renderable.Enabled" value=false"#],
        "",
    ),
    Row(
        r#"openspace.setPropertyValueSingle("Scene.Earth.Renderable.Enabled",
           not openspace.propertyValue("Scene.Earth.Renderable.Enabled"))"#,
        &[r#"scene.set path="Scene.Earth.Renderable.Enabled" value=false"#],
        "",
    ),
    Row(
        r#"return openspace.getPropertyValue("Scene.Earth.Renderable.Color"),
           openspace.propertyValue("Scene.Earth.Label")"#,
        &[],
        "{1, 1, 1}, 'Earth'",
    ),
    Row(
        r#"return openspace.property("*Trail.Renderable.Fade")"#,
        &[],
        "{'Scene.EarthTrail.Renderable.Fade', 'Scene.MoonTrail.Renderable.Fade'}",
    ),
    Row(
        r#"return openspace.getProperty("{planet}.Renderable.Fade")"#,
        &[],
        "{'Scene.Earth.Renderable.Fade'}",
    ),
    Row(
        r#"return openspace.hasProperty("Scene.Earth.Label"), openspace.hasProperty("Scene.Erth.Label")"#,
        &[],
        "true, false",
    ),
    Row(
        r#"openspace.fadeIn("Scene.MoonTrail.Renderable", 3)"#,
        &[
            r#"scene.set path="Scene.MoonTrail.Renderable.Fade" value=0.0"#,
            r#"scene.set path="Scene.MoonTrail.Renderable.Enabled" value=true"#,
            r#"scene.set over_s=3.0 path="Scene.MoonTrail.Renderable.Fade" value=1.0"#,
        ],
        "",
    ),
    Row(
        r#"openspace.fadeOut("Scene.Earth.Renderable")"#,
        &[r#"scene.set over_s=1.0 path="Scene.Earth.Renderable.Fade" value=0.0"#],
        "",
    ),
    Row(
        r#"openspace.toggleFade("{trail}.Renderable", 2)"#,
        &[
            r#"scene.set over_s=2.0 path="Scene.EarthTrail.Renderable.Fade" value=0.0"#,
            r#"scene.set path="Scene.MoonTrail.Renderable.Fade" value=0.0"#,
            r#"scene.set path="Scene.MoonTrail.Renderable.Enabled" value=true"#,
            r#"scene.set over_s=2.0 path="Scene.MoonTrail.Renderable.Fade" value=1.0"#,
        ],
        "",
    ),
    Row(r#"return openspace.hasSceneGraphNode("Moon")"#, &[], "true"),
    Row(r#"return openspace.hasSceneGraphNodeByIdentifier("Mon")"#, &[], "false"),
    Row("return openspace.sceneGraphNodes()", &[], "{'Sun', 'Earth', 'Moon', 'Stars'}"),
    Row(r#"return openspace.boundingSphere("Moon")"#, &[], "1737400"),
    Row(r#"return openspace.interactionSphere("Earth")"#, &[], "6378137"),
    Row(r#"openspace.printTrace("a")"#, &[], ""),
    Row(r#"openspace.printDebug("a")"#, &[], ""),
    Row(r#"openspace.printInfo("a", 1)"#, &[], ""),
    Row(r#"openspace.printWarning("a")"#, &[], ""),
    Row(r#"openspace.printError("a")"#, &[], ""),
    Row(r#"openspace.printFatal("a")"#, &[], ""),
    Row(
        r#"return openspace.absPath("${BASE}/x/${RECORDINGS}"), openspace.absolutePath("plain")"#,
        &[],
        "'/opt/skyreel/x//home/ada/recordings', 'plain'",
    ),
    Row(
        "local v = openspace.version() return v.Version, v.Program ~= nil",
        &[],
        "{Major = 0, Minor = 22, Patch = 0}, true",
    ),
    Row(
        r#"return openspace.isEmpty(nil), openspace.isEmpty({}), openspace.isEmpty(""), openspace.isEmpty(0)"#,
        &[],
        "true, true, true, false",
    ),
    Row("return openspace.takeScreenshot()", &["window.screenshot"], "'/pictures/one.png'"),
    Row("openspace.resetScreenshotNumber()", &[], ""),
    Row("return openspace.isMaster()", &[], "true"),
    Row(r#"openspace.scheduleScript("print(1)", 2)"#, &[], ""),
    Row(
        r#"openspace.scriptScheduler.setModeSimulationTime()
           openspace.scriptScheduler.loadScheduledScript("2030-01-01", "f()", "b()", "u()", 3)
           return openspace.scriptScheduler.scheduledScripts()"#,
        &[],
        "{{BackwardScript = 'b()', ForwardScript = 'f()', Group = 3, \
         Time = '2030-01-01T00:00:00.000', UniversalScript = 'u()'}}",
    ),
    Row(
        r#"openspace.scriptScheduler.loadScheduledScript(5, "f()")
           openspace.scriptScheduler.clear()
           return #openspace.scriptScheduler.scheduledScripts()"#,
        &[],
        "0",
    ),
    Row(
        r#"openspace.action.registerAction{Identifier = "a", Command = "print(args)"}
           openspace.action.triggerAction("a", {1, x = "y"})
           return openspace.action.hasAction("a"), openspace.action.action("a"),
               #openspace.action.actions()"#,
        &[],
        "true, {Command = 'print(args)', Documentation = '', Identifier = 'a', Name = 'a'}, 1",
    ),
    Row(
        r#"openspace.action.registerAction{Identifier = "a", Command = ""}
           openspace.action.removeAction("a")
           return openspace.action.hasAction("a")"#,
        &[],
        "false",
    ),
    Row(
        r#"openspace.event.registerEventAction("ClockPaused", "a")
           openspace.event.unregisterEventAction("ClockPaused", "a")"#,
        &[],
        "",
    ),
];
