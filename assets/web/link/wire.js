// The socket that calls go out by and the state comes in by: opened again by itself when it breaks, with
// longer and longer pauses, at once when somebody looks. It knows messages, not what they mean.

const FIRST_WAIT_MS = 300;
const MOST_WAIT_MS = 5000;
const PATIENCE_MS = 4000;

/** The subprotocol that carries the secret: scripts of a page can set no header. */
export const SUBPROTOCOL = "skyreel.v1.";

/** The address of one of Skyreel's sockets. */
export function socketAddress(path) {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${path}`;
}

export class Wire {
  #secret;
  #heed;
  #socket = null;
  #asked = new Map();
  #next = 1;
  #wait_ms = FIRST_WAIT_MS;
  #timer = 0;
  #isTrying = false;
  #isEnded = false;

  /**
   * `heed` is told: `opened()`, `closed()`, `stranger()` where the secret is of an earlier start,
   * `whole(state)`, `changes(changes)`.
   */
  constructor(secret, heed) {
    this.#secret = secret;
    this.#heed = heed;
    document.addEventListener("visibilitychange", this.#look);
    window.addEventListener("online", this.#look);
    this.#open();
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Ends it for good. */
  end() {
    this.#isEnded = true;
    document.removeEventListener("visibilitychange", this.#look);
    window.removeEventListener("online", this.#look);
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#forget();
  }

  /** Says a call; gives `{ done }`, or `{ text }` where it was refused, failed or could not be said. */
  ask(call, args = {}) {
    return this.#send({ call, with: args });
  }

  #send(message) {
    if (!this.isOpen) return Promise.resolve({ text: "Not connected; nothing was done." });
    const id = this.#next++;
    return new Promise((answer) => {
      this.#asked.set(id, answer);
      this.#socket.send(JSON.stringify({ id, ...message }));
    });
  }

  async #open() {
    if (this.#isTrying || this.#isEnded) return;
    this.#isTrying = true;
    clearTimeout(this.#timer);
    const welcome = await this.#isKnown();
    this.#isTrying = false;
    if (this.#isEnded) return;
    if (welcome === "stranger") {
      this.end();
      this.#heed.stranger();
      return;
    }
    if (welcome !== "known") {
      this.#later();
      return;
    }
    const socket = new WebSocket(socketAddress("/api"), [SUBPROTOCOL + this.#secret]);
    this.#socket = socket;
    let isTold = false;
    socket.onopen = () => this.#send({ watch: true });
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      this.#take(message);
      // First with the state it is good for something; one that is hung up on before has to wait longer.
      if (isTold || !("state" in message)) return;
      isTold = true;
      this.#wait_ms = FIRST_WAIT_MS;
      this.#heed.opened();
    };
    socket.onclose = () => {
      if (this.#socket !== socket || this.#isEnded) return;
      this.#socket = null;
      this.#forget();
      this.#later();
    };
  }

  /** A socket that is refused does not say why; this does. */
  async #isKnown() {
    try {
      const answer = await fetch("/check", {
        headers: { authorization: `Bearer ${this.#secret}` },
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.status === 401 || answer.status === 403) return "stranger";
      return answer.ok ? "known" : "busy";
    } catch {
      return "nobody";
    }
  }

  #take(message) {
    if ("state" in message) this.#heed.whole(message.state);
    else if ("changes" in message) this.#heed.changes(message.changes);
    else if ("id" in message) {
      const answer = this.#asked.get(message.id);
      this.#asked.delete(message.id);
      if ("done" in message) answer?.({ done: message.done });
      else answer?.({ text: message.text ?? message.failed ?? "It was refused." });
    }
  }

  #later() {
    if (this.#isEnded) return;
    this.#heed.closed();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), this.#wait_ms);
    this.#wait_ms = Math.min(this.#wait_ms * 2, MOST_WAIT_MS);
  }

  /** Nobody answers any more what was asked. */
  #forget() {
    for (const answer of this.#asked.values())
      answer({ text: "The connection broke; it may not have been done." });
    this.#asked.clear();
  }

  /** Somebody looks: no time to wait, and a socket that only seems open is found out. */
  #look = async () => {
    if (document.hidden || this.#isEnded) return;
    if (!this.isOpen) {
      this.#wait_ms = FIRST_WAIT_MS;
      if (!this.#socket) this.#open();
      return;
    }
    const socket = this.#socket;
    const late = setTimeout(() => socket.close(), PATIENCE_MS);
    await this.#send({ watch: true });
    clearTimeout(late);
  };
}
