//! What the process manual of the game's customer service demands.

use super::*;
use crate::plans::{Action, StageKind};

#[test]
fn seven_steps_five_classes_four_kinds_and_two_tiers() {
    let plan = &pack("game").unwrap().plan;
    let kinds: Vec<_> = plan.flow_of("complaint").unwrap().stages.iter().map(|stage| stage.kind).collect();
    use StageKind::{Answer, Archive, Classify, HandOver, Handle, Record, Tell};
    assert_eq!(kinds, [Record, Classify, Answer, HandOver, Handle, Tell, Archive]);
    let classes = |view: &str| -> Vec<&str> {
        plan.view(view).unwrap().classes.iter().map(|class| class.key.as_str()).collect()
    };
    assert_eq!(classes("game"), ["operation", "character", "tasks", "account", "technical"]);
    assert_eq!(classes("enquiry"), ["rules", "operation", "account", "recharge"]);
    assert_eq!(classes("support"), ["technical", "game", "account", "other"]);
    let tiers: Vec<_> = plan.severities.iter().map(|level| level.key.as_str()).collect();
    assert_eq!(tiers, ["major", "general"]);
    let major = CaseFacts { severity: Some("major"), ..CaseFacts::of_type("complaint") };
    assert!(plan.alarms_for(&major)[0].actions.contains(&Action::ReportToSuperior));
    for field in ["steps", "game-version", "server", "character-name"] {
        assert!(plan.fields_for(&major).iter().any(|own| own.key == field), "{field}");
    }
}

#[test]
fn complaints_reports_and_technical_problems_have_their_checklists() {
    use crate::plans::{Need, StepKind};
    let plan = &pack("game").unwrap().plan;
    for (playbook, steps) in [
        ("complaint", &["investigate", "propose", "carry-out"][..]),
        ("report", &["verify", "act"]),
        ("technical", &["examine", "solve", "bug"]),
        ("first-technical", &["first-line"]),
        ("first-operation", &["first-line"]),
    ] {
        for step in steps {
            let found = plan.playbook(playbook).and_then(|playbook| playbook.step(step));
            assert!(found.is_some(), "{playbook}: {step}");
        }
    }
    let step = |playbook: &str, step: &str| plan.playbook(playbook).unwrap().step(step).unwrap();
    assert!(step("complaint", "propose").detail.zh.contains("为什么合理"));
    assert!(step("first-technical", "first-line").detail.zh.contains("每一步确认结果"));
    assert_eq!(step("complaint", "carry-out").kind, StepKind::Tracking);
    for case_type in ["complaint", "report", "technical"] {
        let row = plan.row_of(&CaseFacts::of_type(case_type)).unwrap();
        let needs = |kind| &row.stage_of(kind).unwrap().needs;
        assert!(needs(StageKind::Classify).contains(&Need::Severity), "{case_type}");
        assert!(needs(StageKind::Tell).contains(&Need::ResultNotice), "{case_type}");
        assert!(needs(StageKind::Archive).contains(&Need::Summary), "{case_type}");
    }
}
