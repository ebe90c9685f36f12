// Saying calls, and telling beside the thing that asked what became of them. A control shows what was
// tried until the state tells what is, then only that.

import { el } from "../parts/elements.js";
import { drawAgain, nextTold } from "./state.js";
import { toast } from "./notices.js";

let wire = null;
const pending = new WeakMap();

/** Calls go by this from now on. */
export function sayBy(newWire) {
  wire = newWire;
}

/**
 * Says a call. What refuses it is told beside `beside`, or at the edge of the page where that is nothing.
 * Gives whether it was done, and what it gave.
 */
export async function say(call, args = {}, beside = null) {
  const given = Object.fromEntries(
    Object.entries(args).filter(([, value]) => value !== undefined && value !== null),
  );
  const outcome = wire ? await wire.ask(call, given) : { text: "Not connected." };
  const isDone = "done" in outcome;
  if (beside?.isConnected) tellFault(beside, isDone ? null : outcome.text);
  else if (!isDone) toast("error", outcome.text);
  return { isDone, value: outcome.done, text: outcome.text };
}

/** Says a call for a control whose look says already what is asked, and undoes that where it is refused. */
export async function sayFor(control, call, args, beside = control) {
  pending.set(control, (pending.get(control) ?? 0) + 1);
  const outcome = await say(call, args, beside);
  if (outcome.isDone) await nextTold();
  pending.set(control, pending.get(control) - 1);
  drawAgain();
  return outcome;
}

/** Whether a control shows something of its own: what is tried, typed or dragged at the moment. */
export function isHeld(control) {
  if ((pending.get(control) ?? 0) > 0 || control.dataset.held) return true;
  return (
    document.activeElement === control &&
    control.matches("input:not([type=checkbox], [type=range]), textarea")
  );
}

/** Says only the newest of what comes faster than it is answered: a slider that is dragged. */
export function newest(send) {
  let isBusy = false;
  let next = null;
  return async (value) => {
    next = { value };
    if (isBusy) return;
    isBusy = true;
    while (next) {
      const { value: now } = next;
      next = null;
      await send(now);
    }
    isBusy = false;
  };
}

/** Marks a control as held while a pointer is down on it, so that nothing is put under the finger. */
export function holdWhileDragged(control) {
  const release = () => {
    delete control.dataset.held;
    drawAgain();
  };
  control.addEventListener("pointerdown", () => (control.dataset.held = "yes"));
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    control.addEventListener(end, release);
}

const PLACES = "[data-faults], form, li, .row, .field, .group";

/** Tells what went wrong under the place that a thing is in; null takes it away. */
export function tellFault(beside, text) {
  const place = beside.closest(PLACES) ?? beside;
  const after = place.matches("[data-faults], form, li") ? null : place;
  const holder = after ? after.parentElement : place;
  const known = after ? after.nextElementSibling : holder?.lastElementChild;
  const old = known?.matches(".fault.told") ? known : null;
  if (!text) {
    old?.remove();
    return;
  }
  const line = old ?? el("p", { class: "fault told", role: "alert" });
  line.textContent = text;
  if (!old) {
    if (after) after.after(line);
    else holder?.append(line);
  }
}

// What was wrong with what was typed is no longer so when it is typed anew.
document.addEventListener("input", (event) => tellFault(event.target, null));
