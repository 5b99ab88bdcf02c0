//! What the gateway learns about a request before any handler sees it.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use heard_kernel::Locale;

use crate::{AppState, Problem};

/// What is known about a request, in its extensions.
#[derive(Clone, Debug)]
pub struct RequestInfo {
    /// Names the request in the log and in problems.
    pub id: Arc<str>,
    /// The language of the answer.
    pub locale: Locale,
    /// Where the request came from, as far as proxies can be believed.
    pub address: IpAddr,
}

impl RequestInfo {
    /// Reads the headers and the connection of a request.
    pub(crate) fn read(state: &AppState, parts: &Parts) -> Self {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let trusted = &state.ctx.config().server.trusted_proxies;
        let behind_proxy = peer.is_some_and(|peer| trusted.contains(&peer.to_canonical()));
        let given = if behind_proxy { given_id(&parts.headers) } else { None };
        Self {
            id: given.unwrap_or_else(|| state.ctx.new_id::<uuid::Uuid>().to_string().into()),
            locale: locale(&parts.headers).unwrap_or_else(|| state.site.locale()),
            address: address(peer, &parts.headers, trusted),
        }
    }

    /// What [`RequestInfo::read`] left in the extensions.
    pub fn of(parts: &Parts) -> Self {
        parts.extensions.get::<Self>().cloned().unwrap_or_else(|| Self {
            id: "".into(),
            locale: locale(&parts.headers).unwrap_or_default(),
            address: UNKNOWN,
        })
    }
}

/// Stands for a peer without an address, such as a test that calls the router directly.
const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

fn locale(headers: &HeaderMap) -> Option<Locale> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(Locale::negotiate)
}

/// The id that a proxy gave to the request, when it is harmless in a log.
fn given_id(headers: &HeaderMap) -> Option<Arc<str>> {
    let id = headers.get("x-request-id")?.to_str().ok()?;
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (!id.is_empty() && id.len() <= 64 && id.chars().all(harmless)).then(|| id.into())
}

/// The last address that no trusted proxy vouches for. What stands further left in `X-Forwarded-For` may be invented.
fn address(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let Some(peer) = peer.map(|peer| peer.to_canonical()) else { return UNKNOWN };
    let mut address = peer;
    let lines = headers.get_all("x-forwarded-for");
    let mut hops: Vec<&str> = Vec::new();
    for line in lines.iter().filter_map(|line| line.to_str().ok()) {
        hops.extend(line.split(',').map(str::trim));
    }
    while trusted.contains(&address) {
        let Some(hop) = hops.pop().and_then(parse_hop) else { break };
        address = hop;
    }
    address
}

/// An address with or without a port.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>()
        .or_else(|_| hop.parse::<SocketAddr>().map(|address| address.ip()))
        .ok()
        .map(|ip| ip.to_canonical())
}

/// The language of the answer.
#[derive(Clone, Copy, Debug)]
pub struct Lang(pub Locale);

/// Where the request came from.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

/// Names the request in the log and in problems.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(RequestInfo::of(parts).locale))
    }
}

impl<S: Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(RequestInfo::of(parts).address))
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(RequestInfo::of(parts).id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted = [ip("127.0.0.1"), ip("10.0.0.2")];
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 203.0.113.9:4711, 10.0.0.2".parse().unwrap());
        let from = |peer: &str| address(Some(ip(peer)), &headers, &trusted).to_string();
        assert_eq!(from("127.0.0.1"), "203.0.113.9");
        assert_eq!(from("::ffff:127.0.0.1"), "203.0.113.9");
        assert_eq!(from("198.51.100.7"), "198.51.100.7");
        headers.insert("x-forwarded-for", "nonsense".parse().unwrap());
        assert_eq!(address(Some(ip("127.0.0.1")), &headers, &trusted), ip("127.0.0.1"));
    }

    #[test]
    fn a_given_id_must_be_harmless() {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", "a\"b".parse().unwrap());
        assert_eq!(given_id(&headers), None);
        headers.insert("x-request-id", "abc-1".parse().unwrap());
        assert_eq!(given_id(&headers).as_deref(), Some("abc-1"));
    }

    proptest::proptest! {
        #[test]
        fn any_header_gives_an_address(forwarded in "[ -~]{0,60}") {
            let headers = HeaderMap::from_iter([(
                header::HeaderName::from_static("x-forwarded-for"),
                header::HeaderValue::try_from(forwarded).unwrap(),
            )]);
            let peer = ip("198.51.100.7");
            assert_eq!(address(Some(peer), &headers, &[]), peer);
            let _ = address(Some(peer), &headers, &[peer]);
        }
    }
}
