//! Fields of the plan: each value must be of its kind.

use heard_kernel::{Code, Error, FieldError, REQUIRED, Result, TOO_LONG, Timestamp};
use heard_web::codes::{INVALID_VALUE, UNKNOWN_VALUE};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

use crate::plans::{CaseFacts, FieldDef, FieldKind, Plan};

/// A case of this type and category has no such field (`params.field`).
pub(crate) const CASE_FIELD_UNKNOWN: Code = Code::new("case_field_unknown", 422);
/// The number or length is outside of what the field takes (`params.min`, `params.max`).
pub(crate) const CASE_FIELD_RANGE: Code = Code::new("case_field_range", 422);

/// Characters of a line and of a long text where the plan says nothing.
const LINE: usize = 500;
const LONG: usize = 20_000;

/// Whether a value says something.
pub(crate) fn has_value(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}

/// Checks values that were given; `null` removes a value and always fits.
///
/// # Errors
/// `validation_failed` naming every field that does not fit.
pub(crate) fn check_custom(plan: &Plan, facts: &CaseFacts<'_>, given: &Map<String, Value>) -> Result<()> {
    let known = plan.fields_for(facts);
    let mut wrong = Vec::new();
    for (key, value) in given {
        let refusal = match known.iter().find(|field| field.key == *key) {
            None if value.is_null() => None,
            None => Some(Error::field(key, CASE_FIELD_UNKNOWN).with("field", key)),
            Some(_) if value.is_null() => None,
            Some(field) => check_value(field, value).err(),
        };
        wrong.extend(refusal.iter().flat_map(|error| error.field_errors()).map(|found| FieldError {
            field: format!("custom.{key}"),
            code: found.code,
            params: found.params.clone(),
        }));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::fields(wrong)) }
}

fn expected(what: &'static str) -> Error {
    Error::field("value", INVALID_VALUE).with("expected", what)
}

fn check_value(field: &FieldDef, value: &Value) -> Result<()> {
    match field.kind {
        FieldKind::Text => check_text(field, value, LINE),
        FieldKind::LongText => check_text(field, value, LONG),
        FieldKind::Url => {
            check_text(field, value, 2_000)?;
            let web = |text: &str| text.starts_with("https://") || text.starts_with("http://");
            if value.as_str().is_some_and(web) { Ok(()) } else { Err(expected("https://…")) }
        }
        FieldKind::Number => match value.as_f64() {
            Some(number) => check_range(field, number),
            None => Err(expected("a number")),
        },
        FieldKind::Money => match value.as_i64() {
            Some(amount) => check_range(field, amount as f64),
            None => Err(expected("a whole number of minor units")),
        },
        FieldKind::Date => match value.as_str().map(str::parse::<jiff::civil::Date>) {
            Some(Ok(_)) => Ok(()),
            _ => Err(expected("a day such as 2026-09-20")),
        },
        FieldKind::Instant => match value.as_str().map(str::parse::<Timestamp>) {
            Some(Ok(_)) => Ok(()),
            _ => Err(expected("a time such as 2026-09-20T08:00:00Z")),
        },
        FieldKind::Flag if value.is_boolean() => Ok(()),
        FieldKind::Flag => Err(expected("true or false")),
        FieldKind::Choice => check_choice(field, value),
        FieldKind::Choices => match value.as_array() {
            Some(items) => items.iter().try_for_each(|item| check_choice(field, item)),
            None => Err(expected("a list of options")),
        },
    }
}

fn check_text(field: &FieldDef, value: &Value, longest: usize) -> Result<()> {
    let Some(text) = value.as_str() else { return Err(expected("a text")) };
    let length = text.chars().count();
    let max = field.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(longest);
    if length > max {
        return Err(Error::field("value", TOO_LONG).with("max", max));
    }
    let min = field.min.and_then(|min| usize::try_from(min).ok()).unwrap_or(0);
    match (length, min) {
        (0, 1..) => Err(Error::field("value", REQUIRED)),
        _ if length < min => Err(out_of_range(field)),
        _ => Ok(()),
    }
}

#[allow(clippy::cast_precision_loss, reason = "bounds of plans are small")]
fn check_range(field: &FieldDef, number: f64) -> Result<()> {
    let below = field.min.is_some_and(|min| number < min as f64);
    let above = field.max.is_some_and(|max| number > max as f64);
    if below || above { Err(out_of_range(field)) } else { Ok(()) }
}

fn out_of_range(field: &FieldDef) -> Error {
    let params = BTreeMap::from([("min", field.min.into()), ("max", field.max.into())]);
    Error::fields(vec![FieldError { field: "value".to_owned(), code: CASE_FIELD_RANGE, params }])
}

fn check_choice(field: &FieldDef, value: &Value) -> Result<()> {
    let known = value.as_str().is_some_and(|key| field.options.iter().any(|option| option.key == key));
    if known {
        return Ok(());
    }
    let allowed: Vec<&str> = field.options.iter().map(|option| option.key.as_str()).collect();
    Err(Error::field("value", UNKNOWN_VALUE).with("allowed", allowed))
}
