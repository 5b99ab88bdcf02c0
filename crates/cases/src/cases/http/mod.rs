//! Cases over HTTP.

mod around;
mod clocks;
mod evidence;
mod flow;
mod looks;
mod record;

use axum::{
    Json,
    http::{HeaderName, HeaderValue, header::ETAG},
};
use heard_kernel::{Actor, Locale, Result};
use heard_web::{AppState, etag};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    detail::{CaseDetail, Detail},
    model::CaseId,
};

/// The routes of cases.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(record::list, record::open))
        .routes(routes!(record::counts))
        .routes(routes!(record::draft))
        .routes(routes!(record::get, record::update))
        .routes(routes!(record::completeness))
        .routes(routes!(clocks::list))
        .routes(routes!(record::by_number))
        .routes(routes!(looks::timeline))
        .routes(routes!(looks::report))
        .routes(routes!(flow::classify))
        .routes(routes!(flow::assign))
        .routes(routes!(flow::take))
        .routes(routes!(flow::complete))
        .routes(routes!(flow::skip))
        .routes(routes!(flow::go_back))
        .routes(routes!(flow::wait))
        .routes(routes!(flow::resume))
        .routes(routes!(flow::archive))
        .routes(routes!(flow::reopen))
        .routes(routes!(flow::change_plan))
        .routes(routes!(around::change_people))
        .routes(routes!(around::change_teams))
        .routes(routes!(around::watch, around::unwatch))
        .routes(routes!(around::tag))
        .routes(routes!(around::link))
        .routes(routes!(around::unlink))
        .routes(routes!(around::of_conversation))
        .routes(routes!(evidence::upload))
        .routes(routes!(evidence::list, evidence::add))
        .routes(routes!(evidence::offered))
        .routes(routes!(evidence::remove))
        .routes(routes!(evidence::download))
        .routes(routes!(evidence::thumbnail))
        .routes(routes!(evidence::log))
}

/// A case with its version in `ETag`.
pub(crate) type Versioned = ([(HeaderName, HeaderValue); 1], Json<CaseDetail>);

/// A case for somebody who has just changed it, and who may not see it any more after that.
pub(crate) async fn changed(
    state: &AppState,
    actor: &Actor,
    locale: Locale,
    id: CaseId,
) -> Result<Versioned> {
    let reader = actor.clone();
    let detail = state.ctx.read(async move |tx| Detail::load_changed(tx, &reader, id).await).await?;
    Ok(versioned(detail.show(&state.ctx, locale).await?))
}

pub(crate) fn versioned(detail: CaseDetail) -> Versioned {
    ([(ETAG, etag(detail.case.version))], Json(detail))
}
