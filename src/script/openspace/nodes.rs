//! The nodes of the scene.

use skyreel_core::globe::known_radii_m;
use skyreel_core::nearest::{did_you_mean, nearest};

use super::args::Args;
use super::library::Library;
use super::live::Live;

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    for name in ["hasSceneGraphNode", "hasSceneGraphNodeByIdentifier"] {
        let usage = format!("{name}(node)");
        library.add(&usage, "Whether there is such a node.", |_, live, args| {
            let name = args.text(0, "the node")?;
            Ok(live.scene()?.nodes.iter().any(|node| node.name == name))
        })?;
    }
    library.add("sceneGraphNodes()", "The names of all nodes.", |_, live, _| {
        let scene = live.scene()?;
        Ok(scene.nodes.iter().map(|node| node.name.clone()).collect::<Vec<_>>())
    })?;
    for name in ["boundingSphere", "interactionSphere"] {
        let usage = format!("{name}(node)");
        library.add(&usage, "The largest radius of a globe, metres.", |_, live, args| {
            let node = known(live, &args, &args.text(0, "the node")?)?;
            let radius = radius_m(&node);
            radius.ok_or_else(|| args.error(format!("the radius of '{node}' is not known")))
        })?;
    }
    Ok(())
}

/// The largest radius of a globe, metres.
pub(super) fn radius_m(node: &str) -> Option<f64> {
    known_radii_m(node).map(|radii| radii.into_iter().fold(0.0, f64::max))
}

/// The name of a node, if there is one.
pub(super) fn known(live: &Live, args: &Args, name: &str) -> mlua::Result<String> {
    let scene = live.scene()?;
    if scene.nodes.iter().any(|node| node.name == name) {
        return Ok(name.to_owned());
    }
    let near = nearest(scene.nodes.iter().map(|node| node.name.as_str()), name);
    let near = did_you_mean(&near);
    Err(args.error(format!("there is no node '{name}'{near}")))
}
