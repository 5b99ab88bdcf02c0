//! The official arrangement of holidays and make-up workdays (调休), built in and extended by files of later years.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    civil::{civil_of, day_number},
    definition::check_size,
    ics::parse_ics,
    problem::{Problem, Problems, codes},
    reading,
};

/// Days off that follow each other reach at most so many days beyond the first.
const MAX_REST: i32 = 60;

/// A name in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CalendarLabel)]
pub struct Label {
    /// Chinese.
    #[schema(value_type = String)]
    pub zh: Arc<str>,
    /// English.
    #[schema(value_type = String)]
    pub en: Arc<str>,
}

impl Label {
    fn plain(text: &str) -> Self {
        Self { zh: text.into(), en: text.into() }
    }
}

/// What the arrangement makes of a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ArrangedDay {
    Rest(Label),
    /// Worked in place of another day, where known.
    Work(Option<i32>),
}

/// The arrangement of one country, year by year.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Arrangement {
    names: BTreeMap<String, Label>,
    years: BTreeSet<i32>,
    /// By day: the year whose notice says it, and what.
    days: BTreeMap<i32, (i32, ArrangedDay)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    names: BTreeMap<String, Label>,
    year: Vec<FileYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileYear {
    year: i32,
    #[serde(default, rename = "source")]
    _source: Vec<String>,
    #[serde(default)]
    rest: Vec<FileRest>,
    #[serde(default)]
    work: Vec<FileWork>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRest {
    name: String,
    from: Date,
    to: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileWork {
    date: Date,
    #[serde(rename = "for")]
    in_place_of: Option<Date>,
}

/// The arrangement of one year, as people edit it and as it is stored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArrangementYear {
    /// The year whose notice it is; its first or last days may lie in the neighbouring year.
    pub year: i32,
    /// Days off.
    #[serde(default)]
    pub rest: Vec<RestDays>,
    /// Days worked in place of others (调休).
    #[serde(default)]
    pub work: Vec<WorkedDay>,
}

/// Days off that belong together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestDays {
    /// The holiday.
    pub name: Label,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    pub to: Date,
}

/// A day that is worked in place of another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ArrangedWorkday)]
pub struct WorkedDay {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// The day off that it makes up for, whose shifts it uses; absent where that is not known.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub in_place_of: Option<Date>,
}

/// A year in the form that the public collection `holiday-cn` publishes.
#[derive(Deserialize)]
struct DayList {
    year: i32,
    days: Vec<ListedDay>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListedDay {
    name: String,
    date: Date,
    is_off_day: bool,
}

impl Arrangement {
    /// The years that have an arrangement.
    pub fn years(&self) -> impl Iterator<Item = i32> + '_ {
        self.years.iter().copied()
    }

    pub(crate) fn covers(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    pub(crate) fn day(&self, day: i32) -> Option<&ArrangedDay> {
        self.days.get(&day).map(|(_, arranged)| arranged)
    }

    /// Adds the years of a file, which replace the same years. Reads the format of the built-in file (TOML), JSON
    /// with `year` and `days` of `name`, `date`, `isOffDay`, and iCalendar with 休 and 班 in the summaries.
    pub fn merge(&mut self, text: &str) -> Result<Vec<i32>, Problems> {
        check_size(text)?;
        let start = text.trim_start_matches('\u{feff}').trim_start();
        let added = if is_json(start) {
            from_list(start)?
        } else if start.starts_with("BEGIN:VCALENDAR") {
            from_ics(start)?
        } else {
            // What has no year in the form of TOML may be anything: then all that is read is named.
            from_toml(start, &self.names).map_err(|problems| match problems.first().code {
                codes::SYNTAX if !start.contains("[[year]]") => reading::no_arrangement(),
                _ => problems,
            })?
        };
        self.take(added.named_as(self))
    }

    /// Adds years as people edit them, which replace the same years.
    pub fn put_years(&mut self, years: &[ArrangementYear]) -> Result<Vec<i32>, Problems> {
        let (mut added, mut problems) = (Self::default(), Vec::new());
        for (index, year) in years.iter().enumerate() {
            if !(super::FIRST_YEAR..super::LAST_YEAR).contains(&year.year) || !added.years.insert(year.year) {
                let problem = Problem::new(format!("years[{index}].year"), codes::ARRANGEMENT_YEAR_INVALID);
                problems.push(problem.with("first", super::FIRST_YEAR).with("last", super::LAST_YEAR - 1));
                continue;
            }
            for (place, rest) in year.rest.iter().enumerate() {
                let path = format!("years[{index}].rest[{place}]");
                let (from, to) = (day_number(rest.from), day_number(rest.to));
                if to < from || to - from > MAX_REST {
                    let problem = Problem::new(&path, codes::RANGE_INVALID).with("max", MAX_REST + 1);
                    problems.push(problem.with("from", rest.from).with("to", rest.to));
                    continue;
                }
                for day in from..=to {
                    let arranged = ArrangedDay::Rest(rest.name.clone());
                    added.put(year.year, day, path.clone(), arranged, &mut problems);
                }
            }
            for (place, work) in year.work.iter().enumerate() {
                let arranged = ArrangedDay::Work(work.in_place_of.map(day_number));
                let path = format!("years[{index}].work[{place}].date");
                added.put(year.year, day_number(work.date), path, arranged, &mut problems);
            }
        }
        Problems::none_of(problems)?;
        self.take(added)
    }

    /// The days of a year as people edit them; `None` when it has no arrangement.
    pub fn year(&self, year: i32) -> Option<ArrangementYear> {
        if !self.covers(year) {
            return None;
        }
        let mut found = ArrangementYear { year, rest: Vec::new(), work: Vec::new() };
        for (day, (_, arranged)) in self.days.iter().filter(|(_, (of, _))| *of == year) {
            let date = super::civil::date_of(*day);
            match arranged {
                ArrangedDay::Work(place) => {
                    let in_place_of = place.map(super::civil::date_of);
                    found.work.push(WorkedDay { date, in_place_of });
                }
                ArrangedDay::Rest(name) => match found.rest.last_mut() {
                    Some(last) if last.name == *name && day_number(last.to) + 1 == *day => last.to = date,
                    _ => found.rest.push(RestDays { name: name.clone(), from: date, to: date }),
                },
            }
        }
        Some(found)
    }

    /// Gives the holidays that a file names in one language the names in both that are known.
    fn named_as(mut self, known: &Self) -> Self {
        for (_, arranged) in self.days.values_mut() {
            if let ArrangedDay::Rest(label) = arranged
                && label.zh == label.en
                && let Some(full) = known.names.values().find(|full| full.zh == label.zh)
            {
                label.clone_from(full);
            }
        }
        self
    }

    fn take(&mut self, added: Self) -> Result<Vec<i32>, Problems> {
        if added.years.is_empty() {
            return Err(Problem::new("", codes::ARRANGEMENT_EMPTY).into());
        }
        self.days.retain(|_, (year, _)| !added.years.contains(year));
        self.days.extend(added.days);
        self.years.extend(&added.years);
        self.names.extend(added.names);
        Ok(added.years.into_iter().collect())
    }

    fn put(&mut self, year: i32, day: i32, path: String, arranged: ArrangedDay, problems: &mut Vec<Problem>) {
        let (civil_year, month, _) = civil_of(day);
        let near = civil_year == year
            || (civil_year == year - 1 && month == 12)
            || (civil_year == year + 1 && month == 1);
        let date = super::civil::date_of(day);
        if !near {
            let problem = Problem::new(path, codes::ARRANGEMENT_YEAR_MISMATCH);
            problems.push(problem.with("date", date).with("year", year));
            return;
        }
        let is_rest = matches!(arranged, ArrangedDay::Rest(_));
        let earlier = self.days.insert(day, (year, arranged));
        if earlier.is_some_and(|(_, earlier)| matches!(earlier, ArrangedDay::Rest(_)) != is_rest) {
            problems.push(Problem::new(path, codes::ARRANGEMENT_CONFLICT).with("date", date));
        }
    }
}

fn from_toml(text: &str, known: &BTreeMap<String, Label>) -> Result<Arrangement, Problems> {
    let file: File = reading::toml(text)?;
    let (mut arrangement, mut problems) = (Arrangement::default(), Vec::new());
    for (index, year) in file.year.iter().enumerate() {
        arrangement.years.insert(year.year);
        for (place, rest) in year.rest.iter().enumerate() {
            let path = format!("year[{index}].rest[{place}]");
            let label = file.names.get(&rest.name).or_else(|| known.get(&rest.name)).cloned();
            let (from, to) = (day_number(rest.from), day_number(rest.to));
            if label.is_none() && rest.name.is_ascii() {
                problems.push(Problem::new(&path, codes::ARRANGEMENT_NAME_UNKNOWN).with("value", &rest.name));
            } else if to < from || to - from > MAX_REST {
                let problem = Problem::new(&path, codes::RANGE_INVALID).with("max", MAX_REST + 1);
                problems.push(problem.with("from", rest.from).with("to", rest.to));
            } else {
                let label = label.unwrap_or_else(|| Label::plain(&rest.name));
                for day in from..=to {
                    let arranged = ArrangedDay::Rest(label.clone());
                    arrangement.put(year.year, day, path.clone(), arranged, &mut problems);
                }
            }
        }
        for (place, work) in year.work.iter().enumerate() {
            let arranged = ArrangedDay::Work(work.in_place_of.map(day_number));
            let path = format!("year[{index}].work[{place}]");
            arrangement.put(year.year, day_number(work.date), path, arranged, &mut problems);
        }
    }
    Problems::none_of(problems)?;
    arrangement.names = file.names;
    Ok(arrangement)
}

/// Whether a text is meant as JSON. A table of TOML, `[names]` or `[[year]]`, begins like a list.
fn is_json(start: &str) -> bool {
    let first = start.lines().next().unwrap_or_default().trim_end();
    let table = first.split('#').next().unwrap_or_default().trim_end();
    let named = table.trim_start_matches('[').starts_with(|first: char| first.is_alphabetic());
    start.starts_with('{') || start.starts_with('[') && !(table.ends_with(']') && named)
}

fn from_list(text: &str) -> Result<Arrangement, Problems> {
    // A list would be read as the fields of an object in their order.
    if text.starts_with('[') {
        reading::json::<serde_json::Value>(text)?;
        return Err(reading::not_an_object("").into());
    }
    let list: DayList = reading::json(text)?;
    let (mut arrangement, mut problems) = (Arrangement::default(), Vec::new());
    arrangement.years.insert(list.year);
    for (index, day) in list.days.iter().enumerate() {
        let arranged =
            if day.is_off_day { ArrangedDay::Rest(Label::plain(&day.name)) } else { ArrangedDay::Work(None) };
        arrangement.put(list.year, day_number(day.date), format!("days[{index}]"), arranged, &mut problems);
    }
    Problems::none_of(problems)?;
    Ok(arrangement)
}

fn from_ics(text: &str) -> Result<Arrangement, Problems> {
    let (mut arrangement, mut problems) = (Arrangement::default(), Vec::new());
    let read = parse_ics(text)?;
    let rest = read.off.iter().map(|(day, name)| (*day, ArrangedDay::Rest(Label::plain(name))));
    let days: Vec<_> =
        rest.chain(read.worked.iter().map(|(day, _)| (*day, ArrangedDay::Work(None)))).collect();
    // New Year's holiday may begin in December: such days alone make no arrangement of the old year.
    let begun: BTreeSet<i32> = days
        .iter()
        .map(|(day, _)| civil_of(*day))
        .filter(|(_, month, _)| *month < 12)
        .map(|(year, ..)| year)
        .collect();
    for (day, arranged) in days {
        let (civil_year, ..) = civil_of(day);
        let early = !begun.contains(&civil_year) && begun.contains(&(civil_year + 1));
        let year = if early { civil_year + 1 } else { civil_year };
        arrangement.years.insert(year);
        arrangement.put(year, day, String::new(), arranged, &mut problems);
    }
    Problems::none_of(problems)?;
    Ok(arrangement)
}

/// The arrangements that calendars can name.
#[derive(Clone, Debug)]
pub struct Arrangements(BTreeMap<String, Arc<Arrangement>>);

impl Arrangements {
    /// The built-in ones: `cn`, mainland China 2004–2026.
    pub fn builtin() -> Self {
        let mut china = Arrangement::default();
        // The file is part of the program and read by the tests: nothing can be wrong with it here.
        let _ = china.merge(include_str!("../../data/cn-arrangement.toml"));
        Self(BTreeMap::from([("cn".to_owned(), Arc::new(china))]))
    }

    /// The arrangement of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<Arrangement>> {
        self.0.get(name)
    }

    /// Adds the years of a file to the arrangement of this name, which is made when there is none. Returns the years.
    /// Calendars compiled before keep what they have; compile them again.
    pub fn merge(&mut self, name: &str, text: &str) -> Result<Vec<i32>, Problems> {
        let mut arrangement = self.0.get(name).map(|known| (**known).clone()).unwrap_or_default();
        let years = arrangement.merge(text)?;
        self.0.insert(name.to_owned(), Arc::new(arrangement));
        Ok(years)
    }

    /// Adds years as people edit them. See [`Arrangements::merge`].
    pub fn put_years(&mut self, name: &str, years: &[ArrangementYear]) -> Result<Vec<i32>, Problems> {
        let mut arrangement = self.0.get(name).map(|known| (**known).clone()).unwrap_or_default();
        let added = arrangement.put_years(years)?;
        self.0.insert(name.to_owned(), Arc::new(arrangement));
        Ok(added)
    }

    /// The names and their arrangements, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<Arrangement>)> {
        self.0.iter().map(|(name, arrangement)| (name.as_str(), arrangement))
    }

    pub(crate) fn known(&self) -> String {
        self.0.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}
