//! Who hears of this crate's events on the live connections.

use futures_util::future::BoxFuture;
use heard_runtime::{Ctx, StoredEvent};
use heard_web::realtime::{Audience, Registry, Route, Topic};
use serde_json::{Map, Value};

/// Adds what this crate brings to the live connections.
pub fn register_realtime(ctx: &Ctx, registry: &mut Registry) {
    crate::cases::register_realtime(ctx, registry);
    registry.audience(Alerts).audience(Plans);
}

/// What everybody may know of an event about a plan: that something of it is to be read again. What it says, only those
/// read who see plans.
const PUBLIC: [&str; 5] = ["plan_id", "plan_version_id", "retired_id", "evaluation_id", "replay_id"];

/// Plans hold for all cases, so all consoles hear that one changed: those that show one read it again, and so do those
/// that keep the plan of a case.
struct Plans;

impl Audience for Plans {
    fn routes<'a>(&'a self, event: &'a StoredEvent) -> BoxFuture<'a, Vec<Route>> {
        let fields = event.data.as_object().into_iter().flatten();
        let known = fields.filter(|(name, _)| PUBLIC.contains(&name.as_str()));
        let data: Map<String, Value> = known.map(|(name, value)| (name.clone(), value.clone())).collect();
        let about_plan = event.subject_kind == "plan";
        let routes = about_plan.then(|| Route::to([Topic::Everyone]).with(Value::Object(data)));
        Box::pin(std::future::ready(routes.into_iter().collect()))
    }
}

/// Users hear of their own alerts.
struct Alerts;

impl Audience for Alerts {
    fn routes<'a>(&'a self, event: &'a StoredEvent) -> BoxFuture<'a, Vec<Route>> {
        let user = event.id_of("user_id").filter(|_| event.subject_kind == "alert");
        let routes = user.map(|user| Route::to([Topic::User(user)])).into_iter().collect();
        Box::pin(std::future::ready(routes))
    }
}
