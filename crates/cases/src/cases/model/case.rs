//! A case as it is stored.

use heard_desk::contacts::ContactId;
use heard_kernel::Timestamp;
use heard_platform::directory::{TeamId, UserId};
use heard_store::{Value, id_type};
use serde_json::Map;
use uuid::Uuid;

use super::{
    Complainant, Record,
    stored::{Stored as _, stored},
    words::{CaseState, ClockState, Decision, Demand, Outcome, Shelf, Source, Upheld},
};
use crate::plans::{PlanVersionId, Priority, StageKind};

id_type!(
    /// Names a case.
    CaseId
);

stored! {
    /// A case (工单).
    Case {
        /// Its id.
        id: CaseId,
        /// Its number for people, shown as `T-10023`.
        no: i64,
        /// Key of its type.
        type_key: String,
        /// What it is about in a line.
        title: String,
        /// Whether somebody is to act.
        state: CaseState,
        /// Key of the stage that it is in; none when it is archived.
        stage_key: Option<String>,
        /// What that stage is about.
        stage_kind: Option<StageKind>,
        /// The number of the run of that stage.
        stage_no: i64,
        /// Since when it is in it.
        stage_since: Option<Timestamp>,
        /// The version of the plan that it follows.
        plan_version_id: PlanVersionId,
        /// Key of its category.
        category_key: Option<String>,
        /// Key of its severity.
        severity_key: Option<String>,
        /// Key of its urgency.
        urgency_key: Option<String>,
        /// Key of its difficulty.
        difficulty_key: Option<String>,
        /// Derived from severity and urgency by the plan's table.
        priority: Priority,
        /// How it came to us.
        source: Source,
        /// When the customer turned to us.
        received_at: Timestamp,
        /// When it was recorded.
        recorded_at: Timestamp,
        /// Who is served.
        contact_id: Option<ContactId>,
        /// Who is responsible for it.
        owner_id: Option<UserId>,
        /// Which team or department has it.
        team_id: Option<TeamId>,
        /// Key of the department that the plan names for its category.
        department_key: Option<String>,
        /// When its next clock runs out.
        next_due_at: Option<Timestamp>,
        /// How its clocks stand.
        clock_state: ClockState,
        /// Since when it waits.
        waiting_since: Option<Timestamp>,
        /// The group complaint that it belongs to.
        group_id: Option<Uuid>,
        /// The case that it is a part of.
        parent_id: Option<CaseId>,
        /// The case that it was merged into.
        merged_into: Option<CaseId>,
        /// Whether it is taken on.
        decision: Option<Decision>,
        /// Whether it can be solved at once, as judged on receipt.
        solvable_at_once: Option<bool>,
        /// Whether the demand is reasonable.
        demand: Option<Demand>,
        /// Key of its cause.
        cause_key: Option<String>,
        /// Whether it is upheld.
        upheld: Option<Upheld>,
        /// What became of it.
        outcome: Option<Outcome>,
        /// How satisfied the customer is, 1 to 5.
        satisfaction: Option<i64>,
        /// How often it was opened again.
        reopened_count: i64,
        /// When it was last opened again.
        reopened_at: Option<Timestamp>,
        /// What another system calls it.
        external_ref: Option<String>,
        /// Who recorded it; nobody when it came by rule.
        created_by: Option<Uuid>,
        /// When it last changed.
        updated_at: Timestamp,
        /// When it was archived.
        archived_at: Option<Timestamp>,
        /// Rises when what people edit changes.
        version: i64,
    }
    json {
        /// Who complains.
        complainant: Complainant,
        /// Fields of the plan.
        custom: Map<String, serde_json::Value>,
        /// What is written down.
        record: Record,
    }
}

/// The columns that change by what happens to a case and not by editing it, so that a clock or a message spoils nobody's
/// edit.
const BESIDE: [&str; 14] = [
    "state",
    "stage_key",
    "stage_kind",
    "stage_no",
    "stage_since",
    "waiting_since",
    "owner_id",
    "team_id",
    "next_due_at",
    "clock_state",
    "archived_at",
    "updated_at",
    "reopened_count",
    "reopened_at",
];

impl Case {
    /// The list that holds it.
    pub fn shelf(&self) -> Shelf {
        match self.state {
            _ if self.merged_into.is_some() => Shelf::Merged,
            CaseState::Archived => Shelf::Archived,
            _ => Shelf::Active,
        }
    }

    /// Its number as people write it.
    pub fn number(&self) -> String {
        format!("T-{}", self.no)
    }

    /// How long it took from arrival to record, in milliseconds.
    pub fn record_delay(&self) -> i64 {
        self.recorded_at.millis_since(self.received_at).max(0)
    }

    /// Everything that is written, with what lists sort and filter by.
    pub(crate) fn row(&self) -> Vec<(&'static str, Value)> {
        let mut pairs = self.pairs();
        let due = self.next_due_at.map_or(i64::MAX, Timestamp::millis);
        let rank = Priority::ALL.iter().position(|known| *known == self.priority).unwrap_or(0);
        let spoken = [self.title.as_str(), &self.complainant.name, &self.complainant.contact].join(" ");
        pairs.extend([
            ("shelf", self.shelf().into()),
            ("due_key", due.into()),
            ("priority_rank", rank.into()),
            ("search_key", heard_kernel::fold_key(&spoken).into()),
        ]);
        pairs
    }

    /// The columns that differ from an earlier state.
    pub(crate) fn changed_since(&self, before: &Self) -> Vec<(&'static str, Value)> {
        self.row().into_iter().zip(before.row()).filter(|(new, old)| new != old).map(|(new, _)| new).collect()
    }

    /// Whether what people edit differs from an earlier state.
    pub(crate) fn edited_since(&self, before: &Self) -> bool {
        self.pairs().into_iter().zip(before.pairs()).any(|(new, old)| new != old && !BESIDE.contains(&new.0))
    }
}
