//! A camera that is led along a journey, as a hand would fly it, while it is recorded: for shows and
//! tests that run by themselves.

use bevy::app::AppExit;
use bevy::prelude::*;
use bevy_skyreel::{
    AnchoredCamera, LiveScene, Published, Requests, RunningSession, SceneClock, Step,
};
use skyreel_core::clock::Clock;
use skyreel_core::command::{Command, RecordCommand};
use skyreel_core::frame::FramePose;
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;
use skyreel_core::snapshot::{ModeView, Weight};
use skyreel_core::time::{SessionSpan, SessionTime};

use super::fly::{Pilot, one_pose};
use super::pace::Curtain;
use super::stage::Stage;
use super::views::Navigation;

/// What is to be recorded by itself.
#[derive(Resource)]
pub struct Led {
    /// Along which journey; `None`: the camera stays.
    pub journey: Option<Recording>,
    /// How long.
    pub lasts: SessionSpan,
    /// What the recording is begun with.
    pub start: RecordCommand,
    /// How far it is.
    pub at: SessionTime,
    /// Whether a frame of it was recorded.
    pub has_begun: bool,
    /// What it is doing.
    pub state: State,
}

/// What a led camera is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for the first picture.
    Waiting,
    /// It is recorded.
    Recording,
    /// Its recording is being finished.
    Finishing,
}

/// Leads the camera, begins the recording with the first picture and ends the program with the last.
#[expect(clippy::too_many_arguments, reason = "a journey leads camera, clock and properties")]
pub fn lead(
    mut led: ResMut<Led>,
    mut camera: Single<&mut AnchoredCamera, With<Navigation>>,
    mut pilot: ResMut<Pilot>,
    (mut clock, mut live): (ResMut<SceneClock>, ResMut<LiveScene>),
    (stage, step): (Res<Stage>, Res<Step>),
    curtain: Option<Res<Curtain>>,
    (requests, published): (Res<Requests>, Res<Published>),
    mut session: ResMut<RunningSession>,
    mut exit: MessageWriter<AppExit>,
) {
    let session = session.bypass_change_detection().get();
    let send = |command| requests.send(Command::Record(command)).is_ok();
    match led.state {
        State::Waiting => {
            pilot.is_led = true;
            if curtain.is_none_or(|curtain| curtain.is_up()) && send(led.start.clone()) {
                led.state = State::Recording;
            }
        }
        State::Recording if session.is_recording() => {
            // Its first frame is the journey's start.
            if std::mem::replace(&mut led.has_begun, true) {
                led.at = led.at.saturating_add(step.0);
            }
            if led.at >= led.lasts && send(RecordCommand::Stop {}) {
                led.state = State::Finishing;
            }
        }
        // It has not begun yet, or has ended by itself.
        State::Recording => {
            if led.has_begun || has_failed(&published) {
                led.state = State::Finishing;
            }
        }
        State::Finishing => {
            if !session.is_recording() && !session.is_finishing() {
                let has_trouble = session.notices().after(0).any(|n| n.weight == Weight::Error);
                exit.write(if has_trouble { AppExit::error() } else { AppExit::Success });
            }
        }
    }
    let Some(journey) = &led.journey else { return };
    let frame = sample(journey, led.at);
    if let Some(view) = frame.views.first() {
        let pose = FramePose::One(one_pose(&stage, &view.pose));
        camera.set_if_neq(AnchoredCamera(pose));
    }
    clock.clock = Clock::new(frame.clock);
    let values = live.values();
    if frame.properties.iter().any(|(path, value)| values.get(path).is_some_and(|v| v != value)) {
        for error in live.bring_to(&frame.properties) {
            session.tell(Weight::Warning, error.to_string());
        }
    }
}

fn has_failed(published: &Published) -> bool {
    let is_idle = published.0.mode == ModeView::Idle;
    is_idle && published.0.notices.iter().any(|notice| notice.weight == Weight::Error)
}
