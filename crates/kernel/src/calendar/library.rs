//! The calendars that have a name: built in, or read from a file.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;

use super::{
    arrangement::{ArrangementYear, Arrangements},
    compiled::Calendar,
    definition::{Definition, FIELDS, Kind, check_size},
    problem::{Problem, Problems, codes},
    reading,
    span::SpanText,
};

/// The calendar that counts where none is named, until another is chosen.
pub const DEFAULT_CALENDAR: &str = "cn-workday";

/// Calendars by name, with the arrangements that they use.
#[derive(Clone, Debug)]
pub struct Calendars {
    arrangements: Arrangements,
    definitions: BTreeMap<String, Definition>,
    compiled: BTreeMap<String, Arc<Calendar>>,
}

/// What a file calls its calendars.
const LIST: &str = "calendars";

/// A calendar of a file before it is read.
struct Entry {
    /// Where it stands, with its name where it has one.
    place: String,
    /// The name that a map gives it.
    key: Option<String>,
    document: Value,
}

impl Calendars {
    /// The built-in calendars:
    /// - `cn-workday`: Monday to Friday 9–12 and 13–18, Chinese arrangement;
    /// - `cn-office-9-18`: Monday to Friday 9–18, Chinese arrangement;
    /// - `24x7`: around the clock, in China's time zone;
    /// - `weekdays-utc`: Monday to Friday around the clock in UTC, without holidays.
    pub fn builtin() -> Self {
        let week = |spans: &[&str]| {
            let spans: Vec<SpanText> = spans.iter().copied().map(SpanText::from).collect();
            BTreeMap::from([("mon-fri".to_owned(), spans)])
        };
        let china = |name: &str, spans: &[&str]| Definition {
            name: name.to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
            arrangement: Some("cn".to_owned()),
            week: week(spans),
            ..Definition::default()
        };
        let mut calendars = Self {
            arrangements: Arrangements::builtin(),
            definitions: BTreeMap::new(),
            compiled: BTreeMap::new(),
        };
        for definition in [
            china("cn-workday", &["09:00-12:00", "13:00-18:00"]),
            china("cn-office-9-18", &["09:00-18:00"]),
            Definition {
                name: "24x7".to_owned(),
                kind: Kind::AlwaysOpen,
                time_zone: "Asia/Shanghai".to_owned(),
                ..Definition::default()
            },
            Definition {
                name: "weekdays-utc".to_owned(),
                time_zone: "UTC".to_owned(),
                week: week(&["00:00-24:00"]),
                ..Definition::default()
            },
        ] {
            // These are part of the program and compiled by the tests: nothing can be wrong with them here.
            let _ = calendars.insert(definition);
        }
        calendars
    }

    /// Adds a calendar or replaces the one of its name.
    pub fn insert(&mut self, definition: Definition) -> Result<Arc<Calendar>, Problems> {
        let calendar = Arc::new(definition.compile(&self.arrangements)?);
        self.compiled.insert(calendar.name().to_owned(), Arc::clone(&calendar));
        self.definitions.insert(calendar.name().to_owned(), definition);
        Ok(calendar)
    }

    /// Adds the calendars of a file and returns their names: a definition, a list of them or a map of names to them, plain
    /// or as `calendars`; in JSON, with a definition a line (JSON Lines), or in TOML. Nothing is added when one of them is
    /// wrong.
    pub fn load(&mut self, text: &str) -> Result<Vec<String>, Problems> {
        check_size(text)?;
        let mut changed = self.clone();
        let mut names: Vec<String> = Vec::new();
        for Entry { place, key, document } in entries(text)? {
            let mut definition =
                Definition::from_value(document).map_err(|problems| problems.below(&place))?;
            if let Some(key) = key {
                if !definition.name.is_empty() && definition.name.trim() != key.trim() {
                    let problem = Problem::new(format!("{place}.name"), codes::NAMES_DIFFER);
                    return Err(problem.with("value", definition.name).with("key", key).into());
                }
                definition.name = key;
            }
            let calendar = changed.insert(definition).map_err(|problems| problems.below(&place))?;
            let name = calendar.name().to_owned();
            if names.contains(&name) {
                return Err(Problem::new(format!("{place}.name"), codes::DATE_TWICE)
                    .with("date", name)
                    .into());
            }
            names.push(name);
        }
        *self = changed;
        Ok(names)
    }

    /// Adds years to an arrangement and compiles again the calendars that use it. Returns the years.
    pub fn load_arrangement(&mut self, name: &str, text: &str) -> Result<Vec<i32>, Problems> {
        self.with_arrangement(name, |arrangements| arrangements.merge(name, text))
    }

    /// Like [`Calendars::load_arrangement`], with years as people edit them.
    pub fn put_years(&mut self, name: &str, years: &[ArrangementYear]) -> Result<Vec<i32>, Problems> {
        self.with_arrangement(name, |arrangements| arrangements.put_years(name, years))
    }

    fn with_arrangement(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut Arrangements) -> Result<Vec<i32>, Problems>,
    ) -> Result<Vec<i32>, Problems> {
        let mut changed = self.clone();
        let years = change(&mut changed.arrangements)?;
        let users =
            self.definitions.values().filter(|definition| definition.arrangement.as_deref() == Some(name));
        for definition in users {
            changed.insert(definition.clone())?;
        }
        *self = changed;
        Ok(years)
    }

    /// The calendar of this name.
    pub fn get(&self, name: &str) -> Result<&Arc<Calendar>, Problem> {
        self.compiled.get(name).ok_or_else(|| self.unknown(name))
    }

    /// The document of the calendar of this name.
    pub fn definition(&self, name: &str) -> Result<&Definition, Problem> {
        self.definitions.get(name).ok_or_else(|| self.unknown(name))
    }

    /// The arrangements that definitions can name.
    pub fn arrangements(&self) -> &Arrangements {
        &self.arrangements
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.compiled.keys().map(String::as_str)
    }

    fn unknown(&self, name: &str) -> Problem {
        let known = self.names().collect::<Vec<_>>().join(", ");
        Problem::new("calendar", codes::CALENDAR_UNKNOWN).with("value", name).with("known", known)
    }
}

/// The calendars that a file holds, in their order.
fn entries(text: &str) -> Result<Vec<Entry>, Problems> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with(['{', '[']) {
        return below_key(reading::toml_value(start)?);
    }
    // One document, or one a line.
    let read: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(start).into_iter().collect();
    match read {
        Ok(documents) => match <[Value; 1]>::try_from(documents) {
            Ok([document]) => below_key(document),
            Err(documents) => listed(documents, LIST),
        },
        // A table of TOML, `[name]`, begins like a list.
        Err(json) if start.starts_with('[') => match reading::toml_value(start) {
            Ok(document) => below_key(document),
            Err(toml) if start.lines().next().is_some_and(|line| line.trim_end().ends_with(']')) => Err(toml),
            Err(_) => Err(reading::json_syntax(&json)),
        },
        Err(json) => Err(reading::json_syntax(&json)),
    }
}

/// What stands below `calendars`, or the whole.
fn below_key(document: Value) -> Result<Vec<Entry>, Problems> {
    let Value::Object(mut fields) = document else { return several(document, LIST) };
    match [LIST, "calendar"].into_iter().find(|key| fields.contains_key(*key)) {
        Some(key) => {
            let below = fields.remove(key).unwrap_or_default();
            match fields.keys().next() {
                Some(other) => Err(super::nearest::unknown(other, other, &[key]).into()),
                None => several(below, key),
            }
        }
        // A map has names of its own and a definition behind each of them.
        None if !fields.is_empty()
            && fields.values().all(Value::is_object)
            && !fields.keys().any(|key| FIELDS.contains(&key.as_str())) =>
        {
            several(Value::Object(fields), LIST)
        }
        None => Ok(vec![Entry { place: String::new(), key: None, document: Value::Object(fields) }]),
    }
}

fn several(documents: Value, place: &str) -> Result<Vec<Entry>, Problems> {
    match documents {
        Value::Array(list) => listed(list, place),
        Value::Object(map) => {
            let entry = |(name, document): (String, Value)| Entry {
                place: format!("{place}.{name}"),
                key: Some(name),
                document,
            };
            Ok(map.into_iter().map(entry).collect())
        }
        _ => Err(reading::not_calendars(place).into()),
    }
}

fn listed(list: Vec<Value>, place: &str) -> Result<Vec<Entry>, Problems> {
    let entry = |(index, document): (usize, Value)| {
        let name = document.get("name").and_then(Value::as_str).filter(|name| !name.trim().is_empty());
        let name = name.map(|name| format!(" ({})", name.trim())).unwrap_or_default();
        Entry { place: format!("{place}[{index}]{name}"), key: None, document }
    };
    Ok(list.into_iter().enumerate().map(entry).collect())
}
