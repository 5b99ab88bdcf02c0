//! What the complaint plan of the education software demands, number by number.

use heard_kernel::{
    calendar::DayMode,
    clock_policy::{Limit, Policy},
};

use super::*;
use crate::plans::{
    Action, ClockRule, Moment, Need, Plan, Priority, RemedyKind, StageKind, StepKind, TemplateKind,
};

fn plan() -> &'static Plan {
    &pack("education").unwrap().plan
}

fn complaint<'a>(category: &'a str, severity: &'a str) -> CaseFacts<'a> {
    CaseFacts {
        case_type: "complaint",
        category: Some(category),
        severity: Some(severity),
        ..CaseFacts::default()
    }
}

fn clock(key: &str) -> &'static ClockRule {
    plan().clock(key).unwrap()
}

const fn done(stage: StageKind) -> Moment {
    Moment::StageDone { stage }
}

#[test]
fn the_first_steps_take_one_one_and_two_hours_from_receipt() {
    for (key, minutes, stage) in [
        ("acknowledge", 60, StageKind::Acknowledge),
        ("record", 60, StageKind::Record),
        ("classify", 120, StageKind::Classify),
    ] {
        let rule = clock(key);
        assert_eq!(rule.policy, Policy::new(Limit::WorkingMinutes { minutes }), "{key}");
        assert_eq!((rule.start, rule.stop), (Moment::Received, done(stage)), "{key}");
    }
}

#[test]
fn handling_takes_five_three_or_two_working_days_by_routing_class() {
    for (category, days) in [
        ("feature-fault", 5),
        ("speed", 5),
        ("interface", 5),
        ("attitude", 3),
        ("service-other", 3),
        ("stolen", 2),
        ("payment", 2),
        ("other", 5),
    ] {
        let clocks = plan().clocks_for(&complaint(category, "general"));
        let handling: Vec<_> =
            clocks.iter().filter(|clock| clock.group.as_deref() == Some("handle")).collect();
        assert_eq!(handling.len(), 1, "{category}");
        let limit = Limit::WorkingDays { days, mode: DayMode::SameTime };
        assert_eq!(handling[0].policy, Policy::new(limit), "{category}");
        assert_eq!((handling[0].start, handling[0].stop), (Moment::Received, done(StageKind::Handle)));
    }
}

#[test]
fn the_result_is_told_within_a_working_day_and_within_24_hours() {
    let (day, hours) = (clock("tell-working-day"), clock("tell-24-hours"));
    assert_eq!(day.policy.limit, Limit::WorkingDays { days: 1, mode: DayMode::SameTime });
    assert_eq!(hours.policy, Policy::new(Limit::CalendarMinutes { minutes: 24 * 60 }).unpaused());
    for rule in [day, hours] {
        assert_eq!((rule.start, rule.stop), (done(StageKind::Handle), done(StageKind::Tell)));
        assert!(rule.group.is_none(), "both run");
    }
    assert!(hours.extension.is_some(), "in special cases the expected time is told");
}

#[test]
fn clocks_warn_at_50_80_and_100_percent() {
    assert!(plan().clocks.iter().all(|clock| clock.policy.warn_at == [50, 80, 100]));
}

#[test]
fn stages_go_from_record_to_archive() {
    let row = plan().row_of(&CaseFacts::of_type("complaint")).unwrap();
    let kinds: Vec<_> = row.stages().iter().map(|stage| stage.kind).collect();
    use StageKind::{Acknowledge, Archive, Classify, FollowUp, HandOver, Handle, Record, Tell};
    assert_eq!(kinds, [Record, Acknowledge, Classify, HandOver, Handle, Tell, FollowUp, Archive]);
    let needs = |kind| &row.stage_of(kind).unwrap().needs;
    assert_eq!(*needs(Record), [Need::Contact, Need::Facts, Need::OccurredAt, Need::Impact]);
    assert!(needs(Classify).contains(&Need::UnderstandingConfirmed));
    assert!(needs(Archive).contains(&Need::Cause), "every closed complaint carries a cause");
}

#[test]
fn each_routing_class_has_a_flow_of_its_own() {
    for (category, own) in [
        ("feature-fault", &["analyse", "optimise"][..]),
        ("attitude", &["improve"]),
        ("stolen", &["verify", "act"]),
        ("other", &["handle"]),
    ] {
        for case_type in ["complaint", "report", "technical"] {
            let facts = CaseFacts { case_type, ..complaint(category, "general") };
            let row = plan().row_of(&facts).unwrap();
            let keys: Vec<_> = row.stages().iter().map(|stage| stage.key.as_str()).collect();
            let common = ["record", "acknowledge", "classify", "hand-over"];
            let expected = [&common, own, &["tell", "follow-up", "archive"]].concat();
            assert_eq!(keys, expected, "{category}");
        }
    }
    let needs = |category: &str, kind| {
        let facts = complaint(category, "general");
        &plan().row_of(&facts).unwrap().stage_of(kind).unwrap().needs
    };
    assert!(needs("speed", StageKind::Examine).contains(&Need::Cause), "the cause is analysed");
    assert!(needs("login", StageKind::Examine).contains(&Need::Upheld), "the facts are verified");
    for category in ["speed", "attitude", "login", "other"] {
        assert!(needs(category, StageKind::Handle).contains(&Need::Solution), "{category}");
        assert!(needs(category, StageKind::Tell).contains(&Need::ResultNotice), "{category}");
    }
}

#[test]
fn views_have_their_classes() {
    let classes = |view: &str| -> Vec<&str> {
        plan().view(view).unwrap().classes.iter().map(|class| class.key.as_str()).collect()
    };
    assert_eq!(classes("content"), ["functional", "performance", "experience", "service", "other"]);
    assert_eq!(classes("file"), ["product", "service", "technical-support", "other"]);
    assert_eq!(classes("routing"), ["product-function", "service-quality", "account", "other"]);
    for view in &plan().views {
        for category in &plan().categories {
            assert!(plan().class_of(&view.key, &category.key).is_some(), "{} {}", view.key, category.key);
        }
    }
    for (category, content, file, routing, playbook) in [
        ("feature-fault", "functional", "product", "product-function", "technical"),
        ("compatibility", "functional", "technical-support", "product-function", "technical"),
        ("stability", "performance", "product", "product-function", "technical"),
        ("operation", "experience", "product", "product-function", "demand"),
        ("communication", "service", "service", "service-quality", "service"),
        ("login", "functional", "other", "account", "account"),
        ("demand-service", "service", "service", "service-quality", "demand"),
    ] {
        let class = |view| plan().class_of(view, category).map(|class| class.key.as_str());
        let found = [class("content"), class("file"), class("routing"), class("playbook")];
        assert_eq!(found, [content, file, routing, playbook].map(Some), "{category}");
    }
}

#[test]
fn severe_complaints_go_to_the_superior_and_are_solved_jointly() {
    let severities: Vec<_> = plan().severities.iter().map(|level| level.key.as_str()).collect();
    assert_eq!(severities, ["severe", "serious", "general"]);
    for category in ["feature-fault", "attitude", "stolen", "other"] {
        let alarms = plan().alarms_for(&complaint(category, "severe"));
        let actions: Vec<&Action> = alarms.iter().flat_map(|alarm| &alarm.actions).collect();
        assert!(actions.contains(&&Action::ReportToSuperior), "{category}");
        assert!(actions.iter().any(|action| matches!(action, Action::JoinDepartments { .. })), "{category}");
        assert!(plan().alarms_for(&complaint(category, "serious")).is_empty(), "{category}");
    }
    assert_eq!(plan().priority(Some("severe"), Some("urgent")), Priority::Urgent);
}

#[test]
fn departments_answer_for_their_classes() {
    for (category, department) in [
        ("feature-fault", "product"),
        ("attitude", "service"),
        ("stolen", "account"),
        ("other", "customer-service"),
    ] {
        assert_eq!(plan().department_of(category).unwrap().key, department);
    }
    assert!(plan().department("others").is_some());
}

#[test]
fn notices_have_their_mandatory_parts() {
    let parts = |kind| -> Vec<&str> {
        let template = plan().templates_of(kind).next().unwrap();
        template.parts.iter().filter(|part| part.mandatory).map(|part| part.key.as_str()).collect()
    };
    assert_eq!(parts(TemplateKind::Acknowledgement), ["concern", "help", "process"]);
    assert_eq!(parts(TemplateKind::Result), ["matter", "measures", "result", "next"]);
}

#[test]
fn playbooks_follow_the_class_and_the_urgency() {
    let keys = |facts: &CaseFacts<'_>| -> Vec<String> {
        plan().playbooks_for(facts).iter().map(|playbook| playbook.key.clone()).collect()
    };
    assert_eq!(keys(&complaint("stability", "general")), ["technical"]);
    assert_eq!(keys(&complaint("attitude", "general")), ["service", "service-attitude"]);
    let urgent = CaseFacts { urgency: Some("urgent"), ..complaint("response", "general") };
    assert_eq!(keys(&urgent), ["service", "service-urgent", "service-response"]);
    assert_eq!(keys(&complaint("demand-function", "general")), ["demand"]);
    assert_eq!(keys(&complaint("stolen", "general")), ["account"]);
    let technical: Vec<_> =
        plan().playbook("technical").unwrap().steps.iter().map(|step| step.kind).collect();
    for kind in [
        StepKind::Diagnosis,
        StepKind::Workaround,
        StepKind::Solution,
        StepKind::Prevention,
        StepKind::Tracking,
        StepKind::Lesson,
    ] {
        assert!(technical.contains(&kind), "{kind:?}");
    }
    let demand = plan().playbook("demand").unwrap();
    assert!(demand.steps.iter().any(|step| step.kind == StepKind::DemandJudgement && step.required));
}

/// Steps of the checklists: playbook, step, what it asks for.
#[test]
fn checklists_hold_the_steps_of_the_three_plans() {
    use StepKind::{
        DemandJudgement, Diagnosis, Lesson, Prevention, Solution, Task, Tracking, Training, Workaround,
    };
    for (playbook, step, kind) in [
        ("technical", "diagnose", Diagnosis),
        ("technical", "locate", Diagnosis),
        ("technical", "workaround", Workaround),
        ("technical", "solution", Solution),
        ("technical", "repair", Tracking),
        ("technical", "inform", Task),
        ("technical", "prevention", Prevention),
        ("technical", "lesson", Lesson),
        ("service", "locate", Diagnosis),
        ("service", "assess", Task),
        ("service", "solution", Solution),
        ("service", "track", Tracking),
        ("service", "lesson", Lesson),
        ("service", "training", Training),
        ("demand", "need", Diagnosis),
        ("demand", "judge", DemandJudgement),
        ("demand", "plan", Solution),
        ("demand", "implement", Tracking),
        ("demand", "inform", Task),
        ("demand", "watch", Lesson),
        ("account", "verify", Diagnosis),
        ("account", "act", Solution),
        ("account", "reply", Task),
    ] {
        let found = plan().playbook(playbook).and_then(|playbook| playbook.step(step));
        assert_eq!(found.map(|step| step.kind), Some(kind), "{playbook}: {step}");
    }
    let words =
        |playbook: &str, step: &str| &plan().playbook(playbook).unwrap().step(step).unwrap().detail.zh;
    for word in ["用户期望", "可行性", "前瞻性"] {
        assert!(words("demand", "plan").contains(word), "{word}");
    }
    for word in ["实施步骤", "责任部门", "完成时间"] {
        assert!(words("service", "solution").contains(word), "{word}");
    }
}

#[test]
fn severity_and_urgency_are_judged_before_a_complaint_goes_on() {
    for case_type in ["complaint", "technical", "report"] {
        let row = plan().row_of(&CaseFacts::of_type(case_type)).unwrap();
        let needs = &row.stage_of(StageKind::Classify).unwrap().needs;
        for need in [Need::Category, Need::Severity, Need::Urgency] {
            assert!(needs.contains(&need), "{case_type}: {need:?}");
        }
    }
}

#[test]
fn the_result_asks_for_satisfaction_and_suggestions() {
    let template = plan().templates_of(TemplateKind::Result).next().unwrap();
    let part = template.parts.iter().find(|part| part.key == "satisfaction").unwrap();
    assert!(part.body.zh.contains("打分") && part.body.zh.contains("做得更好"), "{}", part.body.zh);
}

#[test]
fn the_tree_of_causes_has_its_eleven_nodes_with_two_leaves_each() {
    let below = |key: Option<&str>| -> Vec<&str> {
        let nodes = plan().causes.iter().filter(|node| node.parent.as_deref() == key);
        nodes.map(|node| node.key.as_str()).collect()
    };
    let mut nodes = Vec::new();
    for (root, count) in [("technical", 4), ("service", 3), ("demand", 4)] {
        assert_eq!(below(Some(root)).len(), count, "{root}");
        nodes.extend(below(Some(root)));
    }
    assert_eq!(below(None), ["technical", "service", "demand"]);
    let leaves = [
        ("technical-feature", ["feature-incomplete", "incompatible"]),
        ("technical-performance", ["slow", "unstable"]),
        ("technical-security", ["leakage", "data-lost"]),
        ("technical-support", ["updates-lag", "support-slow"]),
        ("service-attitude", ["bad-attitude", "low-efficiency"]),
        ("service-process", ["no-channel", "too-many-steps"]),
        ("service-after-sales", ["maintenance-inadequate", "after-sales-slow"]),
        ("demand-function", ["fuller-assistance", "several-settings"]),
        ("demand-performance", ["faster", "stable"]),
        ("demand-security", ["data-protection", "backup"]),
        ("demand-service", ["better-service", "timely-after-sales"]),
    ];
    assert_eq!(nodes, leaves.map(|(node, _)| node));
    for (node, leaves) in leaves {
        assert_eq!(below(Some(node)), leaves, "{node}");
        assert!(leaves.iter().all(|leaf| plan().is_leaf_cause(leaf)), "{node}");
    }
}

#[test]
fn every_remedy_of_the_standard_can_be_granted() {
    for kind in RemedyKind::ALL {
        assert!(plan().remedies.iter().any(|remedy| remedy.kind == *kind), "{kind:?}");
    }
    let refund = plan().remedy("refund").unwrap();
    assert!(refund.may_grant(["agent"], Some(10_000)) && !refund.may_grant(["agent"], Some(10_001)));
}
