// What keys do where nothing is typed: the same as in Skyreel's window. Those that somebody has changed in
// the settings are followed here too.

import { playing, recording, state } from "./link/state.js";
import { say } from "./link/say.js";
import { startOrStop } from "./session/record-form.js";

const always = () => true;
const live = () => !playing();

/** Of two with one key the first that can be done has it. `does` is told what opens and closes panels. */
export const ACTIONS = [
  {
    name: "record",
    when: "Always",
    can: always,
    key: "Ctrl+Shift+R",
    help: "Start or stop recording",
    does: () => startOrStop(),
  },
  {
    name: "screenshot",
    when: "Always",
    can: always,
    key: "F12",
    help: "Save a picture of the scene",
    does: () => say("window.screenshot"),
    isBrowsers: true,
  },
  {
    name: "layout_1",
    when: "Always",
    can: always,
    key: "1",
    help: "One view on screen",
    does: () => say("view.layout", { count: 1 }),
  },
  {
    name: "layout_2",
    when: "Always",
    can: always,
    key: "2",
    help: "Two views on screen",
    does: () => say("view.layout", { count: 2 }),
  },
  {
    name: "layout_4",
    when: "Always",
    can: always,
    key: "4",
    help: "Four views on screen",
    does: () => say("view.layout", { count: 4 }),
  },
  {
    name: "help",
    when: "Always",
    can: always,
    key: "?",
    help: "Show all keys",
    does: () => import("./help.js").then((help) => help.showHelp()),
  },
  {
    name: "console",
    when: "Always",
    can: always,
    key: "`",
    help: "Open or close the console",
    does: ({ toggle }) => toggle("console"),
  },
  {
    name: "journey",
    when: "Always",
    can: always,
    key: "Ctrl+J",
    help: "Open or close the journey",
    does: ({ toggle }) => toggle("journey"),
  },
  {
    name: "close",
    when: "While you fly",
    can: live,
    key: "Esc",
    help: "Close what is open",
    does: ({ closeLast }) => closeLast(),
  },
  {
    name: "clock_toggle",
    when: "While you fly",
    can: live,
    key: "Space",
    help: "Stop the clock or let it go on",
    does: () => say("clock.toggle"),
  },
  {
    name: "clock_faster",
    when: "While you fly",
    can: live,
    key: "L",
    help: "Clock: next step up",
    does: () => say("clock.faster"),
  },
  {
    name: "clock_slower",
    when: "While you fly",
    can: live,
    key: "K",
    help: "Clock: next step down",
    does: () => say("clock.slower"),
  },
  {
    name: "clock_real_time",
    when: "While you fly",
    can: live,
    key: "J",
    help: "Clock: real time",
    does: () => say("clock.real_time"),
  },
  {
    name: "flight_stop",
    when: "While you fly",
    can: live,
    key: "F",
    help: "End a flight, and all gliding",
    does: () => say("navigate.stop"),
  },
  {
    name: "mark",
    when: "While recording",
    can: () => recording(),
    key: "M",
    help: "Mark this moment",
    does: () => say("record.mark", { name: "Mark" }),
  },
  {
    name: "play_toggle",
    when: "While playing",
    can: playing,
    key: "Space",
    help: "Pause or go on",
    does: () => say("play.toggle"),
  },
  {
    name: "play_faster",
    when: "While playing",
    can: playing,
    key: "Right",
    help: "Faster",
    does: () => say("play.faster"),
  },
  {
    name: "play_slower",
    when: "While playing",
    can: playing,
    key: "Left",
    help: "Slower",
    does: () => say("play.slower"),
  },
  {
    name: "play_forward",
    when: "While playing",
    can: playing,
    key: "Shift+Right",
    help: "10 s forward",
    does: () => say("play.jump", { by_s: 10 }),
  },
  {
    name: "play_back",
    when: "While playing",
    can: playing,
    key: "Shift+Left",
    help: "10 s back",
    does: () => say("play.jump", { by_s: -10 }),
  },
  {
    name: "play_home",
    when: "While playing",
    can: playing,
    key: "Home",
    help: "To the start",
    does: () => say("play.home"),
  },
  {
    name: "play_end",
    when: "While playing",
    can: playing,
    key: "End",
    help: "To the end",
    does: () => say("play.end"),
  },
  {
    name: "frame_back",
    when: "While playing",
    can: playing,
    key: ",",
    help: "One frame back",
    does: () => say("play.step", { frames: -1 }),
  },
  {
    name: "frame_on",
    when: "While playing",
    can: playing,
    key: ".",
    help: "One frame on",
    does: () => say("play.step", { frames: 1 }),
  },
  {
    name: "play_stop",
    when: "While playing",
    can: playing,
    key: "Esc",
    help: "Stop playback",
    does: () => say("play.stop"),
  },
];

/** The key that an action has now; empty: none. */
export function keyOf(action) {
  const changed = state.settings?.find?.((setting) => setting.name === `keys.${action.name}`);
  if (typeof changed?.value !== "string") return action.key;
  return changed.value === "none" ? "" : changed.value;
}

const SHORT = {
  " ": "Space",
  ArrowRight: "Right",
  ArrowLeft: "Left",
  ArrowUp: "Up",
  ArrowDown: "Down",
  Escape: "Esc",
  PageUp: "PageUp",
  PageDown: "PageDown",
};
/** Signs that take Shift on some keyboards and none on others. */
const SHIFTED = ':+|?!{}"*_<>~';

/** A key that is pressed, as settings write it: `Ctrl+Shift+R`. */
export function textOf(event) {
  const key = SHORT[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const held = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const shift = event.shiftKey && !SHIFTED.includes(key) ? "Shift+" : "";
  return `${held}${shift}${event.altKey ? "Alt+" : ""}${key}`;
}

const FIELDS =
  "input:not([type=checkbox], [type=radio], [type=range], [type=color], [type=button]), textarea, select, [contenteditable]";
/** What the keyboard does with these is theirs: a button's Space, a slider's arrows. */
const OWN = {
  Space: "button, a, summary, select, input:not([type=range]), [role=option]",
  Enter: "button, a, summary, input",
};
const ARROWS = ["Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown"];

/** Listens; `page` opens and closes panels. */
export function listenToKeys(page) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const focused = event.target;
    const pressed = textOf(event);
    if (focused.matches?.(FIELDS)) {
      if (pressed === "Esc") focused.blur();
      // What no field means is an action's all the same.
      if (!/^(Ctrl\+|F\d)/.test(pressed) || /^Ctrl\+(Shift\+)?[ACVXZY]$/.test(pressed)) return;
    }
    if (OWN[pressed] && focused.matches?.(OWN[pressed])) return;
    if (
      ARROWS.includes(pressed.replace("Shift+", "")) &&
      focused.matches?.("input, [role=slider], [role=radio], [role=tab]")
    )
      return;
    const action = ACTIONS.find((action) => !action.isBrowsers && keyOf(action) === pressed && action.can());
    if (!action) return;
    event.preventDefault();
    action.does(page);
  });
  // A button that was clicked by pointer gives the keyboard back, so that Space means the session again.
  document.addEventListener("click", (event) => {
    if (event.detail > 0 && document.activeElement?.matches("button, summary, a"))
      document.activeElement.blur();
  });
}
