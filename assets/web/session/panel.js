// The session recording menu: recording above, playing below.

import { el } from "../parts/elements.js";
import { choice, labelled, toggleSwitch } from "../parts/controls.js";
import { follow, playing, state } from "../link/state.js";
import { libraryList } from "./library.js";
import { recordForm } from "./record-form.js";
import { say, sayFor } from "../link/say.js";
import * as words from "../parts/words.js";

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8].map((speed) => [String(speed), words.speed(speed)]);
const ENDS = [
  ["hold", "hold"],
  ["return", "return"],
];

/** What was chosen here for the next playback; what was not is as the settings say. */
const chosen = {};
const setting = (name, otherwise) => state.settings?.find?.((row) => row.name === name)?.value ?? otherwise;

/** How playback is now, or how the next one will be. */
function wish() {
  const now = playing();
  if (now)
    return {
      force_time: now.force_time,
      loops: now.at_end === "loop",
      speed: now.speed,
      at_end: chosen.at_end ?? (now.at_end === "loop" ? "hold" : now.at_end),
    };
  const end = setting("at_end", "hold");
  return {
    force_time: chosen.force_time ?? setting("force_time", true),
    loops: chosen.loops ?? (setting("loop_playback", false) || end === "loop"),
    speed: chosen.speed ?? setting("playback_speed", 1),
    at_end: chosen.at_end ?? (end === "loop" ? "hold" : end),
  };
}

/** Plays a recording as chosen. */
export function play(recording, from) {
  const { force_time, loops, speed, at_end } = wish();
  return say("play.start", { recording, force_time, speed, at_end: loops ? "loop" : at_end }, from);
}

/** Fills the panel. */
export function makeSession(body, isShown) {
  body.append(recordForm(isShown), el("hr"), playOptions(isShown), libraryList(isShown));
}

/** What is chosen holds for the next playback, and for the one that is under way. */
function playOptions(isShown) {
  const now = (control, call, args) => {
    if (playing()) sayFor(control, call, args);
  };
  const forced = toggleSwitch(
    "Force time change to recorded time",
    (on, input) => {
      chosen.force_time = on;
      now(input, "play.force_time", { on });
    },
    "The scene's clock is the recorded one; off: it goes its own way",
  );
  const loop = toggleSwitch(
    "Loop playback",
    (on, input) => {
      chosen.loops = on;
      now(input, "play.at_end", { what: on ? "loop" : wish().at_end });
    },
    "Begin again at the end, until stopped by hand",
  );
  const speed = choice("Speed", SPEEDS, (value, select) => {
    chosen.speed = Number(value);
    now(select, "play.speed", { speed: Number(value) });
    select.blur();
  });
  const end = choice("At the end", ENDS, (value, select) => {
    chosen.at_end = value;
    now(select, "play.at_end", { what: value });
    select.blur();
  });
  follow(
    ["mode", "settings"],
    () => {
      const { force_time, loops, speed: factor, at_end } = wish();
      forced.tell(force_time);
      loop.tell(loops);
      speed.tell(factor);
      end.tell(at_end);
      end.select.disabled = loops;
    },
    isShown,
  );
  return el(
    "div",
    { class: "group" },
    el("h3", {}, "Play"),
    forced.row,
    loop.row,
    el("div", { class: "pair" }, labelled("Speed", speed.select), labelled("At the end", end.select)),
  );
}
