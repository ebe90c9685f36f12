"""Prints, as JSON, every clock key and camera entry of recording files, bit for bit.

Written from src/core/format/native/FORMAT.md alone, with public packages: it is the proof that anyone can.

usage: read_blocks.py FILE.skyreel...
"""

import json
import math
import struct
import sys

import msgpack
import numpy
from mcap.reader import make_reader
from pcodec import wrapped

MASK = (1 << 64) - 1


def wrap(value):
    value &= MASK
    return value - (1 << 64) if value >> 63 else value


def divided(a, b):
    """As IEEE 754 has it, where Python raises."""
    with numpy.errstate(all="ignore"):
        return float(numpy.float64(a) / numpy.float64(b))


def single(value):
    with numpy.errstate(all="ignore"):
        return float(numpy.float32(value))


def to_i64(value):
    if math.isnan(value):
        return 0
    return max(-(1 << 63), min((1 << 63) - 1, int(value))) if math.isfinite(value) else wrap_end(value)


def wrap_end(value):
    return (1 << 63) - 1 if value > 0 else -(1 << 63)


def rounded(value):
    return float(numpy.round(value)) if math.isfinite(value) else value


def place(bits, width):
    largest = (1 << (width - 1)) - 1
    return bits if bits <= largest else ~(bits & largest)


def bits_at(step, width):
    return (step if step >= 0 else ~step | (1 << (width - 1))) & ((1 << width) - 1)


def f32_at(step):
    return struct.unpack("<f", struct.pack("<I", bits_at(wrap32(step), 32)))[0]


def wrap32(step):
    step &= 0xFFFFFFFF
    return step - (1 << 32) if step >> 31 else step


def f32_step(value):
    return place(int(numpy.float32(value).view(numpy.uint32)), 32)


class Grid:
    def __init__(self, reader):
        self.kind = reader.byte()
        self.places = struct.unpack("b", bytes([reader.byte()]))[0] if self.kind == 19 else self.kind

    def at(self, step):
        if self.kind == 19:
            return step / math.ldexp(1.0, self.places) if self.places < 0 else float(step) * math.ldexp(1.0, -self.places)
        if self.kind <= 9:
            return divided(float(step), 10.0**self.places)
        if self.kind == 18:
            return struct.unpack("<d", struct.pack("<Q", bits_at(step, 64)))[0]
        value = f32_at(step)
        if self.kind == 17:
            for places in range(7, 18):
                power = 10.0**places
                printed = divided(rounded(value * power), power)
                if single(printed) == value:
                    return printed
        return value

    def step(self, value):
        if self.kind == 19:
            with numpy.errstate(all="ignore"):
                return to_i64(rounded(float(numpy.float64(value) * math.ldexp(1.0, self.places))))
        if self.kind <= 9:
            return to_i64(rounded(value * 10.0**self.places))
        if self.kind == 18:
            return place(struct.unpack("<Q", struct.pack("<d", value))[0], 64)
        with numpy.errstate(all="ignore"):
            return f32_step(value)


class Reader:
    def __init__(self, data):
        self.file, used = wrapped.FileDecompressor.new(data)
        self.rest = data[used:]

    def take(self, count):
        taken, self.rest = self.rest[:count], self.rest[count:]
        assert len(taken) == count
        return taken

    def byte(self):
        return self.take(1)[0]

    def float(self):
        return struct.unpack("<d", self.take(8))[0]

    def int(self):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                value &= MASK
                return wrap((value >> 1) ^ -(value & 1))

    def column(self, rows):
        kind = self.byte()
        if kind == 0:
            return [self.int()] * rows
        number = {1: "i16", 2: "i32", 3: "i64"}[kind]
        chunk, used = self.file.chunk_decompressor(self.rest, number)
        self.rest = self.rest[used:]
        out = numpy.zeros(rows, dtype={"i16": "int16", "i32": "int32", "i64": "int64"}[number])
        progress, used = chunk.read_page_into(self.rest, rows, out)
        assert progress.finished
        self.rest = self.rest[used:]
        return [int(value) for value in out]

    def stamps(self, rows):
        first, unit = self.int(), self.int()
        return [wrap(first + units * unit) for units in self.column(rows)]

    def dues(self, has_delays, stamps):
        delays = self.column(len(stamps)) if has_delays else [0] * len(stamps)
        return [wrap(stamp + delay) for stamp, delay in zip(stamps, delays)]

    def sim_times(self, stamps):
        grid, way = Grid(self), self.byte()
        first = grid.at(self.int())
        rate = self.float() if way else None
        times = []
        for stamp, step in zip(stamps, self.column(len(stamps))):
            told = first if rate is None else first + float(wrap(stamp - stamps[0])) * rate
            told = told if math.isfinite(told) else first
            times.append(grid.at(wrap(grid.step(told) + step)))
        return times

    def vectors(self, size, before, paces):
        flags = self.byte()
        told_by = [(Grid(self), self.byte()) for _ in range(size)]
        grids, ways = zip(*told_by)
        guide, base = flags & ~16, before
        if flags & 16:
            base = [grid.at(self.int()) for grid in grids]
        columns = [self.column(len(paces)) for _ in range(size)]
        order = sorted(range(size), key=lambda c: (c != guide, ways[c] == 4))
        past, rows = [base, base, base], []
        for index, pace in enumerate(paces):
            row = [0.0] * size
            for c in order:
                told = foretold(ways[c], c, guide, base, past, row, pace)
                row[c] = grids[c].at(wrap(grids[c].step(told) + columns[c][index]))
            past = [row, past[0], past[1]]
            rows.append(row)
        return rows

    def scales(self, positions, before):
        way = self.byte()
        base = before or (0.0, [0.0] * 3)
        if way & 2:
            base = (f32_at(self.int()), positions[0])
        length = lambda v: math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
        last, scales = base, []
        for position, step in zip(positions, self.column(len(positions))):
            told = base[0]
            if way & 1:
                told = single(divided(last[0] * length(last[1]), length(position)))
                told = told if math.isfinite(told) else last[0]
            scales.append(f32_at(wrap(f32_step(told) + step)))
            last = (scales[-1], position)
        return scales


def foretold(way, c, guide, base, past, row, pace):
    last, before, earlier = past
    if way == 0:
        return base[c]
    if way == 1:
        told = last[c] + (last[c] - before[c]) * pace
    elif way == 2:
        told = row[guide] * divided(last[c], last[guide])
    elif way == 3:
        told = last[c] + (row[guide] - last[guide]) * divided(last[c] - earlier[c], last[guide] - earlier[guide])
    else:
        rest = 0.0
        for value in last:
            rest += value * value
        for other, value in enumerate(row):
            if other != c:
                rest -= value * value
        told = math.copysign(math.sqrt(rest), last[c]) if rest > 0 else 0.0
    return told if math.isfinite(told) else last[c]


def paces(stamps):
    found = []
    for i in range(len(stamps)):
        pace = 1.0
        if i >= 2:
            now, before = wrap(stamps[i] - stamps[i - 1]), wrap(stamps[i - 1] - stamps[i - 2])
            if now > 0 and before > 0:
                pace = min(float(now) / float(before), 4.0)
        found.append(pace)
    return found


def bits(value):
    return struct.pack(">d", value).hex()


def read(path):
    keys, cameras, state, clock = [], {}, {}, []
    with open(path, "rb") as file:
        for _, channel, message in make_reader(file).iter_messages(log_time_order=False):
            fields = msgpack.unpackb(message.data, strict_map_key=False)
            if channel.id == 1:
                state, clock = fields, []
            elif channel.id == 2:
                reader = Reader(fields["columns"])
                flags, rows = reader.byte(), fields["rows"]
                stamps = reader.stamps(rows)
                dues = reader.dues(flags & 1, stamps)
                times = reader.sim_times(stamps)
                which = reader.column(rows) if flags & 2 else None
                easings = [fields["easings"][i] for i in which] if which else ["Linear"] * rows
                assert not reader.rest
                clock = list(zip(stamps, times))
                keys += [[*row] for row in zip(stamps, dues, map(bits, times), easings)]
            elif channel.id >= 16:
                view = channel.id - 16
                last = state.get("cameras", [])
                last = last[view] if view < len(last) else None
                cameras.setdefault(view, []).extend(block(fields, clock, last))
    return {"keys": keys, "cameras": cameras}


def block(fields, clock, last):
    reader = Reader(fields["columns"])
    flags, rows = reader.byte(), fields["rows"]
    stamps = reader.stamps(rows) if flags & 2 else [key[0] for key in clock]
    dues = reader.dues(flags & 1, stamps)
    times = reader.sim_times(stamps) if flags & 4 else [key[1] for key in clock]
    seqs = [reader.int()]
    for step in reader.column(rows - 1):
        seqs.append(wrap(seqs[-1] + step))
    pace = paces(stamps)
    positions = reader.vectors(3, last and last[6], pace)
    rotations = reader.vectors(4, last and last[7], pace)
    scales = reader.scales(positions, last and (last[8], last[6]))
    manners = [fields["manners"][which] for which in reader.column(rows)]
    assert not reader.rest
    for i, manner in enumerate(manners):
        leave = manner.get("leave") or {"path": "AsRecorded", "easing": "Linear"}
        numbers = [times[i], *positions[i], *rotations[i], scales[i]]
        yield [
            seqs[i] & MASK,
            stamps[i],
            dues[i],
            "".join(map(bits, numbers)),
            manner["anchor"],
            manner.get("follow", False),
            leave["path"],
            leave["easing"],
        ]


numpy.seterr(all="ignore")
print(json.dumps([read(path) for path in sys.argv[1:]]))
