// Making elements and keeping them as they should be, touching only what has changed. Knows nothing of
// Skyreel.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children. `on…` listens, `.name` sets a property, false leaves out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name.startsWith(".")) made[name.slice(1)] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** A sign of the sprite. It says nothing by itself: what it is on has a name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Changes the sign on a button. */
export function setIcon(button, name) {
  const use = button.querySelector("use");
  const href = `/icons.svg#${name}`;
  if (use && use.getAttribute("href") !== href) use.setAttribute("href", href);
}

/** A button that is a sign, with a name for those who do not see it. */
export function iconButton(name, label, onclick, attributes = {}) {
  const button = el("button", { type: "button", class: "icon-button", onclick, ...attributes }, icon(name));
  setLabel(button, label, attributes.title);
  return button;
}

/** What a control is called, and what the pointer is told of it. */
export function setLabel(control, label, title = label) {
  setAttribute(control, "aria-label", label);
  setAttribute(control, "title", title);
}

/** A button with words on it, and a sign before them where one is named. */
export function button(text, onclick, { sign, kind = "", ...attributes } = {}) {
  return el(
    "button",
    { type: "button", class: `button ${kind}`.trim(), onclick, ...attributes },
    sign ? icon(sign) : null,
    el("span", {}, text),
  );
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Null and undefined take an attribute away; so does false, where it is none of those for the blind. */
export function setAttribute(node, name, value) {
  const isAbsent = value === null || value === undefined || (value === false && !name.startsWith("aria-"));
  if (isAbsent) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

export function setClass(node, name, isOn) {
  if (node.classList.contains(name) !== Boolean(isOn)) node.classList.toggle(name, Boolean(isOn));
}

export function show(node, isShown) {
  if (node.hidden === Boolean(isShown)) node.hidden = !isShown;
}

const ROWS = new WeakMap();

/**
 * Makes the children of a list those of `items`, in their order: a row is made once for each key and
 * told its item each time. Rows keep their place, focus and what is typed in them.
 */
export function rows(list, items, keyOf, make, tell) {
  const known = ROWS.get(list) ?? new Map();
  const next = new Map();
  let place = list.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const row = known.get(key) ?? make(item);
    next.set(key, row);
    known.delete(key);
    if (row !== place) list.insertBefore(row, place);
    else place = place.nextElementSibling;
    tell(row, item);
  }
  for (const row of known.values()) row.remove();
  ROWS.set(list, next);
}
