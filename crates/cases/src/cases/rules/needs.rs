//! What is still lacking before a stage can be completed.

use serde_json::Value;

use super::{super::edit::facts, custom::has_value};
use crate::{
    cases::model::{Case, Decision, Demand, Tally, Upheld},
    plans::{FieldDef, Need, Plan, Stage, StageKind},
};

/// Something that is lacking.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Lack<'p> {
    /// What the stage needs.
    Need(Need),
    /// A field of the plan that is required there.
    Field(&'p FieldDef),
}

/// What other slices count about a case.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Tallies(pub(crate) Vec<(Tally, String, i64)>);

impl Tallies {
    /// A count over all stages.
    pub(crate) fn of(&self, what: Tally) -> i64 {
        self.0.iter().filter(|(known, ..)| *known == what).map(|(_, _, n)| n).sum()
    }

    /// A count for a stage, with what belongs to none.
    fn at(&self, what: Tally, kind: StageKind) -> i64 {
        let here = |stage: &str| stage.is_empty() || stage == kind.as_str();
        self.0.iter().filter(|(known, stage, _)| *known == what && here(stage)).map(|(_, _, n)| n).sum()
    }
}

/// Everything that is lacking, in the order of the plan.
pub(crate) fn lacking<'p>(plan: &'p Plan, stage: &Stage, case: &Case, tallies: &Tallies) -> Vec<Lack<'p>> {
    let unmet = stage.needs.iter().copied().filter(|need| !is_met(plan, stage, case, tallies, *need));
    let mut lacks: Vec<Lack<'p>> = unmet.map(Lack::Need).collect();
    let required = plan.fields_for(&facts(case)).into_iter().filter(|field| {
        field.required_at == Some(stage.kind)
            && !has_value(case.custom.get(&field.key).unwrap_or(&Value::Null))
    });
    lacks.extend(required.map(Lack::Field));
    lacks
}

fn is_met(plan: &Plan, stage: &Stage, case: &Case, tallies: &Tallies, need: Need) -> bool {
    let record = &case.record;
    let not_taken_on = case.decision == Some(Decision::Refused);
    let said = |text: &str| !text.trim().is_empty();
    match need {
        Need::Facts => said(&record.facts),
        Need::OccurredAt => record.occurred_at.is_some(),
        Need::Impact => said(&record.impact),
        Need::RemedySought => said(&record.remedy_sought),
        Need::Contact => {
            let named = said(&case.complainant.name) && said(&case.complainant.contact);
            case.contact_id.is_some() || named
        }
        Need::UnderstandingConfirmed => record.understanding.is_some(),
        Need::Acknowledgement => tallies.of(Tally::Acknowledgements) > 0,
        Need::Category => case.category_key.is_some(),
        Need::Severity => case.severity_key.is_some(),
        Need::Urgency => case.urgency_key.is_some(),
        Need::Difficulty => case.difficulty_key.is_some(),
        Need::Decision => match case.decision {
            Some(Decision::Accepted) => true,
            Some(Decision::Refused) => said(&record.decision_reason),
            None => false,
        },
        Need::Owner => case.owner_id.is_some(),
        Need::HandoversClosed => tallies.of(Tally::OpenHandovers) <= 0,
        Need::TasksDone => tallies.at(Tally::OpenTasks, stage.kind) <= 0,
        Need::Solution => said(&record.solution.steps) || not_taken_on || is_explained(case),
        Need::Prevention => said(&record.prevention) || not_taken_on,
        Need::DemandJudged => case.demand == Some(Demand::Reasonable) || is_explained(case),
        Need::Cause => case.cause_key.as_deref().is_some_and(|cause| {
            plan.cause(cause).is_some() && (!plan.closing.cause_must_be_leaf || plan.is_leaf_cause(cause))
        }),
        Need::Upheld => case.upheld.is_some(),
        Need::Remedy => {
            let nothing_due = matches!(case.upheld, Some(Upheld::No | Upheld::Unjustified));
            tallies.of(Tally::Remedies) > 0 || nothing_due || not_taken_on
        }
        Need::ResultNotice => tallies.of(Tally::ResultNotices) > 0,
        Need::Satisfaction => case.satisfaction.is_some() || record.satisfaction_unsaid,
        Need::Summary => said(&record.summary),
    }
}

/// The demand is not reasonable and the customer's explanation stands there.
fn is_explained(case: &Case) -> bool {
    case.demand == Some(Demand::Unreasonable) && !case.record.demand_explanation.trim().is_empty()
}
