// Flying from the page: what is dragged, pinched, turned with the wheel or held on the keyboard becomes
// pushes, as of keys that are held in the window. A push that takes longer than the next one is worth is
// carried on, so that nothing is lost on the way.

import { playing, state } from "./link/state.js";
import { say } from "./link/say.js";

/** What a key that is held moves in a second, in heights of the picture: the flyer's own pace. */
const HEIGHTS_PER_S = 0.5;
/** What it comes nearer in a second: the flyer's pace, and its e-folds of height for a drag of one height. */
const EFOLDS_PER_S = HEIGHTS_PER_S * 3.5;
/** A notch of the wheel, in seconds of a key. */
const NOTCH_S = 0.12;
/** How often is said how to fly on, and how long that holds where nothing more comes. */
const EVERY_MS = 60;
const HOLDS_S = 0.25;
const STOPS_S = 0.02;
/** What was dragged is caught up with for so long at most. */
const MOST_BEHIND_S = 1.2;
const AFTER_RELEASE_S = 0.6;

const AXES = ["orbit_x", "orbit_y", "pan_x", "pan_y", "look_x", "look_y", "zoom", "heading", "roll"];

/** What is still to be flown, in seconds of a held key; and which keys are held. */
const left = Object.fromEntries(AXES.map((axis) => [axis, 0]));
const held = new Map();
let isFlying = false;

/** Whether the camera is whoever sits here's. */
const isFree = () => state.navigation && (!playing() || playing().has_ended);

function push(axis, by_s) {
  left[axis] = Math.min(Math.max(left[axis] + by_s, -MOST_BEHIND_S), MOST_BEHIND_S);
  fly();
}

/** Says how to fly, again and again, until there is no more to fly; then, once, that there is none. */
async function fly() {
  if (isFlying) return;
  isFlying = true;
  let wasOn = true;
  while (wasOn) {
    const began = performance.now();
    const rates = Object.fromEntries(AXES.map((axis) => [axis, rateOf(axis)]));
    const isOn = AXES.some((axis) => rates[axis] !== 0);
    const outcome = await say("navigate.steer", asArguments(rates, isOn ? HOLDS_S : STOPS_S));
    if (!outcome.isDone) {
      for (const axis of AXES) left[axis] = 0;
      held.clear();
      break;
    }
    await new Promise((done) => setTimeout(done, EVERY_MS - (performance.now() - began)));
    const took_s = (performance.now() - began) / 1000;
    for (const axis of AXES) {
      if (rates[axis] !== 0) left[axis] = towardsNone(left[axis], rates[axis] * took_s);
    }
    // Something may have been pushed while it was said that there is nothing more.
    wasOn = isOn || AXES.some((axis) => rateOf(axis) !== 0);
  }
  isFlying = false;
}

function rateOf(axis) {
  const keys = [...held.values()].reduce((sum, pushed) => sum + (pushed[axis] ?? 0), 0);
  return Math.min(Math.max(keys + left[axis] / (3 * (EVERY_MS / 1000)), -1), 1);
}

/** Less of it by what was flown, and none where that would lead beyond. */
function towardsNone(value, by) {
  const rest = value - by;
  return Math.abs(rest) < 0.004 || Math.sign(rest) !== Math.sign(value) ? 0 : rest;
}

function asArguments(rates, for_s) {
  const pair = (name) => [rates[`${name}_x`], rates[`${name}_y`]];
  return {
    orbit: pair("orbit"),
    pan: pair("pan"),
    look: pair("look"),
    zoom: rates.zoom,
    heading: rates.heading,
    roll: rates.roll,
    for_s,
  };
}

/** Listens on the picture and the keyboard. */
export function listenToHands(picture) {
  const fingers = new Map();
  picture.addEventListener("pointerdown", (event) => {
    if (!isFree() || event.target.closest(".screen-tools")) return;
    picture.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (event.button === 1) event.preventDefault();
  });
  picture.addEventListener("pointermove", (event) => {
    const from = fingers.get(event.pointerId);
    if (!from) return;
    const height = picture.clientHeight || 1;
    const to = { x: event.clientX, y: event.clientY };
    if (fingers.size === 2) pinch(fingers, event.pointerId, to, height);
    else drag(event, (to.x - from.x) / height / HEIGHTS_PER_S, (to.y - from.y) / height / HEIGHTS_PER_S);
    fingers.set(event.pointerId, to);
  });
  const release = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    // A quick pull is carried on for a moment, no more.
    for (const axis of AXES) left[axis] = Math.min(Math.max(left[axis], -AFTER_RELEASE_S), AFTER_RELEASE_S);
  };
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    picture.addEventListener(end, release);
  picture.addEventListener("contextmenu", (event) => event.preventDefault());
  picture.addEventListener(
    "wheel",
    (event) => {
      if (!isFree()) return;
      event.preventDefault();
      const notches = event.deltaY / (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 100 : 3);
      push("zoom", -notches * NOTCH_S);
    },
    { passive: false },
  );
  listenToHeldKeys(picture);
}

/** What is seen follows the hand: the camera goes the other way. The buttons mean what they do in the window. */
function drag({ buttons, ctrlKey, metaKey, shiftKey }, right_s, down_s) {
  const isCommand = ctrlKey || metaKey;
  if (isCommand && shiftKey) push("roll", right_s);
  else if (isCommand) both("look", -right_s, down_s);
  else if (shiftKey) push("heading", right_s);
  else if (buttons & 4) both("pan", -right_s, down_s);
  else if (buttons & 2) push("zoom", down_s);
  else both("orbit", -right_s, down_s);
}

function both(name, x, y) {
  push(`${name}_x`, x);
  push(`${name}_y`, y);
}

/** Two fingers: apart is nearer, together farther; both one way goes along. */
function pinch(fingers, moved, to, height) {
  const from = fingers.get(moved);
  const [other] = [...fingers].filter(([id]) => id !== moved).map(([, at]) => at);
  const apart = (at) => Math.hypot(at.x - other.x, at.y - other.y) || 1;
  push("zoom", Math.log(apart(to) / apart(from)) / EFOLDS_PER_S);
  both("pan", -(to.x - from.x) / 2 / height / HEIGHTS_PER_S, (to.y - from.y) / 2 / height / HEIGHTS_PER_S);
}

/** What held keys push: alone, with Ctrl, with Shift. */
const PUSHES = {
  ArrowLeft: [{ orbit_x: -1 }, { look_x: -1 }, { heading: -1 }],
  ArrowRight: [{ orbit_x: 1 }, { look_x: 1 }, { heading: 1 }],
  ArrowUp: [{ orbit_y: 1 }, { look_y: 1 }, { roll: -1 }],
  ArrowDown: [{ orbit_y: -1 }, { look_y: -1 }, { roll: 1 }],
  PageUp: [{ zoom: 1 }],
  PageDown: [{ zoom: -1 }],
  w: [{ pan_y: 1 }],
  s: [{ pan_y: -1 }],
  a: [{ pan_x: -1 }],
  d: [{ pan_x: 1 }],
};

function listenToHeldKeys(picture) {
  document.addEventListener("keydown", (event) => {
    const isNobodys = event.target === document.body || event.target === picture;
    if (!isNobodys || event.defaultPrevented || event.altKey || !isFree()) return;
    const kind = event.ctrlKey || event.metaKey ? 1 : event.shiftKey ? 2 : 0;
    const pushed = PUSHES[event.key]?.[kind];
    if (!pushed) return;
    event.preventDefault();
    held.set(event.code, pushed);
    fly();
  });
  document.addEventListener("keyup", (event) => held.delete(event.code));
  window.addEventListener("blur", () => held.clear());
}
