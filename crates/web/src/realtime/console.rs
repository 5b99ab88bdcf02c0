//! The console's socket.

use std::sync::Arc;

use axum::{
    extract::{State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::{HeaderMap, header},
    response::Response,
};
use futures_util::future::BoxFuture;
use heard_kernel::{Actor, Error, Result};
use heard_runtime::SendFuture;
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Client, Door, Hub, Person, Registry, Standing, Topic, hello, tune};
use crate::{Answer, AppState, Authenticated, Authenticator, SignedIn, codes};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(connect))
}

/// Opens the live connection of a console (WebSocket). The client says `{"type":"hello","after":seq}` first and is
/// answered `welcome`; then `event` frames follow with rising `seq`, and `resync` when too much was missed.
#[utoipa::path(
    get,
    path = "/realtime",
    tag = "realtime",
    operation_id = "connect_realtime",
    responses((status = 101, description = "The connection is open"))
)]
async fn connect(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer<Response> {
    let Authenticated { actor, session } = known;
    // The browser sends the cookie along whoever asks; a token is sent by its owner alone.
    if session.is_some() && !origin_is_own(&headers, state.site.public_origin().as_deref()) {
        return Err(Error::new(codes::ORIGIN_REFUSED).into());
    }
    let upgrade = upgrade.map_err(|error| Error::new(codes::WEBSOCKET_REQUIRED).because(error))?;
    let registry = Arc::clone(state.hub.registry()?);
    let door = Arc::new(ConsoleDoor { auth: Arc::clone(&state.auth), registry });
    let hub = state.hub;
    Ok(tune(upgrade).on_upgrade(async move |mut socket| {
        let Some(hello) = hello(&mut socket).await else { return };
        match door.topics(&actor).await {
            Ok(topics) => {
                let client = Client { actor, topics, after: hello.after };
                hub.serve(socket, client, door).await;
            }
            Err(error) => {
                tracing::warn!(%error, "a console's topics cannot be read");
                super::connection::close(&mut socket, 1013, error.code().id).await;
            }
        }
    }))
}

/// Whether the page that opens a connection is one of Heard's own: it names the host that it connects to, or the
/// public address that the administrator set.
pub fn origin_is_own(headers: &HeaderMap, public_origin: Option<&str>) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return false };
    let origin_host = origin.split_once("://").map(|(_, host)| host);
    let same_host = |host: &str| origin_host.is_some_and(|own| own.eq_ignore_ascii_case(host));
    text(header::HOST).is_some_and(same_host)
        || public_origin.is_some_and(|public| public.eq_ignore_ascii_case(origin))
}

/// The console's side of a connection: what the slices registered.
struct ConsoleDoor {
    auth: Arc<dyn Authenticator>,
    registry: Arc<Registry>,
}

impl ConsoleDoor {
    async fn topics(&self, actor: &Actor) -> Result<Vec<Topic>> {
        let mut topics = vec![Topic::Everyone];
        for membership in &self.registry.memberships {
            topics.extend(membership.topics(actor).await?);
        }
        Ok(topics)
    }
}

impl Door for ConsoleDoor {
    fn refresh<'a>(&'a self, person: &'a Person) -> SendFuture<'a, Option<Standing>> {
        Box::pin(async move {
            let Some(actor) = self.auth.refresh(&person.actor).await? else { return Ok(None) };
            let topics = self.topics(&actor).await?;
            Ok(Some(Standing { actor, topics }))
        })
    }

    fn frame<'a>(
        &'a self,
        hub: &'a Hub,
        person: &'a Person,
        kind: &'a str,
        frame: &'a Value,
    ) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let Some(handler) = self.registry.handlers.get(kind) else { return };
            if let Err(error) = handler.handle(hub, person, frame).await {
                tracing::debug!(kind, %error, "a frame was refused");
            }
        })
    }

    fn connected<'a>(&'a self, hub: &'a Hub, person: &'a Person, count: usize) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            for observer in &self.registry.observers {
                observer.connected(hub, person, count).await;
            }
        })
    }

    fn disconnected<'a>(&'a self, hub: &'a Hub, person: &'a Person, count: usize) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            for observer in &self.registry.observers {
                observer.disconnected(hub, person, count).await;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_other_sites_are_refused() {
        let with = |origin: &str| {
            HeaderMap::from_iter([
                (header::HOST, "heard.example:8080".parse().unwrap()),
                (header::ORIGIN, origin.parse().unwrap()),
            ])
        };
        assert!(origin_is_own(&with("http://Heard.example:8080"), None));
        assert!(!origin_is_own(&with("http://evil.example"), None));
        assert!(!origin_is_own(&with("null"), None));
        assert!(!origin_is_own(&HeaderMap::new(), None));
        assert!(origin_is_own(&with("https://help.example"), Some("https://help.example")));
        assert!(!origin_is_own(&with("http://help.example"), Some("https://help.example")));
    }
}
