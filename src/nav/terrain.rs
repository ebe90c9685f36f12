//! What flying has to know of the world at one moment. The scene answers; nothing here does.

use skyreel_core::resolve::Frames;

/// The world at one moment, as flying sees it: where the nodes are, and how large.
pub trait Terrain: Frames {
    /// Radii of the node's globe along its own axes, metres; `None` where it has none: such a node
    /// can be flown through.
    fn radii_m(&self, node: &str) -> Option<[f64; 3]>;

    /// How far what is drawn at a node without a globe reaches from it, metres: a galaxy, a probe.
    /// A flight to it ends at a distance from which that is well seen. `None` where nobody knows.
    fn extent_m(&self, node: &str) -> Option<f64> {
        let _ = node;
        None
    }
}
