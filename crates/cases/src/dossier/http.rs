//! Dossiers over HTTP.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use heard_kernel::Error;
use heard_web::{Answer, AppState, Auth, Lang, PathParams, QueryParams};
use serde::Deserialize;
use tokio_util::io::ReaderStream;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{build, model::Dossier};
use crate::cases::CaseId;

/// The routes of dossiers.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(dossier))
}

/// The form of a dossier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CaseDossierFormat)]
pub(crate) enum DossierFormat {
    /// An archive with everything.
    #[default]
    Zip,
    /// What is recorded, without files.
    Json,
    /// The page to read and print, without files.
    Html,
}

/// How a dossier is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DossierQuery {
    /// In which form; an archive when absent.
    pub format: Option<DossierFormat>,
    /// With the team's notes in transcripts, if the caller may see them; without them when absent.
    pub notes: Option<bool>,
}

/// Take out the dossier of a case: its record, the reasons for its deadlines, transcripts, evidence, and sums to check them
#[utoipa::path(get, path = "/cases/{id}/dossier", tag = "cases", params(("id" = CaseId, Path), DossierQuery),
    responses((status = 200, description = "The dossier", content((Vec<u8> = "application/zip"), (Dossier = "application/json"), (String = "text/html")))))]
async fn dossier(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    QueryParams(query): QueryParams<DossierQuery>,
) -> Answer<Response> {
    let single = match query.format.unwrap_or_default() {
        DossierFormat::Zip => None,
        DossierFormat::Json => {
            Some(("application/json", build::document(&state.ctx, &actor, locale, id).await?))
        }
        DossierFormat::Html => Some((build::HTML, build::page(&state.ctx, &actor, locale, id).await?)),
    };
    if let Some((kind, bytes)) = single {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        return Ok((headers, bytes).into_response());
    }
    let (number, archive) =
        build::archive(&state.ctx, &actor, locale, id, query.notes.unwrap_or(false)).await?;
    let text = |text: String| HeaderValue::try_from(text).map_err(Error::internal);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_LENGTH, HeaderValue::from(archive.size)),
        (header::CONTENT_DISPOSITION, text(format!("attachment; filename=\"{number}-dossier.zip\""))?),
        (header::ETAG, text(format!("\"{}\"", archive.sha256))?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    let body =
        Body::from_stream(ReaderStream::with_capacity(tokio::fs::File::from_std(archive.file), 64 * 1024));
    Ok((headers, body).into_response())
}
