"""Drives a running Skyreel by the Python client that OpenSpace publishes, unmodified, as a presenter's
program would. Arguments: the port, a name for what is recorded. Ends with status 0 where all of it was
as expected."""

import asyncio
import sys

import openspace

PORT, NAME = int(sys.argv[1]), sys.argv[2]
api = openspace.Api('localhost', PORT)


async def until(topic, is_wanted):
    """The first of what a topic tells that is as wanted."""
    while True:
        told = await topic.next()
        if is_wanted(told):
            return told


def listen(kind, payload=None):
    """What a topic tells from now on."""
    return api.startTopic(kind, {'event': 'start_subscription', **(payload or {})})


async def properties(lua):
    path = 'Scene.Earth.Renderable.Fade'
    got = await api.getProperty(path)
    assert (got['type'], got['value']['uri'], got['value']['value']) == ('property', path, 1), got
    topic = api.subscribeToProperty(path)
    first = await topic.next()
    assert first['metaData']['guiName'] == 'Fade', first
    assert (await topic.next()) == {'type': 'value', 'value': 1}
    third = 1 / 3
    api.setProperty(path, third)
    await until(topic, lambda told: told['value'] == third)
    topic.cancel()
    assert (await api.getProperty(path))['value']['value'] == third
    assert (await lua.propertyValue(path)) == third
    api.setProperty(path, 1)
    root = await api.getProperty('__rootOwner')
    assert root['type'] == 'propertyOwner'
    assert any(owner['uri'] == 'Scene' for owner in root['value']['subowners'])


async def scripts(lua):
    returned = await api.executeLuaScript('return 6 * 7, "ä", {x = true}')
    assert returned == {'1': 42, '2': 'ä', '3': {'x': True}}, returned
    assert (await api.executeLuaScript('local _ = wait(0.1)')) == {}
    failed = await api.executeLuaScript('\nerror("as asked")')
    assert ':2: as asked' in failed['error'], failed
    assert (await api.executeLuaScript('x_of_client = 5', getReturnValue=False)) is None
    assert (await api.executeLuaScript('return x_of_client')) == {'1': 5}
    assert len(await lua.time.UTC()) == len('2026-03-07T18:30:00.000')
    assert (await lua.hasProperty('Nothing')) is False


async def recording(lua):
    states = listen('sessionRecording', {'properties': ['state', 'files']})

    async def reaches(state):
        return await until(states, lambda told: told['state'] == state)

    await reaches('idle')
    await lua.sessionRecording.startRecording()
    await reaches('recording')
    assert (await lua.sessionRecording.isRecording()) is True
    await api.executeLuaScript('wait(0.5)')
    await lua.sessionRecording.stopRecording('${RECORDINGS}/' + NAME + '.osrec', 'Binary', True)

    def ours(told):
        return [file for file in told['files'] if file.startswith(NAME)]

    listed = await until(states, lambda told: told['state'] == 'idle' and ours(told))
    events = api.subscribeToEvent(['SessionRecordingPlayback'])
    await lua.sessionRecording.startPlayback(ours(listed)[0], True)
    await reaches('playing')
    await until(events, lambda told: told['State'] == 'Started')
    await lua.sessionRecording.setPlaybackPause(True)
    await reaches('playing-paused')
    await lua.sessionRecording.togglePlaybackPause()
    await reaches('playing')
    await lua.sessionRecording.stopPlayback()
    await reaches('idle')
    await until(events, lambda told: told['state'] == 'Finished')
    events.cancel()


async def clock_and_camera(lua):
    clock = listen('time')
    first = await clock.next()
    assert 86400 in first['deltaTimeSteps'] and not first['isPaused'], first
    await lua.time.setPause(True)
    await until(clock, lambda told: told.get('isPaused'))
    await lua.time.setTime('2026-03-07T18:30:00')
    await until(clock, lambda told: told['time'].startswith('2026-03-07T18:30:00'))
    await lua.time.setPause(False)
    await until(clock, lambda told: told.get('isPaused') is False)

    camera = listen('camera')
    before = await camera.next()
    assert before['altitudeMeters'] > 0 and before['altitudeUnit'], before
    await lua.globebrowsing.goToGeo('Earth', 48.2, 16.37, 20000)
    at = await until(camera, lambda told: abs(told['latitude'] - 48.2) < 0.01)
    assert abs(at['altitudeMeters'] - 20000) < 100, at
    modes = listen('engineMode')
    await until(modes, lambda told: told['mode'] == 'user_control')
    await lua.pathnavigation.flyTo('Mars', 1)
    await until(modes, lambda told: told['mode'] == 'camera_path')
    await until(modes, lambda told: told['mode'] == 'user_control')
    await lua.setPropertyValueSingle('NavigationHandler.OrbitalNavigator.Anchor', 'Earth')
    await lua.setPropertyValueSingle('NavigationHandler.OrbitalNavigator.RetargetAnchor', None)
    anchor = await api.getProperty('NavigationHandler.OrbitalNavigator.Anchor')
    assert anchor['value']['value'] == 'Earth', anchor


async def others():
    async def first(kind, payload):
        topic = api.startTopic(kind, payload)
        told = await topic.next()
        topic.cancel()
        return told

    assert (await first('version', {}))['socketApiVersion']['major'] == 1
    assert 'there is no topic' in (await first('no such topic', {}))['error']
    heard = asyncio.Event()
    cancel = api.subscribeToLogMessages(
        {'logLevel': 'Info'},
        lambda told: heard.set() if told['message'] == 'said by the client' else None,
    )
    await api.executeLuaScript('print("said by the client")')
    await heard.wait()
    await cancel()


async def main():
    done = asyncio.get_running_loop().create_future()

    async def on_connect():
        try:
            assert (await api.authenticate('')) == {'status': 'authorized'}
            lua = await api.library()
            await properties(lua)
            await scripts(lua)
            await recording(lua)
            await clock_and_camera(lua)
            await others()
            done.set_result(None)
        except BaseException as error:
            done.set_exception(error)

    api.onConnect(on_connect)
    await api.connect()
    await done
    api.disconnect()


asyncio.run(main())
