//! The server: its thread, the two ports that it listens on, and who is received there.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::config::Config;
use super::entrance::{self, Arrived, serve};
use super::guard::Guard;
use super::message::complaint;
use super::peer::Kin;
use super::wire::{Lines, Wire};
use crate::door::{Door, Seen};
use crate::port_holder::{PortHolder, port_holder};
use crate::web::Attempts;

/// How long a server that ends waits for its clients.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// A port that somebody else has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub port: u16,
    /// Who, where that can be told.
    pub holder: Option<PortHolder>,
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "port {} is taken", self.port)?;
        match &self.holder {
            Some(holder) => write!(f, " by {holder}"),
            None => Ok(()),
        }
    }
}

/// Why a server could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It would be seen from other machines.
    #[error("{0} can be reached from other machines; a loopback address is expected")]
    NotLoopback(IpAddr),
    /// Nothing can listen there.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// No thread.
    #[error("cannot start the server's thread: {0}")]
    Thread(io::Error),
}

/// Starts servers.
#[derive(Clone, Copy, Debug)]
pub struct Server;

impl Server {
    /// Starts one on a thread of its own. When this returns, it listens, where nobody else does.
    ///
    /// # Errors
    /// Where the address is none of this machine's own, or nothing can listen there at all.
    pub fn start(config: Config, door: Arc<dyn Door>, seen: Seen) -> Result<Running, StartError> {
        if !config.ip.is_loopback() {
            return Err(StartError::NotLoopback(config.ip));
        }
        // What may fail is done here, so that the thread itself has nothing to tell.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(StartError::Thread)?;
        let (websocket, lines) = {
            let _inside = runtime.enter();
            let at = |port| listen(SocketAddr::new(config.ip, port));
            (at(config.ports.websocket)?, at(config.ports.tcp)?)
        };
        let address = |at: &Listening| at.as_ref().ok().map(|(address, _)| *address);
        let addresses = (address(&websocket), address(&lines));
        let taken = [&websocket, &lines].into_iter().filter_map(|at| at.as_ref().err().cloned());
        let taken = taken.collect();
        let (stop, stopped) = watch::channel(false);
        let limits = &config.limits;
        let shared = Arc::new(Shared {
            clients: Arc::new(Semaphore::new(limits.server.clients)),
            strangers: Arc::new(Semaphore::new(limits.strangers)),
            guard: Guard::new(addresses.0.map_or(0, |at| at.port()), config.page_port),
            attempts: Mutex::default(),
            config,
            door,
            seen,
            stopped,
        });
        let thread = thread::Builder::new()
            .name("skyreel-openspace".to_owned())
            .spawn(move || runtime.block_on(listen_until_stopped(websocket, lines, shared)))
            .map_err(StartError::Thread)?;
        let (websocket, tcp) = addresses;
        Ok(Running { websocket, tcp, taken, stop, thread: Some(thread) })
    }
}

/// Where it listens, or who does.
type Listening = Result<(SocketAddr, tokio::net::TcpListener), Taken>;

fn listen(address: SocketAddr) -> Result<Listening, StartError> {
    let bound = || -> io::Result<_> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok((listener.local_addr()?, tokio::net::TcpListener::from_std(listener)?))
    };
    match bound() {
        Ok(listening) => Ok(Ok(listening)),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let port = address.port();
            Ok(Err(Taken { port, holder: port_holder(port) }))
        }
        Err(source) => Err(StartError::Listen { address, source }),
    }
}

/// A server that runs. It ends when this is dropped.
#[derive(Debug)]
pub struct Running {
    websocket: Option<SocketAddr>,
    tcp: Option<SocketAddr>,
    taken: Vec<Taken>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Where it listens for WebSockets; `None` where somebody else has the port.
    pub fn websocket(&self) -> Option<SocketAddr> {
        self.websocket
    }

    /// Where it listens for lines; `None` where somebody else has the port.
    pub fn tcp(&self) -> Option<SocketAddr> {
        self.tcp
    }

    /// The ports that somebody else has.
    pub fn taken(&self) -> &[Taken] {
        &self.taken
    }

    /// Ends it: answers that are still to come are told within a fraction of a second, clients bidden
    /// farewell.
    pub fn stop(self) {}
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            // It panics nowhere; if it did, the program ends all the same.
            let _ = thread.join();
        }
    }
}

/// What all connections share.
pub(super) struct Shared {
    pub(super) config: Config,
    pub(super) door: Arc<dyn Door>,
    pub(super) seen: Seen,
    pub(super) guard: Guard,
    pub(super) attempts: Mutex<Attempts>,
    clients: Arc<Semaphore>,
    strangers: Arc<Semaphore>,
    pub(super) stopped: watch::Receiver<bool>,
}

/// Whoever comes.
pub(super) enum Visitor {
    /// May do everything.
    Known,
    /// Must tell the password first, and holds one of the few places for those who have not.
    Stranger {
        // It is given back by being dropped.
        _place: OwnedSemaphorePermit,
    },
}

/// Why somebody is not received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotReceived {
    /// All places are taken.
    #[error("too many clients")]
    TooMany,
    /// Somebody else's program, and there is no password by which it could be let in.
    #[error("programs of other users are not let in")]
    NotKin,
}

impl Shared {
    /// Receives whoever has come from there, with their place.
    pub(super) fn receive(
        &self,
        peer: SocketAddr,
        own: SocketAddr,
    ) -> Result<(Visitor, Vec<OwnedSemaphorePermit>), NotReceived> {
        let place = |places: &Arc<Semaphore>| {
            Arc::clone(places).try_acquire_owned().map_err(|_| NotReceived::TooMany)
        };
        let visitor = match (self.config.kin)(peer, own) {
            Kin::SameUser => Visitor::Known,
            Kin::Stranger if self.config.password.is_none() => return Err(NotReceived::NotKin),
            Kin::Stranger => Visitor::Stranger { _place: place(&self.strangers)? },
        };
        Ok((visitor, vec![place(&self.clients)?]))
    }

    /// Whether a password is right; nothing is tried after too many wrong ones.
    pub(super) fn is_password(&self, told: &str) -> bool {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if attempts.wait(now).is_some() {
            return false;
        }
        let is_right =
            self.config.password.as_ref().is_some_and(|password| password.is(told.as_bytes()));
        if !is_right {
            attempts.note_wrong(now);
        }
        is_right
    }
}

async fn listen_until_stopped(websocket: Listening, lines: Listening, shared: Arc<Shared>) {
    let connections = Arc::new(Semaphore::new(shared.config.limits.server.connections));
    let router = entrance::router(&shared);
    let (first, second) = (Arc::clone(&shared), Arc::clone(&shared));
    let sockets = accept(websocket, &shared, &connections, move |stream, arrived, place| {
        tokio::spawn(upgrade(stream, router.clone(), arrived, Arc::clone(&first), place));
    });
    let lines = accept(lines, &shared, &connections, move |stream, arrived, place| {
        tokio::spawn(take_lines(stream, arrived, Arc::clone(&second), place));
    });
    tokio::join!(sockets, lines);
    let all = u32::try_from(shared.config.limits.server.clients).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(LAST_WORDS, shared.clients.acquire_many(all)).await;
}

async fn accept(
    listening: Listening,
    shared: &Shared,
    connections: &Arc<Semaphore>,
    mut serve: impl FnMut(TcpStream, Arrived, OwnedSemaphorePermit),
) {
    let Ok((_, listener)) = listening else { return };
    let mut stopped = shared.stopped.clone();
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            accepted = listener.accept() => match accepted {
                // Whoever comes when all places are taken is hung up on.
                Ok((stream, peer)) => {
                    if let Ok(place) = Arc::clone(connections).try_acquire_owned()
                        && let Ok(own) = stream.local_addr()
                    {
                        // Answers are short and wanted at once; without it they come a little later.
                        let _ = stream.set_nodelay(true);
                        serve(stream, Arrived { peer, own }, place);
                    }
                }
                // Out of file handles, most likely: others may go meanwhile.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
        }
    }
}

async fn upgrade(
    stream: TcpStream,
    router: Router,
    arrived: Arrived,
    shared: Arc<Shared>,
    _: OwnedSemaphorePermit,
) {
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(shared.config.limits.server.handshake)
        .max_buf_size(16 << 10)
        .serve_connection(
            TokioIo::new(stream),
            TowerToHyperService::new(router.layer(axum::Extension(arrived))),
        )
        .with_upgrades();
    // Whoever speaks no HTTP, or hangs up, is nobody's concern.
    let _ = served.await;
}

async fn take_lines(
    stream: TcpStream,
    arrived: Arrived,
    shared: Arc<Shared>,
    place: OwnedSemaphorePermit,
) {
    let mut wire = Wire::Lines(Lines::new(stream, shared.config.limits.server.message_bytes));
    match shared.receive(arrived.peer, arrived.own) {
        Ok((visitor, mut places)) => {
            places.push(place);
            serve(wire, shared, visitor, places).await;
        }
        Err(why) => {
            let why = wire.say(complaint(None, &why.to_string()));
            // Who does not read it is not waited for.
            let _ = tokio::time::timeout(LAST_WORDS, why).await;
        }
    }
}
