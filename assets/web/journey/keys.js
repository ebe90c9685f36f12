// The keys of a journey as a list: when, what, how each is left; selected one by one or several.

import {
  el,
  icon,
  rows,
  setAttribute,
  setClass,
  setIcon,
  setLabel,
  setText,
  show,
} from "../parts/elements.js";
import { labelOf, state } from "../link/state.js";
import * as words from "../parts/words.js";

/** Paces, and what each is called. */
export const PACES = [
  ["linear", "Linear", "Leave at the speed at which the way goes on"],
  ["in", "Ease in", "Leave from rest"],
  ["out", "Ease out", "Arrive at rest"],
  ["in_out", "Ease in and out", "Leave from rest, arrive at rest"],
  ["hold", "Hold", "Stay; what is next is there at once when it is due"],
];
const SIGNS = { camera: "key", property: "switch", script: "script" };

/** What a key is a key of: `camera`, `property` or `script`. */
export const kindOf = ({ of }) => Object.keys(of)[0];

/** A property's path without what all have. */
export const shortPath = (path) => path.replace(/^Scene\./, "");

/** What a key does, in few words. */
export function whatOf({ of }) {
  if (of.camera) return `${labelOf(of.camera.anchor)}, ${words.distance(of.camera.distance_m)}`;
  if (of.property) return `${shortPath(of.property.path)} = ${words.value(of.property.value)}`;
  return of.script.code.split("\n")[0];
}

/** What a key is called: its name, or else what it is of. */
export const titleOf = (key) => key.name || whatOf(key);

/** Makes the list; `select(keys, isMore)` says what was selected. */
export function keyList({ select, selected }) {
  const list = el("ul", { class: "list keys", "aria-label": "Keys" });
  const empty = el(
    "p",
    { class: "remark" },
    "Fly to where the journey is to begin and add a key of what is seen; then on to the next. The way between is made by itself.",
  );
  const box = el("div", { class: "journey-list" }, list, empty);
  const make = ({ key }) => {
    const check = el("button", { type: "button", class: "key-check", onclick: () => select([key], true) });
    const [time, title, pace] = ["digits key-time", "cut first", "second cut"].map((kind) =>
      el("span", { class: kind }),
    );
    const pick = (event) => select([key], event.ctrlKey || event.metaKey || event.shiftKey);
    const main = el(
      "button",
      { type: "button", class: "key-main", onclick: pick },
      icon("key"),
      time,
      title,
      pace,
    );
    const row = el("li", { class: "key-row" }, check, main);
    row.parts = { check, main, time, title, pace };
    return row;
  };
  const tell = (row, key) => {
    const { check, main, time, title, pace } = row.parts;
    const isSelected = selected.has(key.key);
    setClass(row, "is-chosen", isSelected);
    setAttribute(main, "aria-pressed", isSelected);
    setAttribute(check, "aria-pressed", isSelected);
    setLabel(check, `Select ${titleOf(key)} too`);
    const kind = kindOf(key);
    row.dataset.kind = kind;
    setIcon(main, SIGNS[kind]);
    setText(time, words.moment(key.at));
    setText(title, titleOf(key));
    const name = PACES.find(([own]) => own === key.pace)?.[1] ?? "";
    setText(pace, kind === "script" ? "" : name.toLowerCase());
  };
  const draw = () => {
    const keys = state.journey?.keys ?? [];
    rows(list, keys, ({ key }) => key, make, tell);
    show(empty, keys.length === 0);
  };
  return { box, draw };
}
