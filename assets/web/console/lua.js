// Just enough of Luau to know whether a text is whole, so that Enter runs it and else begins a new line.

const TOKENS =
  /--\[(=*)\[[^]*?(?:\]\1\]|$)|--[^\n]*|\[(=*)\[[^]*?(\]\2\]|$)|(["'`])(?:\\[^]|(?!\4)[^\\\n])*(\4|$)?|[A-Za-z_]\w*|[()[\]{}]|[^\s]/g;
const OPENS = new Set(["function", "if", "do", "repeat", "(", "[", "{"]);
const CLOSES = new Set(["end", "until", ")", "]", "}"]);
/** What nothing ends with. */
const UNENDED = new Set([
  "=",
  ",",
  "+",
  "-",
  "*",
  "/",
  "^",
  "<",
  ">",
  "and",
  "or",
  "not",
  "then",
  "in",
  "local",
]);

/** Whether all that is opened is closed. What is closed too often is whole: running it tells what is wrong. */
export function isWhole(text) {
  let open = 0;
  let last = "";
  for (const match of text.matchAll(TOKENS)) {
    const [token, , , longEnd] = match;
    if (token.startsWith("--")) {
      if (/^--\[=*\[/.test(token) && !/\]=*\]$/.test(token)) return false;
      continue;
    }
    if (/^\[=*\[/.test(token) && longEnd === "") return false;
    last = token;
    if (OPENS.has(token)) open += 1;
    else if (CLOSES.has(token)) open -= 1;
    if (open < 0) return true;
  }
  return open === 0 && !UNENDED.has(last);
}
