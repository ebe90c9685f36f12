//! What becomes of a request: who is turned away, who gets a page, and who a socket.

use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{DefaultBodyLimit, Extension, FromRequestParts, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderName, REFERRER_POLICY,
    RETRY_AFTER, SEC_WEBSOCKET_PROTOCOL, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use skyreel_core::command::Origin;

use super::attempts::AttemptsByAddress;
use super::client;
use super::code::Told;
use super::guard::Stranger;
use super::pages;
use super::picture;
use super::protocol::{AS_COMMAND_LINE, PATH, PICTURE_PATH, PROTOCOL};
use super::server::Shared;

/// The longest that may be told to be let in, bytes.
const MOST_TOLD: usize = 4 << 10;

/// All that can be asked for.
pub(super) fn router(shared: &Arc<Shared>) -> Router {
    Router::new()
        .route(PATH, get(open_socket))
        .route(PICTURE_PATH, get(open_pictures))
        .route("/hello", get(hello))
        .route("/enter", post(enter).layer(DefaultBodyLimit::max(MOST_TOLD)))
        .route("/check", get(check))
        .route("/protocol", get(pages::protocol))
        .fallback(get(pages::page))
        .layer(middleware::from_fn_with_state(Arc::clone(shared), pass))
        .with_state(Arc::clone(shared))
}

/// What every request must pass, whatever it is for, and what every answer says.
async fn pass(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (policy, mut response) = match shared.guard.place(request.uri(), request.headers()) {
        Ok(()) => (policy(request.headers()), next.run(request).await),
        Err(stranger) => (HeaderValue::from_static("default-src 'none'"), turn_away(stranger)),
    };
    let say = |name: HeaderName, value| (name, HeaderValue::from_static(value));
    response.headers_mut().extend([
        say(X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, policy),
        say(REFERRER_POLICY, "no-referrer"),
        say(CACHE_CONTROL, "no-store"),
        say(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ]);
    response
}

/// What a page may load: what comes from here, and nothing else. Not every browser takes a socket to
/// the same host for its own, so that is named.
fn policy(headers: &HeaderMap) -> HeaderValue {
    let mut policy = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; connect-src 'self'"
        .to_owned();
    // It is one of our own names: the guard has let it pass.
    if let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) {
        // Writing to a text does not fail.
        let _ = write!(policy, " ws://{host}");
    }
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

fn turn_away(stranger: Stranger) -> Response {
    (stranger.status(), format!("{stranger}\n")).into_response()
}

fn attempts(shared: &Shared) -> MutexGuard<'_, AttemptsByAddress> {
    shared.attempts.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `GET /hello`: who this is, and by what one is let in from there.
async fn hello(
    State(shared): State<Arc<Shared>>,
    Extension(from): Extension<SocketAddr>,
) -> Response {
    let asks_for = if from.ip().is_loopback() { "code" } else { "password" };
    said(
        StatusCode::OK,
        &json!({
            "protocol": PROTOCOL,
            "skyreel": shared.config.version,
            "name": shared.config.name,
            "asks_for": asks_for,
        }),
    )
}

/// What is told to be let in.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entering {
    Code(String),
    Password(String),
}

/// `POST /enter`: a code or the password for the secret.
async fn enter(
    State(shared): State<Arc<Shared>>,
    Extension(from): Extension<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // A form of another site can send text, but not this without asking first.
    let is_json = |value: &HeaderValue| value.as_bytes().starts_with(b"application/json");
    if !headers.get(CONTENT_TYPE).is_some_and(is_json) {
        let text = "content-type: application/json is expected";
        return said(StatusCode::UNSUPPORTED_MEDIA_TYPE, &json!({ "text": text }));
    }
    let Ok(entering) = serde_json::from_slice(&body) else {
        let text = "{\"code\": …} or {\"password\": …} is expected";
        return said(StatusCode::BAD_REQUEST, &json!({ "text": text }));
    };
    let (now, from) = (Instant::now(), from.ip());
    let mut attempts = attempts(&shared);
    // A code is short: whoever has guessed too often is not even told that they are right.
    if let Some(wait) = attempts.wait(from, now) {
        return later(wait);
    }
    let (told, wrong) = match &entering {
        Entering::Code(code) => (Told::Code(code), "that is not the code of this Skyreel"),
        Entering::Password(word) => (Told::Password(word), "that is not the password"),
    };
    if shared.codes.let_in(told, from, now) {
        return said(StatusCode::OK, &json!({ "secret": shared.config.secret.reveal() }));
    }
    match attempts.note_wrong(from, now) {
        None => said(StatusCode::UNAUTHORIZED, &json!({ "text": wrong })),
        Some(wait) => later(wait),
    }
}

/// `GET /check`: whether a secret is still that of this start.
async fn check(
    State(shared): State<Arc<Shared>>,
    Extension(from): Extension<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    match shared.guard.secret(&headers) {
        Ok(_) => StatusCode::NO_CONTENT.into_response(),
        Err(stranger) => wrong_secret(&shared, from, stranger),
    }
}

fn said(status: StatusCode, what: &Json) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], what.to_string()).into_response()
}

fn later(wait: Duration) -> Response {
    let wait_s = wait.as_secs().max(1);
    let text = format!("too many were wrong; try again in {wait_s} s");
    let mut response =
        said(StatusCode::TOO_MANY_REQUESTS, &json!({ "text": text, "wait_s": wait_s }));
    response.headers_mut().insert(RETRY_AFTER, wait_s.into());
    response
}

/// The right secret is let in also when many were wrong: it cannot be guessed, and whoever else is on
/// this machine could otherwise keep the user out.
fn wrong_secret(shared: &Shared, from: SocketAddr, stranger: Stranger) -> Response {
    match attempts(shared).note_wrong(from.ip(), Instant::now()) {
        None => turn_away(stranger),
        Some(wait) => Response::builder()
            .status(StatusCode::TOO_MANY_REQUESTS)
            .header(RETRY_AFTER, wait.as_secs().max(1).to_string())
            .body(Body::from("too many wrong secrets; try again later\n"))
            .unwrap_or_default(),
    }
}

/// The subprotocol that a socket is opened with, where the secret came by one, and the upgrade.
async fn upgrade(
    shared: &Shared,
    from: SocketAddr,
    request: Request,
) -> Result<(Option<HeaderValue>, WebSocketUpgrade), Response> {
    let subprotocol = shared
        .guard
        .secret(request.headers())
        .map_err(|stranger| wrong_secret(shared, from, stranger))?;
    let (mut parts, _) = request.into_parts();
    let upgrade = <WebSocketUpgrade as FromRequestParts<()>>::from_request_parts(&mut parts, &())
        .await
        .map_err(IntoResponse::into_response)?;
    let most = shared.config.limits.message_bytes;
    let chosen = subprotocol.and_then(|name| HeaderValue::from_str(&name).ok());
    Ok((chosen, upgrade.max_message_size(most).max_frame_size(most)))
}

fn with_subprotocol(mut response: Response, chosen: Option<HeaderValue>) -> Response {
    response.headers_mut().extend(chosen.map(|name| (SEC_WEBSOCKET_PROTOCOL, name)));
    response
}

fn no_room() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, "too many clients\n").into_response()
}

/// `GET /api`: the secret, then a place, then the socket.
async fn open_socket(
    State(shared): State<Arc<Shared>>,
    Extension(from): Extension<SocketAddr>,
    uri: Uri,
    request: Request,
) -> Response {
    let origin = match uri.query() {
        Some(AS_COMMAND_LINE) => Origin::CommandLine,
        _ => Origin::Network,
    };
    let (chosen, upgrade) = match upgrade(&shared, from, request).await {
        Ok(upgraded) => upgraded,
        Err(response) => return response,
    };
    let Ok(place) = Arc::clone(&shared.clients).try_acquire_owned() else { return no_room() };
    let stopped = shared.stopped.clone();
    let response = upgrade.on_upgrade(move |socket| async move {
        client::serve(socket, shared, origin, stopped).await;
        drop(place);
    });
    with_subprotocol(response, chosen)
}

/// `GET /picture`: the same for pictures.
async fn open_pictures(
    State(shared): State<Arc<Shared>>,
    Extension(from): Extension<SocketAddr>,
    request: Request,
) -> Response {
    let (chosen, upgrade) = match upgrade(&shared, from, request).await {
        Ok(upgraded) => upgraded,
        Err(response) => return response,
    };
    let Ok(place) = Arc::clone(&shared.watchers).try_acquire_owned() else { return no_room() };
    let response = upgrade.on_upgrade(move |socket| async move {
        picture::serve(socket, shared).await;
        drop(place);
    });
    with_subprotocol(response, chosen)
}
