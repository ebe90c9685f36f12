// Settings: one control for each, by its kind, with what it means.

import { button, el, iconButton, setLabel, setText, show } from "../parts/elements.js";
import { choice, field, numberField, onEnter, toggleSwitch } from "../parts/controls.js";
import { follow } from "../link/state.js";
import { isHeld, say, sayFor } from "../link/say.js";
import { ACTIONS, keyOf, textOf } from "../keys.js";
import * as words from "../parts/words.js";

const set = (control, name, value) => sayFor(control, "window.setting", { name, value });

/** Fills the panel. */
export function makeSettings(body, isShown) {
  const list = el("div", { class: "group settings" });
  const keys = el("div", { class: "group settings-keys" });
  const none = el("p", { class: "remark" }, "This Skyreel does not tell its settings.");
  const made = new Map();
  body.append(
    none,
    list,
    el("h3", {}, "Keys"),
    el("p", { class: "remark" }, "Press a key in its field; Backspace takes it away."),
    keys,
    quitButton(),
  );
  const keyRows = ACTIONS.map((action) => {
    const row = keyRow(action);
    keys.append(row.box);
    return row;
  });
  follow(
    ["settings"],
    ({ settings = [] }) => {
      const own = settings.filter(({ name }) => !name.startsWith("keys."));
      show(none, own.length === 0);
      for (const setting of own) {
        if (!made.has(setting.name)) {
          made.set(setting.name, settingRow(setting));
          list.append(made.get(setting.name).box);
        }
        made.get(setting.name).tell(setting);
      }
      for (const row of keyRows) row.tell();
    },
    isShown,
  );
}

/** Ends the program, once it has been asked whether that is meant. */
function quitButton() {
  const end = button("End Skyreel", () => ask(true), { title: "Asks first" });
  const asking = el(
    "div",
    { class: "asking", role: "alertdialog", "aria-label": "End Skyreel?", hidden: true },
    el("p", {}, "End Skyreel for everybody? What is being recorded is kept."),
    el(
      "div",
      { class: "buttons" },
      button("Go on", () => ask(false)),
      button("End it", () => (ask(false), say("window.quit", {}, group)), { kind: "danger" }),
    ),
  );
  const ask = (isAsked) => {
    show(asking, isAsked);
    show(end, !isAsked);
    if (isAsked) asking.querySelector("button").focus();
  };
  const group = el(
    "div",
    { class: "group", "data-faults": true },
    el("hr"),
    el("div", { class: "buttons" }, end),
    asking,
  );
  return group;
}

/** A kind is a word, or a word with what it takes. */
function kindOf({ kind, value }) {
  if (typeof kind === "string") return [kind, {}];
  const [[word, limits]] = Object.entries(kind ?? {});
  return [word ?? (typeof value === "boolean" ? "switch" : "text"), limits ?? {}];
}

function settingRow(setting) {
  const { name, unit = "", help } = setting;
  const label = setting.label ?? words.spoken(name, unit);
  const control = controlOf(setting, label);
  const reset = iconButton("undo", `Default ${label}`, () => set(control.input, name, control.otherwise), {
    hidden: true,
  });
  const remark = el("p", { class: "remark" }, help);
  const line = control.hasOwnLabel
    ? el("div", { class: "row" }, control.box, reset)
    : el("div", { class: "row" }, el("label", { for: control.input.id }, label), control.box, reset);
  const box = el(
    "div",
    { class: `setting ${control.isWide ? "is-wide" : ""}`, "data-faults": true },
    line,
    remark,
  );
  const tell = (setting) => {
    control.otherwise = setting.default;
    control.tell(setting.value);
    const isOwn =
      setting.default !== undefined && JSON.stringify(setting.value) !== JSON.stringify(setting.default);
    show(reset, isOwn);
    if (isOwn) setLabel(reset, `Default ${label}`, `Back to ${words.value(setting.default) || "nothing"}`);
  };
  return { box, tell };
}

function controlOf(setting, label) {
  const { name, unit = "" } = setting;
  const [word, limits] = kindOf(setting);
  const id = `setting-${name}`;
  if (word === "switch") {
    const made = toggleSwitch(label, (on, input) => set(input, name, on));
    return { box: made.row, input: made.input, tell: made.tell, hasOwnLabel: true };
  }
  if (word === "number") {
    const { least, greatest, is_whole } = limits;
    const made = numberField(
      label,
      { least, most: greatest, step: is_whole ? 1 : "any", unit },
      (value, input) => set(input, name, is_whole ? Math.round(value) : value),
      { id },
    );
    return { box: made.box, input: made.input, tell: made.tell };
  }
  if (word === "choice") {
    const options = Array.isArray(limits) ? limits : Object.values(limits);
    const made = choice(
      label,
      options.map((word) => [word, word]),
      (value, select) => set(select, name, value),
      { id },
    );
    return { box: made.select, input: made.select, tell: made.tell };
  }
  const input = field({
    id,
    placeholder: word === "folder" ? "default folder" : "",
    title: "Enter changes it",
  });
  let told = "";
  onEnter(input, () => input.blur());
  input.addEventListener("change", () => input.value.trim() !== told && set(input, name, input.value.trim()));
  const tell = (value) => {
    told = Array.isArray(value) ? value.join("x") : String(value ?? "");
    if (!isHeld(input)) input.value = told;
  };
  return { box: input, input, tell, isWide: true };
}

/** An action and its key, to be changed by pressing another. */
function keyRow(action) {
  const input = field({ class: "key", readonly: true, "aria-label": `Key for ${action.help}` });
  const name = `keys.${action.name}`;
  const reset = iconButton("undo", `Default key for ${action.help}`, () => set(input, name, action.key), {
    hidden: true,
  });
  input.addEventListener("keydown", (event) => {
    if (["Tab", "Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") input.blur();
    else if (event.key === "Backspace") set(input, name, "none");
    else set(input, name, textOf(event));
  });
  const text = el("span", { class: "cut" }, action.help);
  const box = el("div", { class: "row setting-key", "data-faults": true }, text, input, reset);
  const tell = () => {
    const key = keyOf(action);
    input.value = key || "no key";
    show(reset, key !== action.key);
    setText(text, action.help);
  };
  tell();
  return { box, tell };
}
