//! The start of a visit: who it is, and what was said before.

use heard_desk::{
    contacts::{self, Claim, Contact, ContactId, IdentityKind, Profile},
    inbound,
    inboxes::{self, INBOX_PAUSED, Inbox, InboxState},
};
use heard_kernel::{Actor, Error, Locale, Result, preview};
use heard_platform::calendars::library;
use heard_runtime::{Ctx, Tx};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    chat,
    codes::IDENTITY_INVALID,
    extract::Shared,
    model::{WidgetConfig, WidgetContact, WidgetSession},
    token::{LIFE_MILLIS, Visitor, identity_is_proved},
};

/// The proof of the host page that it knows the visitor.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentityProof {
    /// What the host's own system calls the visitor.
    pub(super) external_id: String,
    /// HMAC-SHA-256 of `external_id` with the inbox's identity secret, in hexadecimal.
    pub(super) hash: String,
    /// The name.
    pub(super) name: Option<String>,
    /// The e-mail address.
    pub(super) email: Option<String>,
    /// The telephone number.
    pub(super) phone: Option<String>,
    /// Whatever the host's own system knows.
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    pub(super) attributes: Option<Map<String, Value>>,
}

/// A visit that begins.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WidgetSessionRequest)]
pub(super) struct Arrival {
    /// The token of an earlier visit.
    pub(super) token: Option<String>,
    /// The visitor's language.
    pub(super) locale: Option<Locale>,
    /// The page that the widget is on.
    pub(super) page_url: Option<String>,
    /// The page that the visitor came from.
    pub(super) referrer: Option<String>,
    /// Who the visitor is, proved by the host page.
    pub(super) identity: Option<IdentityProof>,
}

/// The inbox of a key, when it is a web chat.
pub(super) async fn inbox(ctx: &Ctx, key: &str) -> Result<Inbox> {
    let key = key.to_owned();
    let inbox = ctx.read(async move |tx| inboxes::by_key(tx, &key).await).await?;
    if inbox.config.web_chat.is_none() {
        return Err(Error::not_found("inbox"));
    }
    Ok(inbox)
}

/// How the widget of an inbox looks and behaves.
///
/// # Errors
/// `not_found`, `inbox_paused`; the storage codes.
pub(super) async fn config(ctx: &Ctx, key: &str, locale: Locale) -> Result<WidgetConfig> {
    let inbox = inbox(ctx, key).await?;
    if inbox.state == InboxState::Paused {
        return Err(Error::new(INBOX_PAUSED));
    }
    let known = ctx.read(async |tx| library(tx).await).await?;
    WidgetConfig::of(&inbox, &known, locale, ctx.now()).ok_or_else(|| Error::not_found("inbox"))
}

/// Which pages may show the widget of an inbox in a frame, as a source list of Content-Security-Policy.
pub async fn frame_ancestors(ctx: &Ctx, key: &str) -> String {
    match inbox(ctx, key).await.ok().and_then(|inbox| inbox.config.web_chat) {
        // Settings hold only origins, which have no characters that could end the directive.
        Some(chat) if !chat.allowed_origins.is_empty() => {
            format!("'self' {}", chat.allowed_origins.join(" "))
        }
        Some(_) => "*".to_owned(),
        None => "'none'".to_owned(),
    }
}

/// Begins a visit.
///
/// # Errors
/// `visitor_token_invalid`, `visitor_token_expired`, `identity_invalid`, `contact_blocked`, `inbox_paused`, `not_found`;
/// the storage codes.
pub(super) async fn begin(ctx: &Ctx, shared: &Shared, key: &str, arrival: Arrival) -> Result<WidgetSession> {
    let inbox = inbox(ctx, key).await?;
    if inbox.state == InboxState::Paused {
        return Err(Error::new(INBOX_PAUSED));
    }
    let realtime_seq = ctx.log_end().await?;
    let known = match &arrival.token {
        // A token of another inbox on the same host page is nobody here.
        Some(token) => {
            Some(shared.tokens.check(token, ctx.now())?).filter(|visitor| visitor.inbox_id == inbox.id.0)
        }
        None => None,
    };
    let before = known.unwrap_or_else(|| Visitor {
        contact_id: ctx.new_id::<Uuid>(),
        inbox_id: inbox.id.0,
        verified: false,
        expires_at: 0,
    });
    let (visitor, contact) = match arrival.identity {
        Some(proof) => {
            if !identity_is_proved(&inbox.identity_secret, &proof.external_id, &proof.hash) {
                return Err(Error::new(IDENTITY_INVALID));
            }
            let contact = vouched(ctx, before, proof, arrival.locale).await?;
            (Visitor { contact_id: contact.id.0, verified: true, ..before }, Some(contact))
        }
        None => {
            let id = ContactId(before.contact_id);
            (before, ctx.read(async move |tx| contacts::find(tx, id).await).await?)
        }
    };
    if contact.as_ref().is_some_and(|contact| contact.blocked) {
        return Err(Error::new(contacts::CONTACT_BLOCKED));
    }
    let visitor = Visitor { expires_at: ctx.now().millis() + LIFE_MILLIS, ..visitor };
    let mut conversations = Vec::new();
    if let Some(contact) = &contact {
        let (id, inbox_id) = (contact.id, inbox.id);
        let (page_url, referrer) = (arrival.page_url, arrival.referrer);
        ctx.tx(&Actor::contact(id.0), async move |tx| {
            contacts::touch(tx, id).await?;
            // Only of people who talked to the team: whoever merely looks around leaves nothing here.
            match page_url.clone() {
                Some(page) => note_visit(tx, id, page, referrer.clone()).await,
                None => Ok(()),
            }
        })
        .await?;
        let own = ctx.read(async move |tx| inbound::own_conversations(tx, id, inbox_id).await).await?;
        conversations = chat::shown_conversations(ctx, &inbox, own).await?;
    }
    Ok(WidgetSession {
        token: shared.tokens.issue(&visitor),
        expires_at: heard_kernel::Timestamp::from_millis(visitor.expires_at),
        contact: WidgetContact {
            id: visitor.contact_id,
            name: contact.as_ref().and_then(|contact| contact.name.clone()),
            email: contact.as_ref().and_then(|contact| contact.email.clone()),
            identified: visitor.verified,
        },
        conversations,
        realtime_seq,
    })
}

async fn note_visit(tx: &Tx<'_>, id: ContactId, page: String, referrer: Option<String>) -> Result<()> {
    let mut properties = Map::new();
    if let Some(referrer) = referrer.filter(|referrer| !referrer.is_empty()) {
        properties.insert("referrer".to_owned(), preview(&referrer, 500).into());
    }
    contacts::track(tx, id, "visit", properties, Some(page)).await
}

/// The contact for whom the host page vouches.
async fn vouched(
    ctx: &Ctx,
    visitor: Visitor,
    proof: IdentityProof,
    locale: Option<Locale>,
) -> Result<Contact> {
    let profile = Profile {
        name: proof.name,
        email: proof.email,
        phone: proof.phone,
        locale: locale.map(|locale| locale.as_str().to_owned()),
        attributes: proof.attributes.unwrap_or_default(),
    };
    let external_id = proof.external_id;
    let id = ContactId(visitor.contact_id);
    ctx.tx(&Actor::contact(visitor.contact_id), async move |tx| {
        if contacts::find(tx, id).await?.is_some() {
            return contacts::identify(tx, id, &external_id, profile.clone()).await;
        }
        let claim = Claim::new(IdentityKind::External, external_id.clone(), true);
        contacts::resolve(tx, vec![claim], profile.clone()).await
    })
    .await
}
