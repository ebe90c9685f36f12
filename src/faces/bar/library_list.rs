//! The list of recordings: searched, starred, secured, put into the trash, played.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Align, Layout, Rect, RichText, ScrollArea, TextStyle, Ui, UiBuilder, vec2};
use skyreel_core::command::{Command, LibraryCommand};
use skyreel_core::snapshot::{LibraryView, ModeView, RecordingItem, Snapshot};

use super::edit_form::{self, Chosen, EditForm};
use super::edit_view;
use super::filtered::{Filtered, Search};
use super::icons::Icon;
use super::session_panel::state_colour;
use super::thumbnails::Thumbnails;
use super::widgets::{self, IconButton};
use super::{style, trash_list, words};

/// How high a recording's row is, points.
const ROW: f32 = 44.0;
/// How large its picture is, points.
const PICTURE: egui::Vec2 = vec2(56.0, 32.0);

/// What is searched for, chosen and asked.
#[derive(Debug, Default)]
pub(super) struct LibraryList {
    search: String,
    only_favourites: bool,
    chosen: Option<String>,
    /// The recording that is to go into the trash, if a second click says so.
    asks_trash: Option<String>,
    rows: Filtered<LibraryView, (String, bool), ListRow>,
    /// What is to be made of one.
    form: Option<EditForm>,
    /// Whether the trash is shown in place of the recordings.
    shows_trash: bool,
    pub(super) thumbnails: Thumbnails,
}

/// A row of the list.
#[derive(Clone, Copy, Debug)]
struct ListRow {
    index: usize,
    /// Whether its title alone does not say which file it is.
    needs_file: bool,
}

/// What was asked of a row.
enum Asked {
    Play,
    Choose,
    AskTrash,
    KeepIt,
    Edit(Chosen),
    Library(LibraryCommand),
}

impl LibraryList {
    /// Shows the list; gives the recording that is to be played.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        height: f32,
        snapshot: &Snapshot,
        say: &mut Vec<Command>,
    ) -> Option<String> {
        let library = &snapshot.library;
        ui.horizontal(|ui| {
            let width = ui.available_width() - 116.0;
            let hint = format!("Search {} recordings", library.recordings.len());
            let hover = "Names, descriptions and dates are searched";
            widgets::field_of(ui, &mut self.search, "Search recordings", &hint, hover, width);
            let star = IconButton::new(Icon::StarFull, "Only favourites");
            if ui.add(star.chosen(self.only_favourites)).clicked() {
                self.only_favourites = !self.only_favourites;
            }
            let trash = IconButton::new(Icon::Trash, "Trash").chosen(self.shows_trash);
            let hover =
                format!("What was thrown away: {}", words::count(library.trash.len() as u64));
            if ui.add(trash.hover(hover)).clicked() {
                self.shows_trash = !self.shows_trash;
            }
            let refresh = IconButton::new(Icon::Loop, "Refresh recordings");
            if ui.add(refresh.hover("Look again what is in the folder")).clicked() {
                say.push(Command::Library(LibraryCommand::Refresh {}));
            }
        });
        if let Some(fault) = &library.fault {
            widgets::fault(ui, fault);
        }
        let top = ui.cursor().top();
        if self.shows_trash {
            trash_list::show(ui, height, &self.search, library, say);
            return None;
        }
        if let Some(edit) = &snapshot.edit {
            edit_view::show(ui, edit, say);
        }
        let is_busy = snapshot.edit.as_ref().is_some_and(|edit| edit.ended.is_none());
        if let Some(form) = &mut self.form
            && form.show(ui, library, is_busy, say)
        {
            self.form = None;
        }
        let height = (height - (ui.cursor().top() - top)).max(2.0 * ROW);
        let playing = match &snapshot.mode {
            ModeView::Playing(playing) => Some(playing.recording.as_str()),
            _ => None,
        };
        let asked = self.show_rows(ui, height, library, playing);
        let (index, asked) = asked?;
        let item = &library.recordings[index];
        match asked {
            Asked::Play => return Some(item.recording.clone()),
            Asked::Choose => self.chosen = Some(item.recording.clone()),
            Asked::AskTrash => self.asks_trash = Some(item.recording.clone()),
            Asked::KeepIt => self.asks_trash = None,
            Asked::Edit(Chosen::Form(form)) => self.form = EditForm::new(item, form),
            Asked::Edit(Chosen::Journey) => say.push(edit_form::open_as_journey(item)),
            Asked::Library(command) => {
                self.asks_trash = None;
                say.push(Command::Library(command));
            }
        }
        None
    }

    fn show_rows(
        &mut self,
        ui: &mut Ui,
        height: f32,
        library: &Arc<LibraryView>,
        playing: Option<&str>,
    ) -> Option<(usize, Asked)> {
        let asked = (self.search.clone(), self.only_favourites);
        let rows = self.rows.rows(library, &asked, |library| fitting(library, &asked));
        if rows.is_empty() {
            let text = if library.recordings.is_empty() {
                format!("No recordings yet in {}", library.folder)
            } else {
                "No recording fits.".to_owned()
            };
            ui.scope(|ui| {
                ui.set_min_height(height);
                widgets::cut_line(ui, RichText::new(text).small().color(style::WEAK));
            });
            return None;
        }
        let mut result = None;
        let has_pictures = library.recordings.iter().any(|item| item.has_thumbnail);
        let thumbnails = &mut self.thumbnails;
        let list = ScrollArea::vertical().id_salt("recordings").max_height(height);
        ui.spacing_mut().item_spacing.y = 2.0;
        list.auto_shrink([false, false]).show_rows(ui, ROW, rows.len(), |ui, visible| {
            for ListRow { index, needs_file } in rows[visible].iter().copied() {
                let item = &library.recordings[index];
                let pictures = has_pictures.then_some(&mut *thumbnails);
                let is_chosen = self.chosen.as_ref() == Some(&item.recording);
                let asks = self.asks_trash.as_ref() == Some(&item.recording);
                let is_playing = playing == Some(item.recording.as_str());
                let state = RowState { needs_file, is_chosen, asks_trash: asks, is_playing };
                if let Some(asked) = show_row(ui, item, state, pictures) {
                    result = Some((index, asked));
                }
            }
        });
        result
    }
}

/// The recordings that fit, in the library's order, favourites first.
fn fitting(library: &LibraryView, (search, only_favourites): &(String, bool)) -> Vec<ListRow> {
    let mut titled: HashMap<&str, usize> = HashMap::new();
    for item in &library.recordings {
        *titled.entry(title(item)).or_default() += 1;
    }
    let search = Search::new(search);
    let fits = |item: &RecordingItem| {
        (item.is_favourite || !only_favourites)
            && search.fits(&[&item.title, &item.description, &item.recording, &item.created_utc])
    };
    let all = library.recordings.iter().enumerate().filter(|(_, item)| fits(item));
    let all = all.map(|(index, item)| {
        let is_alone = titled.get(title(item)) == Some(&1);
        ListRow { index, needs_file: !is_alone || !is_named_as_file(item) }
    });
    let (mut first, rest): (Vec<_>, Vec<_>) =
        all.partition(|row| library.recordings[row.index].is_favourite);
    first.extend(rest);
    first
}

/// Whether the title is the file's name, with or without its ending.
fn is_named_as_file(item: &RecordingItem) -> bool {
    let file = item.recording.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    [file, stem, &item.recording].contains(&title(item))
}

/// How a row is to be shown.
#[derive(Clone, Copy, Debug)]
struct RowState {
    needs_file: bool,
    is_chosen: bool,
    asks_trash: bool,
    is_playing: bool,
}

/// `pictures`: where any recording has one, so that all texts begin at one line.
fn show_row(
    ui: &mut Ui,
    item: &RecordingItem,
    state: RowState,
    mut pictures: Option<&mut Thumbnails>,
) -> Option<Asked> {
    let RowState { needs_file, is_chosen, asks_trash, is_playing } = state;
    let name = title(item);
    let facts = facts(item, needs_file);
    let (response, mut asked) = widgets::row(ui, name, ROW, is_chosen, |ui, rect| {
        let asked = if asks_trash { ask_trash(ui, item) } else { buttons(ui, item, is_chosen) };
        let left =
            Rect::from_min_max(rect.min, egui::pos2(ui.min_rect().left() - 4.0, rect.bottom()));
        let star = favourite(ui, item, left);
        let mut text = left;
        text.min.x += 30.0;
        if let Some(pictures) = pictures.as_deref_mut() {
            let place = Rect::from_min_size(text.min + vec2(0.0, 6.0), PICTURE);
            pictures.show(ui, place, item);
            text.min.x += PICTURE.x + 6.0;
        }
        write(ui, item, &facts, text, is_playing);
        asked.or(star)
    });
    if asked.is_none() && item.is_playable && widgets::is_double_clicked(&response) {
        asked = Some(Asked::Play);
    } else if asked.is_none() && response.clicked() {
        asked = Some(Asked::Choose);
    }
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(facts));
    response.on_hover_ui(|ui| hover(ui, item, pictures));
    asked
}

/// What is called by its title, or else by its file.
pub(super) fn title(item: &RecordingItem) -> &str {
    if item.title.is_empty() { &item.recording } else { &item.title }
}

fn hover(ui: &mut Ui, item: &RecordingItem, pictures: Option<&mut Thumbnails>) {
    if let Some(pictures) = pictures {
        pictures.show_in_line(ui, 240.0, item);
    }
    ui.strong(title(item));
    ui.label(&item.recording);
    if !item.description.is_empty() {
        ui.label(&item.description);
    }
    if !item.condition.is_empty() {
        ui.colored_label(state_colour(item.is_playable), &item.condition);
    }
    if item.is_playable {
        widgets::remark(ui, "Double click to play");
    }
}

fn favourite(ui: &mut Ui, item: &RecordingItem, left: Rect) -> Option<Asked> {
    let at = Rect::from_min_size(left.min + vec2(0.0, 10.0), vec2(24.0, 24.0));
    let mut place = ui.new_child(
        UiBuilder::new().max_rect(at).layout(Layout::left_to_right(Align::Center)).id_salt("star"),
    );
    let (icon, colour, verb) = if item.is_favourite {
        (Icon::StarFull, style::AMBER, "Not a favourite any more:")
    } else {
        (Icon::Star, style::WEAK, "Favourite:")
    };
    let name = format!("{verb} {}", title(item));
    let star = IconButton::new(icon, &name).colour(colour).size(vec2(24.0, 24.0));
    place.add(star).clicked().then(|| {
        let (recording, on) = (item.recording.clone(), !item.is_favourite);
        Asked::Library(LibraryCommand::Favourite { recording, on })
    })
}

fn buttons(ui: &mut Ui, item: &RecordingItem, is_chosen: bool) -> Option<Asked> {
    let mut asked = None;
    let recording = || item.recording.clone();
    let play = format!("Play {}", title(item));
    let colour = if is_chosen { style::ACCENT } else { style::TEXT };
    let hover = if item.is_playable { &play } else { &item.condition };
    ui.add_enabled_ui(item.is_playable, |ui| {
        let play = IconButton::new(Icon::Play, &play).colour(colour).hover(hover);
        if ui.add(play.size(vec2(30.0, 28.0))).clicked() {
            asked = Some(Asked::Play);
        }
    });
    let is_kept = item.is_secured || item.is_favourite;
    ui.add_enabled_ui(!is_kept, |ui| {
        let name = format!("Trash {}", title(item));
        let hover = match (item.is_secured, item.is_favourite) {
            (true, _) => "It is secured; open its lock first",
            (_, true) => "It is a favourite; take its star away first",
            _ => "Put into the trash; asks first",
        };
        let trash = IconButton::new(Icon::Trash, &name).hover(hover);
        if ui.add(trash.size(vec2(24.0, 24.0))).clicked() {
            asked = Some(Asked::AskTrash);
        }
    });
    ui.add_enabled_ui(item.is_playable, |ui| {
        let name = format!("Edit {}", title(item));
        let edit = IconButton::new(Icon::Pen, &name).hover("Make another of it, or rename it");
        let edit = ui.add(edit.size(vec2(24.0, 24.0)));
        asked = edit_form::menu(&edit).map(Asked::Edit).or(asked.take());
    });
    let (icon, verb, hover) = if item.is_secured {
        (Icon::Lock, "Open the lock of", "Secured: it is never put into the trash")
    } else {
        (Icon::LockOpen, "Secure", "Keep it out of the trash")
    };
    let name = format!("{verb} {}", title(item));
    let colour = if item.is_secured { style::GREEN } else { style::WEAK };
    let lock = IconButton::new(icon, &name).colour(colour).hover(hover).size(vec2(24.0, 24.0));
    if ui.add(lock).clicked() {
        let (recording, on) = (recording(), !item.is_secured);
        asked = Some(Asked::Library(LibraryCommand::Secure { recording, on }));
    }
    asked
}

fn ask_trash(ui: &mut Ui, item: &RecordingItem) -> Option<Asked> {
    let mut asked = None;
    if widgets::button(ui, "Keep", "Leave it where it is").clicked() {
        asked = Some(Asked::KeepIt);
    }
    let hover = format!("'{}' goes into the trash, where it can be brought back from", title(item));
    if widgets::red_button(ui, "To the trash", &hover).clicked() {
        let recording = item.recording.clone();
        asked = Some(Asked::Library(LibraryCommand::Trash { recording }));
    }
    asked
}

fn write(ui: &Ui, item: &RecordingItem, facts: &str, room: Rect, is_playing: bool) {
    let text = room.shrink2(vec2(0.0, 3.0));
    let (top, bottom) = text.split_top_bottom_at_fraction(0.52);
    let colour = match (item.is_playable, is_playing) {
        (_, true) => style::ACCENT,
        (true, _) => style::TEXT,
        (false, _) => style::WEAK.gamma_multiply(0.7),
    };
    widgets::paint_text(ui, top, title(item), TextStyle::Button, colour);
    let is_sound = item.is_playable && damage(item).is_none();
    let colour = if is_sound { style::WEAK } else { style::RED };
    widgets::paint_text(ui, bottom, facts, TextStyle::Small, colour);
}

/// What is wrong with a damaged recording.
fn damage(item: &RecordingItem) -> Option<&str> {
    item.condition.strip_prefix("damaged:").map(str::trim)
}

/// What is to be known of a recording, in a line, what matters most first; of one that is damaged or
/// cannot be played, why.
fn facts(item: &RecordingItem, needs_file: bool) -> String {
    let mut facts = Vec::new();
    match damage(item) {
        Some(reason) => facts.push(reason.to_owned()),
        None if !item.is_playable && !item.condition.is_empty() => {
            facts.push(item.condition.clone());
        }
        None => {}
    }
    let is_told = !facts.is_empty();
    if needs_file {
        facts.push(item.recording.clone());
    }
    if is_told {
        return facts.join(" · ");
    }
    if !item.created_utc.is_empty() {
        facts.push(words::list_date(&item.created_utc));
    }
    facts.extend(item.duration.map(words::length));
    facts.push(words::bytes(item.bytes));
    if !item.condition.is_empty() {
        facts.push(item.condition.clone());
    }
    if let (false, Some((folder, _))) = (needs_file, item.recording.rsplit_once('/')) {
        facts.push(format!("{folder}/"));
    }
    facts.join(" · ")
}
