//! Tasks as they are stored and written.

use heard_kernel::{Timestamp, clock_policy::Limit};
use heard_platform::directory::{TeamId, UserId};
use heard_store::{id_type, words};
use heard_web::wire::given;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    cases::{CaseId, Demand, stored},
    plans::{StageKind, StepKind, Text},
};

id_type!(
    /// Names a task.
    TaskId
);

words! {
    /// Where a task stands.
    TaskState {
        /// It is to be done.
        Open => "open",
        /// It was done.
        Done => "done",
        /// It is not needed, for a reason.
        NotNeeded => "not_needed",
        /// Its playbook does not fit the case any more.
        Aside => "aside",
    }
}

stored! {
    /// Something to be done on a case.
    #[derive(Serialize, ToSchema)]
    #[schema(as = CaseTaskRow)]
    Task {
        /// Its id.
        id: TaskId,
        /// The case.
        case_id: CaseId,
        /// Key of the playbook that it comes from; empty for one that somebody added.
        playbook_key: String,
        /// Key of its step there.
        step_key: String,
        /// What it asks for.
        kind: StepKind,
        /// The kind of stage at which it is due.
        #[schema(required = true)]
        stage_kind: Option<StageKind>,
        /// The stage cannot be completed without it.
        required: bool,
        /// Key of the department that does it.
        #[schema(required = true)]
        department_key: Option<String>,
        /// The team that does it.
        #[schema(required = true)]
        team_id: Option<TeamId>,
        /// Who does it; the owner of the case when nobody is named.
        #[schema(required = true)]
        assignee_id: Option<UserId>,
        /// Where it stands.
        state: TaskState,
        /// What came of it, or why it is not needed.
        outcome: String,
        /// Its place in the list.
        place: i64,
        /// When it is due, as its clock was started.
        #[schema(required = true)]
        due_at: Option<Timestamp>,
        /// When it was added.
        created_at: Timestamp,
        /// Who added it; nobody when it came from a playbook.
        #[schema(required = true)]
        created_by: Option<UserId>,
        /// When it was done or found not needed.
        #[schema(required = true)]
        ended_at: Option<Timestamp>,
        /// Who did that.
        #[schema(required = true)]
        ended_by: Option<UserId>,
        /// Rises with each change.
        version: i64,
    }
    json {
        /// What to do in a sentence.
        title: Text,
        /// How.
        detail: Text,
    }
}

/// A task to be added.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
#[schema(as = NewCaseTask)]
pub struct NewTask {
    /// What to do in a sentence.
    pub title: String,
    /// How.
    #[serde(default)]
    pub detail: String,
    /// What it asks for; a plain task when absent.
    pub kind: Option<StepKind>,
    /// The kind of stage at which it is due.
    pub stage_kind: Option<StageKind>,
    /// The stage cannot be completed without it.
    #[serde(default)]
    pub required: bool,
    /// Key of the department that does it.
    pub department: Option<String>,
    /// Who does it.
    pub assignee_id: Option<UserId>,
    /// How long it may take from now on.
    pub limit: Option<Limit>,
}

/// What of a task is to change.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
#[schema(as = CaseTaskPatch)]
pub struct TaskPatch {
    /// What to do; only of a task that somebody added.
    pub title: Option<String>,
    /// How; only of a task that somebody added.
    pub detail: Option<String>,
    /// Who does it; nobody by name when `null`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<UserId>)]
    pub assignee_id: Option<Option<UserId>>,
    /// Key of the department that does it; none when `null`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub department: Option<Option<String>>,
    /// How long it may take from now on; without limit when `null`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Limit>)]
    pub limit: Option<Option<Limit>>,
}

/// How a task was done.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
#[schema(as = CaseTaskEnding)]
pub struct Ending {
    /// What came of it; of a judgement of the demand the explanation.
    pub outcome: String,
    /// Of a judgement of the demand: what it came to.
    pub demand: Option<Demand>,
}
