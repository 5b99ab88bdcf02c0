mod education;
mod game;

use super::*;
use crate::plans::{CaseFacts, Need, StageKind, rules};

#[test]
fn every_pack_can_be_read_and_holds_together() {
    assert_eq!(packs().len(), PACKS.len());
    for (pack, (key, _)) in packs().iter().zip(PACKS) {
        assert_eq!(pack.key, *key);
        assert_eq!(rules::check(&pack.plan), [], "{key}");
        // Which team a department is, only the organisation knows.
        let mut plan = pack.plan.clone();
        for department in &mut plan.departments {
            department.team_id = Some(heard_platform::directory::TeamId(uuid::Uuid::from_u128(1)));
        }
        assert_eq!(rules::hints(&plan), [], "{key}");
    }
}

#[test]
fn what_a_playbook_demands_holds_its_stage_whatever_the_type() {
    for pack in packs() {
        for playbook in &pack.plan.playbooks {
            let types = &playbook.when.case_types;
            let fits = |key: &String| types.is_empty() || types.contains(key);
            for case_type in pack.plan.case_types.iter().filter(|case_type| fits(&case_type.key)) {
                let flow = pack.plan.flow_of(&case_type.key).unwrap();
                for step in playbook.steps.iter().filter(|step| step.required) {
                    // An enquiry has no handling; it is answered.
                    for stage in flow.stages.iter().filter(|stage| step.stage == Some(stage.kind)) {
                        let name = format!("{} {}: {} at {}", pack.key, case_type.key, step.key, stage.key);
                        assert!(stage.needs.contains(&Need::TasksDone), "{name}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_complaint_is_closed_with_its_cause() {
    for pack in packs() {
        for case_type in ["complaint", "report", "dispute"] {
            let flow = pack.plan.flow_of(case_type).unwrap();
            let needs = &flow.stages.last().unwrap().needs;
            assert!(needs.contains(&Need::Cause), "{}: {case_type}", pack.key);
        }
    }
}

#[test]
fn playbooks_ask_for_workaround_solution_prevention_and_judgement() {
    use crate::plans::StepKind::{DemandJudgement, Diagnosis, Prevention, Solution, Workaround};
    for (pack_key, technical, demand) in [
        ("general", "technical", "demand"),
        ("education", "technical", "demand"),
        ("app-store", "fault", "opinion"),
        ("game", "technical", "suggestion"),
    ] {
        let plan = &pack(pack_key).unwrap().plan;
        let steps = |key: &str| &plan.playbook(key).unwrap().steps;
        for kind in [Diagnosis, Workaround, Solution, Prevention] {
            assert!(steps(technical).iter().any(|step| step.kind == kind), "{pack_key}: {kind:?}");
        }
        let solution = steps(technical).iter().find(|step| step.kind == Solution).unwrap();
        for word in ["步骤", "工具", "风险", "可行性"] {
            assert!(solution.detail.zh.contains(word), "{pack_key}: {word}");
        }
        assert!(steps(demand).iter().any(|step| step.kind == DemandJudgement && step.required), "{pack_key}");
    }
}

/// What the wording check would say to what a pack itself tells customers.
#[test]
fn packs_heed_their_own_wording() {
    use crate::{guidance::find_wording, plans::WordingKind};
    for pack in packs() {
        let kinds: std::collections::BTreeSet<_> =
            pack.plan.wording.iter().map(|rule| rule.kind.as_str()).collect();
        assert_eq!(kinds.len(), WordingKind::ALL.len(), "{}", pack.key);
        for template in &pack.plan.templates {
            for part in &template.parts {
                for text in [&part.body.zh, &part.body.en] {
                    let found = find_wording(&pack.plan.wording, text, heard_kernel::Locale::ZhCn);
                    assert_eq!(found, [], "{} {} {}", pack.key, template.key, part.key);
                }
            }
        }
    }
}

#[test]
fn words_that_packs_discourage_are_found_in_what_agents_write() {
    use crate::guidance::find_wording;
    let plan = &pack("general").unwrap().plan;
    for (text, rules) in [
        ("亲，这个我不知道，规定就是这样", &["slang", "cold", "cold"][..]),
        ("侬再等等，大概过几天就好", &["dialect", "vague", "vague", "vague"]),
        ("后端接口超时，是个bug", &["jargon", "jargon", "jargon"]),
        ("Calm down, as I said it is a BUG, lol", &["cold", "cold", "jargon", "slang"]),
        ("我会亲自核实，今天 18 点前答复您。还有不清楚的地方吗？", &[]),
        ("不知道您方便接电话吗？我们会尽力，谢谢您的耐心。", &[]),
        ("I am sorry about the delay. You will have your refund by Friday 18:00.", &[]),
    ] {
        let found = find_wording(&plan.wording, text, heard_kernel::Locale::ZhCn);
        assert_eq!(found.iter().map(|one| one.rule.as_str()).collect::<Vec<_>>(), rules, "{text}");
    }
}

#[test]
fn every_pack_reminds_of_open_complaints_each_working_day() {
    use heard_kernel::clock_policy::Limit;
    for pack in packs() {
        let found = pack.plan.reminders_for(&CaseFacts::of_type("complaint"), StageKind::Handle);
        assert!(matches!(found[0].every, Limit::WorkingDays { days: 1, .. }), "{}", pack.key);
        assert!(pack.plan.reminders_for(&CaseFacts::of_type("complaint"), StageKind::Archive).is_empty());
    }
}

#[test]
fn classes_of_technical_support_have_a_level_and_a_difficulty() {
    let plan = &pack("game").unwrap().plan;
    for category in &plan.categories {
        assert!(plan.severity_proposed(&category.key).is_some(), "{}", category.key);
        assert!(plan.difficulty_proposed(&category.key).is_some(), "{}", category.key);
    }
    let of = |key: &str| plan.difficulty_proposed(key).unwrap().key.as_str();
    assert_eq!([of("latency"), of("client-error"), of("password")], ["medium", "hard", "simple"]);
}

#[test]
fn every_text_of_a_pack_is_there_in_both_languages() {
    fn look(path: &str, value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => {
                if let (Some(zh), Some(en)) = (map.get("zh"), map.get("en"))
                    && (zh == "") != (en == "")
                {
                    found.push(path.to_owned());
                }
                for (name, inner) in map {
                    look(&format!("{path}.{name}"), inner, found);
                }
            }
            serde_json::Value::Array(list) => {
                for (index, inner) in list.iter().enumerate() {
                    look(&format!("{path}[{index}]"), inner, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for pack in packs() {
        look(&pack.key, &serde_json::to_value(pack).unwrap(), &mut found);
    }
    for law in laws() {
        look(&law.key, &serde_json::to_value(law).unwrap(), &mut found);
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_law_that_is_switched_on_without_a_chain_is_told_of() {
    let mut plan = pack("general").unwrap().plan.clone();
    plan.clocks.extend(law("banking-insurance").unwrap().clocks.iter().cloned());
    let silent = |plan: &Plan| rules::hints(plan).iter().any(|hint| hint.code.id == "plan_law_unescalated");
    assert!(!silent(&plan), "what is switched off binds nobody");
    plan.clocks.last_mut().unwrap().enabled = true;
    assert!(silent(&plan));
    plan.clocks.last_mut().unwrap().escalation = Some("telling".to_owned());
    assert!(!silent(&plan));
    assert_eq!(rules::check(&plan), []);
}

#[test]
fn clocks_of_laws_come_switched_off_and_fit_every_pack() {
    assert_eq!(laws().len(), LAWS.len());
    for law in laws() {
        for pack in packs() {
            let mut plan = pack.plan.clone();
            for clock in &law.clocks {
                assert!(!clock.enabled, "{}", clock.key);
                assert_eq!(clock.law.as_ref().unwrap().pack, law.key);
                plan.clocks.push(ClockRule { enabled: true, ..clock.clone() });
            }
            assert_eq!(rules::check(&plan), [], "{} in {}", law.key, pack.key);
        }
    }
}

#[test]
fn every_type_of_case_has_a_flow_and_every_category_a_department() {
    for Pack { key, plan, .. } in packs() {
        for case_type in &plan.case_types {
            assert!(plan.flow_of(&case_type.key).is_some(), "{key}: {}", case_type.key);
        }
        for category in &plan.categories {
            assert!(plan.department_of(&category.key).is_some(), "{key}: {}", category.key);
        }
        let complaint = CaseFacts::of_type("complaint");
        assert!(!plan.clocks_for(&complaint).is_empty(), "{key}");
    }
}

#[test]
fn complaints_of_the_general_pack_are_answered_within_an_hour_and_escalated() {
    use heard_kernel::clock_policy::Limit;
    let plan = &pack("general").unwrap().plan;
    let first = plan.clock("acknowledge").unwrap();
    assert_eq!(first.policy.limit, Limit::WorkingMinutes { minutes: 60 });
    let chain = plan.escalation(first.escalation.as_deref().unwrap()).unwrap();
    assert!(chain.steps.len() >= 3, "before it is late, when it is, and after");
    for pack in packs() {
        let chains = &pack.plan.chains;
        for key in [&chains.tasks, &chains.handovers] {
            assert!(pack.plan.escalation(key.as_deref().unwrap()).is_some(), "{}", pack.key);
        }
    }
}

#[test]
fn the_app_store_sorts_by_topic_and_nature() {
    let plan = &pack("app-store").unwrap().plan;
    for view in ["topic", "nature"] {
        for category in &plan.categories {
            assert!(plan.class_of(view, &category.key).is_some(), "{view} {}", category.key);
        }
    }
    assert!(plan.urgencies.len() >= 3);
}
