//! Notices over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use heard_kernel::{Locale, Page, Result};
use heard_platform::directory::UserRef;
use heard_runtime::Ctx;
use heard_web::{Answer, AppState, Auth, Lang, OnceBody, PathParams, QueryParams};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Draft, NewNotice, Notice},
    service::{self, Setting},
};
use crate::{cases::CaseId, ground::Names};

/// The routes of notices.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(draft)).routes(routes!(list, send))
}

/// What a customer was told.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseNotice)]
pub struct NoticeView {
    /// As it was sent.
    #[serde(flatten)]
    pub notice: Notice,
    /// Who sent it.
    #[schema(required = true)]
    pub sender: Option<UserRef>,
}

/// Adds names to notices.
pub(crate) async fn show(ctx: &Ctx, notices: Vec<Notice>) -> Result<Vec<NoticeView>> {
    let names = Names::of(ctx, notices.iter().map(|notice| notice.sent_by), []).await?;
    let shown = |notice: Notice| NoticeView { sender: names.user(notice.sent_by), notice };
    Ok(notices.into_iter().map(shown).collect())
}

/// Which template is wanted.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DraftQuery {
    /// Key of the template.
    pub template: String,
    /// Language of the notice, as `zh-CN`; that of the customer when absent, or of the caller where nobody knows it.
    pub locale: Option<Locale>,
}

/// Draft a notice: a template with what is known about the case
#[utoipa::path(get, path = "/cases/{id}/notices/draft", tag = "cases", params(("id" = CaseId, Path), DraftQuery),
    responses((status = 200, body = Draft)))]
async fn draft(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    QueryParams(query): QueryParams<DraftQuery>,
) -> Answer<Json<Draft>> {
    let setting = Setting::of(&state.ctx).await?;
    let (now, languages) = (state.ctx.now(), (query.locale, locale));
    let drafted = state
        .ctx
        .read(async move |tx| service::draft(tx, &actor, &setting, id, &query.template, languages, now).await)
        .await?;
    Ok(Json(drafted))
}

/// What the customer of a case was told
#[utoipa::path(get, path = "/cases/{id}/notices", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Page<NoticeView>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<Page<NoticeView>>> {
    let notices = state.ctx.read(async move |tx| service::list(tx, &actor, id).await).await?;
    Ok(Json(Page { items: show(&state.ctx, notices).await?, next_cursor: None }))
}

/// Tell the customer, or record that they were told
#[utoipa::path(post, path = "/cases/{id}/notices", tag = "cases", params(("id" = CaseId, Path)),
    request_body = NewNotice, responses((status = 201, body = NoticeView)))]
async fn send(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    once: OnceBody<NewNotice>,
) -> Answer<(StatusCode, Json<NoticeView>)> {
    let setting = Setting::of(&state.ctx).await?;
    let (reader, body) = (actor.clone(), once.body);
    let sent = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| {
            Ok(service::send(tx, &setting, id, locale, body.clone()).await?.id)
        })
        .await?;
    let mut notices = state.ctx.read(async move |tx| service::list(tx, &reader, id).await).await?;
    notices.retain(|notice| notice.id == sent);
    let view =
        show(&state.ctx, notices).await?.pop().ok_or_else(|| heard_kernel::Error::not_found("notice"))?;
    Ok((StatusCode::CREATED, Json(view)))
}
