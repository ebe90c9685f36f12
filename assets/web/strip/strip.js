// The strip under the picture: what is being recorded or played and how to end it; else how to begin.

import { button, el, show } from "../parts/elements.js";
import { follow } from "../link/state.js";
import { playingStrip } from "./playing.js";
import { recordingStrip } from "./recording.js";
import { startOrStop } from "../session/record-form.js";
import { say } from "../link/say.js";
import * as words from "../parts/words.js";

/** Fills the strip. */
export function makeStrip(strip) {
  const views = { idle: idleStrip(), recording: recordingStrip(), playing: playingStrip() };
  strip.append(...Object.values(views));
  follow(["mode"], ({ mode }) => {
    const now = mode.recording ? "recording" : mode.playing ? "playing" : "idle";
    for (const [name, view] of Object.entries(views)) show(view, name === now);
    strip.dataset.mode = now;
  });
}

function idleStrip() {
  const record = button("Record", () => startOrStop(strip), {
    sign: "record",
    kind: "danger large",
    title: "Everything is recorded until it is stopped (Ctrl+Shift+R)",
  });
  const last = el("button", { type: "button", class: "button quiet last" }, el("span", { class: "cut" }));
  const strip = el("div", { class: "strip-row idle", "data-faults": true }, record, last);
  follow(["library", "mode"], ({ library }) => {
    const latest = library?.recordings?.find(({ is_playable, condition }) => is_playable && !condition);
    show(last, latest);
    if (!latest) return;
    const length = latest.duration === undefined ? "" : `, ${words.length(latest.duration)}`;
    last.firstElementChild.textContent = `Play ‘${latest.title || latest.recording}’${length}`;
    last.title = latest.recording;
    last.onclick = () => say("play.start", { recording: latest.recording }, strip);
  });
  return strip;
}
