//! Contacts over HTTP.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header::ETAG},
};
use heard_kernel::{Locale, Page, PageRequest, Timestamp, codes};
use heard_web::{
    Answer, AppState, Auth, IfMatch, JsonBody, Lang, OnceBody, PathParams, QueryParams, etag, realtime::Topic,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{ContactId, Identity, Track, display_name},
    query::{self, Known},
    rules,
    service::{self, Patch},
    store::ContactSort,
};
use crate::{
    conversations::{self, ConversationView, ListRequest},
    tags::{TagId, TagRef},
};
use heard_web::wire::{given, with_current};

/// The routes of contacts.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, update))
        .routes(routes!(own_conversations))
        .routes(routes!(tracks))
}

/// A contact.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Contact)]
pub struct ContactView {
    /// Who.
    pub id: ContactId,
    /// The name, when one is known.
    #[schema(required = true)]
    pub name: Option<String>,
    /// The name; without one an address, a number or what another system calls them; a word for a visitor else.
    pub display_name: String,
    /// The address to write to.
    #[schema(required = true)]
    pub email: Option<String>,
    /// The number to call.
    #[schema(required = true)]
    pub phone: Option<String>,
    /// By what they are recognised.
    pub identities: Vec<Identity>,
    /// What the team should know.
    pub note: String,
    /// The language.
    #[schema(required = true)]
    pub locale: Option<String>,
    /// An IANA time zone.
    #[schema(required = true)]
    pub time_zone: Option<String>,
    /// Whatever the host's own system knows.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub attributes: Map<String, Value>,
    /// The company.
    #[schema(required = true)]
    pub organization: Option<String>,
    /// Their tags, by name.
    pub tags: Vec<TagRef>,
    /// Whether messages are refused.
    pub blocked: bool,
    /// When they were last there.
    #[schema(required = true)]
    pub last_seen_at: Option<Timestamp>,
    /// Whether they are connected now.
    pub online: bool,
    /// When they first came.
    pub created_at: Timestamp,
    /// Rises with each change.
    pub version: i64,
}

fn show(state: &AppState, locale: Locale, known: Known) -> ContactView {
    let Known { contact, identities, tags } = known;
    let called = contact.name.clone().or_else(|| rules::label(&identities));
    ContactView {
        display_name: display_name(contact.id, called.as_deref(), locale),
        id: contact.id,
        name: contact.name,
        email: contact.email,
        phone: contact.phone,
        identities,
        note: contact.note,
        locale: contact.locale,
        time_zone: contact.time_zone,
        attributes: contact.attributes,
        organization: contact.organization,
        tags,
        blocked: contact.blocked,
        last_seen_at: Some(contact.last_seen_at).filter(|at| at.millis() > 0),
        online: state.hub.count(Topic::Contact(contact.id.0)) > 0,
        created_at: contact.created_at,
        version: contact.version,
    }
}

type Tagged = ([(HeaderName, HeaderValue); 1], Json<ContactView>);

async fn show_one(state: &AppState, locale: Locale, id: ContactId) -> heard_kernel::Result<ContactView> {
    let known = state.ctx.read(async move |tx| query::known(tx, id).await).await?;
    Ok(show(state, locale, known))
}

fn tagged(view: ContactView) -> Tagged {
    ([(ETAG, etag(view.version))], Json(view))
}

/// Which contacts are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ContactQuery {
    /// Only with these words in name, address, number or company.
    pub q: Option<String>,
    /// In which order; who was there last comes first when absent.
    pub sort: Option<ContactSort>,
}

/// List contacts
#[utoipa::path(get, path = "/contacts", tag = "contacts", params(ContactQuery, PageRequest),
    responses((status = 200, body = Page<ContactView>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(asked): QueryParams<ContactQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<ContactView>>> {
    let sort = asked.sort.unwrap_or_default();
    let page = state
        .ctx
        .read(async move |tx| query::list(tx, &actor, asked.q.as_deref(), sort, &page).await)
        .await?;
    Ok(Json(page.map(|known| show(&state, locale, known))))
}

/// A contact to be made, or what of one is to change. `null` empties a field.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub(crate) struct ContactPatch {
    /// The name.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub name: Option<Option<String>>,
    /// The address to write to.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Option<String>>,
    /// The number to call.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub phone: Option<Option<String>>,
    /// What the team should know.
    pub note: Option<String>,
    /// The language.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub locale: Option<Option<String>>,
    /// An IANA time zone.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub time_zone: Option<Option<String>>,
    /// The company.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub organization: Option<Option<String>>,
    /// Free fields; all of them.
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    pub attributes: Option<Map<String, Value>>,
    /// Whether messages are refused.
    pub blocked: Option<bool>,
    /// The tags; all of them.
    pub tag_ids: Option<Vec<TagId>>,
}

impl From<ContactPatch> for Patch {
    fn from(body: ContactPatch) -> Self {
        Self {
            name: body.name,
            email: body.email,
            phone: body.phone,
            note: body.note,
            locale: body.locale,
            time_zone: body.time_zone,
            organization: body.organization,
            attributes: body.attributes,
            blocked: body.blocked,
            tag_ids: body.tag_ids,
        }
    }
}

/// Make a contact
#[utoipa::path(post, path = "/contacts", tag = "contacts", request_body = ContactPatch,
    responses((status = 201, body = ContactView)))]
async fn create(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    once: OnceBody<ContactPatch>,
) -> Answer<(StatusCode, Tagged)> {
    let patch = Patch::from(once.body);
    let id = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| Ok(service::create(tx, patch.clone()).await?.id))
        .await?;
    Ok((StatusCode::CREATED, tagged(show_one(&state, locale, id).await?)))
}

/// Get a contact
#[utoipa::path(get, path = "/contacts/{id}", tag = "contacts", params(("id" = ContactId, Path)),
    responses((status = 200, body = ContactView)))]
async fn get(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ContactId>,
) -> Answer<Tagged> {
    let known = state.ctx.read(async move |tx| query::one(tx, &actor, id).await).await?;
    Ok(tagged(show(&state, locale, known)))
}

/// Change a contact
#[utoipa::path(patch, path = "/contacts/{id}", tag = "contacts", params(("id" = ContactId, Path)),
    request_body = ContactPatch, responses((status = 200, body = ContactView)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ContactId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<ContactPatch>,
) -> Answer<Tagged> {
    let patch = Patch::from(body);
    let changed =
        state.ctx.tx(&actor, async move |tx| service::update(tx, id, version, patch.clone()).await).await;
    match changed {
        Ok(_) => Ok(tagged(show_one(&state, locale, id).await?)),
        Err(error) if error.is(codes::VERSION_CONFLICT) => {
            Err(with_current(error, show_one(&state, locale, id).await?).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// List a contact's conversations that the caller sees
#[utoipa::path(get, path = "/contacts/{id}/conversations", tag = "contacts",
    params(("id" = ContactId, Path), PageRequest), responses((status = 200, body = Page<ConversationView>)))]
async fn own_conversations(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ContactId>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<ConversationView>>> {
    let request = ListRequest { contact_id: Some(id), page, ..ListRequest::default() };
    Ok(Json(conversations::show_list(&state, &actor, locale, request).await?))
}

/// List what a contact did on pages
#[utoipa::path(get, path = "/contacts/{id}/tracks", tag = "contacts",
    params(("id" = ContactId, Path), PageRequest), responses((status = 200, body = Page<Track>)))]
async fn tracks(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<ContactId>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<Track>>> {
    Ok(Json(state.ctx.read(async move |tx| query::tracks(tx, &actor, id, &page).await).await?))
}
