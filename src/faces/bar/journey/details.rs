//! What is to be known of the keys that are selected, and to be changed of one; of the journey where none
//! is.

use egui::{DragValue, TextEdit, Ui};
use skyreel_core::catalogue::PropertySpec;
use skyreel_core::command::{Command, JourneyCommand};
use skyreel_core::journey::KeyId;
use skyreel_core::snapshot::{JourneyView, KeyOf, KeyView, SceneView};
use skyreel_core::value::Value;

use super::super::node_properties::NodeProperties;
use super::super::{widgets, words};
use super::lanes::{PACES, short_path};

/// What is typed for the key that is selected, until it is said.
#[derive(Debug, Default)]
pub(super) struct Details {
    of: Option<KeyId>,
    name: Draft,
    code: Draft,
    at_s: Option<f64>,
    over_s: Option<f64>,
    value: Option<Value>,
    properties: NodeProperties,
    date: String,
    /// The field that is to have the keyboard.
    wants_focus: bool,
}

/// What is typed into a field, and whether it has the keyboard.
#[derive(Debug, Default)]
struct Draft {
    text: String,
    is_open: bool,
}

impl Draft {
    /// What was typed, once the field is left or entered; what is there otherwise is put into it.
    fn settled(&mut self, is_open: bool, is_entered: bool, now: &str) -> Option<String> {
        let was_open = std::mem::replace(&mut self.is_open, is_open);
        let typed = self.text.trim_end().to_owned();
        if !is_open {
            now.clone_into(&mut self.text);
        }
        (was_open && (!is_open || is_entered) && typed != now).then_some(typed)
    }
}

impl Details {
    /// A key is to be edited: its name, its value or its text has the keyboard.
    pub(super) fn edit(&mut self) {
        self.wants_focus = true;
    }

    /// Says what was typed for a key that is not the selected one any more.
    fn settle(&mut self, view: &JourneyView, say: &mut Vec<Command>) {
        let Some(key) = self.of.and_then(|of| view.keys.iter().find(|key| key.key == of)) else {
            return;
        };
        if let Some(name) = self.name.settled(false, false, &key.name) {
            say.push(Command::Journey(JourneyCommand::Name { key: key.key, name }));
        }
        if let KeyOf::Script { code } = &key.of
            && let Some(code) = self.code.settled(false, false, code)
        {
            say.push(Command::Journey(JourneyCommand::Code { key: key.key, code }));
        }
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        view: &JourneyView,
        chosen: &[&KeyView],
        scene: &SceneView,
        say: &mut Vec<Command>,
    ) {
        let one = match chosen {
            [key] => Some(*key),
            _ => None,
        };
        if self.of != one.map(|key| key.key) {
            self.settle(view, say);
            self.of = one.map(|key| key.key);
            (self.at_s, self.over_s, self.value) = (None, None, None);
            (self.name, self.code) = Default::default();
            if let Some(key) = one {
                self.take_over(key);
            }
        }
        match (one, chosen) {
            (Some(key), _) => self.show_key(ui, key, scene, say),
            (None, []) => self.show_journey(ui, view, say),
            (None, several) => show_several(ui, several),
        }
    }

    fn take_over(&mut self, key: &KeyView) {
        self.name.text.clone_from(&key.name);
        if let KeyOf::Script { code } = &key.of {
            self.code.text.clone_from(code);
        }
    }

    fn show_key(&mut self, ui: &mut Ui, key: &KeyView, scene: &SceneView, say: &mut Vec<Command>) {
        let id = key.key;
        let mut tell = |command| say.push(Command::Journey(command));
        let focuses = std::mem::take(&mut self.wants_focus);
        let hint = format!("Name of key {}", id.0);
        let text = &mut self.name.text;
        let name = widgets::field(ui, text, "Key name", &hint, "Enter to change it");
        if let Some(name) = self.name.settled(name.has_focus(), false, &key.name) {
            tell(JourneyCommand::Name { key: id, name });
        }
        if focuses && !matches!(key.of, KeyOf::Script { .. }) {
            name.request_focus();
        }
        ui.horizontal(|ui| {
            ui.label("At");
            let at_s = key.at.as_secs();
            let new = settled(ui, &mut self.at_s, at_s, "Key time", "When, seconds; drag or type");
            if let Some(new) = new.filter(|new| *new != at_s) {
                tell(JourneyCommand::Move { keys: vec![id], by_s: new.max(0.0) - at_s });
            }
            let pace = PACES.iter().find(|(pace, _, _)| *pace == key.pace);
            let name = pace.map_or("", |(_, name, _)| name);
            widgets::remark(ui, &name.to_lowercase());
        });
        match &key.of {
            KeyOf::Camera { anchor, distance_m } => {
                let place = format!("{} from {anchor}", words::distance(*distance_m));
                widgets::remark(ui, &place);
            }
            KeyOf::Property { path, value, over } => {
                let over_s = over.as_secs();
                let spec = spec(scene, path, value);
                if let Some(value) = self.show_value(ui, path, &spec, value) {
                    tell(JourneyCommand::Value { key: id, value, over_s: None });
                }
                ui.horizontal(|ui| {
                    ui.label("over");
                    let hover = "How long the change takes, seconds";
                    let new = settled(ui, &mut self.over_s, over_s, "Change takes", hover);
                    if let Some(new) = new.filter(|new| *new != over_s) {
                        let (value, over_s) = (value.clone(), Some(new.max(0.0)));
                        tell(JourneyCommand::Value { key: id, value, over_s });
                    }
                });
            }
            KeyOf::Script { code } => self.show_code(ui, id, code, focuses, &mut tell),
        }
    }

    /// What is dragged is said once it is let go.
    fn show_value(
        &mut self,
        ui: &mut Ui,
        path: &str,
        spec: &PropertySpec,
        value: &Value,
    ) -> Option<Value> {
        widgets::path_line(ui, path);
        let now = self.value.clone().unwrap_or_else(|| value.clone());
        let end = path.rsplit('.').next().unwrap_or(path);
        let new = ui.horizontal(|ui| self.properties.show_value(ui, end, spec, &now)).inner;
        self.value = new.or(self.value.take());
        let is_held = ui.input(|input| input.pointer.any_down());
        self.value.take_if(|new| !is_held || new == value).filter(|new| new != value)
    }

    fn show_code(
        &mut self,
        ui: &mut Ui,
        key: KeyId,
        code: &str,
        focuses: bool,
        tell: &mut impl FnMut(JourneyCommand),
    ) {
        let field = code_field(ui, &mut self.code.text, "Script");
        if focuses {
            field.request_focus();
        }
        let is_entered = field.has_focus()
            && ui.input(|input| input.modifiers.command && input.key_pressed(egui::Key::Enter));
        if let Some(code) = self.code.settled(field.has_focus(), is_entered, code) {
            tell(JourneyCommand::Code { key, code });
        }
        widgets::remark(ui, "Ctrl+Enter, or a click elsewhere, changes it");
    }

    fn show_journey(&mut self, ui: &mut Ui, view: &JourneyView, say: &mut Vec<Command>) {
        if view.keys.is_empty() {
            widgets::remark(
                ui,
                "Fly to where the journey is to begin and add a key of what is seen; then on to the \
                 next. The way between is made by itself.",
            );
        } else {
            let count = view.keys.len();
            let keys = if count == 1 { "key" } else { "keys" };
            let length = words::moment(view.duration);
            let text = format!("{} {keys}, {length} long", words::count(count as u64));
            widgets::remark(ui, &text);
        }
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 64.0).max(40.0);
            let date = view.date.map(words::date).unwrap_or_default();
            let hint = if date.is_empty() { "Date at its start" } else { &date };
            let hover = "The date in the scene at the journey's start: ISO 8601, UTC, or now";
            let field = &mut self.date;
            let field = widgets::field_of(ui, field, "Journey date", hint, hover, width - 16.0);
            let set = widgets::button(ui, "Set", "Begin the journey at this date");
            let date = self.date.trim();
            if (widgets::is_entered(ui, &field) || set.clicked()) && !date.is_empty() {
                let (date, rate) = (date.to_owned(), None);
                say.push(Command::Journey(JourneyCommand::Date { date, rate }));
                self.date.clear();
            }
        });
        for warning in &view.warnings {
            let text = format!("{}  {}", words::moment(warning.at), warning.text);
            widgets::fault(ui, &text);
        }
    }
}

fn show_several(ui: &mut Ui, chosen: &[&KeyView]) {
    let (first, last) = (chosen.first().map(|key| key.at), chosen.last().map(|key| key.at));
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    ui.label(format!("{} keys selected", words::count(chosen.len() as u64)));
    widgets::remark(ui, &format!("{} to {}", words::moment(first), words::moment(last)));
    widgets::remark(
        ui,
        "Drag moves them all, Alt+drag without snapping; Ctrl+D puts them once more where the time stands",
    );
}

/// What is known of a property; of one that the scene does not have, what its value tells.
pub(super) fn spec(scene: &SceneView, path: &str, value: &Value) -> PropertySpec {
    let known = scene.properties.binary_search_by(|spec| spec.path.as_str().cmp(path));
    let known = known.ok().and_then(|index| scene.properties.get(index)).cloned();
    known.unwrap_or_else(|| PropertySpec {
        path: short_path(path).to_owned(),
        tags: Vec::new(),
        default: value.clone(),
        range: None,
    })
}

/// A number of seconds; gives what it is to be, once it is typed or let go.
fn settled(
    ui: &mut Ui,
    draft: &mut Option<f64>,
    value_s: f64,
    name: &str,
    hover: &str,
) -> Option<f64> {
    let mut number = draft.unwrap_or(value_s);
    let field =
        DragValue::new(&mut number).range(0.0..=1e7).speed(0.05).max_decimals(3).suffix(" s");
    let field =
        widgets::named(ui.add(field.update_while_editing(false)), name).on_hover_text(hover);
    if field.changed() && number.is_finite() {
        *draft = Some(number);
    }
    let is_held = ui.input(|input| input.pointer.any_down());
    if is_held { None } else { draft.take() }
}

/// A field for a script.
pub(super) fn code_field(ui: &mut Ui, code: &mut String, name: &str) -> egui::Response {
    let edit = TextEdit::multiline(code)
        .code_editor()
        .hint_text("skyreel.clock.pause()")
        .lock_focus(false)
        .desired_rows(3)
        .desired_width(f32::INFINITY);
    widgets::named(ui.add(edit), name).on_hover_text("Lua; Ctrl+Enter is done")
}
