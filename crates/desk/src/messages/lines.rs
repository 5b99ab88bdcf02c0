//! System lines as sentences, for documents that are read without the console.

use heard_kernel::{Locale, Timestamp};
use serde_json::Value;

use super::model::SystemLine;

/// The sentence of a line; `time` writes a moment as its reader knows it. A line that this version does not know is shown by its code.
pub fn sentence(line: &SystemLine, locale: Locale, time: impl Fn(Timestamp) -> String) -> String {
    let value = |name: &str| match line.params.get(name) {
        Some(Value::String(text)) if name == "until" => text.parse().map_or_else(|_| text.clone(), &time),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    let taken = line.code == "assigned" && value("by") == value("assignee") && !value("by").is_empty();
    let Some((zh, en)) = texts(if taken { "taken" } else { &line.code }) else { return line.code.clone() };
    let template = match locale {
        Locale::ZhCn => zh,
        Locale::En => en,
    };
    let mut sentence = template.to_owned();
    for name in ["assignee", "to", "team", "until", "from_no", "name", "by"] {
        sentence = sentence.replace(&format!("{{{name}}}"), &value(name));
    }
    // Where nobody did it by hand the name is empty.
    sentence.trim().trim_end_matches("()").trim_end_matches("（）").trim().to_owned()
}

fn texts(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "opened" => ("会话开始（{by}）", "Conversation started ({by})"),
        // Whoever assigned it to themselves.
        "taken" => ("{by} 领取", "Taken by {by}"),
        "assigned" => ("分配给 {assignee}（{by}）", "Assigned to {assignee} ({by})"),
        "unassigned" => ("取消分配（{by}）", "Unassigned ({by})"),
        "team_changed" => ("班组改为 {team}（{by}）", "Team changed to {team} ({by})"),
        "transferred" => ("转交给 {to}（{by}）", "Transferred to {to} ({by})"),
        "closed" => ("会话关闭（{by}）", "Conversation closed ({by})"),
        "reopened" => ("会话重新打开（{by}）", "Conversation reopened ({by})"),
        "snoozed" => ("稍后处理，到 {until}（{by}）", "Snoozed until {until} ({by})"),
        "unsnoozed" => ("恢复处理（{by}）", "Back from snooze ({by})"),
        "merged" => ("合并了会话 #{from_no}（{by}）", "Conversation #{from_no} merged in ({by})"),
        "unmerged" => ("撤销合并会话 #{from_no}（{by}）", "Merge of conversation #{from_no} undone ({by})"),
        "participant_added" => ("{name} 加入（{by}）", "{name} joined ({by})"),
        "offline_form" => ("非工作时间留言", "Left while nobody was there"),
        "diagnosis_requested" => ("请客户发送设备与网络信息（{by}）", "Technical details asked for ({by})"),
        "diagnosis_declined" => ("客户没有发送设备与网络信息", "The customer did not send technical details"),
        "identified" => ("客户身份：{name}", "Identified as {name}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_sentences_in_both_languages() {
        let as_is = |at: Timestamp| at.to_string();
        let line = SystemLine::new("transferred").with("to", "李娜").with("by", "王芳");
        assert_eq!(sentence(&line, Locale::ZhCn, as_is), "转交给 李娜（王芳）");
        assert_eq!(sentence(&line, Locale::En, as_is), "Transferred to 李娜 (王芳)");
        let taken = SystemLine::new("assigned").with("assignee", "周敏").with("by", "周敏");
        assert_eq!(sentence(&taken, Locale::En, as_is), "Taken by 周敏");
        assert_eq!(sentence(&taken, Locale::ZhCn, as_is), "周敏 领取");
        let alone = SystemLine::new("unsnoozed").with("by", "");
        assert_eq!(sentence(&alone, Locale::En, as_is), "Back from snooze");
        assert_eq!(sentence(&SystemLine::new("novel"), Locale::En, as_is), "novel");
    }

    #[test]
    fn a_moment_is_written_for_its_reader() {
        let line = SystemLine::new("snoozed").with("until", "2026-11-23T01:00:00.000Z").with("by", "吴桐");
        let local = |at: Timestamp| {
            if at == "2026-11-23T01:00:00Z".parse().unwrap() { "09:00".to_owned() } else { String::new() }
        };
        assert_eq!(sentence(&line, Locale::ZhCn, local), "稍后处理，到 09:00（吴桐）");
    }
}
