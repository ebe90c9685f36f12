// Getting in: the short code that Skyreel shows (or a password, where it listens beyond its machine), and
// the secret that comes for it. The secret is kept for this tab alone.

import { setText, show } from "../parts/elements.js";

const KEPT = "skyreel.secret";
const CODE_LENGTH = 6;

const form = document.getElementById("entry");
const field = document.getElementById("entry-code");
const fault = document.getElementById("entry-fault");
const submit = document.getElementById("entry-submit");

let asksFor = "code";
let waiting = 0;

/** The secret of this tab, or null. */
export const keptSecret = () => sessionStorage.getItem(KEPT);

export const forgetSecret = () => sessionStorage.removeItem(KEPT);

/** Asks until somebody is let in; gives the secret. `why` is what to say first. */
export async function enter(why = "") {
  await greet();
  const carried = codeOfAddress();
  setText(fault, why);
  show(form, true);
  document.body.dataset.page = "entry";
  if (carried && asksFor === "code") {
    const secret = await send({ code: carried });
    if (secret) return leave(secret);
  }
  field.focus();
  return new Promise((done) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      if (submit.disabled) return;
      const asked = asksFor === "code" ? { code: plain(field.value) } : { password: field.value };
      if (asksFor === "code" && asked.code.length !== CODE_LENGTH) {
        refuse(`The code has ${CODE_LENGTH} letters and digits, such as K7Q-M2X.`);
        return;
      }
      const secret = await send(asked);
      if (secret) done(leave(secret));
    };
  });
}

function leave(secret) {
  sessionStorage.setItem(KEPT, secret);
  field.value = "";
  setText(fault, "");
  show(form, false);
  return secret;
}

/** Asks who is there, and shows what it asks for. */
async function greet() {
  try {
    const hello = await (await fetch("/hello", { cache: "no-store" })).json();
    asksFor = hello.asks_for === "password" ? "password" : "code";
    setText(document.getElementById("entry-name"), hello.name === "main" ? "" : hello.name);
    setText(document.getElementById("entry-version"), `Skyreel ${hello.skyreel}`);
  } catch {
    // Sending the code will tell that nobody is there.
  }
  const isCode = asksFor === "code";
  field.type = isCode ? "text" : "password";
  field.autocomplete = isCode ? "one-time-code" : "current-password";
  field.placeholder = isCode ? "K7Q-M2X" : "";
  field.classList.toggle("is-code", isCode);
  setText(document.getElementById("entry-label"), isCode ? "Code" : "Password");
  setText(
    document.getElementById("entry-help"),
    isCode
      ? "Skyreel shows it in its window, and in the terminal that it was started from."
      : "The one that Skyreel was started with.",
  );
}

/** The code in `#code=…`, which is taken out of the address, so that it stays in no history. */
function codeOfAddress() {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (location.hash) history.replaceState(null, "", location.pathname);
  return code ? plain(code) : null;
}

const plain = (typed) => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** Sends what was typed; gives the secret, or tells why there is none. */
async function send(asked) {
  submit.disabled = true;
  let told = { text: "Skyreel does not answer. Is it still running?" };
  try {
    const answer = await fetch("/enter", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(asked),
    });
    told = await answer.json().catch(() => ({ text: `Skyreel answered ${answer.status}.` }));
  } catch {
    // It stays with what was assumed.
  }
  submit.disabled = false;
  if (told.secret) return told.secret;
  if (told.wait_s > 0) countDown(Math.ceil(told.wait_s), told.text);
  else refuse(told.text ?? "That was not it.");
  return null;
}

function refuse(text) {
  setText(fault, text);
  field.setAttribute("aria-invalid", "true");
  field.select();
  field.focus();
}

/** Too many attempts: the button comes back when another is allowed. */
function countDown(left_s, text) {
  clearTimeout(waiting);
  submit.disabled = left_s > 0;
  refuse(left_s > 0 ? `${text} (${left_s} s)` : "");
  if (left_s > 0) waiting = setTimeout(() => countDown(left_s - 1, text), 1000);
}

field.addEventListener("input", () => {
  field.removeAttribute("aria-invalid");
  if (asksFor !== "code") return;
  const typed = plain(field.value).slice(0, CODE_LENGTH);
  const isAtEnd = field.selectionStart === field.value.length;
  if (isAtEnd) field.value = typed.length > 3 ? `${typed.slice(0, 3)}-${typed.slice(3)}` : typed;
});
