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
    document.paths.paths.iter_mut().for_each(|(path, item)| complete_path(path, item));
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
    let visitor = ApiKeyValue::with_description(
        "Authorization",
        "`Visitor` and the token of the widget's session, with a space between.",
    );
    let components = ComponentsBuilder::new()
        .schema(ProblemBody::name(), ProblemBody::schema())
        .schema(FieldProblem::name(), FieldProblem::schema())
        .response("Problem", problem_response())
        .security_scheme("token", SecurityScheme::Http(token))
        .security_scheme("visitor", SecurityScheme::ApiKey(ApiKey::Header(visitor)))
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

/// Every call can fail; the handlers describe only what else they answer. Every call has a name.
fn complete_path(path: &str, item: &mut PathItem) {
    let operations: [(&str, &mut Option<Operation>); 8] = [
        ("get", &mut item.get),
        ("put", &mut item.put),
        ("post", &mut item.post),
        ("delete", &mut item.delete),
        ("patch", &mut item.patch),
        ("head", &mut item.head),
        ("options", &mut item.options),
        ("trace", &mut item.trace),
    ];
    for (method, operation) in operations {
        let Some(operation) = operation else { continue };
        let problem = RefOr::Ref(Ref::from_response_name("Problem"));
        operation.responses.responses.entry("default".to_owned()).or_insert(problem);
        operation.operation_id = Some(operation_id(method, path));
    }
}

/// What generated clients call an operation. It is made from what is unique anyway, so that slices may name their
/// handlers as they like: `patch_teams_by_id` for `PATCH /teams/{id}`.
fn operation_id(method: &str, path: &str) -> String {
    let words = path.trim_start_matches(API).split('/').filter(|word| !word.is_empty());
    words.fold(method.to_owned(), |id, word| {
        match word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) {
            Some(parameter) => format!("{id}_by_{parameter}"),
            None => format!("{id}_{word}"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_named_by_method_and_path() {
        for (method, path, id) in [
            ("get", "/api/v1/teams", "get_teams"),
            ("patch", "/api/v1/teams/{id}", "patch_teams_by_id"),
            ("post", "/api/v1/uploads/{id}/parts/{no}", "post_uploads_by_id_parts_by_no"),
        ] {
            assert_eq!(operation_id(method, path), id);
        }
    }
}
