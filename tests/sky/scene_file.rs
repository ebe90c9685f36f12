//! What a scene file may say, and what is said about its mistakes.

use skyreel_sky::Scene;

#[test]
fn the_scene_that_comes_with_the_program_is_sound() {
    let scene = Scene::embedded().unwrap_or_else(|error| panic!("{error}"));
    assert!(scene.nodes().len() > 100);
}
