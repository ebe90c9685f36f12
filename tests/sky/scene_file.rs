//! What a scene file may say, what its properties are, and what is said about its mistakes.

use skyreel_core::catalogue::Catalogue;
use skyreel_core::pattern::PropertyPattern;
use skyreel_core::time::SimTime;
use skyreel_core::value::Value;
use skyreel_sky::listing::Listing;
use skyreel_sky::scene::SOLAR_SYSTEM;
use skyreel_sky::{Renderable, Scene};

/// A scene with these nodes; they begin on line 4.
fn with_nodes(nodes: &str) -> String {
    format!("(\n kind: \"skyreel-scene\", version: 1,\n name: \"t\", nodes: [\n{nodes}\n])")
}

#[test]
fn the_scene_that_comes_with_the_program_holds_what_it_should() {
    let scene = Scene::embedded().unwrap_or_else(|error| panic!("{error}"));
    let bodies = "Sun Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune Pluto Charon Moon Phobos \
        Deimos Io Europa Ganymede Callisto Mimas Enceladus Tethys Dione Rhea Titan Hyperion Iapetus \
        Miranda Ariel Umbriel Titania Oberon Triton Nereid";
    for body in bodies.split_whitespace() {
        let node = scene.node(scene.id(body).unwrap()).unwrap();
        assert!(node.radii_m().is_some(), "{body}");
        assert!(matches!(node.renderable, Some(Renderable::Globe(_))), "{body}");
        let trails = scene.trails().filter(|(_, trail)| trail.of.as_str().starts_with(body));
        assert!(body == "Sun" || trails.count() > 0, "{body} has no trail");
        assert!(
            body == "Sun" || scene.id(&format!("{body}Label")).is_some(),
            "{body} has no label"
        );
    }
    for name in ["Stars", "Constellations", "MilkyWay", "Quasars", "EarthAtmosphere", "SunGlare"] {
        assert!(scene.node(scene.id(name).unwrap()).unwrap().renderable.is_some(), "{name}");
    }
}

#[test]
fn every_renderable_can_be_switched_and_faded() {
    let scene = Scene::embedded().unwrap();
    for (_, node) in scene.iter().filter(|(_, node)| node.renderable.is_some()) {
        let property = |end: &str| scene.property(&format!("Scene.{}.Renderable.{end}", node.name));
        assert_eq!(property("Enabled").unwrap().default, Value::Bool(node.enabled));
        assert_eq!(property("Fade").unwrap().range, Some((0.0, 1.0)));
        assert_eq!(property("Opacity").unwrap().default, Value::Number(1.0));
    }
    assert!(
        scene
            .property("Scene.Earth.Renderable.Layers.NightLayers.Earth_at_Night_2012.Fade")
            .is_some()
    );
    assert!(scene.property("Scene.Earth.Renderable.Smell").is_none());
}

#[test]
fn tags_name_groups_of_properties() {
    let scene = Scene::embedded().unwrap();
    let count = |pattern: &str| {
        let pattern: PropertyPattern = pattern.parse().unwrap();
        scene.properties().iter().filter(|p| pattern.matches(&p.path, &p.tags)).count()
    };
    assert_eq!(count("{planetTrail_terrestrial}.Renderable.Fade"), 4);
    assert_eq!(count("{planetTrail_giants}.Renderable.Fade"), 4);
    assert_eq!(count("{moon_jupiter}.Renderable.Enabled"), 4);
    assert_eq!(count("{moon_saturn}.Renderable.Enabled"), 8);
    assert!(count("Scene.*Trail.Renderable.Fade") > 30);
    assert!(count("{planetTrail_solarSystem}.Renderable.Appearance.LineFadeAmount") >= 8);
}

#[test]
fn properties_are_ranged_and_their_paths_differ() {
    let scene = Scene::embedded().unwrap();
    for spec in scene.properties() {
        assert_eq!(scene.property(&spec.path), Some(spec));
        if let (Value::Number(value), Some((least, most))) = (&spec.default, spec.range) {
            assert!((least..=most).contains(value), "{}", spec.path);
        }
    }
    let listed: usize = scene.iter().map(|(id, _)| scene.properties_of(id).len()).sum();
    assert_eq!(listed + 4, scene.properties().len(), "four belong to the navigation");
}

#[test]
fn mistakes_are_told_with_their_line_and_what_was_expected() {
    let cases = [
        ("(name: \"A\"),\n(name: \"A\"),", 5, "no other node has"),
        ("(name: \"A\", parent: \"B\"),", 4, "\"B\"; expected the name of a node"),
        ("(name: \"A\", parent: \"B\"),\n(name: \"B\", parent: \"A\"),", 4, "depends on itself"),
        ("(name: \"A\", parent: \"A\"),", 4, "depends on itself"),
        ("(name: \"A\"),\n(name: \"M\", motion: Midpoint(\"A\", \"M\")),", 5, "depends on itself"),
        ("(name: \"A\"),\n(name: \"M\", motion: Midpoint(\"A\", \"X\")),", 5, "\"X\""),
        ("(name: \"A.B\"),", 4, "without dots and blanks"),
        ("(name: \"\"),", 4, "without dots and blanks"),
        ("(name: \"A\", body: (radii_m: (1.0, 0.0, 1.0))),", 4, "a length above 0"),
        ("(name: \"A\", motion: Fixed(1.0, NaN, 0.0)),", 4, "found NaN"),
        ("(name: \"A\", motion: Fixed(1.0, 2.0, 1e61)),", 4, "a number below 1e60"),
        ("(name: \"A\", colour: \"red\"),", 4, "Unexpected field"),
        ("(name: \"A\", motion: Theory(Vulcan)),", 4, "Vulcan"),
        ("(name: \"A\", enabled: maybe),", 4, "bool"),
        ("(name: \"A\"", 5, "Expected"),
        (
            "(name: \"A\", renderable: Trail((of: \"B\", relative_to: \"A\", period_days: 1.0, colour: (1.0, 1.0, 1.0)))),",
            4,
            "trail, of",
        ),
        (
            "(name: \"A\", motion: Orbit((pole_deg: (0.0, 90.0), semi_major_axis_m: 1.0, eccentricity: 1.0, \
             inclination_deg: 0.0, node_deg: (0.0, 0.0), periapsis_deg: (0.0, 0.0), mean_longitude_deg: (0.0, 1.0)))),",
            4,
            "less than 1",
        ),
        (
            "(name: \"A\", motion: Above((latitude_deg: 1.0, longitude_deg: 2.0, altitude_m: 3.0))),",
            4,
            "a body",
        ),
    ];
    for (nodes, line, expected) in cases {
        let error = Scene::parse(&with_nodes(nodes)).unwrap_err().to_string();
        assert!(error.contains(expected), "{nodes}\n{error}");
        assert!(error.contains(&format!("line {line}")), "{nodes}\n{error}");
    }
}

#[test]
fn another_kind_and_a_later_version_are_told_apart_from_a_broken_file() {
    for head in
        ["kind: \"skyreel-journey\", version: 1", "kind: \"skyreel-scene\", version: 2, new: 3"]
    {
        let error = Scene::parse(&format!("({head}, name: \"t\", nodes: [])")).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("expected kind \"skyreel-scene\", version 1"), "{text}");
    }
    assert!(Scene::parse("").is_err());
    assert!(Scene::parse("\u{0}").is_err());
}

#[test]
fn users_nodes_can_stand_on_globes_between_nodes_and_at_fixed_places() {
    let scene = Scene::parse(&with_nodes(
        r#"(name: "Earth", motion: Theory(Earth), body: (radii_m: (6e6, 6e6, 6e6), rotation: (
            pole_ra_deg: (0.0, 0.0), pole_dec_deg: (90.0, 0.0), meridian_deg: (0.0, 360.0, 0.0)))),
        (name: "Home", parent: "Earth", motion: Above((latitude_deg: 10.0, longitude_deg: 20.0, altitude_m: 5.0))),
        (name: "Buoy", parent: "Home", motion: Fixed(1.0, 2.0, 3.0)),
        (name: "Moon", motion: Theory(Moon)),
        (name: "Half", motion: Midpoint("Earth", "Moon")),"#,
    ))
    .unwrap();
    let sky = scene.at(SimTime::from_tdb_secs(1e8).unwrap());
    let id = |name: &str| scene.id(name).unwrap();
    let place = |name: &str| sky.position_m(id(name));
    let below = sky.below(place("Home") - place("Earth"), id("Earth")).unwrap();
    assert!((below.latitude_deg - 10.0).abs() < 1e-6 && (below.longitude_deg - 20.0).abs() < 1e-6);
    assert_eq!(sky.rotation(id("Home")), sky.rotation(id("Earth")));
    assert!((place("Buoy") - place("Home") - glam::DVec3::new(1.0, 2.0, 3.0)).length() < 1e-3);
    assert!((place("Half") * 2.0 - place("Earth") - place("Moon")).length() < 1e-3);
    let alone = scene.offset_m(id("Half"), id("Earth"), sky.time());
    assert!((alone - (place("Half") - place("Earth"))).length() < 1e-3);
}

#[test]
fn a_listing_is_json_with_the_promised_fields() {
    let scene = Scene::embedded().unwrap();
    let sky = scene.at("2026-03-07T18:30:00".parse().unwrap());
    let json = serde_json::to_value(Listing::new(&scene, &sky)).unwrap();
    assert_eq!(json["date"], sky.time().to_utc_iso());
    let nodes = json["nodes"].as_array().unwrap();
    let earth = nodes.iter().find(|node| node["name"] == "Earth").unwrap();
    assert_eq!(earth["parent"], "EarthBarycenter");
    assert_eq!(earth["tags"][0], "planet_solarSystem");
    assert_eq!(earth["position_m"].as_array().unwrap().len(), 3);
    assert_eq!(earth["rotation_wxyz"].as_array().unwrap().len(), 4);
    let fade = &earth["properties"][1];
    assert_eq!(fade["path"], "Scene.Earth.Renderable.Fade");
    assert_eq!(fade["type"], "number");
    assert_eq!(fade["range"], serde_json::json!([0.0, 1.0]));
    assert_eq!(fade["value"], 1.0);
}

#[test]
fn no_piece_of_the_file_makes_the_reader_panic() {
    // Cut at every hundredth byte, and with every hundredth byte another.
    for at in (0..SOLAR_SYSTEM.len()).step_by(997).filter(|at| SOLAR_SYSTEM.is_char_boundary(*at)) {
        assert!(Scene::parse(&SOLAR_SYSTEM[..at]).is_err());
        let mut bytes = SOLAR_SYSTEM.as_bytes().to_vec();
        bytes[at] ^= 1;
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = Scene::parse(&text);
        }
    }
}
