// What is in the trash, the latest first, and the way back.

import { el, iconButton, rows, setText, show } from "../parts/elements.js";
import { say } from "../link/say.js";
import { search } from "../parts/search.js";
import { state } from "../link/state.js";
import * as words from "../parts/words.js";

/** Takes a recording back that was put into the trash a moment ago. */
export function takeBack(recording) {
  const thrown = (state.library?.trash ?? []).find(({ was }) => was === recording);
  return say("library.restore", { recording: thrown?.recording ?? recording });
}

/** Makes the list; `draw(typed)` shows what of it fits. */
export function trashList() {
  const list = el("ul", { class: "list recordings", "aria-label": "Trash" });
  const empty = el("p", { class: "remark" });
  const draw = (typed) => {
    const all = state.library?.trash ?? [];
    const fits = search(typed);
    const found = all.filter(({ was, since_utc }) => fits(was, since_utc));
    rows(
      list,
      found,
      ({ recording }) => recording,
      makeRow,
      () => {},
    );
    setText(empty, all.length === 0 ? "The trash is empty." : "Nothing fits.");
    show(empty, found.length === 0);
  };
  return { box: el("div", { class: "group" }, list, empty), draw };
}

function makeRow({ recording, was, since_utc, bytes }) {
  const row = el("li", { class: "recording" });
  const facts = `thrown away ${words.listDate(since_utc)} · ${words.bytes(bytes)}`;
  row.append(
    el(
      "div",
      { class: "row-head" },
      el(
        "div",
        { class: "row-main" },
        el("span", { class: "cut first" }, was),
        el("span", { class: "cut second digits" }, facts),
      ),
      iconButton("undo", `Restore ${was}`, () => say("library.restore", { recording }, row), {
        title: "Put it back where it was",
      }),
    ),
  );
  return row;
}
