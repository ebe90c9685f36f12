//! The other end of the line: asks a running Skyreel for something and waits for the answer, for so long
//! at most. Blocking, for one thread.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Map, Value as Json};
use skyreel_core::command::Command;
use skyreel_core::outcome::{Outcome, Refusal};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::AUTHORIZATION;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error as SocketError, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::instance::Instance;
use crate::web::{AS_COMMAND_LINE, Ask, Hello, PATH, PROTOCOL, Told, merge};

/// The largest message that is taken from a server, bytes: a whole state of a large scene.
const MOST_BYTES: usize = 64 << 20;

/// Why a running Skyreel could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nobody listens.
    #[error("'{name}' does not answer at {address}: {source}")]
    NoConnection {
        /// The instance.
        name: String,
        /// Where it should be.
        address: String,
        /// Why.
        source: io::Error,
    },
    /// Somebody else listens, or the secret is an old one.
    #[error("'{name}' does not let this in: {reason}")]
    NotLetIn {
        /// The instance.
        name: String,
        /// What it said.
        reason: String,
    },
    /// It speaks another version.
    #[error(
        "'{name}' is Skyreel {version}, which speaks protocol {found}; expected {PROTOCOL}: use the \
         skyreel of the same version"
    )]
    OtherProtocol {
        /// The instance.
        name: String,
        /// The program's version.
        version: String,
        /// The protocol's version.
        found: u32,
    },
    /// It took too long.
    #[error("'{name}' did not answer within {seconds} s; it may be busy (--timeout waits longer)")]
    Late {
        /// The instance.
        name: String,
        /// How long was waited.
        seconds: f64,
    },
    /// It ended.
    #[error("'{name}' has ended or hung up{reason}")]
    Gone {
        /// The instance.
        name: String,
        /// What is known of it.
        reason: String,
    },
    /// It said something that this client does not understand.
    #[error("'{name}' said something unexpected: {found}")]
    Unexpected {
        /// The instance.
        name: String,
        /// The beginning of it.
        found: String,
    },
    /// The system gives no way to wait.
    #[error("cannot wait for answers: {0}")]
    System(#[from] io::Error),
}

/// What a server told of its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// The message as it came.
    pub message: String,
    /// The state's number.
    pub snapshot: u64,
}

/// A line to a running Skyreel.
#[derive(Debug)]
pub struct Client {
    runtime: Runtime,
    socket: WebSocketStream<TcpStream>,
    name: String,
    hello: Hello,
    patience: Duration,
    next_id: u64,
    /// The state as it was told so far.
    state: Map<String, Json>,
    /// Answers that nobody has asked for yet.
    answers: BTreeMap<u64, Outcome>,
}

impl Client {
    /// Calls an instance; `patience` is how long each answer may take.
    ///
    /// # Errors
    /// Where it does not answer, or does not let this in.
    pub fn connect(instance: &Instance, patience: Duration) -> Result<Self, ClientError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let name = instance.name.clone();
        let open = async {
            let address = instance.address;
            let no_connection = |source| ClientError::NoConnection {
                name: name.clone(),
                address: address.to_string(),
                source,
            };
            let stream = TcpStream::connect(address).await.map_err(no_connection)?;
            stream.set_nodelay(true).map_err(no_connection)?;
            let url = format!("ws://{address}{PATH}?{AS_COMMAND_LINE}");
            let refused = |error: SocketError| not_let_in(&name, error);
            let mut request = url.into_client_request().map_err(refused)?;
            let bearer = format!("Bearer {}", instance.secret.reveal());
            let bearer = HeaderValue::from_str(&bearer).map_err(|e| refused(e.into()))?;
            request.headers_mut().insert(AUTHORIZATION, bearer);
            let limits = WebSocketConfig::default()
                .max_message_size(Some(MOST_BYTES))
                .max_frame_size(Some(MOST_BYTES));
            let (socket, _) =
                client_async_with_config(request, stream, Some(limits)).await.map_err(refused)?;
            Ok(socket)
        };
        let socket = within(&runtime, &name, patience, open)?;
        let (state, answers) = Default::default();
        let hello = Hello { protocol: PROTOCOL, skyreel: String::new(), name: name.clone() };
        let mut client =
            Self { runtime, socket, name, hello, patience, next_id: 1, state, answers };
        match client.hear(Some(patience))? {
            (Told::Hello(hello), _) if hello.protocol == PROTOCOL => client.hello = hello,
            (Told::Hello(hello), _) => {
                let (name, version, found) = (client.name, hello.skyreel, hello.protocol);
                return Err(ClientError::OtherProtocol { name, version, found });
            }
            (_, text) => return Err(client.unexpected(&text)),
        }
        Ok(client)
    }

    /// What the instance said first.
    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Asks for a command and waits for what becomes of it. A refusal comes back in its words alone.
    ///
    /// # Errors
    /// Where no answer comes.
    pub fn call(&mut self, command: &Command) -> Result<Outcome, ClientError> {
        let id = self.new_id();
        self.ask(&Ask::command(id, command))?;
        self.answer(id)
    }

    /// The same in words: `play.seek 12.5`.
    ///
    /// # Errors
    /// Where no answer comes.
    pub fn say(&mut self, line: &str) -> Result<Outcome, ClientError> {
        let id = self.new_id();
        self.ask(&Ask { id, line: Some(line.to_owned()), ..Ask::default() })?;
        self.answer(id)
    }

    /// Asks to be told the state from now on. The first update holds all of it.
    ///
    /// # Errors
    /// Where no answer comes.
    pub fn watch(&mut self) -> Result<(), ClientError> {
        let id = self.new_id();
        self.ask(&Ask { id, watch: Some(true), ..Ask::default() })?;
        self.answer(id).map(|_| ())
    }

    /// Waits for the next update of the state: for so long, or as long as it takes.
    ///
    /// # Errors
    /// Where none comes in that time, or the instance has ended.
    pub fn update(&mut self, within: Option<Duration>) -> Result<Update, ClientError> {
        loop {
            if let Some(update) = self.step(within)? {
                return Ok(update);
            }
        }
    }

    /// The state as far as it was told; see [`state`](crate::web::state()). Empty without
    /// [`watch`](Self::watch).
    pub fn state(&self) -> &Map<String, Json> {
        &self.state
    }

    fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    fn ask(&mut self, ask: &Ask) -> Result<(), ClientError> {
        let text = serde_json::to_string(ask).map_err(io::Error::from)?;
        let send = self.socket.send(Message::text(text));
        let name = &self.name;
        let send = async { send.await.map_err(|error| gone(name, &error)) };
        within(&self.runtime, name, self.patience, send)
    }

    fn answer(&mut self, id: u64) -> Result<Outcome, ClientError> {
        loop {
            if let Some(outcome) = self.answers.remove(&id) {
                return Ok(outcome);
            }
            self.step(Some(self.patience))?;
        }
    }

    /// Takes one message; what it says of the state, if it does.
    fn step(&mut self, within: Option<Duration>) -> Result<Option<Update>, ClientError> {
        let (told, message) = self.hear(within)?;
        let (id, outcome) = match told {
            Told::State { snapshot, state } => {
                self.state = state;
                return Ok(Some(Update { message, snapshot }));
            }
            Told::Changes { snapshot, changes, .. } => {
                merge(&mut self.state, changes);
                return Ok(Some(Update { message, snapshot }));
            }
            Told::Done { id, done } => (id, Outcome::Done(done)),
            Told::Refused { id: Some(id), text, .. } => (id, Refusal::Other(text).into()),
            Told::Failed { id, failed } => (id, Outcome::Failed(failed)),
            Told::Refused { id: None, .. } | Told::Hello(_) => {
                return Err(self.unexpected(&message));
            }
        };
        self.answers.insert(id, outcome);
        Ok(None)
    }

    /// The next message.
    fn hear(&mut self, patience: Option<Duration>) -> Result<(Told, String), ClientError> {
        let (socket, name) = (&mut self.socket, &self.name);
        let next = async {
            loop {
                match socket.next().await {
                    Some(Ok(Message::Text(text))) => return Ok(text),
                    Some(Ok(Message::Close(frame))) => {
                        let reason =
                            frame.map_or(String::new(), |frame| format!(": {}", frame.reason));
                        return Err(ClientError::Gone { name: name.clone(), reason });
                    }
                    Some(Ok(_)) => {}
                    Some(Err(error)) => return Err(gone(name, &error)),
                    None => {
                        return Err(ClientError::Gone {
                            name: name.clone(),
                            reason: String::new(),
                        });
                    }
                }
            }
        };
        let text = match patience {
            Some(patience) => within(&self.runtime, name, patience, next)?,
            None => self.runtime.block_on(next)?,
        };
        match serde_json::from_str(&text) {
            Ok(told) => Ok((told, text.as_str().to_owned())),
            Err(_) => Err(self.unexpected(&text)),
        }
    }

    fn unexpected(&self, text: &str) -> ClientError {
        ClientError::Unexpected { name: self.name.clone(), found: text.chars().take(200).collect() }
    }
}

fn within<T>(
    runtime: &Runtime,
    name: &str,
    patience: Duration,
    work: impl Future<Output = Result<T, ClientError>>,
) -> Result<T, ClientError> {
    let late = || ClientError::Late { name: name.to_owned(), seconds: patience.as_secs_f64() };
    runtime.block_on(async {
        // A patience without end is no error.
        match Instant::now().checked_add(patience) {
            Some(until) => timeout_at(until, work).await.unwrap_or_else(|_| Err(late())),
            None => work.await,
        }
    })
}

fn gone(name: &str, error: &SocketError) -> ClientError {
    let is_plain = matches!(
        error,
        SocketError::ConnectionClosed
            | SocketError::AlreadyClosed
            | SocketError::Protocol(ProtocolError::ResetWithoutClosingHandshake)
    );
    let reason = if is_plain { String::new() } else { format!(": {error}") };
    ClientError::Gone { name: name.to_owned(), reason }
}

fn not_let_in(name: &str, error: SocketError) -> ClientError {
    let reason = match &error {
        SocketError::Http(response) => {
            let body = response.body().as_deref().unwrap_or_default();
            let said = String::from_utf8_lossy(body);
            let said: String = said.trim().chars().take(200).collect();
            format!("{} {said}", response.status().as_u16())
        }
        other => other.to_string(),
    };
    ClientError::NotLetIn { name: name.to_owned(), reason }
}
