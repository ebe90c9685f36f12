// The page around the panels: which panel is open where, on wide screens beside the picture, on narrow
// ones below it; and what is always seen of focus and clock.

import { el, icon, iconButton, setAttribute, setIcon, setLabel, setText, show } from "./parts/elements.js";
import { PANELS } from "./panels.js";
import { chooseView, wantPicture } from "./link/picture.js";
import { day, time } from "./parts/dates.js";
import { follow, labelOf, schedule, state } from "./link/state.js";
import { listenToHands } from "./fly.js";
import { listenToKeys } from "./keys.js";
import { makeStrip } from "./strip/strip.js";
import { say } from "./link/say.js";
import { tellNew } from "./link/notices.js";
import * as words from "./parts/words.js";

const KEPT = "skyreel.panels";
/** From this width on there is room for a panel at each side; below the second one is all there is. */
const WIDE = matchMedia("(min-width: 1100px)");
const PHONE = matchMedia("(max-width: 699px), (max-height: 480px) and (max-width: 699px)");
const FINE = matchMedia("(pointer: fine)");
const TABS = ["session", "focus", "scene", "clock"];

const docks = {
  left: document.getElementById("dock-left"),
  right: document.getElementById("dock-right"),
  bottom: document.getElementById("dock-bottom"),
};
const sections = new Map();
/** The panel that is open at each side; on narrow screens the one of `last` alone. */
const open = { left: null, right: "session", bottom: null, last: "session" };

/** Makes the page, once the first state is there. */
export function makePage() {
  Object.assign(open, kept());
  makeRails();
  makeTop();
  makeStrip(document.getElementById("strip"));
  makePictureTools();
  follow(["notices"], ({ notices }) => tellNew(notices ?? {}));
  follow(["mode", "scene"], drawTitle);
  WIDE.addEventListener("change", arrange);
  PHONE.addEventListener("change", arrange);
  listenToKeys({ toggle, closeLast });
  listenToHands(document.querySelector(".screen"));
  arrange();
}

const panelOf = (id) => PANELS.find((panel) => panel.id === id);

const isOpen = (id) => (WIDE.matches ? open[panelOf(id)?.side ?? "right"] === id : open.last === id);

/** Opens a panel, or closes it where it is open. */
export function toggle(id) {
  const { side } = panelOf(id);
  if (isOpen(id)) closePanel(id);
  else openPanel(id);
  // On a touch screen that would open the keyboard over the panel.
  if (isOpen(id) && FINE.matches)
    sections.get(id)?.querySelector("[data-first]")?.focus({ preventScroll: true });
  return side;
}

export function openPanel(id) {
  open[panelOf(id).side] = id;
  open.last = id;
  arrange();
}

function closePanel(id) {
  const { side } = panelOf(id);
  if (open[side] === id) open[side] = null;
  // On a phone something is always there.
  if (open.last === id) open.last = PHONE.matches ? "session" : null;
  arrange();
}

/** Closes what was opened last; false where nothing is open. */
function closeLast() {
  const id = [open.last, open.bottom, open.left, open.right].find((id) => id && isOpen(id));
  if (id) closePanel(id);
  return Boolean(id);
}

/** Puts every open panel where it belongs, and hides the others. */
function arrange() {
  for (const panel of PANELS) {
    const isShown = isOpen(panel.id);
    if (!isShown && !sections.has(panel.id)) continue;
    const section = sections.get(panel.id) ?? make(panel);
    const dock = WIDE.matches ? docks[panel.side] : docks.right;
    if (section.parentElement !== dock) dock.append(section);
    show(section, isShown);
  }
  for (const dock of Object.values(docks))
    show(
      dock,
      [...dock.children].some((section) => !section.hidden),
    );
  for (const button of document.querySelectorAll("[data-panel]")) {
    const isOn = isOpen(button.dataset.panel);
    setAttribute(button, "aria-pressed", isOn);
  }
  const isInTabs = TABS.includes(open.last);
  setAttribute(document.getElementById("tab-more"), "aria-pressed", !isInTabs);
  keep();
  schedule();
}

function make(panel) {
  const body = el("div", { class: "panel-body" });
  const section = el(
    "section",
    { class: `panel panel-${panel.id}`, id: `panel-${panel.id}`, "aria-label": panel.name },
    el(
      "header",
      { class: "panel-head" },
      el("h2", {}, panel.name),
      el("div", { class: "panel-tools" }),
      iconButton("close", `Close ${panel.name}`, () => closePanel(panel.id), { class: "icon-button close" }),
    ),
    body,
  );
  sections.set(panel.id, section);
  panel.make(body, () => !section.hidden, section.querySelector(".panel-tools"));
  return section;
}

function makeRails() {
  for (const panel of PANELS.filter((panel) => !panel.isHidden)) {
    const rail = document.getElementById(panel.isLeft ? "rail-left" : "rail-right");
    rail.append(railButton(panel));
  }
  document.getElementById("rail-right").append(
    el(
      "button",
      {
        type: "button",
        class: "rail-button",
        title: "All keys (?)",
        onclick: () => import("./help.js").then((help) => help.showHelp()),
      },
      icon("help"),
      el("span", {}, "Keys"),
    ),
  );
  const tabs = document.getElementById("tabs");
  for (const id of TABS) tabs.append(railButton(panelOf(id)));
  const more = railButton(panelOf("more"));
  more.id = "tab-more";
  tabs.append(more);
}

export function railButton(panel) {
  const hint = panel.key ? `${panel.help} (${panel.key})` : panel.help;
  return el(
    "button",
    {
      type: "button",
      class: "rail-button",
      title: hint,
      "data-panel": panel.id,
      "aria-pressed": "false",
      onclick: () => toggle(panel.id),
    },
    icon(panel.sign),
    el("span", {}, panel.caption ?? panel.name),
  );
}

function makeTop() {
  const at = (id) => document.getElementById(id);
  at("top-focus").onclick = () => toggle("focus");
  at("top-clock").onclick = () => toggle("clock");
  at("top-slower").onclick = () => say("clock.slower");
  at("top-faster").onclick = () => say("clock.faster");
  at("top-pause").onclick = () => say(state.clock.paused ? "clock.resume" : "clock.pause");
  follow(["clock"], ({ clock }) => {
    setText(at("top-date"), `${day(clock.sim_time)} ${time(clock.sim_time)}`);
    setText(at("top-rate"), `UTC · ${words.pace(clock)}`);
    setIcon(at("top-pause"), clock.paused ? "play" : "pause");
    const does = clock.paused ? "Resume clock" : "Pause clock";
    setLabel(at("top-pause"), does, `${does} (Space)`);
    at("top-rate").classList.toggle("amber", clock.paused);
  });
  follow(["navigation", "scene"], ({ navigation }) => {
    setText(at("top-focus-name"), navigation ? labelOf(navigation.focus) : "No camera");
    setText(at("top-focus-place"), navigation ? whereabouts(navigation) : "");
  });
  follow(["console"], ({ console: told }) => {
    const running = told.running ?? [];
    show(at("top-script"), running.length > 0);
    setText(
      at("top-script"),
      running.length === 1 ? `script: ${running[0].name}` : `${running.length} scripts`,
    );
  });
  follow(["mode"], ({ mode }) => {
    const chip = at("top-state");
    const [text, kind] = stateWords(mode);
    setText(chip, text);
    chip.className = `chip ${kind}`;
    document.body.dataset.mode = kind || "idle";
  });
}

function whereabouts({ flight, altitude_m, distance_m, above_deg }) {
  if (flight) return `flying to ${labelOf(flight.to)}: ${words.seconds(flight.duration_s - flight.at_s)}`;
  const height = words.distance(altitude_m ?? distance_m);
  return above_deg ? `${height} · ${words.place(above_deg)}` : height;
}

function stateWords(mode) {
  if (mode.recording) return mode.recording.paused ? ["Recording paused", "amber"] : ["Recording", "red"];
  if (!mode.playing) return ["Ready", ""];
  if (mode.playing.has_ended) return ["Playback finished", "green"];
  return mode.playing.is_moving ? ["Playing", "blue"] : ["Playback paused", "amber"];
}

function drawTitle({ mode, scene }) {
  const what = mode.recording ? "● Recording" : mode.playing ? `▶ ${mode.playing.name}` : (scene?.name ?? "");
  setText(document.querySelector("title"), what ? `${what} — Skyreel` : "Skyreel");
}

function makePictureTools() {
  const choice = document.getElementById("picture-view");
  const toggleButton = document.getElementById("picture-switch");
  choice.onchange = () => chooseView(choice.value || null);
  toggleButton.onclick = () => {
    const isOn = toggleButton.getAttribute("aria-pressed") !== "true";
    setAttribute(toggleButton, "aria-pressed", isOn);
    setIcon(toggleButton, isOn ? "eye" : "eye-off");
    wantPicture(isOn);
  };
  follow(["views"], ({ views }) => {
    const names = ["", ...(views?.names ?? [])];
    const known = [...choice.options].map((option) => option.value);
    if (names.join("\n") === known.join("\n")) return;
    const chosen = choice.value;
    choice.replaceChildren(...names.map((name) => el("option", { value: name }, name || "Whole screen")));
    choice.value = names.includes(chosen) ? chosen : "";
    if (choice.value !== chosen) chooseView(null);
  });
}

/** The panels that were open; nothing where the browser keeps nothing. */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT)) ?? {};
    return Object.fromEntries(
      Object.entries(found).filter(([side, id]) => side in open && (id === null || panelOf(id))),
    );
  } catch {
    return {};
  }
}

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(open));
  } catch {
    // A browser that keeps nothing opens the page as it is at first.
  }
}
