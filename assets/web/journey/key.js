// What is to be known of the keys that are selected, and to be changed of them; of the journey where none is.

import { button, el } from "../parts/elements.js";
import { beside, choice, field, labelled, numberField, onEnter } from "../parts/controls.js";
import { PACES, kindOf, shortPath, whatOf } from "./keys.js";
import { day, time } from "../parts/dates.js";
import { sayFor } from "../link/say.js";
import { state } from "../link/state.js";
import { valueControl } from "../parts/properties.js";
import * as words from "../parts/words.js";

/** Makes it; `chosen()` gives the selected keys. */
export function keyDetails({ tell, chosen }) {
  const box = el("div", { class: "key-details" });
  let shown = "";
  let tellIt = () => {};
  const draw = () => {
    const keys = chosen();
    const name =
      keys.length === 1 ? `key ${keys[0].key} ${kindOf(keys[0])}` : keys.length > 1 ? "several" : "journey";
    if (name !== shown) {
      shown = name;
      const made =
        keys.length === 1 ? oneKey(keys[0]) : keys.length > 1 ? severalKeys(chosen) : wholeJourney(tell);
      box.replaceChildren(...made.parts);
      tellIt = made.tell;
    }
    tellIt(keys);
  };
  return { box, draw };
}

const paceChoice = (keysOf) => {
  const made = choice(
    "Pace",
    PACES.map(([pace, text]) => [pace, text]),
    (pace, select) => {
      sayFor(select, "journey.ease", { keys: keysOf(), pace });
      select.blur();
    },
  );
  return { row: labelled("Pace to the next", made.select), tell: made.tell };
};

function oneKey({ key, of }) {
  let now = null;
  const name = field({ placeholder: `Name of key ${key}`, autocomplete: "off" });
  onEnter(name, () => name.blur());
  name.addEventListener(
    "change",
    () => name.value.trim() !== now.name && sayFor(name, "journey.name", { key, name: name.value.trim() }),
  );
  const at = numberField(
    "Key time",
    { least: 0 },
    (at_s, input) =>
      at_s !== now.at / 1e9 && sayFor(input, "journey.move", { keys: [key], by_s: at_s - now.at / 1e9 }),
  );
  const pace = paceChoice(() => [key]);
  const what = el("p", { class: "remark" });
  const parts = [
    labelled("Name", name),
    el("div", { class: "pair" }, labelled("At, seconds", at.input), pace.row),
  ];
  const special = of.property
    ? propertyParts(key, of.property, () => now)
    : of.script
      ? scriptParts(key, () => now)
      : { parts: [what], tell() {} };
  const tell = ([key]) => {
    now = key;
    if (document.activeElement !== name) name.value = key.name;
    at.tell(key.at / 1e9);
    pace.tell(key.pace);
    what.textContent = whatOf(key);
    special.tell(key);
  };
  if (of.script) pace.row.hidden = true;
  return { parts: [...parts, ...special.parts], tell };
}

function propertyParts(key, { path, value }, now) {
  const spec = (state.scene?.properties ?? []).find((spec) => spec.path === path) ?? { path, default: value };
  const held = valueControl(path.split(".").pop(), spec, value, (value, input) =>
    sayFor(input, "journey.value", { key, value }),
  );
  const over = numberField("Change takes", { least: 0, unit: "s" }, (over_s, input) =>
    sayFor(input, "journey.value", { key, value: now().of.property.value, over_s }),
  );
  return {
    parts: [
      el("p", { class: "remark file" }, shortPath(path)),
      el("div", { class: "property" }, held.row),
      beside("Over", over.box, "How long the change takes, seconds"),
    ],
    tell({ of }) {
      held.tell(of.property.value);
      over.tell(of.property.over / 1e9);
    },
  };
}

function scriptParts(key, now) {
  const code = el("textarea", { class: "code", rows: 4, spellcheck: "false", "aria-label": "Script" });
  const change = () =>
    code.value.trimEnd() !== now().of.script.code &&
    sayFor(code, "journey.code", { key, code: code.value.trimEnd() });
  code.addEventListener("change", change);
  code.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) code.blur();
  });
  return {
    parts: [labelled("Script", code, "Lua; Ctrl+Enter, or a click elsewhere, changes it")],
    tell({ of }) {
      if (document.activeElement !== code) code.value = of.script.code;
    },
  };
}

function severalKeys(chosen) {
  const text = el("p", {});
  const by = numberField("Move by", {}, (by_s, input) => {
    if (by_s !== 0) sayFor(input, "journey.move", { keys: chosen().map(({ key }) => key), by_s });
    input.value = "0";
  });
  by.input.value = "0";
  const pace = paceChoice(() => chosen().map(({ key }) => key));
  return {
    parts: [text, el("div", { class: "pair" }, labelled("Move by, seconds", by.input), pace.row)],
    tell(keys) {
      text.textContent = `${words.count(keys.length)} keys selected, ${words.moment(keys[0].at)} to ${words.moment(keys.at(-1).at)}`;
      pace.tell(keys.every(({ pace }) => pace === keys[0].pace) ? keys[0].pace : "");
    },
  };
}

function wholeJourney(tell) {
  const facts = el("p", { class: "remark" });
  const date = field({
    "aria-label": "Journey date",
    title: "The date in the scene at the journey's start: ISO 8601, UTC, or now",
  });
  const set = async () => {
    if (!date.value.trim()) return;
    const outcome = await tell("date", { date: date.value.trim() });
    if (outcome.isDone) date.value = "";
  };
  onEnter(date, set);
  return {
    parts: [
      facts,
      labelled(
        "Date at its start",
        el(
          "div",
          { class: "toolbar" },
          date,
          button("Set", set, { title: "Begin the journey at this date" }),
        ),
      ),
    ],
    tell() {
      const { keys = [], duration = 0, date: begins } = state.journey ?? {};
      facts.textContent =
        keys.length === 0
          ? "No keys yet."
          : `${words.count(keys.length)} ${keys.length === 1 ? "key" : "keys"}, ${words.moment(duration)} long. Select a key to change it.`;
      date.placeholder = begins === undefined ? "Date at its start" : `${day(begins)} ${time(begins)}`;
    },
  };
}
