//! Tasks of all cases: what somebody has to do, and what a team has.

use heard_kernel::{Actor, Cursor, Page, PageRequest, Result, Timestamp};
use heard_platform::directory::{TeamId, UserId};
use heard_store::{Tx, words};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    model::{Task, TaskId},
    store,
};
use crate::{
    cases::{self, Shelf},
    rights,
};

words! {
    /// Whose tasks are wanted.
    #[schema(as = CaseTaskWhose)]
    Whose {
        /// The caller's: given to them, or left to the owner of a case that is theirs.
        Mine => "mine",
        /// All of cases that the caller sees.
        All => "all",
    }
}

words! {
    /// Which tasks a list holds.
    #[schema(as = CaseTaskListState)]
    ListState {
        /// To be done, in cases under way; what is due first comes first.
        Open => "open",
        /// Done; the last one comes first.
        Done => "done",
        /// Not needed; the last one comes first.
        NotNeeded => "not_needed",
    }
}

/// Which tasks are wanted.
#[derive(Clone, Copy, PartialEq, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct TaskQuery {
    /// Whose; the caller's when absent.
    pub whose: Option<Whose>,
    /// Where they stand; open when absent.
    pub state: Option<ListState>,
    /// Those of a team: given to it, or of its cases and given to no other.
    pub team_id: Option<TeamId>,
    /// Those given to somebody.
    pub assignee_id: Option<UserId>,
    /// Only open ones whose time is over.
    pub overdue: bool,
}

/// How many tasks the caller has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[schema(as = CaseTaskCounts)]
pub struct TaskCounts {
    /// The caller's open tasks.
    pub mine: i64,
    /// Of these, those whose time is over.
    pub overdue: i64,
}

/// Tasks of cases that the actor sees.
///
/// # Errors
/// `forbidden`, `user_required`, `cursor_invalid`; the storage codes.
pub async fn across(
    tx: &Tx<'_>,
    actor: &Actor,
    query: TaskQuery,
    now: Timestamp,
    page: &PageRequest,
) -> Result<Page<Task>> {
    actor.require(rights::READ)?;
    let wanted = wanted(actor, query, now)?;
    let (after, limit) = (page.after::<(i64, TaskId)>()?, page.limit());
    let tasks = store::across(tx, &wanted, after, limit).await?;
    Ok(Page::from_extra(tasks, limit, |last| Cursor::encode(&(store::place(last), last.id))))
}

/// How many tasks the actor has.
///
/// # Errors
/// `forbidden`, `user_required`; the storage codes.
pub async fn counts(tx: &Tx<'_>, actor: &Actor, now: Timestamp) -> Result<TaskCounts> {
    actor.require(rights::READ)?;
    let all = wanted(actor, TaskQuery::default(), now)?;
    let late = wanted(actor, TaskQuery { overdue: true, ..TaskQuery::default() }, now)?;
    Ok(TaskCounts { mine: store::count(tx, &all).await?, overdue: store::count(tx, &late).await? })
}

fn wanted(actor: &Actor, query: TaskQuery, now: Timestamp) -> Result<store::Wanted> {
    let state = query.state.unwrap_or(ListState::Open);
    let shelf = (state == ListState::Open).then_some(Shelf::Active);
    Ok(store::Wanted {
        state,
        mine: match query.whose.unwrap_or(Whose::Mine) {
            Whose::Mine => Some(UserId(actor.user_id()?)),
            Whose::All => None,
        },
        team_id: query.team_id,
        assignee_id: query.assignee_id,
        due_before: (query.overdue && state == ListState::Open).then_some(now),
        seen: cases::store::seen_by(actor, "t.case_id", shelf),
    })
}
