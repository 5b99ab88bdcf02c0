//! Evidence of a case.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use heard_kernel::{Actor, Error, Page, Result};
use heard_platform::files::{
    self, Delivery, LogPage, LogQuestion, NewUpload, Purpose, StoredAttachment, Upload,
};
use heard_runtime::Ctx;
use heard_web::{Answer, AppState, Auth, JsonBody, Lang, PathParams, QueryParams};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    super::{
        detail::{CaseDetail, Detail, EvidenceView},
        edit,
        model::{CaseId, EvidenceId},
        offered::{self, OfferedFile},
        service::{self, NewEvidence},
        store,
    },
    Versioned, changed,
};
use crate::rights;

/// Bytes of a piece of evidence: recordings and screen films are long.
const LIMIT: u64 = 200 * 1024 * 1024;

/// A file that is about to become evidence.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = NewEvidenceUpload)]
pub(super) struct UploadBody {
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// Announce a file that will be evidence; its chunks go to `/uploads/{id}`
#[utoipa::path(post, path = "/evidence_uploads", tag = "cases", request_body = UploadBody,
    responses((status = 201, body = Upload)))]
pub(super) async fn upload(
    State(state): State<AppState>,
    Auth(actor): Auth,
    JsonBody(body): JsonBody<UploadBody>,
) -> Answer<(StatusCode, Json<Upload>)> {
    actor.require(rights::WORK)?;
    let new = NewUpload {
        name: body.name,
        size: body.size,
        purpose: Purpose::Evidence,
        conversation_id: None,
        limit: LIMIT,
        kinds: Vec::new(),
    };
    Ok((StatusCode::CREATED, Json(files::start_upload(&state.ctx, &actor, new).await?)))
}

/// The evidence of a case
#[utoipa::path(get, path = "/cases/{id}/evidence", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Page<EvidenceView>)))]
pub(super) async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<Page<EvidenceView>>> {
    let detail = state.ctx.read(async move |tx| Detail::load(tx, &actor, id).await).await?;
    let items = detail.show(&state.ctx, locale).await?.evidence;
    Ok(Json(Page { items, next_cursor: None }))
}

/// Files of the conversations of a case that could become evidence
#[utoipa::path(get, path = "/cases/{id}/offered_files", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Page<OfferedFile>)))]
pub(super) async fn offered(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<Page<OfferedFile>>> {
    let items = state.ctx.read(async move |tx| offered::files(tx, &actor, id).await).await?;
    Ok(Json(Page { items, next_cursor: None }))
}

/// Add evidence
#[utoipa::path(post, path = "/cases/{id}/evidence", tag = "cases", params(("id" = CaseId, Path)),
    request_body = NewEvidence, responses((status = 200, body = CaseDetail)))]
pub(super) async fn add(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<NewEvidence>,
) -> Answer<Versioned> {
    state.ctx.tx(&actor, async move |tx| service::add_evidence(tx, id, body.clone()).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// Why evidence is removed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = EvidenceRemoval)]
pub(super) struct RemovalBody {
    /// Why.
    pub reason: String,
}

/// Mark evidence as removed; it stays in the record as such
#[utoipa::path(post, path = "/cases/{id}/evidence/{evidence_id}/remove", tag = "cases",
    params(("id" = CaseId, Path), ("evidence_id" = EvidenceId, Path)),
    request_body = RemovalBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn remove(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams((id, piece)): PathParams<(CaseId, EvidenceId)>,
    JsonBody(body): JsonBody<RemovalBody>,
) -> Answer<Versioned> {
    state.ctx.tx(&actor, async move |tx| service::remove_evidence(tx, id, piece, &body.reason).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// How a file is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FileQuery {
    /// Always saved, also when the browser could show it.
    pub download: Option<bool>,
}

/// Get the file of a piece of evidence
#[utoipa::path(get, path = "/cases/{id}/evidence/{evidence_id}/file", tag = "cases",
    params(("id" = CaseId, Path), ("evidence_id" = EvidenceId, Path), FileQuery),
    responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>)))]
pub(super) async fn download(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, piece)): PathParams<(CaseId, EvidenceId)>,
    QueryParams(query): QueryParams<FileQuery>,
    headers: HeaderMap,
) -> Answer<Response> {
    let delivery = if query.download == Some(true) { Delivery::Download } else { Delivery::Original };
    let stored = stored(&state.ctx, actor, id, piece).await?;
    Ok(files::serve(&state.ctx, &stored, delivery, &headers).await?)
}

/// Get the thumbnail of a picture that is evidence
#[utoipa::path(get, path = "/cases/{id}/evidence/{evidence_id}/thumbnail", tag = "cases",
    params(("id" = CaseId, Path), ("evidence_id" = EvidenceId, Path)),
    responses((status = 200, description = "The thumbnail", content_type = "image/png", body = Vec<u8>)))]
pub(super) async fn thumbnail(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, piece)): PathParams<(CaseId, EvidenceId)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let stored = stored(&state.ctx, actor, id, piece).await?;
    Ok(files::serve(&state.ctx, &stored, Delivery::Thumbnail, &headers).await?)
}

/// Look into a log that is evidence: an overview, and lines by level, words and pattern
#[utoipa::path(get, path = "/cases/{id}/evidence/{evidence_id}/log", tag = "cases",
    params(("id" = CaseId, Path), ("evidence_id" = EvidenceId, Path), LogQuestion),
    responses((status = 200, body = LogPage)))]
pub(super) async fn log(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, piece)): PathParams<(CaseId, EvidenceId)>,
    QueryParams(question): QueryParams<LogQuestion>,
) -> Answer<Json<LogPage>> {
    let stored = stored(&state.ctx, actor, id, piece).await?;
    Ok(Json(files::read_log(&state.ctx, &stored, question).await?))
}

/// The file of a piece of evidence of a case that the actor sees.
async fn stored(ctx: &Ctx, actor: Actor, id: CaseId, piece: EvidenceId) -> Result<StoredAttachment> {
    let evidence = ctx
        .read(async move |tx| {
            actor.require(rights::READ)?;
            edit::visible(tx, &actor, id).await?;
            store::one_evidence(tx, id, piece).await?.ok_or_else(|| Error::not_found("evidence"))
        })
        .await?;
    files::attachment(ctx, evidence.attachment_id).await
}
