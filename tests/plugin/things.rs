//! Things with components: what of them is recorded, and how it comes back.

use bevy_ecs::prelude::*;
use bevy_reflect::Reflect;
use bevy_skyreel::core::outcome::Outcome;
use bevy_skyreel::core::value::Value;
use bevy_skyreel::prelude::*;
use bevy_transform::components::Transform;
use glam::{DVec3, IVec2, Quat, Vec2, Vec3};

use crate::stage::*;

#[derive(Reflect, Clone, Debug, PartialEq, Default)]
enum Colour {
    #[default]
    Red,
    Green,
    Mixed {
        share: f64,
    },
    Wave(f32),
}

#[derive(Reflect, Clone, Debug, PartialEq, Default)]
struct Inner {
    near: f32,
    label: String,
    pair: (i32, f64),
}

#[derive(Reflect, Clone, Debug, PartialEq, Default)]
struct Wrapped(f64, bool);

#[derive(Component, Reflect, Clone, Debug, PartialEq, Default)]
struct Kit {
    on: bool,
    byte: u8,
    whole: i64,
    count: usize,
    thin: f32,
    wide: f64,
    name: String,
    flat: Vec2,
    place: Vec3,
    exact: DVec3,
    turn: Quat,
    cell: IVec2,
    colour: Colour,
    inner: Inner,
    wrapped: Wrapped,
    numbers: [f32; 5],
}

fn kit(dice: &mut Dice) -> Kit {
    let mut n = || dice.between(-100.0, 100.0);
    Kit {
        on: n() > 0.0,
        byte: n().abs() as u8,
        whole: n() as i64 * 1_000_000_007,
        count: n().abs() as usize,
        thin: n() as f32,
        wide: n(),
        name: format!("{}", n()),
        flat: Vec2::new(n() as f32, n() as f32),
        place: Vec3::new(n() as f32, n() as f32, n() as f32),
        exact: DVec3::new(n(), n(), n()),
        turn: Quat::from_rotation_x(n() as f32),
        cell: IVec2::new(n() as i32, n() as i32),
        colour: if n() > 0.0 { Colour::Green } else { Colour::Red },
        inner: Inner { near: n() as f32, label: format!("{}", n()), pair: (0, 0.0) },
        wrapped: Wrapped(n(), n() > 0.0),
        numbers: [n() as f32, n() as f32, n() as f32, n() as f32, n() as f32],
    }
}

#[test]
fn every_kind_of_field_comes_back() {
    let mut stage = Stage::bare();
    stage.app.record_component::<Kit>();
    let mut dice = Dice(17);
    let thing = stage.app.world_mut().spawn((Recorded::new("Kit A"), kit(&mut dice))).id();
    stage.ask("record.start k");
    stage.frame(s(0.0));
    let mut all = vec![(s(0.0), stage.app.world().get::<Kit>(thing).unwrap().clone())];
    for n in 1..50 {
        let new = kit(&mut dice);
        stage.app.world_mut().entity_mut(thing).insert(new.clone());
        stage.frame(s(0.25));
        all.push((s(f64::from(n) * 0.25), new));
    }
    stage.done("record.stop");
    stage.done("play.start k");
    stage.done("play.pause");
    for (at, kit) in all.iter().rev() {
        stage.done(&format!("play.seek {}", at.as_secs()));
        assert_eq!(stage.app.world().get::<Kit>(thing).unwrap(), kit, "at {at}");
    }
}

#[test]
fn properties_are_called_by_thing_component_and_field() {
    let mut stage = Stage::bare();
    stage.app.record_component::<Kit>();
    stage.app.world_mut().spawn((Recorded::new("K"), Kit::default()));
    let found = stage.observe().properties;
    let paths: Vec<String> = found.keys().map(|path| path.to_string()).collect();
    let mut wanted = [
        "on",
        "byte",
        "whole",
        "count",
        "thin",
        "wide",
        "name",
        "flat",
        "place",
        "exact",
        "turn",
        "cell.x",
        "cell.y",
        "colour",
        "inner.near",
        "inner.label",
        "wrapped.0",
        "wrapped.1",
        "numbers",
    ]
    .map(|end| format!("K.Kit.{end}"));
    wanted.sort();
    assert_eq!(paths, wanted);
    assert_eq!(found["K.Kit.colour"], "Red".into());
    assert_eq!(found["K.Kit.turn"], Value::Numbers([0.0, 0.0, 0.0, 1.0].into()));
}

#[test]
fn an_enum_with_fields_is_recorded_by_its_case_and_them() {
    let mut stage = Stage::bare();
    stage.app.record_component::<Kit>();
    let new = |colour| Kit { colour, ..Kit::default() };
    let thing =
        stage.app.world_mut().spawn((Recorded::new("K"), new(Colour::Mixed { share: 0.25 }))).id();
    let colour = |stage: &Stage| stage.app.world().get::<Kit>(thing).unwrap().colour.clone();
    stage.ask("record.start k");
    stage.frame(s(0.0));
    stage.app.world_mut().entity_mut(thing).insert(new(Colour::Mixed { share: 0.5 }));
    stage.frame(s(1.0));
    stage.app.world_mut().entity_mut(thing).insert(new(Colour::Wave(7.0)));
    stage.frame(s(1.0));
    stage.app.world_mut().entity_mut(thing).insert(new(Colour::Green));
    stage.frame(s(1.0));
    stage.done("record.stop");
    assert_eq!(stage.observe().properties["K.Kit.colour"], "Green".into());
    stage.app.world_mut().entity_mut(thing).insert(new(Colour::Mixed { share: 9.0 }));
    stage.done("play.start k");
    stage.done("play.pause");
    assert_eq!(colour(&stage), Colour::Mixed { share: 0.25 });
    stage.done("play.seek 1");
    assert_eq!(colour(&stage), Colour::Mixed { share: 0.5 });
    stage.done("play.seek 3");
    assert_eq!(colour(&stage), Colour::Green);
}

#[test]
fn what_cannot_be_put_into_a_field_is_refused_and_changes_nothing() {
    let mut stage = Stage::new();
    stage.app.record_component::<Kit>();
    let thing = stage.app.world_mut().spawn((Recorded::new("K"), Kit::default())).id();
    for line in [
        "scene.set K.Kit.on 3",
        "scene.set K.Kit.wide true",
        "scene.set K.Kit.wide much",
        "scene.set K.Kit.name 3",
        "scene.set K.Kit.place [1,2]",
        "scene.set K.Kit.place 1",
        "scene.set K.Kit.colour Blue",
        "scene.set K.Kit.nothing 1",
        "scene.set K.Kit 1",
        "scene.set Desk.On 1",
        "scene.set Des 1",
        "scene.get K.Kit.wid",
    ] {
        let outcome = stage.say(line);
        assert!(matches!(outcome, Outcome::Refused(_)), "{line}: {outcome:?}");
        assert_eq!(*stage.app.world().get::<Kit>(thing).unwrap(), Kit::default(), "{line}");
    }
    let complaint = stage.say("scene.get K.Kit.wid").complaint().unwrap();
    assert_eq!(complaint, "there is no property 'K.Kit.wid'; did you mean 'K.Kit.wide'?");
    for (line, path, value) in [
        ("scene.set K.Kit.on true", "K.Kit.on", Value::Bool(true)),
        ("scene.set K.Kit.byte 300", "K.Kit.byte", Value::Number(255.0)),
        ("scene.set K.Kit.whole -2.6", "K.Kit.whole", Value::Number(-3.0)),
        ("scene.set K.Kit.colour Green", "K.Kit.colour", "Green".into()),
        ("scene.set K.Kit.place [1,2,3]", "K.Kit.place", Value::Numbers([1.0, 2.0, 3.0].into())),
    ] {
        stage.done(line);
        assert_eq!(stage.observe().properties[path], value);
        let got = stage.say(&format!("scene.get {path}"));
        assert_eq!(got, Outcome::Done(serde_json::to_value(value).unwrap()));
    }
}

#[test]
fn numbers_that_nothing_can_be_made_of_are_not_recorded() {
    let mut stage = Stage::new();
    let lamp =
        stage.app.world_mut().spawn((Recorded::new("L"), Lamp { is_on: true, brightness: 1.0 }));
    let lamp = lamp.id();
    stage.ask("record.start n");
    stage.frame(s(0.0));
    for brightness in [f64::NAN, f64::INFINITY, 2.0] {
        stage.app.world_mut().get_mut::<Lamp>(lamp).unwrap().brightness = brightness;
        stage.frame(s(0.0));
    }
    stage.frame(s(1.0));
    stage.done("record.stop");
    let recording = stage.memory.get("n").unwrap();
    let changes = recording.properties["L.Brightness"].changes();
    assert!(changes.iter().all(|change| change.value.is_finite()), "{changes:?}");
    assert!(!changes.is_empty());
}

#[test]
fn things_come_go_and_come_again_while_it_records() {
    let mut stage = Stage::bare();
    stage.app.record_field::<Lamp>(
        "Brightness",
        |l| Value::Number(l.brightness),
        |l, v| v.put(&mut l.brightness),
    );
    let lamp = |brightness| Lamp { is_on: true, brightness };
    stage.ask("record.start c");
    stage.frame(s(0.0));
    let first = stage.app.world_mut().spawn((Recorded::new("A"), lamp(1.0))).id();
    stage.frame(s(1.0));
    stage.app.world_mut().despawn(first);
    stage.frame(s(1.0));
    let second = stage.app.world_mut().spawn((Recorded::new("A"), lamp(3.0))).id();
    // What gets its name later is heard of then, though nothing else of it has changed.
    let nameless = stage.app.world_mut().spawn(lamp(5.0)).id();
    stage.frame(s(1.0));
    stage.app.world_mut().entity_mut(nameless).insert(Recorded::new("B"));
    stage.frame(s(1.0));
    stage.app.world_mut().entity_mut(nameless).insert(Recorded::new("C"));
    stage.frame(s(1.0));
    stage.done("record.stop");
    let recording = stage.memory.get("c").unwrap();
    let found: Vec<(&str, Vec<(f64, Value)>)> = recording
        .properties
        .iter()
        .map(|(path, track)| {
            let changes = track.changes().iter();
            (&**path, changes.map(|c| (c.stamp.as_secs(), c.value.clone())).collect())
        })
        .collect();
    let number = Value::Number;
    let wanted = [
        ("A.Brightness", vec![(1.0, number(1.0)), (3.0, number(3.0))]),
        ("B.Brightness", vec![(4.0, number(5.0))]),
        ("C.Brightness", vec![(5.0, number(5.0))]),
    ];
    assert_eq!(found, wanted);
    // What is not there when it is played is left alone, what is there is played.
    stage.app.world_mut().despawn(nameless);
    stage.app.world_mut().get_mut::<Lamp>(second).unwrap().brightness = 99.0;
    stage.done("play.start c");
    stage.done("play.seek 1.5");
    assert_eq!(stage.app.world().get::<Lamp>(second).unwrap().brightness, 1.0);
    let late = stage.app.world_mut().spawn((Recorded::new("B"), lamp(0.0))).id();
    stage.done("play.seek 4.5");
    assert_eq!(stage.app.world().get::<Lamp>(late).unwrap().brightness, 5.0);
    stage.app.world_mut().entity_mut(late).insert(Recorded::new("A"));
    stage.done("play.seek 1.25");
    assert_eq!(stage.app.world().get::<Lamp>(late).unwrap().brightness, 1.0);
}

#[test]
fn what_has_not_changed_is_recorded_once() {
    let mut stage = Stage::bare();
    stage.app.record_component::<Transform>();
    for n in 0..20 {
        let name = Recorded::new(&format!("T{n}"));
        stage.app.world_mut().spawn((name, Transform::from_xyz(n as f32, 0.0, 0.0)));
    }
    stage.ask("record.start t");
    stage.wait(1.0);
    // Written to, and the same.
    let mut all = stage.app.world_mut().query::<&mut Transform>();
    all.iter_mut(stage.app.world_mut()).for_each(|mut at| at.set_changed());
    stage.wait(1.0);
    stage.done("record.stop");
    let recording = stage.memory.get("t").unwrap();
    assert_eq!((recording.baseline.len(), recording.properties.len()), (60, 0));
}
