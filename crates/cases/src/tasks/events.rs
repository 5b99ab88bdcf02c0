//! What is told about tasks.

use heard_platform::directory::{TeamId, UserId};

use super::model::TaskId;
use crate::{ground::events_of_cases, plans::StepKind};

events_of_cases! {
    /// A task was added to a case.
    TaskAdded = "case.task_added" {
        /// Which one.
        task_id: TaskId,
        /// What it asks for.
        kind: StepKind,
        /// Key of the playbook that it comes from; empty for one that somebody added.
        playbook_key: String,
    }
    /// A task was given to somebody or to a department.
    TaskAssigned = "case.task_assigned" {
        /// Which one.
        task_id: TaskId,
        /// Who does it.
        assignee_id: Option<UserId>,
        /// The team that does it.
        task_team_id: Option<TeamId>,
    }
    /// A task was done.
    TaskDone = "case.task_done" {
        /// Which one.
        task_id: TaskId,
        /// What it asked for.
        kind: StepKind,
    }
    /// A task is not needed.
    TaskNotNeeded = "case.task_not_needed" {
        /// Which one.
        task_id: TaskId,
        /// What it asked for.
        kind: StepKind,
    }
    /// A task that was ended is to be done after all.
    TaskReopened = "case.task_reopened" {
        /// Which one.
        task_id: TaskId,
    }
}
