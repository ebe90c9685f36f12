#!/usr/bin/env python3
"""Makes tests/corpus/galilean_directions.csv: Io, Europa, Ganymede and Callisto from Jupiter's centre.

    pip install astronomy-engine
    scripts/galilean_directions.py

Geometric vectors by Lainey's theory L1.2 (2006) as astronomy-engine has it, J2000 equatorial, km, at
TDB seconds past J2000 drawn with a fixed seed from the years 1950 to 2050.
"""
import random

import astronomy

random.seed(1610)
with open("tests/corpus/galilean_directions.csv", "w") as out:
    out.write("# Lainey's L1.2 by astronomy-engine, moon minus Jupiter, J2000 equatorial, km.\n"
              "# Made by scripts/galilean_directions.py. Columns: TDB s past J2000, moon, x, y, z\n")
    for second in sorted(random.randrange(-1_577_880_000, 1_577_880_000) for _ in range(60)):
        moons = astronomy.JupiterMoons(astronomy.Time.FromTerrestrialTime(second / 86_400))
        for moon in ("Io", "Europa", "Ganymede", "Callisto"):
            state = getattr(moons, moon.lower())
            vector = (v * astronomy.KM_PER_AU for v in (state.x, state.y, state.z))
            out.write(f"{second},{moon}," + ",".join(f"{v:.0f}" for v in vector) + "\n")
