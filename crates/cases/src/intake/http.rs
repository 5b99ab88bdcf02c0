//! Trying rules over HTTP.

use axum::Json;
use heard_web::{Answer, AppState, Auth, JsonBody};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service;
use crate::plans::IntakeRule;

/// The routes of intake rules.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(check_intake))
}

/// What a customer might write, and the rules to hold it against.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
pub(crate) struct IntakeCheck {
    /// The rules, perhaps of a draft.
    pub rules: Vec<IntakeRule>,
    /// What a customer might write.
    pub text: String,
}

/// Which rule would open a case.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct IntakeMatch {
    /// Key of the first rule with a word that the text holds; `null` when none has.
    #[schema(required = true)]
    pub rule_key: Option<String>,
}

/// Try which intake rule would open a case on a message
///
/// Nothing is opened. Rules count here as if the message came in at their inbox.
#[utoipa::path(post, path = "/intake_checks", tag = "plans", request_body = IntakeCheck,
    responses((status = 200, body = IntakeMatch)))]
pub(super) async fn check_intake(
    Auth(actor): Auth,
    JsonBody(body): JsonBody<IntakeCheck>,
) -> Answer<Json<IntakeMatch>> {
    let found = service::try_rules(&actor, &body.rules, &body.text)?;
    Ok(Json(IntakeMatch { rule_key: found.map(|rule| rule.key.clone()) }))
}
