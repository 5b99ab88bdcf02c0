//! The one list of what the product consists of.

use std::sync::Arc;

use axum::Router;
use heard_kernel::Result;
use heard_platform::rights::{Catalogue, RightDef};
use heard_runtime::{Ctx, Registry};
use heard_store::Migration;
use heard_web::{AppState, realtime};
use tokio::{sync::watch, task::JoinHandle};
use utoipa_axum::router::OpenApiRouter;

use crate::pages;

/// The tables of all crates.
pub fn migrations() -> Vec<Migration> {
    [
        heard_runtime::MIGRATIONS,
        heard_platform::MIGRATIONS,
        heard_desk::MIGRATIONS,
        heard_cases::MIGRATIONS,
        heard_channels::MIGRATIONS,
    ]
    .concat()
}

/// The rights of all crates.
pub const RIGHTS: &[&[RightDef]] =
    &[heard_platform::RIGHTS, heard_desk::RIGHTS, heard_cases::RIGHTS, heard_channels::RIGHTS];

/// The routes of all crates.
pub fn routes() -> Vec<OpenApiRouter<AppState>> {
    vec![heard_platform::routes(), heard_desk::routes(), heard_cases::routes(), heard_channels::routes()]
}

/// What runs behind the services.
fn registry() -> Registry {
    let mut registry = Registry::default();
    heard_platform::register(&mut registry);
    heard_desk::register(&mut registry);
    heard_cases::register(&mut registry);
    registry
}

/// Something that follows the log beside the requests, until it is told to stop.
pub type Follower = Box<dyn FnOnce(watch::Receiver<bool>) -> JoinHandle<()> + Send>;

/// The product, put together and ready to be served.
pub struct Product {
    /// Everything that answers requests.
    pub application: Router,
    /// What handlers reach.
    pub state: AppState,
    /// What runs behind the services.
    pub registry: Registry,
    /// What follows the log.
    pub followers: Vec<Follower>,
}

/// Puts the product together on a database that is up to date.
///
/// # Errors
/// The storage codes; `search_unavailable`.
pub async fn build(ctx: &Ctx) -> Result<Product> {
    Catalogue::install(ctx, RIGHTS);
    let names = RIGHTS.iter().copied().flatten().map(|def| (def.right.0, def.zh.0, def.en.0));
    heard_web::texts::name_rights(names);
    heard_cases::install(ctx);
    heard_desk::install(ctx);
    heard_cases::plans::install(ctx).await?;
    let state = AppState::new(ctx.clone(), Arc::new(heard_platform::sessions::Gate::new(ctx.clone())));
    let mut live = realtime::Registry::default();
    heard_platform::register_realtime(ctx, &mut live);
    heard_desk::register_realtime(ctx, &mut live);
    heard_cases::register_realtime(ctx, &mut live);
    state.hub.start(live).await?;
    let followers: Vec<Follower> = vec![follow_platform(&state), follow_search(ctx)?];
    let application = heard_web::application(state.clone(), routes(), pages::routes());
    Ok(Product { application, state, registry: registry(), followers })
}

fn follow_platform(state: &AppState) -> Follower {
    let state = state.clone();
    Box::new(move |mut stop| {
        tokio::spawn(async move {
            tokio::select! {
                () = heard_platform::follow(state) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        })
    })
}

fn follow_search(ctx: &Ctx) -> Result<Follower> {
    let (ctx, index) = (ctx.clone(), heard_desk::search::open(ctx)?);
    heard_cases::register_search(&ctx);
    let sources = heard_search::Sources(vec![
        Box::new(heard_desk::search::Documents),
        Box::new(heard_cases::Documents),
    ]);
    Ok(Box::new(move |stop| tokio::spawn(heard_search::follow(ctx, index, sources, stop))))
}
