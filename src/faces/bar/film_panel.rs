//! Films of recordings.

use egui::{DragValue, ProgressBar, RichText, ScrollArea, TextStyle, Ui};
use serde::{Deserialize, Serialize};
use skyreel_core::command::{Command, FilmCommand};
use skyreel_core::snapshot::{FilmView, LibraryView, ModeView, Snapshot};

use super::filtered::{Filtered, Search};
use super::library_list::title;
use super::{style, widgets, words};

/// Sizes to choose from, pixels.
const SIZES: [(&str, &str); 6] = [
    ("1280x720", "1280 × 720"),
    ("1920x1080", "1920 × 1080"),
    ("2560x1440", "2560 × 1440"),
    ("3840x2160", "3840 × 2160"),
    ("1080x1080", "1080 × 1080"),
    ("1080x1920", "1080 × 1920"),
];
/// How high the list of recordings is, points.
const LIST: f32 = 128.0;
/// Frames a second to choose from.
const RATES: [(u32, &str); 5] = [(24, "24"), (25, "25"), (30, "30"), (50, "50"), (60, "60")];

/// What is typed and chosen. Size and frames a second are kept between runs.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FilmPanel {
    size: String,
    fps: u32,
    #[serde(skip)]
    recording: Option<String>,
    #[serde(skip)]
    name: String,
    #[serde(skip)]
    search: String,
    #[serde(skip)]
    from_s: f64,
    #[serde(skip)]
    to_s: Option<f64>,
    #[serde(skip)]
    view: Option<usize>,
    #[serde(skip)]
    rows: Filtered<LibraryView, String, usize>,
}

impl Default for FilmPanel {
    fn default() -> Self {
        Self {
            size: "1920x1080".to_owned(),
            fps: 30,
            recording: None,
            name: String::new(),
            search: String::new(),
            from_s: 0.0,
            to_s: None,
            view: None,
            rows: Filtered::default(),
        }
    }
}

impl FilmPanel {
    pub(super) fn show(&mut self, ui: &mut Ui, snapshot: &Snapshot, say: &mut Vec<Command>) {
        if let Some(edit) = &snapshot.edit {
            super::edit_view::show(ui, edit, say);
        }
        let mut tell = |command| say.push(Command::Film(command));
        let is_making = snapshot.film.as_ref().is_some_and(|film| film.ended.is_none());
        if let Some(film) = &snapshot.film {
            show_film(ui, film, &mut tell);
        }
        if let (None, ModeView::Playing(playing)) = (&self.recording, &snapshot.mode) {
            self.recording = Some(playing.recording.clone());
        }
        widgets::title(ui, "Recording");
        self.show_recordings(ui, snapshot);
        widgets::title(ui, "Picture");
        self.show_picture(ui, snapshot);
        widgets::title(ui, "Part");
        self.show_part(ui, snapshot);
        ui.add_space(4.0);
        widgets::field(
            ui,
            &mut self.name,
            "Film name",
            "Film's name; the recording's if left out",
            "File name without ending",
        );
        let is_ready = self.recording.is_some() && !is_making;
        ui.add_enabled_ui(is_ready, |ui| {
            let hover = match (is_making, &self.recording) {
                (true, _) => "One film at a time; this one is still being made",
                (_, None) => "Choose a recording first",
                _ => "The film is made beside everything else",
            };
            let start = widgets::main_button(ui, "Make film", hover, style::CHOSEN);
            if let (true, Some(recording)) = (start.clicked(), &self.recording) {
                tell(self.start(recording.clone(), snapshot));
            }
        });
    }

    fn start(&self, recording: String, snapshot: &Snapshot) -> FilmCommand {
        let name = self.name.trim();
        FilmCommand::Start {
            recording,
            name: (!name.is_empty()).then(|| name.to_owned()),
            size: Some(self.size.clone()),
            fps: Some(f64::from(self.fps)),
            from_s: (self.from_s > 0.0).then_some(self.from_s),
            to_s: self.to_s,
            view: self.view.and_then(|index| snapshot.views.names.get(index).cloned()),
        }
    }

    fn show_recordings(&mut self, ui: &mut Ui, snapshot: &Snapshot) {
        let library = &snapshot.library;
        let hover = "Names, descriptions and dates are searched";
        widgets::field(ui, &mut self.search, "Search films' recordings", "Search", hover);
        let rows = self.rows.rows(library, &self.search, |library| {
            let search = Search::new(&self.search);
            let all = library.recordings.iter().enumerate();
            let fit = all.filter(|(_, item)| {
                item.is_playable && search.fits(&[&item.title, &item.description, &item.recording])
            });
            fit.map(|(index, _)| index).collect()
        });
        let recording = &mut self.recording;
        ui.scope(|ui| {
            if rows.is_empty() {
                ui.set_min_height(LIST);
                widgets::remark(ui, "No recording that could be filmed.");
                return;
            }
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.set_min_height(LIST);
            let list = ScrollArea::vertical().id_salt("film recordings").max_height(LIST);
            list.auto_shrink([false, false]).show_rows(
                ui,
                style::ROW,
                rows.len(),
                |ui, visible| {
                    for index in rows[visible].iter().copied() {
                        let item = &library.recordings[index];
                        let is_chosen = recording.as_ref() == Some(&item.recording);
                        let name = format!("Film {}", title(item));
                        let (row, ()) =
                            widgets::row(ui, &name, style::ROW, is_chosen, |ui, rect| {
                                let length = item.duration.map(words::length).unwrap_or_default();
                                ui.label(RichText::new(length).small().color(style::WEAK));
                                let left = ui.min_rect().left() - 4.0;
                                let text = egui::Rect::from_min_max(
                                    rect.min,
                                    egui::pos2(left, rect.bottom()),
                                );
                                let colour = if is_chosen { style::ACCENT } else { style::TEXT };
                                widgets::paint_text(
                                    ui,
                                    text,
                                    title(item),
                                    TextStyle::Button,
                                    colour,
                                );
                            });
                        if row.on_hover_text(&item.recording).clicked() {
                            *recording = Some(item.recording.clone());
                        }
                    }
                },
            );
        });
    }

    fn show_picture(&mut self, ui: &mut Ui, snapshot: &Snapshot) {
        widgets::flow(ui, |ui| {
            ui.label("Size");
            let own = self.size.trim().replace('x', " × ");
            let mut sizes = SIZES.to_vec();
            if sizes.iter().all(|(size, _)| *size != self.size) {
                sizes.insert(0, (&self.size, &own));
            }
            let hover = "Width and height, pixels";
            let chosen = widgets::choice(ui, "Size", hover, &sizes, self.size.as_str());
            if let Some(size) = chosen.map(str::to_owned) {
                self.size = size;
            }
            let field = &mut self.size;
            widgets::field_of(ui, field, "Size in pixels", "1920x1080", "Any size", 84.0);
        });
        widgets::flow(ui, |ui| {
            ui.label("Frames a second");
            let hover = "How many pictures a second the film has";
            if let Some(fps) = widgets::choice(ui, "Frames a second", hover, &RATES, self.fps) {
                self.fps = fps;
            }
            ui.label("View");
            let mut views = vec![(None, "first")];
            views.extend(
                snapshot.views.names.iter().enumerate().map(|(i, name)| (Some(i), name.as_str())),
            );
            let hover = "Through which camera";
            if let Some(view) = widgets::choice(ui, "Film view", hover, &views, self.view) {
                self.view = view;
            }
        });
    }

    fn show_part(&mut self, ui: &mut Ui, snapshot: &Snapshot) {
        let mut is_whole = self.to_s.is_none() && self.from_s == 0.0;
        widgets::flow(ui, |ui| {
            if widgets::check(ui, &mut is_whole, "Whole recording", "From its start to its end") {
                self.from_s = 0.0;
                self.to_s = (!is_whole).then(|| self.duration_s(snapshot));
            }
            if let Some(to_s) = &mut self.to_s {
                ui.label("from");
                let from =
                    DragValue::new(&mut self.from_s).range(0.0..=1e7).suffix(" s").speed(0.1);
                widgets::named(ui.add(from), "From").on_hover_text("First moment, seconds");
                ui.label("to");
                let to = DragValue::new(to_s).range(0.0..=1e7).suffix(" s").speed(0.1);
                widgets::named(ui.add(to), "To").on_hover_text("Last moment, seconds");
            }
        });
        if self.to_s.is_some_and(|to_s| to_s <= self.from_s) {
            widgets::fault(ui, "The part ends before it begins");
        }
    }

    fn duration_s(&self, snapshot: &Snapshot) -> f64 {
        let chosen = snapshot.library.recordings.iter();
        let mut chosen = chosen.filter(|item| Some(&item.recording) == self.recording.as_ref());
        let duration = chosen.next().and_then(|item| item.duration);
        duration.map_or(60.0, |duration| duration.as_secs().max(0.1))
    }
}

fn show_film(ui: &mut Ui, film: &FilmView, tell: &mut impl FnMut(FilmCommand)) {
    let done = film.frames as f32 / film.of_frames.max(1) as f32;
    match &film.ended {
        Some(ended) => {
            let is_whole = film.frames > 0 && film.frames >= film.of_frames;
            let colour = if is_whole { style::GREEN } else { style::AMBER };
            ui.label(RichText::new(ended).color(colour));
            if !ended.contains(&film.path) {
                widgets::remark(ui, &film.path);
            }
        }
        None => {
            let bar = ProgressBar::new(done).fill(style::CHOSEN);
            let text =
                format!("{} of {} frames", words::count(film.frames), words::count(film.of_frames));
            widgets::named(ui.add(bar.text(text)), "Film progress").on_hover_text(&film.path);
            ui.horizontal(|ui| {
                let hover = "What there is of it can be played";
                if widgets::red_button(ui, "Stop film", hover).clicked() {
                    tell(FilmCommand::Stop {});
                }
                widgets::remark(ui, &film.path);
            });
        }
    }
}
