// Small forms beside the journey's keys: new, open, save, export, a property's change, a script.

import { button, el, rows, setText, show } from "../parts/elements.js";
import {
  beside,
  choice,
  field,
  labelled,
  numberField,
  searchField,
  toggleSwitch,
} from "../parts/controls.js";
import { search } from "../parts/search.js";
import { shortPath } from "./keys.js";
import { state } from "../link/state.js";
import { tellFault } from "../link/say.js";
import { valueControl } from "../parts/properties.js";
import * as words from "../parts/words.js";

/** Formats to export to: the file's ending, and what it is good for. */
const FORMATS = [
  [".osrectxt", ".osrectxt: OpenSpace, text"],
  [".osrec", ".osrec: OpenSpace, binary"],
  [".skyreel", ".skyreel"],
  [".ron", ".ron: text"],
];
const MOST = 100;

/** Makes the place for forms; `tell(call, args)` says a call of the journey. */
export function journeyForms({ tell, isChanged, onClose }) {
  const box = el("div", { class: "journey-form", hidden: true });
  let opened = null;
  const close = () => {
    if (!opened) return;
    opened = null;
    box.replaceChildren();
    show(box, false);
    onClose();
  };
  /** Says a call; where it is done the form is over. */
  const done = async (call, args) => {
    const outcome = await tell(call, args);
    if (outcome.isDone) close();
  };
  const put = (title, ...parts) => {
    box.replaceChildren(
      el("header", { class: "row" }, el("h3", {}, title), button("Cancel", close, { kind: "small quiet" })),
      ...parts,
    );
    show(box, true);
    box.querySelector("input, textarea, .danger")?.focus();
    onClose();
  };
  const makers = {
    new: () =>
      put(
        "Not saved",
        askUnsaved(() => done("new")),
      ),
    open: () =>
      put(
        "Open a recording",
        openList((recording) => {
          if (isChanged())
            put(
              "Not saved",
              askUnsaved(() => done("open", { recording })),
            );
          else done("open", { recording });
        }),
      ),
    save: () => put("Save as", saveForm(done)),
    export: () => put("Export", exportForm(done)),
    property: () => put("Add a change", propertyForm(done)),
    script: () => put("Add a script", scriptForm(done)),
  };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  });
  return {
    box,
    close,
    isOpen: () => opened !== null,
    open(name) {
      if (opened === name) return close();
      opened = name;
      makers[name]();
    },
  };
}

const askUnsaved = (go) =>
  el(
    "div",
    { class: "asking" },
    el(
      "p",
      {},
      "This journey has changes that are not saved. Undo brings it back, but only until Skyreel ends.",
    ),
    el("div", { class: "buttons" }, button("Go on without saving", go, { kind: "danger" })),
  );

function openList(pick) {
  const list = el("ul", { class: "list" });
  const draw = (typed) => {
    const fits = search(typed);
    const found = (state.library?.recordings ?? []).filter(
      (item) => item.is_playable && fits(item.title, item.recording),
    );
    rows(
      list,
      found.slice(0, MOST),
      ({ recording }) => recording,
      (item) =>
        el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: "row-main", title: item.recording, onclick: () => pick(item.recording) },
            el("span", { class: "cut first" }, item.title || item.recording),
            el(
              "span",
              { class: "second digits" },
              item.duration === undefined ? "" : words.length(item.duration),
            ),
          ),
        ),
      () => {},
    );
  };
  const find = searchField("Search recordings", draw);
  draw("");
  return el("div", { class: "group" }, find.box, list);
}

function nameForm(verb, extra, go) {
  const name = field({
    ".value": state.journey?.name ?? "",
    placeholder: "Name, without ending",
    autocomplete: "off",
  });
  const form = el(
    "form",
    {
      class: "group",
      onsubmit: (event) => {
        event.preventDefault();
        if (name.value.trim()) go(name.value.trim());
        else tellFault(form, "Type a name.");
      },
    },
    labelled("File name", name),
    extra,
    el("div", { class: "buttons" }, button(verb, null, { kind: "primary", type: "submit" })),
  );
  return form;
}

function saveForm(done) {
  let overwrite = false;
  const replace = toggleSwitch("Replace", (on) => (overwrite = on), "A recording of that name is replaced");
  return nameForm("Save", replace.row, (name) => done("save", { name, overwrite: overwrite || null }));
}

function exportForm(done) {
  let [[ending]] = FORMATS;
  const format = choice("Format", FORMATS, (chosen) => (ending = chosen));
  return nameForm("Export", beside("Format", format.select, "What can read it"), (name) =>
    done("export", { name: name + ending }),
  );
}

function propertyForm(done) {
  const all = state.scene?.properties ?? [];
  const list = el("ul", { class: "list" });
  const pattern = button("Take this pattern", () => take(find.input.value.trim()), {
    title: "All that this pattern names change together",
  });
  const place = el("div", { class: "group" });
  const draw = (typed) => {
    const fits = search(typed);
    const isPattern = /[*{]/.test(typed);
    show(pattern, isPattern);
    const found = isPattern ? [] : all.filter(({ path }) => fits(path));
    rows(
      list,
      found.slice(0, MOST),
      ({ path }) => path,
      ({ path }) =>
        el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: "row-main", title: path, onclick: () => take(path) },
            el("span", { class: "cut-start first" }, el("bdi", {}, shortPath(path))),
          ),
        ),
      () => {},
    );
  };
  const find = searchField(`Search ${words.count(all.length)} properties`, draw, {
    title: "A path, part of one, or a pattern: Scene.*Trail.Renderable.Enabled",
  });
  const take = (path) => {
    const spec = all.find((spec) => spec.path === path) ?? { path, default: true };
    let value = state.properties?.[path] ?? spec.default;
    let over_s = 0;
    const control = valueControl(path.split(".").pop(), spec, value, (chosen) => {
      value = chosen;
      control.tell(value);
    });
    control.tell(value);
    const over = numberField("Change takes", { least: 0, unit: "s" }, (chosen) => (over_s = chosen));
    over.tell(0);
    place.replaceChildren(
      el("p", { class: "remark file" }, path),
      el("div", { class: "property" }, control.row),
      beside("Over", over.box, "How long the change takes, seconds"),
      el(
        "div",
        { class: "buttons" },
        button("Add change", () => done("add_property", { path, value, over_s: over_s || null }), {
          kind: "primary",
        }),
      ),
    );
  };
  draw("");
  place.append(find.box, pattern, list);
  return place;
}

function scriptForm(done) {
  const code = el("textarea", {
    class: "code",
    rows: 4,
    spellcheck: "false",
    "aria-label": "New script",
    placeholder: "skyreel.clock.pause()",
  });
  const add = () => code.value.trim() && done("add_script", { code: code.value.trimEnd() });
  code.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add();
  });
  const help = el("p", { class: "remark" });
  setText(help, "It runs where the journey's time stands now. Ctrl+Enter adds it.");
  return el(
    "div",
    { class: "group" },
    code,
    help,
    el("div", { class: "buttons" }, button("Add script", add, { kind: "primary" })),
  );
}
