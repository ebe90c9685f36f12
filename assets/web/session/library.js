// The list of recordings: searched, starred, secured, put into the trash, played; and what can be made of
// one, where its row is open.

import {
  button,
  el,
  icon,
  iconButton,
  rows,
  setAttribute,
  setClass,
  setIcon,
  setLabel,
  setText,
  show,
} from "../parts/elements.js";
import { searchField } from "../parts/controls.js";
import { EDITS, editForm } from "./edits.js";
import { drawAgain, follow, playing, schedule } from "../link/state.js";
import { openPanel } from "../page.js";
import { play } from "./panel.js";
import { say } from "../link/say.js";
import { takeBack, trashList } from "./trash.js";
import { search } from "../parts/search.js";
import { toast } from "../link/notices.js";
import { chooseForFilm } from "../panels/film.js";
import * as words from "../parts/words.js";

/** So many rows are drawn at once; the rest when it is asked for. */
const PAGE = 60;

/** What is called by its title, or else by its file. */
export const titleOf = (item) => item.title || item.recording;

/** Makes the list. */
export function libraryList(isShown) {
  let typed = "";
  let onlyFavourites = false;
  let isTrash = false;
  let openRow = null;
  let most = PAGE;
  const draw = () => {
    most = PAGE;
    drawAgain();
  };
  const find = searchField("Search recordings", (text) => ((typed = text), draw()));
  const star = iconButton(
    "star-full",
    "Only favourites",
    () => {
      onlyFavourites = !onlyFavourites;
      setAttribute(star, "aria-pressed", onlyFavourites);
      draw();
    },
    { "aria-pressed": "false" },
  );
  const refresh = iconButton("loop", "Refresh recordings", () => say("library.refresh", {}, list), {
    title: "Look again what is in the folder",
  });
  const trash = trashList();
  const bin = iconButton(
    "trash",
    "Trash",
    () => {
      isTrash = !isTrash;
      setAttribute(bin, "aria-pressed", isTrash);
      draw();
    },
    { "aria-pressed": "false", title: "What was thrown away, and the way back" },
  );
  const kept = el("div", { class: "group" });
  const list = el("ul", { class: "list recordings", "aria-label": "Recordings" });
  const empty = el("p", { class: "remark" });
  const fault = el("p", { class: "fault" });
  const more = button("", () => ((most += PAGE * 4), drawAgain()), { kind: "quiet wide" });
  const edit = el("div", { class: "progress-box" });

  const openOnly = (recording) => {
    openRow = openRow === recording ? null : recording;
    drawAgain();
  };
  follow(
    ["library"],
    ({ library = {} }) => {
      show(kept, !isTrash);
      show(trash.box, isTrash);
      if (isTrash) trash.draw(typed);
      const all = library.recordings ?? [];
      const fits = search(typed);
      const fitting = all.filter(
        (item) =>
          (item.is_favourite || !onlyFavourites) &&
          fits(item.title, item.description, item.recording, item.created_utc),
      );
      fitting.sort((a, b) => Number(b.is_favourite) - Number(a.is_favourite));
      const titles = new Map();
      for (const item of all) titles.set(titleOf(item), (titles.get(titleOf(item)) ?? 0) + 1);
      find.input.placeholder = all.length === 1 ? "1 recording" : `${words.count(all.length)} recordings`;
      rows(
        list,
        fitting.slice(0, most),
        (item) => item.recording,
        (item) => makeRow(item, openOnly),
        (row, item) => tellRow(row, item, openRow === item.recording, titles.get(titleOf(item)) > 1),
      );
      show(more, fitting.length > most);
      setText(more.lastElementChild, `Show ${words.count(Math.min(fitting.length - most, PAGE * 4))} more`);
      setText(
        empty,
        all.length === 0 ? `No recordings yet in ${library.folder ?? ""}` : "No recording fits.",
      );
      show(empty, fitting.length === 0);
      setText(fault, library.fault ?? "");
      show(fault, library.fault);
    },
    isShown,
  );
  let shown = "";
  follow(
    ["mode"],
    () => {
      const now = playing()?.recording ?? "";
      if (now !== shown) drawAgain();
      shown = now;
    },
    isShown,
  );
  follow(["edit"], (state) => drawEdit(edit, state.edit), isShown);
  kept.append(list, more, empty);
  return el(
    "div",
    { class: "group grow" },
    el("div", { class: "toolbar" }, find.box, star, bin, refresh),
    fault,
    edit,
    kept,
    trash.box,
  );
}

/** How far a recording is that is being made of others, or how it ended. */
function drawEdit(box, edit) {
  show(box, edit);
  if (!edit) return;
  if (edit.ended === undefined) {
    const bar = el("progress", { max: 1, ".value": edit.done, "aria-label": edit.what });
    box.replaceChildren(
      el("span", { class: "cut" }, `${edit.what}: ${Math.round(100 * edit.done)} %`),
      bar,
      button("Stop", () => say("edit.stop", {}, box), {
        kind: "danger small",
        title: "No file is left of it",
      }),
    );
  } else {
    const text = !edit.name || edit.ended.includes(edit.name) ? edit.ended : `${edit.name}: ${edit.ended}`;
    box.replaceChildren(el("span", { class: edit.is_well ? "green" : "amber" }, text));
  }
}

function makeRow(item, openOnly) {
  const { recording } = item;
  const row = el("li", { class: "recording" });
  const now = () => row.item;
  const star = iconButton("star", "Favourite", () =>
    say("library.favourite", { recording, on: !now().is_favourite }, row),
  );
  const title = el("span", { class: "cut first" });
  const facts = el("span", { class: "cut second digits" });
  const main = el(
    "button",
    {
      type: "button",
      class: "row-main",
      onclick: () => openOnly(recording),
      ondblclick: () => now().is_playable && play(recording, row),
    },
    title,
    facts,
  );
  const start = iconButton("play", "Play", () => play(recording, row), { class: "icon-button play" });
  const details = el("div", { class: "recording-more", hidden: true });
  row.append(el("div", { class: "row-head" }, star, main, start), details);
  row.parts = { star, title, facts, main, start, details };
  return row;
}

function tellRow(row, item, isOpen, needsFile) {
  row.item = item;
  const { star, title, facts, main, start, details } = row.parts;
  const name = titleOf(item);
  const isPlaying = playing()?.recording === item.recording;
  setText(title, name);
  setText(facts, factsOf(item, needsFile));
  setClass(row, "is-open", isOpen);
  setClass(row, "is-playing", isPlaying);
  setClass(
    row,
    "is-faulty",
    item.condition.startsWith("damaged:") || (!item.is_playable && item.condition !== "being recorded"),
  );
  setClass(row, "is-dim", !item.is_playable);
  setIcon(star, item.is_favourite ? "star-full" : "star");
  setClass(star, "amber", item.is_favourite);
  setLabel(star, item.is_favourite ? `Not a favourite any more: ${name}` : `Favourite: ${name}`);
  setAttribute(main, "aria-expanded", isOpen);
  start.disabled = !item.is_playable;
  setLabel(start, `Play ${name}`, item.is_playable ? `Play ${name}` : item.condition);
  show(details, isOpen);
  if (!isOpen) details.replaceChildren();
  else if (details.told !== JSON.stringify(item) || details.childElementCount === 0) {
    // A form that somebody types in stays, whatever else is told of the recording.
    if (!details.querySelector("form")) details.replaceChildren(...detailsOf(item, row));
    details.told = JSON.stringify(item);
  }
}

/** What is to be known of a recording, in a line, what matters most first. */
function factsOf(item, needsFile) {
  if (item.condition.startsWith("damaged:")) return item.condition.slice("damaged:".length).trim();
  if (!item.is_playable && item.condition) return item.condition;
  const file = item.recording.split("/").pop();
  const facts = [];
  if (needsFile && titleOf(item) !== file) facts.push(item.recording);
  if (item.created_utc) facts.push(words.listDate(item.created_utc));
  if (item.duration !== undefined) facts.push(words.length(item.duration));
  facts.push(words.bytes(item.bytes));
  if (item.is_secured) facts.push("secured");
  if (item.condition) facts.push(item.condition);
  return facts.join(" · ");
}

function detailsOf(item, row) {
  const { recording } = item;
  const details = row.parts.details;
  const kept = item.is_secured
    ? "It is secured; open its lock first"
    : item.is_favourite
      ? "It is a favourite; take its star away first"
      : "";
  const trash = button("Trash", () => askTrash(item, row), {
    sign: "trash",
    kind: "small",
    title: kept || "Put into the trash; asks first",
  });
  trash.disabled = Boolean(kept);
  const secure = button(
    item.is_secured ? "Unlock" : "Secure",
    () => say("library.secure", { recording, on: !item.is_secured }, row),
    {
      sign: item.is_secured ? "lock" : "lock-open",
      kind: "small",
      title: item.is_secured ? "Secured: it is never put into the trash" : "Keep it out of the trash",
    },
  );
  const open = button("As journey", () => openAsJourney(recording, row), {
    sign: "journey",
    kind: "small",
    title: "Open its keys, to be changed by hand",
  });
  const film = button("Film", () => (chooseForFilm(recording), openPanel("film")), {
    sign: "film",
    kind: "small",
    title: "Make a film of it",
  });
  const edit = el(
    "select",
    {
      "aria-label": `Edit ${titleOf(item)}`,
      class: "small",
      onchange: () => {
        const form = editForm(
          EDITS.find(({ id }) => id === edit.value),
          item,
          () => closeForm(row),
        );
        details.replaceChildren(form);
        form.querySelector("input, select")?.focus();
      },
    },
    el("option", { value: "" }, "Edit…"),
    EDITS.map(({ id, menu }) => el("option", { value: id }, menu)),
  );
  for (const control of [edit, open, film]) control.disabled = !item.is_playable;
  return [
    item.description && el("p", { class: "description" }, item.description),
    item.condition && el("p", { class: item.is_playable ? "amber" : "fault" }, item.condition),
    el("p", { class: "remark file" }, recording),
    el("div", { class: "buttons" }, edit, open, film, secure, trash),
  ].filter(Boolean);
}

function closeForm(row) {
  row.parts.details.replaceChildren();
  drawAgain();
  schedule();
}

async function openAsJourney(recording, row) {
  const outcome = await say("journey.open", { recording }, row);
  if (outcome.isDone) openPanel("journey");
}

function askTrash(item, row) {
  const { recording } = item;
  const keep = button("Keep", () => closeForm(row), { kind: "small" });
  const go = button(
    "To the trash",
    async () => {
      const outcome = await say("library.trash", { recording }, row);
      if (outcome.isDone)
        toast("info", `‘${titleOf(item)}’ is in the trash.`, {
          text: "Bring back",
          does: () => takeBack(recording),
        });
    },
    { sign: "trash", kind: "danger small" },
  );
  row.parts.details.replaceChildren(
    el(
      "div",
      { class: "asking", role: "alertdialog", "aria-label": `Put ${titleOf(item)} into the trash?` },
      el(
        "p",
        {},
        icon("warning"),
        ` Put ‘${titleOf(item)}’ into the trash? It can be brought back from there.`,
      ),
      el("div", { class: "buttons" }, keep, go),
    ),
  );
  keep.focus();
}
