// What Skyreel tells people, at the edge of the page: it comes, and goes by itself, but for errors. What
// was told before the page looked is in the log alone.

import { el, iconButton } from "../parts/elements.js";

const LASTS_MS = { info: 5000, warning: 12_000 };
const MOST = 4;

const place = document.getElementById("toasts");
let last = -1;
const times = new Map();

/** When a notice was seen first; nothing for those that were there before. */
export const seenAt = (number) => times.get(number);

/** All of these are known: the page has just come, or come back. */
export function baseline(notices) {
  last = Math.max(-1, ...Object.keys(notices).map(Number));
}

/** Tells those that are new. */
export function tellNew(notices) {
  const fresh = Object.values(notices).filter((notice) => notice.number > last);
  fresh.sort((a, b) => a.number - b.number);
  for (const { number, weight, text } of fresh) {
    last = number;
    times.set(number, new Date());
    if (weight !== "detail") toast(weight, text);
  }
}

/** Tells something, with something that can be done about it. */
export function toast(weight, text, action = null) {
  const card = el(
    "div",
    { class: `toast ${weight}`, role: weight === "error" ? "alert" : "status" },
    el("p", {}, text),
    action &&
      el(
        "button",
        { type: "button", class: "button small", onclick: () => (action.does(), card.remove()) },
        action.text,
      ),
    iconButton("close", "Dismiss", () => card.remove()),
  );
  place.append(card);
  while (place.children.length > MOST) place.firstElementChild.remove();
  const lasts_ms = LASTS_MS[weight];
  if (lasts_ms) setTimeout(() => card.remove(), action ? 2 * lasts_ms : lasts_ms);
}
