// The strip while a recording is being made: that it is, how long, how large, and how to end it.

import { button, el, iconButton, setClass, setIcon, setLabel, setText, show } from "../parts/elements.js";
import { follow, recording } from "../link/state.js";
import { say } from "../link/say.js";
import * as words from "../parts/words.js";

/** Makes it. */
export function recordingStrip() {
  const dot = el("span", { class: "dot", "aria-hidden": "true" });
  const what = el("strong", { class: "red" });
  const elapsed = el("span", {
    class: "digits big",
    id: "elapsed",
    role: "timer",
    "aria-label": "Length of the recording",
  });
  const facts = el("span", { class: "weak digits cut" });
  const name = el("span", { class: "weak cut name" });
  const mark = iconButton(
    "flag",
    "Mark this moment",
    () => say("record.mark", { name: `Mark at ${elapsed.textContent}` }, strip),
    { title: "Mark this moment (M)" },
  );
  const pause = iconButton("pause", "Pause recording", () =>
    say(recording()?.paused ? "record.resume" : "record.pause", {}, strip),
  );
  const discard = iconButton("trash", "Discard recording", () => ask(true), {
    title: "Throw this recording away; asks first",
  });
  const stop = button("Stop recording", () => say("record.stop", {}, strip), {
    sign: "stop",
    kind: "danger large",
    title: "End the recording and keep it (Ctrl+Shift+R)",
  });
  const throwAway = button("Throw away", () => (ask(false), say("record.discard", {}, strip)), {
    kind: "danger",
  });
  const keep = button("Go on recording", () => ask(false));
  const tools = el("div", { class: "strip-tools" }, mark, pause, discard, stop);
  const asking = el(
    "div",
    { class: "strip-tools", role: "alertdialog", "aria-label": "Throw this recording away?", hidden: true },
    el("span", { class: "amber ask" }, "Throw this recording away?"),
    keep,
    throwAway,
  );
  const strip = el(
    "div",
    { class: "strip-row", "data-faults": true },
    el("div", { class: "strip-state" }, dot, what, elapsed, facts, name),
    tools,
    asking,
  );
  const ask = (isAsked) => {
    show(asking, isAsked);
    show(tools, !isAsked);
    if (isAsked) keep.focus();
  };
  strip.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || asking.hidden) return;
    event.preventDefault();
    ask(false);
  });
  let shown = "";
  follow(["mode"], ({ mode }) => {
    const now = mode.recording;
    if (!now || now.name !== shown) ask(false);
    shown = now?.name ?? "";
    if (!now) return;
    setText(what, now.paused ? "Paused" : "Recording");
    setClass(what, "amber", now.paused);
    setClass(dot, "is-still", now.paused);
    setText(elapsed, words.hours(now.elapsed));
    setText(facts, `${words.bytes(now.bytes)} · ${words.count(now.frames)} frames`);
    setText(name, now.name);
    setIcon(pause, now.paused ? "play" : "pause");
    setLabel(
      pause,
      now.paused ? "Resume recording" : "Pause recording",
      now.paused ? "Record on" : "Leave out what happens until it goes on",
    );
  });
  return strip;
}
