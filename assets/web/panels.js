// The panels there are, in the order of the window's bar, and at which side of the picture each is.

import { makeClock } from "./panels/clock.js";
import { makeConsole } from "./console/panel.js";
import { makeFilm } from "./panels/film.js";
import { makeFocus } from "./panels/focus.js";
import { makeJourney } from "./journey/panel.js";
import { makeLog } from "./panels/log.js";
import { makeMore } from "./panels/more.js";
import { makeScene } from "./panels/scene.js";
import { makeSession } from "./session/panel.js";
import { makeSettings } from "./panels/settings.js";
import { makeViews } from "./panels/views.js";

/** `make(body, isShown, tools)` fills a panel's body once, and follows the state while it is shown. */
export const PANELS = [
  {
    id: "focus",
    name: "Focus",
    sign: "target",
    side: "left",
    isLeft: true,
    make: makeFocus,
    help: "What the camera turns round; fly to somewhere else",
  },
  {
    id: "scene",
    name: "Scene",
    sign: "tree",
    side: "left",
    isLeft: true,
    make: makeScene,
    help: "Switch parts of the scene on and off",
  },
  {
    id: "views",
    name: "Views",
    sign: "views",
    side: "left",
    isLeft: true,
    make: makeViews,
    help: "Cameras, and which are on screen",
  },
  {
    id: "clock",
    name: "Clock",
    sign: "clock",
    side: "left",
    isLeft: true,
    make: makeClock,
    help: "Date, time and rate of the scene",
  },
  {
    id: "session",
    name: "Session recording",
    caption: "Record",
    sign: "camera",
    side: "right",
    make: makeSession,
    help: "Record a session, play recordings",
  },
  {
    id: "journey",
    name: "Journey",
    sign: "journey",
    side: "bottom",
    make: makeJourney,
    key: "Ctrl+J",
    help: "Make a journey of keyframes, without flying it",
  },
  {
    id: "film",
    name: "Film",
    sign: "film",
    side: "right",
    make: makeFilm,
    help: "Make a film of a recording",
  },
  {
    id: "console",
    name: "Console",
    sign: "console",
    side: "bottom",
    make: makeConsole,
    key: "`",
    help: "Lua: drive everything by words",
  },
  {
    id: "settings",
    name: "Settings",
    sign: "gear",
    side: "right",
    make: makeSettings,
    help: "What Skyreel keeps to",
  },
  { id: "log", name: "Log", sign: "log", side: "right", make: makeLog, help: "All notices" },
  {
    id: "more",
    name: "More",
    sign: "more",
    side: "right",
    make: makeMore,
    isHidden: true,
    help: "All other panels",
  },
];
