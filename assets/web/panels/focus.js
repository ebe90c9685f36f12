// What the camera turns round, and flights to somewhere else.

import { button, el, iconButton, rows, setAttribute, setClass, setText, show } from "../parts/elements.js";
import { field, labelled, onEnter, searchField, toggleSwitch } from "../parts/controls.js";
import { drawAgain, follow, labelOf, state } from "../link/state.js";
import { say, tellFault } from "../link/say.js";
import { search } from "../parts/search.js";
import * as words from "../parts/words.js";

const MOST = 300;

/** Fills the panel. */
export function makeFocus(body, isShown) {
  let typed = "";
  let showsAll = false;
  const list = el("ul", { class: "list nodes", "aria-label": "Nodes" });
  const empty = el("p", { class: "remark" }, "No node fits.");
  const fitting = () => {
    const fits = search(typed);
    return (state.scene?.nodes ?? []).filter(
      (node) => (node.is_body || showsAll) && fits(node.label, node.name),
    );
  };
  const find = searchField("Search focus", (text) => ((typed = text), drawAgain()), {
    "data-first": true,
    title: "Enter: turn round the first; Ctrl+Enter: fly there",
  });
  onEnter(find.input, (event) => {
    const [first] = typed.trim() ? fitting() : [];
    if (first)
      say(
        event.ctrlKey || event.metaKey ? "navigate.fly_to" : "navigate.focus",
        { node: first.name },
        find.box,
      );
  });
  const all = toggleSwitch(
    "All nodes",
    (on) => ((showsAll = on), drawAgain()),
    "Also trails, labels and the like, not bodies alone",
  );
  follow(
    ["scene", "navigation"],
    ({ navigation }) => {
      const found = fitting();
      show(empty, found.length === 0);
      rows(
        list,
        found.slice(0, MOST),
        (node) => node.name,
        makeNode,
        (row, node) => {
          const isFocus = node.name === navigation?.focus;
          setClass(row, "is-chosen", isFocus);
          setAttribute(row.firstElementChild.firstElementChild, "aria-current", isFocus ? "true" : null);
        },
      );
    },
    isShown,
  );
  body.append(
    whereabouts(isShown),
    el("div", { class: "toolbar" }, find.box, all.row),
    el("div", { class: "group grow" }, list, empty),
    placeForm(),
  );
}

function makeNode(node) {
  const row = el("li", { class: "node" });
  row.append(
    el(
      "div",
      { class: "row-head" },
      el(
        "button",
        {
          type: "button",
          class: "row-main",
          title: "Turn round it from now on; double click to fly there",
          onclick: () => say("navigate.focus", { node: node.name }, row),
          ondblclick: () => say("navigate.fly_to", { node: node.name }, row),
        },
        el("span", { class: "cut first" }, node.label),
      ),
      iconButton("fly", `Fly to ${node.label}`, () => say("navigate.fly_to", { node: node.name }, row)),
    ),
  );
  return row;
}

/** Where the camera is, or the flight that is under way. */
function whereabouts(isShown) {
  const name = el("strong", {});
  const facts = el("p", { class: "weak digits" });
  const bar = el("progress", { max: 1, "aria-label": "Flight" });
  const stop = button("Stop flight", () => say("navigate.stop", {}, box), {
    kind: "danger small",
    title: "Stay where the camera is (F)",
  });
  const box = el(
    "div",
    { class: "group place", "data-faults": true },
    el("div", { class: "row" }, name, stop),
    bar,
    facts,
  );
  follow(
    ["navigation", "scene"],
    ({ navigation }) => {
      const flight = navigation?.flight;
      show(bar, flight);
      show(stop, flight);
      if (!navigation) {
        setText(name, "There is no camera that could be flown.");
        setText(facts, "");
      } else if (flight) {
        setText(name, `Flying to ${labelOf(flight.to)}`);
        setText(facts, `${words.seconds(flight.duration_s - flight.at_s)} to go`);
        bar.value = flight.at_s / Math.max(flight.duration_s, 1e-9);
      } else {
        setText(name, labelOf(navigation.focus));
        const told = [`${words.distance(navigation.distance_m)} from its centre`];
        if (navigation.altitude_m !== undefined)
          told.unshift(`${words.distance(navigation.altitude_m)} above the ground`);
        if (navigation.above_deg) told.push(words.place(navigation.above_deg));
        if (navigation.follows) told.push("turns with it");
        setText(facts, told.join(" · "));
      }
    },
    isShown,
  );
  return box;
}

const FIELDS = [
  ["latitude_deg", "Latitude °N", "48.21", [-90, 90]],
  ["longitude_deg", "Longitude °E", "16.37", [-180, 360]],
  ["altitude_km", "Altitude km", "best", [0, 1e12]],
];

function placeForm() {
  const inputs = FIELDS.map(([, , placeholder]) => field({ placeholder, inputmode: "decimal" }));
  const numbers = () => {
    const found = {};
    for (const [index, [name, label, , [least, most]]] of FIELDS.entries()) {
      const text = inputs[index].value.trim().replace(",", ".").replace("−", "-");
      if (!text) continue;
      const number = Number(text);
      if (!(number >= least && number <= most))
        return { fault: `${label.split(" ")[0]} is a number from ${least} to ${most}, not ‘${text}’` };
      found[name] = number;
    }
    if (found.latitude_deg === undefined || found.longitude_deg === undefined)
      return { fault: "Type a latitude and a longitude." };
    return found;
  };
  const go = (call) => {
    const { fault, latitude_deg, longitude_deg, altitude_km } = numbers();
    if (fault) tellFault(form, fault);
    else
      say(
        call,
        { latitude_deg, longitude_deg, altitude_m: altitude_km === undefined ? null : altitude_km * 1000 },
        form,
      );
  };
  const form = el(
    "form",
    { class: "group", onsubmit: (event) => (event.preventDefault(), go("navigate.fly_to_geo")) },
    el("h3", {}, "Fly to a place above the focus"),
    el(
      "div",
      { class: "triple" },
      FIELDS.map(([, label], index) => labelled(label, inputs[index])),
    ),
    el(
      "div",
      { class: "buttons" },
      button("Fly there", null, {
        type: "submit",
        sign: "fly",
        title: "In a smooth path, which can be stopped",
      }),
      button("Jump there", () => go("navigate.jump_to_geo"), { title: "At once" }),
    ),
  );
  return form;
}
