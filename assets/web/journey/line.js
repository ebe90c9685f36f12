// The journey as a line: its keys by lane, how fast the camera goes, and where its time stands, to drag.

import { el, rows, setAttribute, setClass, show } from "../parts/elements.js";
import { nextTold, playing, state } from "../link/state.js";
import { newest, say } from "../link/say.js";
import { kindOf, titleOf } from "./keys.js";
import * as words from "../parts/words.js";

/** What the id of a journey that is played begins with. */
const PLAYED_AS = "journey:";
const LANES = ["camera", "property", "script"];
const STEPS_S = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 };

/** Makes the line. */
export function journeyLine({ select, selected, isShown }) {
  const speeds = el("canvas", { class: "line-ticks", "aria-hidden": "true" });
  const keys = el("div", { class: "line-keys" });
  const head = el("div", { class: "line-head" });
  const slider = el("div", {
    class: "line-slider",
    role: "slider",
    tabindex: "0",
    "aria-label": "Journey's time",
    "aria-valuemin": "0",
  });
  const well = el("div", { class: "line-well" });
  const line = el("div", { class: "line journey-line" }, well, speeds, slider, keys, head);
  const time = el("span", { class: "digits" });
  const warnings = el("ul", { class: "warnings" });
  const box = el(
    "div",
    { class: "journey-time", "data-faults": true },
    el("div", { class: "row" }, line, time),
    warnings,
  );

  let held = null;
  let drawnSpeeds = null;
  const journey = () => state.journey ?? {};
  // A journey that is being begun has room behind its last key.
  const end = () => Math.max(journey().duration ?? 0, journey().at ?? 0, 1e9);
  const shareOf = (at) => Math.min(Math.max(at / end(), 0), 1);
  const seek = newest((at) => say("journey.seek", { at_s: at / 1e9 }, box));

  const draw = () => {
    const now = journey();
    const isPlayed = playing()?.recording.startsWith(PLAYED_AS);
    const at = held ?? (isPlayed ? playing().at : (now.at ?? 0));
    head.style.left = `${100 * shareOf(at)}%`;
    time.textContent = `${words.moment(at)} / ${words.moment(now.duration ?? 0)}`;
    setAttribute(slider, "aria-valuemax", end() / 1e9);
    setAttribute(slider, "aria-valuenow", at / 1e9);
    setAttribute(slider, "aria-valuetext", words.moment(at));
    rows(
      keys,
      now.keys ?? [],
      ({ key }) => key,
      ({ key }) =>
        el("button", {
          type: "button",
          class: "line-key",
          tabindex: "-1",
          onclick: (event) => (event.stopPropagation(), select([key], event.ctrlKey || event.shiftKey)),
        }),
      (mark, key) => {
        mark.style.left = `${100 * shareOf(key.at)}%`;
        mark.dataset.kind = kindOf(key);
        mark.style.setProperty("--lane", LANES.indexOf(kindOf(key)));
        setClass(mark, "is-chosen", selected.has(key.key));
        const text = `${words.moment(key.at)} ${titleOf(key)}`;
        setAttribute(mark, "aria-label", text);
        setAttribute(mark, "title", text);
      },
    );
    rows(
      warnings,
      now.warnings ?? [],
      ({ key, at }) => `${key} ${at}`,
      () => el("li", { class: "amber" }),
      (row, { at, text }) => (row.textContent = `${words.moment(at)}  ${text}`),
    );
    show(warnings, now.warnings?.length > 0);
    drawSpeeds(now);
  };

  const drawSpeeds = ({ speeds: values = [], duration }) => {
    const width = Math.round(line.clientWidth * devicePixelRatio);
    const known = [values, duration, end(), width];
    if (drawnSpeeds?.every((part, index) => part === known[index])) return;
    drawnSpeeds = known;
    const height = Math.round(line.clientHeight * devicePixelRatio);
    [speeds.width, speeds.height] = [width, height];
    const most = Math.max(...values, 0);
    if (most === 0) return;
    const painter = speeds.getContext("2d");
    const last = (duration / end()) * width;
    painter.fillStyle = "rgb(94 175 255 / 0.16)";
    painter.beginPath();
    painter.moveTo(0, height);
    values.forEach((value, index) =>
      painter.lineTo((index / Math.max(values.length - 1, 1)) * last, height - (value / most) * height * 0.6),
    );
    painter.lineTo(last, height);
    painter.fill();
  };

  const move = (event) => {
    const place = line.getBoundingClientRect();
    const at = Math.round(Math.min(Math.max((event.clientX - place.left) / place.width, 0), 1) * end());
    if (at === held) return;
    held = at;
    draw();
    seek(at);
  };
  slider.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    slider.setPointerCapture(event.pointerId);
    move(event);
    slider.onpointermove = move;
  });
  const finish = async () => {
    if (!slider.onpointermove) return;
    slider.onpointermove = null;
    await nextTold();
    held = null;
    draw();
  };
  slider.addEventListener("pointerup", finish);
  slider.addEventListener("pointercancel", finish);
  slider.addEventListener("keydown", (event) => {
    const now = journey().at ?? 0;
    const to =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? journey().duration
          : event.key in STEPS_S
            ? now + STEPS_S[event.key] * 1e9
            : null;
    if (to === null) return;
    event.preventDefault();
    seek(Math.max(to, 0));
  });
  new ResizeObserver(() => isShown() && draw()).observe(line);
  return { box, draw };
}
