//! A client that looks at the scene: it asks for one picture at a time, so that one that reads slowly,
//! or sleeps, costs nothing.

use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout};

use super::server::Shared;
use crate::door::PictureWish;

/// How wide a picture may be, pixels.
pub const WIDEST_PX: u32 = 1920;

/// How wide where nobody says.
const USUAL_PX: u32 = 960;

/// What a client asks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    #[serde(default)]
    view: Option<String>,
    #[serde(default)]
    width: Option<u32>,
}

/// Serves one client until it goes, or the server ends.
pub(super) async fn serve(mut socket: WebSocket, shared: Arc<Shared>) {
    let limits = shared.config.limits;
    let mut stop = shared.stopped.clone();
    let mut not_before = Instant::now();
    loop {
        // One that is not looked at any more sends nothing; as long as it answers pings, it may.
        let text = tokio::select! {
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => text,
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                _ => return,
            },
            () = sleep_until(Instant::now() + limits.silence) => {
                let ping = socket.send(Message::Ping(Default::default()));
                if !matches!(timeout(limits.silence, ping).await, Ok(Ok(()))) {
                    return;
                }
                continue;
            }
            () = stopped(&mut stop) => break,
        };
        sleep_until(not_before).await;
        not_before = Instant::now() + limits.between_pictures;
        let message = tokio::select! {
            message = answer(&text, &shared) => message,
            () = stopped(&mut stop) => break,
        };
        tokio::select! {
            sent = socket.send(message) => if sent.is_err() { return },
            () = stopped(&mut stop) => break,
        }
    }
    let reason = Utf8Bytes::from_static("Skyreel ends");
    let frame = CloseFrame { code: close_code::AWAY, reason };
    // Who does not read does not keep the program from its end.
    let _ = timeout(limits.between_pictures, socket.send(Message::Close(Some(frame)))).await;
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // A server that is no more has stopped too.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn answer(text: &str, shared: &Shared) -> Message {
    let say = |why: String| Message::text(json!({ "text": why }).to_string());
    let ask: Ask = match serde_json::from_str(text) {
        Ok(ask) => ask,
        Err(error) => {
            return say(format!("{error}; expected {{\"width\": 960, \"view\": …}}"));
        }
    };
    let width_px = ask.width.unwrap_or(USUAL_PX).clamp(16, WIDEST_PX);
    let (tell, told) = oneshot::channel();
    // Whoever has gone need not be told.
    let reply = Box::new(move |picture| drop(tell.send(picture)));
    shared.door.picture(PictureWish { view: ask.view, width_px }, reply);
    match told.await {
        Ok(Ok(jpeg)) => Message::binary(jpeg.to_vec()),
        Ok(Err(why)) => say(why),
        Err(_) => say("no picture was made".to_owned()),
    }
}
