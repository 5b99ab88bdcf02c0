//! Plan documents that a manager writes or brings along: read, checked, and then asked as cases ask a plan.
#![no_main]

use heard_cases::{
    guidance::find_wording,
    intake::by_words,
    plans::{CaseFacts, Plan, StageKind, problems},
};
use heard_kernel::{Actor, Locale};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(plan) = serde_json::from_str::<Plan>(text) else { return };
    let Ok((wrong, _)) = problems(&Actor::system(), &plan) else { return };
    assert!(wrong.len() <= 100);
    let written = serde_json::to_string(&plan).unwrap_or_default();
    assert_eq!(serde_json::from_str::<Plan>(&written).ok().as_ref(), Some(&plan), "what is stored is read again");
    for case_type in plan.case_types.iter().take(3) {
        for category in plan.categories.iter().take(5) {
            let facts = CaseFacts {
                category: Some(&category.key),
                severity: plan.severities.first().map(|level| level.key.as_str()),
                ..CaseFacts::of_type(&case_type.key)
            };
            let _ = (plan.clocks_for(&facts), plan.playbooks_for(&facts), plan.alarms_for(&facts));
            let _ = (plan.fields_for(&facts), plan.reminders_for(&facts, StageKind::Handle));
            let _ = (plan.department_of(&category.key), plan.difficulty_proposed(&category.key));
            for view in &plan.views {
                let _ = plan.class_of(&view.key, &category.key);
            }
        }
        let _ = plan.flow_of(&case_type.key).map(|flow| flow.stages.len());
    }
    let _ = by_words(&plan.intake, None, text);
    for found in find_wording(&plan.wording, text, Locale::En) {
        assert!(found.start < found.end);
    }
});
