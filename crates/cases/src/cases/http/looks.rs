//! Looking back: the timeline of a case, and counts of many.

use axum::{Json, extract::State};
use heard_kernel::{Actor, Page, PageRequest};
use heard_web::{Answer, AppState, Auth, Lang, PathParams, QueryParams};

use super::super::{
    figures,
    model::CaseId,
    query::CaseQuery,
    report::{self, Report, ReportQuery},
    timeline::{self, Entry},
};

/// What happened to a case, its clocks and its conversations, the latest first
#[utoipa::path(get, path = "/cases/{id}/timeline", tag = "cases", params(("id" = CaseId, Path), PageRequest),
    responses((status = 200, body = Page<Entry>)))]
pub(super) async fn timeline(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<Entry>>> {
    let now = state.ctx.now();
    let found = state.ctx.read(async move |tx| timeline::page(tx, &actor, id, now, &page).await).await?;
    Ok(Json(timeline::show(&state.ctx, found).await?))
}

/// Count cases by one or two things; archived ones unless another list is asked for
#[utoipa::path(get, path = "/case_report", tag = "cases", params(ReportQuery, CaseQuery),
    responses((status = 200, body = Report)))]
pub(super) async fn report(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(wanted): QueryParams<ReportQuery>,
    QueryParams(filters): QueryParams<CaseQuery>,
) -> Answer<Json<Report>> {
    let now = state.ctx.now();
    let counted = state.ctx.read(async move |tx| {
        let groups = report::count(tx, &actor, wanted, filters.clone()).await?;
        let contacts = report::contacts(tx, &actor, wanted, &filters, now).await?;
        Ok((groups, contacts, figures::are_stale(tx).await?))
    });
    let (groups, contacts, stale) = counted.await?;
    if stale {
        state.ctx.tx(&Actor::system(), async |tx| figures::recount_soon(tx).await).await?;
    }
    Ok(Json(report::show(&state.ctx, locale, wanted, groups, contacts).await?))
}
