// Date, time and rate of the scene.

import { button, el, iconButton, setAttribute, setIcon, setLabel, setText } from "../parts/elements.js";
import { field, onEnter, slider } from "../parts/controls.js";
import { day, iso, time } from "../parts/dates.js";
import { follow, state } from "../link/state.js";
import { newest, say, sayFor, tellFault } from "../link/say.js";
import * as words from "../parts/words.js";

/** OpenSpace's steps of the rate, simulated seconds a second; below zero the same. */
const STEPS = [
  1, 5, 30, 60, 300, 1800, 3600, 43_200, 86_400, 604_800, 1_209_600, 2_592_000, 5_184_000, 7_776_000,
  15_552_000, 31_536_000, 63_072_000, 157_680_000, 315_360_000, 630_720_000,
];
const JUMPS = [
  ["−1 d", "-1d", "A day back"],
  ["−1 h", "-1h", "An hour back"],
  ["+1 h", "1h", "An hour forward"],
  ["+1 d", "1d", "A day forward"],
];

/** The step nearest to a rate: 1 for the first forwards, −1 for the first backwards, 0 for none. */
function stepOf(rate) {
  if (rate === 0) return 0;
  const index =
    Math.max(
      STEPS.findLastIndex((step) => step <= Math.abs(rate)),
      0,
    ) + 1;
  return rate < 0 ? -index : index;
}

const rateOf = (step) => (step === 0 ? 0 : Math.sign(step) * STEPS[Math.abs(step) - 1]);

/** Fills the panel. */
export function makeClock(body, isShown) {
  const date = el("p", { class: "huge digits" });
  const pace = el("p", { class: "weak" });
  const pause = iconButton("pause", "Pause clock", () =>
    say(state.clock.paused ? "clock.resume" : "clock.pause", {}, rates),
  );
  const tellRate = newest((step) => sayFor(rate.input, "clock.rate", { rate: rateOf(step) }));
  const rate = slider(
    "Rate",
    {
      least: -STEPS.length,
      most: STEPS.length,
      step: 1,
      toText: (step) => (step === 0 ? "still" : words.rate(rateOf(step))),
    },
    (step) => tellRate(step),
  );
  const rates = el(
    "div",
    { class: "group", "data-faults": true },
    el("h3", {}, "Rate"),
    el(
      "div",
      { class: "buttons" },
      iconButton("slower", "Clock slower", () => say("clock.slower", {}, rates), {
        title: "The next step down; below 1 s a second backwards (K)",
      }),
      pause,
      iconButton("faster", "Clock faster", () => say("clock.faster", {}, rates), {
        title: "The next step up (L)",
      }),
      button("Real time", () => say("clock.real_time", {}, rates), { title: "One second a second (J)" }),
    ),
    rate.input,
    el(
      "div",
      { class: "scale", "aria-hidden": "true" },
      el("span", {}, "−20 y / s"),
      el("span", {}, "still"),
      el("span", {}, "20 y / s"),
    ),
  );
  body.append(el("div", { class: "group" }, date, pace), rates, dateForm(), jumpForm());
  follow(
    ["clock"],
    ({ clock }) => {
      setText(date, `${day(clock.sim_time)} ${time(clock.sim_time)} UTC`);
      setText(pace, words.pace(clock));
      setIcon(pause, clock.paused ? "play" : "pause");
      setLabel(pause, clock.paused ? "Resume clock" : "Pause clock");
      setAttribute(pause, "aria-pressed", clock.paused);
      rate.tell(stepOf(clock.rate));
    },
    isShown,
  );
}

function dateForm() {
  const typed = field({
    placeholder: "2026-03-07T18:30:00",
    "aria-label": "Date",
    title: "ISO 8601, UTC: 2026-03-07T18:30:00, or 2026-03-07, or now",
    "data-first": true,
  });
  const set = async () => {
    const text = typed.value.trim();
    if (!text) {
      tellFault(typed, "Type a date, such as 2026-03-07T18:30:00.");
      return;
    }
    const outcome = await say("clock.set", { date: text }, typed);
    if (outcome.isDone) typed.value = "";
  };
  typed.addEventListener("focus", () => (typed.placeholder = iso(state.clock.sim_time)));
  onEnter(typed, set);
  return el(
    "div",
    { class: "group", "data-faults": true },
    el("h3", {}, "Set the date"),
    el(
      "div",
      { class: "toolbar wraps" },
      typed,
      button("Set date", set, { title: "The scene goes there smoothly" }),
      button("Now", () => say("clock.set", { date: "now" }, typed), {
        title: "The date and time that it is",
      }),
    ),
  );
}

function jumpForm() {
  const typed = field({
    ".value": "3h",
    "aria-label": "Interval",
    title: "A number and s, m, h, d, M (months) or y",
  });
  const jump = (isBack) => {
    const text = typed.value.replace(/\s/g, "").replace("−", "-");
    const number = Number.parseFloat(text);
    const unit = text.replace(/^[-+.\deE]*/, "");
    if (!Number.isFinite(number)) {
      tellFault(
        typed,
        `‘${typed.value}’ is not an interval; expected a number and s, m, h, d, M (months) or y: 3h`,
      );
      return;
    }
    say("clock.jump", { by: `${isBack ? -number : number}${unit}` }, typed);
  };
  onEnter(typed, () => jump(false));
  const group = el(
    "div",
    { class: "group", "data-faults": true },
    el("h3", {}, "Jump"),
    el(
      "div",
      { class: "buttons even" },
      JUMPS.map(([text, by, title]) =>
        button(text, () => say("clock.jump", { by }, group), { title, "aria-label": title }),
      ),
    ),
    el(
      "div",
      { class: "toolbar" },
      typed,
      button("Back", () => jump(true), { title: "Back by that interval", "aria-label": "Jump back" }),
      button("Forward", () => jump(false), {
        title: "Forward by that interval",
        "aria-label": "Jump forward",
      }),
    ),
  );
  return group;
}
