//! What is switched off is not there, and what is half there is half as strong, for every kind of
//! thing that a scene can draw.

use glam::DVec3;
use skyreel::app::draw::picture::{Picture, SPRITE_GLOW, Segment, Sprite};
use skyreel_core::resolve::WorldCamera;
use skyreel_core::value::Value;
use skyreel_sky::renderable::Renderable;
use skyreel_sky::{Scene, SkyAt};

use crate::stage::*;

/// One kind of thing: a node of that kind, what else must be switched on, from where it is seen, and
/// how strong it is in a picture.
struct Case {
    node: &'static str,
    others: &'static [&'static str],
    camera: fn(&SkyAt) -> WorldCamera,
    strength: fn(&Picture) -> f64,
}

fn light(sprites: impl Iterator<Item = Sprite>) -> f64 {
    sprites.map(|s| f64::from(s.colour[0] + s.colour[1] + s.colour[2])).sum()
}

fn written(picture: &Picture) -> f64 {
    letters(picture).map(|sprite| f64::from(sprite.colour[3])).sum()
}

fn drawn(lines: &[Segment]) -> f64 {
    lines.iter().flat_map(|s| s.from_colour).map(f64::from).sum()
}

fn at_earth(sky: &SkyAt) -> WorldCamera {
    facing(sky, "Earth", DVec3::new(2e7, -2e7, 1e7))
}

const CASES: [Case; 16] = [
    Case {
        node: "Earth",
        others: &[],
        camera: at_earth,
        strength: |p| p.globes.iter().map(|g| f64::from(g.uniform.fade)).sum(),
    },
    Case {
        node: "Venus",
        others: &[],
        // So far away that it is a dot.
        camera: |sky| facing(sky, "Venus", DVec3::new(8e10, 3e10, 0.0)),
        strength: |p| light(p.far_sprites.iter().copied()),
    },
    Case {
        node: "EarthAtmosphere",
        others: &["Earth"],
        camera: at_earth,
        strength: |p| f64::from(p.globes[0].uniform.air[2]),
    },
    Case {
        node: "EarthGrid",
        others: &["Earth"],
        camera: at_earth,
        strength: |p| f64::from(p.globes[0].uniform.grid),
    },
    Case { node: "EarthPlaceNames", others: &["Earth"], camera: at_earth, strength: written },
    Case {
        node: "SaturnRings",
        others: &["Saturn"],
        camera: |sky| facing(sky, "Saturn", DVec3::new(3e8, 2e8, 3e8)),
        strength: |p| p.globes[0].rings.map_or(0.0, |ring| f64::from(ring.fade)),
    },
    Case {
        node: "EarthTrail",
        others: &[],
        camera: |sky| facing(sky, "Sun", DVec3::new(1e11, 2e11, 3e11)),
        strength: |p| drawn(&p.lines),
    },
    Case {
        node: "MoonTrail",
        others: &[],
        camera: |sky| facing(sky, "Earth", DVec3::new(6e8, 4e8, 5e8)),
        strength: |p| drawn(&p.lines),
    },
    Case {
        node: "MarsLabel",
        others: &["Mars"],
        camera: |sky| facing(sky, "Mars", DVec3::new(1e8, 1e7, 0.0)),
        strength: written,
    },
    Case {
        node: "SunGlare",
        others: &["Sun"],
        camera: |sky| facing(sky, "Sun", DVec3::new(1e11, 1e11, 0.0)),
        strength: |p| light(p.near_sprites.iter().filter(|s| s.kind == SPRITE_GLOW).copied()),
    },
    Case {
        node: "Stars",
        others: &[],
        camera: at_earth,
        strength: |p| f64::from(p.view.stars_gain),
    },
    Case {
        node: "Constellations",
        others: &[],
        camera: at_earth,
        strength: |p| drawn(&p.far_lines),
    },
    Case { node: "Constellations", others: &[], camera: at_earth, strength: written },
    Case {
        node: "MilkyWay",
        others: &[],
        camera: at_earth,
        strength: |p| f64::from(p.view.band_gain),
    },
    Case {
        node: "MilkyWay",
        others: &[],
        camera: |sky| facing(sky, "Sun", DVec3::new(3e20, 1e20, 9e20)),
        strength: |p| f64::from(p.view.galaxy_gain),
    },
    Case {
        node: "Quasars",
        others: &[],
        camera: |sky| facing(sky, "Sun", DVec3::new(3e25, 1e25, 9e25)),
        strength: |p| f64::from(p.view.quasars_gain),
    },
];

fn kind(scene: &Scene, node: &str) -> String {
    let renderable = scene.node(scene.id(node).unwrap()).unwrap().renderable.as_ref().unwrap();
    kind_of(renderable).to_owned()
}

/// A new kind of thing has to be named here, and then has to have its case.
fn kind_of(renderable: &Renderable) -> &'static str {
    match renderable {
        Renderable::Globe(_) => "globe",
        Renderable::Rings { .. } => "rings",
        Renderable::Trail(_) => "trail",
        Renderable::Stars => "stars",
        Renderable::Constellations => "constellations",
        Renderable::Galaxy { .. } => "galaxy",
        Renderable::Quasars { .. } => "quasars",
        Renderable::Atmosphere { .. } => "atmosphere",
        Renderable::Glare { .. } => "glare",
        Renderable::Grid { .. } => "grid",
        Renderable::PlaceNames => "place names",
        Renderable::Label(_) => "label",
    }
}

#[test]
fn there_is_a_case_for_every_kind_of_thing_in_the_scene() {
    let scene = scene();
    let covered: Vec<String> = CASES.iter().map(|case| kind(&scene, case.node)).collect();
    for renderable in scene.nodes().iter().filter_map(|node| node.renderable.as_ref()) {
        let kind = kind_of(renderable);
        assert!(covered.iter().any(|k| k == kind), "no case for {kind}");
    }
}

#[test]
fn enabled_fade_and_opacity_work_for_every_kind_of_thing() {
    let (sky, scene) = (sky(), scene());
    for Case { node, others, camera, strength } in CASES {
        let camera = camera(&sky);
        let with = |changes: &[(&str, Value)]| {
            let shown = only(&[&[node], others].concat());
            let shown = shown.iter().map(|(path, value)| (path.clone(), value.clone()));
            let changes = changes.iter();
            let changed = changes.map(|(property, v)| (renderable(node, property), v.clone()));
            let properties: Properties = shown.chain(changed).collect();
            strength(&picture(&sky, &properties, &camera))
        };
        let what = format!("{node} ({})", kind(&scene, node));
        let whole = with(&[]);
        assert!(whole > 0.0, "{what} is not there at all");
        for (changes, expected) in [
            (vec![("Fade", 1.0)], 1.0),
            (vec![("Fade", 0.5)], 0.5),
            (vec![("Opacity", 0.25)], 0.25),
            (vec![("Fade", 0.5), ("Opacity", 0.5)], 0.25),
            (vec![("Fade", 7.0)], 1.0),
            (vec![("Enabled", 1.0)], 1.0),
            (vec![("Fade", 0.0)], 0.0),
            (vec![("Opacity", 0.0)], 0.0),
            (vec![("Fade", -3.0)], 0.0),
            (vec![("Enabled", 0.0)], 0.0),
        ] {
            let numbers: Vec<(&str, Value)> =
                changes.iter().map(|(p, v)| (*p, Value::Number(*v))).collect();
            let part = with(&numbers) / whole;
            assert!((part - expected).abs() < 1e-3, "{what} with {changes:?}: {part}");
        }
        assert_eq!(with(&[("Enabled", Value::Bool(false))]), 0.0, "{what} switched off");
        let off = [("Enabled", Value::Bool(false)), ("Fade", Value::Number(1.0))];
        assert_eq!(with(&off), 0.0, "{what} switched off, fade or not");
    }
}

#[test]
fn without_its_host_nothing_hangs_in_the_air() {
    let sky = sky();
    for (node, body) in [
        ("EarthAtmosphere", "Earth"),
        ("EarthGrid", "Earth"),
        ("EarthPlaceNames", "Earth"),
        ("SaturnRings", "Saturn"),
    ] {
        let camera = facing(&sky, body, DVec3::new(2e8, 1e8, 2e8));
        let picture = picture(&sky, &only(&[node]), &camera);
        assert!(picture.globes.is_empty() && letters(&picture).count() == 0, "{node}");
    }
}

#[test]
fn nothing_is_left_when_everything_is_off() {
    let sky = sky();
    for (anchor, offset_m) in
        [("Earth", DVec3::X * 2e7), ("Sun", DVec3::Y * 1e12), ("Sun", DVec3::Z * 1e26)]
    {
        let picture = picture(&sky, &only(&[]), &facing(&sky, anchor, offset_m));
        let view = picture.view;
        assert_eq!(
            [view.stars_gain, view.band_gain, view.galaxy_gain, view.quasars_gain],
            [0.0; 4]
        );
        assert!(picture.globes.is_empty() && picture.tiles.is_empty());
        assert!(picture.lines.is_empty() && picture.far_lines.is_empty());
        assert!(picture.near_sprites.is_empty() && picture.far_sprites.is_empty());
    }
}

#[test]
fn names_of_what_a_globe_hides_are_not_written() {
    let sky = sky();
    let [earth_m, moon_m] = ["Earth", "Moon"].map(|name| sky.position_m(sky.id(name).unwrap()));
    let line = (moon_m - earth_m).normalize();
    let aside = line.any_orthonormal_vector();
    for (behind_m, aside_m, is_seen) in [
        (3e7, 0.0, false),
        (1e8, 0.0, false),
        (1e8, 4e6, false),
        (1e8, 3e7, true),
        (-3e7, 0.0, true),
    ] {
        let camera = camera(&sky, "Earth", aside * aside_m - line * behind_m, line);
        let names = |nodes: &[&str]| letters(&picture(&sky, &only(nodes), &camera)).count();
        let found = names(&["Earth", "Moon", "MoonLabel"]) > 0;
        assert_eq!(found, is_seen, "{behind_m} m behind, {aside_m} m aside");
        // It was the Earth that hid it.
        assert!(names(&["Moon", "MoonLabel"]) > 0);
    }
}
