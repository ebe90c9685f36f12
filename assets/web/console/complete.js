// What could be meant by a word that is being typed: names that scripts can call, property paths in quotes,
// and the help of the call it stands in. The same rules as in Skyreel's own console.

const MOST = 200;
/** Shortest beginning that is also looked for within names. */
const SHORTEST_WITHIN = 2;

/** `{ from, candidates, help }` for the word before the end of `before`. */
export function complete(before, words, paths) {
  const { quote, open } = place(before);
  const named = (name) => words.find((word) => word.name === name);
  const called = open
    .toReversed()
    .map((at) => named(lastName(before.slice(0, at))))
    .find(Boolean);
  if (quote !== null) {
    const typed = before.slice(quote);
    return finish(quote, typed, candidates(typed, paths), called);
  }
  const typed = lastName(before);
  // Within a call nothing is meant yet where nothing is typed; nor by a number.
  const isName = typed ? !/^\d/.test(typed) : !called;
  const found = isName
    ? candidates(
        typed,
        words.map(({ name }) => name),
      )
    : [];
  const meant = named(found.length === 1 ? found[0] : typed);
  return finish(before.length - typed.length, typed, found, meant ?? called);
}

function finish(from, typed, found, meant) {
  const help = meant ? `${meant.usage}: ${meant.help}` : "";
  return { from, candidates: found.every((one) => one === typed) ? [] : found, help };
}

/** Behind which quote the end of a text lies, if it lies in one, and the brackets that are open there. */
function place(before) {
  const open = [];
  let quote = null;
  let isEscaped = false;
  for (let at = 0; at < before.length; at++) {
    const c = before[at];
    if (quote) {
      if (isEscaped) isEscaped = false;
      else if (c === "\\") isEscaped = true;
      else if (c === quote.end) quote = null;
    } else if (c === '"' || c === "'") quote = { end: c, from: at + 1 };
    else if ("({[".includes(c)) open.push(at);
    else if (")}]".includes(c)) open.pop();
  }
  return { quote: quote?.from ?? null, open };
}

/** The name, with its points, that a text ends with. */
const lastName = (before) => before.match(/[\p{L}\p{N}_.]*$/u)[0];

/** Those that begin like `typed`, up to the next point; then the whole of those that have it within. */
function candidates(typed, names) {
  const wanted = typed.toLowerCase();
  const beginning = new Set();
  const within = [];
  for (const name of names) {
    const lower = name.toLowerCase();
    if (lower.startsWith(wanted)) {
      const next = name.indexOf(".", typed.length);
      beginning.add(next < 0 ? name : name.slice(0, next + 1));
    } else if (wanted.length >= SHORTEST_WITHIN && lower.includes(wanted)) within.push(name);
  }
  return [...beginning, ...within].slice(0, MOST);
}

/** What all candidates begin with. */
export function commonBeginning(candidates) {
  let common = candidates[0] ?? "";
  for (const other of candidates) while (!other.startsWith(common)) common = common.slice(0, -1);
  return common;
}
