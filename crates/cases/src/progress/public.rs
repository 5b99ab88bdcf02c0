//! The page over HTTP, beside the API.

use std::{sync::OnceLock, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Form, Path, Query, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bytes::Bytes;
use heard_kernel::{Error, Locale, Result, codes};
use heard_runtime::Ctx;
use heard_web::{AppState, ClientAddress, Lang, Rate, RateLimiter};
use serde::Deserialize;

use super::{
    form, page,
    page::Place,
    said,
    service::{PROGRESS_CLOSED, PROGRESS_LINK_INVALID, find},
    state, store,
    words::words,
};
use crate::notices::Setting;

/// Bytes of a form with files.
const BODY: usize = 21 * 1024 * 1024;
/// What the page may load and where its forms may go.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The routes of progress pages, to be served beside the API.
pub fn pages() -> Router<AppState> {
    Router::new()
        .route("/progress/style.css", get(style))
        .route("/progress/{token}", get(show))
        .route("/progress/{token}/words", post(say).layer(DefaultBodyLimit::max(BODY)))
        .route("/progress/{token}/answer", post(answer))
        .route("/progress/{token}/rating", post(rate))
}

/// How often an address may look and write, so that nobody guesses links or floods a case.
#[derive(Default)]
struct Limits(OnceLock<[RateLimiter; 2]>);

fn check_rate(ctx: &Ctx, address: &ClientAddress, writes: bool) -> Result<()> {
    let limits = ctx.shared::<Limits>();
    let of = |count| RateLimiter::new(ctx.clock(), Rate::per(count, Duration::from_secs(60)), 20_000);
    let [looks, sends] = limits.0.get_or_init(|| [of(60), of(10)]);
    let limiter = if writes { sends } else { looks };
    limiter.check(&address.0.to_string()).map(drop)
}

/// What is asked for beside the secret.
#[derive(Clone, Debug, Default, Deserialize)]
struct Wish {
    lang: Option<String>,
    done: Option<String>,
}

impl Wish {
    fn locale(&self, otherwise: Locale) -> Locale {
        self.lang.as_deref().and_then(Locale::parse).unwrap_or(otherwise)
    }
}

fn html(status: StatusCode, body: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    let mut response = (status, body).into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refused(locale: Locale, error: &Error) -> Response {
    let w = words(locale);
    if error.is(PROGRESS_CLOSED) {
        let number = error.params().get("number").and_then(|number| number.as_str()).unwrap_or_default();
        return html(StatusCode::GONE, page::closed(locale, number));
    }
    let (status, text) = match error.code() {
        code if code == PROGRESS_LINK_INVALID => (StatusCode::NOT_FOUND, w.invalid),
        code if code == codes::RATE_LIMITED => (StatusCode::TOO_MANY_REQUESTS, w.too_often),
        code => {
            tracing::warn!(code = code.id, detail = error.detail(), "the progress page failed");
            (StatusCode::SERVICE_UNAVAILABLE, w.failed)
        }
    };
    html(status, page::refusal(locale, text))
}

async fn style() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
    (headers, page::STYLE).into_response()
}

async fn show(
    State(app): State<AppState>,
    Lang(locale): Lang,
    address: ClientAddress,
    Path(token): Path<String>,
    Query(wish): Query<Wish>,
) -> Response {
    let locale = wish.locale(locale);
    match shown(&app.ctx, locale, &address, &token, wish.done.as_deref(), "").await {
        Ok(body) => html(StatusCode::OK, body),
        Err(error) => refused(locale, &error),
    }
}

async fn shown(
    ctx: &Ctx,
    locale: Locale,
    address: &ClientAddress,
    token: &str,
    done: Option<&str>,
    words: &str,
) -> Result<String> {
    check_rate(ctx, address, false)?;
    let setting = Setting::of(ctx).await?;
    let (secret, now) = (token.to_owned(), ctx.now());
    let (link, shown) = ctx
        .read(async move |tx| {
            let (link, case) = find(tx, &secret, now).await?;
            Ok((link, state::read(tx, &case, now, locale).await?))
        })
        .await?;
    if link.opened_at.is_none() {
        let actor = heard_kernel::Actor::system();
        ctx.tx(&actor, async move |tx| store::opened(tx, link.id, now).await).await?;
    }
    let (zone, organization) = (&setting.zone, setting.organization.as_str());
    let place = Place { token, locale, zone, organization, done, words };
    Ok(page::page(&place, &shown))
}

/// Whether the customer can mend it.
fn is_refusal(error: &Error) -> bool {
    matches!(error.code().status, 413 | 415 | 422)
}

/// After a form the browser goes back to the page, so that loading it anew sends nothing twice.
fn after(locale: Locale, token: &str, done: &str, result: Result<()>) -> Response {
    let done = match result {
        Ok(()) => done,
        Err(error) if is_refusal(&error) => "refused",
        Err(error) => return refused(locale, &error),
    };
    let place = format!("/progress/{token}?lang={}&done={done}", locale.as_str());
    let mut response = html(StatusCode::SEE_OTHER, String::new());
    if let Ok(place) = HeaderValue::try_from(place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

async fn say(
    State(app): State<AppState>,
    Lang(locale): Lang,
    address: ClientAddress,
    Path(token): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    body: std::result::Result<Bytes, BytesRejection>,
) -> Response {
    let locale = wish.locale(locale);
    if let Err(error) = check_rate(&app.ctx, &address, true) {
        return refused(locale, &error);
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    // More than is taken together is no body at all.
    let parts = body.ok().and_then(|body| form::parts(&form::boundary(kind)?, &body));
    let Some(parts) = parts else {
        return after(locale, &token, "words", Err(Error::field("words", heard_kernel::REQUIRED)));
    };
    let (sent, fields): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.file_name.is_some());
    let typed = fields.into_iter().find(|part| part.name == "words");
    let typed = typed.map(|part| String::from_utf8_lossy(&part.content).into_owned()).unwrap_or_default();
    match said::say(&app.ctx, &token, &typed, sent).await {
        // Nobody writes twice because a file was wrong.
        Err(error) if is_refusal(&error) => {
            match shown(&app.ctx, locale, &address, &token, Some("refused"), &typed).await {
                Ok(body) => html(StatusCode::UNPROCESSABLE_ENTITY, body),
                Err(error) => refused(locale, &error),
            }
        }
        said => after(locale, &token, "words", said),
    }
}

/// Whether it is solved, and what stood in the other fields of the form.
#[derive(Debug, Deserialize)]
struct AnswerForm {
    solved: String,
    #[serde(default)]
    why: String,
    score: Option<i64>,
    #[serde(default)]
    reason: String,
}

/// What was written in two fields that are sent as one.
fn joined(first: &str, second: &str) -> String {
    let said = [first.trim(), second.trim()];
    said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

async fn answer(
    State(app): State<AppState>,
    Lang(locale): Lang,
    address: ClientAddress,
    Path(token): Path<String>,
    Query(wish): Query<Wish>,
    Form(form): Form<AnswerForm>,
) -> Response {
    let locale = wish.locale(locale);
    if let Err(error) = check_rate(&app.ctx, &address, true) {
        return refused(locale, &error);
    }
    let solved = form.solved == "yes";
    // A score that was chosen counts, whichever button was pressed; a reason without one belongs to the answer.
    let done = match form.score {
        None => said::answer(&app.ctx, &token, solved, &joined(&form.why, &form.reason)).await,
        Some(score) => match said::rate(&app.ctx, &token, score, &form.reason).await {
            Ok(()) => said::answer(&app.ctx, &token, solved, &form.why).await,
            refused => refused,
        },
    };
    after(locale, &token, "answer", done)
}

/// How satisfied the customer is.
#[derive(Debug, Deserialize)]
struct RatingForm {
    score: i64,
    #[serde(default)]
    why: String,
    #[serde(default)]
    reason: String,
}

async fn rate(
    State(app): State<AppState>,
    Lang(locale): Lang,
    address: ClientAddress,
    Path(token): Path<String>,
    Query(wish): Query<Wish>,
    Form(form): Form<RatingForm>,
) -> Response {
    let locale = wish.locale(locale);
    if let Err(error) = check_rate(&app.ctx, &address, true) {
        return refused(locale, &error);
    }
    let why = joined(&form.reason, &form.why);
    after(locale, &token, "rating", said::rate(&app.ctx, &token, form.score, &why).await)
}
