//! Date, time and rate of the scene.

use egui::{Align2, RichText, Sense, Slider, TextStyle, Ui, vec2};
use skyreel_core::clock::RATE_STEPS;
use skyreel_core::command::{ClockCommand, Command};
use skyreel_core::snapshot::ClockView;
use skyreel_core::time::SimTime;

use super::icons::Icon;
use super::widgets::{self, IconButton};
use super::{style, words};

/// What is typed.
#[derive(Debug)]
pub(super) struct ClockPanel {
    date: String,
    date_fault: Option<String>,
    interval: String,
    interval_fault: Option<String>,
}

impl Default for ClockPanel {
    fn default() -> Self {
        let (date_fault, interval_fault) = (None, None);
        Self { date: String::new(), date_fault, interval: "3h".to_owned(), interval_fault }
    }
}

impl ClockPanel {
    pub(super) fn show(&mut self, ui: &mut Ui, clock: &ClockView, say: &mut Vec<Command>) {
        let mut tell = |command| say.push(Command::Clock(command));
        let date = format!("{} UTC", words::date(clock.sim_time));
        ui.label(RichText::new(date).text_style(style::digits()).size(19.0));
        ui.label(RichText::new(words::pace(clock)).color(style::WEAK));
        widgets::title(ui, "Rate");
        show_buttons(ui, clock, &mut tell);
        show_slider(ui, clock, &mut tell);
        widgets::title(ui, "Set the date");
        self.show_date(ui, &mut tell);
        widgets::title(ui, "Jump");
        self.show_jumps(ui, &mut tell);
    }

    /// What was wrong is not told again when the panel opens again.
    pub(super) fn forget_faults(&mut self) {
        (self.date_fault, self.interval_fault) = (None, None);
    }

    fn show_date(&mut self, ui: &mut Ui, tell: &mut impl FnMut(ClockCommand)) {
        let typed = ui.horizontal(|ui| {
            let width = (ui.available_width() - 150.0).max(110.0);
            let hover = "ISO 8601, UTC: 2026-03-07T18:30:00, or 2026-03-07, or now";
            let hint = "2026-03-07T18:30:00";
            let field = widgets::field_of(ui, &mut self.date, "Date", hint, hover, width);
            if field.changed() {
                self.date_fault = None;
            }
            let is_entered = widgets::is_entered(ui, &field);
            let set = widgets::button(ui, "Set date", "The scene goes there smoothly");
            if widgets::button(ui, "Now", "The date and time that it is").clicked() {
                tell(ClockCommand::Set { date: "now".to_owned(), over_s: None });
            }
            is_entered || set.clicked()
        });
        if typed.inner {
            match date_of(&self.date) {
                Ok(date) => tell(ClockCommand::Set { date, over_s: None }),
                Err(fault) => self.date_fault = Some(fault),
            }
        }
        widgets::fault_line(ui, self.date_fault.as_deref());
    }

    fn show_jumps(&mut self, ui: &mut Ui, tell: &mut impl FnMut(ClockCommand)) {
        let mut jump = |by: String| tell(ClockCommand::Jump { by, over_s: None });
        widgets::flow(ui, |ui| {
            for (text, by, hover) in [
                ("\u{2212}1 d", "-1d", "A day back"),
                ("\u{2212}1 h", "-1h", "An hour back"),
                ("+1 h", "1h", "An hour forward"),
                ("+1 d", "1d", "A day forward"),
            ] {
                if widgets::button(ui, text, hover).clicked() {
                    jump(by.to_owned());
                }
            }
        });
        let asked = ui.horizontal(|ui| {
            let hover = "A number and s, m, h, d, M (months) or y";
            let field = widgets::field_of(ui, &mut self.interval, "Interval", "3h", hover, 90.0);
            if field.changed() {
                self.interval_fault = None;
            }
            let back = widgets::button(ui, "Jump back", "Back by that interval").clicked();
            let on = widgets::button(ui, "Jump forward", "Forward by that interval").clicked();
            (back, on)
        });
        let (back, on) = asked.inner;
        if back || on {
            match interval_of(&self.interval, back) {
                Ok(by) => jump(by),
                Err(fault) => self.interval_fault = Some(fault),
            }
        }
        widgets::fault_line(ui, self.interval_fault.as_deref());
    }
}

fn show_buttons(ui: &mut Ui, clock: &ClockView, tell: &mut impl FnMut(ClockCommand)) {
    widgets::flow(ui, |ui| {
        let slower = IconButton::new(Icon::Slower, "Clock slower").size(vec2(34.0, 26.0));
        if ui.add(slower.hover("The next step down; below 1 s a second backwards")).clicked() {
            tell(ClockCommand::Slower {});
        }
        let (icon, name, command) = if clock.paused {
            (Icon::Play, "Resume clock", ClockCommand::Resume { over_s: None })
        } else {
            (Icon::Pause, "Pause clock", ClockCommand::Pause { over_s: None })
        };
        let pause = IconButton::new(icon, name).size(vec2(34.0, 26.0)).chosen(clock.paused);
        if ui.add(pause).clicked() {
            tell(command);
        }
        let faster = IconButton::new(Icon::Faster, "Clock faster").size(vec2(34.0, 26.0));
        if ui.add(faster.hover("The next step up")).clicked() {
            tell(ClockCommand::Faster {});
        }
        if widgets::button(ui, "Real time", "One second a second").clicked() {
            tell(ClockCommand::RealTime {});
        }
    });
}

/// All steps of the rate on one line: backwards at the left, forwards at the right.
fn show_slider(ui: &mut Ui, clock: &ClockView, tell: &mut impl FnMut(ClockCommand)) {
    let last = RATE_STEPS.len() as i32;
    let mut step = step_of(clock.rate);
    ui.spacing_mut().interact_size.y = 20.0;
    ui.spacing_mut().slider_width = (ui.available_width() - 16.0).max(80.0);
    let slider = Slider::new(&mut step, -last..=last).show_value(false).trailing_fill(false);
    let slider = widgets::named(ui.add(slider), "Rate");
    if slider.changed() {
        tell(ClockCommand::Rate { rate: rate_of(step), over_s: None });
    }
    slider.on_hover_text("From 20 years a second backwards to 20 years a second forwards");
    let below = vec2(ui.spacing().slider_width, 14.0);
    let (scale, _) = ui.allocate_exact_size(below, Sense::hover());
    let font = TextStyle::Small.resolve(ui.style());
    for (at, anchor, text) in [
        (scale.left_center(), Align2::LEFT_CENTER, "\u{2212}20 y / s"),
        (scale.center(), Align2::CENTER_CENTER, "still"),
        (scale.right_center(), Align2::RIGHT_CENTER, "20 y / s"),
    ] {
        ui.painter().text(at, anchor, text, font.clone(), style::WEAK);
    }
}

/// The step nearest to a rate: 1 for the first forwards, −1 for the first backwards, 0 for none.
fn step_of(rate: f64) -> i32 {
    if rate == 0.0 || !rate.is_finite() {
        return 0;
    }
    let steps = RATE_STEPS.iter().zip(1..).filter(|(step, _)| **step <= rate.abs());
    let index = steps.map(|(_, index)| index).last().unwrap_or(1);
    if rate < 0.0 { -index } else { index }
}

fn rate_of(step: i32) -> f64 {
    let index = step.unsigned_abs() as usize;
    let rate = index.checked_sub(1).and_then(|index| RATE_STEPS.get(index)).copied();
    rate.unwrap_or(0.0) * f64::from(step.signum())
}

/// A date as the command takes it.
fn date_of(typed: &str) -> Result<String, String> {
    let typed = typed.trim();
    if typed.eq_ignore_ascii_case("now") {
        return Ok("now".to_owned());
    }
    let time: SimTime = typed.parse().map_err(|error| format!("{error}"))?;
    // What is typed may name another time scale; what is said is UTC.
    Ok(if typed.ends_with(char::is_alphabetic) { time.to_utc_iso() } else { typed.to_owned() })
}

/// An interval as the command takes it.
fn interval_of(typed: &str, is_back: bool) -> Result<String, String> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let typed = typed.replace('\u{2212}', "-");
    let unit = typed.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let number: Option<f64> = typed[..typed.len() - unit.len()].parse().ok();
    let number = number.filter(|n| n.is_finite() && ["s", "m", "h", "d", "M", "y"].contains(&unit));
    let Some(number) = number else {
        return Err(format!(
            "'{typed}' is not an interval; expected a number and s, m, h, d, M (months) or y: 3h"
        ));
    };
    Ok(format!("{}{unit}", if is_back { -number } else { number }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_of_the_slider_is_a_rate_and_back() {
        for step in -20..=20 {
            assert_eq!(step_of(rate_of(step)), step);
        }
        for (rate, step) in [(1.0, 1), (-1.0, -1), (3_000.0, 6), (1e12, 20), (f64::NAN, 0)] {
            assert_eq!(step_of(rate), step, "{rate}");
        }
    }

    #[test]
    fn intervals_are_read_or_refused() {
        for (typed, is_back, said) in [
            ("3h", false, "3h"),
            ("3 h", true, "-3h"),
            ("-2 d", true, "2d"),
            ("1.5y", false, "1.5y"),
            ("6M", false, "6M"),
        ] {
            assert_eq!(interval_of(typed, is_back).as_deref(), Ok(said));
        }
        for typed in ["", "h", "3", "3 weeks", "3e400h", "¼h"] {
            assert!(interval_of(typed, false).is_err(), "{typed:?}");
        }
    }
}
