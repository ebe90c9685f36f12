// What can be made of a recording, and the small form in which each is asked for. The recording itself
// stays as it is, but for its name.

import { button, el } from "../parts/elements.js";
import { beside, choice, field, labelled, numberField } from "../parts/controls.js";
import { say } from "../link/say.js";
import { state } from "../link/state.js";

/** Seconds as a field takes them, to the thousandth. */
const round = (number) => Math.round(number * 1000) / 1000;
const duration_s = (item) => (item.duration === undefined ? null : round(item.duration / 1e9));

/** All edits: how the menu and the form call them, the call, and the fields that its form has. */
export const EDITS = [
  {
    id: "rename",
    menu: "Rename…",
    verb: "Rename",
    call: "library.rename",
    fields: [],
    help: "Give it another name",
  },
  {
    id: "reduce",
    menu: "Reduce…",
    verb: "Reduce",
    call: "edit.reduce",
    fields: ["within_px"],
    within_px: 1,
    help: "Keep as few camera entries as a bound in pixels needs",
  },
  {
    id: "smooth",
    menu: "Smooth…",
    verb: "Smooth",
    call: "edit.smooth",
    fields: ["within_px"],
    within_px: 10,
    help: "Take the shake out of the camera's way",
  },
  {
    id: "trim",
    menu: "Trim…",
    verb: "Trim",
    call: "edit.trim",
    fields: ["from_s", "to_s"],
    help: "Keep a part",
  },
  {
    id: "split",
    menu: "Split…",
    verb: "Split",
    call: "edit.split",
    fields: ["at_s"],
    help: "Make two of one",
  },
  {
    id: "join",
    menu: "Join with…",
    verb: "Join",
    call: "edit.join",
    fields: ["then", "over_s"],
    help: "Put another behind it",
  },
  {
    id: "speed",
    menu: "Speed…",
    verb: "Change speed",
    call: "edit.speed",
    fields: ["times", "from_s", "to_s"],
    help: "Play a stretch faster or slower",
  },
  {
    id: "date",
    menu: "Date…",
    verb: "Change date",
    call: "edit.date",
    fields: ["date"],
    help: "Let it happen at another date",
  },
  {
    id: "drop",
    menu: "Drop…",
    verb: "Drop",
    call: "edit.drop",
    fields: ["what"],
    help: "Leave the camera, toggles or events out",
  },
];

const PARTS = [
  ["events", "events"],
  ["toggles", "toggles"],
  ["camera", "camera"],
];

/** The form of an edit of a recording; `close` is called when it is over. */
export function editForm(edit, item, close) {
  const isRename = edit.id === "rename";
  const length_s = duration_s(item);
  const wanted = {
    within_px: edit.within_px,
    from_s: 0,
    to_s: length_s ?? 60,
    at_s: round((length_s ?? 60) / 2),
    over_s: 3,
    times: 2,
    what: "events",
    then: "",
    date: "",
  };
  const number = (name, text, limits) => {
    const made = numberField(text, limits, (value) => (wanted[name] = value));
    made.tell(wanted[name]);
    // What is typed counts at once, not first when the field is left.
    made.input.addEventListener(
      "input",
      () => Number.isFinite(made.input.valueAsNumber) && (wanted[name] = made.input.valueAsNumber),
    );
    return beside(text, made.input);
  };
  const most = length_s ?? 1e7;
  const makers = {
    within_px: () => number("within_px", "Within pixels", { least: 0.01, most: 1000 }),
    from_s: () => number("from_s", "From, seconds", { least: 0, most }),
    to_s: () => number("to_s", "To, seconds", { least: 0, most }),
    at_s: () => number("at_s", "At, seconds", { least: 0, most }),
    over_s: () => number("over_s", "Over seconds (0: a cut)", { least: 0, most: 10_000 }),
    times: () => number("times", "Times as fast", { least: 0.01, most: 100 }),
    what: () => beside("Leave out", choice("Leave out", PARTS, (value) => (wanted.what = value)).select),
    then: () => {
      const others = (state.library?.recordings ?? []).filter((other) => other.is_playable);
      const list = choice(
        "Second recording",
        [["", "Choose…"], ...others.map((other) => [other.recording, other.title || other.recording])],
        (value) => (wanted.then = value),
      );
      return beside("With", list.select);
    },
    date: () =>
      labelled(
        "New date",
        field({
          placeholder: "2031-05-01T20:00:00, or -3h",
          oninput: (event) => (wanted.date = event.target.value.trim()),
        }),
        "ISO 8601, UTC, at its start; or an interval to shift by",
      ),
  };
  const stem = item.recording
    .split("/")
    .pop()
    .replace(/\.[^.]*$/, "");
  const name = field({ placeholder: isRename ? "" : "One of its own, if left out", autocomplete: "off" });
  if (isRename) name.value = stem;
  const go = button(edit.verb, null, {
    kind: "primary",
    type: "submit",
    title: isRename ? "" : "A new recording is made; this one stays as it is",
  });
  const form = el(
    "form",
    {
      class: "edit-form",
      onsubmit: async (event) => {
        event.preventDefault();
        go.disabled = true;
        const outcome = await say(
          edit.call,
          argumentsOf(edit, item, wanted, name.value.trim(), length_s),
          form,
        );
        go.disabled = false;
        if (outcome.isDone) close();
      },
      onkeydown: (event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        close();
      },
    },
    el("p", { class: "strong" }, edit.help),
    edit.fields.map((field) => makers[field]()),
    labelled("New name", name),
    el("div", { class: "buttons" }, go, button("Cancel", close)),
  );
  return form;
}

function argumentsOf({ id, fields }, { recording }, wanted, name, length_s) {
  const args = { recording, name: name || null };
  for (const field of fields) args[field] = wanted[field];
  // What is whole need not be said.
  if (args.from_s === 0) args.from_s = null;
  if (length_s !== null && args.to_s >= length_s) args.to_s = null;
  if (id === "rename") args.name = name;
  return args;
}
