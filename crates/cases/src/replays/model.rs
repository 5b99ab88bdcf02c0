//! A replay as it is stored.

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{Columns, FromRow, Json, Row, id_type, words};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{clocks::Replay, plans::PlanVersionId};

id_type!(
    /// Names a replay.
    ReplayId
);

words! {
    /// Where a replay stands.
    #[schema(as = PlanReplayState)]
    ReplayState {
        /// It waits for its turn.
        Queued => "queued",
        /// It is being reckoned.
        Running => "running",
        /// Its result is there.
        Done => "done",
        /// It could not be reckoned.
        Failed => "failed",
    }
}

/// What is to be replayed.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[schema(as = PlanReplayRequest)]
pub struct NewReplay {
    /// Cases received at this time or later.
    pub from: Timestamp,
    /// Cases received before this time.
    pub to: Timestamp,
    /// Only cases of this type.
    pub type_key: Option<String>,
    /// Only cases of this category and what lies below it, by the tree of the candidate.
    pub category_key: Option<String>,
}

/// A replay.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanReplay {
    /// Which one.
    pub id: ReplayId,
    /// The candidate.
    pub version_id: PlanVersionId,
    /// Which cases.
    pub wish: NewReplay,
    /// Where it stands.
    pub state: ReplayState,
    /// How many cases there are.
    pub total: i64,
    /// How many are done.
    pub done: i64,
    /// The code of what went wrong.
    pub error: Option<String>,
    /// Who asked for it.
    pub asked_by: Option<UserId>,
    /// When.
    pub asked_at: Timestamp,
    /// When it was finished.
    pub finished_at: Option<Timestamp>,
    /// What would have happened.
    pub result: Option<Replay>,
}

/// The columns of [`PlanReplay`] before its result.
pub(super) const COLUMNS: &str = "id, plan_version_id, period_from, period_to, type_key, category_key, state, total, done, \
     error, asked_by, asked_at, finished_at";

impl FromRow for PlanReplay {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            version_id: columns.next()?,
            wish: NewReplay {
                from: columns.next()?,
                to: columns.next()?,
                type_key: columns.next()?,
                category_key: columns.next()?,
            },
            state: columns.next()?,
            total: columns.next()?,
            done: columns.next()?,
            error: columns.next()?,
            asked_by: columns.next()?,
            asked_at: columns.next()?,
            finished_at: columns.next()?,
            result: columns.next::<Option<Json<Replay>>>()?.map(|result| result.0),
        })
    }
}
