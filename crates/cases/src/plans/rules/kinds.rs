//! The kinds of cases that a flow tells apart.

use super::CaseFacts;
use crate::plans::model::{Condition, Flow, Level, Plan};

/// Kinds of cases that are looked at: more than any plan has, so that a wild one does not take forever.
const MOST: usize = 5_000;

/// Every kind of case that goes through a flow, as far as its stages are for some cases only; unclassified ones too.
pub(super) struct CaseKinds<'p> {
    plan: &'p Plan,
    by_category: bool,
    by_severity: bool,
    by_urgency: bool,
    by_difficulty: bool,
    all: Vec<CaseFacts<'p>>,
}

impl<'p> CaseKinds<'p> {
    /// Those of all types that go through it.
    pub(super) fn of(plan: &'p Plan, flow: &'p Flow) -> Self {
        let types = plan.case_types.iter().filter(|case_type| case_type.flow == flow.key);
        let all: Vec<_> = types.map(|case_type| CaseFacts::of_type(&case_type.key)).collect();
        Self::among(plan, flow, if all.is_empty() { vec![CaseFacts::default()] } else { all })
    }

    /// Those of a type that goes through it.
    pub(super) fn of_type(plan: &'p Plan, flow: &'p Flow, case_type: &'p str) -> Self {
        Self::among(plan, flow, vec![CaseFacts::of_type(case_type)])
    }

    fn among(plan: &'p Plan, flow: &'p Flow, mut all: Vec<CaseFacts<'p>>) -> Self {
        let stages = || flow.stages.iter().map(|stage| &stage.when);
        let mut kinds = Self {
            plan,
            by_category: stages().any(|when| !when.categories.is_empty() || !when.classes.is_empty()),
            by_severity: stages().any(|when| !when.severities.is_empty()),
            by_urgency: stages().any(|when| !when.urgencies.is_empty()),
            by_difficulty: stages().any(|when| !when.difficulties.is_empty()),
            all: Vec::new(),
        };
        if kinds.by_category {
            let keys = plan.categories.iter().map(|category| category.key.as_str());
            all = spread(&all, keys, |facts, category| CaseFacts { category, ..facts });
        }
        if kinds.by_severity {
            all = spread(&all, keys(&plan.severities), |facts, severity| CaseFacts { severity, ..facts });
        }
        if kinds.by_urgency {
            all = spread(&all, keys(&plan.urgencies), |facts, urgency| CaseFacts { urgency, ..facts });
        }
        if kinds.by_difficulty {
            all =
                spread(&all, keys(&plan.difficulties), |facts, difficulty| CaseFacts { difficulty, ..facts });
        }
        kinds.all = all;
        kinds
    }

    /// All of them.
    pub(super) fn all(&self) -> &[CaseFacts<'p>] {
        &self.all
    }

    /// Whether a case of a kind can be such a case: what the flow does not tell apart is left open.
    pub(super) fn may_fit(&self, condition: &Condition, facts: &CaseFacts<'_>) -> bool {
        let of = |told_apart: bool, list: &[String]| if told_apart { list.to_vec() } else { Vec::new() };
        let asked = Condition {
            case_types: condition.case_types.clone(),
            categories: of(self.by_category, &condition.categories),
            classes: of(self.by_category, &condition.classes),
            severities: of(self.by_severity, &condition.severities),
            urgencies: of(self.by_urgency, &condition.urgencies),
            difficulties: of(self.by_difficulty, &condition.difficulties),
        };
        asked.fits(self.plan, facts)
    }
}

fn keys(levels: &[Level]) -> impl Iterator<Item = &str> + Clone {
    levels.iter().map(|level| level.key.as_str())
}

/// Each kind once for what is not known yet and once for each value.
fn spread<'p>(
    kinds: &[CaseFacts<'p>],
    values: impl Iterator<Item = &'p str> + Clone,
    with: impl Fn(CaseFacts<'p>, Option<&'p str>) -> CaseFacts<'p>,
) -> Vec<CaseFacts<'p>> {
    let values = std::iter::once(None).chain(values.map(Some));
    let each = kinds.iter().flat_map(|facts| values.clone().map(|value| (*facts, value)));
    each.map(|(facts, value)| with(facts, value)).take(MOST).collect()
}
