//! Whether every side of a matter is recorded.

use heard_kernel::{Locale, Result};
use heard_store::Tx;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    model::Case,
    rules::{self, Lack, Tallies},
    service::LackView,
    store,
};
use crate::plans;

/// What a stage asks for, and whether it is there.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseCompletenessItem)]
pub(crate) struct Item {
    /// Key of the stage that asks for it.
    pub stage: String,
    /// What it is.
    pub what: LackView,
    /// Whether it is there.
    pub present: bool,
}

/// What of a case is recorded and what is lacking.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseCompleteness)]
pub(crate) struct Completeness {
    /// Everything that the stages of its flow ask for, in their order.
    pub items: Vec<Item>,
    /// How many of them are there.
    pub present: usize,
    /// How many they are.
    pub total: usize,
}

/// What of a case is recorded and what is lacking.
///
/// # Errors
/// The storage codes.
pub(crate) async fn of(tx: &Tx<'_>, case: &Case, locale: Locale) -> Result<Completeness> {
    let pinned = plans::pinned(tx, case.plan_version_id).await?;
    let plan = &pinned.plan;
    let tallies = Tallies(store::tallies(tx, case.id).await?);
    let facts = super::edit::facts(case);
    let mut items = Vec::new();
    let row = plan.row_of(&facts);
    for stage in row.iter().flat_map(|row| row.stages()) {
        let lacks = rules::lacking(plan, stage, case, &tallies);
        let needs = stage.needs.iter().map(|need| Lack::Need(*need));
        let required =
            plan.fields_for(&facts).into_iter().filter(|field| field.required_at == Some(stage.kind));
        for wanted in needs.chain(required.map(Lack::Field)) {
            items.push(Item {
                stage: stage.key.clone(),
                what: LackView::of(&wanted, locale),
                present: !lacks.contains(&wanted),
            });
        }
    }
    let present = items.iter().filter(|item| item.present).count();
    Ok(Completeness { total: items.len(), present, items })
}
