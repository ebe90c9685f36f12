//! Who is let in: only whoever means this server by its own name, from no other site's page, with the
//! secret. Decides from the head of a request alone; it neither reads nor writes.
//!
//! Loopback is no border: every page in the user's browser can send requests there (its `Origin` tells),
//! also under a name of its own that it lets point there (`Host` tells), and so can other users.

use std::net::{IpAddr, SocketAddr};

use axum::http::header::{AUTHORIZATION, HOST, ORIGIN, SEC_WEBSOCKET_PROTOCOL};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};

use super::secret::Secret;

/// What the name of the subprotocol begins with, by which a browser, whose scripts can set no header,
/// tells the secret.
pub const SUBPROTOCOL: &str = "skyreel.v1.";

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stranger {
    /// They mean somebody else, or do not say whom.
    #[error("the Host header must name this server by its address or its own name, with its port")]
    Host,
    /// Another site's page.
    #[error("pages of other sites are not let in")]
    Origin,
    /// They do not know the secret.
    #[error("the secret is missing or wrong")]
    Secret,
}

impl Stranger {
    /// What they are answered.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Host | Self::Origin => StatusCode::FORBIDDEN,
            Self::Secret => StatusCode::UNAUTHORIZED,
        }
    }
}

/// What a server lets in.
#[derive(Clone, Debug)]
pub struct Guard {
    port: u16,
    /// Whether other machines reach it.
    is_open: bool,
    /// What it is called there, besides its addresses.
    names: Vec<String>,
    secret: Secret,
}

impl Guard {
    /// That of a server at an address, which other machines call by these names.
    pub fn new(address: SocketAddr, names: Vec<String>, secret: Secret) -> Self {
        let is_open = !address.ip().is_loopback();
        Self { port: address.port(), is_open, names, secret }
    }

    /// Whether a host, as it stands in a header, is this server.
    fn is_own(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port),
            _ => (host, "80"),
        };
        if port != self.port.to_string() {
            return false;
        }
        if ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| own.eq_ignore_ascii_case(name)) {
            return true;
        }
        // A site that lets its name point here has a name; who uses a plain address means this server.
        let literal = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        let ip: Option<IpAddr> = match literal {
            Some(v6) => v6.parse().ok().map(IpAddr::V6),
            None => name.parse().ok().map(IpAddr::V4),
        };
        let is_address = ip.is_some_and(|ip| !ip.is_unspecified());
        self.is_open && (is_address || self.names.iter().any(|own| own.eq_ignore_ascii_case(name)))
    }

    /// Whether a request means this server and comes from no other site's page.
    ///
    /// # Errors
    /// Where it does not.
    pub fn place(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Stranger> {
        let host = only(headers, &HOST).ok().flatten().ok_or(Stranger::Host)?;
        // A request line with a whole address in it would go before the header.
        let has_other_name = uri.authority().is_some_and(|name| name.as_str() != host);
        if !self.is_own(host) || has_other_name {
            return Err(Stranger::Host);
        }
        let is_own_page = |origin: &str| {
            origin.strip_prefix("http://").is_some_and(|from| from.eq_ignore_ascii_case(host))
        };
        match only(headers, &ORIGIN) {
            Ok(None) => Ok(()),
            Ok(Some(origin)) if is_own_page(origin) => Ok(()),
            _ => Err(Stranger::Origin),
        }
    }

    /// The subprotocol to answer with, where the secret came by one.
    ///
    /// # Errors
    /// Where the secret is not there, or is another.
    pub fn secret(&self, headers: &HeaderMap) -> Result<Option<String>, Stranger> {
        let bearer = only(headers, &AUTHORIZATION).map_err(|_| Stranger::Secret)?;
        if let Some(bearer) = bearer {
            let told = bearer.strip_prefix("Bearer ").ok_or(Stranger::Secret)?;
            return self.secret.is(told.as_bytes()).then_some(None).ok_or(Stranger::Secret);
        }
        let offered = only(headers, &SEC_WEBSOCKET_PROTOCOL).map_err(|_| Stranger::Secret)?;
        let mut offered = offered.unwrap_or_default().split(',').map(str::trim);
        let told = offered.find_map(|one| Some((one, one.strip_prefix(SUBPROTOCOL)?)));
        match told {
            Some((name, told)) if self.secret.is(told.as_bytes()) => Ok(Some(name.to_owned())),
            _ => Err(Stranger::Secret),
        }
    }
}

/// What a server on this machine can be called, with its port.
pub(crate) fn own_names(port: u16) -> Vec<String> {
    let names = ["127.0.0.1", "localhost", "[::1]"];
    let mut all: Vec<String> = names.map(|name| format!("{name}:{port}")).into();
    if port == 80 {
        all.extend(names.map(str::to_owned));
    }
    all
}

/// The value of a header; an error where it stands there twice or is no text.
pub(crate) fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| ()),
        _ => Err(()),
    }
}
