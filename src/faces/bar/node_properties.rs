//! The properties of a node, each with what fits its kind.

use egui::{DragValue, RichText, ScrollArea, Slider, Ui};
use skyreel_core::catalogue::PropertySpec;
use skyreel_core::command::{Command, SceneCommand};
use skyreel_core::snapshot::{NodeView, SceneView, Snapshot};
use skyreel_core::value::Value;

use super::icons::Icon;
use super::style;
use super::widgets::{self, IconButton};

/// What is typed into a text that is not entered yet.
#[derive(Debug, Default)]
pub(super) struct NodeProperties {
    typed: Option<(String, String)>,
}

impl NodeProperties {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        height: f32,
        node: &NodeView,
        snapshot: &Snapshot,
        say: &mut Vec<Command>,
    ) {
        ui.horizontal(|ui| {
            ui.label(RichText::new(format!("{} properties", node.label)).strong());
            let name = format!("Reset {}", node.label);
            let reset = IconButton::new(Icon::Undo, &name);
            if ui.add(reset.hover("Give it back what the scene begins with")).clicked() {
                let path = Some(format!("Scene.{}.*", node.name));
                say.push(Command::Scene(SceneCommand::Reset { path }));
            }
        });
        let prefix = format!("Scene.{}.", node.name);
        let specs = of_node(&snapshot.scene, &prefix);
        if specs.is_empty() {
            widgets::remark(ui, "It has no properties.");
        }
        let list = ScrollArea::vertical().id_salt("properties").max_height(height);
        list.auto_shrink([false, false]).show_rows(ui, style::ROW, specs.len(), |ui, visible| {
            for spec in &specs[visible] {
                let value = snapshot.properties.get(&spec.path).unwrap_or(&spec.default);
                let name = spec.path[prefix.len()..].trim_start_matches("Renderable.");
                ui.horizontal(|ui| {
                    ui.set_height(style::ROW);
                    if let Some(value) = self.show_value(ui, name, spec, value) {
                        let path = spec.path.clone();
                        let (over_s, easing) = (None, None);
                        say.push(Command::Scene(SceneCommand::Set { path, value, over_s, easing }));
                    }
                    if *value != spec.default {
                        let label = format!("Reset {name}");
                        let hover = format!("Back to {}", spec.default);
                        let reset = IconButton::new(Icon::Undo, &label).hover(hover);
                        if ui.add(reset).clicked() {
                            let path = Some(spec.path.clone());
                            say.push(Command::Scene(SceneCommand::Reset { path }));
                        }
                    }
                });
            }
        });
    }

    /// Shows a property; gives what it is to hold.
    pub(super) fn show_value(
        &mut self,
        ui: &mut Ui,
        name: &str,
        spec: &PropertySpec,
        value: &Value,
    ) -> Option<Value> {
        match value {
            Value::Bool(is_on) => {
                let mut is_on = *is_on;
                widgets::check(ui, &mut is_on, name, &spec.path).then_some(Value::Bool(is_on))
            }
            Value::Number(number) => show_number(ui, name, spec, *number).map(Value::Number),
            Value::Text(text) => self.show_text(ui, name, spec, text),
            Value::Numbers(numbers) if is_colour(spec, numbers) => {
                show_colour(ui, name, spec, numbers)
            }
            Value::Numbers(numbers) => show_numbers(ui, name, spec, numbers),
        }
    }

    fn show_text(
        &mut self,
        ui: &mut Ui,
        name: &str,
        spec: &PropertySpec,
        value: &str,
    ) -> Option<Value> {
        let is_mine = self.typed.as_ref().is_some_and(|(path, _)| *path == spec.path);
        let mut text = match &self.typed {
            Some((_, typed)) if is_mine => typed.clone(),
            _ => value.to_owned(),
        };
        let hover = format!("{}: Enter to change it", spec.path);
        let field = widgets::field_of(ui, &mut text, name, "", &hover, 160.0);
        ui.label(name);
        if widgets::is_entered(ui, &field) {
            self.typed = None;
            return Some(Value::Text(text.into()));
        }
        if field.changed() {
            self.typed = Some((spec.path.clone(), text));
        } else if is_mine && !field.has_focus() {
            self.typed = None;
        }
        None
    }
}

/// The properties of a node, which stand together in their order.
fn of_node<'a>(scene: &'a SceneView, prefix: &str) -> &'a [PropertySpec] {
    let specs = &scene.properties;
    let first = specs.partition_point(|spec| spec.path.as_str() < prefix);
    let count = specs[first..].iter().take_while(|spec| spec.path.starts_with(prefix)).count();
    &specs[first..first + count]
}

fn show_number(ui: &mut Ui, name: &str, spec: &PropertySpec, value: f64) -> Option<f64> {
    let mut number = value;
    let limits = spec.range.filter(|(a, b)| a.is_finite() && b.is_finite() && a < b);
    let response = match limits {
        Some((least, greatest)) => {
            ui.spacing_mut().slider_width = 110.0;
            // Over many powers of ten a straight scale would leave no room for the small ones.
            let is_wide = least > 0.0 && greatest / least > 1e4;
            ui.add(Slider::new(&mut number, least..=greatest).logarithmic(is_wide).max_decimals(3))
        }
        None => {
            let speed = (value.abs() * 0.005).max(0.01);
            ui.add(DragValue::new(&mut number).speed(speed).max_decimals(6))
        }
    };
    let response = widgets::named(response, name).on_hover_text(&spec.path);
    ui.add(egui::Label::new(name).truncate());
    (response.changed() && number.is_finite() && number != value).then_some(number)
}

/// Three numbers of 0 to 1 are a colour where the name says so.
fn is_colour(spec: &PropertySpec, numbers: &[f64]) -> bool {
    let end = spec.path.rsplit('.').next().unwrap_or_default().to_lowercase();
    numbers.len() == 3 && (end.contains("color") || end.contains("colour"))
}

fn show_colour(ui: &mut Ui, name: &str, spec: &PropertySpec, numbers: &[f64]) -> Option<Value> {
    let part = |index: usize| numbers.get(index).map_or(0.0, |n| n.clamp(0.0, 1.0) as f32);
    let mut colour = [part(0), part(1), part(2)];
    let response = ui.color_edit_button_rgb(&mut colour);
    let response = widgets::named(response, name).on_hover_text(&spec.path);
    ui.label(name);
    response.changed().then(|| Value::Numbers(colour.map(f64::from).into()))
}

fn show_numbers(ui: &mut Ui, name: &str, spec: &PropertySpec, numbers: &[f64]) -> Option<Value> {
    if numbers.len() > 4 {
        ui.label(format!("{name}: {} numbers", numbers.len())).on_hover_text(&spec.path);
        return None;
    }
    let mut new = numbers.to_vec();
    let mut has_changed = false;
    for (index, number) in new.iter_mut().enumerate() {
        let speed = (number.abs() * 0.005).max(0.01);
        let mut field = DragValue::new(number).speed(speed).max_decimals(4);
        if let Some((least, greatest)) = spec.range {
            field = field.range(least..=greatest);
        }
        let field = widgets::named(ui.add(field), &format!("{name} {}", index + 1));
        has_changed |= field.on_hover_text(&spec.path).changed();
    }
    ui.add(egui::Label::new(name).truncate());
    (has_changed && new.iter().all(|n| n.is_finite())).then(|| Value::Numbers(new.into()))
}
