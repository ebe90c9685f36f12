//! Pictures of the bar without a window: `cargo run -p skyreel-faces --example bar_pictures FOLDER`.
//! Draws it in many states into PNG files, and prints what a frame of it costs.
#![allow(clippy::unwrap_used, dead_code, reason = "an example, with what tests look at")]

#[path = "../../../tests/faces/support.rs"]
mod support;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use egui::{
    Color32, Context, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2,
};
use skyreel_core::settings::{SettingRow, Settings};
use skyreel_core::snapshot::{FilmView, FlightView, ModeView, Snapshot, Weight};
use skyreel_faces::bar::{Bar, Entrance, Panel, Shown, apply_style, pressed};
use skyreel_faces::keys::KeyMap;

use support::{long_library, notice, playing, playing_view, recording, snapshot};

/// A state to look at.
struct Scene {
    name: &'static str,
    size: (f32, f32),
    pixels_per_point: f32,
    snapshot: Snapshot,
    panels: Vec<Panel>,
    /// Where to click before the picture is taken.
    clicks: Vec<Pos2>,
    /// What is typed then.
    typed: Vec<Event>,
}

fn typed(text: &str) -> Event {
    Event::Text(text.to_owned())
}

fn key(key: Key) -> Event {
    key_held(Modifiers::NONE, key)
}

fn key_held(modifiers: Modifiers, key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/bar".to_owned());
    std::fs::create_dir_all(&folder).unwrap();
    for scene in scenes() {
        let path = Path::new(&folder).join(format!("{}.png", scene.name));
        let (layout_us, triangles_us) = picture(&scene, &path);
        let total_us = layout_us + triangles_us;
        println!("{:20} {total_us:6.0} µs a frame ({triangles_us:.0} for triangles)", scene.name);
    }
}

fn scenes() -> Vec<Scene> {
    let scene = |name, mode, panels: &[Panel]| Scene {
        name,
        size: (1280.0, 720.0),
        pixels_per_point: 1.0,
        snapshot: snapshot(mode),
        panels: panels.to_vec(),
        clicks: Vec::new(),
        typed: Vec::new(),
    };
    let idle = ModeView::Idle;
    let mut notices = scene("notices", idle.clone(), &[Panel::Log]);
    notices.snapshot.notices = Arc::new([
        notice(1, Weight::Info, "Recording 'Saturn tour'"),
        notice(2, Weight::Warning, "The scene has no node 'Titania'; it is left out"),
        notice(
            3,
            Weight::Error,
            "Recording has stopped (the disk is full); make room and record on",
        ),
    ]);
    let mut flight = scene("focus", idle.clone(), &[Panel::Focus, Panel::Clock]);
    if let Some(navigation) = &mut flight.snapshot.navigation {
        let to = "Mars".to_owned();
        navigation.flight = Some(FlightView { to, at_s: 4.0, duration_s: 11.0 });
    }
    let mut film = scene("film", idle.clone(), &[Panel::Views, Panel::Film]);
    film.snapshot.film = Some(FilmView {
        path: "/home/ada/films/saturn.mp4".to_owned(),
        frames: 1_204,
        of_frames: 5_400,
        ended: None,
    });
    let mut ended = playing_view();
    (ended.at, ended.is_moving, ended.has_ended) = (ended.duration, false, true);
    let mut many = scene("many", idle.clone(), &[Panel::Session]);
    many.snapshot.library = Arc::new(long_library(5_000));
    let mut narrow = scene("narrow", playing(), &[Panel::Session]);
    narrow.size = (800.0, 600.0);
    let mut narrow_recording = scene("narrow_recording", recording(), &[Panel::Scene]);
    narrow_recording.size = (800.0, 600.0);
    let mut large = scene("two_pixels_a_point", playing(), &[Panel::Clock]);
    large.pixels_per_point = 2.0;
    let mut properties = scene("properties", recording(), &[Panel::Scene, Panel::Settings]);
    properties.clicks = vec![pos2(150.0, 285.0)];
    let mut help = scene("help", playing(), &[]);
    help.clicks = vec![pos2(1240.0, 690.0)];
    let with_console = |name, count, panels: &[Panel]| {
        let mut scene = scene(name, idle.clone(), panels);
        scene.snapshot.console = Arc::new(support::console(count));
        scene.snapshot.journey = Arc::new(support::journey());
        scene
    };
    let mut console = with_console("console", 40, &[Panel::Console, Panel::Scene]);
    console.typed = vec![typed("skyreel.record."), key(Key::Tab), key(Key::ArrowDown)];
    let mut console_call = with_console("console_call", 5_000, &[Panel::Console]);
    console_call.typed = vec![
        typed("for i = 1, 3 do"),
        key_held(Modifiers::SHIFT, Key::Enter),
        typed("  skyreel.record.start("),
    ];
    let mut console_narrow = with_console("console_narrow", 40, &[Panel::Console]);
    console_narrow.size = (800.0, 600.0);
    let mut journey = with_console("journey", 40, &[Panel::Journey]);
    journey.clicks = vec![pos2(630.0, 431.0)];
    let mut journey_value = with_console("journey_value", 40, &[Panel::Journey]);
    journey_value.clicks = vec![pos2(438.0, 480.0)];
    let mut journey_script = with_console("journey_script", 40, &[Panel::Journey, Panel::Scene]);
    journey_script.clicks = vec![pos2(775.0, 526.0)];
    let mut journey_empty = scene("journey_empty", idle.clone(), &[Panel::Journey]);
    journey_empty.pixels_per_point = 1.0;
    let mut journey_many = with_console("journey_many", 40, &[Panel::Journey]);
    journey_many.snapshot.journey = Arc::new(support::long_journey(1_000));
    let mut journey_all = with_console("journey_all_selected", 40, &[Panel::Journey]);
    journey_all.snapshot.journey = Arc::new(support::long_journey(1_000));
    journey_all.typed = vec![key_held(Modifiers::COMMAND, Key::A)];
    let mut journey_narrow = with_console("journey_narrow", 40, &[Panel::Journey]);
    journey_narrow.size = (800.0, 600.0);
    let mut journey_form = with_console("journey_form", 40, &[Panel::Journey]);
    journey_form.clicks = vec![pos2(374.0, 375.0)];
    journey_form.typed = vec![typed("trail enabled")];
    let mut edit_menu = scene("edit_menu", idle.clone(), &[Panel::Session]);
    edit_menu.clicks = vec![pos2(1168.0, 446.0)];
    let mut edit_form = scene("edit_form", idle.clone(), &[Panel::Session]);
    edit_form.clicks = vec![pos2(1168.0, 446.0), pos2(1187.0, 203.0)];
    let mut journey_small = with_console("journey_small", 40, &[Panel::Journey]);
    journey_small.size = (640.0, 360.0);
    let mut console_small = with_console("console_small", 40, &[Panel::Console]);
    (console_small.size, console_small.snapshot.mode) = ((640.0, 360.0), playing());
    let mut console_history = with_console("console_history", 40, &[Panel::Console]);
    console_history.typed = vec![key_held(Modifiers::COMMAND, Key::R), typed("skyreel")];
    let mut editing = with_console("editing", 40, &[Panel::Session]);
    editing.snapshot.edit = Some(support::edit(None));
    vec![
        console,
        console_call,
        console_narrow,
        journey,
        journey_value,
        journey_script,
        journey_empty,
        journey_many,
        journey_all,
        journey_narrow,
        journey_form,
        journey_small,
        console_small,
        console_history,
        edit_menu,
        edit_form,
        editing,
        scene("idle", idle.clone(), &[]),
        scene("session", idle.clone(), &[Panel::Scene, Panel::Session]),
        scene("recording", recording(), &[]),
        scene("playing", playing(), &[]),
        scene("ended", ModeView::Playing(ended), &[Panel::Session]),
        properties,
        flight,
        film,
        notices,
        many,
        narrow,
        narrow_recording,
        large,
        help,
    ]
}

/// Draws a state; gives what a frame took in the middle of all, microseconds: to lay it out, and to make
/// triangles of it.
fn picture(scene: &Scene, path: &Path) -> (f64, f64) {
    let ctx = Context::default();
    apply_style(&ctx);
    let (mut bar, keys) = (Bar::default(), KeyMap::default());
    let settings = SettingRow::all(&Settings::default());
    for panel in &scene.panels {
        bar.open(*panel);
    }
    let history = ["skyreel.play.stop()", "print(wait(2))", "skyreel.record.start(\"Rings\")"];
    bar.set_console_history(history.map(str::to_owned).to_vec());
    let shown = Shown {
        snapshot: &scene.snapshot,
        settings: &settings,
        keys: &keys,
        browser: Some(Entrance { address: "http://localhost:4680/", code: "K7Q-M2X" }),
        help_url: "https://example.org/help",
        language: support::language(),
    };
    let screen =
        Rect::from_min_size(Pos2::ZERO, vec2(scene.size.0, scene.size.1) / scene.pixels_per_point);
    let mut canvas = Canvas::new(scene);
    let mut events = vec![Vec::new(); 3];
    for at in &scene.clicks {
        let button = |pressed| Event::PointerButton {
            pos: *at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        events.extend([vec![Event::PointerMoved(*at)], vec![button(true)], vec![button(false)]]);
        events.push(vec![Event::PointerGone]);
    }
    events.extend(scene.typed.iter().map(|event| vec![event.clone()]));
    events.extend(vec![Vec::new(); 100]);
    let (mut layouts_us, mut triangles_us, mut time_s) = (Vec::new(), Vec::new(), 0.0);
    let mut last = None;
    for events in events {
        time_s += 1.0 / 60.0;
        let mut input = RawInput {
            screen_rect: Some(screen),
            time: Some(time_s),
            events,
            ..Default::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(scene.pixels_per_point);
        }
        let begun = Instant::now();
        let mut output = ctx.run_ui(input, |ui| {
            bar.press_keys(ui.ctx(), pressed(ui.ctx()), &shown, &mut Vec::new());
            bar.show(ui.ctx(), &shown, &mut Vec::new());
        });
        layouts_us.push(begun.elapsed().as_secs_f64() * 1e6);
        let deltas = std::mem::take(&mut output.textures_delta);
        canvas.take(deltas);
        let begun = Instant::now();
        last = Some(ctx.tessellate(output.shapes, output.pixels_per_point));
        triangles_us.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    for primitive in last.unwrap_or_default() {
        if let egui::epaint::Primitive::Mesh(mesh) = &primitive.primitive {
            canvas.draw(mesh, primitive.clip_rect);
        }
    }
    canvas.save(path);
    let middle = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    (middle(layouts_us), middle(triangles_us))
}

/// A picture that triangles are drawn into.
struct Canvas {
    width: usize,
    height: usize,
    scale: f32,
    pixels: Vec<[f32; 3]>,
    font: egui::ColorImage,
}

impl Canvas {
    /// A sky with a world in it, so that what is translucent can be seen.
    fn new(scene: &Scene) -> Self {
        let (width, height) = (scene.size.0 as usize, scene.size.1 as usize);
        let centre = (width as f32 * 0.55, height as f32 * 0.9);
        let radius = height as f32 * 0.62;
        let pixels = (0..width * height).map(|index| {
            let (x, y) = ((index % width) as f32, (index / width) as f32);
            let away = ((x - centre.0).powi(2) + (y - centre.1).powi(2)).sqrt() / radius;
            let is_star = (index.wrapping_mul(2_654_435_761) >> 7) % 1_500 == 0;
            if away < 1.0 {
                let light = (1.0 - away * away).sqrt() * (0.4 + 0.6 * (1.0 - x / width as f32));
                [60.0 + 120.0 * light, 80.0 + 120.0 * light, 120.0 + 120.0 * light]
            } else if is_star {
                [230.0, 230.0, 235.0]
            } else {
                [4.0, 5.0, 8.0]
            }
        });
        let font = egui::ColorImage::filled([1, 1], Color32::WHITE);
        Self { width, height, scale: scene.pixels_per_point, pixels: pixels.collect(), font }
    }

    fn take(&mut self, mut deltas: egui::TexturesDelta) {
        deltas.free.clear();
        for delta in std::mem::take(&mut deltas.set).into_values().flatten() {
            let egui::ImageData::Color(image) = &delta.image;
            match delta.pos {
                None => self.font = (**image).clone(),
                Some([x, y]) => {
                    for row in 0..image.size[1] {
                        for column in 0..image.size[0] {
                            self.font[(x + column, y + row)] = image[(column, row)];
                        }
                    }
                }
            }
        }
    }

    fn draw(&mut self, mesh: &egui::Mesh, clip: Rect) {
        for corners in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|i| mesh.vertices[corners[i] as usize]);
            self.triangle(corners, clip);
        }
    }

    fn triangle(&mut self, corners: [egui::epaint::Vertex; 3], clip: Rect) {
        let [a, b, c] = corners.map(|corner| corner.pos.to_vec2() * self.scale);
        let area = (b - a).x * (c - a).y - (b - a).y * (c - a).x;
        if area == 0.0 {
            return;
        }
        let (clip_min, clip_max) =
            (clip.min.to_vec2() * self.scale, clip.max.to_vec2() * self.scale);
        let least = a.min(b).min(c).max(clip_min).floor().max(egui::Vec2::ZERO);
        let most = a.max(b).max(c).min(clip_max).ceil();
        let (right, bottom) = (most.x.min(self.width as f32), most.y.min(self.height as f32));
        for y in least.y as usize..bottom.max(0.0) as usize {
            for x in least.x as usize..right.max(0.0) as usize {
                let at = vec2(x as f32 + 0.5, y as f32 + 0.5);
                if at.x < clip_min.x || at.y < clip_min.y || at.x > clip_max.x || at.y > clip_max.y
                {
                    continue;
                }
                let part = |p: egui::Vec2, q: egui::Vec2| {
                    ((q - p).x * (at - p).y - (q - p).y * (at - p).x) / area
                };
                let weights = [part(b, c), part(c, a), part(a, b)];
                // The left and upper edges belong to a triangle, the others to its neighbour.
                if weights.iter().any(|w| *w < 0.0) {
                    continue;
                }
                self.blend(x, y, &corners, weights);
            }
        }
    }

    fn blend(
        &mut self,
        x: usize,
        y: usize,
        corners: &[egui::epaint::Vertex; 3],
        weights: [f32; 3],
    ) {
        let mix = |of: &dyn Fn(&egui::epaint::Vertex) -> f32| {
            corners.iter().zip(weights).map(|(corner, w)| of(corner) * w).sum::<f32>()
        };
        let [w, h] = self.font.size;
        let (u, v) = (mix(&|c| c.uv.x) * w as f32, mix(&|c| c.uv.y) * h as f32);
        let texel = self.font[((u as usize).min(w - 1), (v as usize).min(h - 1))];
        let part = |index: usize| {
            mix(&|c| f32::from(c.color.to_array()[index])) * f32::from(texel.to_array()[index])
                / 255.0
        };
        let alpha = part(3) / 255.0;
        let pixel = &mut self.pixels[y * self.width + x];
        for (index, value) in pixel.iter_mut().enumerate() {
            *value = (part(index) + *value * (1.0 - alpha)).clamp(0.0, 255.0);
        }
    }

    fn save(&self, path: &Path) {
        let file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
        let mut encoder = png::Encoder::new(file, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let bytes: Vec<u8> =
            self.pixels.iter().flatten().map(|value| value.round() as u8).collect();
        encoder.write_header().unwrap().write_image_data(&bytes).unwrap();
    }
}
