//! The controls that the interface is made of. Each has a name by which programs for the blind, and
//! tests, find it, and a text that says what it does.

use egui::{
    Align, Color32, ComboBox, CornerRadius, Layout, Rect, Response, RichText, Sense, Stroke,
    TextEdit, TextStyle, TextWrapMode, Ui, UiBuilder, Vec2, Widget, WidgetInfo, WidgetText,
    WidgetType, vec2,
};

use super::icons::{self, Icon};
use super::style;

/// Gives a control a name where what is written on it is none.
pub(super) fn named(response: Response, name: &str) -> Response {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(name));
    response
}

/// A button that is a sign.
pub(super) struct IconButton<'a> {
    icon: Icon,
    name: &'a str,
    hover: Option<String>,
    colour: Option<Color32>,
    is_chosen: bool,
    size: Vec2,
}

impl<'a> IconButton<'a> {
    pub(super) fn new(icon: Icon, name: &'a str) -> Self {
        let (hover, colour) = (None, None);
        Self { icon, name, hover, colour, is_chosen: false, size: vec2(28.0, 24.0) }
    }

    pub(super) fn hover(mut self, hover: impl Into<String>) -> Self {
        self.hover = Some(hover.into());
        self
    }

    pub(super) fn colour(mut self, colour: Color32) -> Self {
        self.colour = Some(colour);
        self
    }

    pub(super) fn chosen(mut self, is_chosen: bool) -> Self {
        self.is_chosen = is_chosen;
        self
    }

    pub(super) fn size(mut self, size: Vec2) -> Self {
        self.size = size;
        self
    }
}

impl Widget for IconButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(self.size, Sense::click());
        response.widget_info(|| {
            WidgetInfo::selected(WidgetType::Button, ui.is_enabled(), self.is_chosen, self.name)
        });
        if ui.is_rect_visible(rect) {
            ground(ui, rect, &response, self.is_chosen);
            let rest = if self.is_chosen { style::ACCENT } else { style::WEAK };
            let lit = if response.hovered() { Color32::WHITE } else { rest };
            icons::paint(ui.painter(), rect.shrink(4.0), self.icon, self.colour.unwrap_or(lit));
        }
        let hover = self.hover.unwrap_or_else(|| self.name.to_owned());
        response.on_hover_text(&hover).on_disabled_hover_text(hover)
    }
}

/// What lies behind a control without a frame of its own: nothing at rest.
pub(super) fn ground(ui: &Ui, rect: Rect, response: &Response, is_chosen: bool) {
    let fill = if response.is_pointer_button_down_on() || is_chosen {
        style::CHOSEN.gamma_multiply(if is_chosen { 0.9 } else { 0.6 })
    } else if response.hovered() || response.has_focus() {
        style::LIFTED.gamma_multiply(0.7)
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect_filled(rect, CornerRadius::same(6), fill);
    if response.has_focus() {
        let edge = Stroke::new(1.0, style::ACCENT);
        ui.painter().rect_stroke(rect, CornerRadius::same(6), edge, egui::StrokeKind::Inside);
    }
}

/// A button with words on it.
pub(super) fn button(ui: &mut Ui, text: &str, hover: &str) -> Response {
    ui.button(text).on_hover_text(hover).on_disabled_hover_text(hover)
}

/// The button that matters most where it stands.
pub(super) fn main_button(ui: &mut Ui, text: &str, hover: &str, colour: Color32) -> Response {
    let text = RichText::new(text).strong().color(Color32::WHITE);
    let size = vec2(ui.available_width(), 30.0);
    let button = egui::Button::new(text).fill(colour);
    ui.add_sized(size, button).on_hover_text(hover).on_disabled_hover_text(hover)
}

/// A red button with words on it.
pub(super) fn red_button(ui: &mut Ui, text: &str, hover: &str) -> Response {
    let text = RichText::new(text).strong().color(Color32::WHITE);
    let button = egui::Button::new(text).fill(style::RED_GROUND);
    ui.add(button).on_hover_text(hover).on_disabled_hover_text(hover)
}

/// A button that stays down.
pub(super) fn toggle(ui: &mut Ui, is_on: bool, text: &str, hover: &str) -> Response {
    ui.add(egui::Button::new(text).selected(is_on)).on_hover_text(hover)
}

/// A check box. True where it was clicked.
pub(super) fn check(ui: &mut Ui, is_on: &mut bool, text: &str, hover: &str) -> bool {
    ui.checkbox(is_on, text).on_hover_text(hover).on_disabled_hover_text(hover).changed()
}

/// A line to type in, as wide as there is room.
pub(super) fn field(
    ui: &mut Ui,
    text: &mut String,
    name: &str,
    hint: &str,
    hover: &str,
) -> Response {
    field_of(ui, text, name, hint, hover, f32::INFINITY)
}

/// A line to type in, `width` points wide.
pub(super) fn field_of(
    ui: &mut Ui,
    text: &mut String,
    name: &str,
    hint: &str,
    hover: &str,
    width: f32,
) -> Response {
    let hint = RichText::new(hint).color(style::WEAK.gamma_multiply(0.7));
    let edit = TextEdit::singleline(text)
        .hint_text(hint)
        .desired_width(width)
        .margin(egui::Margin::symmetric(8, 4));
    named(ui.add(edit), name).on_hover_text(hover)
}

/// Whether what was typed into a field is to be done: Enter was pressed.
pub(super) fn is_entered(ui: &Ui, field: &Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// One of several. `Some` where another was chosen.
pub(super) fn choice<T: PartialEq + Copy>(
    ui: &mut Ui,
    name: &str,
    hover: &str,
    of: &[(T, &str)],
    chosen: T,
) -> Option<T> {
    let text = of.iter().find(|(value, _)| *value == chosen).map_or("", |(_, text)| text);
    let mut new = None;
    let list = ComboBox::from_id_salt(name).selected_text(text).show_ui(ui, |ui| {
        for (value, text) in of {
            if ui.selectable_label(*value == chosen, *text).clicked() && *value != chosen {
                new = Some(*value);
            }
        }
    });
    named(list.response, name).on_hover_text(hover);
    new
}

/// The name of a part of a panel.
pub(super) fn title(ui: &mut Ui, text: &str) {
    ui.add_space(4.0);
    ui.label(
        RichText::new(text.to_uppercase()).small().color(style::WEAK).extra_letter_spacing(0.8),
    );
}

/// What is wrong, where it is wrong.
pub(super) fn fault(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(RichText::new(text).color(style::RED)).wrap());
}

/// What is wrong, in a line that is there even where nothing is, so that nothing moves. What it has no
/// room for is told under the pointer.
pub(super) fn fault_line(ui: &mut Ui, text: Option<&str>) {
    cut_line(ui, RichText::new(text.unwrap_or_default()).small().color(style::RED));
}

/// A line that is cut where it is too long, and told whole under the pointer then.
pub(super) fn cut_line(ui: &mut Ui, text: RichText) {
    let height = ui.text_style_height(&TextStyle::Small);
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        if !text.is_empty() {
            // The toolkit tells whole under the pointer what it has cut.
            ui.add(egui::Label::new(text).truncate());
        }
    });
}

/// A property's path on a line of its own, told whole under the pointer.
pub(super) fn path_line(ui: &mut Ui, path: &str) {
    let size = vec2(ui.available_width(), ui.text_style_height(&TextStyle::Small));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, path));
    paint_path(ui, rect, path, TextStyle::Small, style::WEAK);
    response.on_hover_text(path);
}

/// Something to be known on the side.
pub(super) fn remark(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(RichText::new(text).small().color(style::WEAK)).wrap());
}

/// Text in a rectangle, cut where it is too long. Gives its width.
pub(super) fn paint_text(
    ui: &Ui,
    rect: Rect,
    text: &str,
    text_style: TextStyle,
    colour: Color32,
) -> f32 {
    let text = WidgetText::from(RichText::new(text).color(colour));
    let galley = text.into_galley(ui, Some(TextWrapMode::Truncate), rect.width(), text_style);
    let at = egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    let width = galley.size().x;
    ui.painter().galley(at, galley, colour);
    width
}

/// A property's path in a rectangle: where it is too long, what is least worth knowing is left out.
pub(super) fn paint_path(
    ui: &Ui,
    rect: Rect,
    path: &str,
    text_style: TextStyle,
    colour: Color32,
) -> f32 {
    let font = text_style.resolve(ui.style());
    let width = |text: &str| {
        let painter = ui.painter();
        painter.layout_no_wrap(text.to_owned(), font.clone(), colour).size().x
    };
    let shown = elided(path, |text| width(text) <= rect.width());
    paint_text(ui, rect, &shown, text_style, colour)
}

/// A path as it fits: its middle goes first, then the end of its beginning, last the beginning of its
/// last part, which says what it is.
fn elided(path: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(path) {
        return path.to_owned();
    }
    let first = path.split('.').next().unwrap_or(path);
    let last = path.rsplit('.').next().filter(|last| last.len() < path.len()).unwrap_or_default();
    let beginnings = first.char_indices().rev().map(|(end, _)| format!("{}…{last}", &first[..end]));
    let ends = last.char_indices().skip(1).map(|(from, _)| format!("…{}", &last[from..]));
    let mut shorter = std::iter::once(format!("{first}…{last}")).chain(beginnings).chain(ends);
    shorter.find(|text| fits(text)).unwrap_or_else(|| "…".to_owned())
}

/// A row of a list that can be clicked; what is put on it goes into `add`, from the right.
pub(super) fn row<R>(
    ui: &mut Ui,
    name: &str,
    height: f32,
    is_chosen: bool,
    add: impl FnOnce(&mut Ui, Rect) -> R,
) -> (Response, R) {
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(WidgetType::SelectableLabel, ui.is_enabled(), is_chosen, name)
    });
    ground(ui, rect, &response, is_chosen);
    let inner = rect.shrink2(vec2(6.0, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let mut on_row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt(name));
    on_row.spacing_mut().item_spacing.x = 4.0;
    let result = add(&mut on_row, inner);
    (response, result)
}

/// Whether a row was clicked twice. The toolkit takes that for three clicks where something else was
/// clicked just before.
pub(super) fn is_double_clicked(row: &Response) -> bool {
    row.double_clicked() || row.triple_clicked()
}

/// Several controls in one row that goes on in the next where it is full.
pub(super) fn flow<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_wrapped(add).inner
}

#[cfg(test)]
mod tests {
    use super::elided;

    #[test]
    fn of_a_path_that_is_too_long_both_ends_are_kept() {
        let path = "EarthTrail.Renderable.Enabled";
        for (letters, shown) in [
            (29, path),
            (28, "EarthTrail…Enabled"),
            (18, "EarthTrail…Enabled"),
            (14, "EarthT…Enabled"),
            (8, "…Enabled"),
            (5, "…bled"),
            (1, "…"),
        ] {
            assert_eq!(elided(path, |text| text.chars().count() <= letters), shown, "{letters}");
        }
        assert_eq!(elided("EarthTrail", |text| text.chars().count() <= 6), "Earth…");
    }
}
