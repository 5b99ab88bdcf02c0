//! Calendars, arrangements and the calculator over HTTP.

use axum::{
    Extension, Json,
    extract::State,
    http::{StatusCode, header::ETAG},
    response::{IntoResponse, Response},
};
use heard_kernel::{
    Error,
    calendar::{ArrangementYear, Definition, Holiday, LeftOut, MakeUpDay},
};
use heard_web::{
    Answer, AppState, Auth, BodyLimit, IfMatch, JsonBody, Lang, OnceBody, PathParams, ProblemBody, RequestId,
    codes, etag,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{CalendarView, CalendarYear, Region},
    service,
};
use crate::settings::OUT_OF_RANGE;

/// A document may have a mebibyte; as JSON text it grows.
const LIMIT: usize = 2 * 1024 * 1024 + 4096;
/// The most questions of one call.
const QUESTIONS: usize = 1_000;

/// The routes of calendars.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(default, set_default))
        .routes(routes!(preview))
        .routes(routes!(import_ics))
        .routes(routes!(get, update, delete))
        .routes(routes!(year))
        .routes(routes!(arrangements, load_arrangement))
        .routes(routes!(preview_arrangement))
        .routes(routes!(remove_year))
        .routes(routes!(calculate))
        .layer(Extension(BodyLimit(LIMIT)))
}

/// All calendars.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = WorkingCalendars)]
pub struct CalendarList {
    /// The built-in ones, then the own ones by name.
    pub items: Vec<CalendarView>,
    /// Which one counts where none is named.
    pub default: DefaultCalendar,
}

/// The calendar that counts where none is named.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DefaultCalendar {
    /// Its name.
    pub name: String,
    /// Counts changes of the choice.
    pub version: i64,
}

/// A choice of the default.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct DefaultChoice {
    /// The name of the calendar.
    pub name: String,
}

/// A document whose days are wanted.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct CalendarPreview {
    /// The document; it needs no name.
    #[schema(value_type = Definition)]
    pub definition: Value,
    /// The year.
    pub year: i32,
}

/// The text of an iCalendar file.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct IcsText {
    /// The text.
    pub text: String,
}

/// What an iCalendar file says, to be reviewed and put into a document.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct IcsReview {
    /// Days off.
    pub holidays: Vec<Holiday>,
    /// Days that the file marks as worked (班). It cannot tell whose shifts they use: Monday's are proposed.
    pub make_up: Vec<MakeUpDay>,
    /// How many events were left out.
    pub skipped: u32,
    /// The first of them, with the reasons.
    pub left_out: Vec<LeftOut>,
}

/// Years of an official arrangement: a file in `text`, or entered in `years`.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct NewArrangement {
    /// Whose arrangement, such as `cn`.
    pub region: String,
    /// A file: TOML as in docs/calendar.md, JSON of `holiday-cn`, or iCalendar with 休 and 班.
    pub text: Option<String>,
    /// Entered years.
    pub years: Option<Vec<ArrangementYear>>,
    /// Where it comes from: the name of a file, the title of a notice.
    pub source: Option<String>,
}

/// Years of an arrangement that are not stored.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ArrangementReview {
    /// The years with their days.
    pub years: Vec<ArrangementYear>,
    /// Events of an iCalendar file that were left out, with the reasons; the first ones of many.
    pub left_out: Vec<LeftOut>,
}

/// Years that were stored.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct LoadedYears {
    /// The years.
    pub years: Vec<i32>,
}

/// All arrangements.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RegionList {
    /// By region.
    pub items: Vec<Region>,
}

/// List working calendars
#[utoipa::path(get, path = "/calendars", tag = "calendars", responses((status = 200, body = CalendarList)))]
async fn list(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<CalendarList>> {
    let (items, now) = service::list(&state.ctx, &actor).await?;
    Ok(Json(CalendarList {
        items,
        default: DefaultCalendar { name: now.default_calendar, version: now.version },
    }))
}

fn tagged(status: StatusCode, calendar: CalendarView) -> Response {
    (status, [(ETAG, etag(calendar.version))], Json(calendar)).into_response()
}

/// Reads a document. The calendar tells itself what does not fit, with the field that may be meant.
fn definition_of(document: Value, place: &str) -> Result<Definition, Error> {
    let read = Definition::from_value(document);
    read.map_err(|problems| if place.is_empty() { problems.into() } else { problems.below(place).into() })
}

/// Make a working calendar
#[utoipa::path(post, path = "/calendars", tag = "calendars", request_body = Definition,
    responses((status = 201, body = CalendarView)))]
async fn create(
    State(state): State<AppState>,
    Auth(actor): Auth,
    OnceBody { key, body }: OnceBody<Value>,
) -> Answer<Response> {
    let definition = definition_of(body, "")?;
    Ok(tagged(StatusCode::CREATED, service::create(&state.ctx, &actor, key, definition).await?))
}

/// Read a working calendar
#[utoipa::path(get, path = "/calendars/{name}", tag = "calendars", params(("name" = String, Path)),
    responses((status = 200, body = CalendarView)))]
async fn get(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(name): PathParams<String>,
) -> Answer<Response> {
    Ok(tagged(StatusCode::OK, service::get(&state.ctx, &actor, name).await?))
}

/// Change a working calendar
#[utoipa::path(put, path = "/calendars/{name}", tag = "calendars", params(("name" = String, Path)),
    request_body = Definition, responses((status = 200, body = CalendarView)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(name): PathParams<String>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<Value>,
) -> Answer<Response> {
    let definition = definition_of(body, "")?;
    Ok(tagged(StatusCode::OK, service::update(&state.ctx, &actor, name, version, definition).await?))
}

/// Delete a working calendar
#[utoipa::path(delete, path = "/calendars/{name}", tag = "calendars", params(("name" = String, Path)),
    responses((status = 204)))]
async fn delete(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(name): PathParams<String>,
) -> Answer<StatusCode> {
    service::delete(&state.ctx, &actor, name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Read which calendar counts where none is named
#[utoipa::path(get, path = "/calendars/default", tag = "calendars", responses((status = 200, body = DefaultCalendar)))]
async fn default(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Response> {
    let chosen = service::default(&state.ctx, &actor).await?;
    Ok(([(ETAG, etag(chosen.version))], Json(chosen)).into_response())
}

/// Choose the calendar that counts where none is named
#[utoipa::path(put, path = "/calendars/default", tag = "calendars", request_body = DefaultChoice,
    responses((status = 200, body = DefaultCalendar)))]
async fn set_default(
    State(state): State<AppState>,
    Auth(actor): Auth,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<DefaultChoice>,
) -> Answer<Response> {
    let chosen = service::set_default(&state.ctx, &actor, version, body.name).await?;
    Ok(([(ETAG, etag(chosen.version))], Json(chosen)).into_response())
}

/// Read a year of a working calendar, day by day
#[utoipa::path(get, path = "/calendars/{name}/years/{year}", tag = "calendars",
    params(("name" = String, Path), ("year" = i32, Path)), responses((status = 200, body = CalendarYear)))]
async fn year(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams((name, year)): PathParams<(String, i32)>,
) -> Answer<Json<CalendarYear>> {
    Ok(Json(service::year(&state.ctx, &actor, &name, year, locale).await?))
}

/// Show a year of a document that is not stored
#[utoipa::path(post, path = "/calendars/preview", tag = "calendars", request_body = CalendarPreview,
    responses((status = 200, body = CalendarYear)))]
async fn preview(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    JsonBody(body): JsonBody<CalendarPreview>,
) -> Answer<Json<CalendarYear>> {
    let definition = definition_of(body.definition, "definition")?;
    Ok(Json(service::preview(&state.ctx, &actor, definition, body.year, locale).await?))
}

/// Read an iCalendar file for review
#[utoipa::path(post, path = "/calendars/import_ics", tag = "calendars", request_body = IcsText,
    responses((status = 200, body = IcsReview)))]
async fn import_ics(Auth(actor): Auth, JsonBody(body): JsonBody<IcsText>) -> Answer<Json<IcsReview>> {
    Ok(Json(service::review_ics(&actor, &body.text)?))
}

/// List official arrangements and their years
#[utoipa::path(get, path = "/arrangements", tag = "calendars", responses((status = 200, body = RegionList)))]
async fn arrangements(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<RegionList>> {
    Ok(Json(RegionList { items: service::arrangements(&state.ctx, &actor).await? }))
}

/// Load years of an official arrangement
#[utoipa::path(post, path = "/arrangements", tag = "calendars", request_body = NewArrangement,
    responses((status = 201, body = LoadedYears)))]
async fn load_arrangement(
    State(state): State<AppState>,
    Auth(actor): Auth,
    JsonBody(body): JsonBody<NewArrangement>,
) -> Answer<Response> {
    let years = service::load_arrangement(&state.ctx, &actor, body).await?;
    Ok((StatusCode::CREATED, Json(LoadedYears { years })).into_response())
}

/// Read years of an official arrangement for review
#[utoipa::path(post, path = "/arrangements/preview", tag = "calendars", request_body = NewArrangement,
    responses((status = 200, body = ArrangementReview)))]
async fn preview_arrangement(
    State(state): State<AppState>,
    Auth(actor): Auth,
    JsonBody(body): JsonBody<NewArrangement>,
) -> Answer<Json<ArrangementReview>> {
    Ok(Json(service::preview_arrangement(&state.ctx, &actor, &body).await?))
}

/// Take a loaded year of an official arrangement away
#[utoipa::path(delete, path = "/arrangements/{region}/{year}", tag = "calendars",
    params(("region" = String, Path), ("year" = i32, Path)), responses((status = 204)))]
async fn remove_year(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((region, year)): PathParams<(String, i32)>,
) -> Answer<StatusCode> {
    service::remove_year(&state.ctx, &actor, region, year).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the calculator is asked.
enum Asked {
    One(Value),
    Several(Vec<Value>),
}

/// One question, or those of `questions`, beside which nothing else stands.
fn several(mut body: Value) -> Result<Asked, Error> {
    let Some(fields) = body.as_object_mut() else { return Ok(Asked::One(body)) };
    let Some(questions) = fields.remove("questions") else { return Ok(Asked::One(body)) };
    if let Some(other) = fields.keys().next() {
        return Err(Error::new(codes::UNKNOWN_FIELD).with("field", other.as_str()));
    }
    let Value::Array(questions) = questions else {
        return Err(Error::field("questions", codes::WRONG_TYPE).with("expected", "array"));
    };
    if questions.len() > QUESTIONS {
        return Err(Error::field("questions", OUT_OF_RANGE).with("min", 0).with("max", QUESTIONS));
    }
    Ok(Asked::Several(questions))
}

/// Calculate a deadline or working time and say why
///
/// Takes what a line of `heard clock eval` holds (docs/calendar.md) and answers with its reasons in the caller's
/// language, or `{"questions": […]}` and answers with `{"answers": […]}`, in which a question that cannot be answered
/// has an `error`.
#[utoipa::path(post, path = "/calculator", tag = "calendars", request_body = Value, responses((status = 200, body = Value)))]
async fn calculate(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    RequestId(request): RequestId,
    JsonBody(body): JsonBody<Value>,
) -> Answer<Json<Map<String, Value>>> {
    let questions = match several(body)? {
        Asked::One(question) => {
            return Ok(Json(service::calculate(&state.ctx, &actor, question, locale).await?));
        }
        Asked::Several(questions) => questions,
    };
    let mut answers = Vec::with_capacity(questions.len());
    for question in questions {
        let id = question.get("id").cloned();
        answers.push(match service::calculate(&state.ctx, &actor, question, locale).await {
            Ok(answer) => answer,
            Err(error) if error.code().status == 422 => {
                let problem = serde_json::to_value(ProblemBody::new(&error, locale, &request))
                    .map_err(Error::internal)?;
                let id = id.map(|id| ("id".to_owned(), id));
                Map::from_iter(id.into_iter().chain([("error".to_owned(), problem)]))
            }
            Err(error) => return Err(error.into()),
        });
    }
    Ok(Json(Map::from_iter([("answers".to_owned(), Value::from_iter(answers))])))
}
