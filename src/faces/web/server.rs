//! The server: its thread, the socket that it listens on, and what every request must pass.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::ws::{Utf8Bytes, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, RETRY_AFTER,
    SEC_WEBSOCKET_PROTOCOL, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde_json::{Map, Value as Json, json};
use skyreel_core::command::Origin;
use skyreel_core::snapshot::Snapshot;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::attempts::Attempts;
use super::guard::{Guard, Stranger};
use super::protocol::{AS_COMMAND_LINE, PATH};
use super::secret::Secret;
use super::{client, state};
use crate::door::{Door, Seen};

/// The port where nobody asks for another.
pub const PORT: u16 = 4680;

/// How long a server that ends waits for its clients.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// What a server is to be.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens: a loopback address. Port 0: one that is free.
    pub address: SocketAddr,
    /// Whether another port will do where that one is taken.
    pub any_port: bool,
    /// What whoever is let in must know.
    pub secret: Secret,
    /// The program's version.
    pub version: String,
    /// The instance's name.
    pub name: String,
    /// How much is served at once.
    pub limits: Limits,
}

impl Config {
    /// On this machine's loopback address.
    pub fn new(name: &str, version: &str, secret: Secret) -> Self {
        Self {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), PORT),
            any_port: true,
            secret,
            version: version.to_owned(),
            name: name.to_owned(),
            limits: Limits::default(),
        }
    }
}

/// How much is served at once, and for how long without an answer.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Clients at once.
    pub clients: usize,
    /// Connections at once, those included that are not let in yet.
    pub connections: usize,
    /// Requests of one client without an answer; it waits with the next one.
    pub in_flight: usize,
    /// A message to the server, bytes.
    pub message_bytes: usize,
    /// How long a connection may take to say what it wants.
    pub handshake: Duration,
    /// Between two states for one client.
    pub between_states: Duration,
    /// Between two questions for a sign of life.
    pub ping: Duration,
    /// How long the answer to that may take.
    pub silence: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            clients: 200,
            connections: 300,
            in_flight: 64,
            message_bytes: 256 << 10,
            handshake: Duration::from_secs(5),
            between_states: Duration::from_millis(33),
            ping: Duration::from_secs(15),
            silence: Duration::from_secs(40),
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
    /// Starts one on a thread of its own. When this returns, it listens.
    ///
    /// # Errors
    /// Where the address is none of this machine's own, or taken, and no other will do.
    pub fn start(config: Config, door: Arc<dyn Door>, seen: Seen) -> Result<Running, StartError> {
        if !config.address.ip().is_loopback() {
            return Err(StartError::NotLoopback(config.address.ip()));
        }
        let wanted = config.address;
        let listen = |address| -> io::Result<_> {
            let listener = TcpListener::bind(address)?;
            listener.set_nonblocking(true)?;
            Ok((listener.local_addr()?, listener))
        };
        let at = |address| move |source| StartError::Listen { address, source };
        let (address, listener) = match listen(wanted) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && config.any_port => {
                let any = SocketAddr::new(wanted.ip(), 0);
                listen(any).map_err(at(any))?
            }
            listening => listening.map_err(at(wanted))?,
        };
        let (stop, stopped) = watch::channel(false);
        let guard = Guard::new(address, config.secret.clone());
        let shared = Shared {
            clients: Arc::new(Semaphore::new(config.limits.clients)),
            config,
            door,
            seen,
            guard,
            attempts: Mutex::default(),
            last_told: Mutex::default(),
            stopped,
        };
        // What may fail is done here, so that the thread itself has nothing to tell.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(StartError::Thread)?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener).map_err(at(address))?
        };
        let thread = thread::Builder::new()
            .name("skyreel-web".to_owned())
            .spawn(move || runtime.block_on(listen_until_stopped(listener, Arc::new(shared))))
            .map_err(StartError::Thread)?;
        let has_other_port = wanted.port() != 0 && wanted.port() != address.port();
        let instead_of = has_other_port.then_some(wanted);
        Ok(Running { address, instead_of, stop, thread: Some(thread) })
    }
}

/// A server that runs. It ends when this is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    instead_of: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it was to listen, if somebody else does that already.
    pub fn instead_of(&self) -> Option<SocketAddr> {
        self.instead_of
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
    pub config: Config,
    pub door: Arc<dyn Door>,
    pub seen: Seen,
    guard: Guard,
    attempts: Mutex<Attempts>,
    clients: Arc<Semaphore>,
    /// The messages made last, which the next client mostly needs too.
    last_told: Mutex<LastTold>,
    stopped: watch::Receiver<bool>,
}

#[derive(Default)]
struct LastTold {
    whole: Option<(u64, Utf8Bytes)>,
    changes: Option<((u64, u64), Option<Utf8Bytes>)>,
}

impl Shared {
    /// The message that tells a whole state.
    pub fn whole(&self, snapshot: &Snapshot) -> Utf8Bytes {
        let mut last = self.last_told.lock().unwrap_or_else(PoisonError::into_inner);
        let number = snapshot.number;
        if let Some((told, message)) = &last.whole
            && *told == number
        {
            return message.clone();
        }
        let message = json!({ "snapshot": number, "state": state::state(snapshot) });
        let message = Utf8Bytes::from(message.to_string());
        last.whole = Some((number, message.clone()));
        message
    }

    /// The message that tells what has changed; `None` where nothing has.
    pub fn changes(&self, from: &Snapshot, to: &Snapshot) -> Option<Utf8Bytes> {
        let mut last = self.last_told.lock().unwrap_or_else(PoisonError::into_inner);
        let numbers = (from.number, to.number);
        if let Some((told, message)) = &last.changes
            && *told == numbers
        {
            return message.clone();
        }
        let changes: Map<String, Json> = state::changes(from, to);
        let message = (from.number != to.number).then(|| {
            let message =
                json!({ "snapshot": to.number, "since": from.number, "changes": changes });
            Utf8Bytes::from(message.to_string())
        });
        last.changes = Some((numbers, message.clone()));
        message
    }
}

async fn listen_until_stopped(listener: tokio::net::TcpListener, shared: Arc<Shared>) {
    let router = Router::new()
        .route(PATH, get(open_socket))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), pass))
        .with_state(Arc::clone(&shared));
    let connections = Arc::new(Semaphore::new(shared.config.limits.connections));
    let mut stopped = shared.stopped.clone();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            accepted = listener.accept() => match accepted {
                // Whoever comes when all places are taken is hung up on.
                Ok((stream, _)) => if let Ok(place) = Arc::clone(&connections).try_acquire_owned() {
                    tokio::spawn(serve(stream, router.clone(), Arc::clone(&shared), place));
                },
                // Out of file handles, most likely: others may go meanwhile.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
        }
    }
    drop(listener);
    let all = u32::try_from(shared.config.limits.clients).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(LAST_WORDS, shared.clients.acquire_many(all)).await;
}

async fn serve(stream: TcpStream, router: Router, shared: Arc<Shared>, _: OwnedSemaphorePermit) {
    // Answers are short and wanted at once; without it they come a little later.
    let _ = stream.set_nodelay(true);
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(shared.config.limits.handshake)
        .max_buf_size(16 << 10)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades();
    // Whoever speaks no HTTP, or hangs up, is nobody's concern.
    let _ = served.await;
}

/// What every request must pass, whatever it is for, and what every answer says.
async fn pass(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let mut response = match shared.guard.place(request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(stranger) => turn_away(stranger),
    };
    let say = |name: HeaderName, value| (name, HeaderValue::from_static(value));
    response.headers_mut().extend([
        say(X_CONTENT_TYPE_OPTIONS, "nosniff"),
        say(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        say(REFERRER_POLICY, "no-referrer"),
        say(CACHE_CONTROL, "no-store"),
        say(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ]);
    response
}

fn turn_away(stranger: Stranger) -> Response {
    (stranger.status(), format!("{stranger}\n")).into_response()
}

/// `GET /api`: the secret, then a place, then the socket.
async fn open_socket(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let subprotocol = match shared.guard.secret(request.headers()) {
        Ok(subprotocol) => subprotocol,
        Err(stranger) => {
            // The right secret is let in also now: it cannot be guessed, and whoever else is on this
            // machine could otherwise keep the user out.
            let mut attempts = shared.attempts.lock().unwrap_or_else(PoisonError::into_inner);
            return match attempts.note_wrong(Instant::now()) {
                None => turn_away(stranger),
                Some(wait) => too_many_attempts(wait),
            };
        }
    };
    let origin = match request.uri().query() {
        Some(AS_COMMAND_LINE) => Origin::CommandLine,
        _ => Origin::Network,
    };
    let Ok(place) = Arc::clone(&shared.clients).try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "too many clients\n").into_response();
    };
    let (mut parts, _) = request.into_parts();
    let upgrade =
        match <WebSocketUpgrade as axum::extract::FromRequestParts<()>>::from_request_parts(
            &mut parts,
            &(),
        )
        .await
        {
            Ok(upgrade) => upgrade,
            Err(rejection) => return rejection.into_response(),
        };
    let most = shared.config.limits.message_bytes;
    let stopped = shared.stopped.clone();
    let mut response =
        upgrade.max_message_size(most).max_frame_size(most).on_upgrade(move |socket| async move {
            client::serve(socket, shared, origin, stopped).await;
            drop(place);
        });
    let chosen = subprotocol.and_then(|name| HeaderValue::from_str(&name).ok());
    response.headers_mut().extend(chosen.map(|name| (SEC_WEBSOCKET_PROTOCOL, name)));
    response
}

fn too_many_attempts(wait: Duration) -> Response {
    let wait = wait.as_secs().max(1).to_string();
    Response::builder()
        .status(StatusCode::TOO_MANY_REQUESTS)
        .header(RETRY_AFTER, wait)
        .body(Body::from("too many wrong secrets; try again later\n"))
        .unwrap_or_default()
}
