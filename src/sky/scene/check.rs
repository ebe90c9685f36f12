//! Whether the nodes of a scene file make a scene: names, parents, numbers; and in which order they
//! can be placed.

use std::collections::HashMap;

use skyreel_core::catalogue::PropertySpec;
use skyreel_core::pose::NodeName;

use super::Links;
use crate::error::SceneError;
use crate::motion::{Motion, Orbit, OrbitPlane};
use crate::node::{Node, NodeId};
use crate::renderable::Renderable;

/// More nodes than this are taken for a mistake.
const MOST_NODES: usize = 100_000;

pub(super) struct Sound {
    pub names: HashMap<NodeName, NodeId>,
    pub links: Vec<Links>,
    pub order: Vec<NodeId>,
}

pub(super) fn check(nodes: &[Node], text: &str) -> Result<Sound, SceneError> {
    if nodes.len() > MOST_NODES {
        return Err(SceneError::Node {
            line: 0,
            what: "nodes".to_owned(),
            found: nodes.len().to_string(),
            expected: format!("at most {MOST_NODES}"),
        });
    }
    let mut names = HashMap::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let name = node.name.as_str();
        if name.is_empty() || name.contains(|c: char| c == '.' || c.is_whitespace()) {
            let expected = "a name without dots and blanks";
            return Err(wrong(text, node, "name", format!("\"{name}\""), expected));
        }
        if names.insert(node.name.clone(), NodeId(index as u32)).is_some() {
            let expected = "a name that no other node has";
            return Err(wrong(text, node, "name", format!("\"{name}\" again"), expected));
        }
    }
    let mut links = Vec::with_capacity(nodes.len());
    for node in nodes {
        numbers(node, text)?;
        links.push(link(node, &names, text)?);
    }
    let order = order(nodes, &links, text)?;
    Ok(Sound { names, links, order })
}

fn link(node: &Node, names: &HashMap<NodeName, NodeId>, text: &str) -> Result<Links, SceneError> {
    let find = |field: &str, name: &NodeName| {
        names.get(name).copied().ok_or_else(|| {
            wrong(text, node, field, format!("\"{name}\""), "the name of a node of this scene")
        })
    };
    let parent = node.parent.as_ref().map(|name| find("parent", name)).transpose()?;
    let mut links = Links { parent, ..Links::default() };
    match &node.motion {
        Motion::Midpoint(a, b) => {
            links.midpoint_of = Some((find("motion", a)?, find("motion", b)?))
        }
        Motion::Orbit(orbit) => links.plane = Some(OrbitPlane::of(orbit)),
        Motion::Above(_) if parent_body(node, names).is_none() && parent.is_none() => {
            return Err(wrong(text, node, "motion", "Above".to_owned(), "a parent with a body"));
        }
        _ => {}
    }
    if let Some(Renderable::Trail(trail)) = &node.renderable {
        find("trail, of", &trail.of)?;
        find("trail, relative_to", &trail.relative_to)?;
    }
    Ok(links)
}

fn parent_body(node: &Node, names: &HashMap<NodeName, NodeId>) -> Option<NodeId> {
    names.get(node.parent.as_ref()?).copied()
}

/// Every node after those that its place depends on.
fn order(nodes: &[Node], links: &[Links], text: &str) -> Result<Vec<NodeId>, SceneError> {
    let needs = |links: &Links| {
        let (a, b) = links.midpoint_of.unzip();
        [links.parent, a, b].into_iter().flatten()
    };
    let mut waiting: Vec<usize> = links.iter().map(|l| needs(l).count()).collect();
    let mut wanted_by: Vec<Vec<NodeId>> = vec![Vec::new(); nodes.len()];
    for (index, link) in links.iter().enumerate() {
        for need in needs(link) {
            wanted_by[need.index()].push(NodeId(index as u32));
        }
    }
    let free = |(index, count): (usize, &usize)| (*count == 0).then_some(NodeId(index as u32));
    let mut order: Vec<NodeId> = waiting.iter().enumerate().filter_map(free).collect();
    let mut next = 0;
    while let Some(id) = order.get(next).copied() {
        next += 1;
        for dependant in &wanted_by[id.index()] {
            let count = &mut waiting[dependant.index()];
            *count -= 1;
            if *count == 0 {
                order.push(*dependant);
            }
        }
    }
    match nodes.iter().zip(&waiting).find(|(_, count)| **count > 0) {
        None => Ok(order),
        Some((node, _)) => {
            let found = "a node that depends on itself".to_owned();
            Err(wrong(text, node, "parent", found, "parents that lead to the world"))
        }
    }
}

fn numbers(node: &Node, text: &str) -> Result<(), SceneError> {
    let check = |field: &str, value: f64, good: bool, expected: &'static str| {
        let fine = value.is_finite() && good;
        if fine { Ok(()) } else { Err(wrong(text, node, field, value.to_string(), expected)) }
    };
    let finite = "a number below 1e60";
    let usable = |field: &str, value: f64| check(field, value, value.abs() < 1e60, finite);
    if let Some(body) = &node.body {
        for radius in body.radii_m {
            check("radii_m", radius, radius > 0.0 && radius < 1e60, "a length above 0")?;
        }
        for value in body.rotation.iter().flat_map(rotation_numbers) {
            usable("rotation", value)?;
        }
    }
    match &node.motion {
        Motion::Fixed(x, y, z) => {
            for value in [x, y, z] {
                usable("motion", *value)?;
            }
        }
        Motion::Above(place) => {
            for value in [place.latitude_deg, place.longitude_deg, place.altitude_m] {
                usable("motion", value)?;
            }
        }
        Motion::Orbit(orbit) => {
            let (a, e) = (orbit.semi_major_axis_m, orbit.eccentricity);
            check("semi_major_axis_m", a, a > 0.0 && a < 1e60, "a length above 0")?;
            check("eccentricity", e, (0.0..1.0).contains(&e), "at least 0 and less than 1")?;
            for value in orbit_numbers(orbit) {
                usable("motion", value)?;
            }
        }
        Motion::WithParent | Motion::Theory(_) | Motion::Midpoint(..) => {}
    }
    if let Some(Renderable::Trail(trail)) = &node.renderable {
        let period = trail.period_days;
        check("period_days", period, period > 0.0 && period < 1e12, "a time above 0")?;
        let segments = f64::from(trail.segments);
        check("segments", segments, (1.0..=1e5).contains(&segments), "1 to 100000")?;
    }
    Ok(())
}

fn rotation_numbers(elements: &crate::body::RotationElements) -> Vec<f64> {
    let (w0, w1, w2) = elements.meridian_deg;
    let (ra, dec) = (elements.pole_ra_deg, elements.pole_dec_deg);
    let mut numbers = vec![ra.0, ra.1, dec.0, dec.1, w0, w1, w2];
    for term in &elements.terms {
        let (a0, a1, a2) = term.angle_deg;
        numbers.extend([a0, a1, a2, term.ra_sin, term.dec_cos]);
        numbers.extend([term.meridian_sin, term.meridian_cos]);
    }
    numbers
}

fn orbit_numbers(orbit: &Orbit) -> Vec<f64> {
    let pairs = [orbit.pole_deg, orbit.node_deg, orbit.periapsis_deg, orbit.mean_longitude_deg];
    let mut numbers =
        vec![orbit.epoch_jd, orbit.inclination_deg, orbit.acceleration_deg_per_century2];
    numbers.extend(pairs.into_iter().flat_map(|(value, rate)| [value, rate]));
    for libration in &orbit.librations {
        let (angle, rate) = libration.angle_deg;
        numbers.extend([libration.amplitude_deg, angle, rate]);
    }
    numbers
}

pub(super) fn property_index(
    specs: &[PropertySpec],
    text: &str,
) -> Result<HashMap<String, usize>, SceneError> {
    let mut index = HashMap::with_capacity(specs.len());
    for (place, spec) in specs.iter().enumerate() {
        if !spec.default.is_finite() || index.insert(spec.path.clone(), place).is_some() {
            let end = spec.path.rsplit('.').next().unwrap_or_default();
            return Err(SceneError::Node {
                line: text.lines().position(|l| l.contains(end)).map_or(0, |l| l + 1),
                what: format!("property {}", spec.path),
                found: format!("{}", spec.default),
                expected: "one property of that path, with finite numbers".to_owned(),
            });
        }
    }
    Ok(index)
}

fn wrong(text: &str, node: &Node, field: &str, found: String, expected: &str) -> SceneError {
    // The file's reader has no places for what has been read; the name's last line is near enough,
    // and for a name that stands there twice it is the second one.
    let quoted = format!("name: \"{}\"", node.name);
    let lines: Vec<&str> = text.lines().collect();
    SceneError::Node {
        line: lines.iter().rposition(|line| line.contains(&quoted)).map_or(0, |line| line + 1),
        what: format!("{}, {field}", node.name),
        found,
        expected: expected.to_owned(),
    }
}
