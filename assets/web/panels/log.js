// All notices that are kept, the latest first.

import { el, rows, setText, show } from "../parts/elements.js";
import { toggleSwitch } from "../parts/controls.js";
import { drawAgain, follow } from "../link/state.js";
import { seenAt } from "../link/notices.js";

const GRAVE = ["warning", "error"];

/** Fills the panel. */
export function makeLog(body, isShown) {
  let onlyGrave = false;
  const only = toggleSwitch(
    "Only warnings and errors",
    (on) => ((onlyGrave = on), drawAgain()),
    "Leave out what is merely good to know",
  );
  const list = el("ul", { class: "list log", "aria-label": "Notices" });
  const empty = el("p", { class: "remark" }, "Nothing has been said yet.");
  body.append(only.row, list, empty);
  follow(
    ["notices"],
    ({ notices = {} }) => {
      const kept = Object.values(notices).filter(({ weight }) => !onlyGrave || GRAVE.includes(weight));
      kept.sort((a, b) => b.number - a.number);
      rows(
        list,
        kept,
        ({ number }) => number,
        makeLine,
        (row, { text }) => setText(row.lastElementChild, text),
      );
      show(empty, kept.length === 0);
    },
    isShown,
  );
}

function makeLine({ number, weight }) {
  const time = seenAt(number)?.toLocaleTimeString([], { hour12: false }) ?? "";
  return el(
    "li",
    { class: `notice ${weight}` },
    el("span", { class: "notice-dot", role: "img", "aria-label": weight }),
    time && el("time", { class: "digits" }, time),
    el("span", {}),
  );
}
