//! From a recording and a moment to a picture: sample, place the nodes, resolve, compose. The same
//! for the window and for films, and a pure function of its inputs.

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::{DQuat, DVec3};
use skyreel_core::anchors;
use skyreel_core::catalogue::Catalogue;
use skyreel_core::format::native::ReelError;
use skyreel_core::frame::Frame;
use skyreel_core::nearest::{did_you_mean, nearest};
use skyreel_core::pose::NodeName;
use skyreel_core::recording::DEFAULT_VFOV_DEG;
use skyreel_core::resolve::{Frames, MissingAnchor, WorldFromNode, WorldView, resolve};
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::Value;
use skyreel_sky::{Scene, SkyAt};
use skyreel_store::Footage;

use super::draw::compose::{Composer, Lens};
use super::draw::picture::Picture;
use super::draw::stock::Stock;
use super::shown::Switchboard;

/// What to do while a camera's anchor is missing in the scene.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingAnchors {
    /// Refuse.
    Refuse,
    /// Stay at the last pose that the scene can place.
    #[default]
    Hold,
    /// Use the world's origin in place of the node.
    Origin,
}

/// What the person asking wants otherwise than recorded.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Which view; the first if none.
    pub view: Option<String>,
    /// Vertical field of view, degrees.
    pub vfov_deg: Option<f64>,
    /// Date of the scene, instead of the recorded one.
    pub date: Option<SimTime>,
    /// Nodes to hide.
    pub hide: Vec<String>,
    /// Nodes to show.
    pub show: Vec<String>,
    /// What to do about missing anchors.
    pub missing_anchors: MissingAnchors,
}

/// Why nothing can be shown.
#[derive(Debug, thiserror::Error)]
pub enum CannotShow {
    /// No view of that name.
    #[error("the recording has no view '{found}'; it has {}", expected.join(", "))]
    NoView {
        /// The name asked for.
        found: String,
        /// Those that there are.
        expected: Vec<String>,
    },
    /// No camera at all.
    #[error("the recording has no camera entries, so there is nothing to see from")]
    NoCamera,
    /// No camera that the scene can place.
    #[error("the scene has none of the nodes that the camera is relative to: {}", names(.0))]
    NoKnownAnchor(Vec<NodeName>),
    /// Anchors are missing, and that was not to be put up with.
    #[error("the scene does not have {}, which the camera is relative to", names(.0))]
    MissingAnchors(Vec<NodeName>),
    /// A node to hide or show is none.
    #[error("the scene has no node '{found}' to hide or show{}", did_you_mean(.nearest))]
    NoNode {
        /// The name asked for.
        found: String,
        /// The name most like it.
        nearest: Option<String>,
    },
    /// A piece of the recording cannot be read.
    #[error(transparent)]
    Reading(#[from] ReelError),
    /// An anchor that should have been dealt with.
    #[error(transparent)]
    Anchor(#[from] MissingAnchor),
}

fn names(names: &[NodeName]) -> String {
    names.iter().map(|n| format!("'{n}'")).collect::<Vec<_>>().join(", ")
}

/// Shows one recording in one scene.
pub struct Projector {
    footage: Footage,
    view: String,
    vfov_deg: Option<f64>,
    date: Option<SimTime>,
    sky: SkyAt,
    scene: Arc<Scene>,
    switchboard: Switchboard,
    composer: Composer,
}

impl Projector {
    /// Prepares a recording, whose scripts and rules have taken effect, for showing.
    ///
    /// # Errors
    /// Where there is nothing to see, or a wish cannot be met.
    pub fn new(
        mut footage: Footage,
        scene: Arc<Scene>,
        stock: Arc<Stock>,
        wishes: &Wishes,
    ) -> Result<Self, CannotShow> {
        let views = footage.views();
        let view = match &wishes.view {
            None => views.first(),
            Some(name) => Some(views.iter().find(|view| *view == name).ok_or_else(|| {
                CannotShow::NoView { found: name.clone(), expected: views.clone() }
            })?),
        };
        let view = view.ok_or(CannotShow::NoCamera)?.clone();
        footage.keep_view(&view);
        let missing = missing_anchors(footage.anchors(), &scene);
        match (wishes.missing_anchors, &mut footage) {
            (MissingAnchors::Refuse, _) if !missing.is_empty() => {
                return Err(CannotShow::MissingAnchors(missing));
            }
            // What stays on disk has none.
            (MissingAnchors::Hold, Footage::Whole(recording)) => {
                anchors::hold_at_unknown(recording, |name| scene.id(name.as_str()).is_some());
                if recording.camera_entries() == 0 {
                    return Err(CannotShow::NoKnownAnchor(missing));
                }
            }
            _ => {}
        }
        let overrides = overrides(&scene, wishes)?;
        Ok(Self {
            view,
            vfov_deg: wishes.vfov_deg,
            date: wishes.date,
            sky: scene.at(SimTime::J2000),
            switchboard: Switchboard::new(&scene, overrides),
            composer: Composer::new(Arc::clone(&scene), stock),
            footage,
            scene,
        })
    }

    /// How long the recording is.
    pub fn duration(&self) -> SessionTime {
        self.footage.duration()
    }

    /// The picture of a moment.
    ///
    /// # Errors
    /// Where a piece of the recording that stays on disk cannot be read.
    pub fn picture(&mut self, at: SessionTime, size: (u32, u32)) -> Result<Picture, CannotShow> {
        let frame = self.footage.frame(at)?;
        let date = self.date.unwrap_or(frame.clock.sim_time);
        self.scene.at_into(date, &mut self.sky);
        let view = self.world_view(&frame)?;
        let vfov_deg = self.vfov_deg.or(view.vfov_deg).unwrap_or(DEFAULT_VFOV_DEG);
        let lens = Lens::new(&view.camera, vfov_deg, size);
        let shown = self.switchboard.at(&frame.properties);
        Ok(self.composer.compose(&self.sky, &shown, &lens))
    }

    fn world_view(&self, frame: &Frame) -> Result<WorldView, CannotShow> {
        let views = resolve(frame, &OriginForMissing(&self.sky));
        let view = views.into_iter().flatten().find(|view| view.name == self.view);
        view.ok_or(CannotShow::NoCamera)
    }
}

/// Those of a recording's anchors that a scene does not have.
pub fn missing_anchors(mut names: Vec<NodeName>, scene: &Scene) -> Vec<NodeName> {
    names.retain(|name| scene.id(name.as_str()).is_none());
    names
}

/// A sky in which every unknown node stands at the origin. Where that is not wanted, no unknown
/// node is asked for any more.
pub(in crate::app) struct OriginForMissing<'a>(pub &'a SkyAt);

impl Frames for OriginForMissing<'_> {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        let origin = WorldFromNode { position_m: DVec3::ZERO, rotation: DQuat::IDENTITY };
        Some(self.0.world_from_node(name).unwrap_or(origin))
    }
}

fn overrides(scene: &Scene, wishes: &Wishes) -> Result<BTreeMap<String, Value>, CannotShow> {
    let hidden = wishes.hide.iter().map(|name| (name, false));
    let shown = wishes.show.iter().map(|name| (name, true));
    let mut overrides = BTreeMap::new();
    for (name, on) in hidden.chain(shown) {
        if scene.id(name).is_none() {
            let names = scene.nodes().iter().map(|node| node.name.as_str());
            return Err(CannotShow::NoNode { found: name.clone(), nearest: nearest(names, name) });
        }
        let mut set = |property: &str, value: Value| {
            let path = format!("Scene.{name}.Renderable.{property}");
            if scene.property(&path).is_some() {
                overrides.insert(path, value);
            }
        };
        set("Enabled", Value::Bool(on));
        if on {
            set("Fade", Value::Number(1.0));
        }
    }
    Ok(overrides)
}
