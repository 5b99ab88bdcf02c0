//! What must hold of any document that can be read as a plan, however wild; for tests and the fuzzer.

use heard_kernel::Locale;

use super::{CaseFacts, check, hints};
use crate::{
    guidance::find_wording,
    intake::by_words,
    plans::model::{Plan, StageKind},
};

/// Judges a plan, and asks it everything that cases ask; `text` is what a customer or an agent writes.
///
/// # Panics
/// When one of the answers is not what it must be.
pub fn asked(plan: &Plan, text: &str) {
    assert!(check(plan).len() <= 100, "there is an end to complaints");
    let _ = hints(plan);
    let written = serde_json::to_string(plan).expect("a plan can be written");
    assert_eq!(
        serde_json::from_str::<Plan>(&written).ok().as_ref(),
        Some(plan),
        "what is stored is read again"
    );
    let _ = by_words(&plan.intake, None, text);
    for found in find_wording(&plan.wording, text, Locale::En) {
        assert!(found.start < found.end, "what is found has a length");
    }
    for case_type in plan.case_types.iter().take(3) {
        for category in plan.categories.iter().take(5) {
            let facts = CaseFacts {
                category: Some(&category.key),
                severity: plan.severities.first().map(|level| level.key.as_str()),
                ..CaseFacts::of_type(&case_type.key)
            };
            let _ = (plan.clocks_for(&facts), plan.playbooks_for(&facts), plan.alarms_for(&facts));
            let row = plan.row_of(&facts);
            assert!(
                row.iter().flat_map(|row| row.stages()).all(|stage| stage.is_for(plan, &facts)),
                "a row holds what is for the case"
            );
            let _ = (plan.fields_for(&facts), plan.reminders_for(&facts, StageKind::Handle));
            let _ = (plan.department_of(&category.key), plan.difficulty_proposed(&category.key));
            for view in &plan.views {
                let _ = plan.class_of(&view.key, &category.key);
            }
        }
        let _ = plan.flow_of(&case_type.key).map(|flow| flow.stages.len());
    }
}
