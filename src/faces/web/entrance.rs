//! What becomes of a request: who is turned away, and who gets a socket.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, RETRY_AFTER,
    SEC_WEBSOCKET_PROTOCOL, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use skyreel_core::command::Origin;

use super::client;
use super::guard::Stranger;
use super::protocol::{AS_COMMAND_LINE, PATH};
use super::server::Shared;

/// All that can be asked for.
pub(super) fn router(shared: &Arc<Shared>) -> Router {
    Router::new()
        .route(PATH, get(open_socket))
        .layer(middleware::from_fn_with_state(Arc::clone(shared), pass))
        .with_state(Arc::clone(shared))
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
        match <WebSocketUpgrade as FromRequestParts<()>>::from_request_parts(&mut parts, &()).await
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
