//! How much everybody has to do: known to the crate that keeps conversations, shown beside presence.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use heard_kernel::Result;
use heard_runtime::{Ctx, SendFuture};
use uuid::Uuid;

/// Tells how many open conversations users have.
pub trait LoadSource: Send + Sync + 'static {
    /// Open conversations by user; who has none may be absent.
    fn open_chats<'a>(&'a self, ctx: &'a Ctx) -> SendFuture<'a, HashMap<Uuid, u32>>;
}

/// Where the process asks for the loads.
#[derive(Default)]
pub struct Loads(OnceLock<Arc<dyn LoadSource>>);

impl Loads {
    /// Says once, at start, who knows. Later calls change nothing.
    pub fn install(ctx: &Ctx, source: Arc<dyn LoadSource>) {
        let _ = ctx.shared::<Self>().0.set(source);
    }

    /// Open conversations by user; none as long as nobody knows.
    pub(crate) async fn ask(ctx: &Ctx) -> Result<HashMap<Uuid, u32>> {
        let source = ctx.shared::<Self>().0.get().cloned();
        match source {
            Some(source) => source.open_chats(ctx).await,
            None => Ok(HashMap::new()),
        }
    }
}
