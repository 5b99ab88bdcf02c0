//! The calendars that have a name: built in, or read from a file.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;

use super::{
    arrangement::{ArrangementYear, Arrangements},
    compiled::Calendar,
    definition::{Definition, Kind, check_size, syntax},
    problem::{Problem, Problems, codes},
    span::SpanText,
};

/// Calendars by name, with the arrangements that they use.
#[derive(Clone, Debug)]
pub struct Calendars {
    arrangements: Arrangements,
    definitions: BTreeMap<String, Definition>,
    compiled: BTreeMap<String, Arc<Calendar>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(alias = "calendar")]
    calendars: Vec<Definition>,
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

    /// Adds the calendars of a file: a definition, a list of them, or an object with `calendars`, in JSON; or
    /// `[[calendar]]` tables in TOML. Returns their names. Nothing is added when one of them is wrong.
    pub fn load(&mut self, text: &str) -> Result<Vec<String>, Problems> {
        check_size(text)?;
        let start = text.trim_start_matches('\u{feff}').trim_start();
        let definitions = if start.starts_with('[') && !start.starts_with("[[") {
            serde_json::from_str(start).map_err(syntax)?
        } else if start.starts_with('{') {
            let value: serde_json::Value = serde_json::from_str(start).map_err(syntax)?;
            if value.get("calendars").or_else(|| value.get("calendar")).is_some() {
                serde_json::from_str::<File>(start).map_err(syntax)?.calendars
            } else {
                vec![Definition::from_json(start)?]
            }
        } else {
            toml::from_str::<File>(start).map_err(|error| syntax(error.to_string().trim_end()))?.calendars
        };
        let mut changed = self.clone();
        let mut names = Vec::new();
        for (index, definition) in definitions.into_iter().enumerate() {
            let calendar = changed
                .insert(definition)
                .map_err(|problems| problems.below(&format!("calendars[{index}]")))?;
            let name = calendar.name().to_owned();
            if names.contains(&name) {
                let place = format!("calendars[{index}].name");
                return Err(Problem::new(&place, codes::DATE_TWICE).with("date", name).into());
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
