// The page begins here: whoever is there gets in, the socket opens, the state is drawn. When the socket
// breaks the page says so and waits; when Skyreel was started anew it asks for the code again.

import { enter, forgetSecret, keptSecret } from "./link/entry.js";
import { setText, show } from "./parts/elements.js";
import { baseline } from "./link/notices.js";
import { makePage } from "./page.js";
import { watchPicture } from "./link/picture.js";
import { sayBy } from "./link/say.js";
import { takeChanges, takeWhole } from "./link/state.js";
import { Wire } from "./link/wire.js";

const banner = document.getElementById("offline");
const words = document.getElementById("offline-words");
let isMade = false;

async function begin(why) {
  const secret = keptSecret() ?? (await enter(why));
  const picture = watchPicture(secret);
  let wasOpen = false;
  let isFirst = true;
  const wire = new Wire(secret, {
    opened() {
      wasOpen = true;
      show(banner, false);
      document.body.dataset.page = "open";
      picture.start();
    },
    closed() {
      picture.stop();
      if (!document.body.dataset.page) document.body.dataset.page = "open";
      setText(
        words,
        wasOpen
          ? "Not connected. What you see is the last that was told; trying again…"
          : "Looking for Skyreel…",
      );
      show(banner, true);
    },
    stranger() {
      picture.stop();
      forgetSecret();
      show(banner, false);
      begin(wasOpen || why === undefined ? "Skyreel was started anew. Please enter its new code." : "");
    },
    whole(state) {
      if (isFirst) baseline(state.notices ?? {});
      isFirst = false;
      takeWhole(state);
      if (!isMade) makePage();
      isMade = true;
    },
    changes: takeChanges,
  });
  sayBy(wire);
}

begin();
