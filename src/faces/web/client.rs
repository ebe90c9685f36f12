//! One client from its first message to its last: what it asks goes in at the door, answers and states
//! go out. Whatever it sends, and however slowly it reads, it holds so much memory at most: one message
//! on its way out, the answers to so many requests, and the state it was told last.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use serde_json::{Value as Json, json};
use skyreel_core::command::{Command, Origin};
use skyreel_core::outcome::Outcome;
use skyreel_core::role::Role;
use skyreel_core::snapshot::Snapshot;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::protocol::{self, Ask, Asked, Hello, NotUnderstood, PROTOCOL};
use super::server::Shared;

/// How long a client that is to go may take to hear it.
const FAREWELL: Duration = Duration::from_millis(200);

/// Serves one client until it goes, or is told to.
pub(super) async fn serve(
    socket: WebSocket,
    shared: Arc<Shared>,
    origin: Origin,
    stop: watch::Receiver<bool>,
) {
    let limits = shared.config.limits;
    let (tell, answers) = mpsc::channel(limits.in_flight);
    let now = Instant::now();
    let states = shared.seen.0.clone();
    let mut client = Client {
        socket,
        shared,
        origin,
        stop,
        tell,
        answers,
        states,
        in_flight: 0,
        told: None,
        watches: false,
        next_state: now,
        asked_for_life: None,
        next_ping: now + limits.ping,
    };
    // Where the socket fails there is nobody left to tell.
    let _ = client.run().await;
}

/// The socket is gone.
struct Gone;

struct Client {
    socket: WebSocket,
    shared: Arc<Shared>,
    origin: Origin,
    stop: watch::Receiver<bool>,
    tell: mpsc::Sender<(u64, Outcome)>,
    answers: mpsc::Receiver<(u64, Outcome)>,
    states: watch::Receiver<Arc<Snapshot>>,
    /// Requests without an answer.
    in_flight: usize,
    /// The state that it was told last.
    told: Option<Arc<Snapshot>>,
    watches: bool,
    /// Before then it is told no state.
    next_state: Instant,
    /// When it was asked for a sign of life, if none has come since.
    asked_for_life: Option<Instant>,
    next_ping: Instant,
}

impl Client {
    async fn run(&mut self) -> Result<(), Gone> {
        let limits = self.shared.config.limits;
        let hello = Hello {
            protocol: PROTOCOL,
            skyreel: self.shared.config.version.clone(),
            name: self.shared.config.name.clone(),
        };
        self.say(&json!(hello)).await?;
        loop {
            tokio::select! {
                biased;
                Some((id, outcome)) = self.answers.recv() => {
                    self.in_flight -= 1;
                    self.say(&protocol::answer(id, &outcome)).await?;
                }
                () = told_to_stop(&mut self.stop) => return self.part().await,
                // A client with too many requests under way is not read from: it waits.
                message = self.socket.recv(), if self.in_flight < limits.in_flight => {
                    self.asked_for_life = None;
                    match message {
                        Some(Ok(Message::Text(text))) => self.take(&text).await?,
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(Message::Binary(_))) => {
                            let why = "text messages are expected";
                            return self.close(close_code::UNSUPPORTED, why).await;
                        }
                        Some(Err(_)) => {
                            let why = "no message of this protocol, or one that is too long";
                            return self.close(close_code::POLICY, why).await;
                        }
                        Some(Ok(Message::Close(_))) | None => return Err(Gone),
                    }
                }
                Ok(()) = next_state(&mut self.states, self.next_state), if self.watches => {
                    self.tell_state().await?;
                }
                () = sleep_until(self.next_ping), if self.in_flight < limits.in_flight => {
                    let now = Instant::now();
                    let asked = *self.asked_for_life.get_or_insert(now);
                    if now - asked > limits.silence {
                        return self.close(close_code::POLICY, "there is no sign of life").await;
                    }
                    self.next_ping = now + limits.ping;
                    self.send(Message::Ping(Default::default())).await?;
                }
            }
        }
    }

    /// Takes a message.
    async fn take(&mut self, text: &str) -> Result<(), Gone> {
        let ask: Ask = match serde_json::from_str(text) {
            Ok(ask) => ask,
            Err(error) => {
                let id = serde_json::from_str::<Json>(text).ok();
                let id = id.and_then(|message| message.get("id")?.as_u64());
                let why = NotUnderstood::Message(error.to_string());
                return self.say(&protocol::not_understood(id, &why)).await;
            }
        };
        let id = ask.id;
        match ask.understand() {
            Ok(Asked::Command(command)) => {
                self.hand_in(id, command);
                Ok(())
            }
            Ok(Asked::Watch(on)) => {
                self.watches = on;
                self.told = None;
                self.say(&protocol::answer(id, &Outcome::DONE)).await?;
                if on { self.tell_state().await } else { Ok(()) }
            }
            Err(why) => self.say(&protocol::not_understood(Some(id), &why)).await,
        }
    }

    /// Hands a command in; its answer comes back by the channel, in any case.
    fn hand_in(&mut self, id: u64, command: Command) {
        self.in_flight += 1;
        let pending = Pending { id, tell: Some(self.tell.clone()) };
        let reply = Box::new(move |outcome| pending.answer(outcome));
        // Whoever has the secret is the user who started the program.
        self.shared.door.send(command, self.origin, Role::Administrator, reply);
    }

    /// Tells the newest state: whole, or what has changed since the last one that was told.
    async fn tell_state(&mut self) -> Result<(), Gone> {
        let snapshot = Arc::clone(&self.states.borrow_and_update());
        let message = match &self.told {
            Some(told) => self.shared.told.changes(told, &snapshot),
            None => Some(self.shared.told.whole(&snapshot)),
        };
        self.told = Some(snapshot);
        if let Some(message) = message {
            self.send(Message::Text(message)).await?;
        }
        self.next_state = Instant::now() + self.shared.config.limits.between_states;
        Ok(())
    }

    async fn say(&mut self, message: &Json) -> Result<(), Gone> {
        self.send(Message::text(message.to_string())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Gone> {
        let mut stop = self.stop.clone();
        tokio::select! {
            sent = self.socket.send(message) => sent.map_err(|_| Gone),
            // Who does not read does not keep the program from its end.
            () = async { told_to_stop(&mut stop).await; sleep(FAREWELL).await } => Err(Gone),
        }
    }

    /// The server ends: answers that are still to come are told, then farewell.
    async fn part(&mut self) -> Result<(), Gone> {
        let last_answers = async {
            while self.in_flight > 0 {
                let Some((id, outcome)) = self.answers.recv().await else { break };
                self.in_flight -= 1;
                self.say(&protocol::answer(id, &outcome)).await?;
            }
            Ok::<(), Gone>(())
        };
        let _ = timeout(FAREWELL, last_answers).await;
        self.close(close_code::AWAY, "Skyreel ends").await
    }

    async fn close(&mut self, code: u16, reason: &'static str) -> Result<(), Gone> {
        let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
        let _ = timeout(FAREWELL, self.socket.send(Message::Close(Some(frame)))).await;
        Err(Gone)
    }
}

/// A request whose answer is to come. One that is forgotten is answered too.
struct Pending {
    id: u64,
    tell: Option<mpsc::Sender<(u64, Outcome)>>,
}

impl Pending {
    fn answer(mut self, outcome: Outcome) {
        self.tell(outcome);
    }

    fn tell(&mut self, outcome: Outcome) {
        if let Some(tell) = self.tell.take() {
            // There is room for as many as can be under way; who has gone need not be told.
            let _ = tell.try_send((self.id, outcome));
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.tell(Outcome::Failed("Skyreel ended before it was done".to_owned()));
    }
}

async fn told_to_stop(stop: &mut watch::Receiver<bool>) {
    // A server that is no more has stopped too.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Waits until there is a newer state, and it is time to tell it.
async fn next_state(
    states: &mut watch::Receiver<Arc<Snapshot>>,
    not_before: Instant,
) -> Result<(), watch::error::RecvError> {
    sleep_until(not_before).await;
    states.changed().await
}
