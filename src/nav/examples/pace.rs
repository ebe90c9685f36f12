//! How long a frame of flying takes: `cargo run --release -p skyreel-nav --example pace`.

use std::time::Instant;

use glam::{DVec2, DVec3};
use skyreel_core::globe::looking;
use skyreel_core::pose::{AnchoredPose, NodeName};
use skyreel_core::resolve::{Frames, WorldFromNode};
use skyreel_core::time::SimTime;
use skyreel_nav::{Flight, Flyer, Hand, Settings, Target, Terrain, Wishes};
use skyreel_sky::{Scene, SkyAt};

struct Sky {
    scene: Scene,
    at: SkyAt,
}

impl Frames for Sky {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        self.at.world_from_node(name)
    }
}

impl Terrain for Sky {
    fn radii_m(&self, node: &str) -> Option<[f64; 3]> {
        self.scene.node(self.scene.id(node)?)?.radii_m()
    }
}

const FRAMES: u32 = 100_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scene = Scene::embedded()?;
    let sky = Sky { at: scene.at(SimTime::J2000), scene };
    let globes = sky.scene.nodes().iter().filter(|node| node.radii_m().is_some());
    let obstacles: Vec<NodeName> = globes.map(|node| node.name.clone()).collect();
    let position_m = DVec3::new(7e6, 1e6, 2e6);
    let start = AnchoredPose {
        anchor: "Earth".into(),
        follow_rotation: true,
        position_m,
        rotation: looking(-position_m, DVec3::Z).unwrap_or_default(),
        scale: 1.0,
    };

    let mut flyer = Flyer::new(start.clone(), Settings::default());
    let drag = Some(DVec2::new(1e-3, 2e-3));
    let hand = Hand { orbit: drag, look: drag, pan: drag, zoom: Some(0.0), ..Hand::default() };
    let begun = Instant::now();
    for _ in 0..FRAMES {
        flyer.advance(1.0 / 60.0, &hand, &sky);
    }
    println!("a frame by hand: {:?}", begun.elapsed() / FRAMES);

    let wishes = Wishes { obstacles, sun: Some("Sun".into()), ..Wishes::default() };
    for name in ["Moon", "Saturn", "MilkyWay"] {
        let target = Target::Node { name: name.into() };
        let begun = Instant::now();
        let flight = Flight::plan(&start, &target, &wishes, &sky)?;
        let planned = begun.elapsed();
        let begun = Instant::now();
        for frame in 0..FRAMES {
            let t_s = flight.duration_s() * f64::from(frame) / f64::from(FRAMES);
            std::hint::black_box(flight.pose_at(t_s, &sky));
        }
        let frame = begun.elapsed() / FRAMES;
        println!(
            "to {name}: {:.1} s; planned in {planned:?}, a frame {frame:?}",
            flight.duration_s()
        );
    }
    Ok(())
}
