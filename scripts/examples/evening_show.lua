-- A short show that records itself: from the Earth to the Moon, with the constellations on.
-- skyreel run scripts/examples/evening_show.lua, or paste it into the console.

skyreel.clock.set{date = "2026-03-20T20:00:00", over_s = 0}
skyreel.navigate.jump_to("Earth")
wait(0.1)

local name = skyreel.record.start{description = "From the Earth to the Moon"}
print("recording " .. name)

skyreel.record.mark("Off we go")
skyreel.scene.show{node = "Constellations", over_s = 1}
skyreel.navigate.fly_to{node = "Moon", over_s = 4}
wait(5)

skyreel.record.stop()
wait_until(function() return skyreel.snapshot().mode == "idle" end)
