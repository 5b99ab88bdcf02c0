//! Who uses which calendar: told by the slices that store names of calendars.

use std::sync::{Arc, PoisonError, RwLock};

use heard_kernel::Result;
use heard_runtime::{Ctx, LocalFuture};
use heard_store::Tx;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that counts by a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CalendarUse)]
pub struct Use {
    /// The kind of thing: `inbox`, `plan`, `clock`.
    pub kind: String,
    /// Which one.
    #[schema(required = true)]
    pub id: Option<Uuid>,
    /// Its name for people.
    pub name: String,
}

/// Tells what uses a calendar.
pub trait UseSource: Send + Sync + 'static {
    /// What uses the calendar of this name; a few examples suffice.
    fn uses<'a>(&'a self, tx: &'a Tx<'a>, name: &'a str) -> LocalFuture<'a, Vec<Use>>;
}

/// Where the process asks for uses.
#[derive(Default)]
pub struct Users(RwLock<Vec<Arc<dyn UseSource>>>);

impl Users {
    /// Says once, at start, that somebody stores names of calendars.
    pub fn install(ctx: &Ctx, source: Arc<dyn UseSource>) {
        ctx.shared::<Self>().0.write().unwrap_or_else(PoisonError::into_inner).push(source);
    }

    /// What uses the calendar of this name.
    pub(super) async fn of(&self, tx: &Tx<'_>, name: &str) -> Result<Vec<Use>> {
        let sources = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        let mut found = Vec::new();
        for source in sources {
            found.extend(source.uses(tx, name).await?);
        }
        Ok(found)
    }
}
