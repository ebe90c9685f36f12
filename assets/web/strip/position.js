// A recording as a line: where it is, the part that plays, what happens when; to click and drag on. While a
// finger is on it, it shows where that is.

import { el, setAttribute, setText, show } from "../parts/elements.js";
import { follow, nextTold, playing } from "../link/state.js";
import { newest } from "../link/say.js";
import * as words from "../parts/words.js";

const COLOURS = { change: "#5eafff", script: "#b494fa", marker: "#f2b850" };
const KINDS = { change: "Change", script: "Script", marker: "Marker" };
/** What lies over what. */
const LAYERS = ["change", "script", "marker"];
const NEAR_PX = 5;
const STEPS_S = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** Makes the line; `seek(at_s)` and `mark(from_s, to_s)` say what was asked, and come back when answered. */
export function positionBar(seek, mark) {
  const ticks = el("canvas", { class: "line-ticks", "aria-hidden": "true" });
  const part = el("div", { class: "line-part" });
  const done = el("div", { class: "line-done" });
  const head = el("div", { class: "line-head" });
  const ghost = el("div", { class: "line-ghost", hidden: true });
  const hint = el("div", { class: "line-hint digits", hidden: true });
  const ends = ["Start mark", "End mark"].map((name) =>
    el("div", {
      class: "line-mark",
      role: "slider",
      tabindex: "0",
      "aria-label": name,
      "aria-valuemin": "0",
    }),
  );
  const slider = el("div", {
    class: "line-slider",
    id: "position",
    role: "slider",
    tabindex: "0",
    "aria-label": "Position",
    "aria-valuemin": "0",
  });
  const well = el("div", { class: "line-well" });
  const line = el("div", { class: "line" }, well, part, done, ticks, slider, ...ends, ghost, head, hint);

  /** Where a finger has put the head or the marks; null: they are where they are told to be. */
  let held = null;
  let heldMarks = null;
  let drawn = {};
  const seekNewest = newest((at) => seek(at / 1e9));
  const markNewest = newest(([from, to]) => mark(from / 1e9, to / 1e9));

  const duration = () => playing()?.duration ?? 0;
  const shareOf = (at) => (duration() > 0 ? Math.min(Math.max(at / duration(), 0), 1) : 0);
  const momentAt = (event) => {
    const box = line.getBoundingClientRect();
    return Math.round(Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * duration());
  };

  const draw = () => {
    const now = playing();
    if (!now) return;
    const at = held ?? now.at;
    const marks = heldMarks ?? now.marks;
    const place = (node, from, to) => {
      node.style.left = `${100 * shareOf(from)}%`;
      if (to !== undefined) node.style.width = `${100 * Math.max(shareOf(to) - shareOf(from), 0)}%`;
    };
    place(part, marks[0], marks[1]);
    place(done, marks[0], Math.min(at, marks[1]));
    place(head, at);
    ends.forEach((end, side) => {
      place(end, marks[side]);
      setAttribute(end, "aria-valuemax", now.duration / 1e9);
      setAttribute(end, "aria-valuenow", marks[side] / 1e9);
      setAttribute(end, "aria-valuetext", words.moment(marks[side]));
    });
    setAttribute(slider, "aria-valuemax", now.duration / 1e9);
    setAttribute(slider, "aria-valuenow", at / 1e9);
    setAttribute(slider, "aria-valuetext", words.moment(at));
    drawTicks(now);
  };

  const drawTicks = ({ moments = [], duration }) => {
    const width = Math.round(line.clientWidth * devicePixelRatio);
    if (drawn.moments === moments && drawn.duration === duration && drawn.width === width) return;
    drawn = { moments, duration, width };
    const height = Math.round(line.clientHeight * devicePixelRatio);
    [ticks.width, ticks.height] = [width, height];
    const painter = ticks.getContext("2d");
    const thin = Math.max(1, Math.round(devicePixelRatio));
    for (const layer of LAYERS) {
      painter.fillStyle = COLOURS[layer];
      for (const { at, kind } of moments) {
        if (kind !== layer) continue;
        const x = Math.round(shareOf(at) * (width - thin));
        if (kind === "change") painter.fillRect(x, height * 0.62, thin, height * 0.14);
        else if (kind === "script") painter.fillRect(x, height * 0.26, thin, height * 0.14);
        else painter.fillRect(x - thin / 2, height * 0.2, 2 * thin, height * 0.56);
      }
    }
  };

  const dragged = (node, move, end) => {
    node.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !playing()) return;
      event.stopPropagation();
      node.setPointerCapture(event.pointerId);
      node.focus({ preventScroll: true });
      move(event);
      node.onpointermove = move;
    });
    const finish = async (event) => {
      if (!node.onpointermove) return;
      node.onpointermove = null;
      if (event.type === "pointerup") move(event);
      await nextTold();
      end();
      draw();
    };
    node.addEventListener("pointerup", finish);
    node.addEventListener("pointercancel", finish);
  };

  dragged(
    slider,
    (event) => {
      const at = momentAt(event);
      if (at === held) return;
      held = at;
      draw();
      seekNewest(at);
    },
    () => (held = null),
  );
  ends.forEach((end, side) => {
    const put = (at) => {
      const marks = [...(heldMarks ?? playing().marks)];
      marks[side] = side === 0 ? Math.min(at, marks[1]) : Math.max(at, marks[0]);
      heldMarks = marks;
      draw();
      markNewest(marks);
    };
    dragged(
      end,
      (event) => put(momentAt(event)),
      () => (heldMarks = null),
    );
    end.addEventListener("keydown", (event) => {
      if (!(event.key in STEPS_S) || !playing()) return;
      event.preventDefault();
      event.stopPropagation();
      put(Math.min(Math.max(playing().marks[side] + STEPS_S[event.key] * 1e9, 0), duration()));
      heldMarks = null;
    });
  });

  slider.addEventListener("keydown", (event) => {
    const now = playing();
    const to =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? now?.duration
          : event.key in STEPS_S && !event.shiftKey
            ? now?.at + STEPS_S[event.key] * 1e9
            : null;
    if (!now || to === null) return;
    event.preventDefault();
    seek(Math.min(Math.max(to, 0), now.duration) / 1e9);
  });
  line.addEventListener("pointermove", (event) => {
    const at = momentAt(event);
    const width = line.clientWidth;
    const near = (playing()?.moments ?? []).filter(
      (moment) => Math.abs(shareOf(moment.at) - shareOf(at)) * width <= NEAR_PX,
    );
    const best = near.sort(
      (a, b) => LAYERS.indexOf(b.kind) - LAYERS.indexOf(a.kind) || Math.abs(a.at - at) - Math.abs(b.at - at),
    )[0];
    setText(hint, best ? `${words.moment(best.at)}  ${KINDS[best.kind]}: ${best.text}` : words.moment(at));
    hint.style.left = ghost.style.left = `${100 * shareOf(at)}%`;
    hint.dataset.side = shareOf(at) > 0.5 ? "left" : "right";
    show(hint, true);
    show(ghost, event.pointerType === "mouse");
  });
  const leave = () => [hint, ghost].forEach((node) => show(node, false));
  line.addEventListener("pointerleave", leave);
  line.addEventListener("pointercancel", leave);
  follow(["mode"], draw);
  new ResizeObserver(draw).observe(line);
  return line;
}
