// The live picture: one is asked for when the last has been drawn, so that a page that is slow, or that
// nobody looks at, costs Skyreel nothing.

import { setText, show } from "../parts/elements.js";
import { SUBPROTOCOL, socketAddress } from "./wire.js";

const MOST_WIDTH_PX = 1280;
const LEAST_WIDTH_PX = 160;
const FIRST_WAIT_MS = 300;
const MOST_WAIT_MS = 5000;

const canvas = document.getElementById("picture");
const empty = document.getElementById("picture-empty");
const painter = canvas.getContext("2d", { alpha: false });

let view = null;
let isWanted = true;
let current = null;

/** Shows another view from now on; null: the whole screen. */
export function chooseView(name) {
  view = name;
  // A picture of the old view may be on its way for seconds, where nothing moves.
  current?.begin();
}

/** Whether pictures are asked for at all. */
export function wantPicture(isOn) {
  isWanted = isOn;
  show(canvas, isOn && canvas.dataset.drawn);
  if (!isOn) tellEmpty("The picture is off.");
  else if (!canvas.dataset.drawn) tellEmpty("");
  else show(empty, false);
  current?.look();
}

/** Looks at the picture with a secret; `start` and `stop` are told by whoever knows the connection. */
export function watchPicture(secret) {
  let socket = null;
  let isOn = false;
  let timer = 0;
  let wait_ms = FIRST_WAIT_MS;

  const isLooking = () => isOn && isWanted && !document.hidden;

  const ask = () => {
    if (!isLooking()) return;
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(wish()));
  };

  const open = () => {
    clearTimeout(timer);
    if (socket || !isLooking()) return;
    socket = new WebSocket(socketAddress("/picture"), [SUBPROTOCOL + secret]);
    socket.binaryType = "blob";
    const mine = socket;
    socket.onopen = () => {
      wait_ms = FIRST_WAIT_MS;
      ask();
    };
    socket.onmessage = async ({ data }) => {
      if (typeof data === "string") {
        tellEmpty(textOf(data));
        timer = setTimeout(ask, MOST_WAIT_MS);
        return;
      }
      await draw(data);
      if (mine === socket) ask();
    };
    socket.onclose = () => {
      if (mine !== socket) return;
      socket = null;
      if (isOn) timer = setTimeout(open, wait_ms);
      wait_ms = Math.min(2 * wait_ms, MOST_WAIT_MS);
    };
  };

  const close = () => {
    clearTimeout(timer);
    const old = socket;
    socket = null;
    old?.close();
  };

  const look = () => (isLooking() ? open() : close());
  document.addEventListener("visibilitychange", look);
  const watched = {
    look,
    begin() {
      close();
      look();
    },
    start() {
      isOn = true;
      look();
    },
    stop() {
      isOn = false;
      close();
    },
  };
  current = watched;
  return watched;
}

function wish() {
  const width = Math.round(canvas.parentElement.clientWidth * Math.min(devicePixelRatio, 2));
  const wanted = { width: Math.min(Math.max(width, LEAST_WIDTH_PX), MOST_WIDTH_PX) };
  return view ? { ...wanted, view } : wanted;
}

async function draw(jpeg) {
  try {
    const image = await createImageBitmap(jpeg);
    if (canvas.width !== image.width) canvas.width = image.width;
    if (canvas.height !== image.height) canvas.height = image.height;
    painter.drawImage(image, 0, 0);
    image.close();
    canvas.dataset.drawn = "yes";
    canvas.parentElement.style.setProperty("--shape", `${canvas.width} / ${canvas.height}`);
    show(canvas, isWanted);
    show(empty, !isWanted);
  } catch {
    tellEmpty("A picture came that could not be read.");
  }
}

function tellEmpty(text) {
  setText(empty.lastElementChild, text || "Waiting for the picture…");
  show(empty, true);
  show(canvas, false);
}

function textOf(data) {
  try {
    return JSON.parse(data).text ?? "There is no picture.";
  } catch {
    return "There is no picture.";
  }
}
