//! One client from its first message to its last: what it asks goes in at the door, what its topics tell
//! goes out. Whatever it sends, and however slowly it reads, it holds so much memory at most: what topics
//! tell of one state, the answers to so many commands, and so many topics.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::close_code;
use serde_json::{Value as Json, json};
use skyreel_core::command::{Command, Origin};
use skyreel_core::outcome::Outcome;
use skyreel_core::role::Role;
use skyreel_core::snapshot::Snapshot;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::message::{self, Complaint, Dialect, Message, Payload};
use super::server::{Shared, Visitor};
use super::topics::{self, Answer, Ask, Begun, Goes, Now, Out, Topic};
use super::wire::{Gone, Heard, Wire};

/// How long a client that is to go may take to hear it.
const FAREWELL: Duration = Duration::from_millis(200);

/// Serves one client until it goes, or is told to.
pub(super) async fn serve(wire: Wire, shared: Arc<Shared>, visitor: Visitor) {
    let limits = shared.config.limits.server;
    // A message can hand in one command more than are waited for: a topic that ends, or is pushed.
    let (tell, answers) = mpsc::channel(limits.in_flight + 1);
    let now = Instant::now();
    let states = shared.seen.0.clone();
    let stop = shared.stopped.clone();
    let mut client = Client {
        wire,
        shared,
        visitor,
        dialect: Dialect::Old,
        has_spoken: false,
        topics: BTreeMap::new(),
        stop,
        tell,
        answers,
        states,
        in_flight: 0,
        is_deaf_after: None,
        next_look: now,
        asked_for_life: None,
        next_ping: now + limits.ping,
        turned_away_at: now + limits.handshake,
    };
    // Where the way there fails there is nobody left to tell.
    let _ = client.run().await;
    client.end_topics();
}

struct Client {
    wire: Wire,
    shared: Arc<Shared>,
    visitor: Visitor,
    dialect: Dialect,
    /// Whether it has said something that is a message.
    has_spoken: bool,
    topics: BTreeMap<i64, Box<dyn Topic>>,
    stop: watch::Receiver<bool>,
    tell: mpsc::Sender<Answered>,
    answers: mpsc::Receiver<Answered>,
    states: watch::Receiver<Arc<Snapshot>>,
    /// Commands without an outcome.
    in_flight: usize,
    /// It says no more: until then it is told what it still waits for.
    is_deaf_after: Option<Instant>,
    /// Before then topics do not look.
    next_look: Instant,
    /// When it was asked for a sign of life, if none has come since.
    asked_for_life: Option<Instant>,
    next_ping: Instant,
    /// When a stranger is hung up on.
    turned_away_at: Instant,
}

impl Client {
    async fn run(&mut self) -> Result<(), Gone> {
        let limits = self.shared.config.limits.server;
        loop {
            let hears = self.in_flight < limits.in_flight && self.is_deaf_after.is_none();
            let is_stranger = matches!(self.visitor, Visitor::Stranger { .. });
            tokio::select! {
                biased;
                Some(answered) = self.answers.recv() => {
                    self.in_flight -= 1;
                    self.answer(answered).await?;
                    if self.is_deaf_after.is_some() && self.in_flight == 0 {
                        return Err(Gone);
                    }
                }
                () = told_to_stop(&mut self.stop) => return self.part().await,
                // A client with too many commands under way is not read from: it waits.
                heard = self.wire.hear(), if hears => self.take(heard).await?,
                Ok(()) = next_state(&mut self.states, self.next_look), if !self.topics.is_empty() => {
                    self.look().await?;
                }
                () = sleep_until(self.next_ping), if hears && self.wire.can_ping() => {
                    let now = Instant::now();
                    let asked = *self.asked_for_life.get_or_insert(now);
                    if now - asked > limits.silence {
                        return self.close(close_code::POLICY, "there is no sign of life").await;
                    }
                    self.next_ping = now + limits.ping;
                    timeout(limits.silence, self.wire.ping()).await.unwrap_or(Err(Gone))?;
                }
                () = sleep_until(self.turned_away_at), if is_stranger => {
                    return self.close(close_code::POLICY, "there is no password").await;
                }
                () = until(self.is_deaf_after) => return Err(Gone),
            }
        }
    }

    async fn take(&mut self, heard: Heard) -> Result<(), Gone> {
        self.asked_for_life = None;
        match heard {
            Heard::Text(text) => {
                self.hear(&text).await?;
                // Who always has more to say lets others have their turn.
                tokio::task::yield_now().await;
                Ok(())
            }
            Heard::Life => Ok(()),
            Heard::Wrong(why) => self.close(close_code::POLICY, why).await,
            // Whoever sends a line and closes its half may wait for the answer.
            Heard::End if matches!(self.wire, Wire::Lines(_)) && self.in_flight > 0 => {
                self.end_topics();
                self.is_deaf_after =
                    Some(Instant::now() + self.shared.config.limits.server.silence);
                Ok(())
            }
            Heard::End => Err(Gone),
        }
    }

    async fn hear(&mut self, text: &str) -> Result<(), Gone> {
        let (topic, complaint) = match Message::read(text) {
            Ok(Message::Handshake) => {
                (self.has_spoken, self.dialect) = (true, Dialect::New);
                return Ok(());
            }
            Ok(Message::Topic { id, kind, payload }) => {
                self.has_spoken = true;
                match self.about(id, kind.as_deref(), &payload).await? {
                    Ok(()) => return Ok(()),
                    Err(complaint) => (Some(id), complaint),
                }
            }
            Err(wrong) => wrong,
        };
        self.say(message::complaint(topic, &complaint.to_string())).await?;
        // Whoever begins so speaks something else, such as a page that sends a form to this port: what
        // comes behind it is not looked at.
        if !self.has_spoken {
            self.close(close_code::POLICY, "no message of this protocol").await
        } else {
            Ok(())
        }
    }

    /// Does what is said about a topic.
    async fn about(
        &mut self,
        id: i64,
        kind: Option<&str>,
        payload: &Payload,
    ) -> Result<Result<(), Complaint>, Gone> {
        if kind == Some("authorize") {
            let status = self.authorize(payload);
            self.say(message::told(id, json!({ "status": status }))).await?;
            return Ok(Ok(()));
        }
        if let Visitor::Stranger { .. } = self.visitor {
            return Ok(Err(Complaint::NotLetIn));
        }
        let snapshot = Arc::clone(&self.states.borrow());
        let mut out = Out::default();
        let done = self.go_on(id, kind, payload, &snapshot, &mut out);
        self.send(id, out).await?;
        Ok(done)
    }

    fn go_on(
        &mut self,
        id: i64,
        kind: Option<&str>,
        payload: &Payload,
        snapshot: &Snapshot,
        out: &mut Out,
    ) -> Result<(), Complaint> {
        let now = Now { snapshot, dialect: self.dialect, version: &self.shared.config.version };
        if let Some(topic) = self.topics.get_mut(&id) {
            if topic.hear(payload, &now, out)? == Goes::Over {
                topic.end(out);
                self.topics.remove(&id);
            }
            return Ok(());
        }
        let kind = kind.ok_or(Complaint::NotUnderWay(id))?;
        match topics::begin(kind, payload, &now, out)? {
            Begun::Over => {}
            Begun::Ask(Ask { command, answer }) => self.hand_in(id, command, answer),
            Begun::Topic(topic) => {
                let most = self.shared.config.limits.topics;
                if self.topics.len() >= most {
                    *out = Out::default();
                    return Err(Complaint::TooMany(most));
                }
                self.topics.insert(id, topic);
            }
        }
        Ok(())
    }

    fn authorize(&mut self, payload: &Payload) -> &'static str {
        if let Visitor::Known = self.visitor {
            return "authorized";
        }
        // Older clients call it key.
        match payload.get("password").or_else(|| payload.get("key")) {
            Some(Json::String(told)) if self.shared.is_password(told) => {
                self.visitor = Visitor::Known;
                "authorized"
            }
            Some(Json::String(_)) => "incorrectKey",
            _ => "badRequest",
        }
    }

    /// Hands a command in; its outcome comes back by the channel, in any case.
    fn hand_in(&mut self, topic: i64, command: Command, answer: Answer) {
        self.in_flight += 1;
        let pending = Pending { topic, answer: Some(answer), tell: self.tell.clone() };
        let reply = Box::new(move |outcome| pending.answer(outcome));
        // Whoever is let in is the user who started the program, or knows the password.
        self.shared.door.send(command, Origin::Network, Role::Administrator, reply);
    }

    async fn answer(&mut self, Answered { topic, answer, outcome }: Answered) -> Result<(), Gone> {
        let snapshot = Arc::clone(&self.states.borrow());
        let version = &self.shared.config.version;
        let told =
            answer.told(&outcome, &Now { snapshot: &snapshot, dialect: self.dialect, version });
        match told {
            Some(told) => self.say(message::told(topic, told)).await,
            None => Ok(()),
        }
    }

    /// Lets every topic look at the newest state.
    async fn look(&mut self) -> Result<(), Gone> {
        let snapshot = Arc::clone(&self.states.borrow_and_update());
        let ids: Vec<i64> = self.topics.keys().copied().collect();
        for id in ids {
            let version = &self.shared.config.version;
            let now = Now { snapshot: &snapshot, dialect: self.dialect, version };
            let mut out = Out::default();
            if let Some(topic) = self.topics.get_mut(&id) {
                topic.look(&now, &mut out);
            }
            self.send(id, out).await?;
        }
        self.next_look = Instant::now() + self.shared.config.limits.server.between_states;
        Ok(())
    }

    async fn send(&mut self, id: i64, out: Out) -> Result<(), Gone> {
        for command in out.commands {
            self.hand_in(id, command, Answer::Complaint);
        }
        for told in out.told {
            self.say(message::told(id, told)).await?;
        }
        Ok(())
    }

    /// Nobody is there any more who would end them.
    fn end_topics(&mut self) {
        let mut out = Out::default();
        for topic in std::mem::take(&mut self.topics).values_mut() {
            topic.end(&mut out);
        }
        for command in out.commands {
            let nobody = Box::new(|_| ());
            self.shared.door.send(command, Origin::Network, Role::Administrator, nobody);
        }
    }

    async fn say(&mut self, text: String) -> Result<(), Gone> {
        let silence = self.shared.config.limits.server.silence;
        let mut stop = self.stop.clone();
        tokio::select! {
            sent = timeout(silence, self.wire.say(text)) => sent.unwrap_or(Err(Gone)),
            // Who does not read does not keep the program from its end.
            () = async { told_to_stop(&mut stop).await; sleep(FAREWELL).await } => Err(Gone),
        }
    }

    /// The server ends: answers that are still to come are told, then farewell.
    async fn part(&mut self) -> Result<(), Gone> {
        let last_answers = async {
            while self.in_flight > 0 {
                let Some(answered) = self.answers.recv().await else { break };
                self.in_flight -= 1;
                self.answer(answered).await?;
            }
            Ok::<(), Gone>(())
        };
        let _ = timeout(FAREWELL, last_answers).await;
        self.close(close_code::AWAY, "Skyreel ends").await
    }

    async fn close(&mut self, code: u16, reason: &'static str) -> Result<(), Gone> {
        let _ = timeout(FAREWELL, self.wire.close(code, reason)).await;
        Err(Gone)
    }
}

/// The outcome of a command, and what its topic makes of it.
struct Answered {
    topic: i64,
    answer: Answer,
    outcome: Outcome,
}

/// A command whose outcome is to come. One that is forgotten is answered too.
struct Pending {
    topic: i64,
    answer: Option<Answer>,
    tell: mpsc::Sender<Answered>,
}

impl Pending {
    fn answer(mut self, outcome: Outcome) {
        self.tell(outcome);
    }

    fn tell(&mut self, outcome: Outcome) {
        if let Some(answer) = self.answer.take() {
            // There is room for as many as can be under way; who has gone need not be told.
            let _ = self.tell.try_send(Answered { topic: self.topic, answer, outcome });
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

/// Waits until there is a newer state, and it is time to look at it.
async fn next_state(
    states: &mut watch::Receiver<Arc<Snapshot>>,
    not_before: Instant,
) -> Result<(), watch::error::RecvError> {
    sleep_until(not_before).await;
    states.changed().await
}

async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
