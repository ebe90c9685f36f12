// The strip while a recording plays, stands still or has ended: its buttons, and the position bar.

import {
  button,
  el,
  iconButton,
  setAttribute,
  setClass,
  setIcon,
  setLabel,
  setText,
  show,
} from "../parts/elements.js";
import { follow, playing } from "../link/state.js";
import { positionBar } from "./position.js";
import { say } from "../link/say.js";
import * as words from "../parts/words.js";

/** Makes it. */
export function playingStrip() {
  const tell = (call, args = {}) => say(call, args, strip);
  const sign = (name, label, key, does, attributes = {}) =>
    iconButton(name, label, does, { title: key ? `${label} (${key})` : label, ...attributes });
  const toggle = sign("pause", "Pause", "Space", () => tell("play.toggle"), {
    class: "icon-button main",
    id: "play-toggle",
  });
  const position = el("span", { class: "digits position" });
  const speed = el("button", {
    type: "button",
    class: "button small digits",
    onclick: () => tell("play.speed", { speed: -playing().speed }),
  });
  const loop = sign(
    "loop",
    "Loop",
    "",
    () => tell("play.at_end", { what: playing().at_end === "loop" ? "hold" : "loop" }),
    { title: "Begin again at the end, until stopped by hand" },
  );
  const forced = sign(
    "clock",
    "Force time",
    "",
    () => tell("play.force_time", { on: !playing().force_time }),
    { title: "Whether the scene's clock is the recorded one" },
  );
  const clear = sign("undo", "Clear marks", "", () => tell("play.marks"), {
    title: "Play the whole recording again",
  });
  const what = el("strong", { class: "cut" });
  const name = el("span", { class: "weak cut name" });
  const stop = button("Stop", () => tell("play.stop"), {
    sign: "stop",
    kind: "danger stop",
    title: "End playback; everything stays as it is (Esc)",
    "aria-label": "Stop playback",
  });
  const bar = positionBar(
    (at_s) => tell("play.seek", { at_s }),
    (from_s, to_s) => tell("play.marks", { from_s, to_s }),
  );
  const strip = el(
    "div",
    { class: "strip-column", "data-faults": true },
    bar,
    el(
      "div",
      { class: "strip-row" },
      el(
        "div",
        { class: "strip-tools transport" },
        sign("home", "To the start", "Home", () => tell("play.home")),
        sign("frame-back", "One frame back", ",", () => tell("play.step", { frames: -1 })),
        toggle,
        sign("frame-on", "One frame on", ".", () => tell("play.step", { frames: 1 })),
        sign("end", "To the end", "End", () => tell("play.end")),
      ),
      position,
      el(
        "div",
        { class: "strip-tools options" },
        sign("slower", "Slower", "Left", () => tell("play.slower")),
        speed,
        sign("faster", "Faster", "Right", () => tell("play.faster")),
        loop,
        forced,
        clear,
      ),
      el("div", { class: "strip-state end" }, name, what),
      stop,
    ),
  );
  follow(["mode"], ({ mode }) => {
    const now = mode.playing;
    if (!now) return;
    setText(position, `${words.moment(now.at)} / ${words.moment(now.duration)}`);
    const does = now.is_moving ? "Pause" : now.has_ended ? "Play again" : "Go on";
    setIcon(toggle, now.is_moving ? "pause" : "play");
    setLabel(toggle, does, `${does} (Space)`);
    setText(speed, words.speed(now.speed));
    setLabel(speed, `Playback speed ${words.speed(now.speed)}; play the other way`);
    setAttribute(loop, "aria-pressed", now.at_end === "loop");
    setAttribute(forced, "aria-pressed", now.force_time);
    show(clear, now.marks[0] > 0 || now.marks[1] < now.duration);
    setText(name, now.name);
    setText(what, now.has_ended ? "Playback finished" : now.is_moving ? "Playing" : "Paused");
    setClass(what, "green", now.has_ended);
  });
  return strip;
}
