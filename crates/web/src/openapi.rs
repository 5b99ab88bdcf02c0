//! The description of the API: what is common to all slices.

use utoipa::openapi::{
    ComponentsBuilder, ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, RefOr, Response,
    content::ContentBuilder,
    path::{Operation, PathItem},
    response::ResponseBuilder,
    schema::Ref,
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
};
use utoipa::{PartialSchema as _, ToSchema as _};
use utoipa_axum::router::OpenApiRouter;

use crate::{AppState, FieldProblem, ProblemBody};

/// Where the API lives.
pub const API: &str = "/api/v1";

/// The name of the console's session cookie.
pub const SESSION_COOKIE: &str = "heard_session";

/// Puts the slices' routes under [`API`] with the common parts of the description.
pub(crate) fn assemble(
    slices: impl IntoIterator<Item = OpenApiRouter<AppState>>,
) -> (axum::Router<AppState>, OpenApi) {
    let own = crate::realtime::routes();
    let api = slices.into_iter().fold(own, OpenApiRouter::merge);
    let (routes, mut document) = OpenApiRouter::with_openapi(base()).nest(API, api).split_for_parts();
    document.paths.paths.values_mut().for_each(complete_path);
    (routes, document)
}

/// The description of the API with the routes of all slices, as JSON with a line end, for the checked-in snapshot.
pub fn openapi(slices: impl IntoIterator<Item = OpenApiRouter<AppState>>) -> String {
    let (_, document) = assemble(slices);
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

fn base() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Heard")
        .description(Some(
            "Times are RFC 3339 with milliseconds; ids are UUIDs. Errors are problems (RFC 9457) with a stable \
             `code`, translated by `Accept-Language`. Changing calls take the `ETag` of what they change as \
             `If-Match`; creating calls accept an `Idempotency-Key`. Lists take `limit` and `cursor`.",
        ))
        .version(env!("CARGO_PKG_VERSION"))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .contact(Some(ContactBuilder::new().name(Some("Heard")).build()))
        .build();
    let token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("An API token, made in the console under Settings › API tokens."))
        .build();
    let session = ApiKeyValue::with_description(
        SESSION_COOKIE,
        "A console session. Calls other than GET also need the header X-CSRF-Token with `csrf_token` of GET /me.",
    );
    let components = ComponentsBuilder::new()
        .schema(ProblemBody::name(), ProblemBody::schema())
        .schema(FieldProblem::name(), FieldProblem::schema())
        .response("Problem", problem_response())
        .security_scheme("token", SecurityScheme::Http(token))
        .security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)))
        .build();
    OpenApiBuilder::new()
        .info(info)
        .components(Some(components))
        .security(Some(vec![requirement("session"), requirement("token")]))
        .build()
}

fn requirement(scheme: &str) -> SecurityRequirement {
    SecurityRequirement::new(scheme, Vec::<String>::new())
}

fn problem_response() -> Response {
    let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
    ResponseBuilder::new()
        .description("What went wrong and what to do")
        .content("application/problem+json", ContentBuilder::new().schema(Some(schema)).build())
        .build()
}

/// Every call can fail; the handlers describe only what else they answer.
fn complete_path(path: &mut PathItem) {
    let operations: [&mut Option<Operation>; 8] = [
        &mut path.get,
        &mut path.put,
        &mut path.post,
        &mut path.delete,
        &mut path.patch,
        &mut path.head,
        &mut path.options,
        &mut path.trace,
    ];
    for operation in operations.into_iter().flatten() {
        let problem = RefOr::Ref(Ref::from_response_name("Problem"));
        operation.responses.responses.entry("default".to_owned()).or_insert(problem);
    }
}
