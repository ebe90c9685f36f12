// The scene's nodes as a tree: searched, switched on and off, alone or all; the properties of the one that
// is open.

import {
  button,
  el,
  iconButton,
  rows,
  setAttribute,
  setClass,
  setIcon,
  setLabel,
  setText,
  show,
} from "../parts/elements.js";
import { drawAgain, follow, labelOf, state } from "../link/state.js";
import { propertyList } from "../parts/properties.js";
import { say } from "../link/say.js";
import { search } from "../parts/search.js";
import { searchField } from "../parts/controls.js";
import * as words from "../parts/words.js";

const DEEPEST = 6;

/** Whether a node is shown: what its switch and its fade say; undefined where there is nothing to see. */
export function isShownNode(properties, node) {
  const enabled = properties?.[`Scene.${node}.Renderable.Enabled`];
  if (typeof enabled !== "boolean") return undefined;
  return enabled && (properties[`Scene.${node}.Renderable.Fade`] ?? 1) > 0;
}

/** Fills the panel. */
export function makeScene(body, isShown) {
  let typed = "";
  let openNode = null;
  const folded = new Set();
  const list = el("ul", { class: "list tree", "aria-label": "Nodes" });
  const empty = el("p", { class: "remark" });
  const solo = el(
    "div",
    { class: "row amber", "data-faults": true },
    el("span", {}),
    button("Show all again", () => say("scene.unsolo", {}, solo), {
      kind: "small",
      title: "What was hidden comes back",
    }),
  );
  const find = searchField("Search nodes", (text) => ((typed = text), drawAgain()), { "data-first": true });
  const reset = iconButton("undo", "Reset all", () => ask(true), {
    title: "Give everything back what the scene begins with; asks first",
  });
  const asking = el(
    "div",
    {
      class: "asking",
      role: "alertdialog",
      "aria-label": "Reset the whole scene?",
      hidden: true,
      "data-faults": true,
    },
    el("p", {}, "Give everything back what the scene begins with?"),
    el(
      "div",
      { class: "buttons" },
      button("Leave it", () => ask(false), { kind: "small" }),
      button("Reset all", () => (ask(false), say("scene.reset", {}, list)), { kind: "danger small" }),
    ),
  );
  const ask = (isAsked) => {
    show(asking, isAsked);
    if (isAsked) asking.querySelector("button").focus();
  };
  const choose = (name) => {
    openNode = openNode === name ? null : name;
    drawAgain();
  };
  const fold = (name) => {
    if (!folded.delete(name)) folded.add(name);
    drawAgain();
  };
  body.append(el("div", { class: "toolbar" }, find.box, reset), asking, solo, list, empty);
  follow(
    ["scene", "properties", "solo"],
    ({ scene = {}, properties, solo: alone }) => {
      const nodes = scene.nodes ?? [];
      find.input.placeholder = `Search ${words.count(nodes.length)} nodes`;
      show(solo, alone);
      setText(solo.firstElementChild, alone ? `Only ${labelOf(alone)} is shown` : "");
      const found = treeRows(nodes, typed, folded);
      show(empty, found.length === 0);
      setText(empty, nodes.length === 0 ? "The scene is empty." : "No node fits.");
      rows(
        list,
        found,
        (row) => row.node.name,
        (row) => makeNode(row.node, choose, fold),
        (row, told) =>
          tellNode(row, told, {
            properties,
            alone,
            isOpen: openNode === told.node.name,
            isFolded: folded.has(told.node.name),
          }),
      );
    },
    isShown,
  );
}

/** The tree as rows; with a search, what fits and what it hangs on. */
function treeRows(nodes, typed, folded) {
  const fits = search(typed);
  const at = new Map(nodes.map((node, index) => [node.name, index]));
  const wanted = nodes.map((node) => fits(node.label, node.name));
  const children = nodes.map(() => []);
  const roots = [];
  for (let index = nodes.length - 1; index >= 0; index--) {
    // Parents come before children; one that does not is none, so that no tree goes in circles.
    const parent = at.get(nodes[index].parent);
    if (parent !== undefined && parent < index) {
      children[parent].push(index);
      wanted[parent] ||= wanted[index];
    } else roots.push(index);
  }
  const found = [];
  const ahead = roots.map((index) => [index, 0]);
  while (ahead.length > 0) {
    const [index, depth] = ahead.pop();
    if (!wanted[index]) continue;
    const node = nodes[index];
    found.push({ node, depth, hasChildren: children[index].length > 0 });
    if (!fits.isEmpty || !folded.has(node.name))
      ahead.push(...children[index].map((child) => [child, depth + 1]));
  }
  return found;
}

function makeNode(node, choose, fold) {
  const row = el("li", { class: "node" });
  const folder = iconButton("down", "Fold", () => fold(node.name), { class: "icon-button fold" });
  const label = el("span", { class: "cut first" }, node.label);
  const main = el(
    "button",
    {
      type: "button",
      class: "row-main",
      title: `${node.name}: its properties`,
      onclick: () => choose(node.name),
    },
    label,
  );
  const eye = iconButton("eye", "Hide", () => say("scene.toggle", { node: node.name }, row), {
    class: "icon-button eye",
  });
  const alone = iconButton(
    "solo",
    `Solo ${node.label}`,
    () =>
      state.solo === node.name ? say("scene.unsolo", {}, row) : say("scene.solo", { node: node.name }, row),
    { title: "Hide all but this and what is part of it" },
  );
  const details = el("div", { class: "node-properties", hidden: true });
  row.append(el("div", { class: "row-head" }, folder, main, alone, eye), details);
  row.parts = { folder, main, eye, alone, details };
  return row;
}

function tellNode(row, { node, depth, hasChildren }, { properties, alone, isOpen, isFolded }) {
  const { folder, main, eye, alone: solo, details } = row.parts;
  const isVisible = isShownNode(properties, node.name);
  row.style.setProperty("--depth", Math.min(depth, DEEPEST));
  setClass(row, "is-open", isOpen);
  setClass(row, "is-dim", isVisible === false);
  setClass(folder, "is-none", !hasChildren);
  folder.disabled = !hasChildren;
  setIcon(folder, isFolded ? "right" : "down");
  setLabel(folder, `${isFolded ? "Unfold" : "Fold"} ${node.label}`);
  setAttribute(main, "aria-expanded", isOpen);
  setClass(eye, "is-none", isVisible === undefined);
  eye.disabled = isVisible === undefined;
  setIcon(eye, isVisible === false ? "eye-off" : "eye");
  setAttribute(eye, "aria-pressed", Boolean(isVisible));
  setLabel(eye, `${isVisible ? "Hide" : "Show"} ${node.label}`);
  setAttribute(solo, "aria-pressed", alone === node.name);
  show(details, isOpen);
  if (isOpen) {
    details.tell ??= propertyList(node, details);
    details.tell(properties);
  } else if (details.tell) {
    details.replaceChildren();
    delete details.tell;
  }
}
