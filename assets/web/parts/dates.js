// From the scene's time (TDB seconds past J2000) to a date in UTC and back to words. Leap seconds and the
// difference between TDB and TT are in here and nowhere else.

/** J2000, 2000-01-01 12:00, in milliseconds since 1970. */
const J2000_MS = 946_728_000_000;
const TT_MINUS_TAI_S = 32.184;

/** From which day on TAI is so many seconds ahead of UTC (IERS Bulletin C); before 1972 none are counted. */
const LEAPS = [
  ["1972-01-01", 10],
  ["1972-07-01", 11],
  ["1973-01-01", 12],
  ["1974-01-01", 13],
  ["1975-01-01", 14],
  ["1976-01-01", 15],
  ["1977-01-01", 16],
  ["1978-01-01", 17],
  ["1979-01-01", 18],
  ["1980-01-01", 19],
  ["1981-07-01", 20],
  ["1982-07-01", 21],
  ["1983-07-01", 22],
  ["1985-07-01", 23],
  ["1988-01-01", 24],
  ["1990-01-01", 25],
  ["1991-01-01", 26],
  ["1992-07-01", 27],
  ["1993-07-01", 28],
  ["1994-07-01", 29],
  ["1996-01-01", 30],
  ["1997-07-01", 31],
  ["1999-01-01", 32],
  ["2006-01-01", 33],
  ["2009-01-01", 34],
  ["2012-07-01", 35],
  ["2015-07-01", 36],
  ["2017-01-01", 37],
]
  .map(([day, leaps_s]) => ({ from_ms: Date.parse(`${day}T00:00:00Z`), leaps_s }))
  .reverse();

/** TDB minus TT, seconds: the constants of SPICE's leap second kernels (NAIF). */
function tdbMinusTt_s(tdb_s) {
  const anomaly = 6.239996 + 1.99096871e-7 * tdb_s;
  return 1.657e-3 * Math.sin(anomaly + 1.671e-2 * Math.sin(anomaly));
}

/** The scene's time as a date in UTC, to the millisecond; null beyond all calendars. */
export function toDate(tdb_s) {
  const tai_s = tdb_s - tdbMinusTt_s(tdb_s) - TT_MINUS_TAI_S;
  const tai_ms = J2000_MS + Math.round(tai_s * 1000);
  const leap = LEAPS.find(({ from_ms, leaps_s }) => tai_ms >= from_ms + leaps_s * 1000);
  const date = new Date(tai_ms - (leap?.leaps_s ?? 0) * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}

const two = (number) => String(number).padStart(2, "0");

/** A date: `2026-03-07`. */
export function day(tdb_s) {
  const date = toDate(tdb_s);
  if (!date) return "beyond all dates";
  const year = date.getUTCFullYear();
  const sign = year < 0 ? "-" : "";
  return `${sign}${String(Math.abs(year)).padStart(year < 0 ? 3 : 4, "0")}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

/** A time of day: `18:30:00`. */
export function time(tdb_s) {
  const date = toDate(tdb_s);
  return date ? `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}` : "";
}

/** Both, as commands take them: `2026-03-07T18:30:00`. */
export const iso = (tdb_s) => `${day(tdb_s)}T${time(tdb_s)}`;
