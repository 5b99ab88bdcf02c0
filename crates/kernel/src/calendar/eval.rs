//! The calculator for whoever doubts a deadline: one JSON object in, one out.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{Locale, Timestamp};

use super::{
    compiled::Calendar,
    days::DayMode,
    definition::Definition,
    library::{Calendars, DEFAULT_CALENDAR},
    nearest::{nearest, unknown},
    outcome::{Demand, MAX_DAYS, MAX_MINUTES, Outcome, Pause, amount, minutes},
    problem::{Problem, ProblemLine, Problems, codes},
    reading,
};

/// The built-in calendar that people also write 24×7 and 24/7.
const ALWAYS_OPEN: &str = "24x7";
const KINDS: &str = "add_working_minutes, add_working_days, working_minutes_between, clock_with_pauses";
const FIELDS: &[&str] =
    &["kind", "calendar", "tz", "start", "end", "minutes", "days", "mode", "pauses", "id"];
/// Fields that callers keep for themselves; so are those that begin with `_` or `x-`.
const OWN: &[&str] =
    &["note", "notes", "comment", "comments", "expect", "expected", "name", "title", "description"];
/// The fields that say how much, with the kinds that use them.
const AMOUNTS: &[(&str, &[&str])] = &[
    ("minutes", &["add_working_minutes", "clock_with_pauses"]),
    ("days", &["add_working_days", "clock_with_pauses"]),
    ("mode", &["add_working_days", "clock_with_pauses"]),
    ("end", &["working_minutes_between"]),
];

/// A question to the calculator, as a line of `heard clock eval` holds it. Only its fields were looked at: a name that
/// looks like a mistyped one of [`FIELDS`] is refused, since what it says would be missing.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    fields: Map<String, Value>,
    /// Names that mean nothing here.
    unknown: Vec<String>,
}

/// Answers one line of `heard clock eval`: `due` or `minutes`, warnings where there are some, and with `explain` the
/// reasons. A bad line is answered with `error`. The answer is one line without its line end.
pub fn eval_line(line: &str, calendars: &Calendars, explain: bool) -> String {
    let parsed = serde_json::from_str::<Value>(line).map_err(|error| reading::json_syntax(&error));
    let id = parsed.as_ref().ok().and_then(|value| value.get("id")).cloned();
    let answer = parsed
        .and_then(Question::read)
        .and_then(|question| question.answer(calendars, DEFAULT_CALENDAR, explain));
    let mut answer = match answer {
        Ok(answer) => Value::Object(answer),
        Err(problems) => json!({ "error": ProblemLine::from(problems.first()) }),
    };
    if let (Some(id), Some(object)) = (id, answer.as_object_mut()) {
        object.insert("id".to_owned(), id);
    }
    answer.to_string()
}

impl Question {
    /// Reads a JSON object. A field with `null` counts as left out.
    pub fn read(value: Value) -> Result<Self, Problems> {
        let Value::Object(mut fields) = value else { return Err(reading::not_an_object("").into()) };
        fields.retain(|_, value| !value.is_null());
        let mut ignored = Vec::new();
        for name in fields.keys().filter(|name| !FIELDS.contains(&name.as_str()) && !is_own(name)) {
            match nearest(name, FIELDS) {
                // What is given under both names is not missing.
                Some(meant) if !fields.contains_key(meant) => return Err(unknown(name, name, FIELDS).into()),
                _ => ignored.push(name.clone()),
            }
        }
        Ok(Self { fields, unknown: ignored })
    }

    fn field(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)
    }

    fn text(&self, name: &str) -> Result<Option<&str>, Problem> {
        self.field(name).map(|value| value.as_str().ok_or_else(|| reading::not_text(name))).transpose()
    }

    /// The answer: `due` or `minutes`, warnings where there are some, and with `explain` the reasons. Where no calendar is
    /// named, the one with the name `default` counts.
    pub fn answer(
        &self,
        calendars: &Calendars,
        default: &str,
        explain: bool,
    ) -> Result<Map<String, Value>, Problems> {
        let kind = self.text("kind")?.ok_or_else(|| missing("kind"))?;
        let demand = match kind {
            "add_working_minutes" => Some(self.minutes()?),
            "add_working_days" => Some(self.days()?),
            "working_minutes_between" => None,
            "clock_with_pauses" if self.field("days").is_some() => Some(self.days()?),
            "clock_with_pauses" => Some(self.minutes()?),
            _ => {
                let problem = Problem::new("kind", codes::KIND_UNKNOWN);
                return Err(problem.with("value", kind).with("known", KINDS).into());
            }
        };
        let calendar = self.calendar(calendars, default)?;
        let start = instant("start", self.field("start"))?;
        let pauses = pauses(self.field("pauses"))?;
        let outcome = match demand {
            Some(demand) => calendar.clock_with_pauses(start, demand, &pauses)?,
            None => calendar.measure(start, instant("end", self.field("end"))?, &pauses)?,
        };
        let asides = Asides { default: self.field("calendar").is_none(), ignored: self.ignored(kind) };
        Ok(written(&outcome, &calendar, explain, &asides))
    }

    /// The fields that this kind of question has no use for.
    fn ignored(&self, kind: &str) -> Vec<Ignored> {
        let unused = AMOUNTS.iter().filter(|(name, kinds)| {
            let other = kind == "clock_with_pauses"
                && match *name {
                    "minutes" => self.field("days").is_some(),
                    "mode" => self.field("days").is_none(),
                    _ => false,
                };
            self.field(name).is_some() && (other || !kinds.contains(&kind))
        });
        let unused = unused.map(|(name, _)| Ignored::UnusedField { field: (*name).to_owned() });
        self.unknown
            .iter()
            .map(|field| Ignored::UnknownField { field: field.clone() })
            .chain(unused)
            .collect()
    }

    fn minutes(&self) -> Result<Demand, Problem> {
        Ok(Demand::WorkingMinutes { minutes: whole("minutes", self.field("minutes"), MAX_MINUTES)? })
    }

    fn days(&self) -> Result<Demand, Problem> {
        let days = whole("days", self.field("days"), i64::from(MAX_DAYS))?;
        Ok(Demand::WorkingDays {
            days: u32::try_from(days).unwrap_or(MAX_DAYS),
            mode: mode(self.field("mode"))?,
        })
    }

    fn calendar(&self, calendars: &Calendars, default: &str) -> Result<Arc<Calendar>, Problems> {
        let zone = self.text("tz")?;
        let mut definition = match self.field("calendar") {
            None if zone.is_none() => return Ok(Arc::clone(calendars.get(default)?)),
            None => calendars.definition(default)?.clone(),
            Some(Value::String(name)) if matches!(name.as_str(), "24×7" | "24/7") => {
                calendars.definition(ALWAYS_OPEN)?.clone()
            }
            Some(Value::String(name)) if zone.is_none() => return Ok(Arc::clone(calendars.get(name)?)),
            Some(Value::String(name)) => calendars.definition(name)?.clone(),
            Some(inline @ Value::Object(_)) => {
                Definition::from_value(inline.clone()).map_err(|problems| problems.below("calendar"))?
            }
            Some(_) => return Err(reading::not_a_calendar("calendar").into()),
        };
        if let Some(zone) = zone {
            super::compiled::zone(zone, "tz")?;
            zone.clone_into(&mut definition.time_zone);
        }
        if definition.name.is_empty() {
            "inline".clone_into(&mut definition.name);
        }
        let compiled = definition.compile(calendars.arrangements());
        compiled.map(Arc::new).map_err(|problems| problems.below("calendar"))
    }
}

/// Names that a caller may use for its own sake.
fn is_own(name: &str) -> bool {
    OWN.contains(&name)
        || name.starts_with(['_', '#', '$', '@'])
        || name.starts_with("x-")
        || name.starts_with("x_")
}

/// A field that changed nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
enum Ignored {
    /// Nobody knows it.
    UnknownField { field: String },
    /// Other kinds of questions use it.
    UnusedField { field: String },
}

impl Ignored {
    fn text(&self, locale: Locale) -> String {
        match (self, locale) {
            (Self::UnknownField { field }, Locale::ZhCn) => format!("字段“{field}”未知，未予考虑。"),
            (Self::UnknownField { field }, Locale::En) => {
                format!("The field \"{field}\" is unknown and was left out of account.")
            }
            (Self::UnusedField { field }, Locale::ZhCn) => format!("此类问题不用字段“{field}”，未予考虑。"),
            (Self::UnusedField { field }, Locale::En) => {
                format!("This question has no use for the field \"{field}\", which was left out of account.")
            }
        }
    }
}

/// What a question says beside what it asks.
struct Asides {
    /// No calendar was named.
    default: bool,
    ignored: Vec<Ignored>,
}

fn missing(field: &str) -> Problem {
    Problem::new(field, codes::FIELD_MISSING).with("field", field)
}

fn instant(field: &str, value: Option<&Value>) -> Result<Timestamp, Problem> {
    let value = value.ok_or_else(|| missing(field))?;
    let parsed = value.as_str().and_then(|text| text.trim().parse().ok());
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    parsed.ok_or_else(|| Problem::new(field, codes::INSTANT_INVALID).with("value", shown))
}

/// How working days are counted, with hyphens, spaces or capitals as people write it.
fn mode(value: Option<&Value>) -> Result<DayMode, Problem> {
    let Some(value) = value else { return Ok(DayMode::default()) };
    let name = value.as_str().unwrap_or_default().trim().to_lowercase().replace(['-', ' '], "_");
    serde_json::from_value(Value::String(name))
        .map_err(|_| reading::shape("mode", ("same_time | end_of_day", "same_time 或 end_of_day")))
}

/// `[[from, to], …]`; with `null` instead of the second instant the pause lasts.
fn pauses(value: Option<&Value>) -> Result<Vec<Pause>, Problem> {
    const SHAPE: (&str, &str) = (
        "[[from, to], …], null instead of to for a pause that lasts",
        "[[开始, 结束], …]，仍在暂停的写 null 代替结束",
    );
    let Some(value) = value else { return Ok(Vec::new()) };
    let list = value.as_array().ok_or_else(|| reading::shape("pauses", SHAPE))?;
    let pause = |(index, value): (usize, &Value)| {
        let ends = value.as_array().map(Vec::as_slice);
        let (from, to) = match ends {
            Some([from, to]) => (from, Some(to).filter(|to| !to.is_null())),
            _ => return Err(reading::shape(&format!("pauses[{index}]"), SHAPE)),
        };
        let from = instant(&format!("pauses[{index}][0]"), Some(from))?;
        let to = to.map(|to| instant(&format!("pauses[{index}][1]"), Some(to))).transpose()?;
        Ok(Pause { from, to })
    };
    list.iter().enumerate().map(pause).collect()
}

fn whole(field: &str, value: Option<&Value>, max: i64) -> Result<i64, Problem> {
    let value = value.ok_or_else(|| missing(field))?;
    #[allow(clippy::cast_possible_truncation, reason = "a whole number within the range was checked")]
    let integral = |number: &f64| (number.fract() == 0.0 && number.abs() < 1e15).then_some(*number as i64);
    let number = value.as_i64().or_else(|| value.as_f64().as_ref().and_then(integral));
    number.filter(|number| (0..=max).contains(number)).ok_or_else(|| amount(field, max))
}

fn written(outcome: &Outcome, calendar: &Calendar, explain: bool, asides: &Asides) -> Map<String, Value> {
    let local = |at: Timestamp| {
        let zoned = calendar.local(at);
        Value::String(zoned.timestamp().display_with_offset(zoned.offset()).to_string())
    };
    let mut answer = Map::new();
    let mut put = |name: &str, value: Value| drop(answer.insert(name.to_owned(), value));
    if outcome.demand.is_some() {
        put("due", outcome.due.map_or(Value::Null, local));
    } else {
        put("minutes", minutes(outcome.millis).into());
    }
    if outcome.due.is_none() {
        put("paused", true.into());
    }
    let warnings: Vec<_> =
        asides.ignored.iter().map(to_value).chain(outcome.warnings.iter().map(to_value)).collect();
    if !warnings.is_empty() {
        put("warnings", warnings.into());
    }
    if explain || asides.default {
        put("calendar", outcome.calendar.clone().into());
    }
    if explain {
        let spans = outcome.counted.iter();
        let spans =
            spans.map(|span| json!({ "date": span.date, "from": local(span.from), "to": local(span.to) }));
        put("spans", spans.collect());
        if outcome.counted_omitted > 0 {
            put("spans_omitted", outcome.counted_omitted.into());
        }
        put("tz", outcome.time_zone.clone().into());
        if let Some(opening) = outcome.opening {
            put("opening", local(opening));
        }
        put("working_minutes", minutes(outcome.millis).into());
        if !outcome.days.is_empty() {
            put("days", to_value(&outcome.days));
        }
        put("notes", to_value(&outcome.notes));
        let pauses = outcome.pauses.iter().map(
            |pause| json!({ "from": local(pause.from), "to": pause.to.map(local), "minutes": minutes(pause.millis) }),
        );
        put("pauses", pauses.collect());
        let words = |locale| to_value(told(outcome, calendar, asides, locale));
        put("explanation", json!({ "zh-CN": words(Locale::ZhCn), "en": words(Locale::En) }));
    }
    answer
}

/// The explanation with what is to be said about the question itself.
fn told(outcome: &Outcome, calendar: &Calendar, asides: &Asides, locale: Locale) -> Vec<String> {
    let mut lines = outcome.exact_words(calendar, locale);
    if asides.default {
        let line = match locale {
            Locale::ZhCn => "问题未指定日历，使用默认日历。",
            Locale::En => "The question names no calendar: the default one counts.",
        };
        lines.insert(1.min(lines.len()), line.to_owned());
    }
    lines.extend(asides.ignored.iter().map(|ignored| ignored.text(locale)));
    let conventions = match locale {
        Locale::ZhCn => {
            "约定：时间段含起点、不含终点，下班时刻已在工作时间之外；起点在工作时间之外的，移到下一个上班时刻；到期取工作时间恰好用完的最早时刻，落在下班时刻的不再后移；重叠的暂停只算一次；跨午夜的班次属于开始的那一天。"
        }
        Locale::En => {
            "Conventions: spans hold their start and not their end, so closing time is outside; a start outside working time moves to the next opening; working time ends at the earliest instant at which it has elapsed, so a result on closing time stays there; overlapping pauses count once; a span past midnight belongs to the day it starts on."
        }
    };
    lines.push(conventions.to_owned());
    lines
}

fn to_value(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}
