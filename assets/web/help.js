// The page of all keys.

import { el, iconButton } from "./parts/elements.js";
import { ACTIONS, keyOf } from "./keys.js";

const CONSOLE = [
  ["Enter", "Run it once it is whole"],
  ["Ctrl+Enter", "Run it as it is"],
  ["Shift+Enter", "Add a line"],
  ["Up, Down", "What was typed before"],
  ["Tab", "Complete"],
  ["Ctrl+L", "Clear the view"],
];
const FLYING = [
  ["Drag", "Round the focus"],
  ["Right drag, wheel, pinch", "Nearer and farther"],
  ["Middle drag, two fingers", "Along"],
  ["Ctrl+drag", "Look around"],
  ["Shift+drag", "Turn the horizon"],
  ["Arrows", "Round the focus"],
  ["Ctrl+arrows", "Look around"],
  ["Shift+arrows", "Turn the horizon, roll"],
  ["Page Up, Page Down", "Nearer and farther"],
  ["W A S D", "Along"],
];
const JOURNEY = [
  ["K", "Add a key of what is seen"],
  ["Delete", "Remove what is selected"],
  ["Ctrl+D", "Duplicate at the time mark"],
  ["Ctrl+Z, Ctrl+Y", "Undo, redo"],
  ["Ctrl+S", "Save"],
];
const LINE = [
  ["Left, Right", "A second back or on"],
  ["Page Up, Page Down", "Ten seconds"],
  ["Home, End", "The start, the end"],
];

/** Shows all keys until that is closed. */
export function showHelp() {
  const dialog = document.getElementById("help");
  const groups = [...new Set(ACTIONS.map((action) => action.when))].map((when) => [
    when,
    ACTIONS.filter((action) => action.when === when && !action.isBrowsers).map((action) => [
      keyOf(action) || "no key",
      action.help,
    ]),
  ]);
  const all = [
    ...groups,
    ["Flying, on the picture", FLYING],
    ["On the position bar", LINE],
    ["In the console", CONSOLE],
    ["In the journey", JOURNEY],
  ];
  dialog.replaceChildren(
    el(
      "header",
      { class: "panel-head" },
      el("h2", { id: "help-title" }, "All keys"),
      iconButton("close", "Close keys", () => dialog.close()),
    ),
    el(
      "div",
      { class: "help-groups" },
      all.map(([title, keys]) => group(title, keys)),
    ),
    el("p", { class: "remark" }, "They mean the same as in Skyreel’s window."),
  );
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  dialog.showModal();
}

function group(title, keys) {
  const lines = keys.map(([key, what]) => [
    el(
      "dt",
      {},
      key.split(", ").map((one) => el("kbd", {}, one)),
    ),
    el("dd", {}, what),
  ]);
  return el("section", {}, el("h3", {}, title), el("dl", {}, lines.flat()));
}
