//! Alerts over HTTP.

use axum::{Json, extract::State};
use heard_kernel::{Locale, Page, PageRequest};
use heard_web::{Answer, AppState, Auth, JsonBody, Lang, QueryParams};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Alert, AlertId, AlertKind, Params},
    service,
};

/// The routes of alerts.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(unread)).routes(routes!(read))
}

/// Something that the caller is told.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Alert)]
pub struct AlertView {
    /// As it stands.
    #[serde(flatten)]
    pub alert: Alert,
    /// What it says, in the language of the answer.
    pub text: String,
}

fn shown(alert: Alert, locale: Locale) -> AlertView {
    let params = &alert.params;
    let name = params.name.in_locale(locale);
    let (colon, open, close) = match locale {
        Locale::ZhCn => ("：", "（", "）"),
        Locale::En => (": ", " (", ")"),
    };
    let place = place(&alert, locale);
    let mut text = headline(&alert, locale).to_owned();
    match (place.is_empty(), name.is_empty()) {
        (false, _) => text.push_str(&format!("{colon}{place}")),
        (true, false) => text.push_str(&format!("{colon}{name}")),
        (true, true) => {}
    }
    if !name.is_empty() && !place.is_empty() {
        text.push_str(&format!("{open}{name}{close}"));
    }
    AlertView { alert, text }
}

/// What it is about, as people call it.
fn place(alert: &Alert, locale: Locale) -> String {
    let Params { number, title, .. } = &alert.params;
    match (alert.case_id, alert.conversation_id, alert.plan_version_id, locale) {
        (Some(_), ..) => format!("{number} {title}"),
        (_, Some(_), _, Locale::ZhCn) => format!("会话 #{number}"),
        (_, Some(_), _, Locale::En) => format!("conversation #{number}"),
        (_, _, Some(_), Locale::ZhCn) => format!("第 {number} 版"),
        (_, _, Some(_), Locale::En) => format!("version {number}"),
        _ => String::new(),
    }
}

/// What it is about, with how much of the limit is used, so that two alerts of one clock differ.
fn headline(alert: &Alert, locale: Locale) -> String {
    let words = alert.kind.words(locale);
    match (alert.kind, alert.params.share, locale) {
        (AlertKind::ClockWarned, Some(share), Locale::ZhCn) => format!("{words}，已用 {share}%"),
        (AlertKind::ClockWarned, Some(share), Locale::En) => format!("{words}, {share} % used"),
        _ => words.to_owned(),
    }
}

/// Which alerts are wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AlertQuery {
    /// Only those that were not read.
    pub unread: Option<bool>,
}

/// List the caller's alerts, the newest first
#[utoipa::path(get, path = "/alerts", tag = "alerts", params(AlertQuery, PageRequest),
    responses((status = 200, body = Page<AlertView>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(query): QueryParams<AlertQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<AlertView>>> {
    let unread = query.unread == Some(true);
    let found = state.ctx.read(async move |tx| service::list(tx, &actor, unread, &page).await).await?;
    Ok(Json(found.map(|alert| shown(alert, locale))))
}

/// How many alerts were not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub(crate) struct AlertCount {
    /// How many.
    pub unread: i64,
}

/// How many alerts the caller has not read
#[utoipa::path(get, path = "/alert_count", tag = "alerts", responses((status = 200, body = AlertCount)))]
async fn unread(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<AlertCount>> {
    let unread = state.ctx.read(async move |tx| service::unread(tx, &actor).await).await?;
    Ok(Json(AlertCount { unread }))
}

/// Which alerts were read.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub(crate) struct AlertsReadBody {
    /// Which ones; all when absent.
    pub ids: Option<Vec<AlertId>>,
}

/// Mark alerts as read
#[utoipa::path(post, path = "/alerts/read", tag = "alerts", request_body = AlertsReadBody,
    responses((status = 200, body = AlertCount)))]
async fn read(
    State(state): State<AppState>,
    Auth(actor): Auth,
    JsonBody(body): JsonBody<AlertsReadBody>,
) -> Answer<Json<AlertCount>> {
    let unread = state.ctx.tx(&actor, async move |tx| service::read(tx, body.ids.as_deref()).await).await?;
    Ok(Json(AlertCount { unread }))
}
