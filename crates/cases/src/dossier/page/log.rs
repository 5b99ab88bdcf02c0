//! Events of the log in words.

use serde_json::Value;
use uuid::Uuid;

use super::super::gather::Gathered;
use crate::{cases::TimelineEntry, words::Words};

/// Who did it.
pub(super) fn actor(found: &Gathered, entry: &TimelineEntry) -> String {
    let words = Words(found.dossier.locale);
    match (&entry.actor, entry.actor_kind.as_str()) {
        (Some(user), _) => user.name.clone(),
        (None, "contact") => words.get("customer").to_owned(),
        (None, "bot") => words.get("bot").to_owned(),
        (None, "user") => "—".to_owned(),
        (None, _) => words.get("by_rule").to_owned(),
    }
}

/// An event in words; nothing for bookkeeping.
pub(in super::super) fn said(found: &Gathered, entry: &TimelineEntry) -> Option<String> {
    let words = Words(found.dossier.locale);
    let text = words.find(&format!("log.{}", entry.kind))?;
    let data = &entry.data;
    let number = |key: &str| data.get(key).and_then(Value::as_i64).map(|n| n.to_string());
    let values = [
        ("name", name(found, entry).unwrap_or_else(|| "—".to_owned())),
        ("fields", fields(found, data)),
        ("n", number("times").or_else(|| number("score")).unwrap_or_default()),
        ("share", number("share").unwrap_or_default()),
        ("wait", words.of("wait", data.get("reason").and_then(Value::as_str).unwrap_or("other"))),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    Some(crate::words::fill(text, &values))
}

fn id(data: &Value, key: &str) -> Option<Uuid> {
    data.get(key)?.as_str()?.parse().ok()
}

/// The name of what an event is about, beside the case.
fn name(found: &Gathered, entry: &TimelineEntry) -> Option<String> {
    let (dossier, data) = (&found.dossier, &entry.data);
    let words = Words(dossier.locale);
    let text = |key: &str| data.get(key).and_then(Value::as_str);
    let known = |key: &str| id(data, key).and_then(|id| found.names.get(&id).cloned());
    let (area, what) = entry.kind.split_once('.')?;
    if area == "clock" {
        let clock = dossier.clocks.iter().find(|clock| clock.clock.id.0 == entry.subject_id)?;
        return Some(super::opening::name_of(clock, words));
    }
    let family = what.split('_').next()?;
    match family {
        "stage" => {
            let flow = found.plan.flow_of(&dossier.case.case.r#type.key)?;
            let key = text("stage_key")?;
            Some(flow.stage(key).map_or(key, |stage| stage.name.in_locale(dossier.locale)).to_owned())
        }
        "assigned" => known("owner_id").or_else(|| known("team_id")),
        "handover" => known("to_team_id"),
        "evidence" => {
            let wanted = id(data, "evidence_id")?;
            dossier.case.evidence.iter().find(|piece| piece.id.0 == wanted).map(|piece| piece.name.clone())
        }
        "task" => {
            let wanted = id(data, "task_id")?;
            dossier.tasks.iter().find(|task| task.task.id.0 == wanted).map(|task| task.words.clone())
        }
        "remedy" => {
            let key = text("remedy_key")?;
            let remedy = found.plan.remedies.iter().find(|remedy| remedy.key == key);
            Some(remedy.map_or(key, |remedy| remedy.name.in_locale(dossier.locale)).to_owned())
        }
        "notice" => Some(words.of("notice", text("kind")?)),
        "linked" | "unlinked" => number(found, id(data, "other_id")?),
        "merged" | "unmerged" => number(found, id(data, "into_id")?),
        "split" => number(found, id(data, "new_id")?),
        _ => None,
    }
}

/// The number of a case that belongs with this one.
fn number(found: &Gathered, id: Uuid) -> Option<String> {
    let related = &found.dossier.related;
    let links = related.links.iter().map(|link| &link.case);
    let merges = related.merges.iter().map(|merge| &merge.case);
    links.chain(merges).find(|case| case.id.0 == id).map(|case| case.number.clone())
}

fn fields(found: &Gathered, data: &Value) -> String {
    let words = Words(found.dossier.locale);
    let listed = data.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let names = listed.iter().filter_map(Value::as_str).map(|field| match field.strip_prefix("custom.") {
        Some(key) => {
            let known = found.plan.fields.iter().find(|known| known.key == key);
            known.map_or(key, |known| known.name.in_locale(words.0)).to_owned()
        }
        None => words.of("field", field),
    });
    names.collect::<Vec<_>>().join(", ")
}
