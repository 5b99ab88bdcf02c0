//! The audit over HTTP.

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use heard_kernel::{Page, PageRequest, Timestamp};
use heard_web::{Answer, AppState, Auth, Lang, QueryParams};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    export::{ExportFormat, pieces},
    model::{AuditEntry, Filter, Verification},
    service,
};

/// Which entries are wanted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
    /// By whom.
    pub actor_id: Option<Uuid>,
    /// What: `user.updated`, or `user` for all that is done to users.
    pub action: Option<String>,
    /// To what.
    pub subject_id: Option<Uuid>,
    /// Part of the action, the detail or the address.
    pub q: Option<String>,
}

/// Which file is wanted.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The kind of file.
    pub format: ExportFormat,
}

impl AuditQuery {
    fn filter(self) -> Filter {
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Filter {
            from: self.from,
            to: self.to,
            actor_id: self.actor_id,
            action: given(self.action),
            subject_id: self.subject_id,
            q: given(self.q),
        }
    }
}

/// The routes of the audit.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(export)).routes(routes!(verify))
}

/// Read the audit
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditQuery, PageRequest),
    responses((status = 200, body = Page<AuditEntry>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(query): QueryParams<AuditQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<AuditEntry>>> {
    Ok(Json(service::list(&state.ctx, &actor, query.filter(), page, locale).await?))
}

/// Take a copy of the audit
#[utoipa::path(get, path = "/audit/export", tag = "audit", params(ExportQuery, AuditQuery),
    responses((status = 200, content((String = "text/csv"), (String = "application/jsonl")))))]
async fn export(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(wanted): QueryParams<ExportQuery>,
    QueryParams(query): QueryParams<AuditQuery>,
) -> Answer<Response> {
    let format = wanted.format;
    service::begin_export(&state.ctx, &actor, format.name()).await?;
    let name = match format {
        ExportFormat::Csv => "attachment; filename=\"audit.csv\"",
        ExportFormat::Jsonl => "attachment; filename=\"audit.jsonl\"",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(name)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let body = Body::from_stream(pieces(state.ctx.clone(), query.filter(), format, locale));
    Ok((headers, body).into_response())
}

/// Check that nothing in the audit was changed
#[utoipa::path(get, path = "/audit/verify", tag = "audit", responses((status = 200, body = Verification)))]
async fn verify(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<Verification>> {
    Ok(Json(service::verify_for(&state.ctx, &actor).await?))
}
