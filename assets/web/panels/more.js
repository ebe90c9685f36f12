// On a phone: the panels that have no place among the tabs.

import { el, icon } from "../parts/elements.js";
import { PANELS } from "../panels.js";
import { railButton } from "../page.js";

const IN_TABS = ["session", "focus", "scene", "clock"];

/** Fills the panel. */
export function makeMore(body) {
  const others = PANELS.filter(({ id, isHidden }) => !isHidden && !IN_TABS.includes(id));
  const keys = el(
    "button",
    {
      type: "button",
      class: "rail-button",
      onclick: () => import("../help.js").then((help) => help.showHelp()),
    },
    icon("help"),
    el("span", {}, "Keys"),
  );
  body.append(el("div", { class: "more" }, others.map(railButton), keys));
}
