//! Notices above the bar: they come, and go by themselves, but for errors.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Align2, Area, Color32, Context, Id, Order, Rect, RichText, vec2};
use skyreel_core::snapshot::{Notice, Weight};
use skyreel_core::time::SessionTime;

use super::icons::Icon;
use super::widgets::IconButton;
use super::{Bar, Place, Shown, style};

/// How long a notice stays, seconds.
const INFO_S: f64 = 5.0;
const WARNING_S: f64 = 12.0;
/// How many are shown at once.
const MOST: usize = 4;

/// Which notices are on screen. No larger than the snapshot's own list of notices.
#[derive(Debug, Default)]
pub(super) struct Toasts {
    /// When each was seen first, seconds.
    since: BTreeMap<u64, f64>,
    dismissed: BTreeSet<u64>,
    errors: usize,
}

impl Toasts {
    /// Takes note of what is new.
    pub(super) fn note(&mut self, ctx: &Context, notices: &[Notice]) {
        let now_s = ctx.input(|input| input.time);
        let oldest = notices.first().map_or(u64::MAX, |notice| notice.number);
        self.since.retain(|number, _| *number >= oldest);
        self.dismissed.retain(|number| *number >= oldest);
        for notice in notices {
            self.since.entry(notice.number).or_insert(now_s);
        }
        self.errors = notices
            .iter()
            .filter(|notice| notice.weight == Weight::Error)
            .filter(|notice| !self.dismissed.contains(&notice.number))
            .count();
    }

    /// Whether there is an error that nobody has dismissed.
    pub(super) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// When a notice was seen first, since the interface began.
    pub(super) fn since(&self, notice: &Notice) -> Option<SessionTime> {
        self.since.get(&notice.number).and_then(|since_s| SessionTime::from_secs(*since_s))
    }

    /// Those on screen at a time, the oldest first.
    fn shown<'a>(&self, notices: &'a [Notice], now_s: f64) -> Vec<&'a Notice> {
        let is_shown = |notice: &&Notice| {
            let lasts_s = match notice.weight {
                // It is not shown, so it is over at once.
                Weight::Detail => 0.0,
                Weight::Info => INFO_S,
                Weight::Warning => WARNING_S,
                Weight::Error => f64::INFINITY,
            };
            let since_s = self.since.get(&notice.number).copied().unwrap_or(now_s);
            now_s - since_s < lasts_s && !self.dismissed.contains(&notice.number)
        };
        let mut shown: Vec<_> = notices.iter().rev().filter(is_shown).take(MOST).collect();
        shown.reverse();
        shown
    }
}

impl Bar {
    pub(super) fn show_toasts(&mut self, ctx: &Context, shown: &Shown<'_>, strip: Rect) {
        let now_s = ctx.input(|input| input.time);
        let toasts = self.toasts.shown(&shown.snapshot.notices, now_s);
        // What was complained of where nothing is open any more.
        let complaint = self.complaint.clone().filter(
            |(place, _)| matches!(place, Place::Panel(panel) if !self.docks.is_open(*panel)),
        );
        if toasts.is_empty() && complaint.is_none() {
            return;
        }
        if toasts.iter().any(|notice| notice.weight != Weight::Error) {
            ctx.request_repaint_after_secs(0.25);
        }
        let mut dismissed = Vec::new();
        let mut is_complaint_over = false;
        let above = ctx.content_rect().bottom() - strip.top() + style::MARGIN;
        let area = Area::new(Id::new("skyreel notices"))
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -above))
            .order(Order::Foreground)
            .fade_in(false);
        let width = (ctx.content_rect().width() - 60.0).clamp(160.0, 460.0);
        area.show(ctx, |ui| {
            ui.set_max_width(width);
            for notice in toasts {
                let name = format!("Dismiss notice {}", notice.number);
                if toast(ui, width, &notice.text, colour(notice.weight), &name) {
                    dismissed.push(notice.number);
                }
            }
            if let Some((_, text)) = &complaint {
                is_complaint_over = toast(ui, width, text, style::RED, "Dismiss complaint");
            }
        });
        self.toasts.dismissed.extend(dismissed);
        if is_complaint_over {
            self.complaint = None;
        }
    }
}

/// The colour of a notice's edge.
pub(super) fn colour(weight: Weight) -> Color32 {
    match weight {
        Weight::Detail | Weight::Info => style::ACCENT,
        Weight::Warning => style::AMBER,
        Weight::Error => style::RED,
    }
}

/// True where it was dismissed.
fn toast(ui: &mut egui::Ui, width: f32, text: &str, colour: Color32, name: &str) -> bool {
    let card = style::card().stroke(egui::Stroke::new(1.0, colour.gamma_multiply(0.6)));
    let shown = card.show(ui, |ui| {
        ui.set_width(width - 26.0);
        ui.horizontal_top(|ui| {
            let (dot, _) = ui.allocate_exact_size(vec2(10.0, 20.0), egui::Sense::hover());
            ui.painter().circle_filled(dot.center(), 4.0, colour);
            let label = egui::Label::new(RichText::new(text).color(style::TEXT)).wrap();
            let text_width = width - 26.0 - 10.0 - 22.0 - 2.0 * ui.spacing().item_spacing.x;
            ui.allocate_ui(vec2(text_width, 20.0), |ui| {
                ui.set_width(text_width);
                ui.add(label);
            });
            let close = IconButton::new(Icon::Close, name).hover("Dismiss");
            ui.add(close.size(vec2(22.0, 20.0))).clicked()
        })
    });
    shown.inner.inner
}
