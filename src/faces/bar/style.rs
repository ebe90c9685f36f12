//! How the interface looks: its colours, its spacing, its letters. Dark and calm, so that it disturbs
//! no eye that is used to the night sky.

use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, vec2};

/// What lies behind the bar and the panels, with the scene just to be guessed.
pub const GROUND: Color32 = Color32::from_rgba_premultiplied(13, 16, 22, 243);
/// What lies behind what lies on panels: lists, texts under the pointer, the page of keys.
pub const SOLID: Color32 = Color32::from_rgb(14, 17, 23);
/// What lies behind fields and lists.
pub const WELL: Color32 = Color32::from_rgb(9, 11, 15);
/// Buttons.
pub const RAISED: Color32 = Color32::from_rgb(33, 39, 48);
/// Buttons under the pointer.
pub const LIFTED: Color32 = Color32::from_rgb(47, 55, 67);
/// Lines round panels.
pub const EDGE: Color32 = Color32::from_rgb(45, 52, 63);
/// What is read.
pub const TEXT: Color32 = Color32::from_rgb(222, 228, 236);
/// What is read second.
pub const WEAK: Color32 = Color32::from_rgb(146, 156, 170);
/// What is chosen, and what moves.
pub const ACCENT: Color32 = Color32::from_rgb(94, 175, 255);
/// Behind what is chosen.
pub const CHOSEN: Color32 = Color32::from_rgb(29, 66, 105);
/// Recording, and what destroys.
pub const RED: Color32 = Color32::from_rgb(235, 72, 68);
/// Behind what destroys.
pub const RED_GROUND: Color32 = Color32::from_rgb(148, 35, 33);
/// Warnings and markers.
pub const AMBER: Color32 = Color32::from_rgb(242, 184, 80);
/// Scripts on the time line.
pub const VIOLET: Color32 = Color32::from_rgb(180, 148, 250);
/// What went well.
pub const GREEN: Color32 = Color32::from_rgb(96, 205, 146);

/// Between the interface and the window's edges, points.
pub const MARGIN: f32 = 8.0;
/// A row of a list, points.
pub const ROW: f32 = 24.0;

/// The text style of times, which must not tremble.
pub fn digits() -> TextStyle {
    TextStyle::Name("digits".into())
}

/// Gives a context the interface's look. Once is enough.
pub fn apply_style(ctx: &egui::Context) {
    ctx.set_theme(egui::Theme::Dark);
    ctx.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, FontId::new(11.5, FontFamily::Proportional)),
            (TextStyle::Body, FontId::new(13.5, FontFamily::Proportional)),
            (TextStyle::Button, FontId::new(13.5, FontFamily::Proportional)),
            (TextStyle::Heading, FontId::new(16.0, FontFamily::Proportional)),
            (TextStyle::Monospace, FontId::new(12.5, FontFamily::Monospace)),
            (digits(), FontId::new(13.5, FontFamily::Monospace)),
        ]
        .into();
        spacing(&mut style.spacing);
        visuals(&mut style.visuals);
        style.animation_time = 0.08;
        style.url_in_tooltip = true;
    });
}

fn spacing(spacing: &mut egui::style::Spacing) {
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(10.0, 4.0);
    spacing.interact_size = vec2(32.0, 24.0);
    spacing.slider_width = 150.0;
    spacing.combo_width = 60.0;
    spacing.slider_rail_height = 4.0;
    spacing.icon_width = 17.0;
    spacing.icon_width_inner = 9.0;
    spacing.indent = 14.0;
    spacing.window_margin = Margin::same(12);
    spacing.menu_margin = Margin::same(6);
    spacing.tooltip_width = 360.0;
    spacing.scroll = egui::style::ScrollStyle::thin();
}

fn visuals(visuals: &mut egui::Visuals) {
    *visuals = egui::Visuals::dark();
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(WEAK);
    visuals.panel_fill = GROUND;
    visuals.window_fill = SOLID;
    visuals.window_stroke = Stroke::new(1.0, EDGE);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_shadow =
        Shadow { offset: [0, 6], blur: 18, spread: 0, color: Color32::from_black_alpha(120) };
    visuals.popup_shadow = visuals.window_shadow;
    visuals.extreme_bg_color = WELL;
    visuals.text_edit_bg_color = Some(WELL);
    visuals.faint_bg_color = Color32::from_rgb(20, 24, 30);
    visuals.code_bg_color = WELL;
    visuals.hyperlink_color = ACCENT;
    visuals.warn_fg_color = AMBER;
    visuals.error_fg_color = RED;
    visuals.selection.bg_fill = CHOSEN;
    visuals.selection.stroke = Stroke::new(1.0, Color32::WHITE);
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = egui::style::HandleShape::Circle;
    visuals.disabled_alpha = 0.45;
    let corners = CornerRadius::same(6);
    let widgets = &mut visuals.widgets;
    for (state, fill, edge, text) in [
        (&mut widgets.noninteractive, GROUND, EDGE, TEXT),
        (&mut widgets.inactive, RAISED, Color32::TRANSPARENT, TEXT),
        (&mut widgets.hovered, LIFTED, Color32::TRANSPARENT, Color32::WHITE),
        (&mut widgets.active, CHOSEN, ACCENT, Color32::WHITE),
        (&mut widgets.open, LIFTED, EDGE, Color32::WHITE),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, edge);
        state.fg_stroke = Stroke::new(1.0, text);
        state.corner_radius = corners;
        state.expansion = 0.0;
    }
}

/// A floating card: what the bar, panels and toasts lie on.
pub(super) fn card() -> egui::Frame {
    egui::Frame::new()
        .fill(GROUND)
        .stroke(Stroke::new(1.0, EDGE))
        .corner_radius(CornerRadius::same(10))
        .inner_margin(Margin::symmetric(12, 8))
        .shadow(Shadow {
            offset: [0, 4],
            blur: 14,
            spread: 0,
            color: Color32::from_black_alpha(110),
        })
}
