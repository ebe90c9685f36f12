#!/usr/bin/env python3
"""Makes assets/ephemeris/planets.txt and moon.txt: VSOP87A and ELP/MPP02 without their small terms.

    scripts/ephemeris_tables.py VSOP87_CRATE ELP_JSON

VSOP87_CRATE: the unpacked source of the crate `vsop87` 3.0.0 (full VSOP87A; MIT/Apache-2.0).
ELP_JSON: the series object of npm `astronomia` 4.2.0, data/elpMppDe.js, as JSON (ELP/MPP02 fitted to
DE405; MIT): node -e 'import("astronomia/data/elpMppDe.js").then(m=>console.log(JSON.stringify(m.default)))'

Only needed to choose other cuts; the tables themselves are part of the repository. Each line of a
table is one frequency: its rate (rad per unit of time; the Moon's with t^2 and t^3), then, for every
coordinate and power of time that has it, the factors of cosine and sine.
"""
import json
import math
import re
import sys

# Least amplitude kept, au (rms of what is left out: a few times this).
PLANETS = {
    "Mercury": 1e-7, "Venus": 1e-7, "Earth": 1e-7, "Mars": 2e-7,
    "Jupiter": 2e-6, "Saturn": 3e-6, "Uranus": 3e-6, "Neptune": 3e-6,
}
# How much larger it may be 4,000 years from J2000.
FAR = 100
# Least amplitude kept: longitude and latitude in arcseconds, distance in km.
MOON = {"L": 0.05, "B": 0.05, "R": 0.1}


def short(value, digits):
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def write(out, groups, digits):
    order = sorted(groups, key=lambda key: -max(math.hypot(c, s) for _, c, s in groups[key]))
    for key in order:
        terms = " ".join(f"{name} {short(c, digits)} {short(s, digits)}" for name, c, s in groups[key])
        out.write(" ".join(key) + " | " + terms + "\n")


def vsop(crate, out):
    out.write("# VSOP87A (Bretagnon & Francou 1988), truncated by scripts/ephemeris_tables.py.\n"
              "# Heliocentric x y z, ecliptic and equinox of J2000, au; time in Julian millennia from J2000.\n"
              "# rate | coordinate and power of time, factor of cosine, factor of sine | ...\n")
    for planet, cut in PLANETS.items():
        text = open(f"{crate}/src/vsop87a/{planet.lower()}.rs").read().replace("PI", repr(math.pi))
        groups = {}
        for axis, power, n, body in re.findall(r"const ([XYZ])(\d): \[\[f64; (\d+)\]; 3\] = \[(.*?)\];", text, re.S):
            numbers = re.findall(r"-?[0-9][0-9.e-]*", body.replace("_", ""))
            n, power = int(n), int(power)
            assert len(numbers) == 3 * n
            for a, b, c in zip(numbers[:n], numbers[n:2 * n], numbers[2 * n:]):
                # A term t^n counts with what it reaches 200 years from J2000, or, for a coarser
                # sky, 4,000 years.
                if abs(float(a)) * 0.2 ** power < cut and abs(float(a)) * 4 ** power < FAR * cut:
                    continue
                a, b = float(a), float(b)
                groups.setdefault((c,), []).append(
                    (f"{axis.lower()}{power}", a * math.cos(b), -a * math.sin(b)))
        out.write(f"[{planet}]\n")
        write(out, groups, 10)


def elp(path, out):
    series = json.load(open(path))
    out.write("# ELP/MPP02 (Chapront & Francou 2003), fitted to DE405, truncated by scripts/ephemeris_tables.py.\n"
              "# Longitude less the mean one and latitude in arcseconds (x, y), distance in km (z);\n"
              "# time in Julian centuries from J2000.\n"
              "# rate, of t^2, of t^3 | coordinate and power of time, factor of cosine, of sine | ...\n[Moon]\n")
    groups = {}
    for axis, name in (("x", "L"), ("y", "B"), ("z", "R")):
        for power, terms in series[name].items():
            for a, phase, *rates in terms:
                if abs(a) < MOON[name]:
                    continue
                key = tuple(short(r, d) for r, d in zip(rates[:3], (10, 12, 14)))
                groups.setdefault(key, []).append(
                    (f"{axis}{power}", a * math.sin(phase), a * math.cos(phase)))
    write(out, groups, 5)


if __name__ == "__main__":
    with open("assets/ephemeris/planets.txt", "w") as out:
        vsop(sys.argv[1], out)
    with open("assets/ephemeris/moon.txt", "w") as out:
        elp(sys.argv[2], out)
