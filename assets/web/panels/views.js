// Cameras, and which are on screen where.

import { button, el, iconButton, rows, show, setText } from "../parts/elements.js";
import { beside, choice, field, labelled, segments, toggleSwitch } from "../parts/controls.js";
import { follow } from "../link/state.js";
import { say, sayFor } from "../link/say.js";

const LAYOUTS = [
  [1, "One", "One view fills the window"],
  [2, "Two", "Two views side by side"],
  [4, "Four", "Four views in a square"],
];

/** Fills the panel. */
export function makeViews(body, isShown) {
  const layout = segments("Views on screen", LAYOUTS, (count, group) => say("view.layout", { count }, group));
  const places = [1, 2, 3, 4].map((place) => {
    const list = choice(`Place ${place}`, [], (name, select) => {
      sayFor(select, "view.show", { name, place });
      select.blur();
    });
    return { ...list, row: beside(`Place ${place}`, list.select) };
  });
  const cameras = el("ul", { class: "list", "aria-label": "Cameras" });
  body.append(
    el(
      "div",
      { class: "group" },
      el("h3", {}, "On screen"),
      layout.group,
      places.map(({ row }) => row),
    ),
    el("div", { class: "group" }, el("h3", {}, "Cameras"), cameras),
    addForm(),
    windowButtons(),
    el("p", { class: "remark" }, "All cameras are recorded, whether they are on screen or not."),
  );
  follow(
    ["views"],
    ({ views = {} }) => {
      const { names = [], on_screen = [] } = views;
      layout.tell(on_screen.length);
      places.forEach(({ offer, tell, row }, index) => {
        show(row, index < on_screen.length);
        offer(names.map((name) => [name, name]));
        tell(on_screen[index] ?? "");
      });
      rows(
        cameras,
        names,
        (name) => name,
        makeCamera,
        (row, name) => {
          const isOwn = name === names[0];
          setText(row.parts.note, isOwn ? "the one that is flown" : "");
          for (const control of [row.parts.move, row.parts.remove]) show(control, !isOwn);
        },
      );
    },
    isShown,
  );
}

function makeCamera(name) {
  const row = el("li", { class: "node" });
  const note = el("span", { class: "second" });
  const move = iconButton("target", `Move ${name} here`, () => say("view.move", { name }, row), {
    title: "Put it where the flown camera is",
  });
  const remove = iconButton("trash", `Remove ${name}`, () => say("view.remove", { name }, row), {
    title: "Take it away",
  });
  row.append(
    el(
      "div",
      { class: "row-head" },
      el(
        "button",
        {
          type: "button",
          class: "row-main",
          title: "Put it on screen",
          onclick: () => say("view.show", { name }, row),
        },
        el("span", { class: "cut first" }, name),
        note,
      ),
      move,
      remove,
    ),
  );
  row.parts = { note, move, remove };
  return row;
}

/** What the window itself does. */
function windowButtons() {
  const group = el(
    "div",
    { class: "group", "data-faults": true },
    el("h3", {}, "Skyreel’s window"),
    el(
      "div",
      { class: "buttons" },
      button("Save a picture", () => say("window.screenshot", {}, group), {
        sign: "image",
        title: "Save a picture of the scene, without the bar (F12 in the window)",
      }),
      button("Show or hide the bar", () => say("window.bar", {}, group), {
        title: "The bar in the window; what an audience need not see (F1 in the window)",
      }),
    ),
  );
  return group;
}

function addForm() {
  const name = field({ placeholder: "Name", autocomplete: "off" });
  let follows = false;
  const follow = toggleSwitch(
    "Goes and turns with the focus",
    (on) => (follows = on),
    "Off: it keeps its place relative to the focus and its direction among the stars",
  );
  const form = el(
    "form",
    {
      class: "group",
      onsubmit: async (event) => {
        event.preventDefault();
        const outcome = await say("view.add", { name: name.value.trim(), follow: follows }, form);
        if (outcome.isDone) name.value = "";
      },
    },
    el("h3", {}, "Add a camera where this one is"),
    labelled("Camera name", name),
    follow.row,
    el("div", { class: "buttons" }, button("Add camera", null, { type: "submit", sign: "plus" })),
  );
  return form;
}
