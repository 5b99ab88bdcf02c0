//! What the slices around a case stand on.

use heard_kernel::{Actor, Result, USUAL_CURRENCY};
use heard_platform::{
    directory::{Directory, TeamId, TeamRef, UserId, UserRef},
    settings,
};
use heard_runtime::{Ctx, Tx};
use heard_store::Tx as StoreTx;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use uuid::Uuid;

use crate::{
    cases::{
        Case, CaseId, People, check_active,
        edit::{self, Edit},
    },
    rights,
};

/// Declares events about a case: each carries where the case stands.
macro_rules! events_of_cases {
    ($($(#[$meta:meta])* $name:ident = $kind:literal { $($(#[$about:meta])* $field:ident: $ty:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            /// Where the case stands after it.
            #[serde(flatten)]
            pub standing: crate::cases::Standing,
            $($(#[$about])* pub $field: $ty,)*
        }

        impl heard_runtime::Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> heard_runtime::Subject {
                heard_runtime::Subject::new("case", self.standing.case_id)
            }
        }
    )+};
}

pub(crate) use events_of_cases;

/// The time zone in which the organisation reads and writes times.
pub(crate) async fn zone(ctx: &Ctx) -> Result<TimeZone> {
    let settings = settings::find(ctx).await?;
    Ok(zone_named(settings.as_deref()))
}

/// The time zone in which the organisation reads and writes times, for who has a transaction already.
pub(crate) async fn zone_in(tx: &StoreTx<'_>) -> Result<TimeZone> {
    let settings = settings::stored(tx).await?;
    Ok(zone_named(settings.as_ref()))
}

fn zone_named(settings: Option<&settings::Settings>) -> TimeZone {
    let name = settings.map_or("Asia/Shanghai", |settings| settings.time_zone.as_str());
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The currency of amounts of money.
pub(crate) async fn currency(ctx: &Ctx) -> Result<String> {
    let settings = settings::find(ctx).await?;
    Ok(settings.map_or_else(|| USUAL_CURRENCY.to_owned(), |settings| settings.currency.clone()))
}

/// Takes a case that is under way, for somebody who works on it.
pub(crate) async fn at_work(tx: &Tx<'_>, id: CaseId) -> Result<Edit> {
    tx.actor().require(rights::WORK)?;
    let edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    Ok(edit)
}

/// A case that the actor may read.
pub(crate) async fn readable(tx: &StoreTx<'_>, actor: &Actor, id: CaseId) -> Result<(Case, People)> {
    actor.require(rights::READ)?;
    edit::visible(tx, actor, id).await
}

/// The names of users and teams that something mentions.
pub(crate) struct Names {
    users: HashMap<Uuid, UserRef>,
    teams: HashMap<Uuid, TeamRef>,
}

impl Names {
    /// Looks names up; ids may repeat.
    pub(crate) async fn of(
        ctx: &Ctx,
        users: impl IntoIterator<Item = Option<UserId>>,
        teams: impl IntoIterator<Item = Option<TeamId>>,
    ) -> Result<Self> {
        let directory = Directory::of(ctx);
        let mut user_ids: Vec<Uuid> = users.into_iter().flatten().map(|user| user.0).collect();
        user_ids.sort_unstable();
        user_ids.dedup();
        let mut team_ids: Vec<Uuid> = teams.into_iter().flatten().map(|team| team.0).collect();
        team_ids.sort_unstable();
        team_ids.dedup();
        Ok(Self {
            users: directory.users(ctx, &user_ids).await?,
            teams: directory.teams(ctx, &team_ids).await?,
        })
    }

    /// A user.
    pub(crate) fn user(&self, id: Option<UserId>) -> Option<UserRef> {
        id.and_then(|id| self.users.get(&id.0).cloned())
    }

    /// A team.
    pub(crate) fn team(&self, id: Option<TeamId>) -> Option<TeamRef> {
        id.and_then(|id| self.teams.get(&id.0).cloned())
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(bytes))
}
