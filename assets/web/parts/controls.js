// The controls that panels are made of: fields, switches, choices, sliders. Each has a label, and shows what
// it is told unless somebody is using it.

import { el, icon, setAttribute } from "./elements.js";
import { holdWhileDragged, isHeld } from "../link/say.js";

let numbered = 0;
const nextId = (what) => `${what}-${++numbered}`;

/** A line to type in. */
export const field = (attributes = {}) => el("input", { type: "text", spellcheck: "false", ...attributes });

/** A control with its label above, and a remark below where there is one. */
export function labelled(text, control, remark = "") {
  control.id ||= nextId("field");
  const help = remark ? el("p", { class: "remark", id: nextId("help") }, remark) : null;
  if (help) control.setAttribute("aria-describedby", help.id);
  return el("div", { class: "field" }, el("label", { for: control.id }, text), control, help);
}

/** A control with its label beside. */
export function beside(text, control, title = "") {
  control.id ||= nextId("field");
  return el("div", { class: "row", title }, el("label", { for: control.id }, text), control);
}

/** A field to search in. */
export function searchField(label, oninput, attributes = {}) {
  const input = field({
    type: "search",
    placeholder: label,
    "aria-label": label,
    oninput: () => oninput(input.value),
    ...attributes,
  });
  return { input, box: el("div", { class: "search" }, icon("search"), input) };
}

/** A switch with its label; `change` is told what it was switched to. */
export function toggleSwitch(label, change, title = "") {
  const input = el("input", {
    type: "checkbox",
    role: "switch",
    id: nextId("switch"),
    onchange: () => change(input.checked, input),
  });
  const row = el(
    "label",
    { class: "switch", for: input.id, title },
    input,
    el("span", { class: "switch-track", "aria-hidden": "true" }),
    el("span", { class: "switch-label" }, el("bdi", {}, label)),
  );
  const tell = (isOn) => {
    if (!isHeld(input)) input.checked = Boolean(isOn);
  };
  return { row, input, tell };
}

/** A list to choose one of; `options` are `[value, text]`. */
export function choice(label, options, change, attributes = {}) {
  const select = el("select", {
    "aria-label": label,
    onchange: () => change(select.value, select),
    ...attributes,
  });
  let shown = "";
  const offer = (options) => {
    const text = JSON.stringify(options);
    if (text === shown) return;
    shown = text;
    const { value } = select;
    select.replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
    select.value = value;
  };
  offer(options);
  const tell = (value) => {
    if (isHeld(select) || document.activeElement === select) return;
    const text = String(value);
    // What is no choice is shown all the same.
    if (![...select.options].some((option) => option.value === text))
      select.append(el("option", { value: text }, text));
    select.value = text;
  };
  return { select, tell, offer };
}

/** Buttons of which one is chosen; `options` are `[value, text, title]`. */
export function segments(label, options, change) {
  const buttons = options.map(([value, text, title]) =>
    el(
      "button",
      { type: "button", "aria-pressed": "false", title, onclick: () => change(value, group) },
      text,
    ),
  );
  const group = el("div", { class: "segments", role: "group", "aria-label": label }, buttons);
  const tell = (value) =>
    options.forEach(([own], index) => setAttribute(buttons[index], "aria-pressed", own === value));
  return { group, tell };
}

/** A slider; `change` is told each value while it is dragged, `isLast` once it is let go. */
export function slider(label, { least, most, step, toText = String }, change) {
  const input = el("input", { type: "range", min: least, max: most, step, "aria-label": label });
  const fill = () => {
    const share = (Number(input.value) - least) / (most - least || 1);
    input.style.setProperty("--share", `${100 * share}%`);
    setAttribute(input, "aria-valuetext", toText(Number(input.value)));
  };
  holdWhileDragged(input);
  input.addEventListener("input", () => {
    fill();
    change(Number(input.value), input, false);
  });
  input.addEventListener("change", () => change(Number(input.value), input, true));
  const tell = (value) => {
    if (isHeld(input)) return;
    input.value = String(value);
    fill();
  };
  return { input, tell };
}

/** A number to type; `change` is told it once it is entered or left, if it is one. */
export function numberField(label, { least, most, step = "any", unit = "" }, change, attributes = {}) {
  const input = el("input", {
    type: "number",
    inputmode: "decimal",
    min: least,
    max: most,
    step,
    "aria-label": label,
    ...attributes,
  });
  let told = "";
  input.addEventListener("change", () => {
    const value = input.valueAsNumber;
    if (Number.isFinite(value)) change(value, input);
    else input.value = told;
  });
  const tell = (value) => {
    told = typeof value === "number" && Number.isFinite(value) ? String(Number(value.toPrecision(9))) : "";
    if (!isHeld(input)) input.value = told;
  };
  const box = el(
    "span",
    { class: "number" },
    input,
    unit && el("span", { class: "unit", "aria-hidden": "true" }, unit),
  );
  return { input, box, tell };
}

/** Says something is entered by Enter, given up by Escape. */
export function onEnter(input, entered) {
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    entered(event);
  });
}
