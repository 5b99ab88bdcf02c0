//! The small plan that the tests follow: three clocks of which one goes by class, a flow of six stages.

use heard_cases::plans::Plan;
use heard_platform::directory::TeamId;
use serde_json::{Value, json};

fn text(zh: &str, en: &str) -> Value {
    json!({"zh": zh, "en": en})
}

fn stage(key: &str, kind: &str, zh: &str, needs: &[&str]) -> Value {
    json!({"key": key, "kind": kind, "name": text(zh, key), "needs": needs})
}

fn handle(key: &str, days: u32, class: &str) -> Value {
    json!({
        "key": key, "name": text("处理时限", "Handling"), "group": "handle",
        "when": {"classes": [format!("routing/{class}")]},
        "start": {"on": "received"}, "stop": {"on": "stage_done", "stage": "handle"},
        "policy": {"unit": "working_days", "days": days, "pause_on": ["customer", "third_party"], "warn_at": [50, 80, 100]},
    })
}

/// The plan, with the department of products being a team.
pub(crate) fn plan(products: TeamId) -> Plan {
    let mut flow = vec![
        stage("record", "record", "记录", &["facts", "contact"]),
        stage("acknowledge", "acknowledge", "受理确认", &["acknowledgement"]),
        stage("classify", "classify", "分类", &["category", "severity"]),
        stage("handle", "handle", "处理", &["owner", "handovers_closed", "tasks_done", "solution"]),
        stage("tell", "tell", "告知", &["result_notice"]),
        stage("archive", "archive", "归档", &["cause", "upheld", "satisfaction"]),
    ];
    flow[4]["optional"] = json!(true);
    let minutes = |key: &str, start: Value, stop: Value, minutes: i64| {
        json!({
            "key": key, "name": text(key, key), "start": start, "stop": stop,
            "policy": {"unit": "working_minutes", "minutes": minutes, "pause_on": ["customer"], "warn_at": [50, 80, 100]},
        })
    };
    let whole = json!({
        "case_types": [
            {"key": "complaint", "name": text("投诉", "Complaint"), "flow": "complaint"},
            {"key": "question", "name": text("咨询", "Question"), "flow": "short"},
        ],
        "categories": [
            {"key": "product", "name": text("产品", "Product"), "department": "products", "severity": "general"},
            {"key": "crash", "parent": "product", "name": text("崩溃", "Crash")},
            {"key": "account", "name": text("账号", "Account")},
        ],
        "views": [{"key": "routing", "name": text("分流", "Routing"), "classes": [
            {"key": "product", "name": text("产品功能", "Product"), "categories": ["product"]},
            {"key": "account", "name": text("账号", "Account"), "categories": ["account"]},
        ]}],
        "severities": [
            {"key": "severe", "name": text("严重", "Severe")},
            {"key": "general", "name": text("一般", "General")},
        ],
        "urgencies": [{"key": "urgent", "name": text("紧急", "Urgent")}, {"key": "usual", "name": text("一般", "Usual")}],
        "difficulties": [{"key": "hard", "name": text("难", "Hard")}],
        "priorities": [
            {"severities": ["severe"], "urgencies": ["urgent"], "priority": "urgent"},
            {"severities": ["severe"], "priority": "high"},
        ],
        "departments": [{"key": "products", "name": text("产品部", "Products"), "team_id": products}],
        "fields": [
            {"key": "order", "name": text("订单号", "Order"), "kind": "text", "max": 20, "case_types": ["complaint"]},
            {"key": "amount", "name": text("金额", "Amount"), "kind": "money", "min": 0},
            {"key": "device", "name": text("设备", "Device"), "kind": "choice", "categories": ["product"],
             "required_at": "handle", "options": [{"key": "phone", "name": text("手机", "Phone")}]},
        ],
        "flows": [
            {"key": "complaint", "name": text("投诉流程", "Complaint"), "stages": flow},
            {"key": "short", "name": text("咨询流程", "Question"), "stages": [
                stage("answer", "answer", "答复", &["solution"]), stage("archive", "archive", "归档", &[]),
            ]},
        ],
        "clocks": [
            minutes("acknowledge", json!({"on": "received"}), json!({"on": "stage_done", "stage": "acknowledge"}), 60),
            minutes("classify", json!({"on": "received"}), json!({"on": "stage_done", "stage": "classify"}), 120),
            handle("handle_product", 5, "product"),
            handle("handle_account", 2, "account"),
            minutes("tell", json!({"on": "stage_done", "stage": "handle"}), json!({"on": "stage_done", "stage": "tell"}), 480),
        ],
        "causes": [
            {"key": "technical", "name": text("技术", "Technical")},
            {"key": "bug", "parent": "technical", "name": text("缺陷", "Bug")},
        ],
    });
    serde_json::from_value(whole).unwrap()
}
