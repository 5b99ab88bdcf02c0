//! Messages over HTTP.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use heard_kernel::{Actor, Locale, Result};
use heard_web::{Answer, AppState, Auth, JsonBody, Lang, PathParams, QueryParams};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Message, MessageId, MessageKind},
    service::{self, Range, Shown},
    transcript::{self, Format},
    view::{self, MessagePage, MessageView, NewMessage},
};
use crate::conversations::{ConversationId, Loaded, visible};

/// The routes of messages.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, post)).routes(routes!(recall)).routes(routes!(download))
}

/// Which messages are wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MessageQuery {
    /// Those after this number.
    pub after: Option<i64>,
    /// The nearest before this number.
    pub before: Option<i64>,
    /// How many, 1 to 200; 50 when absent.
    pub limit: Option<u32>,
}

/// List messages: after a number, before a number, or the last ones
#[utoipa::path(get, path = "/conversations/{id}/messages", tag = "messages",
    params(("id" = ConversationId, Path), MessageQuery), responses((status = 200, body = MessagePage)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
    QueryParams(query): QueryParams<MessageQuery>,
) -> Answer<Json<MessagePage>> {
    let range = match (query.after, query.before) {
        (Some(after), _) => Range::After(after),
        (None, before) => Range::Before(before.unwrap_or(i64::MAX)),
    };
    let limit = query.limit.unwrap_or(50).clamp(1, 200) as usize;
    let (loaded, shown) =
        state.ctx.read(async move |tx| service::page(tx, &actor, id, range, limit).await).await?;
    let last_no = loaded.conversation.last_message_no;
    Ok(Json(MessagePage {
        items: view::show(&state.ctx, locale, &loaded, shown).await?,
        first_no: last_no.min(1),
        last_no,
        contact_read_no: loaded.conversation.contact_read_no,
        contact_delivered_no: loaded.conversation.contact_delivered_no,
    }))
}

/// One message as the API shows it; `known` is its conversation when it is at hand.
async fn show_one(
    state: &AppState,
    actor: &Actor,
    locale: Locale,
    message: Message,
    known: Option<Loaded>,
) -> Result<MessageView> {
    if let (Some(loaded), Some(shown)) = (known, Shown::at_once(&message)) {
        return Ok(view::show(&state.ctx, locale, &loaded, shown).await?.remove(0));
    }
    let reader = actor.clone();
    let (loaded, shown) = state
        .ctx
        .read(async move |tx| {
            let loaded = visible(tx, &reader, message.conversation_id).await?;
            Ok((loaded, service::with_context(tx, vec![message.clone()]).await?))
        })
        .await?;
    Ok(view::show(&state.ctx, locale, &loaded, shown).await?.remove(0))
}

/// Write to the contact, or a note to the team
#[utoipa::path(post, path = "/conversations/{id}/messages", tag = "messages", params(("id" = ConversationId, Path)),
    request_body = NewMessage, responses((status = 201, body = MessageView), (status = 200, body = MessageView)))]
async fn post(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
    JsonBody(body): JsonBody<NewMessage>,
) -> Answer<(StatusCode, Json<MessageView>)> {
    let kind = body.kind.unwrap_or(MessageKind::Text);
    let then = body.then.map(|then| then.wish(body.snoozed_until, state.ctx.now()));
    let words = body.into_words();
    let posted =
        state.ctx.tx(&actor, async move |tx| service::post(tx, id, kind, words.clone(), then).await).await?;
    let status = if posted.fresh { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(show_one(&state, &actor, locale, posted.message, posted.loaded).await?)))
}

/// Take a message back
#[utoipa::path(post, path = "/conversations/{id}/messages/{message_id}/recall", tag = "messages",
    params(("id" = ConversationId, Path), ("message_id" = MessageId, Path)),
    responses((status = 200, body = MessageView)))]
async fn recall(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams((id, message)): PathParams<(ConversationId, MessageId)>,
) -> Answer<Json<MessageView>> {
    let recalled = state.ctx.tx(&actor, async move |tx| service::recall(tx, id, message).await).await?;
    Ok(Json(show_one(&state, &actor, locale, recalled, None).await?))
}

/// How a transcript is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TranscriptQuery {
    /// As a page or as text; a page when absent.
    pub format: Option<Format>,
    /// Shown in the browser, to print, instead of saved.
    pub view: Option<TranscriptView>,
    /// With the team's notes.
    pub notes: Option<bool>,
}

/// Where a transcript goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TranscriptView {
    /// Into a file.
    Download,
    /// Onto the screen.
    Inline,
}

/// Get the transcript
#[utoipa::path(get, path = "/conversations/{id}/transcript", tag = "messages",
    params(("id" = ConversationId, Path), TranscriptQuery),
    responses((status = 200, description = "The transcript", content_type = "text/html", body = String)))]
async fn download(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
    QueryParams(query): QueryParams<TranscriptQuery>,
) -> Answer<Response> {
    let format = query.format.unwrap_or(Format::Html);
    let transcript =
        transcript::export(&state.ctx, &actor, locale, id, format, query.notes.unwrap_or(false)).await?;
    Ok(answer(transcript, query.view == Some(TranscriptView::Inline)))
}

/// A transcript as an answer: saved, or shown without any right to run something.
pub fn answer(transcript: transcript::Transcript, inline: bool) -> Response {
    let disposition = if inline { "inline" } else { "attachment" };
    let disposition = format!("{disposition}; filename=\"{}\"", transcript.file_name);
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(transcript.format.media_type()));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox allow-modals"),
    );
    if let Ok(disposition) = HeaderValue::try_from(disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    (headers, transcript.text).into_response()
}
