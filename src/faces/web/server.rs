//! The server: its thread, and the socket that it listens on.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::attempts::AttemptsByAddress;
use super::code::Codes;
use super::config::Config;
use super::entrance;
use super::guard::Guard;
use super::secret::NoRandomness;
use super::told::Told;
use crate::door::{Door, Seen};
use crate::port_holder::{PortHolder, port_holder};

/// How long a server that ends waits for its clients.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Why a server could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It would be seen from other machines without a password.
    #[error("{0} can be reached from other machines, which needs a password")]
    NoPassword(IpAddr),
    /// Nothing can listen there.
    #[error("cannot listen on {address}: {source}{}", by(.holder))]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
        /// Who listens there, where that is why and it can be told.
        holder: Option<PortHolder>,
    },
    /// No code for browsers.
    #[error(transparent)]
    Code(#[from] NoRandomness),
    /// No thread.
    #[error("cannot start the server's thread: {0}")]
    Thread(io::Error),
}

fn by(holder: &Option<PortHolder>) -> String {
    holder.as_ref().map(|holder| format!("; it is taken by {holder}")).unwrap_or_default()
}

/// Starts servers.
#[derive(Clone, Copy, Debug)]
pub struct Server;

impl Server {
    /// Starts one on a thread of its own. When this returns, it listens.
    ///
    /// # Errors
    /// Where the address is not this machine's own alone and there is no password, or it is taken, and
    /// no other will do.
    pub fn start(config: Config, door: Arc<dyn Door>, seen: Seen) -> Result<Running, StartError> {
        let wanted = config.address;
        if !wanted.ip().is_loopback() && config.password.is_none() {
            return Err(StartError::NoPassword(wanted.ip()));
        }
        let at = |address: SocketAddr| {
            move |source: io::Error| {
                let is_taken = source.kind() == io::ErrorKind::AddrInUse;
                let holder = is_taken.then(|| port_holder(address.port())).flatten();
                StartError::Listen { address, source, holder }
            }
        };
        let (address, listeners) = match listen(wanted) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && config.any_port => {
                let any = SocketAddr::new(wanted.ip(), 0);
                listen(any).map_err(at(any))?
            }
            listening => listening.map_err(at(wanted))?,
        };
        let (stop, stopped) = watch::channel(false);
        let guard = Guard::new(address, config.names.clone(), config.secret.clone());
        let codes = Arc::new(Codes::new(config.password.clone())?);
        let shared = Shared {
            clients: Arc::new(Semaphore::new(config.limits.clients)),
            watchers: Arc::new(Semaphore::new(config.limits.watchers)),
            connections: Arc::new(Semaphore::new(config.limits.connections)),
            config,
            door,
            seen,
            guard,
            codes: Arc::clone(&codes),
            attempts: Mutex::default(),
            told: Told::default(),
            stopped,
        };
        // What may fail is done here, so that the thread itself has nothing to tell.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(StartError::Thread)?;
        let listeners = {
            let _inside = runtime.enter();
            let listeners = listeners.into_iter().map(tokio::net::TcpListener::from_std);
            listeners.collect::<io::Result<Vec<_>>>().map_err(at(address))?
        };
        let thread = thread::Builder::new()
            .name("skyreel-web".to_owned())
            .spawn(move || runtime.block_on(listen_until_stopped(listeners, Arc::new(shared))))
            .map_err(StartError::Thread)?;
        let has_other_port = wanted.port() != 0 && wanted.port() != address.port();
        let instead_of = has_other_port.then_some(wanted);
        Ok(Running { address, instead_of, codes, stop, thread: Some(thread) })
    }
}

/// Listens at an address. Who listens on this machine alone does so by both of its loopback addresses
/// where it has them: whoever else had the other one would be taken for this server by browsers that
/// look for localhost.
fn listen(address: SocketAddr) -> io::Result<(SocketAddr, Vec<TcpListener>)> {
    let bind = |address| -> io::Result<TcpListener> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    };
    let first = bind(address)?;
    let address = first.local_addr()?;
    let mut listeners = vec![first];
    if address.ip() == Ipv4Addr::LOCALHOST {
        match bind(SocketAddr::new(Ipv6Addr::LOCALHOST.into(), address.port())) {
            Ok(second) => listeners.push(second),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            // A machine without the sixth version has no such address.
            Err(_) => {}
        }
    }
    Ok((address, listeners))
}

/// A server that runs. It ends when this is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    instead_of: Option<SocketAddr>,
    codes: Arc<Codes>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Where it is reached from this machine.
    pub fn address(&self) -> SocketAddr {
        let ip = match self.address.ip() {
            ip if !ip.is_unspecified() => ip,
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        };
        SocketAddr::new(ip, self.address.port())
    }

    /// Whether other machines reach it.
    pub fn is_open_to_others(&self) -> bool {
        !self.address.ip().is_loopback()
    }

    /// Where it was to listen, if somebody else does that already.
    pub fn instead_of(&self) -> Option<SocketAddr> {
        self.instead_of
    }

    /// The code that lets a browser of this machine in.
    pub fn code(&self) -> String {
        self.codes.typed()
    }

    /// Addresses that let one browser in each.
    pub fn invitations(&self) -> Invitations {
        Invitations { address: self.address(), codes: Arc::clone(&self.codes) }
    }

    /// Ends it: answers that are still to come are told within a fraction of a second, clients bidden
    /// farewell.
    pub fn stop(self) {}
}

/// Makes addresses that let a browser in.
#[derive(Clone, Debug)]
pub struct Invitations {
    address: SocketAddr,
    codes: Arc<Codes>,
}

impl Invitations {
    /// One that does so once, within a minute.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn next(&self) -> Result<String, NoRandomness> {
        Ok(format!("http://{}/#code={}", self.address, self.codes.carry(Instant::now())?))
    }
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
    pub guard: Guard,
    pub codes: Arc<Codes>,
    pub attempts: Mutex<AttemptsByAddress>,
    pub clients: Arc<Semaphore>,
    pub watchers: Arc<Semaphore>,
    pub connections: Arc<Semaphore>,
    pub told: Told,
    pub stopped: watch::Receiver<bool>,
}

async fn listen_until_stopped(listeners: Vec<tokio::net::TcpListener>, shared: Arc<Shared>) {
    let router = entrance::router(&shared);
    let mut stopped = shared.stopped.clone();
    let listening = listeners.into_iter().map(|listener| accept(listener, &router, &shared));
    tokio::select! {
        // A server that is no more has stopped too.
        _ = stopped.wait_for(|stopped| *stopped) => {}
        _ = futures_util::future::join_all(listening) => {}
    }
    let all = u32::try_from(shared.config.limits.clients).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(LAST_WORDS, shared.clients.acquire_many(all)).await;
}

async fn accept(listener: tokio::net::TcpListener, router: &Router, shared: &Arc<Shared>) {
    loop {
        match listener.accept().await {
            // Whoever comes when all places are taken is hung up on.
            Ok((stream, from)) => {
                if let Ok(place) = Arc::clone(&shared.connections).try_acquire_owned() {
                    let router = router.clone().layer(Extension(from));
                    tokio::spawn(serve(stream, router, Arc::clone(shared), place));
                }
            }
            // Out of file handles, most likely: others may go meanwhile.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
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
