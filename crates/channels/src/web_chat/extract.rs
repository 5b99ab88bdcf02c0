//! Who is calling from a widget.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use heard_desk::{contacts::ContactId, inboxes::InboxId};
use heard_kernel::{Actor, Error, Result};
use heard_runtime::Ctx;
use heard_web::{AppState, Problem, RequestInfo};
use tokio::sync::OnceCell;

use super::{
    limits::Limits,
    token::{Tokens, VISITOR_TOKEN_INVALID, Visitor},
};
use crate::keys;

/// What all calls of widgets share: made once for a process.
#[derive(Clone, Default)]
pub(super) struct WebChat(Arc<OnceCell<Shared>>);

pub(super) struct Shared {
    pub(super) tokens: Tokens,
    pub(super) limits: Limits,
}

impl WebChat {
    pub(super) async fn shared(&self, ctx: &Ctx) -> Result<&Shared> {
        self.0
            .get_or_try_init(async || {
                let key = keys::of(ctx, "visitor_tokens").await?;
                Ok(Shared { tokens: Tokens::new(key), limits: Limits::new(ctx) })
            })
            .await
    }

    fn of(parts: &Parts) -> Result<Self> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Error::internal("web chat is not set up"))
    }
}

impl FromRequestParts<AppState> for WebChat {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        Ok(Self::of(parts)?)
    }
}

/// The visitor of `Authorization: Visitor <token>`.
#[derive(Clone, Debug)]
pub(super) struct VisitorAuth {
    pub(super) actor: Actor,
    pub(super) visitor: Visitor,
}

impl VisitorAuth {
    pub(super) fn new(visitor: Visitor, address: &str) -> Self {
        let mut actor = Actor::contact(visitor.contact_id);
        actor.address = Some(address.into());
        Self { actor, visitor }
    }

    pub(super) fn contact(&self) -> ContactId {
        ContactId(self.visitor.contact_id)
    }

    pub(super) fn inbox(&self) -> InboxId {
        InboxId(self.visitor.inbox_id)
    }
}

impl FromRequestParts<AppState> for VisitorAuth {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value
            .and_then(|value| value.strip_prefix("Visitor "))
            .ok_or_else(|| Error::new(VISITOR_TOKEN_INVALID))?;
        let chat = WebChat::of(parts)?;
        let visitor = chat.shared(&state.ctx).await?.tokens.check(token.trim(), state.ctx.now())?;
        Ok(Self::new(visitor, &RequestInfo::of(parts).address.to_string()))
    }
}
