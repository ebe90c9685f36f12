// The journey that is made of keyframes: its tools, its line, its keys, and what is to be known of one. It
// keeps what is selected; the journey itself is Skyreel's.

import { button, el, iconButton, setAttribute, setLabel, setText, show } from "../parts/elements.js";
import { follow, state } from "../link/state.js";
import { journeyForms } from "./forms.js";
import { journeyLine } from "./line.js";
import { keyDetails } from "./key.js";
import { keyList } from "./keys.js";
import { say } from "../link/say.js";

/** How far a click rolls the camera, degrees. */
const ROLL_DEG = 5;

/** Fills the panel. */
export function makeJourney(body, isShown, tools) {
  const selected = new Set();
  const journey = () => state.journey ?? {};
  const chosen = () => (journey().keys ?? []).filter(({ key }) => selected.has(key));
  const cameras = () =>
    chosen()
      .filter(({ of }) => of.camera)
      .map(({ key }) => key);
  const tell = (call, args = {}) => say(`journey.${call}`, args, bar);
  const drawAll = () => draws.forEach((draw) => draw());
  const select = (keys, isMore = false) => {
    if (!isMore) selected.clear();
    for (const key of keys) if (!selected.delete(key)) selected.add(key);
    forms.close();
    drawAll();
  };
  const forms = journeyForms({ tell, isChanged: () => journey().is_changed, onClose: () => drawAll() });

  const duplicate = () => {
    const keys = chosen();
    if (keys.length === 0) return;
    // The copies begin where the journey's time stands; where that is where they are, behind the last.
    const by = journey().at - keys[0].at;
    const by_ns = Math.abs(by) < 1e6 ? keys.at(-1).at - keys[0].at + 1e9 : by;
    tell("duplicate", { keys: keys.map(({ key }) => key), by_s: by_ns / 1e9 });
  };
  const save = () => (journey().name ? tell("save") : forms.open("save"));
  const remove = () => tell("remove", { keys: [...selected] });
  const loop = () => {
    const keys = chosen();
    const [from, to] = keys.length > 1 ? [keys[0].at, keys.at(-1).at] : [0, journey().duration];
    tell("play", { from_s: from / 1e9, to_s: to / 1e9, at_end: "loop" });
  };
  const hasKeys = () => journey().keys?.length > 0;
  const hasChosen = () => selected.size > 0;
  const hasWay = () => journey().duration > 0;
  const always = () => true;
  const groups = [
    [
      [
        "page",
        "New journey",
        "Begin an empty journey",
        () => (journey().is_changed ? forms.open("new") : tell("new")),
        always,
      ],
      ["folder", "Open journey", "Begin with what a recording has", () => forms.open("open"), always],
      ["disk", "Save journey", "Save as a text (Ctrl+S)", save, hasKeys],
      ["pen", "Save journey as", "Save under another name", () => forms.open("save"), hasKeys],
      [
        "export",
        "Export journey",
        "Write it for OpenSpace, or in another format",
        () => forms.open("export"),
        hasKeys,
      ],
    ],
    [
      [
        "key",
        "Add key",
        "Add a key of what is seen now: where the journey's time stands, or behind the last key (K)",
        () => tell("add_key"),
        always,
        "Add key",
      ],
      [
        "switch",
        "Add property",
        "Add a change of a property, where the journey's time stands",
        () => forms.open("property"),
        always,
      ],
      [
        "script",
        "Add script key",
        "Add a script, where the journey's time stands",
        () => forms.open("script"),
        always,
      ],
    ],
    [
      [
        "update",
        "Update keys",
        "Give the selected keys what is there now: the view, the property's value",
        () => [...selected].forEach((key) => tell("update", { key })),
        hasChosen,
      ],
      [
        "copy",
        "Duplicate keys",
        "Put the selected keys once more where the journey's time stands (Ctrl+D)",
        duplicate,
        hasChosen,
      ],
      ["trash", "Remove keys", "Take the selected keys away (Delete)", remove, hasChosen],
      [
        "roll-left",
        "Roll left",
        `By ${ROLL_DEG}° as the selected keys see it`,
        () => tell("roll", { keys: cameras(), by_deg: -ROLL_DEG }),
        () => cameras().length > 0,
      ],
      [
        "roll-right",
        "Roll right",
        `By ${ROLL_DEG}° as the selected keys see it`,
        () => tell("roll", { keys: cameras(), by_deg: ROLL_DEG }),
        () => cameras().length > 0,
      ],
      [
        "even",
        "Even speed",
        "Move keys in time so that the camera goes at an even speed: between those selected, or all",
        () => tell("even", cameras().length > 2 ? { keys: cameras() } : {}),
        hasKeys,
      ],
    ],
    [
      ["undo", "Undo", "", () => tell("undo"), () => journey().undo !== undefined],
      ["redo", "Redo", "", () => tell("redo"), () => journey().redo !== undefined],
    ],
    [
      [
        "play",
        "Play from here",
        "Play from where the journey's time stands",
        () => tell("play"),
        hasWay,
        "Play",
      ],
      ["loop", "Loop stretch", "Play again and again: between the selected keys, or all", loop, hasWay],
    ],
  ];
  const buttons = new Map();
  const bar = el(
    "div",
    { class: "journey-tools", role: "toolbar", "aria-label": "Journey tools", "data-faults": true },
    groups.map((group) =>
      el(
        "div",
        { class: "tool-group" },
        group.map(([sign, name, help, does, can, caption]) => {
          const made = iconButton(sign, name, does, { title: help || name });
          if (caption) {
            made.classList.add("has-caption");
            made.append(el("span", {}, caption));
          }
          buttons.set(name, { made, can });
          return made;
        }),
      ),
    ),
  );
  const name = el("span", { class: "strong cut" });
  const unsaved = el("span", { class: "chip amber", hidden: true }, "not saved");
  const flown = el(
    "span",
    {
      class: "chip amber",
      hidden: true,
      title: "The camera was flown since; K, or Add key, makes a key of what is seen",
    },
    "Not in a key: K keeps it",
  );
  const back = button("Back to where I was", () => tell("back"), {
    kind: "small",
    title: "Where the camera was before the journey's time was moved",
  });
  tools.append(flown, back, name, unsaved);

  const line = journeyLine({ select, selected, isShown });
  const list = keyList({ select, selected });
  const details = keyDetails({ tell, chosen });
  const side = el("div", { class: "journey-side" }, forms.box, details.box);
  body.append(bar, line.box, el("div", { class: "journey-columns" }, list.box, side));

  const draw = () => {
    const now = journey();
    const known = new Set((now.keys ?? []).map(({ key }) => key));
    for (const key of [...selected]) if (!known.has(key)) selected.delete(key);
    for (const { made, can } of buttons.values()) made.disabled = !can();
    const undo = buttons.get("Undo").made;
    const redo = buttons.get("Redo").made;
    setLabel(undo, "Undo", now.undo === undefined ? "Nothing to undo" : `Undo: ${now.undo} (Ctrl+Z)`);
    setLabel(redo, "Redo", now.redo === undefined ? "Nothing to redo" : `Redo: ${now.redo} (Ctrl+Shift+Z)`);
    setText(name, now.name ?? "");
    show(unsaved, now.is_changed);
    show(flown, now.is_flown);
    show(back, now.can_go_back);
    show(details.box, !forms.isOpen());
    setAttribute(body, "data-form", forms.isOpen() ? "open" : null);
  };
  const draws = [draw, line.draw, list.draw, details.draw];
  follow(["journey", "mode", "scene"], drawAll, isShown);

  const plain = { k: () => tell("add_key") };
  const commands = {
    d: duplicate,
    a: () => select((journey().keys ?? []).map(({ key }) => key)),
    z: (isShift) => tell(isShift ? "redo" : "undo"),
    y: () => tell("redo"),
    s: save,
  };
  // While the panel is open these keys are its own, wherever was clicked last; elsewhere they mean more.
  document.addEventListener(
    "keydown",
    (event) => {
      if (
        !isShown() ||
        event.target.matches("input, textarea, select") ||
        document.querySelector("dialog[open]")
      )
        return;
      const isCommand = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const does =
        (key === "delete" || key === "backspace") && hasChosen()
          ? remove
          : (isCommand ? commands : plain)[key];
      if (!does) return;
      event.preventDefault();
      does(event.shiftKey);
    },
    true,
  );
}
