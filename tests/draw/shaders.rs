//! Shaders: every one parses and validates, and structs mean the same on both sides.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::mem::{offset_of, size_of};
use std::path::Path;

use naga::back::pipeline_constants::process_overrides;
use naga::valid::{Capabilities, ValidationFlags, Validator};
use naga::{Binding, Module, TypeInner};
use skyreel::app::draw::picture::{
    GlobeKind, GlobeUniform, RingUniform, SURFACE_CLOUDS, SURFACE_EARTH, SURFACE_ROCK,
    SURFACE_STAR, Segment, Sprite, ViewUniform,
};
use skyreel::app::draw::stock::{Puff, StarPoint};

/// Every shader by its name, joined with what all share, as pipelines join them.
fn shaders() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/shaders");
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let shared = read(&folder.join("view.wgsl"));
    let paths = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let wgsl = paths.filter(|path| path.extension().is_some_and(|e| e == "wgsl"));
    let named = wgsl.map(|path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let source =
            if name == "view" { read(&path) } else { format!("{shared}\n{}", read(&path)) };
        (name, source)
    });
    named.collect()
}

fn parsed(name: &str, source: &str) -> Module {
    naga::front::wgsl::parse_str(source)
        .unwrap_or_else(|error| panic!("{}", error.emit_to_string_with_path(source, name)))
}

#[test]
fn every_shader_parses_and_validates_and_has_its_entry_points() {
    let shaders = shaders();
    assert!(shaders.len() > 5, "found {:?}", shaders.keys());
    for (name, source) in &shaders {
        let module = parsed(name, source);
        // What every adapter can do: nothing beyond the language itself is asked for.
        let mut validator = Validator::new(ValidationFlags::all(), Capabilities::empty());
        if let Err(error) = validator.validate(&module) {
            panic!("{}", error.emit_to_string_with_path(source, name));
        }
        let found: Vec<&str> = module.entry_points.iter().map(|e| &*e.name).collect();
        let expected = match &**name {
            "view" => vec![],
            // Named in the singular: one is drawn at a time.
            "stars" => vec!["star_vertex".to_owned(), "star_fragment".to_owned()],
            name => vec![format!("{name}_vertex"), format!("{name}_fragment")],
        };
        assert_eq!(found, expected, "{name}.wgsl");
    }
}

#[test]
fn the_shader_of_globes_is_valid_for_every_kind_of_globe() {
    let module = parsed("globe", &shaders()["globe"]);
    let mut validator = Validator::new(ValidationFlags::all(), Capabilities::empty());
    let info = validator.validate(&module).unwrap();
    let flags = [false, true];
    let switches = flags.map(|far| flags.map(|air| flags.map(|grid| (far, air, grid))));
    for (is_far, has_air, has_grid) in switches.into_iter().flatten().flatten() {
        for surface in [SURFACE_ROCK, SURFACE_CLOUDS, SURFACE_EARTH, SURFACE_STAR] {
            let kind = GlobeKind { surface, is_far, has_air, has_grid };
            let constants = kind.constants().map(|(name, value)| (name.to_owned(), value));
            // Names that the shader does not have are refused here too.
            let constants = constants.into_iter().collect();
            process_overrides(&module, &info, None, &constants).unwrap_or_else(|error| {
                panic!("{kind:?}: {error}");
            });
            let names: BTreeSet<_> = constants.keys().map(String::as_str).collect();
            let overrides = module.overrides.iter().filter_map(|(_, o)| o.name.as_deref());
            assert_eq!(names, overrides.collect());
        }
    }
}

/// Asserts that a struct of a shader has the fields of the struct written here, in this order, at
/// these places.
macro_rules! assert_same_layout {
    ($shader:literal, $wgsl:literal, $rust:ty { $($field:ident),* $(,)? }) => {
        let ours = [$((stringify!($field), offset_of!($rust, $field))),*];
        assert_layout($shader, $wgsl, &ours, size_of::<$rust>());
    };
}

fn assert_layout(shader: &str, name: &str, ours: &[(&str, usize)], size: usize) {
    let module = parsed(shader, &shaders()[shader]);
    let (_, found) = module.types.iter().find(|(_, t)| t.name.as_deref() == Some(name)).unwrap();
    let TypeInner::Struct { members, span } = &found.inner else { panic!("{name} is no struct") };
    let theirs: Vec<(&str, usize)> =
        members.iter().map(|m| (m.name.as_deref().unwrap(), m.offset as usize)).collect();
    assert_eq!(theirs, ours, "{name} of {shader}.wgsl");
    assert_eq!(*span as usize, size, "size of {name} of {shader}.wgsl");
}

#[test]
fn uniforms_lie_in_memory_as_shaders_read_them() {
    assert_same_layout!(
        "view",
        "View",
        ViewUniform {
            world_from_camera,
            tan_half,
            viewport_px,
            camera_pc,
            stars_gain,
            band_gain,
            galaxy_gain,
            quasars_gain,
            pixel_angle,
        }
    );
    assert_same_layout!(
        "globe",
        "Globe",
        GlobeUniform {
            body_from_camera,
            radii,
            mean_radius_m,
            up,
            height,
            across,
            is_far,
            along,
            reach,
            sun_in_body,
            fade,
            tint,
            map_weight,
            air,
            air_colour,
            surface,
            tiles,
            tile_count,
            grid,
            grid_deg,
            night,
            octaves,
            rings,
            meridian,
            camera_uv,
            shading,
            pad,
        }
    );
    assert_same_layout!(
        "ring",
        "Ring",
        RingUniform { centre, scale, across, inner, along, outer, sun, planet, lit, fade, pad }
    );
}

/// Where each attribute of a shader's instances begins, if one follows the other without a gap.
fn attributes(shader: &str, name: &str) -> Vec<usize> {
    let module = parsed(shader, &shaders()[shader]);
    let (_, found) = module.types.iter().find(|(_, t)| t.name.as_deref() == Some(name)).unwrap();
    let TypeInner::Struct { members, .. } = &found.inner else { panic!("{name} is no struct") };
    let mut offset = 0;
    let mut offsets = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let Some(Binding::Location { location, .. }) = member.binding else { panic!("{member:?}") };
        assert_eq!(location as usize, index, "{name} of {shader}.wgsl");
        offsets.push(offset);
        offset += module.types[member.ty].inner.size(module.to_ctx()) as usize;
    }
    offsets
}

#[test]
fn instances_lie_in_memory_as_shaders_read_them() {
    assert_eq!(
        attributes("line", "Segment"),
        [
            offset_of!(Segment, from),
            offset_of!(Segment, width_px),
            offset_of!(Segment, to),
            offset_of!(Segment, pad),
            offset_of!(Segment, from_colour),
            offset_of!(Segment, to_colour),
        ]
    );
    assert_eq!(
        attributes("sprite", "Sprite"),
        [
            offset_of!(Sprite, middle_px),
            offset_of!(Sprite, half_px),
            offset_of!(Sprite, uv_from),
            offset_of!(Sprite, uv_to),
            offset_of!(Sprite, colour),
            offset_of!(Sprite, kind),
        ]
    );
    assert_eq!(
        attributes("stars", "Star"),
        [
            offset_of!(StarPoint, position_pc),
            offset_of!(StarPoint, absolute_magnitude),
            offset_of!(StarPoint, colour),
        ]
    );
    assert_eq!(
        attributes("cloud", "Puff"),
        [
            offset_of!(Puff, position_pc),
            offset_of!(Puff, radius_pc),
            offset_of!(Puff, colour),
            offset_of!(Puff, kind),
        ]
    );
}
