//! The document that describes a calendar, as people and programs write it. All values are text here; the rules
//! module reads them and says precisely what is wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, de};

use super::{
    arrangement::Arrangements,
    compiled::Calendar,
    problem::{Problem, Problems, codes},
    reading,
    rules::DayRules,
    span::SpanText,
};

/// The largest document that is read.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// The names of a document's fields.
pub(super) const FIELDS: &[&str] = &[
    "name",
    "kind",
    "time_zone",
    "tz",
    "timezone",
    "arrangement",
    "week",
    "holidays",
    "make_up",
    "exceptions",
];

/// How a calendar counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CalendarKind)]
pub enum Kind {
    /// By shifts, holidays and exceptions.
    #[default]
    #[serde(rename = "shifts")]
    Shifts,
    /// Around the clock; every day counts.
    #[serde(rename = "24x7", alias = "24×7", alias = "always")]
    AlwaysOpen,
}

/// A calendar as it is written and stored: JSON or TOML.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CalendarDefinition)]
pub struct Definition {
    /// Name for people, unique among calendars.
    #[serde(default)]
    pub name: String,
    /// How it counts.
    #[serde(default)]
    pub kind: Kind,
    /// IANA time zone.
    #[serde(default = "default_zone", alias = "tz", alias = "timezone")]
    pub time_zone: String,
    /// Official arrangement of holidays and make-up workdays, `cn` for mainland China.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrangement: Option<String>,
    /// Weekly shifts by weekday (`mon` … `sun`, also `mon-fri`), several spans a day; days left out are free.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub week: BTreeMap<String, Vec<SpanText>>,
    /// Days off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
    /// Days worked instead of another weekday (调休).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub make_up: Vec<MakeUpDay>,
    /// Days with spans of their own, before everything else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<ExceptionDay>,
}

fn default_zone() -> String {
    "Asia/Shanghai".to_owned()
}

/// A day off: one `date`, `from` and `to` inclusive, or `yearly` as `MM-DD`. Also read from a plain date.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, utoipa::ToSchema)]
pub struct Holiday {
    /// One day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// First day of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The same day of each year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yearly: Option<String>,
    /// Name for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
}

impl Holiday {
    /// One day off.
    pub fn on(date: impl Into<String>, name: impl Into<String>) -> Self {
        Self { date: Some(date.into()), name: name.into(), ..Self::default() }
    }
}

impl<'de> Deserialize<'de> for Holiday {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            date: Option<String>,
            from: Option<String>,
            to: Option<String>,
            yearly: Option<String>,
            #[serde(default)]
            name: String,
        }
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Holiday;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a date or an object with date, from and to, or yearly")
            }
            fn visit_str<E: de::Error>(self, date: &str) -> Result<Holiday, E> {
                Ok(Holiday::on(date, ""))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Holiday, A::Error> {
                let full = Full::deserialize(de::value::MapAccessDeserializer::new(map))?;
                let Full { date, from, to, yearly, name } = full;
                Ok(Holiday { date, from, to, yearly, name })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// A day worked with the shifts of another weekday.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeUpDay {
    /// The day.
    pub date: String,
    /// The weekday whose shifts it uses.
    #[serde(rename = "as")]
    pub as_weekday: String,
    /// Name for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// A day with spans of its own; without spans it is free.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExceptionDay {
    /// The day.
    pub date: String,
    /// Its spans.
    #[serde(default)]
    pub spans: Vec<SpanText>,
    /// Name for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

impl Definition {
    /// Reads JSON.
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        check_size(text)?;
        reading::json(text)
    }

    /// Reads TOML.
    pub fn from_toml(text: &str) -> Result<Self, Problems> {
        check_size(text)?;
        reading::toml(text)
    }

    /// Reads a JSON value.
    pub fn from_value(value: serde_json::Value) -> Result<Self, Problems> {
        reading::value(value)
    }

    /// Checks the document and makes it answer questions. All that is wrong is reported at once.
    pub fn compile(&self, arrangements: &Arrangements) -> Result<Calendar, Problems> {
        let mut problems = Vec::new();
        let length = self.name.trim().chars().count();
        if length == 0 || length > 100 {
            problems.push(Problem::new("name", codes::NAME_INVALID).with("max", 100));
        }
        let zone =
            super::compiled::zone(&self.time_zone, "time_zone").map_err(|problem| problems.push(problem));
        let rules = DayRules::of(self, arrangements, &mut problems);
        Problems::none_of(problems)?;
        match zone {
            Ok(zone) => Ok(Calendar::new(self.name.trim(), &self.time_zone, zone, rules)),
            Err(()) => {
                Err(Problem::new("time_zone", codes::TIME_ZONE_UNKNOWN).with("value", &self.time_zone).into())
            }
        }
    }
}

pub(crate) fn check_size(text: &str) -> Result<(), Problems> {
    if text.len() > MAX_BYTES {
        return Err(Problem::new("", codes::FILE_TOO_LARGE).with("max", MAX_BYTES).into());
    }
    Ok(())
}
