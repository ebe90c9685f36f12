-- What presenters' scripts for OpenSpace say is understood as it stands.

openspace.time.setTime("2026-12-21T18:00:00")
openspace.time.setPause(true)
openspace.setPropertyValue("{moonTrail_solarSystem}.Renderable.Enabled", false)
openspace.setPropertyValueSingle("Scene.Constellations.Renderable.Fade", 1.0, 1.0, "SineEaseInOut")
openspace.navigation.setFocus("Saturn")
openspace.printInfo("It is " .. openspace.time.UTC() .. " at " .. "Saturn")
openspace.scheduleScript("openspace.printInfo('one second later')", 1)
wait(1.5)
return openspace.propertyValue("Scene.Constellations.Renderable.Fade")
