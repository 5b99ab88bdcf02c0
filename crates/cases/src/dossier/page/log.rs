//! Events of the log in words.

use serde_json::Value;
use uuid::Uuid;

use super::super::gather::{Gathered, ids_in};
use crate::{
    cases::TimelineEntry,
    plans::{CauseNode, Level},
    words::Words,
};

/// Who did it.
pub(super) fn actor(found: &Gathered, entry: &TimelineEntry) -> String {
    let words = Words(found.dossier.locale);
    match (&entry.actor, entry.actor_kind.as_str()) {
        (Some(user), _) => user.name.clone(),
        (None, "contact") => words.get("customer").to_owned(),
        // What the customer says on the progress page follows the page's own rules, and is the customer's doing.
        (None, _)
            if ["case.progress_answered", "case.progress_rated", "case.progress_said"]
                .contains(&entry.kind.as_str()) =>
        {
            words.get("customer").to_owned()
        }
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
        "classified" => Some(classification(found, data)),
        "progress" => {
            let solved = data.get("solved").and_then(Value::as_bool)?;
            Some(words.of("answer", if solved { "solved" } else { "unsolved" }))
        }
        "teams" => {
            let named = |key: &str, mark: &str| -> Vec<String> {
                let names = ids_in(data, key).into_iter().filter_map(|id| found.names.get(&id));
                names.map(|name| format!("{mark} {name}")).collect()
            };
            Some([named("added", "+"), named("removed", "−")].concat().join(", "))
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

/// What a case was classified as: the category with what it lies below, then the levels.
fn classification(found: &Gathered, data: &Value) -> String {
    let (plan, locale) = (&found.plan, found.dossier.locale);
    let key = |name: &str| data.get(name).and_then(Value::as_str);
    let level = |known: Option<&Level>| known.map(|level| level.name.in_locale(locale).to_owned());
    let category = key("category_key").map(|key| category_path(found, key));
    let levels = [
        key("severity_key").and_then(|key| level(plan.severity(key))),
        key("urgency_key").and_then(|key| level(plan.urgency(key))),
        key("difficulty_key").and_then(|key| level(plan.difficulty(key))),
    ];
    let kind = key("type_key").and_then(|key| plan.case_type(key));
    let kind = kind.map(|kind| kind.name.in_locale(locale).to_owned());
    [kind, category].into_iter().chain(levels).flatten().collect::<Vec<_>>().join(" · ")
}

/// A category with the names of what it lies below.
pub(super) fn category_path(found: &Gathered, key: &str) -> String {
    let names = found.plan.ancestry(key).map(|node| node.name.in_locale(found.dossier.locale));
    path(names.collect(), key)
}

/// A cause with the names of what it lies below.
pub(super) fn cause_path(found: &Gathered, key: &str) -> String {
    let plan = &found.plan;
    let above = |node: &&CauseNode| node.parent.as_deref().and_then(|parent| plan.cause(parent));
    let nodes = std::iter::successors(plan.cause(key), above).take(plan.causes.len());
    path(nodes.map(|node| node.name.in_locale(found.dossier.locale)).collect(), key)
}

fn path(mut names: Vec<&str>, key: &str) -> String {
    names.reverse();
    if names.is_empty() { key.to_owned() } else { names.join(" › ") }
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
