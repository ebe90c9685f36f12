//! Who is let in at the WebSocket: only whoever means this server by its own name, and from no other
//! site's page. Then who it is decides, as for lines.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Extension, FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use tokio::sync::OwnedSemaphorePermit;

use super::client;
use super::server::{Shared, Visitor};
use super::wire::Wire;

/// What a connection brings along; taken by the request that becomes a socket.
#[derive(Clone)]
pub(super) struct Arrived {
    pub(super) peer: SocketAddr,
    pub(super) own: SocketAddr,
}

/// All that can be asked for: a socket, whatever the path.
pub(super) fn router(shared: &Arc<Shared>) -> Router {
    Router::new().fallback(get(open_socket)).with_state(Arc::clone(shared))
}

async fn open_socket(
    State(shared): State<Arc<Shared>>,
    Extension(arrived): Extension<Arrived>,
    request: Request,
) -> Response {
    if let Err(stranger) = shared.guard.place(request.uri(), request.headers()) {
        return (stranger.status(), format!("{stranger}\n")).into_response();
    }
    let (visitor, places) = match shared.receive(arrived.peer, arrived.own) {
        Ok(received) => received,
        Err(why) => return (StatusCode::FORBIDDEN, format!("{why}\n")).into_response(),
    };
    let (mut parts, _) = request.into_parts();
    let upgrade =
        match <WebSocketUpgrade as FromRequestParts<()>>::from_request_parts(&mut parts, &()).await
        {
            Ok(upgrade) => upgrade,
            Err(rejection) => return rejection.into_response(),
        };
    let most = shared.config.limits.server.message_bytes;
    let upgrade = upgrade.max_message_size(most).max_frame_size(most);
    upgrade.on_upgrade(move |socket| serve(Wire::Socket(socket), shared, visitor, places))
}

/// Serves a client for as long as it has its places.
pub(super) async fn serve(
    wire: Wire,
    shared: Arc<Shared>,
    visitor: Visitor,
    places: Vec<OwnedSemaphorePermit>,
) {
    client::serve(wire, shared, visitor).await;
    drop(places);
}
