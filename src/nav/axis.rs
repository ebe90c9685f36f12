//! One thing a hand can push: its speed, and how far it goes in a span of time, exactly.

/// The time in which the camera takes up the speed of the hand that holds it, to 1/e, seconds: long
/// enough that the steps of a mouse are not seen, too short to be felt as lag.
const GRIP_S: f64 = 0.04;

/// Speeds below this are rest. In window heights a second: a pixel in a minute.
const REST: f64 = 1e-5;

/// What the hand does to one axis during a span.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Push {
    /// Whether it holds on.
    pub held: bool,
    /// How far it pulls during the span.
    pub pulled: f64,
    /// The speed it asks for besides.
    pub rate: f64,
    /// A knock at the start of the span; with friction, it carries that far in all.
    pub knock: f64,
}

/// The speed of one axis.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Axis {
    speed: f64,
}

impl Axis {
    /// How far it goes in a span. The speed nears the hand's while that holds, else zero by friction,
    /// exponentially: the exact solution, so that two half spans go as far as one.
    pub fn advance(&mut self, span_s: f64, push: Push, friction: bool, friction_s: f64) -> f64 {
        self.speed += push.knock / friction_s;
        let is_held = push.held || push.rate != 0.0;
        if !is_held && !friction {
            return self.speed * span_s;
        }
        let fall_s = if is_held { GRIP_S } else { friction_s };
        let taken_up = -(-span_s / fall_s).exp_m1();
        if span_s <= 0.0 {
            // What a pull comes to as the span goes to nothing.
            self.speed += push.pulled / fall_s;
            return 0.0;
        }
        let asked = push.pulled / span_s + push.rate;
        let moved = asked * span_s + (self.speed - asked) * fall_s * taken_up;
        self.speed += (asked - self.speed) * taken_up;
        if asked == 0.0 && self.speed.abs() < REST {
            self.speed = 0.0;
        }
        moved
    }
}
