use heard_kernel::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{
    cases::CaseId,
    plans::{CaseFacts, Plan},
};

/// Three classes: of the product, whose cause is analysed; of the account, whose facts are verified; and the rest.
fn plan() -> Plan {
    let name = json!({"zh": "名", "en": "name"});
    let stage = |key: &str, kind: &str, class: &str, except: bool| {
        let classes: Vec<Value> =
            (!class.is_empty()).then(|| json!(format!("routing/{class}"))).into_iter().collect();
        json!({"key": key, "kind": kind, "name": name, "when": {"classes": classes}, "except": except})
    };
    let category = |key: &str| json!({"key": key, "name": name});
    let class = |key: &str| json!({"key": key, "name": name, "categories": [key]});
    serde_json::from_value(json!({
        "case_types": [{"key": "complaint", "name": name, "flow": "main"}],
        "categories": [category("product"), category("account"), category("service")],
        "views": [{"key": "routing", "name": name, "classes": [class("product"), class("account")]}],
        "flows": [{"key": "main", "name": name, "stages": [
            stage("record", "record", "", false),
            stage("analyse", "examine", "product", false),
            stage("verify", "accept", "account", false),
            stage("handle", "handle", "account", true),
            stage("act", "handle", "account", false),
            stage("tell", "tell", "", false),
            stage("archive", "archive", "", false),
        ]}],
    }))
    .unwrap()
}

fn row<'p>(plan: &'p Plan, category: Option<&'p str>) -> Row<'p> {
    plan.row_of(&CaseFacts { category, ..CaseFacts::of_type("complaint") }).unwrap()
}

fn keys(row: &Row<'_>) -> Vec<String> {
    row.stages().iter().map(|stage| stage.key.clone()).collect()
}

fn run(plan: &Plan, key: &str, ending: Option<StageEnding>) -> StageRun {
    StageRun {
        case_id: CaseId(Uuid::nil()),
        no: 1,
        stage_key: key.to_owned(),
        stage_kind: plan.flows[0].stage(key).unwrap().kind,
        begun_at: Timestamp::from_millis(0),
        done_at: ending.map(|_| Timestamp::from_millis(1)),
        done_by: None,
        ending,
        reason: None,
    }
}

#[test]
fn each_class_has_a_row_of_its_own() {
    let plan = plan();
    assert_eq!(keys(&row(&plan, None)), ["record", "handle", "tell", "archive"], "nothing is known yet");
    assert_eq!(keys(&row(&plan, Some("service"))), ["record", "handle", "tell", "archive"]);
    assert_eq!(keys(&row(&plan, Some("product"))), ["record", "analyse", "handle", "tell", "archive"]);
    let account = row(&plan, Some("account"));
    assert_eq!(keys(&account), ["record", "verify", "act", "tell", "archive"]);
    // A stage of the flow that is not in the row has its place in it all the same.
    assert_eq!(account.next("analyse").unwrap().key, "verify");
    assert_eq!(account.next("archive"), None);
    let before: Vec<_> = account.before("handle").iter().map(|stage| stage.key.as_str()).collect();
    assert_eq!(before, ["record", "verify"]);
    assert!(stage_before(&account, "analyse", "act").is_none(), "it goes without it");
    assert_eq!(stage_before(&account, "verify", "act").unwrap().key, "verify");
}

#[test]
fn a_case_that_changes_its_class_goes_on_in_the_row_of_the_other() {
    let plan = plan();
    let goes_on = |from: Option<&str>, to: &str, passed: &[&str], present: &str| {
        let mut runs: Vec<StageRun> =
            passed.iter().map(|key| run(&plan, key, Some(StageEnding::Done))).collect();
        let current = run(&plan, present, None);
        runs.push(current.clone());
        let place = place_in_row(&row(&plan, Some(to)), &row(&plan, from), &current, &runs);
        place.unwrap().key.clone()
    };
    // Before its own stages begin it stays.
    assert_eq!(goes_on(None, "account", &[], "record"), "record");
    // It goes back to what its new class requires and was not done.
    assert_eq!(goes_on(None, "account", &["record"], "handle"), "verify");
    assert_eq!(goes_on(Some("service"), "product", &["record"], "handle"), "analyse");
    // What it is in answers to something in the new row.
    assert_eq!(goes_on(Some("account"), "service", &["record", "verify"], "act"), "handle");
    // What it is in is not for it any more: the next.
    assert_eq!(goes_on(Some("account"), "service", &["record"], "verify"), "handle");
    assert_eq!(goes_on(Some("product"), "account", &["record"], "analyse"), "verify");
    // What is behind it, or about the same, is not done again.
    assert_eq!(goes_on(Some("product"), "account", &["record", "verify"], "handle"), "act");
    // Once the customer has been told the result nothing is taken up again.
    assert_eq!(goes_on(Some("service"), "account", &["record", "handle", "tell"], "archive"), "archive");
    assert_eq!(goes_on(Some("service"), "account", &["record", "handle"], "tell"), "verify");
}

#[test]
fn a_stage_that_may_be_left_out_is_not_gone_back_to() {
    let mut plan = plan();
    plan.flows[0].stages[1].optional = true;
    let current = run(&plan, "handle", None);
    let runs = [run(&plan, "record", Some(StageEnding::Done)), current.clone()];
    let place = place_in_row(&row(&plan, Some("product")), &row(&plan, None), &current, &runs);
    assert_eq!(place.unwrap().key, "handle");
}
