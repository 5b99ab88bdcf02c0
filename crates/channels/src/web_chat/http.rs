//! Routes of the widget.

use axum::{
    Extension, Json,
    extract::{State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use heard_desk::{
    contacts,
    conversations::{self, ConversationId},
    inbound,
    messages::{
        self, MessageId, Range,
        transcript::{self, Format},
    },
};
use heard_kernel::{Error, Locale, codes as kernel_codes};
use heard_platform::files::{self, AttachmentId, Delivery, Upload, UploadId};
use heard_web::{
    Answer, AppState, ClientAddress, JsonBody, Lang, PathParams, QueryParams, codes as web_codes, realtime,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    attachments, chat,
    chat::{Messages, Opened, Opening, Said},
    extract::{VisitorAuth, WebChat},
    model::{WidgetConfig, WidgetConversation, WidgetMessage, WidgetSession},
    session::{self, Arrival},
    socket,
    uploads::{self, NewFile},
};

/// Bytes of a chunk at most; the service holds the exact limit.
const CHUNK: usize = 8 * 1024 * 1024 + 1;

/// The routes of the widget.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(demo))
        .routes(routes!(config))
        .routes(routes!(logo))
        .routes(routes!(begin))
        .routes(routes!(list, open))
        .routes(routes!(read_messages, say))
        .routes(routes!(recall))
        .routes(routes!(mark_read))
        .routes(routes!(close))
        .routes(routes!(decline_diagnosis))
        .routes(routes!(transcript))
        .routes(routes!(start_upload))
        .routes(routes!(upload, append, cancel))
        .routes(routes!(attachment))
        .routes(routes!(thumbnail))
        .routes(routes!(track))
        .routes(routes!(connect))
        .layer(axum::extract::DefaultBodyLimit::max(CHUNK))
        .layer(Extension(WebChat::default()))
}

/// What the sample shop at `/demo` embeds.
#[derive(Serialize, ToSchema)]
struct Demo {
    /// The public key of the oldest active web chat.
    #[schema(required = true)]
    inbox_key: Option<String>,
}

/// Which inbox the sample shop shows. Public, as keys of inboxes are.
#[utoipa::path(get, path = "/demo", tag = "widget", operation_id = "demo",
    responses((status = 200, body = Demo)), security(()))]
async fn demo(State(state): State<AppState>) -> Answer<Json<Demo>> {
    let inbox = state.ctx.read(async move |tx| heard_desk::inboxes::first_web_chat(tx).await).await?;
    Ok(Json(Demo { inbox_key: inbox.map(|inbox| inbox.key) }))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct InLocale {
    /// The visitor's language.
    locale: Option<Locale>,
}

/// How the widget of an inbox looks and behaves. Public.
#[utoipa::path(get, path = "/widget/{inbox_key}/config", tag = "widget", operation_id = "widget_config",
    params(("inbox_key" = String, Path), InLocale), responses((status = 200, body = WidgetConfig)), security(()))]
async fn config(
    State(state): State<AppState>,
    PathParams(key): PathParams<String>,
    QueryParams(query): QueryParams<InLocale>,
    Lang(locale): Lang,
) -> Answer<Response> {
    let config = session::config(&state.ctx, &key, query.locale.unwrap_or(locale)).await?;
    Ok(([(header::CACHE_CONTROL, "public, max-age=60")], Json(config)).into_response())
}

/// The logo of an inbox. Public.
#[utoipa::path(get, path = "/widget/{inbox_key}/logo", tag = "widget", operation_id = "widget_logo",
    params(("inbox_key" = String, Path)), responses((status = 200, description = "The image")), security(()))]
async fn logo(
    State(state): State<AppState>,
    PathParams(key): PathParams<String>,
    headers: HeaderMap,
) -> Answer<Response> {
    let inbox = session::inbox(&state.ctx, &key).await?;
    let id = inbox.config.web_chat.and_then(|chat| chat.logo_attachment_id);
    let id = id.ok_or_else(|| Error::not_found("attachment"))?;
    let stored = files::attachment(&state.ctx, id).await?;
    if stored.purpose != files::Purpose::Branding {
        return Err(Error::not_found("attachment").into());
    }
    Ok(files::serve(&state.ctx, &stored, Delivery::Thumbnail, &headers).await?)
}

/// Begins a visit and gives the visitor's token.
#[utoipa::path(post, path = "/widget/{inbox_key}/session", tag = "widget", operation_id = "widget_begin",
    params(("inbox_key" = String, Path)), request_body = Arrival, responses((status = 200, body = WidgetSession)), security(()))]
async fn begin(
    State(state): State<AppState>,
    chat: WebChat,
    PathParams(key): PathParams<String>,
    ClientAddress(address): ClientAddress,
    JsonBody(arrival): JsonBody<Arrival>,
) -> Answer<Json<WidgetSession>> {
    let shared = chat.shared(&state.ctx).await?;
    shared.limits.visit(&address.to_string())?;
    Ok(Json(session::begin(&state.ctx, shared, &key, arrival).await?))
}

/// A visitor's conversations.
#[derive(Serialize, ToSchema)]
#[schema(as = WidgetConversations)]
struct Conversations {
    items: Vec<WidgetConversation>,
}

/// The visitor's conversations, the latest first.
#[utoipa::path(get, path = "/widget/conversations", tag = "widget", operation_id = "widget_conversations",
    responses((status = 200, body = Conversations)), security(("visitor" = [])))]
async fn list(State(state): State<AppState>, visitor: VisitorAuth) -> Answer<Json<Conversations>> {
    let (contact, inbox_id) = (visitor.contact(), visitor.inbox());
    let (inbox, own) = state
        .ctx
        .read(async move |tx| {
            let inbox = heard_desk::inboxes::get(tx, inbox_id).await?;
            Ok((inbox, inbound::own_conversations(tx, contact, inbox_id).await?))
        })
        .await?;
    Ok(Json(Conversations { items: chat::shown_conversations(&state.ctx, &inbox, own).await? }))
}

/// Begins a conversation with its first message.
#[utoipa::path(post, path = "/widget/conversations", tag = "widget", operation_id = "widget_open",
    request_body = Opening, responses((status = 201, body = Opened)), security(("visitor" = [])))]
async fn open(
    State(state): State<AppState>,
    chat: WebChat,
    visitor: VisitorAuth,
    JsonBody(opening): JsonBody<Opening>,
) -> Answer<(StatusCode, Json<Opened>)> {
    let shared = chat.shared(&state.ctx).await?;
    shared.limits.message(&visitor.actor)?;
    shared.limits.visit(visitor.actor.address.as_deref().unwrap_or_default())?;
    let opened = chat::open(&state.ctx, shared, &visitor, opening).await?;
    Ok((StatusCode::CREATED, Json(opened)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Window {
    /// Messages after this number.
    after: Option<i64>,
    /// Messages before this number.
    before: Option<i64>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// Messages of one's own conversation, in rising order: those after a number, those before one, or the latest.
#[utoipa::path(get, path = "/widget/conversations/{id}/messages", tag = "widget", operation_id = "widget_messages",
    params(("id" = String, Path, format = Uuid), Window), responses((status = 200, body = Messages)), security(("visitor" = [])))]
async fn read_messages(
    State(state): State<AppState>,
    chat: WebChat,
    visitor: VisitorAuth,
    PathParams(id): PathParams<ConversationId>,
    QueryParams(window): QueryParams<Window>,
) -> Answer<Json<Messages>> {
    let shared = chat.shared(&state.ctx).await?;
    let range = match (window.after, window.before) {
        (Some(no), _) => Range::After(no),
        (None, Some(no)) => Range::Before(no),
        (None, None) => Range::Before(i64::MAX),
    };
    let limit = window.limit.unwrap_or(50);
    Ok(Json(chat::read(&state.ctx, shared, &visitor, id, range, limit).await?))
}

/// A message with the visitor's own key for it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WidgetPost)]
struct Post {
    client_key: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    attachment_ids: Vec<AttachmentId>,
    #[schema(value_type = Option<String>)]
    quote_id: Option<MessageId>,
}

/// Adds a message. The same key again gives the same message.
#[utoipa::path(post, path = "/widget/conversations/{id}/messages", tag = "widget", operation_id = "widget_say",
    params(("id" = String, Path, format = Uuid)), request_body = Post, responses((status = 201, body = WidgetMessage)), security(("visitor" = [])))]
async fn say(
    State(state): State<AppState>,
    chat: WebChat,
    visitor: VisitorAuth,
    PathParams(id): PathParams<ConversationId>,
    JsonBody(post): JsonBody<Post>,
) -> Answer<(StatusCode, Json<WidgetMessage>)> {
    let shared = chat.shared(&state.ctx).await?;
    shared.limits.message(&visitor.actor)?;
    let said = Said { body: post.body, attachment_ids: post.attachment_ids, quote_id: post.quote_id };
    let message = chat::say(&state.ctx, shared, &visitor, id, post.client_key, said).await?;
    Ok((StatusCode::CREATED, Json(message)))
}

/// Takes one's own message back within two minutes.
#[utoipa::path(post, path = "/widget/conversations/{id}/messages/{message_id}/recall", tag = "widget", operation_id = "widget_recall",
    params(("id" = String, Path, format = Uuid), ("message_id" = String, Path, format = Uuid)), responses((status = 204)), security(("visitor" = [])))]
async fn recall(
    State(state): State<AppState>,
    visitor: VisitorAuth,
    PathParams((id, message)): PathParams<(ConversationId, MessageId)>,
) -> Answer<StatusCode> {
    state.ctx.tx(&visitor.actor, async move |tx| messages::recall(tx, id, message).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far somebody has read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WidgetRead)]
struct ReadUpTo {
    no: i64,
}

/// Tells the team how far the visitor has read.
#[utoipa::path(post, path = "/widget/conversations/{id}/read", tag = "widget", operation_id = "widget_read",
    params(("id" = String, Path, format = Uuid)), request_body = ReadUpTo, responses((status = 204)), security(("visitor" = [])))]
async fn mark_read(
    State(state): State<AppState>,
    visitor: VisitorAuth,
    PathParams(id): PathParams<ConversationId>,
    JsonBody(read): JsonBody<ReadUpTo>,
) -> Answer<StatusCode> {
    state
        .ctx
        .tx(&visitor.actor, async move |tx| {
            conversations::contact_progress(tx, id, Some(read.no), Some(read.no)).await
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends the conversation on the visitor's side.
#[utoipa::path(post, path = "/widget/conversations/{id}/close", tag = "widget", operation_id = "widget_close",
    params(("id" = String, Path, format = Uuid)), responses((status = 204)), security(("visitor" = [])))]
async fn close(
    State(state): State<AppState>,
    visitor: VisitorAuth,
    PathParams(id): PathParams<ConversationId>,
) -> Answer<StatusCode> {
    state.ctx.tx(&visitor.actor, async move |tx| conversations::close_by_contact(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TranscriptQuery {
    /// As a page or as text; a page when absent.
    format: Option<Format>,
}

/// The transcript of one's own conversation, without what is not for the visitor.
#[utoipa::path(get, path = "/widget/conversations/{id}/transcript", tag = "widget", operation_id = "widget_transcript",
    params(("id" = String, Path, format = Uuid), TranscriptQuery),
    responses((status = 200, description = "The transcript", content_type = "text/html", body = String)), security(("visitor" = [])))]
async fn transcript(
    State(state): State<AppState>,
    chat: WebChat,
    visitor: VisitorAuth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
    QueryParams(query): QueryParams<TranscriptQuery>,
) -> Answer<Response> {
    chat.shared(&state.ctx).await?.limits.message(&visitor.actor)?;
    let format = query.format.unwrap_or(Format::Html);
    let transcript = transcript::export(&state.ctx, &visitor.actor, locale, id, format, false).await?;
    Ok(messages::answer_transcript(transcript, false))
}

/// Announces a file.
#[utoipa::path(post, path = "/widget/uploads", tag = "widget", operation_id = "widget_start_upload",
    request_body = NewFile, responses((status = 201, body = Upload)), security(("visitor" = [])))]
async fn start_upload(
    State(state): State<AppState>,
    chat: WebChat,
    visitor: VisitorAuth,
    JsonBody(file): JsonBody<NewFile>,
) -> Answer<(StatusCode, Json<Upload>)> {
    let shared = chat.shared(&state.ctx).await?;
    Ok((StatusCode::CREATED, Json(uploads::start(&state.ctx, shared, &visitor, file).await?)))
}

/// How far an upload is.
#[utoipa::path(get, path = "/widget/uploads/{id}", tag = "widget", operation_id = "widget_upload",
    params(("id" = String, Path, format = Uuid)), responses((status = 200, body = Upload)), security(("visitor" = [])))]
async fn upload(
    State(state): State<AppState>,
    visitor: VisitorAuth,
    PathParams(id): PathParams<UploadId>,
) -> Answer<Json<Upload>> {
    Ok(Json(files::upload(&state.ctx, &visitor.actor, id).await?))
}

/// Takes the next chunk; `Upload-Offset` tells where it starts.
#[utoipa::path(patch, path = "/widget/uploads/{id}", tag = "widget", operation_id = "widget_append",
    params(("id" = String, Path, format = Uuid), ("Upload-Offset" = u64, Header)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = Upload)), security(("visitor" = [])))]
async fn append(
    State(state): State<AppState>,
    visitor: VisitorAuth,
    PathParams(id): PathParams<UploadId>,
    headers: HeaderMap,
    chunk: Bytes,
) -> Answer<Json<Upload>> {
    let offset = headers.get("upload-offset").and_then(|value| value.to_str().ok()?.parse().ok());
    let offset =
        offset.ok_or_else(|| Error::new(web_codes::BAD_REQUEST).because("Upload-Offset is missing"))?;
    Ok(Json(uploads::append(&state.ctx, &visitor, id, offset, chunk).await?))
}

/// Gives an upload up.
#[utoipa::path(delete, path = "/widget/uploads/{id}", tag = "widget", operation_id = "widget_cancel_upload",
    params(("id" = String, Path, format = Uuid)), responses((status = 204)), security(("visitor" = [])))]
async fn cancel(
    State(state): State<AppState>,
    visitor: VisitorAuth,
    PathParams(id): PathParams<UploadId>,
) -> Answer<StatusCode> {
    files::cancel_upload(&state.ctx, &visitor.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Signed {
    /// The signature that came with the message.
    sig: String,
    /// Whether to save it instead of showing it.
    #[serde(default)]
    download: bool,
}

/// A file of a conversation, by its signed address.
#[utoipa::path(get, path = "/widget/attachments/{id}", tag = "widget", operation_id = "widget_attachment",
    params(("id" = String, Path, format = Uuid), Signed), responses((status = 200, description = "The file")), security(()))]
async fn attachment(
    State(state): State<AppState>,
    chat: WebChat,
    PathParams(id): PathParams<AttachmentId>,
    QueryParams(signed): QueryParams<Signed>,
    headers: HeaderMap,
) -> Answer<Response> {
    let shared = chat.shared(&state.ctx).await?;
    let delivery = if signed.download { Delivery::Download } else { Delivery::Original };
    Ok(attachments::serve(&state.ctx, shared, &signed.sig, id, delivery, &headers).await?)
}

/// The thumbnail of an image, by its signed address.
#[utoipa::path(get, path = "/widget/attachments/{id}/thumbnail", tag = "widget", operation_id = "widget_thumbnail",
    params(("id" = String, Path, format = Uuid), Signed), responses((status = 200, description = "The image")), security(()))]
async fn thumbnail(
    State(state): State<AppState>,
    chat: WebChat,
    PathParams(id): PathParams<AttachmentId>,
    QueryParams(signed): QueryParams<Signed>,
    headers: HeaderMap,
) -> Answer<Response> {
    let shared = chat.shared(&state.ctx).await?;
    Ok(attachments::serve(&state.ctx, shared, &signed.sig, id, Delivery::Thumbnail, &headers).await?)
}

/// Says no to a request for technical details. Without one nothing happens.
#[utoipa::path(post, path = "/widget/conversations/{id}/diagnosis_refusal", tag = "widget",
    operation_id = "widget_decline_diagnosis", params(("id" = String, Path, format = Uuid)), responses((status = 204)),
    security(("visitor" = [])))]
async fn decline_diagnosis(
    State(state): State<AppState>,
    chat: WebChat,
    visitor: VisitorAuth,
    PathParams(id): PathParams<ConversationId>,
) -> Answer<StatusCode> {
    chat.shared(&state.ctx).await?.limits.message(&visitor.actor)?;
    state.ctx.tx(&visitor.actor, async move |tx| conversations::decline_diagnosis(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Something that the visitor did on the host page.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WidgetTrack)]
struct NewTrack {
    name: String,
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    properties: Map<String, Value>,
    page_url: Option<String>,
}

/// Notes what the visitor did on the host page. Of visitors who never wrote nothing is kept.
#[utoipa::path(post, path = "/widget/track", tag = "widget", operation_id = "widget_track",
    request_body = NewTrack, responses((status = 204)), security(("visitor" = [])))]
async fn track(
    State(state): State<AppState>,
    chat: WebChat,
    visitor: VisitorAuth,
    JsonBody(track): JsonBody<NewTrack>,
) -> Answer<StatusCode> {
    chat.shared(&state.ctx).await?.limits.message(&visitor.actor)?;
    let contact = visitor.contact();
    let NewTrack { name, properties, page_url } = track;
    state
        .ctx
        .tx(&visitor.actor, async move |tx| {
            if contacts::find(tx, contact).await?.is_none() {
                return Ok(());
            }
            contacts::track(tx, contact, &name, properties.clone(), page_url.clone()).await
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Opens the visitor's live connection (WebSocket). The first frame is `{"type":"hello","token":"…","after":seq}`.
#[utoipa::path(get, path = "/widget/realtime", tag = "widget", operation_id = "widget_realtime",
    responses((status = 101, description = "The connection is open")), security(()))]
async fn connect(
    State(state): State<AppState>,
    chat: WebChat,
    ClientAddress(address): ClientAddress,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer<Response> {
    let upgrade = upgrade.map_err(|error| Error::new(web_codes::WEBSOCKET_REQUIRED).because(error))?;
    if state.health.is_draining() {
        return Err(Error::new(kernel_codes::OVERLOADED).with("retry_after", 2).into());
    }
    let address = address.to_string();
    Ok(realtime::tune(upgrade)
        .on_upgrade(async move |socket| socket::serve(state, chat, address, socket).await))
}
