//! What differs between two plans.

use heard_kernel::{Error, Result};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::plans::model::{Plan, Text};

/// What differs in one section of two plans.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = PlanSectionChanges)]
pub struct SectionChanges {
    /// The section: `categories`, `clocks`, `closing` …
    pub section: String,
    /// What is new.
    pub added: Vec<Entry>,
    /// What is gone.
    pub removed: Vec<Entry>,
    /// What is different.
    pub changed: Vec<Change>,
    /// What is in both stands in another order.
    pub reordered: bool,
}

/// A thing of a plan.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = PlanEntry)]
pub struct Entry {
    /// Its key, or its place in the list when it has none.
    pub key: String,
    /// Its name.
    #[schema(required = true)]
    pub name: Option<Text>,
    /// All of it.
    pub value: Value,
}

/// A thing that is in both plans and not the same.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = PlanChange)]
pub struct Change {
    /// Its key; empty for a section that is one thing.
    pub key: String,
    /// Its present name.
    #[schema(required = true)]
    pub name: Option<Text>,
    /// What differs in it.
    pub fields: Vec<FieldChange>,
}

/// A value that differs.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = PlanFieldChange)]
pub struct FieldChange {
    /// Where, as `stages[handle].needs` or `policy.days`; entries of lists by their keys.
    pub path: String,
    /// What it was; `null` when it was not there.
    pub old: Value,
    /// What it is; `null` when it is no longer there.
    pub new: Value,
}

/// What differs between two plans, section by section; sections without a difference are left out.
///
/// # Errors
/// `internal` when a plan cannot be written as JSON.
pub(crate) fn compare(old: &Plan, new: &Plan) -> Result<Vec<SectionChanges>> {
    let (old, new) = (document(old)?, document(new)?);
    let mut found = Vec::new();
    for (section, after) in &new {
        let before = old.get(section).unwrap_or(&Value::Null);
        if before == after {
            continue;
        }
        found.push(match (before, after) {
            (Value::Array(before), Value::Array(after)) => lists(section, before, after),
            _ => whole(section, before, after),
        });
    }
    Ok(found)
}

fn document(plan: &Plan) -> Result<Map<String, Value>> {
    match serde_json::to_value(plan) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(Error::internal("a plan is not an object")),
        Err(error) => Err(Error::internal(error)),
    }
}

fn whole(section: &str, before: &Value, after: &Value) -> SectionChanges {
    let mut fields = Vec::new();
    differences("", before, after, &mut fields);
    let changed = vec![Change { key: String::new(), name: None, fields }];
    let section = section.to_owned();
    SectionChanges { section, added: Vec::new(), removed: Vec::new(), changed, reordered: false }
}

fn lists(section: &str, before: &[Value], after: &[Value]) -> SectionChanges {
    let (before, after) = (keyed(before), keyed(after));
    let find = |list: &[(String, Value)], key: &str| {
        list.iter().find(|(own, _)| own == key).map(|(_, value)| value.clone())
    };
    let missing_in = |list: &[(String, Value)], other: &[(String, Value)]| -> Vec<Entry> {
        let missing = list.iter().filter(|(key, _)| find(other, key).is_none());
        missing
            .map(|(key, value)| Entry { key: key.clone(), name: name_of(value), value: value.clone() })
            .collect()
    };
    let mut changed = Vec::new();
    for (key, value) in &after {
        let Some(earlier) = find(&before, key) else { continue };
        let mut fields = Vec::new();
        differences("", &earlier, value, &mut fields);
        if !fields.is_empty() {
            changed.push(Change { key: key.clone(), name: name_of(value), fields });
        }
    }
    let order = |list: &[(String, Value)], other: &[(String, Value)]| -> Vec<String> {
        list.iter().map(|(key, _)| key).filter(|key| find(other, key).is_some()).cloned().collect()
    };
    SectionChanges {
        section: section.to_owned(),
        added: missing_in(&after, &before),
        removed: missing_in(&before, &after),
        changed,
        reordered: order(&before, &after) != order(&after, &before),
    }
}

/// The entries of a list by their keys, or by their places when they have none.
fn keyed(list: &[Value]) -> Vec<(String, Value)> {
    let key = |index: usize, value: &Value| match value.get("key").and_then(Value::as_str) {
        Some(key) => key.to_owned(),
        None => (index + 1).to_string(),
    };
    list.iter().enumerate().map(|(index, value)| (key(index, value), value.clone())).collect()
}

fn name_of(value: &Value) -> Option<Text> {
    let name = value.get("name").or_else(|| value.get("title"))?;
    serde_json::from_value(name.clone()).ok()
}

/// Walks down to the values that differ. Lists of things with keys are matched by key; other lists are one value.
fn differences(path: &str, old: &Value, new: &Value, found: &mut Vec<FieldChange>) {
    if old == new {
        return;
    }
    let has_keys = |list: &[Value]| list.iter().all(|value| value.get("key").is_some());
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => {
            let gone = before.keys().filter(|name| !after.contains_key(*name));
            for name in after.keys().chain(gone) {
                let step = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let side = |map: &Map<String, Value>| map.get(name).cloned().unwrap_or_default();
                differences(&step, &side(before), &side(after), found);
            }
        }
        (Value::Array(before), Value::Array(after)) if has_keys(before) && has_keys(after) => {
            let changes = lists("", before, after);
            let place = |key: &str| format!("{path}[{key}]");
            for entry in changes.removed {
                found.push(FieldChange { path: place(&entry.key), old: entry.value, new: Value::Null });
            }
            for entry in changes.added {
                found.push(FieldChange { path: place(&entry.key), old: Value::Null, new: entry.value });
            }
            for change in changes.changed {
                found.extend(change.fields.into_iter().map(|field| FieldChange {
                    path: format!("{}.{}", place(&change.key), field.path),
                    ..field
                }));
            }
            if changes.reordered {
                let order = |list: &[Value]| keyed(list).into_iter().map(|(key, _)| key.into()).collect();
                found.push(FieldChange {
                    path: path.to_owned(),
                    old: Value::Array(order(before)),
                    new: Value::Array(order(after)),
                });
            }
        }
        _ => found.push(FieldChange { path: path.to_owned(), old: old.clone(), new: new.clone() }),
    }
}
