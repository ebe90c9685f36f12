-- A journey made of three keys, without flying it; saved as a text, and exported for OpenSpace.

skyreel.journey.new()
skyreel.journey.date{date = "2026-03-20T12:00:00", rate = 60}

local places = {
    {at_s = 0, name = "Over Italy", latitude_deg = 42, longitude_deg = 12, altitude_m = 6e5},
    {at_s = 6, name = "All of Europe", latitude_deg = 48, longitude_deg = 15, altitude_m = 5e6},
    {at_s = 12, name = "The whole Earth", latitude_deg = 30, longitude_deg = 30, altitude_m = 2e7},
}
for _, place in places do
    skyreel.navigate.jump_to_geo{
        node = "Earth",
        latitude_deg = place.latitude_deg,
        longitude_deg = place.longitude_deg,
        altitude_m = place.altitude_m,
    }
    wait(0)
    skyreel.journey.add_key{at_s = place.at_s, name = place.name}
end
skyreel.journey.add_property{path = "Scene.Constellations.Renderable.Enabled", value = true, at_s = 8}
skyreel.journey.even()

print("saved " .. skyreel.journey.save{name = "Three keys", overwrite = true})
print("exported " .. skyreel.journey.export("Three keys.osrectxt"))
