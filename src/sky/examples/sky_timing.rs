//! How long it takes to place all nodes, from frame to frame and across centuries; figures to read,
//! not a check: `cargo run --release -p skyreel-sky --example sky_timing`.

use std::hint::black_box;
use std::time::Instant;

use skyreel_core::time::SimTime;
use skyreel_sky::{Scene, SceneError};

const DAY_S: f64 = 86_400.0;

fn main() -> Result<(), SceneError> {
    let start = Instant::now();
    let scene = Scene::embedded()?;
    println!("read {} nodes: {:.2} ms", scene.nodes().len(), start.elapsed().as_secs_f64() * 1e3);

    let mut sky = scene.at(SimTime::J2000);
    for (what, step_s) in [
        ("1/60 s", 1.0 / 60.0),
        ("1 hour", 3_600.0),
        ("1 day", DAY_S),
        ("1 year", 365.25 * DAY_S),
        ("1 century", 36_525.0 * DAY_S),
    ] {
        let mut times_us: Vec<f64> = (0..4_000)
            .filter_map(|step| SimTime::from_tdb_secs(8.26e8 + f64::from(step) * step_s))
            .map(|time| {
                let start = Instant::now();
                scene.at_into(time, &mut sky);
                black_box(&sky);
                start.elapsed().as_secs_f64() * 1e6
            })
            .collect();
        times_us.sort_by(f64::total_cmp);
        let at = |share: f64| times_us[((times_us.len() - 1) as f64 * share) as usize];
        println!(
            "step {what}: median {:.1} us, 99 % {:.1} us, most {:.1} us",
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }

    for (id, trail) in scene.trails() {
        let start = Instant::now();
        for index in 0..i64::from(trail.segments) {
            black_box(scene.trail_point_m(trail, index));
        }
        let us = start.elapsed().as_secs_f64() * 1e6;
        let name = scene.node(id).map_or("", |node| node.name.as_str());
        println!("{name}: {:.0} us for {} points", us, trail.segments);
    }
    Ok(())
}
