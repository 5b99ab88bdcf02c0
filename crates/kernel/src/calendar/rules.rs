//! From the text of a definition to what each day is. Precedence: exception, make-up workday, holiday, official
//! arrangement, weekly shifts.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    arrangement::{ArrangedDay, Arrangement, Arrangements},
    civil::{Weekday, civil_of, date_of, day_number},
    days::DayReason,
    definition::{Definition, Holiday, Kind},
    problem::{Problem, codes},
    span::{DaySpan, SpanText, parse_day},
};

/// The most entries of one list.
const MAX_ENTRIES: usize = 5_000;
/// The most days of one holiday range.
const MAX_RANGE: i32 = 366;
const WHOLE_DAY: &[DaySpan] = &[DaySpan { start: 0, end: 1_440 }];

/// A calendar's days, without a time zone.
#[derive(Debug, Default)]
pub(crate) struct DayRules {
    pub(crate) kind: Kind,
    week: [Vec<DaySpan>; 7],
    exceptions: BTreeMap<i32, (Vec<DaySpan>, String)>,
    make_up: BTreeMap<i32, (Weekday, String)>,
    holidays: BTreeMap<i32, String>,
    yearly: BTreeMap<(i32, i32), String>,
    pub(crate) arrangement: Option<Arc<Arrangement>>,
}

/// Which rule decides about a day; borrowed, for building tables fast.
enum Decision<'a> {
    AlwaysOpen,
    Exception(&'a (Vec<DaySpan>, String)),
    MakeUp(&'a (Weekday, String)),
    Holiday(&'a String),
    Arranged(&'a ArrangedDay),
    Weekly,
}

impl DayRules {
    pub(crate) fn of(definition: &Definition, known: &Arrangements, problems: &mut Vec<Problem>) -> Self {
        let mut rules = Self { kind: definition.kind, ..Self::default() };
        if definition.kind == Kind::AlwaysOpen {
            let bare =
                definition.week.is_empty() && definition.holidays.is_empty() && definition.make_up.is_empty();
            if !(bare && definition.exceptions.is_empty() && definition.arrangement.is_none()) {
                problems.push(Problem::new("kind", codes::ALWAYS_OPEN_WITH_SHIFTS));
            }
            return rules;
        }
        for (path, length) in [
            ("holidays", definition.holidays.len()),
            ("make_up", definition.make_up.len()),
            ("exceptions", definition.exceptions.len()),
        ] {
            if length > MAX_ENTRIES {
                problems.push(Problem::new(path, codes::TOO_MANY).with("max", MAX_ENTRIES));
                return rules;
            }
        }
        if let Some(name) = &definition.arrangement {
            rules.arrangement = known.get(name).cloned();
            if rules.arrangement.is_none() {
                let problem = Problem::new("arrangement", codes::ARRANGEMENT_UNKNOWN);
                problems.push(problem.with("value", name).with("known", known.known()));
            }
        }
        rules.read_week(definition, problems);
        rules.read_days(definition, problems);
        if problems.is_empty() && rules.never_open() {
            problems.push(Problem::new("week", codes::NO_WORKING_TIME));
        }
        rules
    }

    fn read_week(&mut self, definition: &Definition, problems: &mut Vec<Problem>) {
        let mut given = BTreeSet::new();
        for (key, texts) in &definition.week {
            let path = format!("week.{key}");
            let Some(days) = weekdays(key) else {
                problems.push(Problem::new(path, codes::WEEKDAY_INVALID).with("value", key));
                continue;
            };
            if texts.len() > 48 {
                problems.push(Problem::new(path, codes::TOO_MANY).with("max", 48));
                continue;
            }
            let spans = parse_day(texts, &path, problems);
            for day in days {
                if !given.insert(day) {
                    problems.push(Problem::new(&path, codes::WEEKDAY_TWICE).with("value", day.as_str()));
                }
                self.week[day.index()].clone_from(&spans);
            }
        }
        for day in Weekday::ALL {
            let next = Weekday::ALL[(day.index() + 1) % 7];
            if let (Some(last), Some(first)) =
                (self.week[day.index()].last(), self.week[next.index()].first())
                && last.end - 1_440 > first.start
            {
                let problem = Problem::new(format!("week.{}", next.as_str()), codes::SPANS_OVERLAP);
                let (one, two) = (display(*last), display(*first));
                problems.push(
                    problem
                        .with("first", format!("{} {one}", day.as_str()))
                        .with("second", format!("{} {two}", next.as_str())),
                );
            }
        }
    }

    fn read_days(&mut self, definition: &Definition, problems: &mut Vec<Problem>) {
        for (index, exception) in definition.exceptions.iter().enumerate() {
            let path = format!("exceptions[{index}]");
            let Some(day) = read_date(&exception.date, &format!("{path}.date"), problems) else { continue };
            let spans = parse_day(&exception.spans, &format!("{path}.spans"), problems);
            if self.exceptions.insert(day, (spans, exception.name.clone())).is_some() {
                problems.push(Problem::new(path, codes::DATE_TWICE).with("date", &exception.date));
            }
        }
        for (index, entry) in definition.make_up.iter().enumerate() {
            let path = format!("make_up[{index}]");
            let day = read_date(&entry.date, &format!("{path}.date"), problems);
            let Some(weekday) = Weekday::parse(&entry.as_weekday) else {
                let problem = Problem::new(format!("{path}.as"), codes::WEEKDAY_INVALID);
                problems.push(problem.with("value", &entry.as_weekday));
                continue;
            };
            let Some(day) = day else { continue };
            if self.make_up.insert(day, (weekday, entry.name.clone())).is_some() {
                problems.push(Problem::new(path, codes::DATE_TWICE).with("date", &entry.date));
            }
        }
        for (index, holiday) in definition.holidays.iter().enumerate() {
            self.read_holiday(holiday, &format!("holidays[{index}]"), problems);
        }
    }

    fn read_holiday(&mut self, holiday: &Holiday, path: &str, problems: &mut Vec<Problem>) {
        let (first, last) = match (&holiday.date, &holiday.from, &holiday.to, &holiday.yearly) {
            (Some(date), None, None, None) => {
                let day = read_date(date, &format!("{path}.date"), problems);
                (day, day)
            }
            (None, Some(from), Some(to), None) => {
                let first = read_date(from, &format!("{path}.from"), problems);
                (first, read_date(to, &format!("{path}.to"), problems))
            }
            (None, None, None, Some(yearly)) => {
                match month_and_day(yearly) {
                    Some(key) => drop(self.yearly.insert(key, holiday.name.clone())),
                    None => problems.push(
                        Problem::new(format!("{path}.yearly"), codes::YEARLY_INVALID).with("value", yearly),
                    ),
                }
                return;
            }
            _ => return problems.push(Problem::new(path, codes::HOLIDAY_INVALID)),
        };
        let (Some(first), Some(last)) = (first, last) else { return };
        if last < first || last - first >= MAX_RANGE {
            let problem = Problem::new(path, codes::RANGE_INVALID).with("max", MAX_RANGE);
            return problems.push(problem.with("from", date_of(first)).with("to", date_of(last)));
        }
        for day in first..=last {
            if self.make_up.contains_key(&day) {
                problems.push(Problem::new(path, codes::ARRANGEMENT_CONFLICT).with("date", date_of(day)));
            }
            self.holidays.insert(day, holiday.name.clone());
        }
    }

    /// True when no day can have working time.
    fn never_open(&self) -> bool {
        self.week.iter().all(Vec::is_empty) && self.exceptions.values().all(|(spans, _)| spans.is_empty())
    }

    fn decide(&self, day: i32) -> Decision<'_> {
        if self.kind == Kind::AlwaysOpen {
            return Decision::AlwaysOpen;
        }
        if let Some(found) = self.exceptions.get(&day) {
            return Decision::Exception(found);
        }
        if let Some(found) = self.make_up.get(&day) {
            return Decision::MakeUp(found);
        }
        if let Some(name) = self.holidays.get(&day) {
            return Decision::Holiday(name);
        }
        if !self.yearly.is_empty() {
            let (_, month, dom) = civil_of(day);
            if let Some(name) = self.yearly.get(&(month, dom)) {
                return Decision::Holiday(name);
            }
        }
        match self.arrangement.as_ref().and_then(|arrangement| arrangement.day(day)) {
            Some(arranged) => Decision::Arranged(arranged),
            None => Decision::Weekly,
        }
    }

    /// The spans that belong to a day, in order.
    pub(crate) fn spans(&self, day: i32) -> &[DaySpan] {
        match self.decide(day) {
            Decision::AlwaysOpen => WHOLE_DAY,
            Decision::Exception((spans, _)) => spans,
            Decision::MakeUp((weekday, _)) => &self.week[weekday.index()],
            Decision::Holiday(_) | Decision::Arranged(ArrangedDay::Rest(_)) => &[],
            Decision::Arranged(ArrangedDay::Work(place)) => &self.week[self.worked_as(day, *place).index()],
            Decision::Weekly => &self.week[Weekday::of(day).index()],
        }
    }

    /// Why a day is as it is.
    pub(crate) fn reason(&self, day: i32) -> DayReason {
        match self.decide(day) {
            Decision::AlwaysOpen => DayReason::AlwaysOpen,
            Decision::Exception((_, name)) => DayReason::Exception { name: name.clone() },
            Decision::MakeUp((weekday, name)) => {
                DayReason::MakeUp { as_weekday: *weekday, name: name.clone() }
            }
            Decision::Holiday(name) => DayReason::Holiday { name: name.clone() },
            Decision::Arranged(ArrangedDay::Rest(label)) => DayReason::ArrangedRest { label: label.clone() },
            Decision::Arranged(ArrangedDay::Work(place)) => DayReason::ArrangedWork {
                as_weekday: self.worked_as(day, *place),
                in_place_of: place.map(date_of),
            },
            Decision::Weekly => DayReason::Weekly,
        }
    }

    /// The make-up workdays of this calendar between two days whose weekday has no shifts, so that they are free.
    pub(crate) fn idle_make_up(&self, first: i32, last: i32) -> impl Iterator<Item = (i32, Weekday)> + '_ {
        let named = self.make_up.range(first..=last.max(first)).map(|(day, (weekday, _))| (*day, *weekday));
        named.filter(|(day, weekday)| {
            self.week[weekday.index()].is_empty() && !self.exceptions.contains_key(day)
        })
    }

    /// Whose shifts an official make-up workday uses: those of the day that it replaces; where that is unknown or has
    /// none here, its own; where it has none, those of the first weekday that has some.
    fn worked_as(&self, day: i32, place: Option<i32>) -> Weekday {
        let own = Weekday::of(day);
        let open = |weekday: &Weekday| !self.week[weekday.index()].is_empty();
        let wanted = [place.map(Weekday::of), Some(own)].into_iter().flatten();
        wanted.chain(Weekday::ALL).find(open).unwrap_or(own)
    }
}

impl Definition {
    /// The same document with its week day by day (`mon` … `sun`) and its spans as `09:00-18:00`. What is wrong stays as
    /// it is.
    #[must_use]
    pub fn spelled_out(&self) -> Self {
        let spell = |texts: &Vec<SpanText>| -> Vec<SpanText> {
            let spell = |text: &SpanText| {
                text.parse("").map_or_else(|_| text.clone(), |span| SpanText(display(span)))
            };
            texts.iter().map(spell).collect()
        };
        let (mut week, mut given) = (BTreeMap::new(), 0);
        for (key, texts) in &self.week {
            let days =
                weekdays(key).map(|days| days.into_iter().map(|day| day.as_str().to_owned()).collect());
            let days: Vec<String> = days.unwrap_or_else(|| vec![key.clone()]);
            given += days.len();
            week.extend(days.into_iter().map(|day| (day, spell(texts))));
        }
        // A weekday that is given twice is for the check to tell.
        let week = if week.len() == given { week } else { self.week.clone() };
        let mut same = Self { week, ..self.clone() };
        for exception in &mut same.exceptions {
            exception.spans = spell(&exception.spans);
        }
        for entry in &mut same.make_up {
            if let Some(weekday) = Weekday::parse(&entry.as_weekday) {
                weekday.as_str().clone_into(&mut entry.as_weekday);
            }
        }
        same
    }
}

fn weekdays(key: &str) -> Option<Vec<Weekday>> {
    if let Some(day) = Weekday::parse(key) {
        return Some(vec![day]);
    }
    let (first, last) = key.split_once(['-', '至'])?;
    let (first, last) = (Weekday::parse(first)?.index(), Weekday::parse(last)?.index());
    let length = (last + 7 - first) % 7;
    Some((0..=length).map(|step| Weekday::ALL[(first + step) % 7]).collect())
}

pub(crate) fn display(span: DaySpan) -> String {
    let end = if span.end > 1_440 { span.end - 1_440 } else { span.end };
    format!("{:02}:{:02}-{:02}:{:02}", span.start / 60, span.start % 60, end / 60, end % 60)
}

fn read_date(text: &str, path: &str, problems: &mut Vec<Problem>) -> Option<i32> {
    match text.trim().parse::<Date>() {
        Ok(date) if text.trim().len() == 10 => Some(day_number(date)),
        _ => {
            problems.push(Problem::new(path, codes::DATE_INVALID).with("value", text));
            None
        }
    }
}

fn month_and_day(text: &str) -> Option<(i32, i32)> {
    let date = format!("2024-{}", text.trim()).parse::<Date>().ok().filter(|_| text.trim().len() == 5)?;
    Some((i32::from(date.month()), i32::from(date.day())))
}
