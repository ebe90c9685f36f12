//! Commands to an app: each has one outcome, a bad one hurts no other, and no list of them leads
//! anywhere it must not.

use std::collections::BTreeMap;
use std::sync::mpsc::sync_channel;

use bevy_ecs::message::Messages;
use bevy_skyreel::core::command::{CATALOGUE, Group, Origin, said};
use bevy_skyreel::core::event::EventKind;
use bevy_skyreel::core::outcome::{Outcome, Refusal};
use bevy_skyreel::core::role::Role;
use bevy_skyreel::core::snapshot::ModeView;
use bevy_skyreel::core::time::SessionTime;
use bevy_skyreel::prelude::*;
use bevy_skyreel::{CommandGroups, Defaults, DueReply, HeldReply, InboxFull};

use crate::stage::*;

#[test]
fn a_group_that_nobody_has_joined_is_refused_by_name() {
    let mut stage = Stage::new();
    let joined = [Group::Record, Group::Play, Group::Scene, Group::Clock];
    for row in CATALOGUE {
        let group = said(row.example).unwrap().group();
        if joined.contains(&group) {
            continue;
        }
        let complaint = stage.say(row.example).complaint();
        let words =
            format!("'{}' cannot be done here: this program has no {}", row.call, group.name());
        assert_eq!(complaint, Some(words));
    }
    // Until somebody does.
    let mut groups = stage.app.world_mut().resource_mut::<CommandGroups>();
    groups.join(Group::Film, |_, command| Outcome::Done(command.words().0.into()));
    assert_eq!(stage.say("film.stop"), Outcome::Done("film.stop".into()));
}

#[test]
fn a_bad_command_in_the_middle_hurts_no_other() {
    let mut stage = Stage::new();
    let lines = [
        ("scene.set Desk.Brightness 0.25", true),
        ("play.start nothing", false),
        ("scene.set Desk.Nothing 1", false),
        ("record.start r", true),
        ("record.start r", false),
        ("clock.set yesterday", false),
        ("clock.jump \"3 weeks\"", false),
        ("clock.rate 1 over_s=-1", false),
        ("scene.hide Moon", true),
        ("scene.hide Sun", false),
        ("scene.hide Pluto", false),
        ("film.stop", false),
        ("record.mark here", true),
        ("record.stop", true),
    ];
    let requests = stage.app.world().resource::<Requests>().clone();
    let (send, receive) = sync_channel(100);
    let ids: Vec<_> = lines
        .iter()
        .map(|(line, _)| {
            let command = said(line).unwrap();
            let send = Some(send.clone());
            requests.send_as(command, Origin::Window, Role::Presenter, send).unwrap()
        })
        .collect();
    stage.frame(s(0.0));
    let answers: Vec<Answered> = receive.try_iter().collect();
    assert_eq!(answers.iter().map(|answer| answer.id).collect::<Vec<_>>(), ids);
    for ((line, is_done), answer) in lines.iter().zip(&answers) {
        assert_eq!(answer.outcome.is_done(), *is_done, "{line}: {:?}", answer.outcome);
    }
    let messages = stage.app.world().resource::<Messages<Answered>>();
    let mut cursor = messages.get_cursor();
    assert_eq!(cursor.read(messages).cloned().collect::<Vec<_>>(), answers);
    let found = stage.observe().properties;
    assert_eq!(found["Scene.Moon.Renderable.Enabled"], false.into());
    assert_eq!(stage.memory.get("r").unwrap().events.len(), 1);
}

#[test]
fn who_may_not_is_refused() {
    let mut stage = Stage::new();
    let before = stage.observe();
    let outcome = stage.say_as("scene.hide Moon", Role::Viewer);
    assert!(matches!(outcome, Outcome::Refused(Refusal::Role { .. })), "{outcome:?}");
    assert_eq!(stage.observe().properties, before.properties);
    assert!(stage.say_as("scene.get Desk.On", Role::Viewer).is_done());
    assert!(stage.say_as("scene.hide Moon", Role::Presenter).is_done());
}

#[test]
fn what_was_said_from_outside_is_part_of_the_recording() {
    let mut stage = Stage::new();
    stage.ask("record.start r");
    stage.frame(s(0.0));
    stage.done("scene.hide Moon");
    stage.ask("scene.show Moon");
    stage.frame(s(0.5));
    stage.done("record.stop");
    let events = stage.memory.get("r").unwrap().events.clone();
    let texts: Vec<String> = events
        .into_iter()
        .map(|event| match event.kind {
            EventKind::Console { text, .. } => text,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(texts, [r#"scene.hide {"node":"Moon"}"#]);
}

#[test]
fn too_many_are_refused_and_those_that_wait_are_obeyed() {
    let mut stage = Stage::new();
    let requests = stage.app.world().resource::<Requests>().clone();
    let mut sent = 0;
    let error = loop {
        match requests.say("clock.toggle") {
            Ok(_) => sent += 1,
            Err(error) => break error,
        }
    };
    assert_eq!((sent, error), (4096, InboxFull::Full));
    stage.frame(s(0.0));
    assert_eq!(stage.app.world().resource::<Messages<Answered>>().len(), 4096);
    assert!(requests.say("clock.toggle").is_ok());
    let error = requests.say("clock.tog").unwrap_err().to_string();
    assert_eq!(error, "there is no command 'clock.tog'; did you mean 'clock.toggle'?");
}

/// What a group holds back, to be answered later.
#[derive(bevy_ecs::prelude::Resource, Default)]
struct HeldBack(std::sync::Mutex<Vec<HeldReply>>);

#[test]
fn who_obeys_may_answer_later_and_once() {
    let mut stage = Stage::new();
    stage.app.init_resource::<HeldBack>();
    let mut groups = stage.app.world_mut().resource_mut::<CommandGroups>();
    groups.join(Group::Film, |world, _| {
        let reply = world.resource_mut::<DueReply>().take();
        world.resource_mut::<HeldBack>().0.get_mut().unwrap().extend(reply);
        Outcome::Done("taken".into())
    });
    let requests = stage.app.world().resource::<Requests>().clone();
    let (send, receive) = sync_channel(100);
    let ask = |line: &str| {
        let send = Some(send.clone());
        requests.send_as(said(line).unwrap(), Origin::Network, Role::Presenter, send).unwrap()
    };
    let (held, told, forgotten) = (ask("film.stop"), ask("clock.toggle"), ask("film.stop"));
    // Whoever asks without waiting has nothing that could be held back.
    requests.say("film.stop").unwrap();
    stage.frame(s(0.0));
    let ids = |answers: Vec<Answered>| answers.into_iter().map(|a| a.id).collect::<Vec<_>>();
    assert_eq!(ids(receive.try_iter().collect()), [told]);
    let mut all = std::mem::take(&mut stage.app.world_mut().resource_mut::<HeldBack>().0);
    let mut all = std::mem::take(all.get_mut().unwrap());
    assert_eq!(all.len(), 2);
    drop(all.pop());
    all.remove(0).answer(stage.app.world_mut(), Outcome::Done(7.into()));
    let answers: Vec<Answered> = receive.try_iter().collect();
    assert_eq!(
        answers,
        [Answered { id: held, origin: Origin::Network, outcome: Outcome::Done(7.into()) }]
    );
    let messages = stage.app.world().resource::<Messages<Answered>>();
    let mut cursor = messages.get_cursor();
    let known: Vec<&Answered> = cursor.read(messages).collect();
    assert_eq!(known.len(), 3);
    assert!(
        known.iter().all(|answer| answer.id != forgotten),
        "whoever asked is told by being let go of"
    );
}

#[test]
fn whoever_does_not_listen_stops_nobody() {
    let mut stage = Stage::new();
    let requests = stage.app.world().resource::<Requests>().clone();
    let (send, receive) = sync_channel(0);
    drop(receive);
    let stop = || said("record.start r").unwrap();
    requests.send_as(stop(), Origin::Window, Role::Presenter, Some(send)).unwrap();
    stage.frame(s(0.0));
    assert!(matches!(stage.mode(), ModeView::Recording(_)));
}

const LINES: [&str; 40] = [
    "record.start a overwrite=true",
    "record.start b overwrite=true",
    "record.toggle",
    "record.stop",
    "record.pause",
    "record.resume",
    "record.discard",
    "record.mark here",
    "play.start a",
    "play.start b speed=-2",
    "play.start a at_end=loop from_s=0.1",
    "play.start b at_end=return",
    "play.start nothing",
    "play.start unnamed",
    "play.stop",
    "play.pause",
    "play.resume",
    "play.toggle",
    "play.seek 0.5",
    "play.seek -1e300",
    "play.jump -0.25",
    "play.step 100",
    "play.home",
    "play.end",
    "play.speed 8",
    "play.faster",
    "play.marks 0.25 0.5",
    "play.marks",
    "play.at_end return",
    "play.force_time off",
    "scene.set Scene.*.Fade 0.5 over_s=0.2",
    "scene.set Desk.On true",
    "scene.toggle Moon",
    "scene.solo Earth",
    "scene.unsolo",
    "scene.reset",
    "clock.set 2026-03-07T18:30:00",
    "clock.faster",
    "clock.toggle",
    "clock.jump 1e9y",
];

#[test]
fn ten_thousand_random_lists_keep_what_must_always_be_true() {
    let mut dice = Dice(2026);
    let mut modes: BTreeMap<&str, usize> = BTreeMap::new();
    for n in 0..50 {
        let mut stage = Stage::new();
        let keep = s([0.0, 0.3][n % 2]);
        stage.app.world_mut().resource_mut::<Defaults>().instant_replay = keep;
        let requests = stage.app.world().resource::<Requests>().clone();
        let (send, receive) = sync_channel(100);
        for _ in 0..200 {
            for _ in 0..1 + dice.roll(3) {
                let mut ids = Vec::new();
                for _ in 0..dice.roll(5) {
                    let command = said(dice.pick::<&str>(&LINES)).unwrap();
                    let role = *dice.pick(&[Role::Viewer, Role::Presenter, Role::Presenter]);
                    let send = Some(send.clone());
                    ids.push(requests.send_as(command, Origin::Network, role, send).unwrap());
                }
                stage.frame(ns(dice.roll(200_000_000) as i64));
                let answered: Vec<_> = receive.try_iter().map(|answer| answer.id).collect();
                assert_eq!(answered, ids);
                let mode = stage.mode();
                let mut session = stage.session();
                let session = session.get();
                let is_playing = matches!(mode, ModeView::Playing(_));
                assert_eq!(session.is_live(), !is_playing);
                assert_eq!(session.is_recording(), matches!(mode, ModeView::Recording(_)));
                assert!(!(is_playing && session.wants_frames()));
                let name = match mode {
                    ModeView::Idle => "idle",
                    ModeView::Recording(_) => "recording",
                    ModeView::Playing(view) => {
                        let (first, last) = view.marks;
                        assert!(SessionTime::ZERO <= first && last <= view.duration);
                        assert!(first <= view.at && view.at <= last);
                        "playing"
                    }
                };
                *modes.entry(name).or_default() += 1;
            }
        }
        // Whatever there was: this ends it.
        let _ = (stage.say("record.stop"), stage.say("play.stop"));
        assert_eq!(stage.mode(), ModeView::Idle);
        assert_eq!(stage.session().get().drive(), Ok(()));
        assert!(!stage.session().get().is_finishing());
    }
    assert!(modes.values().all(|count| *count > 1000), "{modes:?}");
}
