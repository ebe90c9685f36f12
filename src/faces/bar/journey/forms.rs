//! Small forms beside the time line: open, save, export, add a property's change or a script.

use egui::{RichText, ScrollArea, TextStyle, Ui};
use skyreel_core::command::{Command, JourneyCommand};
use skyreel_core::snapshot::{JourneyView, SceneView, Snapshot};
use skyreel_core::value::Value;

use super::super::filtered::{Filtered, Search};
use super::super::library_list::title;
use super::super::node_properties::NodeProperties;
use super::super::{style, widgets, words};
use super::details::{code_field, spec};
use super::lanes::short_path;

/// Formats to export to: the file's ending, and what it is good for.
const FORMATS: [(&str, &str); 4] = [
    (".osrectxt", ".osrectxt: OpenSpace, text"),
    (".osrec", ".osrec: OpenSpace, binary"),
    (".skyreel", ".skyreel"),
    (".ron", ".ron: text"),
];

/// The form that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    #[default]
    None,
    /// Whether what is not saved may go: for an empty one.
    AskNew,
    /// Whether what is not saved may go: for this recording.
    AskOpen(String),
    Open,
    Save,
    Export,
    Property,
    Script,
}

/// What is typed and chosen in forms.
#[derive(Debug, Default)]
pub(super) struct Forms {
    open: Form,
    /// Whether it was opened in this frame, so that its first field takes the keyboard.
    is_new: bool,
    name: String,
    overwrite: bool,
    format: usize,
    search: String,
    path: Option<String>,
    value: Option<Value>,
    over_s: f64,
    code: String,
    properties: NodeProperties,
    recordings: Filtered<skyreel_core::snapshot::LibraryView, String, usize>,
    paths: Filtered<SceneView, String, usize>,
}

impl Forms {
    pub(super) fn is_open(&self) -> bool {
        self.open != Form::None
    }

    /// Opens a form, or closes it where it is open already.
    pub(super) fn toggle(&mut self, form: Form, view: &JourneyView) {
        if self.open == form { self.close() } else { self.open(form, view) }
    }

    /// Opens a form. Nothing is left in it of what was typed into another.
    pub(super) fn open(&mut self, form: Form, view: &JourneyView) {
        self.is_new = true;
        self.open = form;
        self.search.clear();
        if matches!(self.open, Form::Save | Form::Export) {
            self.name.clone_from(&view.name);
            self.overwrite = false;
        }
        (self.path, self.value) = (None, None);
    }

    pub(super) fn close(&mut self) {
        self.open = Form::None;
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        height: f32,
        snapshot: &Snapshot,
        say: &mut Vec<Command>,
    ) {
        let view = &snapshot.journey;
        let asked = match self.open.clone() {
            Form::None => return,
            Form::AskNew => self.show_ask(ui, JourneyCommand::New {}),
            Form::AskOpen(recording) => self.show_ask(ui, JourneyCommand::Open { recording }),
            Form::Open => self.show_open(ui, height, snapshot),
            Form::Save => self.show_save(ui),
            Form::Export => self.show_export(ui),
            Form::Property => self.show_property(ui, height, snapshot),
            Form::Script => self.show_script(ui),
        };
        self.is_new = false;
        let Some(command) = asked else { return };
        match command {
            JourneyCommand::Open { recording }
                if view.is_changed && !matches!(self.open, Form::AskOpen(_)) =>
            {
                self.open = Form::AskOpen(recording);
            }
            command => {
                self.close();
                say.push(Command::Journey(command));
            }
        }
    }

    fn head(&mut self, ui: &mut Ui, text: &str) {
        ui.horizontal(|ui| {
            ui.label(RichText::new(text).strong());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if widgets::button(ui, "Cancel", "Leave everything as it is (Esc)").clicked() {
                    self.close();
                }
            });
        });
    }

    fn show_ask(&mut self, ui: &mut Ui, then: JourneyCommand) -> Option<JourneyCommand> {
        self.head(ui, "Not saved");
        widgets::remark(
            ui,
            "This journey has changes that are not saved. Undo brings it back, but only until the \
             program ends.",
        );
        let goes = widgets::red_button(ui, "Go on without saving", "Undo brings it back").clicked();
        goes.then_some(then)
    }

    fn show_open(
        &mut self,
        ui: &mut Ui,
        height: f32,
        snapshot: &Snapshot,
    ) -> Option<JourneyCommand> {
        self.head(ui, "Open a recording");
        let library = &snapshot.library;
        let hint = format!("Search {} recordings", library.recordings.len());
        let hover = "Its keys, changes and scripts are what the journey begins with";
        let field = widgets::field(ui, &mut self.search, "Search journeys", &hint, hover);
        if self.is_new {
            field.request_focus();
        }
        let rows = self.recordings.rows(library, &self.search, |library| {
            let search = Search::new(&self.search);
            let all = library.recordings.iter().enumerate();
            let fit = all.filter(|(_, item)| {
                item.is_playable && search.fits(&[&item.title, &item.recording])
            });
            fit.map(|(index, _)| index).collect()
        });
        let mut picked = None;
        list(ui, "journeys", height - 62.0, rows.len(), |ui, row| {
            let item = &library.recordings[rows[row]];
            let length = item.duration.map(words::length).unwrap_or_default();
            let name = format!("Open {}", title(item));
            if line(ui, &name, title(item), &length, false).on_hover_text(&item.recording).clicked()
            {
                picked = Some(JourneyCommand::Open { recording: item.recording.clone() });
            }
        });
        picked
    }

    fn show_save(&mut self, ui: &mut Ui) -> Option<JourneyCommand> {
        self.head(ui, "Save as");
        let field = widgets::field(
            ui,
            &mut self.name,
            "Journey name",
            "Name, without ending",
            "A .ron text",
        );
        if self.is_new {
            field.request_focus();
        }
        let is_entered = widgets::is_entered(ui, &field);
        let hover = "A recording of that name is replaced";
        widgets::check(ui, &mut self.overwrite, "Replace", hover);
        let name = self.name.trim().to_owned();
        let mut asked = None;
        ui.add_enabled_ui(!name.is_empty(), |ui| {
            let hover = "Keep it in the recordings' folder";
            let save = widgets::main_button(ui, "Save", hover, style::CHOSEN).clicked();
            if save || is_entered && ui.is_enabled() {
                let overwrite = self.overwrite.then_some(true);
                asked = Some(JourneyCommand::Save { name: Some(name), overwrite });
            }
        });
        asked
    }

    fn show_export(&mut self, ui: &mut Ui) -> Option<JourneyCommand> {
        self.head(ui, "Export");
        let field =
            widgets::field(ui, &mut self.name, "Export name", "Name, without ending", "File name");
        if self.is_new {
            field.request_focus();
        }
        let is_entered = widgets::is_entered(ui, &field);
        let formats: Vec<(usize, &str)> = FORMATS.iter().map(|f| f.1).enumerate().collect();
        let hover = "What can read it";
        if let Some(format) = widgets::choice(ui, "Format", hover, &formats, self.format) {
            self.format = format;
        }
        let name = self.name.trim().to_owned();
        let mut asked = None;
        ui.add_enabled_ui(!name.is_empty(), |ui| {
            let hover = "Write it beside the recordings";
            let export = widgets::main_button(ui, "Export", hover, style::CHOSEN).clicked();
            if export || is_entered && ui.is_enabled() {
                let ending = FORMATS.get(self.format).map_or(".ron", |format| format.0);
                asked = Some(JourneyCommand::Export { name: name + ending });
            }
        });
        asked
    }

    fn show_property(
        &mut self,
        ui: &mut Ui,
        height: f32,
        snapshot: &Snapshot,
    ) -> Option<JourneyCommand> {
        self.head(ui, "Add a change");
        let scene = &snapshot.scene;
        let Some(path) = self.path.clone() else {
            self.choose_property(ui, height, scene);
            return None;
        };
        let now = snapshot.properties.get(&path).cloned().unwrap_or(Value::Bool(true));
        let value = self.value.clone().unwrap_or(now);
        let known = spec(scene, &path, &value);
        widgets::path_line(ui, &path);
        let end = path.rsplit('.').next().unwrap_or(&path);
        let new = ui.horizontal(|ui| self.properties.show_value(ui, end, &known, &value)).inner;
        let value = new.unwrap_or(value);
        self.value = Some(value.clone());
        ui.horizontal(|ui| {
            ui.label("over");
            let over = egui::DragValue::new(&mut self.over_s).range(0.0..=1e6).speed(0.05);
            let over = widgets::named(ui.add(over.suffix(" s")), "Change takes");
            over.on_hover_text("How long the change takes, seconds");
        });
        let hover = "Where the journey's time stands";
        let add = widgets::main_button(ui, "Add change", hover, style::CHOSEN).clicked();
        let over_s = (self.over_s > 0.0).then_some(self.over_s);
        add.then_some(JourneyCommand::AddProperty { path, value: Some(value), at_s: None, over_s })
    }

    fn choose_property(&mut self, ui: &mut Ui, height: f32, scene: &std::sync::Arc<SceneView>) {
        let hint = format!("Search {} properties", scene.properties.len());
        let hover = "A path, part of one, or a pattern: Scene.*Trail.Renderable.Enabled";
        let field = widgets::field(ui, &mut self.search, "Search properties", &hint, hover);
        if self.is_new {
            field.request_focus();
        }
        let is_entered = widgets::is_entered(ui, &field);
        let typed = self.search.trim().to_owned();
        let rows = self.paths.rows(scene, &self.search, |scene| {
            let search = Search::new(&self.search);
            let all = scene.properties.iter().enumerate();
            all.filter(|(_, spec)| search.fits(&[&spec.path])).map(|(index, _)| index).collect()
        });
        if typed.contains(['*', '{']) {
            let hover = "All that this pattern names change together";
            if widgets::button(ui, "Take this pattern", hover).clicked() || is_entered {
                self.path = Some(typed);
            }
            return;
        }
        let mut picked = None;
        list(ui, "paths", height - 62.0, rows.len(), |ui, row| {
            let path = &scene.properties[rows[row]].path;
            let name = format!("Property {path}");
            if line(ui, &name, short_path(path), "", true).on_hover_text(path).clicked() {
                picked = Some(path.clone());
            }
        });
        if is_entered && rows.len() == 1 {
            picked = rows.first().map(|row| scene.properties[*row].path.clone());
        }
        if picked.is_some() {
            self.path = picked;
        }
    }

    fn show_script(&mut self, ui: &mut Ui) -> Option<JourneyCommand> {
        self.head(ui, "Add a script");
        let field = code_field(ui, &mut self.code, "New script");
        if self.is_new {
            field.request_focus();
        }
        let is_entered = field.has_focus()
            && ui.input(|input| input.modifiers.command && input.key_pressed(egui::Key::Enter));
        let mut asked = None;
        ui.add_enabled_ui(!self.code.trim().is_empty(), |ui| {
            let hover = "It runs where the journey's time stands now";
            let add = widgets::main_button(ui, "Add script", hover, style::CHOSEN).clicked();
            if add || is_entered && ui.is_enabled() {
                let code = std::mem::take(&mut self.code).trim_end().to_owned();
                asked = Some(JourneyCommand::AddScript { code, at_s: None });
            }
        });
        asked
    }
}

fn list(ui: &mut Ui, name: &str, height: f32, rows: usize, mut add: impl FnMut(&mut Ui, usize)) {
    if rows == 0 {
        widgets::remark(ui, "Nothing fits.");
        return;
    }
    let list = ScrollArea::vertical().id_salt(name).max_height(height.max(48.0));
    ui.spacing_mut().item_spacing.y = 1.0;
    list.auto_shrink([false, true]).show_rows(ui, style::ROW, rows, |ui, visible| {
        for row in visible {
            add(ui, row);
        }
    });
}

/// A row of a list: what it is, and something beside.
fn line(ui: &mut Ui, name: &str, text: &str, beside: &str, is_path: bool) -> egui::Response {
    let (row, ()) = widgets::row(ui, name, style::ROW, false, |ui, rect| {
        if !beside.is_empty() {
            ui.label(RichText::new(beside).small().color(style::WEAK));
        }
        let left = ui.min_rect().left().min(rect.right()) - 4.0;
        let text_rect = egui::Rect::from_min_max(rect.min, egui::pos2(left, rect.bottom()));
        if is_path {
            widgets::paint_path(ui, text_rect, text, TextStyle::Button, style::TEXT);
        } else {
            widgets::paint_text(ui, text_rect, text, TextStyle::Button, style::TEXT);
        }
    });
    row
}
