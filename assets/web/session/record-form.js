// What a recording is to be called and how it is to be kept, until it begins; and beginning it. The session
// panel shows it, the strip's button and the key use it.

import { button, el, setText, show } from "../parts/elements.js";
import { field, labelled, toggleSwitch } from "../parts/controls.js";
import { follow, playing, recording, state } from "../link/state.js";
import { say, tellFault } from "../link/say.js";

const name = field({
  placeholder: "Date and time, if left out",
  maxlength: 200,
  "data-first": true,
  autocomplete: "off",
});
const description = field({
  placeholder: "For whoever looks for it later",
  maxlength: 2000,
  autocomplete: "off",
});
/** What was chosen here; what was not is as the settings say. */
const chosen = { text: null, overwrite: null };

const setting = (wanted) => state.settings?.find?.((row) => row.name === wanted)?.value === true;
const asText = () => chosen.text ?? setting("text_format");
const replaces = () => chosen.overwrite ?? setting("overwrite");

/** Why nothing can be recorded now; empty where it can. */
export function whyNot() {
  if (playing() && !playing().has_ended) return "Playback is never recorded; stop it first.";
  return "";
}

/** What cannot be in the name of a file anywhere. */
const NO_NAME = /[/\\:*?"<>|\p{Cc}]/u;

/** Begins to record as typed, or ends the recording. */
export async function startOrStop(beside = null) {
  if (recording()) return say("record.stop", {}, beside);
  const [wrong] = name.value.match(NO_NAME) ?? [];
  if (wrong) {
    tellFault(name, `A file name cannot have ‘${wrong}’ in it; leave it out.`);
    return { isDone: false };
  }
  tellFault(name, null);
  const outcome = await say(
    "record.start",
    {
      name: name.value.trim() || null,
      description: description.value.trim() || null,
      text: asText(),
      overwrite: replaces(),
    },
    beside,
  );
  if (outcome.isDone) [name.value, description.value] = ["", ""];
  return outcome;
}

/** The upper half of the session panel. */
export function recordForm(isShown) {
  const text = toggleSwitch(
    "Text file format",
    (on) => (chosen.text = on),
    "Write a text (.ron) that can be read and changed by hand",
  );
  const overwrite = toggleSwitch(
    "Overwrite",
    (on) => (chosen.overwrite = on),
    "Off: a name that is taken becomes ‘name (2)’",
  );
  const go = button("Record", null, {
    sign: "record",
    kind: "danger large wide",
    type: "submit",
    id: "record",
    title: "Everything is recorded until it is stopped (Ctrl+Shift+R)",
  });
  const reason = el("p", { class: "remark" });
  const options = el(
    "div",
    { class: "group" },
    labelled("File name", name),
    labelled("Description", description),
    el("div", { class: "switches" }, text.row, overwrite.row),
  );
  const form = el(
    "form",
    {
      class: "record-form",
      autocomplete: "off",
      onsubmit: (event) => (event.preventDefault(), startOrStop(form)),
    },
    options,
    go,
    reason,
  );
  follow(
    ["mode", "settings"],
    () => {
      const now = recording();
      show(options, !now && !whyNot());
      text.tell(asText());
      overwrite.tell(replaces());
      // What ends it is under the picture.
      show(go, !now && !whyNot());
      setText(reason, now ? `‘${now.name}’ is being recorded; what ends it is under the picture.` : whyNot());
      show(reason, reason.textContent);
    },
    isShown,
  );
  return form;
}
