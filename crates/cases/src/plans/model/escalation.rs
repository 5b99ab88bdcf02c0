//! Who is told and what is done when time runs out or a case is grave.

use heard_platform::directory::UserId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Condition, Text};

/// A chain of steps.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Steps. Each is done once for a clock.
    pub steps: Vec<EscalationStep>,
}

/// The chains that answer to clocks which no rule of the plan starts: those of tasks and of hand-overs.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PlanWorkChains)]
pub struct WorkChains {
    /// Key of the chain of tasks; a step of a playbook can name another.
    pub tasks: Option<String>,
    /// Key of the chain of hand-overs.
    pub handovers: Option<String>,
}

/// A step of a chain.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationStep {
    /// When.
    pub at: StepMoment,
    /// What is done.
    pub actions: Vec<Action>,
}

/// When a step is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "on", rename_all = "snake_case", deny_unknown_fields)]
pub enum StepMoment {
    /// The clock has used up this share of its limit, in percent; must be among the warnings of a clock of the plan. 100 is
    /// the breach.
    Share {
        /// Percent.
        share: u16,
    },
    /// So many plain minutes after the breach, when it is still not done.
    Overdue {
        /// Minutes.
        minutes: u32,
    },
}

/// What an escalation does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = EscalationAction)]
pub enum Action {
    /// Tells people in the console.
    Notify {
        /// Whom.
        to: Vec<Recipient>,
    },
    /// Raises the severity by one level.
    RaiseSeverity,
    /// Gives the case to another department, whose team then has it.
    Reassign {
        /// Key of the department.
        department: String,
    },
    /// Brings in departments beside the owner, who stays responsible.
    JoinDepartments {
        /// Keys of departments.
        departments: Vec<String>,
    },
    /// Reports to the superior: the lead of the team that owns the case, and the managers.
    ReportToSuperior,
}

/// Who is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "who", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = EscalationRecipient)]
pub enum Recipient {
    /// The owner of the case.
    Owner,
    /// Who has to keep the clock: who does the task or deals with the hand-over, or the team that it lies with while nobody
    /// does; the owner of the case for its own clocks.
    Responsible,
    /// Everybody in the team that has it.
    Team,
    /// The lead of the team that has it.
    TeamLead,
    /// Everybody who watches it.
    Watchers,
    /// Everybody with the built-in role of manager.
    Managers,
    /// One person.
    User {
        /// Who.
        user_id: UserId,
    },
}

/// What happens at once when a case becomes such as described, such as a severe complaint.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanAlarm)]
pub struct Alarm {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Which cases. Once for a case.
    pub when: Condition,
    /// What is done.
    pub actions: Vec<Action>,
}
