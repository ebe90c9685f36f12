// Films of recordings.

import { button, el, setText, show } from "../parts/elements.js";
import { beside, choice, field, labelled, numberField, toggleSwitch } from "../parts/controls.js";
import { drawAgain, follow, playing } from "../link/state.js";
import { say } from "../link/say.js";
import * as words from "../parts/words.js";

const SIZES = ["1280x720", "1920x1080", "2560x1440", "3840x2160", "1080x1080", "1080x1920"].map((size) => [
  size,
  size.replace("x", " × "),
]);
const RATES = ["24", "25", "30", "50", "60"].map((rate) => [rate, rate]);

const wanted = { recording: "", size: "1920x1080", fps: 30, view: "", isWhole: true, from_s: 0, to_s: 60 };

/** The next film is of this recording. */
export function chooseForFilm(recording) {
  wanted.recording = recording;
  drawAgain();
}

/** Fills the panel. */
export function makeFilm(body, isShown) {
  const making = el("div", { class: "group film", "data-faults": true });
  const recording = choice(
    "Recording",
    [],
    (value, select) => {
      wanted.recording = value;
      select.blur();
      drawAgain();
    },
    { "data-first": true },
  );
  const size = choice("Size", SIZES, (value) => (wanted.size = value));
  const fps = choice("Frames a second", RATES, (value) => (wanted.fps = Number(value)));
  const view = choice("View", [["", "first"]], (value) => (wanted.view = value));
  const own = field({
    placeholder: "any other: 1600x900",
    "aria-label": "Size in pixels",
    onchange: (event) => {
      if (!event.target.value.trim()) return;
      wanted.size = event.target.value.trim();
      size.tell(wanted.size);
    },
  });
  const from = numberField("From", { least: 0 }, (value) => (wanted.from_s = value));
  const to = numberField("To", { least: 0 }, (value) => (wanted.to_s = value));
  const part = el(
    "div",
    { class: "pair" },
    labelled("From, seconds", from.input),
    labelled("To, seconds", to.input),
  );
  const whole = toggleSwitch(
    "Whole recording",
    (on) => ((wanted.isWhole = on), drawAgain()),
    "From its start to its end",
  );
  const name = field({ placeholder: "The recording's, if left out", autocomplete: "off" });
  const go = button("Make film", null, { sign: "film", kind: "primary large wide", type: "submit" });
  const form = el(
    "form",
    {
      class: "group",
      onsubmit: async (event) => {
        event.preventDefault();
        const { recording, size, fps, view, isWhole, from_s, to_s } = wanted;
        const outcome = await say(
          "film.start",
          {
            recording,
            size,
            fps,
            view: view || null,
            name: name.value.trim() || null,
            from_s: isWhole ? null : from_s,
            to_s: isWhole ? null : to_s,
          },
          form,
        );
        if (outcome.isDone) name.value = "";
      },
    },
    labelled("Recording", recording.select),
    el("h3", {}, "Picture"),
    beside("Size", size.select),
    own,
    el("div", { class: "pair" }, labelled("Frames a second", fps.select), labelled("View", view.select)),
    el("h3", {}, "Part"),
    whole.row,
    part,
    labelled("Film name", name),
    go,
  );
  size.tell(wanted.size);
  fps.tell(wanted.fps);
  body.append(making, form);
  let lastLength = -1;
  follow(
    ["film", "library", "views", "mode"],
    ({ film, library = {}, views = {} }) => {
      drawFilm(making, film);
      const items = (library.recordings ?? []).filter((item) => item.is_playable);
      if (!wanted.recording && playing()) wanted.recording = playing().recording;
      if (!items.some((item) => item.recording === wanted.recording)) wanted.recording = "";
      recording.offer([
        ["", "Choose…"],
        ...items.map((item) => [item.recording, item.title || item.recording]),
      ]);
      recording.tell(wanted.recording);
      view.offer([["", "first"], ...(views.names ?? []).map((name) => [name, name])]);
      view.tell(wanted.view);
      const chosen = items.find((item) => item.recording === wanted.recording);
      const length_s = chosen?.duration === undefined ? 60 : chosen.duration / 1e9;
      if (length_s !== lastLength) [wanted.from_s, wanted.to_s, lastLength] = [0, length_s, length_s];
      from.tell(wanted.from_s);
      to.tell(wanted.to_s);
      whole.tell(wanted.isWhole);
      show(part, !wanted.isWhole);
      const isMaking = film && film.ended === undefined;
      go.disabled = isMaking || !wanted.recording;
      go.title = isMaking
        ? "One film at a time; this one is still being made"
        : wanted.recording
          ? "The film is made beside everything else"
          : "Choose a recording first";
    },
    isShown,
  );
}

function drawFilm(box, film) {
  show(box, film);
  if (!film) return;
  if (film.ended === undefined) {
    const parts = box.parts ?? makeProgress(box);
    parts.bar.value = film.frames / Math.max(film.of_frames, 1);
    setText(parts.text, `${words.count(film.frames)} of ${words.count(film.of_frames)} frames`);
    setText(parts.path, film.path);
    return;
  }
  delete box.parts;
  const isWhole = film.frames > 0 && film.frames >= film.of_frames;
  box.replaceChildren(
    el("p", { class: isWhole ? "green" : "amber" }, film.ended),
    film.ended.includes(film.path) ? "" : el("p", { class: "remark file" }, film.path),
  );
}

function makeProgress(box) {
  const parts = {
    bar: el("progress", { max: 1, "aria-label": "Film progress" }),
    text: el("span", { class: "digits" }),
    path: el("p", { class: "remark file" }),
  };
  box.parts = parts;
  const stop = button("Stop film", () => say("film.stop", {}, box), {
    kind: "danger small",
    title: "What there is of it can be played",
  });
  box.replaceChildren(el("div", { class: "row" }, parts.text, stop), parts.bar, parts.path);
  return parts;
}
