//! Tables over HTTP.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use heard_kernel::Error;
use heard_platform::settings;
use heard_web::{Answer, AppState, Auth, Lang, QueryParams};
use jiff::tz::TimeZone;
use serde::Deserialize;
use tokio_util::io::ReaderStream;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    remedies::write_remedies,
    service::{self, MOST, Table, TableFormat},
};
use crate::{cases::CaseQuery, remedies::RemedyQuery};

/// The routes of tables.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(export)).routes(routes!(export_remedies))
}

/// Which file is wanted.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TableQuery {
    /// The kind of file.
    pub format: TableFormat,
    /// Names of columns with commas between them, in the order in which they are wanted; all when absent.
    pub columns: Option<String>,
}

/// Take out the list of cases as a table, 50,000 at most
#[utoipa::path(get, path = "/case_export", tag = "cases", params(TableQuery, CaseQuery),
    responses((status = 200, description = "The table", content((String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
async fn export(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(wanted): QueryParams<TableQuery>,
    QueryParams(query): QueryParams<CaseQuery>,
) -> Answer<Response> {
    let format = wanted.format;
    let columns = wanted.columns.as_deref();
    let table = service::write(&state.ctx, &actor, locale, format, columns, query, MOST).await?;
    handed_out(&state, table, "cases", format).await
}

/// Which file of remedies is wanted.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RemedyTableQuery {
    /// The kind of file.
    pub format: TableFormat,
}

/// Take out the list of remedies as a table, 50,000 at most
#[utoipa::path(get, path = "/case_remedy_export", tag = "cases", params(RemedyTableQuery, RemedyQuery),
    responses((status = 200, description = "The table", content((String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
async fn export_remedies(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(wanted): QueryParams<RemedyTableQuery>,
    QueryParams(query): QueryParams<RemedyQuery>,
) -> Answer<Response> {
    let table = write_remedies(&state.ctx, &actor, locale, wanted.format, query, MOST).await?;
    handed_out(&state, table, "remedies", wanted.format).await
}

/// A table as a file with a name.
async fn handed_out(state: &AppState, table: Table, stem: &str, format: TableFormat) -> Answer<Response> {
    let kind = match format {
        TableFormat::Csv => "text/csv; charset=utf-8",
        TableFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let zone = settings::find(&state.ctx).await?.map(|settings| settings.time_zone.clone());
    let zone = zone.and_then(|zone| TimeZone::get(&zone).ok()).unwrap_or(TimeZone::UTC);
    let day = state.ctx.now().to_jiff().to_zoned(zone).strftime("%Y-%m-%d").to_string();
    let name = format!("attachment; filename=\"{stem}-{day}.{}\"", format.as_str());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_LENGTH, HeaderValue::from(table.size)),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(Error::internal)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    let body = ReaderStream::with_capacity(tokio::fs::File::from_std(table.file), 64 * 1024);
    Ok((headers, Body::from_stream(body)).into_response())
}
