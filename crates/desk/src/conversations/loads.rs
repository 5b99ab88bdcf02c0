//! How many conversations everybody serves, for those who look at presence.

use std::{collections::HashMap, sync::Arc};

use heard_platform::presence::{LoadSource, Loads};
use heard_runtime::{Ctx, SendFuture};
use uuid::Uuid;

use super::{counts::View, store};

struct OpenChats;

impl LoadSource for OpenChats {
    fn open_chats<'a>(&'a self, ctx: &'a Ctx) -> SendFuture<'a, HashMap<Uuid, u32>> {
        Box::pin(async move {
            let kept = ctx.read(async |tx| store::counts_of(tx, View::Mine).await).await?;
            Ok(kept.into_iter().filter_map(|(user, n)| Some((user, u32::try_from(n).ok()?))).collect())
        })
    }
}

/// Tells presence who knows.
pub(crate) fn install(ctx: &Ctx) {
    Loads::install(ctx, Arc::new(OpenChats));
}
