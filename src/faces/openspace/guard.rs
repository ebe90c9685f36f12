//! Which requests for a WebSocket are turned away at once: those that mean somebody else, and those of
//! other sites' pages. Every page in the user's browser can ask for one; OpenSpace itself lets them in.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Uri};

use crate::web::Stranger;
use crate::web::guard::{only, own_names};

/// What is let in.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    /// This server's own names.
    hosts: Vec<String>,
    /// The origins of Skyreel's own pages.
    pages: Vec<String>,
}

impl Guard {
    /// That of a server at a port, beside pages at another.
    pub(super) fn new(port: u16, page_port: Option<u16>) -> Self {
        let pages = page_port.map_or_else(Vec::new, own_names);
        let pages = pages.into_iter().map(|name| format!("http://{name}")).collect();
        Self { hosts: own_names(port), pages }
    }

    /// Whether a request means this server, and comes from no page or from Skyreel's own.
    pub(super) fn place(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Stranger> {
        let is_among = |names: &[String], name: &str| {
            names.iter().any(|known| known.eq_ignore_ascii_case(name))
        };
        let host = only(headers, &HOST).ok().flatten().ok_or(Stranger::Host)?;
        // A request line with a whole address in it would go before the header.
        let has_other_name = uri.authority().is_some_and(|name| name.as_str() != host);
        if !is_among(&self.hosts, host) || has_other_name {
            return Err(Stranger::Host);
        }
        match only(headers, &ORIGIN) {
            Ok(None) => Ok(()),
            Ok(Some(origin)) if is_among(&self.pages, origin) => Ok(()),
            _ => Err(Stranger::Origin),
        }
    }
}
