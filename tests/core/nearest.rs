//! What is suggested for a name that nobody has.

use skyreel_core::nearest::nearest;

#[track_caller]
fn check(names: &[&str], given: &str, expected: Option<&str>) {
    let found = nearest(names.iter().copied(), given);
    assert_eq!(found.as_deref(), expected, "for '{given}' among {names:?}");
}

#[test]
fn the_fewest_slips_of_the_hand_count_and_not_the_beginning() {
    let properties = [
        "Scene.Constellations.Renderable.Enabled",
        "Scene.Constellations.Renderable.Fade",
        "Scene.ConstellationBounds.Renderable.Enabled",
        "Scene.EarthTrail.Renderable.Enabled",
    ];
    for (names, given, expected) in [
        (&properties[..], "Scene.Constelations.Renderable.Enabled", properties[0]),
        (&properties, "scene.constellations.renderable.fdae", properties[1]),
        (&["stop", "start", "step", "state"], "strat", "start"),
        (&["stop", "start", "step"], "stpo", "stop"),
        (&["Mars", "Mercury", "Moon"], "Marz", "Mars"),
        (&["Mars", "Mercury", "Moon"], "Mercruy", "Mercury"),
        (&["record.start", "record.stop"], "record.stopp", "record.stop"),
        (&["force_time", "from_s"], "forceTime", "force_time"),
        (&["over_s", "at_s"], "over", "over_s"),
    ] {
        check(names, given, Some(expected));
    }
}

#[test]
fn of_several_as_near_the_one_that_begins_alike_is_meant() {
    check(&["xlock.set", "clocks.set"], "clock.set", Some("clocks.set"));
}

#[test]
fn a_beginning_is_enough_where_nothing_is_nearer() {
    check(&["Scene.Earth.Label", "Scene.Earth.Fade"], "Scene.Eart", Some("Scene.Earth.Fade"));
    check(&["Constellations", "Constant"], "Const", Some("Constant"));
    check(&["Constellations"], "Co", None);
}

#[test]
fn where_nothing_is_near_nothing_is_suggested() {
    for (names, given) in [
        (&["stop", "start"][..], "frobnicate"),
        (&["Scene.Sun.Renderable.Enabled"], "Scene.Foo.Renderable.Enabled"),
        (&["path", "value", "at_s"], "duration"),
        (&["a"], "b"),
        (&["a"], ""),
        (&[""], "a"),
        (&[], "anything"),
    ] {
        check(names, given, None);
    }
}

#[test]
fn what_differs_in_case_alone_is_meant() {
    check(&["Earth", "Erath"], "EARTH", Some("Earth"));
    check(&["Ä"], "ä", Some("Ä"));
}
