//! The server: its thread, and the socket that it listens on.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::attempts::Attempts;
use super::config::Config;
use super::entrance;
use super::guard::Guard;
use super::told::Told;
use crate::door::{Door, Seen};

/// How long a server that ends waits for its clients.
const LAST_WORDS: Duration = Duration::from_millis(500);

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
            told: Told::default(),
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
    pub guard: Guard,
    pub attempts: Mutex<Attempts>,
    pub clients: Arc<Semaphore>,
    pub told: Told,
    pub stopped: watch::Receiver<bool>,
}

async fn listen_until_stopped(listener: tokio::net::TcpListener, shared: Arc<Shared>) {
    let router = entrance::router(&shared);
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
