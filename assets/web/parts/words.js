// Numbers in words, as people read them in passing: the same words as in Skyreel's own bar.

const YEAR_S = 31_536_000;
const TIME_UNITS = [
  [YEAR_S, "y"],
  [2_592_000, "mo"],
  [604_800, "wk"],
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
];
/** IAU 2012 Resolution B2. */
const ASTRONOMICAL_UNIT_M = 149_597_870_700;
/** A Julian year at the speed of light. */
const LIGHT_YEAR_M = 9_460_730_472_580_800;
const MINUS = "\u2212";

const two = (number) => String(number).padStart(2, "0");

/** A whole number with its thousands apart: `12,345`. */
export function count(number) {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number of at most three digits, without ending zeros. */
function short(number) {
  if (number >= 1e15) return number.toExponential(2);
  if (number >= 100) return count(number);
  return String(Number(number.toFixed(number < 10 ? 2 : 1)));
}

/** A rate: `real time`, `1 h / s`, `−1 d / s`. */
export function rate(perSecond) {
  if (perSecond === 1) return "real time";
  const size = Math.abs(perSecond);
  const [unit_s, unit] = TIME_UNITS.find(([unit_s]) => size >= unit_s) ?? [1, "s"];
  return `${perSecond < 0 ? MINUS : ""}${short(size / unit_s)} ${unit} / s`;
}

/** How the clock runs: `1 h / s`, `paused`. */
export const pace = (clock) => (clock.paused ? "paused" : rate(clock.rate));

/** Hours, minutes, seconds: `01:02:03`. */
export function hours(ns) {
  const seconds = Math.floor(Math.max(ns, 0) / 1e9);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A moment of a recording, to the tenth: `01:02.5`, `1:01:02.5`. */
export function moment(ns) {
  const tenths = Math.floor(Math.abs(ns) / 1e8);
  const [hours, minutes, seconds] = [
    Math.floor(tenths / 36_000),
    Math.floor(tenths / 600) % 60,
    Math.floor(tenths / 10) % 60,
  ];
  const sign = ns < 0 ? MINUS : "";
  return `${sign}${hours > 0 ? `${hours}:` : ""}${two(minutes)}:${two(seconds)}.${tenths % 10}`;
}

/** A length in a list: `1:30`, `2:00:00`. */
export function length(ns) {
  const seconds = Math.floor((Math.max(ns, 0) + 5e8) / 1e9);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A file's size, in powers of ten: `12.3 MB`. */
export function bytes(size) {
  const units = [
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "kB"],
  ];
  const [unit, name] = units.find(([unit]) => size >= unit) ?? [1, "B"];
  return unit === 1 ? `${size} B` : `${(size / unit).toFixed(1)} ${name}`;
}

/** A distance in the unit it is thought of in: `120 m`, `12,345 km`, `1.52 AU`, `4.2 ly`. */
export function distance(metres) {
  const sign = metres < 0 ? MINUS : "";
  const size = Math.abs(metres);
  if (size < 1e3) return `${sign}${short(size)} m`;
  if (size < 1e5) return `${sign}${short(size / 1e3)} km`;
  if (size < 0.1 * ASTRONOMICAL_UNIT_M) return `${sign}${count(size / 1e3)} km`;
  if (size < 0.1 * LIGHT_YEAR_M) return `${sign}${short(size / ASTRONOMICAL_UNIT_M)} AU`;
  const lightYears = size / LIGHT_YEAR_M;
  if (lightYears < 1e6) return `${sign}${short(lightYears)} ly`;
  if (lightYears < 1e9) return `${sign}${short(lightYears / 1e6)} million ly`;
  return `${sign}${short(lightYears / 1e9)} billion ly`;
}

/** A place: `48.21° N 16.37° E`. */
export function place([latitude_deg, longitude_deg]) {
  const part = (degrees, plus, minus) =>
    `${Math.abs(degrees).toFixed(2)}°\u00a0${degrees < 0 ? minus : plus}`;
  return `${part(latitude_deg, "N", "S")} ${part(longitude_deg, "E", "W")}`;
}

/** Seconds that something will take: `12 s`, `2 min 05 s`. */
export function seconds(seconds_s) {
  const whole = Math.ceil(Math.max(seconds_s, 0));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
}

/** A speed: `2×`, `−0.5×`. */
export const speed = (factor) => `${factor < 0 ? MINUS : ""}${Math.abs(factor)}×`;

/** A recording's date as far as a list needs it: `2026-03-07 18:30`. */
export const listDate = (iso) => iso.slice(0, 16).replace("T", " ");

/** The value of a property, as people write it. */
export function value(held) {
  if (Array.isArray(held)) return held.map((part) => Number(part.toPrecision(4))).join(", ");
  if (typeof held === "number") return String(Number(held.toPrecision(6)));
  if (typeof held === "boolean") return held ? "on" : "off";
  return String(held);
}

/** A name as people read it: `instant_replay_s` with unit `s` becomes `Instant replay`. */
export function spoken(name, unit = "") {
  const bare = unit && name.endsWith(`_${unit}`) ? name.slice(0, -unit.length - 1) : name;
  const words = bare.replace(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
