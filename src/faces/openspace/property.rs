//! Properties and their owners as OpenSpace's clients expect them: what each is, what it holds, and the
//! tree that their paths make.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use skyreel_core::catalogue::PropertySpec;
use skyreel_core::nearest::nearest;
use skyreel_core::snapshot::{SceneView, Snapshot};
use skyreel_core::value::Value;

use super::message::{Complaint, Dialect};

/// By which name the owner of everything is asked for.
pub(super) const ROOT: &str = "__rootOwner";

/// What clients call the scene among the owners; nodes are below it.
const SCENE: &str = "Scene";

/// The focus, which OpenSpace's clients set and look at as a property.
pub(super) const ANCHOR: &str = "NavigationHandler.OrbitalNavigator.Anchor";

/// What OpenSpace's clients trigger so that the camera turns to the focus.
pub(super) const RETARGET_ANCHOR: &str = "NavigationHandler.OrbitalNavigator.RetargetAnchor";

/// What a property holds. What a scene keeps as the focus is only what it began with.
pub(super) fn value(snapshot: &Snapshot, path: &str) -> Option<Value> {
    match &snapshot.navigation {
        Some(view) if path == ANCHOR => Some(view.focus.as_str().into()),
        _ => snapshot.properties.get(path).cloned(),
    }
}

/// A value as JSON; null where it is no finite number.
pub(super) fn value_json(value: &Value) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}

/// What a scene says of a property.
pub(super) fn spec<'a>(scene: &'a SceneView, path: &str) -> Option<&'a PropertySpec> {
    let at = scene.properties.binary_search_by(|spec| spec.path.as_str().cmp(path)).ok()?;
    scene.properties.get(at)
}

/// That there is no such property.
pub(super) fn unknown(snapshot: &Snapshot, path: &str) -> Complaint {
    Complaint::Unknown {
        what: "property",
        found: path.to_owned(),
        nearest: nearest(snapshot.properties.keys().map(|known| &**known), path),
    }
}

/// The answer to a client that gets a property.
pub(super) fn got(scene: &SceneView, path: &str, value: &Json, dialect: Dialect) -> Json {
    match dialect {
        Dialect::New => json!({ "type": "property", "value": property(scene, path, value) }),
        Dialect::Old => old_property(scene, path, value),
    }
}

/// A property as clients up to OpenSpace 0.21 expect it: 0.21's names, and those before.
pub(super) fn old_property(scene: &SceneView, path: &str, value: &Json) -> Json {
    let mut whole = property(scene, path, value);
    let meta = &whole["metaData"];
    let description = json!({
        "Type": meta["type"],
        "Identifier": path,
        "Name": meta["guiName"],
        "MetaData": {
            "Group": meta["group"],
            "Visibility": meta["visibility"],
            "ReadOnly": meta["isReadOnly"],
        },
        "AdditionalData": meta["additionalData"],
        "description": meta["description"],
    });
    whole["Description"] = description;
    whole["Value"] = value.clone();
    whole
}

fn property(scene: &SceneView, path: &str, value: &Json) -> Json {
    json!({ "uri": path, "metaData": meta_data(scene, path, value), "value": value })
}

/// What a property is.
pub(super) fn meta_data(scene: &SceneView, path: &str, value: &Json) -> Json {
    let name = path.rsplit('.').next().unwrap_or(path);
    let range = spec(scene, path).and_then(|spec| spec.range);
    json!({
        "identifier": name,
        "description": "",
        "guiName": name,
        "group": "",
        "isReadOnly": false,
        "needsConfirmation": false,
        "type": kind(value),
        "visibility": "User",
        "additionalData": additional(value, range),
        "viewOptions": {},
    })
}

/// OpenSpace's name for what holds such a value.
fn kind(value: &Json) -> &'static str {
    match value {
        Json::Bool(_) => "BoolProperty",
        Json::String(_) => "StringProperty",
        Json::Array(list) => match list.len() {
            2 => "DVec2Property",
            3 => "DVec3Property",
            4 => "DVec4Property",
            9 => "DMat3Property",
            16 => "DMat4Property",
            _ => "DoubleListProperty",
        },
        _ => "DoubleProperty",
    }
}

fn additional(value: &Json, range: Option<(f64, f64)>) -> Json {
    let Some((least, greatest)) = range else { return json!({}) };
    // A thousandth of the way is what sliders go by.
    let (step, each) = ((greatest - least) / 1000.0, |of: f64| match value {
        Json::Array(list) => json!(vec![of; list.len()]),
        _ => json!(of),
    });
    json!({ "min": each(least), "max": each(greatest), "step": each(step), "exponent": 1.0 })
}

/// Something that has properties, and others of its kind.
#[derive(Default)]
struct Owner<'a> {
    owners: BTreeMap<&'a str, Owner<'a>>,
    properties: Vec<(&'a str, Json)>,
}

impl<'a> Owner<'a> {
    /// All that a snapshot has.
    fn all(snapshot: &'a Snapshot) -> Self {
        let mut root = Self::default();
        for node in &snapshot.scene.nodes {
            root.owners.entry(SCENE).or_default().owners.entry(&node.name).or_default();
        }
        let has_focus = snapshot.navigation.is_some().then_some(ANCHOR);
        let scenes = snapshot.properties.keys().map(|path| &**path).filter(|path| *path != ANCHOR);
        for path in scenes.chain(has_focus) {
            let Some(value) = value(snapshot, path) else { continue };
            let mut owner = &mut root;
            let mut names = path.split('.').peekable();
            while let Some(name) = names.next() {
                if names.peek().is_some() {
                    owner = owner.owners.entry(name).or_default();
                }
            }
            owner.properties.push((path, value_json(&value)));
        }
        root
    }

    fn json(&self, uri: &str, scene: &SceneView) -> Json {
        let identifier = uri.rsplit('.').next().unwrap_or(uri);
        let node = uri.strip_prefix("Scene.");
        let node = node.and_then(|name| scene.nodes.iter().find(|node| node.name == name));
        let below = |name: &str| match uri {
            "" => name.to_owned(),
            uri => format!("{uri}.{name}"),
        };
        let owners = self.owners.iter().map(|(name, owner)| owner.json(&below(name), scene));
        let properties = self.properties.iter().map(|(path, value)| property(scene, path, value));
        let mut tags = Vec::new();
        if node.is_some() {
            let first = self.first_path().and_then(|path| spec(scene, path));
            tags = first.map_or_else(Vec::new, |spec| spec.tags.clone());
        }
        json!({
            "identifier": identifier,
            "guiName": node.map_or(identifier, |node| &node.label),
            "description": "",
            "properties": properties.collect::<Vec<_>>(),
            "subowners": owners.collect::<Vec<_>>(),
            "tag": tags,
            "uri": uri,
        })
    }

    /// Some property of it or of what is below it.
    fn first_path(&self) -> Option<&'a str> {
        let own = self.properties.first().map(|(path, _)| *path);
        own.or_else(|| self.owners.values().find_map(Self::first_path))
    }
}

/// An owner with all below it.
///
/// # Errors
/// Where there is none of that name.
pub(super) fn owner(snapshot: &Snapshot, uri: &str, dialect: Dialect) -> Result<Json, Complaint> {
    let root = Owner::all(snapshot);
    let found = match uri {
        ROOT => root.json("", &snapshot.scene),
        uri => {
            let mut owner = Some(&root);
            for name in uri.split('.') {
                owner = owner.and_then(|owner| owner.owners.get(name));
            }
            owner.ok_or_else(|| unknown(snapshot, uri))?.json(uri, &snapshot.scene)
        }
    };
    Ok(match dialect {
        Dialect::New => json!({ "type": "propertyOwner", "value": found }),
        Dialect::Old => found,
    })
}
