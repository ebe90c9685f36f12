//! The pictures of recordings: read and unpacked on a thread of their own, a few at a time.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use bevy::prelude::*;
use bevy_egui::egui::{ColorImage, Context};
use skyreel_faces::bar::Bar;

/// How many are on their way at once.
const MOST_WAITING: usize = 4;

/// The largest picture that is shown, pixels a side; thumbnails are smaller.
const LARGEST: u32 = 1024;

/// The picture of a recording; `None` where there is none that could be read.
type Read = (String, Option<ColorImage>);

/// Who reads pictures. The thread ends with this.
#[derive(Resource)]
pub struct ThumbnailReader {
    asked: SyncSender<(String, PathBuf)>,
    read: Mutex<Receiver<Read>>,
    waiting: usize,
}

impl Default for ThumbnailReader {
    fn default() -> Self {
        let (asked, to_read) = sync_channel::<(String, PathBuf)>(MOST_WAITING);
        let (done, read) = sync_channel::<Read>(MOST_WAITING);
        thread::spawn(move || {
            while let Ok((recording, path)) = to_read.recv() {
                if done.send((recording, picture(&path))).is_err() {
                    break;
                }
            }
        });
        Self { asked, read: Mutex::new(read), waiting: 0 }
    }
}

impl ThumbnailReader {
    /// Hands over what was read, and has read what is in sight.
    pub fn look(&mut self, ctx: &Context, bar: &mut Bar, folder: &Path) {
        let read = self.read.get_mut().unwrap_or_else(PoisonError::into_inner);
        while let Ok((recording, picture)) = read.try_recv() {
            self.waiting = self.waiting.saturating_sub(1);
            bar.set_thumbnail(ctx, &recording, picture);
        }
        while self.waiting < MOST_WAITING {
            let Some(recording) = bar.wanted_thumbnail() else { return };
            let path = skyreel_store::locate(folder, &recording).ok();
            match path.map(|path| self.asked.try_send((recording.clone(), path))) {
                Some(Ok(())) => self.waiting += 1,
                _ => bar.set_thumbnail(ctx, &recording, None),
            }
        }
    }
}

fn picture(path: &Path) -> Option<ColorImage> {
    let png = skyreel_store::thumbnail(path).ok().flatten()?;
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = reader.info().size();
    if width.max(height) > LARGEST {
        return None;
    }
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut pixels).ok()?;
    let size = [frame.width as usize, frame.height as usize];
    let pixels = pixels.get(..frame.buffer_size())?;
    match frame.color_type {
        png::ColorType::Rgba => Some(ColorImage::from_rgba_unmultiplied(size, pixels)),
        png::ColorType::Rgb => Some(ColorImage::from_rgb(size, pixels)),
        _ => None,
    }
}
