//! The pictures of recordings in lists: wanted when they are seen, kept for as long as they may be seen
//! again. Where they come from is for whoever reads files.

use std::collections::HashMap;

use egui::{
    Color32, ColorImage, Context, Rect, Sense, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo,
    WidgetType, pos2, vec2,
};
use skyreel_core::snapshot::RecordingItem;

use super::{Bar, style};

/// So many are kept; more are on no screen.
const MOST: usize = 64;

/// The pictures that are known, by their recordings.
#[derive(Default)]
pub(super) struct Thumbnails {
    known: HashMap<String, Known>,
    /// Grows with each picture that is looked for.
    looks: u64,
}

impl std::fmt::Debug for Thumbnails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Thumbnails").field("known", &self.known.len()).finish_non_exhaustive()
    }
}

struct Known {
    /// Of the file; another size is another recording of the same name.
    bytes: u64,
    picture: Picture,
    seen: u64,
}

enum Picture {
    Wanted,
    Asked,
    None,
    Here(TextureHandle),
}

impl Thumbnails {
    /// The picture of a recording; one that is not there yet is wanted from now on.
    fn of(&mut self, item: &RecordingItem) -> Option<&TextureHandle> {
        if !item.has_thumbnail {
            return None;
        }
        self.looks += 1;
        let (bytes, seen) = (item.bytes, self.looks);
        let fresh = || Known { bytes, picture: Picture::Wanted, seen };
        let known = self.known.entry(item.recording.clone()).or_insert_with(fresh);
        if known.bytes != bytes {
            *known = fresh();
        }
        known.seen = seen;
        match &known.picture {
            Picture::Here(texture) => Some(texture),
            _ => None,
        }
    }

    /// Shows the picture of a recording as large as it fits; false where there is none yet.
    pub(super) fn show(&mut self, ui: &Ui, rect: Rect, item: &RecordingItem) -> bool {
        let Some(texture) = self.of(item) else { return false };
        let size = fitted(texture.size_vec2(), rect.size());
        let rect = Rect::from_center_size(rect.center(), size);
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
        let id = ui.id().with(("thumbnail", &item.recording));
        let label = || {
            let label = format!("Picture of {}", item.recording);
            WidgetInfo::labeled(WidgetType::Image, true, label)
        };
        ui.interact(rect, id, Sense::hover()).widget_info(label);
        true
    }

    /// The same in the middle of a text, so wide.
    pub(super) fn show_in_line(&mut self, ui: &mut Ui, width: f32, item: &RecordingItem) {
        let Some(texture) = self.of(item) else { return };
        let size = fitted(texture.size_vec2(), vec2(width, width));
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
        ui.painter().rect_stroke(
            rect,
            2.0,
            egui::Stroke::new(1.0, style::EDGE),
            egui::StrokeKind::Inside,
        );
    }

    /// The one that was seen last of those that are wanted.
    fn want(&mut self) -> Option<String> {
        let wanted = self.known.iter_mut();
        let wanted = wanted.filter(|(_, known)| matches!(known.picture, Picture::Wanted));
        let (recording, known) = wanted.max_by_key(|(_, known)| known.seen)?;
        known.picture = Picture::Asked;
        Some(recording.clone())
    }

    fn put(&mut self, ctx: &Context, recording: &str, picture: Option<ColorImage>) {
        let Some(known) = self.known.get_mut(recording) else { return };
        known.picture = match picture {
            Some(picture) => {
                let name = format!("skyreel picture of {recording}");
                Picture::Here(ctx.load_texture(name, picture, TextureOptions::LINEAR))
            }
            None => Picture::None,
        };
        while self.known.len() > MOST {
            let oldest = self.known.iter().min_by_key(|(_, known)| known.seen);
            let Some(oldest) = oldest.map(|(recording, _)| recording.clone()) else { return };
            self.known.remove(&oldest);
        }
    }
}

fn fitted(size: Vec2, room: Vec2) -> Vec2 {
    let scale = (room.x / size.x.max(1.0)).min(room.y / size.y.max(1.0));
    size * scale
}

impl Bar {
    /// A recording whose picture is in sight and has not been set yet; each is told once.
    pub fn wanted_thumbnail(&mut self) -> Option<String> {
        self.session.list.thumbnails.want()
    }

    /// Sets the picture of a recording, or that it has none that could be read.
    pub fn set_thumbnail(&mut self, ctx: &Context, recording: &str, picture: Option<ColorImage>) {
        self.session.list.thumbnails.put(ctx, recording, picture);
    }
}
