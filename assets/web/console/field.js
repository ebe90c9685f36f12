// The field that Lua is typed into: when Enter runs it, what arrows and Tab do, and what is offered while
// typing. What was typed is kept for this tab.

import { button, el, setAttribute, setText, show } from "../parts/elements.js";
import { commonBeginning, complete } from "./complete.js";
import { isWhole } from "./lua.js";
import { state } from "../link/state.js";

const KEPT = "skyreel.typed";
const MOST_KEPT = 500;
const MOST_ROWS = 7;

/** Makes it; `run(code)`, `clear()` and `stop()` are what keys ask for. */
export function consoleField({ run, clear, stop }) {
  const text = el("textarea", {
    rows: 1,
    class: "code",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    "aria-label": "Lua",
    "data-first": true,
    placeholder: matchMedia("(pointer: fine)").matches
      ? "Lua; Enter runs it, Shift+Enter adds a line, Tab completes"
      : "Lua",
    "aria-autocomplete": "list",
    "aria-controls": "offer",
    id: "console-field",
  });
  const usage = el("p", { class: "usage cut", "aria-live": "polite" });
  const offer = el("ul", {
    class: "offer",
    role: "listbox",
    id: "offer",
    "aria-label": "What it could be",
    hidden: true,
  });
  const go = button("Run", () => enter(), { sign: "play", title: "Run it (Enter)" });
  const typed = kept();
  let at = typed.length;
  let draft = "";
  /** What is offered: `{ from, candidates, chosen }`. */
  let offered = null;

  const known = () =>
    complete(
      text.value.slice(0, text.selectionStart),
      Object.values(state.console?.words ?? []),
      (state.scene?.properties ?? []).map(({ path }) => path),
    );
  const grow = () => (text.rows = Math.min(text.value.split("\n").length, MOST_ROWS));

  const put = (value, cursor = value.length) => {
    text.value = value;
    text.setSelectionRange(cursor, cursor);
    grow();
    close();
  };
  const insert = (from, word) => {
    const behind = text.value.slice(text.selectionStart);
    put(text.value.slice(0, from) + word + behind, from + word.length);
  };

  const enter = () => {
    const code = text.value;
    if (!code.trim()) return;
    if (typed.at(-1) !== code) typed.push(code);
    typed.splice(0, typed.length - MOST_KEPT);
    at = typed.length;
    keep(typed);
    put("");
    tellUsage();
    run(code);
  };

  const older = (isOlder) => {
    const next = at + (isOlder ? -1 : 1);
    if (next < 0 || next > typed.length) return false;
    if (at === typed.length) draft = text.value;
    at = next;
    put(at === typed.length ? draft : typed[at]);
    return true;
  };

  const close = () => {
    offered = null;
    show(offer, false);
    text.removeAttribute("aria-activedescendant");
  };
  const open = () => {
    const { from, candidates } = known();
    if (candidates.length === 0) return close();
    offered = { from, candidates, chosen: 0 };
    drawOffer();
  };
  const drawOffer = () => {
    const words = Object.values(state.console?.words ?? []);
    offer.replaceChildren(
      ...offered.candidates.map((name, index) => {
        const word = words.find((word) => word.name === name);
        const rest = word?.usage.startsWith(name) ? word.usage.slice(name.length) : "";
        const isChosen = index === offered.chosen;
        // The pointer must not take the keyboard from the field.
        return el(
          "li",
          {
            role: "option",
            id: `offer-${index}`,
            "aria-selected": String(isChosen),
            title: word?.help,
            onpointerdown: (event) => (event.preventDefault(), (offered.chosen = index), accept()),
          },
          el("span", {}, name),
          el("span", { class: "weak" }, rest),
        );
      }),
    );
    show(offer, true);
    setAttribute(text, "aria-activedescendant", `offer-${offered.chosen}`);
    offer.children[offered.chosen]?.scrollIntoView({ block: "nearest" });
    const word = words.find((word) => word.name === offered.candidates[offered.chosen]);
    setText(usage, word ? `${word.usage}: ${word.help}` : "");
  };
  const accept = () => {
    const { from, candidates, chosen } = offered;
    insert(from, candidates[chosen]);
    if (candidates[chosen].endsWith(".")) open();
    else tellUsage();
  };
  const tab = () => {
    if (offered) return accept();
    const line = text.value.slice(0, text.selectionStart).split("\n").pop();
    if (!line.trim()) return insert(text.selectionStart, "  ");
    const { from, candidates } = known();
    const common = commonBeginning(candidates);
    if (candidates.length === 1) insert(from, candidates[0]);
    else if (common.length > text.selectionStart - from) insert(from, common);
    if (candidates.length > 1 || common.endsWith(".")) open();
  };
  const tellUsage = () => setText(usage, known().help);

  text.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const does = keyOf(event);
    if (does?.() === false || !does) return;
    event.preventDefault();
  });
  const keyOf = ({ key, ctrlKey, metaKey, shiftKey, altKey }) => {
    const isCommand = ctrlKey || metaKey;
    const before = text.value.slice(0, text.selectionStart);
    const behind = text.value.slice(text.selectionEnd);
    if (key === "Enter" && isCommand) return enter;
    if (key === "Enter" && !shiftKey && !altKey)
      return offered ? accept : () => (isWhole(text.value) ? enter() : false);
    if (key === "Tab" && !shiftKey && !isCommand && text.value) return tab;
    if (key === "Escape" && offered) return close;
    if (key === "l" && isCommand) return clear;
    if (key === "c" && isCommand && text.selectionStart === text.selectionEnd) return stop;
    if ((key === "ArrowUp" || key === "ArrowDown") && !shiftKey && !isCommand && !altKey) {
      const isUp = key === "ArrowUp";
      if (offered) return () => move(isUp ? -1 : 1);
      if (!(isUp ? before : behind).includes("\n")) return () => older(isUp);
    }
    return null;
  };
  const move = (by) => {
    const { candidates, chosen } = offered;
    offered.chosen = (chosen + by + candidates.length) % candidates.length;
    drawOffer();
  };
  text.addEventListener("input", () => {
    at = typed.length;
    grow();
    if (offered) open();
    // Where no word has begun, nothing is meant yet: Enter runs what there is.
    if (offered?.from === text.selectionStart) close();
    if (!offered) tellUsage();
  });
  text.addEventListener("blur", close);
  return el(
    "div",
    { class: "console-field" },
    offer,
    el(
      "div",
      { class: "console-entry" },
      el("span", { class: "prompt", "aria-hidden": "true" }, ">"),
      text,
      go,
    ),
    usage,
  );
}

function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEPT));
    return Array.isArray(found) ? found.filter((entry) => typeof entry === "string") : [];
  } catch {
    return [];
  }
}

function keep(typed) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(typed));
  } catch {
    // What does not fit is forgotten with the tab.
  }
}
