//! Other programs drive this one: what comes over the network goes in by the requests, and what is
//! published is shown there.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use bevy_skyreel::{Published, Requests, RunningSession};
use skyreel_core::command::{Command, Origin};
use skyreel_core::outcome::Outcome;
use skyreel_core::role::Role;
use skyreel_core::session::Session;
use skyreel_core::snapshot::Weight;
use skyreel_faces::ctl::{Folder, Offer, Offered};
use skyreel_faces::door::{self, Door, PictureReply, PictureWish, Reply};
use skyreel_faces::openspace::{self, Ports};
use skyreel_faces::web::{NoRandomness, Password};

use super::preview::Previews;

/// How other programs may find this one.
#[derive(Clone, Debug, Default)]
pub struct Driven {
    /// What it is to be called; as is free if there is none.
    pub name: Option<String>,
    /// Its port; the usual one, or one that is free, if there is none.
    pub port: Option<u16>,
    /// Where it listens; on this machine's loopback address if there is none.
    pub bind: Option<IpAddr>,
    /// By what browsers on other machines are let in.
    pub password: Option<Password>,
    /// Whether it is told in the log where browsers find it.
    pub is_announced: bool,
    /// Where OpenSpace's clients find it; `None`: nowhere.
    pub openspace: Option<Ports>,
}

/// Where the state is shown.
#[derive(Resource, Default)]
pub struct Shown(door::Stage);

/// What is open to other programs, until the program ends.
#[derive(Resource)]
pub struct Open {
    // They are closed by being dropped.
    offered: Offered,
    _openspace: Option<openspace::Running>,
    /// Where browsers find it.
    pub address: String,
    /// The code that lets them in.
    pub code: String,
}

impl Open {
    /// An address that lets one browser in.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn invitation(&self) -> Result<String, NoRandomness> {
        self.offered.invitations().next()
    }
}

struct Way {
    requests: Requests,
    previews: Previews,
    /// Who sleeps while nothing moves is woken.
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Door for Way {
    fn send(&self, command: Command, origin: Origin, role: Role, reply: Reply) {
        // Who of the two tells the outcome is decided once.
        let reply = Arc::new(std::sync::Mutex::new(Some(reply)));
        let answer = Arc::clone(&reply);
        let tell = move |outcome: Outcome| {
            let reply = answer.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
            if let Some(reply) = reply {
                reply(outcome);
            }
        };
        let told = tell.clone();
        let sent = self.requests.send_with(
            command,
            origin,
            role,
            Some(Box::new(move |answered| told(answered.outcome))),
        );
        if let Err(error) = sent {
            tell(Outcome::Failed(error.to_string()));
        }
        (self.wake)();
    }

    fn picture(&self, wish: PictureWish, reply: PictureReply) {
        self.previews.ask(wish, reply);
        (self.wake)();
    }
}

/// Opens the program to others; where that cannot be, it says so and goes on without.
pub fn open(world: &mut World, driven: Driven) {
    let shown = Shown::default();
    let seen = shown.0.seen();
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let offer = Offer {
        folder: Folder::users(),
        name: driven.name,
        port: driven.port,
        bind: driven.bind,
        password: driven.password.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_unix_s: since.as_secs(),
    };
    let alarm = world.get_resource::<EventLoopProxyWrapper>().map(|proxy| (**proxy).clone());
    let wake = Box::new(move || {
        if let Some(alarm) = &alarm {
            // Where the loop has ended, so has the program.
            let _ = alarm.send_event(WinitUserEvent::WakeUp);
        }
    });
    let previews = world.resource::<Previews>().clone();
    let way = Arc::new(Way { requests: world.resource::<Requests>().clone(), previews, wake });
    let mut session = world.resource_mut::<RunningSession>();
    match offer.open(Arc::clone(&way) as Arc<dyn Door>, seen) {
        Ok(offered) => {
            if let Some(notice) = offered.notice() {
                session.get().tell(Weight::Info, notice);
            }
            let address = format!("http://localhost:{}/", offered.address().port());
            let code = offered.code();
            if driven.is_announced {
                info!(target: "skyreel", "menu for browsers: {address}  code: {code}");
            }
            if offered.is_open_to_others() {
                let port = offered.address().port();
                warn!(
                    target: "skyreel",
                    "other machines reach it at port {port} with the password; what is sent is not \
                     encrypted, so let no network see it that you do not trust"
                );
            }
            let config = openspace::Config {
                page_port: Some(offered.address().port()),
                password: driven.password,
                ..openspace::Config::new(env!("CARGO_PKG_VERSION"))
            };
            let _openspace = driven.openspace.and_then(|ports| {
                open_to_openspace(openspace::Config { ports, ..config }, way, &shown, session.get())
            });
            world.insert_resource(Open { offered, _openspace, address, code });
            world.insert_resource(shown);
        }
        Err(error) => {
            let text = format!("other programs cannot drive this one: {error}");
            session.get().tell(Weight::Warning, text);
        }
    }
}

/// Lets OpenSpace's clients in. A running OpenSpace has its ports already: that is told, and no more.
fn open_to_openspace(
    config: openspace::Config,
    way: Arc<Way>,
    shown: &Shown,
    session: &mut Session,
) -> Option<openspace::Running> {
    match openspace::Server::start(config, way, shown.0.seen()) {
        Ok(running) => {
            let told: Vec<String> = running.taken().iter().map(ToString::to_string).collect();
            if !told.is_empty() {
                // Of several Skyreels one has them, which is as it should be.
                let mut holders = running.taken().iter().map(|taken| taken.holder.as_ref());
                let is_own = holders.all(|holder| holder.is_some_and(|h| h.program == "skyreel"));
                let weight = if is_own { Weight::Info } else { Weight::Warning };
                let told = told.join(", ");
                session
                    .tell(weight, format!("OpenSpace's clients do not reach this Skyreel: {told}"));
            }
            Some(running)
        }
        Err(error) => {
            let text = format!("OpenSpace's clients do not reach this Skyreel: {error}");
            session.tell(Weight::Warning, text);
            None
        }
    }
}

/// Shows the state to whoever looks from outside.
pub fn show(shown: Option<Res<Shown>>, published: Res<Published>) {
    if let Some(shown) = shown {
        shown.0.show(&published.0);
    }
}
