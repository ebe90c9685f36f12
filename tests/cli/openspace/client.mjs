// Drives a running Skyreel by the JavaScript client that OpenSpace publishes, unmodified, as a presenter's
// program would. Arguments: the folder that it is installed in, "tcp" or "websocket", the port, a name
// for what is recorded. Ends with status 0 where all of it was as expected.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const [folder, way, port, name] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
// What browsers bring along.
globalThis.WebSocket = require('ws');
const connectors = {
  tcp: () => require('openspace-api-js')('127.0.0.1', Number(port)),
  websocket: () => require('openspace-api-js/src/browser.js')('127.0.0.1', Number(port)),
};
const api = connectors[way]();

/** The first of what a topic tells that is as wanted. */
async function until(iterator, isWanted) {
  for (;;) {
    const { value } = await iterator.next();
    if (isWanted(value)) return value;
  }
}

/** What a topic tells from now on. */
function listen(type, payload) {
  return api.startTopic(type, { event: 'start_subscription', ...payload }).iterator();
}

async function properties(openspace) {
  const path = 'Scene.Earth.Renderable.Fade';
  assert.equal((await api.getProperty(path)).Value, 1);
  const subscription = api.subscribeToProperty(path);
  const values = subscription.iterator();
  assert.equal((await values.next()).value.value, 1);
  const third = 1 / 3;
  const change = until(values, (told) => told.value === third);
  api.setProperty(path, third);
  const told = await change;
  assert.equal(told.Description.Identifier, path);
  assert.equal((await api.getProperty(path)).value, third);
  assert.deepEqual(await openspace.propertyValue(path), { 1: third });
  subscription.cancel();
  api.setProperty(path, 1);
  const owner = await api.getProperty('Scene.Earth');
  assert.equal(owner.identifier, 'Earth');
  const root = await api.getProperty('__rootOwner');
  assert.ok(root.subowners.some((one) => one.uri === 'Scene'));
  api.setProperty('Scene.Erth.Renderable.Fade', 1);
}

async function scripts(openspace) {
  assert.deepEqual(await api.executeLuaScript('return 6 * 7, "ä", {x = true}'), {
    1: 42, 2: 'ä', 3: { x: true },
  });
  assert.deepEqual(await api.executeLuaScript('local _ = wait(0.1)'), {});
  const failed = await api.executeLuaScript('\nerror("as asked")');
  assert.match(failed.error, /:2: as asked/);
  assert.equal(await api.executeLuaScript('x_of_client = 5', false), undefined);
  assert.deepEqual(await api.executeLuaScript('return x_of_client'), { 1: 5 });
  const single = await api.singleReturnLibrary();
  assert.match(await single.time.UTC(), /^\d{4}-\d\d-\d\dT[\d:.]+$/);
  assert.equal((await openspace.hasProperty('Nothing'))[1], false);
}

async function recording(openspace) {
  const states = listen('sessionRecording', { properties: ['state', 'files'] });
  await until(states, ({ state }) => state === 'idle');
  const reaches = (state) => until(states, (told) => told.state === state);
  let reached = reaches('recording');
  await openspace.sessionRecording.startRecording();
  await reached;
  assert.deepEqual(await openspace.sessionRecording.isRecording(), { 1: true });
  await api.executeLuaScript('wait(0.5)');
  reached = until(states, ({ state, files }) => {
    return state === 'idle' && files.some((file) => file.startsWith(name));
  });
  await openspace.sessionRecording.stopRecording(`\${RECORDINGS}/${name}.osrec`, 'Binary', true);
  const { files } = await reached;
  const file = files.find((one) => one.startsWith(name));
  const events = listen('event', { eventType: 'SessionRecordingPlayback' });
  const started = until(events, ({ state }) => state === 'Started');
  reached = reaches('playing');
  await openspace.sessionRecording.startPlayback(file, true);
  await reached;
  await started;
  for (const [paused, state] of [[true, 'playing-paused'], [false, 'playing']]) {
    reached = reaches(state);
    await openspace.sessionRecording.setPlaybackPause(paused);
    await reached;
  }
  reached = reaches('idle');
  await openspace.sessionRecording.stopPlayback();
  await reached;
}

async function clockAndCamera(openspace) {
  const clock = listen('time');
  const { value: first } = await clock.next();
  assert.ok(first.deltaTimeSteps.includes(86400) && !first.isPaused, JSON.stringify(first));
  let change = until(clock, ({ isPaused }) => isPaused);
  await openspace.time.setPause(true);
  await change;
  change = until(clock, ({ time }) => time?.startsWith('2026-03-07T18:30:00'));
  await openspace.time.setTime('2026-03-07T18:30:00');
  await change;
  change = until(clock, ({ isPaused }) => isPaused === false);
  await openspace.time.setPause(false);
  await change;

  const camera = listen('camera');
  const { value: before } = await camera.next();
  assert.ok(before.altitudeMeters > 0 && before.altitudeUnit, JSON.stringify(before));
  const above = until(camera, (told) => Math.abs(told.latitude - 48.2) < 0.01);
  await openspace.globebrowsing.goToGeo('Earth', 48.2, 16.37, 20000);
  assert.ok(Math.abs((await above).altitudeMeters - 20000) < 100);

  const modes = listen('engineMode');
  await until(modes, ({ mode }) => mode === 'user_control');
  const path = listen('cameraPath');
  const flies = until(path, ({ target }) => target === 'Mars');
  const inPath = until(modes, ({ mode }) => mode === 'camera_path');
  await openspace.pathnavigation.flyTo('Mars', 1);
  assert.ok((await flies).remainingTime <= 1);
  await inPath;
  await until(modes, ({ mode }) => mode === 'user_control');
  assert.equal((await api.getProperty('NavigationHandler.OrbitalNavigator.Anchor')).Value, 'Mars');
}

/** A touch screen zooms in, and the camera goes nearer until it lets go. */
async function touch() {
  const camera = listen('camera');
  const { value: before } = await camera.next();
  const topic = api.startTopic('flightcontroller', { type: 'connect' });
  topic.talk({ type: 'inputState', inputState: { zoomIn: 2 } });
  await until(camera, (told) => told.altitudeMeters < before.altitudeMeters * 0.9);
  topic.talk({ type: 'disconnect' });
}

async function others() {
  const first = async (type, payload) => {
    return (await api.startTopic(type, payload).iterator().next()).value;
  };
  assert.equal((await first('version', {})).openSpaceVersion.minor, 22);
  assert.match((await first('no such topic', {})).error, /there is no topic/);
  const keys = await first('actionsKeybinds', { event: 'get_all' });
  assert.ok(keys.keybinds.some((one) => one.action === 'skyreel.record'));
  const log = listen('errorLog', { settings: { logLevel: 'Info' } });
  const printed = until(log, ({ message }) => message === 'said by the client');
  await api.executeLuaScript('print("said by the client")');
  await printed;
}

api.onConnect(async () => {
  try {
    assert.deepEqual(await api.authenticate(''), { status: 'authorized' });
    const openspace = await api.library();
    await properties(openspace);
    await scripts(openspace);
    await recording(openspace);
    await clockAndCamera(openspace);
    await touch();
    await others();
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
});
api.onDisconnect(() => {
  console.error('hung up on');
  process.exit(1);
});
api.connect();
