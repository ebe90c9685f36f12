// The console: what was said, a field to say more, the scripts that run.

import { button, el, iconButton, rows, setClass, setText, show } from "../parts/elements.js";
import { consoleField } from "./field.js";
import { drawAgain, follow } from "../link/state.js";
import { say } from "../link/say.js";
import { search } from "../parts/search.js";
import { searchField } from "../parts/controls.js";

/** So many lines are drawn at most; older ones when it is asked for. */
const MOST = 400;
const SIGNS = { typed: ">", printed: "", returned: "=", refused: "!" };
const SAID = { typed: "typed", printed: "printed", returned: "returned", refused: "refused" };
/** By which way a line came, where that was no browser. */
const FROM = { window: "window", keyboard: "window", command_line: "command line", program: "program" };

/** Fills the panel. */
export function makeConsole(body, isShown, tools) {
  let typed = "";
  let cleared = 0;
  let most = MOST;
  const list = el("ol", { class: "lines" });
  const earlier = button("Show earlier lines", () => ((most += MOST), drawAgain()), { kind: "quiet small" });
  const hidden = el("p", { class: "remark" });
  const running = el("div", { class: "running" });
  let newest = -1;
  let all = [];
  const clear = () => {
    cleared = all.at(-1)?.number ?? 0;
    drawAgain();
  };
  const run = async (code) => {
    isAtEnd = true;
    await say("script.run", { code }, box);
  };
  const field = consoleField({ run, clear, stop: () => stopLast(), isShown });
  const box = el(
    "div",
    { class: "console", "data-faults": true },
    el(
      "div",
      { class: "lines-box", role: "log", "aria-label": "Console lines", tabindex: "0" },
      earlier,
      list,
    ),
    hidden,
    running,
    field,
  );
  const lines = box.firstElementChild;
  let isAtEnd = true;
  lines.addEventListener(
    "scroll",
    () => (isAtEnd = lines.scrollTop + lines.clientHeight >= lines.scrollHeight - 8),
    { passive: true },
  );
  const find = searchField("Search console", (text) => ((typed = text), drawAgain()), {
    title: "Only lines with all these words",
  });
  tools.append(
    find.box,
    iconButton("copy", "Copy lines", () => navigator.clipboard?.writeText(shown().map(asText).join("\n")), {
      title: "Copy all that the search leaves",
    }),
    iconButton("erase", "Clear view", clear, {
      title: "What was said until now is not shown any more (Ctrl+L)",
    }),
  );
  body.append(box);
  let scripts = [];
  const stopLast = () => scripts.length > 0 && say("script.stop", { script: scripts.at(-1).script }, box);
  const shown = () => {
    const fits = search(typed);
    return all.filter((line) => line.number > cleared && fits(line.text));
  };
  follow(
    ["console"],
    ({ console: told = {} }) => {
      all = Object.values(told.lines ?? {}).sort((a, b) => a.number - b.number);
      const found = shown();
      rows(
        list,
        found.slice(-most),
        (line) => line.number,
        makeLine,
        () => {},
      );
      show(earlier, found.length > most);
      const left = all.filter((line) => line.number > cleared).length - found.length;
      show(hidden, left > 0);
      setText(hidden, `The search hides ${left} ${left === 1 ? "line" : "lines"}.`);
      scripts = told.running ?? [];
      rows(
        running,
        scripts,
        ({ script }) => script,
        makeScript,
        (row, script) => setText(row.querySelector(".weak"), script.does),
      );
      const last = all.at(-1)?.number ?? -1;
      if (isAtEnd || newest < 0) lines.scrollTop = lines.scrollHeight;
      newest = last;
    },
    () => isShown(),
  );
  return box;
}

function makeLine(line) {
  const place = tellsPlace(line) ? el("span", { class: "amber" }, `line ${line.at_line}: `) : null;
  const from = FROM[line.origin];
  return el(
    "li",
    { class: `said ${line.said}` },
    el("span", { class: "said-sign", role: "img", "aria-label": SAID[line.said] }, SIGNS[line.said] ?? ""),
    el("pre", {}, place, line.text.replace(/\n+$/, "")),
    from ? el("span", { class: "said-from" }, from) : null,
  );
}

/** Whether the line of a failure is to be told: where the text does not tell it already. */
function tellsPlace({ at_line, text }) {
  return at_line !== undefined && !text.includes(`:${at_line}:`) && !text.includes(`line ${at_line}`);
}

const asText = (line) => `${SIGNS[line.said] ?? ""} ${line.text}`.trimStart();

function makeScript({ script, name }) {
  const row = el("div", { class: "script" });
  row.append(
    iconButton("stop", `Stop ${name} (${script})`, () => say("script.stop", { script }, row), {
      class: "icon-button red",
    }),
    el("span", { class: "violet" }, name),
    el("span", { class: "weak cut" }),
  );
  setClass(row, "is-running", true);
  return row;
}
