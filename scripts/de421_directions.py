#!/usr/bin/env python3
"""Makes tests/corpus/de421_directions.csv: where JPL sees Sun, Moon and planets from the Earth.

    pip install jplephem skyfield-data de423
    scripts/de421_directions.py

Geometric vectors, body minus Earth, at the same instant: no light time, no aberration. ICRF axes
(J2000 equatorial), kilometres; Mars to Pluto are the barycentres of their systems. Dates are TDB
seconds past J2000, drawn with a fixed seed from the years 1900 to 2100: DE421 up to 2053, where it
ends, DE423 (of the same family: milliarcseconds apart) from there.
"""
import random
from importlib.resources import files

import de423
from jplephem.ephem import Ephemeris
from jplephem.spk import SPK

FIRST_JD, DE421_END_JD, LAST_JD, DATES = 2415020.5, 2471184.0, 2488434.5, 200
SEGMENTS = {"Sun": 10, "Mercury": 1, "Venus": 2, "Mars": 4, "Jupiter": 5, "Saturn": 6, "Uranus": 7,
            "Neptune": 8, "Pluto": 9}

de421 = SPK.open(str(files("skyfield_data") / "data" / "de421.bsp"))
later = Ephemeris(de423)


def from_de421(jd, part):
    earth_from_emb = de421[3, 399].compute(jd, part)
    earth = de421[0, 3].compute(jd, part) + earth_from_emb
    yield "Barycentre", -earth
    yield "Moon", de421[3, 301].compute(jd, part) - earth_from_emb
    for body, segment in SEGMENTS.items():
        yield body, de421[0, segment].compute(jd, part) - earth


def from_de423(jd, part):
    moon = later.position("moon", jd, part)[:, 0]
    earth = later.position("earthmoon", jd, part)[:, 0] - moon * later.earth_share
    yield "Barycentre", -earth
    yield "Moon", moon
    for body in SEGMENTS:
        yield body, later.position(body.lower(), jd, part)[:, 0] - earth


random.seed(421)
with open("tests/corpus/de421_directions.csv", "w") as out:
    out.write("# JPL DE421 (DE423 after 2053-10-09), geometric, body minus Earth, ICRF, km.\n"
              "# Made by scripts/de421_directions.py. Columns: TDB s past J2000, body, x, y, z\n")
    seconds = [random.randrange(int((FIRST_JD - 2451545) * 86400), int((LAST_JD - 2451545) * 86400))
               for _ in range(DATES)]
    for second in sorted(seconds):
        jd, part = 2451545.0 + second // 86400, second % 86400 / 86400
        source = from_de421 if jd < DE421_END_JD else from_de423
        for body, vector in source(jd, part):
            out.write(f"{second},{body}," + ",".join(f"{v:.1f}" for v in vector) + "\n")
