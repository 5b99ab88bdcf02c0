//! The calculator for whoever doubts a deadline: one JSON object in, one out.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{Locale, Timestamp};

use super::{
    compiled::Calendar,
    days::DayMode,
    definition::{Definition, syntax},
    library::Calendars,
    outcome::{Demand, MAX_DAYS, MAX_MINUTES, Outcome, Pause, amount, minutes},
    problem::{Problem, ProblemLine, Problems, codes},
};

/// The built-in calendar that people also write 24×7 and 24/7.
const ALWAYS_OPEN: &str = "24x7";
const KINDS: &str = "add_working_minutes, add_working_days, working_minutes_between, clock_with_pauses";

/// A question to the calculator, as a line of `heard clock eval` holds it. Fields that are not known are ignored.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Question {
    kind: Option<String>,
    calendar: Option<Value>,
    tz: Option<String>,
    start: Option<Value>,
    minutes: Option<Value>,
    days: Option<Value>,
    mode: Option<Value>,
    end: Option<Value>,
    pauses: Option<Value>,
}

/// Answers one line of `heard clock eval`: `due` or `minutes`, warnings where there are some, and with `explain` the
/// reasons. A bad line is answered with `error`. The answer is one line without its line end.
pub fn eval_line(line: &str, calendars: &Calendars, explain: bool) -> String {
    let parsed = serde_json::from_str::<Value>(line).map_err(syntax);
    let id = parsed.as_ref().ok().and_then(|value| value.get("id")).cloned();
    let answer = parsed.and_then(Question::read).and_then(|question| question.answer(calendars, explain));
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
    /// Reads a JSON object.
    pub fn read(value: Value) -> Result<Self, Problems> {
        match value.is_object() {
            true => serde_json::from_value(value).map_err(syntax),
            false => Err(syntax("expected a JSON object")),
        }
    }

    /// The answer: `due` or `minutes`, warnings where there are some, and with `explain` the reasons.
    pub fn answer(&self, calendars: &Calendars, explain: bool) -> Result<Map<String, Value>, Problems> {
        let kind = self.kind.as_deref().ok_or_else(|| missing("kind"))?;
        let demand = match kind {
            "add_working_minutes" => Some(self.minutes()?),
            "add_working_days" => Some(self.days()?),
            "working_minutes_between" => None,
            "clock_with_pauses" if self.days.is_some() => Some(self.days()?),
            "clock_with_pauses" => Some(self.minutes()?),
            _ => {
                let problem = Problem::new("kind", codes::KIND_UNKNOWN);
                return Err(problem.with("value", kind).with("known", KINDS).into());
            }
        };
        let calendar = self.calendar(calendars)?;
        let start = instant("start", self.start.as_ref())?;
        let pauses = pauses(self.pauses.as_ref())?;
        let outcome = match demand {
            Some(demand) => calendar.clock_with_pauses(start, demand, &pauses)?,
            None => calendar.measure(start, instant("end", self.end.as_ref())?, &pauses)?,
        };
        Ok(written(&outcome, &calendar, explain))
    }

    fn minutes(&self) -> Result<Demand, Problem> {
        Ok(Demand::WorkingMinutes { minutes: whole("minutes", self.minutes.as_ref(), MAX_MINUTES)? })
    }

    fn days(&self) -> Result<Demand, Problem> {
        let days = whole("days", self.days.as_ref(), i64::from(MAX_DAYS))?;
        Ok(Demand::WorkingDays {
            days: u32::try_from(days).unwrap_or(MAX_DAYS),
            mode: mode(self.mode.as_ref())?,
        })
    }

    fn calendar(&self, calendars: &Calendars) -> Result<Arc<Calendar>, Problems> {
        let mut definition = match self.calendar.as_ref().ok_or_else(|| missing("calendar"))? {
            Value::String(name) if matches!(name.as_str(), "24×7" | "24/7") => {
                calendars.definition(ALWAYS_OPEN)?.clone()
            }
            Value::String(name) if self.tz.is_none() => return Ok(Arc::clone(calendars.get(name)?)),
            Value::String(name) => calendars.definition(name)?.clone(),
            inline => {
                let read: Result<Definition, _> = serde_json::from_value(inline.clone()).map_err(syntax);
                read.map_err(|problems| problems.below("calendar"))?
            }
        };
        if let Some(zone) = &self.tz {
            super::compiled::zone(zone, "tz")?;
            definition.time_zone.clone_from(zone);
        }
        if definition.name.is_empty() {
            "inline".clone_into(&mut definition.name);
        }
        let compiled = definition.compile(calendars.arrangements());
        compiled.map(Arc::new).map_err(|problems| problems.below("calendar"))
    }
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
        .map_err(|_| malformed("mode", &format!("{value}: same_time | end_of_day")))
}

/// `[[from, to], …]`; with `null` instead of the second instant the pause lasts.
fn pauses(value: Option<&Value>) -> Result<Vec<Pause>, Problem> {
    const SHAPE: &str = "[[from, to], …]";
    let Some(value) = value else { return Ok(Vec::new()) };
    let list = value.as_array().ok_or_else(|| malformed("pauses", SHAPE))?;
    let pause = |(index, value): (usize, &Value)| {
        let ends = value.as_array().map(Vec::as_slice);
        let (from, to) = match ends {
            Some([from, to]) => (from, Some(to).filter(|to| !to.is_null())),
            _ => return Err(malformed(&format!("pauses[{index}]"), SHAPE)),
        };
        let from = instant(&format!("pauses[{index}][0]"), Some(from))?;
        let to = to.map(|to| instant(&format!("pauses[{index}][1]"), Some(to))).transpose()?;
        Ok(Pause { from, to })
    };
    list.iter().enumerate().map(pause).collect()
}

fn malformed(field: &str, expected: &str) -> Problem {
    Problem::new(field, codes::SYNTAX).with("detail", expected)
}

fn whole(field: &str, value: Option<&Value>, max: i64) -> Result<i64, Problem> {
    let value = value.ok_or_else(|| missing(field))?;
    #[allow(clippy::cast_possible_truncation, reason = "a whole number within the range was checked")]
    let integral = |number: &f64| (number.fract() == 0.0 && number.abs() < 1e15).then_some(*number as i64);
    let number = value.as_i64().or_else(|| value.as_f64().as_ref().and_then(integral));
    number.filter(|number| (0..=max).contains(number)).ok_or_else(|| amount(field, max))
}

fn written(outcome: &Outcome, calendar: &Calendar, explain: bool) -> Map<String, Value> {
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
    if !outcome.warnings.is_empty() {
        put("warnings", to_value(&outcome.warnings));
    }
    if explain {
        let spans = outcome.counted.iter();
        let spans =
            spans.map(|span| json!({ "date": span.date, "from": local(span.from), "to": local(span.to) }));
        put("spans", spans.collect());
        if outcome.counted_omitted > 0 {
            put("spans_omitted", outcome.counted_omitted.into());
        }
        put("calendar", outcome.calendar.clone().into());
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
        let words = |locale| to_value(outcome.words(calendar, locale));
        put("explanation", json!({ "zh-CN": words(Locale::ZhCn), "en": words(Locale::En) }));
    }
    answer
}

fn to_value(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}
