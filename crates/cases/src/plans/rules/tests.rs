use serde_json::{Value, json};

use super::*;
use crate::plans::model::{Mood, Need, Plan, Priority, StageKind};

fn text(zh: &str) -> Value {
    json!({"zh": zh, "en": zh})
}

/// A small plan in which every section has something.
fn document() -> Value {
    let stage = |key: &str| json!({"key": key, "kind": key, "name": text(key)});
    let clock = |key: &str, days: u32, classes: Value| {
        json!({"key": key, "name": text(key), "group": "handle", "when": {"classes": classes},
            "start": {"on": "stage_begun", "stage": "handle"}, "stop": {"on": "stage_done", "stage": "handle"},
            "policy": {"unit": "working_days", "days": days}, "escalation": "late"})
    };
    json!({
        "case_types": [{"key": "complaint", "name": text("投诉"), "flow": "main"},
            {"key": "enquiry", "name": text("咨询"), "flow": "short"}],
        "categories": [
            {"key": "product", "name": text("产品"), "department": "product", "severity": "general"},
            {"key": "feature", "parent": "product", "name": text("功能")},
            {"key": "crash", "parent": "feature", "name": text("崩溃"), "severity": "severe"},
            {"key": "service", "name": text("服务"), "department": "service"},
            {"key": "other", "name": text("其他")}],
        "views": [{"key": "routing", "name": text("流转"), "classes": [
            {"key": "product", "name": text("产品"), "categories": ["product"]},
            {"key": "crashes", "name": text("崩溃"), "categories": ["crash"]},
            {"key": "service", "name": text("服务"), "categories": ["service"]}]}],
        "severities": [{"key": "severe", "name": text("严重")}, {"key": "general", "name": text("一般")}],
        "urgencies": [{"key": "high", "name": text("高")}, {"key": "low", "name": text("低")}],
        "difficulties": [{"key": "simple", "name": text("简单")}],
        "priorities": [
            {"severities": ["severe"], "urgencies": ["high"], "priority": "urgent"},
            {"severities": ["severe"], "priority": "high"},
            {"urgencies": ["low"], "priority": "low"}],
        "departments": [{"key": "product", "name": text("产品部")}, {"key": "service", "name": text("服务部")}],
        "fields": [{"key": "order", "name": text("订单"), "kind": "text", "case_types": ["complaint"]},
            {"key": "device", "name": text("设备"), "kind": "choice", "categories": ["product"],
                "options": [{"key": "pc", "name": text("电脑")}]}],
        "flows": [{"key": "main", "name": text("主流程"), "stages": [stage("record"), stage("handle"), stage("archive")]},
            {"key": "short", "name": text("短流程"), "stages": [stage("answer"), stage("archive")]}],
        "clocks": [clock("product", 5, json!(["routing/product"])), clock("service", 3, json!(["routing/service"])),
            clock("rest", 7, json!([])),
            {"key": "off", "name": text("停用"), "enabled": false, "start": {"on": "received"},
                "stop": {"on": "stage_done", "stage": "tell"}, "policy": {"unit": "calendar_minutes", "minutes": 60}}],
        "escalations": [{"key": "late", "name": text("超时"), "steps": [
            {"at": {"on": "share", "share": 80}, "actions": [{"do": "notify", "to": [{"who": "owner"}]}]},
            {"at": {"on": "overdue", "minutes": 60}, "actions": [{"do": "report_to_superior"}]}]}],
        "alarms": [{"key": "severe", "name": text("重大"), "when": {"severities": ["severe"]},
            "actions": [{"do": "join_departments", "departments": ["product"]}]}],
        "templates": [{"key": "ack", "kind": "acknowledgement", "name": text("受理"), "parts": [
            {"key": "concern", "name": text("关心"), "body": text("{{contact.name}} 您好"), "mandatory": true}]}],
        "playbooks": [{"key": "tech", "name": text("技术"), "when": {"categories": ["product"]}, "steps": [
            {"key": "find", "kind": "diagnosis", "title": text("诊断"), "stage": "handle"}]}],
        "remedies": [{"key": "refund", "kind": "refund", "name": text("退款"), "has_amount": true,
            "authority": [{"role": "agent", "up_to": 10000}, {"role": "manager"}]}],
        "causes": [{"key": "tech", "name": text("技术")}, {"key": "slow", "parent": "tech", "name": text("慢")}],
        "cards": [{"key": "listen", "topic": "listening", "title": text("倾听")},
            {"key": "soothe", "topic": "soothing", "title": text("安抚"), "moods": ["angry"], "stages": ["handle"]}]
    })
}

fn plan() -> Plan {
    serde_json::from_value(document()).unwrap()
}

fn facts<'a>(category: &'a str, severity: &'a str) -> CaseFacts<'a> {
    CaseFacts {
        case_type: "complaint",
        category: Some(category),
        severity: Some(severity),
        ..CaseFacts::default()
    }
}

#[test]
fn a_sound_plan_passes() {
    assert_eq!(check(&plan()), []);
}

#[test]
fn categories_inherit_from_above() {
    let plan = plan();
    let class = |category| plan.class_of("routing", category).map(|class| class.key.as_str());
    let department = |category| plan.department_of(category).map(|found| found.key.as_str());
    let severity = |category| plan.severity_proposed(category).map(|found| found.key.as_str());
    for (category, in_class, of, proposed) in [
        ("product", Some("product"), Some("product"), Some("general")),
        ("feature", Some("product"), Some("product"), Some("general")),
        ("crash", Some("crashes"), Some("product"), Some("severe")),
        ("service", Some("service"), Some("service"), None),
        ("other", None, None, None),
        ("unknown", None, None, None),
    ] {
        assert_eq!((class(category), department(category), severity(category)), (in_class, of, proposed));
    }
    let mut harder = plan.clone();
    harder.categories[0].difficulty = Some("simple".to_owned());
    assert_eq!(harder.difficulty_proposed("crash").unwrap().key, "simple");
    assert!(plan.difficulty_proposed("crash").is_none());
    let above: Vec<_> = plan.ancestry("crash").map(|item| item.key.as_str()).collect();
    assert_eq!(above, ["crash", "feature", "product"]);
    assert!(plan.is_within("crash", "product") && !plan.is_within("product", "crash"));
    assert_eq!(plan.severity_above("general").unwrap().key, "severe");
    assert!(plan.severity_above("severe").is_none());
    assert!(plan.is_leaf_cause("slow") && !plan.is_leaf_cause("tech") && !plan.is_leaf_cause("unknown"));
}

#[test]
fn a_tree_in_a_circle_hangs_nothing() {
    let mut plan = plan();
    plan.categories[0].parent = Some("crash".to_owned());
    assert_eq!(plan.ancestry("crash").count(), 5);
}

#[test]
fn one_clock_of_a_group_counts_and_none_that_is_off() {
    let plan = plan();
    let clocks = |facts: &CaseFacts<'_>| -> Vec<String> {
        plan.clocks_for(facts).iter().map(|clock| clock.key.clone()).collect()
    };
    for (category, clock) in
        [("feature", "product"), ("service", "service"), ("other", "rest"), ("crash", "rest")]
    {
        assert_eq!(clocks(&facts(category, "general")), [clock], "{category}");
    }
    assert_eq!(clocks(&CaseFacts::of_type("complaint")), ["rest"], "not classified yet");
}

#[test]
fn priority_follows_from_the_first_row_that_fits() {
    let plan = plan();
    for (severity, urgency, priority) in [
        (Some("severe"), Some("high"), Priority::Urgent),
        (Some("severe"), Some("low"), Priority::High),
        (Some("severe"), None, Priority::High),
        (Some("general"), Some("low"), Priority::Low),
        (Some("general"), Some("high"), Priority::Normal),
        (None, None, Priority::Normal),
    ] {
        assert_eq!(plan.priority(severity, urgency), priority, "{severity:?} {urgency:?}");
    }
}

#[test]
fn playbooks_alarms_fields_and_cards_are_for_their_cases() {
    let plan = plan();
    let crash = facts("crash", "severe");
    assert_eq!(plan.playbooks_for(&crash).len(), 1);
    assert_eq!(plan.playbooks_for(&facts("other", "severe")).len(), 0);
    assert_eq!(plan.alarms_for(&crash).len(), 1);
    assert_eq!(plan.alarms_for(&facts("crash", "general")).len(), 0);
    let fields = |facts: &CaseFacts<'_>| -> Vec<String> {
        plan.fields_for(facts).iter().map(|field| field.key.clone()).collect()
    };
    assert_eq!(fields(&crash), ["order", "device"]);
    assert_eq!(fields(&CaseFacts { case_type: "enquiry", ..crash }), ["device"]);
    assert_eq!(fields(&CaseFacts::of_type("complaint")), ["order"]);
    let cards = |stage, mood| plan.cards_for(stage, mood, "complaint").len();
    assert_eq!(cards(StageKind::Handle, Some(Mood::Angry)), 2);
    assert_eq!(cards(StageKind::Record, Some(Mood::Angry)), 1);
    assert_eq!(cards(StageKind::Handle, None), 1);
}

#[test]
fn remedies_have_authority() {
    let plan = plan();
    let refund = plan.remedy("refund").unwrap();
    for (roles, amount, may) in [
        (&["agent"][..], Some(10_000), true),
        (&["agent"], Some(10_001), false),
        (&["agent", "manager"], Some(1_000_000), true),
        (&["administrator"], Some(1_000_000), true),
        (&["inspector"], Some(1), false),
        (&[], None, false),
    ] {
        assert_eq!(refund.may_grant(roles.iter().copied(), amount), may, "{roles:?} {amount:?}");
    }
}

fn wording(words: Value) -> Value {
    json!([{"key": "cold", "kind": "cold", "name": text("冷淡"), "words": words}])
}

fn intake(when: Value, then: Value) -> Value {
    json!([{"key": "complaints", "name": text("投诉"), "when": when, "then": then}])
}

fn reminder(minutes: i64, stages: Value) -> Value {
    let every = json!({"unit": "working_minutes", "minutes": minutes});
    json!([{"key": "look", "name": text("跟进"), "stages": stages, "every": every}])
}

/// A plan whose departments have teams and whose categories all have a department.
fn answered(mut plan: Plan) -> Plan {
    for department in &mut plan.departments {
        department.team_id = Some(heard_platform::directory::TeamId(uuid::Uuid::from_u128(1)));
    }
    for category in plan.categories.iter_mut().filter(|category| category.parent.is_none()) {
        category.department.get_or_insert_with(|| "service".to_owned());
    }
    plan
}

#[test]
fn what_reaches_nobody_is_told() {
    let mut plan = answered(plan());
    plan.chains.tasks = Some("late".to_owned());
    assert_eq!(hints(&plan), []);
    plan.departments[1].team_id = None;
    plan.categories[0].department = None;
    let told: Vec<String> =
        hints(&plan).iter().map(|hint| format!("{} {}", hint.field, hint.code.id)).collect();
    // What lies below the category goes the same way; it is said once.
    let category = "categories[0].department plan_category_unanswered";
    assert_eq!(told, [category, "departments[1].team_id plan_department_teamless"]);
}

#[test]
fn plans_from_before_something_could_be_said_load_and_are_told_of_it() {
    let mut plan = answered(plan());
    assert!(plan.reminders.is_empty() && plan.wording.is_empty() && plan.intake.is_empty());
    assert_eq!((&plan.categories[0].difficulty, &plan.chains), (&None, &Default::default()));
    let told = |plan: &Plan| -> Vec<String> {
        hints(plan).iter().map(|hint| format!("{} {}", hint.field, hint.code.id)).collect()
    };
    assert_eq!(told(&plan), ["chains.tasks plan_tasks_unescalated"]);
    plan.flows[0].stages[1].needs = vec![Need::HandoversClosed];
    plan.playbooks[0].steps[0].required = true;
    let required = "playbooks[0].steps[0].required plan_required_idle";
    assert_eq!(
        told(&plan),
        ["chains.tasks plan_tasks_unescalated", "chains.handovers plan_handovers_unescalated", required]
    );
    plan.chains.tasks = Some("late".to_owned());
    plan.chains.handovers = Some("late".to_owned());
    assert_eq!(told(&plan), [required]);
    plan.flows[0].stages[1].needs.push(Need::TasksDone);
    assert_eq!(told(&plan), Vec::<String>::new());
    assert_eq!(check(&plan), [], "hints are in the way of nothing");
}

/// The small plan with a value changed.
fn changed(pointer: &str, value: Value) -> Plan {
    let mut document = document();
    let (above, name) = pointer.rsplit_once('/').unwrap();
    let place = document.pointer_mut(above).unwrap();
    match name.parse::<usize>() {
        Ok(index) if place.is_array() => place[index] = value,
        _ => place[name] = value,
    }
    serde_json::from_value(document).unwrap()
}

#[test]
fn what_is_wrong_is_told_with_its_path() {
    for (pointer, value, expected) in [
        ("/categories", json!([]), "categories plan_list_empty"),
        ("/categories/0/key", json!("Product 1"), "categories[0].key plan_key_invalid"),
        ("/categories/4/key", json!("service"), "categories[4].key plan_key_twice"),
        ("/categories/4/key", json!(""), "categories[4].key required"),
        ("/categories/0/name", text(" "), "categories[0].name required"),
        ("/categories/0/name", json!({"zh": "长".repeat(201)}), "categories[0].name.zh too_long"),
        ("/categories/0/parent", json!("feature"), "categories[0].parent plan_parent_later"),
        ("/categories/0/parent", json!("nothing"), "categories[0].parent plan_reference_unknown"),
        ("/categories/0/department", json!("none"), "categories[0].department plan_reference_unknown"),
        ("/case_types/0/flow", json!("none"), "case_types[0].flow plan_reference_unknown"),
        (
            "/views/0/classes/1/categories/0",
            json!("product"),
            "views[0].classes[1].categories[0] plan_key_twice",
        ),
        ("/priorities/0/urgencies/0", json!("none"), "priorities[0].urgencies[0] plan_reference_unknown"),
        ("/fields/1/options", json!([]), "fields[1].options plan_list_empty"),
        ("/flows/0/stages", json!([]), "flows[0].stages plan_list_empty"),
        ("/flows/0/stages/0/kind", json!("handle"), "flows[0].stages[1].kind plan_stage_kind_twice"),
        ("/clocks/0/policy/days", json!(4_000_000_000_u32), "clocks[0].policy.days plan_number_invalid"),
        ("/clocks/0/policy/warn_at", json!([50, 100]), "clocks[0].escalation plan_share_unwarned"),
        ("/clocks/0/policy/warn_at", json!([80]), ""),
        (
            "/clocks/0/when/classes/0",
            json!("routing/none"),
            "clocks[0].when.classes[0] plan_reference_unknown",
        ),
        ("/clocks/0/stop", json!({"on": "stage_done", "stage": "tell"}), "clocks[0].stop plan_clock_endless"),
        ("/clocks/0/start", json!({"on": "stage_done", "stage": "tell"}), "clocks[0].start plan_clock_idle"),
        ("/clocks/0/start", json!({"on": "received"}), "clocks[0].stop plan_clock_endless"),
        ("/clocks/3/enabled", json!(true), "clocks[3].stop plan_clock_endless"),
        ("/escalations/0/steps/0/actions", json!([]), "escalations[0].steps[0].actions plan_list_empty"),
        (
            "/alarms/0/actions/0/departments/0",
            json!("x"),
            "alarms[0].actions[0].departments[0] plan_reference_unknown",
        ),
        ("/templates/0/parts/0/mandatory", json!(false), "templates[0].parts plan_nothing_mandatory"),
        (
            "/templates/0/parts/0/body/zh",
            json!("{{contact.nam}}"),
            "templates[0].parts[0].body.zh plan_variable_unknown",
        ),
        (
            "/templates/0/parts/0/body/zh",
            json!("{{contact"),
            "templates[0].parts[0].body.zh plan_variable_open",
        ),
        ("/remedies/0/authority/0/role", json!("king"), "remedies[0].authority[0].role plan_role_unknown"),
        ("/remedies/0/authority/0/up_to", json!(-1), "remedies[0].authority[0].up_to plan_number_invalid"),
        ("/causes/1/parent", json!("none"), "causes[1].parent plan_reference_unknown"),
        ("/categories/0/difficulty", json!("none"), "categories[0].difficulty plan_reference_unknown"),
        ("/wording", wording(json!([])), "wording[0].words plan_list_empty"),
        ("/wording", wording(json!([" "])), "wording[0].words[0] required"),
        ("/wording", wording(json!(["长".repeat(61)])), "wording[0].words[0] too_long"),
        ("/wording", wording(json!(vec!["冷"; 201])), "wording[0].words plan_list_too_long"),
        ("/wording", wording(json!(["不知道"])), ""),
        ("/reminders", reminder(14, json!(["handle"])), "reminders[0].every plan_interval_short"),
        ("/reminders", reminder(15, json!([])), "reminders[0].stages plan_list_empty"),
        ("/reminders", reminder(15, json!(["handle"])), ""),
    ] {
        let plan = changed(pointer, value);
        let found = check(&plan);
        let first = found.first().map(|e| format!("{} {}", e.field, e.code.id)).unwrap_or_default();
        let any = found.iter().any(|e| format!("{} {}", e.field, e.code.id) == expected);
        assert!(any || (found.is_empty() && expected.is_empty()), "{pointer}: {first}, not {expected}");
    }
}

#[test]
fn intake_rules_need_words_or_tags_and_name_what_there_is() {
    let complaint = json!({"case_type": "complaint", "category": "crash", "severity": "severe"});
    let words = json!({"words": ["投诉"]});
    let then = |name: &str| {
        let mut then = complaint.clone();
        then[name] = json!("none");
        then
    };
    for (when, then, expected) in [
        (json!({}), complaint.clone(), "when plan_intake_when_empty"),
        (
            json!({"inbox_ids": ["0199f3a0-0000-7000-8000-000000000001"]}),
            complaint.clone(),
            "when plan_intake_when_empty",
        ),
        (json!({"words": [" "]}), complaint.clone(), "when.words[0] required"),
        (json!({"words": vec!["投诉"; 201]}), complaint.clone(), "when.words plan_list_too_long"),
        (words.clone(), then("case_type"), "then.case_type plan_reference_unknown"),
        (words.clone(), then("category"), "then.category plan_reference_unknown"),
        (words.clone(), then("severity"), "then.severity plan_reference_unknown"),
        (json!({"tags": ["0199f3a0-0000-7000-8000-000000000001"]}), complaint.clone(), ""),
        (words.clone(), json!({"case_type": "complaint"}), ""),
    ] {
        let mut document = document();
        document["intake"] = intake(when, then);
        let found = check(&serde_json::from_value(document).unwrap());
        let told: Vec<String> = found.iter().map(|e| format!("{} {}", e.field, e.code.id)).collect();
        let expected: Vec<String> = Some(expected)
            .filter(|text| !text.is_empty())
            .map(|text| format!("intake[0].{text}"))
            .into_iter()
            .collect();
        assert_eq!(told, expected);
    }
    let mut document = document();
    let many: Vec<Value> = (0..101)
        .map(|n| json!({"key": format!("r{n}"), "name": text("投诉"), "when": words, "then": complaint}))
        .collect();
    document["intake"] = json!(many);
    assert_eq!(check(&serde_json::from_value(document).unwrap())[0].field, "intake");
}

#[test]
fn two_plans_are_compared_by_key() {
    let old = plan();
    assert_eq!(compare(&old, &old).unwrap(), []);
    let mut new = old.clone();
    new.categories.remove(4);
    new.causes.swap(0, 1);
    new.closing.silent_days = 5;
    let mut clock = new.clocks[0].clone();
    clock.key = "account".to_owned();
    new.clocks.push(clock);
    new.flows[0].stages[1].name.zh = "办理".to_owned();
    new.flows[0].stages.remove(0);
    let changes = compare(&old, &new).unwrap();
    let section = |name: &str| changes.iter().find(|change| change.section == name).unwrap();
    assert_eq!(changes.len(), 5);
    assert_eq!(section("categories").removed[0].key, "other");
    assert_eq!(section("clocks").added[0].key, "account");
    assert!(section("causes").reordered);
    let closing = &section("closing").changed[0].fields;
    assert_eq!(
        (closing[0].path.as_str(), &closing[0].old, &closing[0].new),
        ("silent_days", &json!(3), &json!(5))
    );
    let flow = &section("flows").changed[0];
    let paths: Vec<_> = flow.fields.iter().map(|field| field.path.as_str()).collect();
    assert_eq!((flow.key.as_str(), paths), ("main", vec!["stages[record]", "stages[handle].name.zh"]));
}

/// Handling in two ways, by routing class, and what is examined only of products.
fn with_rows() -> Plan {
    let mut document = document();
    let stages = document.pointer_mut("/flows/0/stages").unwrap().as_array_mut().unwrap();
    let service = json!({"classes": ["routing/service"]});
    stages[1]["when"] = service.clone();
    stages[1]["except"] = json!(true);
    stages.insert(2, json!({"key": "improve", "kind": "handle", "name": text("改进"), "when": service}));
    let product = json!({"classes": ["routing/product"]});
    stages.insert(1, json!({"key": "examine", "kind": "examine", "name": text("查明"), "when": product}));
    serde_json::from_value(document).unwrap()
}

fn complaints(plan: &Plan) -> Vec<String> {
    check(plan).iter().map(|found| format!("{} {}", found.field, found.code.id)).collect()
}

#[test]
fn stages_are_for_cases_that_there_are() {
    for (path, value, expected) in [
        (
            "/flows/0/stages/1/when",
            json!({"classes": ["routing/none"]}),
            "flows[0].stages[1].when.classes[0] plan_reference_unknown",
        ),
        (
            "/flows/0/stages/0/when",
            json!({"severities": ["severe"]}),
            "flows[0].stages[0].when plan_stage_not_for_all",
        ),
        (
            "/flows/0/stages/2/when",
            json!({"severities": ["severe"]}),
            "flows[0].stages[2].when plan_stage_not_for_all",
        ),
        (
            "/flows/0/stages/1/when",
            json!({"case_types": ["enquiry"]}),
            "flows[0].stages[1].when plan_stage_idle",
        ),
    ] {
        let plan = changed(path, value);
        assert!(complaints(&plan).contains(&expected.to_owned()), "{path}: {:?}", complaints(&plan));
    }
}

#[test]
fn two_stages_of_a_kind_are_for_different_cases() {
    let sound = with_rows();
    assert_eq!(check(&sound), []);
    let mut both = sound.clone();
    both.flows[0].stages[3].when.classes.push("routing/product".to_owned());
    assert_eq!(complaints(&both), ["flows[0].stages[3].kind plan_stage_kind_twice"]);
    let mut all = sound.clone();
    all.flows[0].stages[2].except = false;
    all.flows[0].stages[2].when = Default::default();
    assert_eq!(complaints(&all), ["flows[0].stages[3].kind plan_stage_kind_twice"]);
}

#[test]
fn a_clock_ends_in_every_row_in_which_it_begins() {
    let mut plan = with_rows();
    let mut clock = plan.clocks[2].clone();
    clock.key = "examining".to_owned();
    clock.group = None;
    clock.start = serde_json::from_value(json!({"on": "received"})).unwrap();
    clock.stop = serde_json::from_value(json!({"on": "stage_done", "stage": "examine"})).unwrap();
    clock.when.case_types = vec!["complaint".to_owned()];
    plan.clocks.push(clock);
    // Services are not examined, nor what nobody has classified.
    assert_eq!(complaints(&plan), ["clocks[4].stop plan_clock_endless_some"]);
    let found = check(&plan);
    assert_eq!(found[0].params["case_type"], json!(plan.case_types[0].name), "by names, not by keys");
    assert_eq!(found[0].params["example"]["zh"], "尚未分类");
    plan.clocks[4].when.classes = vec!["routing/product".to_owned()];
    assert_eq!(complaints(&plan), [""; 0]);
    plan.clocks[4].when.classes = vec!["routing/service".to_owned()];
    assert_eq!(complaints(&plan), ["clocks[4].stop plan_clock_endless_some"]);
}

#[test]
fn required_steps_hold_the_stage_of_every_row_that_has_the_playbook() {
    let mut plan = answered(with_rows());
    plan.chains.tasks = Some("late".to_owned());
    plan.chains.handovers = Some("late".to_owned());
    let step = &mut plan.playbooks[0].steps[0];
    step.required = true;
    let told = |plan: &Plan| hints(plan).iter().map(|hint| hint.field.clone()).collect::<Vec<_>>();
    assert_eq!(told(&plan), ["playbooks[0].steps[0].required"], "the handling of products lets pass");
    plan.flows[0].stages[2].needs.push(Need::TasksDone);
    assert_eq!(told(&plan), [""; 0], "services have another playbook");
}
