// The properties of a node, each with what fits its kind: switches, sliders, numbers, colours, texts.

import { button, el, iconButton, setLabel, show } from "./elements.js";
import { field, numberField, onEnter, slider, toggleSwitch } from "./controls.js";
import { isHeld, newest, say, sayFor } from "../link/say.js";
import { state } from "../link/state.js";
import * as words from "./words.js";

/** Over so many times the least a straight scale would leave no room for small numbers. */
const WIDE = 1e4;
const SLIDER_STEPS = 1000;

/** Fills `box` with a node's properties; gives what tells them. */
export function propertyList(node, box) {
  const prefix = `Scene.${node.name}.`;
  const specs = (state.scene?.properties ?? []).filter(({ path }) => path.startsWith(prefix));
  const made = specs.map((spec) =>
    propertyRow(spec, spec.path.slice(prefix.length).replace(/^Renderable\.(Layers\.)?/, "")),
  );
  const reset = button(`Reset ${node.label}`, () => say("scene.reset", { path: `${prefix}*` }, box), {
    sign: "undo",
    kind: "small",
    title: "Give it back what the scene begins with",
  });
  box.append(
    ...(specs.length === 0
      ? [el("p", { class: "remark" }, "It has no properties.")]
      : [...made.map(({ row }) => row), el("div", { class: "buttons" }, reset)]),
  );
  return (properties) => made.forEach(({ tell }) => tell(properties));
}

function propertyRow(spec, name) {
  const { path } = spec;
  const set = (value, control) => sayFor(control, "scene.set", { path, value });
  const control = valueControl(name, spec, spec.default, set);
  const reset = iconButton("undo", `Reset ${name}`, () => say("scene.reset", { path }, row), {
    class: "icon-button reset",
  });
  const row = el(
    "div",
    { class: "property", title: path, "data-faults": true },
    el("div", { class: "property-line" }, control.row, reset),
  );
  const tell = (properties) => {
    const value = properties?.[path] ?? spec.default;
    control.tell(value);
    const isOwn = JSON.stringify(value) !== JSON.stringify(spec.default);
    show(reset, isOwn);
    if (isOwn) setLabel(reset, `Reset ${name}`, `Back to ${words.value(spec.default)}`);
  };
  return { row, tell };
}

/** What a value is seen and changed by; `set(value, control)` is told what it is to be. */
export function valueControl(name, spec, value, set) {
  if (typeof value === "boolean") {
    const made = toggleSwitch(name, set);
    return { row: made.row, tell: made.tell, input: made.input };
  }
  if (typeof value === "number") return numberControl(name, spec, set);
  if (Array.isArray(value))
    return isColour(spec, value) ? colourControl(name, set) : listControl(name, spec, value, set);
  const input = field({ "aria-label": name });
  let told = "";
  onEnter(input, () => input.blur());
  input.addEventListener("change", () => input.value !== told && set(input.value, input));
  const tell = (value) => {
    told = String(value ?? "");
    if (!isHeld(input)) input.value = told;
  };
  return { row: withName(name, input), tell, input };
}

/** So long a name has a line of its own. */
const LONG = 14;
const withName = (name, ...controls) =>
  el(
    "div",
    { class: `property-control ${name.length > LONG ? "is-long" : ""}` },
    el("span", { class: "property-name cut-start" }, el("bdi", {}, name)),
    ...controls,
  );

/** The limits of a property, where it has both. */
function limitsOf({ range }) {
  const [least, most] = range ?? [];
  return typeof least === "number" && typeof most === "number" && most > least ? { least, most } : null;
}

function numberControl(name, spec, set) {
  const limits = limitsOf(spec);
  const number = numberField(name, limits ?? {}, (value, input) => set(value, input));
  if (!limits) return { row: withName(name, number.input), tell: number.tell, input: number.input };
  const { least, most } = limits;
  const isWide = least > 0 && most / least > WIDE;
  const toShare = (value) =>
    isWide
      ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
      : (value - least) / (most - least);
  const ofShare = (share) =>
    Number((isWide ? least * (most / least) ** share : least + share * (most - least)).toPrecision(6));
  const tellNewest = newest((value) => set(value, bar.input));
  const bar = slider(
    `${name} slider`,
    { least: 0, most: SLIDER_STEPS, step: 1, toText: (at) => words.value(ofShare(at / SLIDER_STEPS)) },
    (at) => {
      number.tell(ofShare(at / SLIDER_STEPS));
      tellNewest(ofShare(at / SLIDER_STEPS));
    },
  );
  const tell = (value) => {
    if (isHeld(bar.input)) return;
    number.tell(value);
    bar.tell(Math.round(SLIDER_STEPS * toShare(value)));
  };
  return { row: withName(name, bar.input, number.input), tell, input: number.input };
}

/** Three numbers of 0 to 1 are a colour where the name says so. */
const isColour = ({ path }, numbers) => numbers.length === 3 && /colou?r/i.test(path.split(".").pop());

function colourControl(name, set) {
  const input = el("input", { type: "color", "aria-label": name });
  const tellNewest = newest((value) => set(value, input));
  input.addEventListener("input", () =>
    tellNewest(
      [1, 3, 5].map((at) => Number((Number.parseInt(input.value.slice(at, at + 2), 16) / 255).toFixed(4))),
    ),
  );
  const tell = (numbers) => {
    if (isHeld(input) || document.activeElement === input) return;
    input.value = `#${numbers
      .map((part) =>
        Math.round(255 * Math.min(Math.max(part, 0), 1))
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")}`;
  };
  return { row: withName(name, input), tell, input };
}

function listControl(name, spec, value, set) {
  if (value.length > 4) {
    const text = el("span", { class: "weak" }, `${value.length} numbers`);
    return { row: withName(name, text), tell() {}, input: text };
  }
  let now = value;
  const limits = limitsOf(spec) ?? {};
  const fields = value.map((_, index) =>
    numberField(`${name} ${index + 1}`, limits, (part, input) => set(now.with(index, part), input)),
  );
  const tell = (numbers) => {
    now = numbers;
    fields.forEach((field, index) => field.tell(numbers[index]));
  };
  return {
    row: withName(
      name,
      el(
        "span",
        { class: "parts" },
        fields.map(({ input }) => input),
      ),
    ),
    tell,
    input: fields[0]?.input,
  };
}
