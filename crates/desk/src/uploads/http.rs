//! Files over HTTP.

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use heard_kernel::{Error, Result, codes as kernel_codes};
use heard_platform::files::{self, AttachmentId, Delivery, LogPage, LogQuestion, Upload, UploadId};
use heard_web::{Answer, AppState, Auth, JsonBody, PathParams, QueryParams, codes};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service::{self, NewFile};

/// Bytes of a chunk at most.
const CHUNK: usize = 8 * 1024 * 1024;
/// Where a chunk starts in the file.
const OFFSET: &str = "upload-offset";

/// The routes of files.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(start))
        .routes(routes!(progress, append, cancel))
        .routes(routes!(download))
        .routes(routes!(thumbnail))
        .routes(routes!(log))
}

/// Announce a file
#[utoipa::path(post, path = "/uploads", tag = "files", operation_id = "start_upload", request_body = NewFile,
    responses((status = 201, body = Upload)))]
async fn start(
    State(state): State<AppState>,
    Auth(actor): Auth,
    JsonBody(file): JsonBody<NewFile>,
) -> Answer<(StatusCode, Json<Upload>)> {
    Ok((StatusCode::CREATED, Json(service::start(&state.ctx, &actor, file).await?)))
}

/// How far an upload is
#[utoipa::path(get, path = "/uploads/{id}", tag = "files", operation_id = "get_upload",
    params(("id" = UploadId, Path)), responses((status = 200, body = Upload)))]
async fn progress(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<UploadId>,
) -> Answer<Json<Upload>> {
    Ok(Json(files::upload(&state.ctx, &actor, id).await?))
}

/// Send the next chunk, at most 8 MiB
#[utoipa::path(patch, path = "/uploads/{id}", tag = "files", operation_id = "append_upload",
    params(("id" = UploadId, Path), ("Upload-Offset" = u64, Header, description = "Where the chunk starts")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Upload)))]
async fn append(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<UploadId>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Json<Upload>> {
    let offset = offset(&headers)?;
    let too_large = |_| Error::new(codes::BODY_TOO_LARGE).with("limit", CHUNK);
    let chunk = axum::body::to_bytes(body, CHUNK).await.map_err(too_large)?;
    Ok(Json(files::append_chunk(&state.ctx, &actor, id, offset, chunk).await?))
}

fn offset(headers: &HeaderMap) -> Result<u64> {
    let text = headers.get(OFFSET).ok_or_else(|| Error::new(kernel_codes::PRECONDITION_REQUIRED))?;
    let number = text.to_str().ok().and_then(|text| text.parse().ok());
    number.ok_or_else(|| Error::field("Upload-Offset", codes::INVALID_VALUE).with("expected", "a number"))
}

/// Give an upload up
#[utoipa::path(delete, path = "/uploads/{id}", tag = "files", operation_id = "cancel_upload",
    params(("id" = UploadId, Path)), responses((status = 204)))]
async fn cancel(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<UploadId>,
) -> Answer<StatusCode> {
    files::cancel_upload(&state.ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How a file is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DownloadQuery {
    /// Always saved, also when the browser could show it.
    pub download: Option<bool>,
}

/// Get a file
#[utoipa::path(get, path = "/attachments/{id}", tag = "files", operation_id = "get_attachment",
    params(("id" = String, Path), DownloadQuery),
    responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>)))]
async fn download(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<AttachmentId>,
    QueryParams(query): QueryParams<DownloadQuery>,
    headers: HeaderMap,
) -> Answer<Response> {
    let delivery = if query.download == Some(true) { Delivery::Download } else { Delivery::Original };
    let stored = files::attachment(&state.ctx, id).await?;
    service::check_readable(&state.ctx, &actor, &stored).await?;
    Ok(files::serve(&state.ctx, &stored, delivery, &headers).await?)
}

/// Get the thumbnail of a picture
#[utoipa::path(get, path = "/attachments/{id}/thumbnail", tag = "files", operation_id = "get_thumbnail",
    params(("id" = String, Path)),
    responses((status = 200, description = "The thumbnail", content_type = "image/png", body = Vec<u8>)))]
async fn thumbnail(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<AttachmentId>,
    headers: HeaderMap,
) -> Answer<Response> {
    let stored = files::attachment(&state.ctx, id).await?;
    service::check_readable(&state.ctx, &actor, &stored).await?;
    Ok(files::serve(&state.ctx, &stored, Delivery::Thumbnail, &headers).await?)
}

/// Look into a log: an overview, and lines by level, words and pattern
#[utoipa::path(get, path = "/attachments/{id}/log", tag = "files", operation_id = "get_attachment_log",
    params(("id" = String, Path), LogQuestion), responses((status = 200, body = LogPage)))]
async fn log(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<AttachmentId>,
    QueryParams(question): QueryParams<LogQuestion>,
) -> Answer<Json<LogPage>> {
    let stored = files::attachment(&state.ctx, id).await?;
    service::check_readable(&state.ctx, &actor, &stored).await?;
    Ok(Json(files::read_log(&state.ctx, &stored, question).await?))
}
