//! Which properties a node has, by what is drawn at it. Paths are OpenSpace's.

use skyreel_core::catalogue::PropertySpec;
use skyreel_core::value::Value;

use crate::node::Node;
use crate::renderable::{Colour, Renderable};

/// All properties of a node, in a fixed order.
pub(crate) fn of_node(node: &Node) -> Vec<PropertySpec> {
    let mut specs = Vec::new();
    let mut add = |end: &str, default: Value, range: Option<(f64, f64)>| {
        let path = format!("Scene.{}.{end}", node.name);
        specs.push(PropertySpec { path, tags: node.tags.clone(), default, range });
    };
    if let Some(renderable) = &node.renderable {
        add("Renderable.Enabled", Value::Bool(node.enabled), None);
        add("Renderable.Fade", Value::Number(1.0), Some((0.0, 1.0)));
        add("Renderable.Opacity", Value::Number(1.0), Some((0.0, 1.0)));
        match renderable {
            Renderable::Globe(globe) => {
                add("Renderable.PerformShading", Value::Bool(globe.shading), None);
                for layer in &globe.layers {
                    let path = format!("Renderable.Layers.{}.{}", layer.group.as_str(), layer.name);
                    add(&format!("{path}.Enabled"), Value::Bool(layer.enabled), None);
                    add(&format!("{path}.Fade"), Value::Number(1.0), Some((0.0, 1.0)));
                }
            }
            Renderable::Trail(trail) => {
                add("Renderable.Appearance.Color", colour(trail.colour), Some((0.0, 1.0)));
                add("Renderable.Appearance.LineWidth", Value::Number(2.0), Some((1.0, 20.0)));
                add("Renderable.Appearance.LineLength", Value::Number(1.0), Some((0.0, 1.0)));
                add("Renderable.Appearance.LineFadeAmount", Value::Number(1.0), Some((0.0, 1.0)));
            }
            _ => {}
        }
    }
    for entry in &node.properties {
        add(&entry.path, entry.value.clone(), entry.range);
    }
    specs
}

fn colour((r, g, b): Colour) -> Value {
    // By way of text, so that 0.3 stays 0.3 and does not become 0.30000001192092896.
    let exact = |part: f32| part.to_string().parse().unwrap_or(f64::from(part));
    Value::Numbers([exact(r), exact(g), exact(b)].into())
}
