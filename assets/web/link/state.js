// What Skyreel says it is doing, as it was told last, and who draws what of it. Nothing here is made up
// by the page: there is no other mode than the one that was told.

/** The state (see PROTOCOL.md); empty until the first is told. */
export let state = {};

const followers = new Set();
const waiting = new Set();
let isScheduled = false;

/** Takes a whole state. */
export function takeWhole(whole) {
  state = whole;
  for (const follower of followers) follower.isStale = true;
  told();
}

/** Takes what has changed: a JSON merge patch (RFC 7396). */
export function takeChanges(changes) {
  merge(state, changes);
  for (const follower of followers) {
    if (follower.names.some((name) => name in changes)) follower.isStale = true;
  }
  told();
}

/** Merges a patch into an object. */
export function merge(into, changes) {
  for (const [name, change] of Object.entries(changes)) {
    if (change === null) delete into[name];
    else if (typeof change === "object" && !Array.isArray(change)) {
      const old = into[name];
      const isObject = typeof old === "object" && old !== null && !Array.isArray(old);
      into[name] = merge(isObject ? old : {}, change);
    } else into[name] = change;
  }
  return into;
}

/**
 * Calls `draw` before the next picture of the screen whenever one of these parts has changed, while
 * `isShown`; what changed meanwhile is drawn when it is shown again.
 */
export function follow(names, draw, isShown = () => true) {
  followers.add({ names, draw, isShown, isStale: true });
  schedule();
}

/** Draws everything that is shown once more: where something was tried and is to look as it is. */
export function drawAgain() {
  for (const follower of followers) follower.isStale = true;
  schedule();
}

/** Draws what is stale: after something was opened. */
export function schedule() {
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    for (const follower of followers) {
      if (!follower.isStale || !follower.isShown() || !state.mode) continue;
      follower.isStale = false;
      try {
        follower.draw(state);
      } catch (error) {
        // One part that cannot be drawn keeps no other from being drawn.
        console.error(error);
      }
    }
  });
}

/** Comes true with the next state that is told, or after half a second: what was done is in it. */
export function nextTold() {
  return new Promise((done) => {
    const timer = setTimeout(() => finish(), 500);
    const finish = () => {
      clearTimeout(timer);
      waiting.delete(finish);
      done();
    };
    waiting.add(finish);
  });
}

function told() {
  for (const finish of [...waiting]) finish();
  schedule();
}

/** What is being played, or nothing. */
export const playing = () => state.mode?.playing;

/** What is being recorded, or nothing. */
export const recording = () => state.mode?.recording;

/** The words that people read for a node. */
export function labelOf(name) {
  return state.scene?.nodes?.find((node) => node.name === name)?.label ?? name;
}
