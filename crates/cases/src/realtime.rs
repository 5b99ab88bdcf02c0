//! Who hears of this crate's events on the live connections.

use futures_util::future::BoxFuture;
use heard_runtime::{Ctx, StoredEvent};
use heard_web::realtime::{Audience, Registry, Route, Topic};

/// Adds what this crate brings to the live connections.
pub fn register_realtime(ctx: &Ctx, registry: &mut Registry) {
    crate::cases::register_realtime(ctx, registry);
    registry.audience(Alerts);
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
