//! The built-in Chinese arrangement against two public tables, and files of later years.

use std::collections::BTreeSet;

use heard_kernel::calendar::{
    Arrangements, Calendar, Calendars, DayMode, DayReason, Warning, Weekday, codes,
};
use jiff::civil::{Date, date};

use crate::{at, compile, local, named, random::Random};

const CHINESECALENDAR: &str = include_str!("../data/cn-days-chinesecalendar.txt");
const HOLIDAYS: &str = include_str!("../data/cn-days-holidays.txt");

/// Working days by a public table: weekdays that are not off, and weekend days that are worked.
struct Table {
    exceptions: BTreeSet<Date>,
}

impl Table {
    fn read(text: &str) -> Self {
        let mut exceptions = BTreeSet::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let year: i16 = words.next().unwrap().parse().unwrap();
            for word in words.filter(|word| !["off", "work"].contains(word)) {
                let (month, day) = word.split_at(2);
                exceptions.insert(date(year, month.parse().unwrap(), day.parse().unwrap()));
            }
        }
        Self { exceptions }
    }

    fn is_working(&self, day: Date) -> bool {
        (day.weekday().to_monday_zero_offset() < 5) != self.exceptions.contains(&day)
    }
}

fn every_day() -> impl Iterator<Item = Date> {
    let days = std::iter::successors(Some(date(2004, 1, 1)), |day| day.tomorrow().ok());
    days.take_while(|day| *day <= date(2026, 12, 31))
}

#[test]
fn every_day_from_2004_to_2026_agrees_with_two_public_tables() {
    let calendar = named("cn-workday");
    for (table, differs) in [(CHINESECALENDAR, &[date(2005, 12, 31)][..]), (HOLIDAYS, &[])] {
        let table = Table::read(table);
        let different: Vec<_> =
            every_day().filter(|day| calendar.is_working_day(*day) != table.is_working(*day)).collect();
        assert_eq!(different, differs);
    }
    // The notice for 2006: "将12月31日(星期六)…公休日调至…，12月31日(星期六)上班".
    assert!(calendar.is_working_day(date(2005, 12, 31)));
    assert_eq!(every_day().filter(|day| calendar.is_working_day(*day)).count(), 5_745);
}

#[test]
fn every_make_up_workday_replaces_a_weekday_given_off_nearby() {
    let calendar = named("cn-workday");
    let (mut replaced, mut count) = (BTreeSet::new(), 0);
    for day in every_day() {
        let DayReason::ArrangedWork { as_weekday, in_place_of } = calendar.day(day).reason else { continue };
        let off = in_place_of.unwrap();
        let plan = calendar.day(off);
        assert!(matches!(plan.reason, DayReason::ArrangedRest { .. }), "{day} for {off}");
        assert!(
            plan.weekday == as_weekday
                && as_weekday < Weekday::Sat
                && day.weekday().to_monday_zero_offset() > 4
        );
        assert!(day.until(off).unwrap().get_days().abs() <= 21 && replaced.insert(off), "{day} for {off}");
        count += 1;
    }
    assert_eq!(count, 151);
}

#[test]
fn working_days_agree_with_both_tables_in_2000_random_cases() {
    let calendar = named("cn-office-9-18");
    for (seed, text) in [(1, CHINESECALENDAR), (2, HOLIDAYS)] {
        let (table, mut random) = (Table::read(text), Random::new(seed));
        for _ in 0..1_000 {
            let start = date(2006, 1, 1).checked_add(jiff::Span::new().days(random.below(7_300))).unwrap();
            let (count, minute) = (random.below(60), random.below(1_440));
            let walk = |from: Date, count: i64| {
                let days = std::iter::successors(Some(from), |day| day.tomorrow().ok());
                days.filter(|day| table.is_working(*day)).nth(usize::try_from(count).unwrap()).unwrap()
            };
            let given = start.to_datetime(jiff::civil::time(0, 0, 0, 0)) + jiff::Span::new().minutes(minute);
            let given = given.to_zoned(jiff::tz::db().get("Asia/Shanghai").unwrap()).unwrap();
            // Same time: the start first moves to 09:00 of a working day.
            let open = table.is_working(start) && minute < 18 * 60;
            let base = if open { start } else { walk(start.tomorrow().unwrap(), 0) };
            let moved = if open { minute.max(540) } else { 540 };
            let target = walk(base, count);
            let outcome = calendar.add_working_days(
                given.timestamp().into(),
                count.try_into().unwrap(),
                DayMode::SameTime,
            );
            let expected = format!("{target} {:02}:{:02}", moved / 60, moved % 60);
            assert_eq!(local(&calendar, outcome.unwrap().due.unwrap()), expected, "{given} + {count}");
            // End of day: the day of the start is not counted.
            let count = count + 1;
            let target = walk(start.tomorrow().unwrap(), count - 1);
            let outcome = calendar.add_working_days(
                given.timestamp().into(),
                count.try_into().unwrap(),
                DayMode::EndOfDay,
            );
            assert_eq!(
                local(&calendar, outcome.unwrap().due.unwrap()),
                format!("{target} 18:00"),
                "{given} + {count}"
            );
        }
    }
}

#[test]
fn a_make_up_workday_uses_the_shifts_of_the_day_that_it_replaces() {
    let short_tuesdays = r#"{"name":"t","arrangement":"cn","week":{"mon":["09:00-18:00"],"tue":["10:00-12:00"],"wed-fri":["09:00-18:00"]}}"#;
    let calendar = compile(short_tuesdays);
    let sunday = calendar.day(date(2026, 9, 20));
    assert_eq!(sunday.spans[0].0, "10:00-12:00");
    let in_place_of = Some(date(2026, 10, 6));
    assert_eq!(sunday.reason, DayReason::ArrangedWork { as_weekday: Weekday::Tue, in_place_of });
    // Without Tuesdays the day has no shifts to take over: the first weekday that has some lends them.
    let calendar = compile(r#"{"name":"t","arrangement":"cn","week":{"thu":["11:00-12:00"]}}"#);
    assert_eq!(calendar.day(date(2026, 9, 20)).spans[0].0, "11:00-12:00");
    // A team that works on Sundays anyway keeps its own hours then.
    let calendar =
        compile(r#"{"name":"t","arrangement":"cn","week":{"thu":["11:00-12:00"],"sun":["08:00-09:00"]}}"#);
    assert_eq!(calendar.day(date(2026, 9, 20)).spans[0].0, "08:00-09:00");
    assert!(calendar.day(date(2026, 10, 4)).spans.is_empty(), "Sunday within the National Day holiday");
}

fn warnings(calendar: &Calendar, from: &str, to: &str) -> Vec<Warning> {
    calendar.working_minutes_between(at(from), at(to)).unwrap().warnings
}

#[test]
fn a_year_without_arrangement_warns_wherever_it_is_touched() {
    let calendar = named("cn-workday");
    let (y2026, y2027) =
        (Warning::YearEndMayChange { year: 2026 }, Warning::YearWithoutArrangement { year: 2027 });
    for (from, to, expected) in [
        ("2026-09-01T00:00:00Z", "2026-12-27T15:59:59Z", vec![]),
        ("2026-09-01T00:00:00Z", "2026-12-28T00:00:00Z", vec![y2026]),
        ("2026-12-31T15:59:59Z", "2026-12-31T16:00:00Z", vec![y2026]),
        ("2026-12-31T15:59:59Z", "2026-12-31T16:00:00.001Z", vec![y2026, y2027]),
        ("2026-12-31T16:00:00Z", "2026-12-31T16:00:00Z", vec![y2027]),
        (
            "2003-12-31T15:00:00Z",
            "2004-01-05T00:00:00Z",
            vec![Warning::YearWithoutArrangement { year: 2003 }],
        ),
        ("2005-12-28T15:00:00Z", "2006-01-05T00:00:00Z", vec![]),
    ] {
        assert_eq!(warnings(&calendar, from, to), expected, "{from} {to}");
    }
    assert!(warnings(&named("weekdays-utc"), "2026-12-01T00:00:00Z", "2030-01-01T00:00:00Z").is_empty());
}

const LATER: &str = r#"
[[year]]
year = 2027
rest = [{ name = "new_year", from = "2027-01-01", to = "2027-01-03" }, { name = "春节", from = "2027-02-06", to = "2027-02-12" }]
work = [{ date = "2026-12-27", for = "2027-01-04" }]
"#;

#[test]
fn a_later_year_is_loaded_and_calendars_follow() {
    let mut calendars = Calendars::builtin();
    let before = calendars.get("cn-workday").unwrap().clone();
    assert_eq!(calendars.load_arrangement("cn", LATER).unwrap(), [2027]);
    let after = calendars.get("cn-workday").unwrap();
    assert!(!before.is_working_day(date(2026, 12, 27)) && after.is_working_day(date(2026, 12, 27)));
    assert!(before.is_working_day(date(2027, 1, 1)) && !after.is_working_day(date(2027, 1, 1)));
    assert!(warnings(after, "2026-12-31T00:00:00Z", "2027-12-01T00:00:00Z").is_empty());
    assert_eq!(calendars.arrangements().get("cn").unwrap().years().last(), Some(2027));
    // Loading again replaces the year instead of mixing two notices.
    let revised = r#"{"year":2027,"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}"#;
    calendars.load_arrangement("cn", revised).unwrap();
    let revised = calendars.get("cn-workday").unwrap();
    assert!(!revised.is_working_day(date(2026, 12, 27)) && revised.is_working_day(date(2027, 2, 8)));
}

#[test]
fn an_icalendar_file_with_marks_is_an_arrangement_too() {
    let ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20280101\r\nDTEND;VALUE=DATE:20280104\r\nSUMMARY:元旦(休)\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20280108\r\nSUMMARY:元旦(班)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let mut calendars = Calendars::builtin();
    assert_eq!(calendars.load_arrangement("cn", ics).unwrap(), [2028]);
    let calendar = calendars.get("cn-workday").unwrap();
    assert!(!calendar.is_working_day(date(2028, 1, 3)) && calendar.is_working_day(date(2028, 1, 8)));
    match calendar.day(date(2028, 1, 3)).reason {
        DayReason::ArrangedRest { label } => assert_eq!(&*label.zh, "元旦"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wrong_arrangement_file_is_refused_with_the_place() {
    for (text, path, code) in [
        ("", "year", codes::FIELD_MISSING),
        ("year", "", codes::SYNTAX),
        ("year = []", "", codes::ARRANGEMENT_EMPTY),
        ("{\"year\":2027", "", codes::SYNTAX),
        ("{\"year\":2027}", "days", codes::FIELD_MISSING),
        (
            "{\"year\":2027,\"days\":[{\"name\":\"x\",\"date\":\"soon\",\"isOffDay\":true}]}",
            "days[0].date",
            codes::SHAPE,
        ),
        ("[[year]]\nyear = 2027\nrests = []", "year[0].rests", codes::FIELD_UNKNOWN),
        (
            "[[year]]\nyear = 2027\nrest = [{ name = \"x\", from = \"2027-01-01\", to = \"2027-01-01\" }]",
            "year[0].rest[0]",
            codes::ARRANGEMENT_NAME_UNKNOWN,
        ),
        (
            "[[year]]\nyear = 2027\nrest = [{ name = \"new_year\", from = \"2027-01-03\", to = \"2027-01-01\" }]",
            "year[0].rest[0]",
            codes::RANGE_INVALID,
        ),
        (
            "[[year]]\nyear = 2027\nwork = [{ date = \"2029-01-01\" }]",
            "year[0].work[0]",
            codes::ARRANGEMENT_YEAR_MISMATCH,
        ),
        (
            "[[year]]\nyear = 2027\nrest = [{ name = \"元旦\", from = \"2027-01-01\", to = \"2027-01-03\" }]\nwork = [{ date = \"2027-01-02\" }]",
            "year[0].work[0]",
            codes::ARRANGEMENT_CONFLICT,
        ),
    ] {
        let problems = Arrangements::builtin().merge("cn", text).unwrap_err();
        assert_eq!((problems.first().path.as_str(), problems.first().code), (path, code), "{text}");
    }
}

#[test]
fn a_year_is_edited_and_put_back_as_it_was() {
    let known = Arrangements::builtin();
    let china = known.get("cn").unwrap();
    for year in china.years() {
        let days = china.year(year).unwrap();
        let mut again = Arrangements::builtin();
        assert_eq!(again.put_years("cn", std::slice::from_ref(&days)).unwrap(), [year]);
        assert_eq!(again.get("cn").unwrap().year(year), Some(days), "{year}");
        assert_eq!(again.get("cn"), known.get("cn"), "{year}");
    }
    assert!(china.year(2003).is_none());
}

#[test]
fn entered_years_are_checked_day_by_day() {
    let entered = r#"[{"year": 2027,
        "rest": [{"name": {"zh": "元旦", "en": "New Year"}, "from": "2027-01-03", "to": "2027-01-01"},
                 {"name": {"zh": "春节", "en": "Spring"}, "from": "2027-02-05", "to": "2027-02-11"}],
        "work": [{"date": "2027-02-06"}, {"date": "2028-06-01"}]}, {"year": 2027}]"#;
    let years: Vec<heard_kernel::calendar::ArrangementYear> = serde_json::from_str(entered).unwrap();
    let problems = Arrangements::builtin().put_years("cn", &years).unwrap_err();
    let found: Vec<_> =
        problems.all().iter().map(|problem| (problem.path.as_str(), problem.code.id)).collect();
    assert_eq!(
        found,
        [
            ("years[0].rest[0]", "calendar_range_invalid"),
            ("years[0].work[0].date", "arrangement_conflict"),
            ("years[0].work[1].date", "arrangement_year_mismatch"),
            ("years[1].year", "arrangement_year_invalid"),
        ]
    );
}

#[test]
fn names_in_one_language_get_those_that_are_known() {
    let list = r#"{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}"#;
    let mut known = Arrangements::builtin();
    known.merge("cn", list).unwrap();
    let year = known.get("cn").unwrap().year(2027).unwrap();
    assert_eq!(&*year.rest[0].name.en, "New Year's Day");
}

#[test]
fn days_off_in_december_belong_to_the_coming_year() {
    let event = |day: &str, name: &str| {
        format!("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:{name}\r\nEND:VEVENT\r\n")
    };
    let text = format!(
        "BEGIN:VCALENDAR\r\n{}{}END:VCALENDAR",
        event("20261231", "元旦（休）"),
        event("20270101", "元旦（休）")
    );
    let mut known = Arrangements::builtin();
    let before = known.get("cn").unwrap().year(2026);
    assert_eq!(known.merge("cn", &text).unwrap(), [2027]);
    let china = known.get("cn").unwrap();
    assert_eq!(china.year(2026), before, "the old year keeps its days");
    assert_eq!(china.year(2027).unwrap().rest[0].from, date(2026, 12, 31));
}

#[test]
fn an_unreadable_file_is_told_in_its_own_format() {
    for (text, expected) in [
        ("{\"year\": 2027, \"days\": [}", "line 1, column 25: expected a value"),
        ("\u{feff}\n{\n  \"year\" 2027\n}", "line 2, column 10: expected a colon"),
        ("[\n  {\"year\": 2027,}\n]", "expected no comma after the last entry"),
        ("[{\"year\": 2027, \"days\": []}]", "expected an object"),
        ("[]", "expected an object"),
        ("{\"year\": 2027}", "days"),
        ("[[year]]\nyear = 2027\nrest = \n", "line 3, column 8: expected a value after ="),
        ("[names]\nspring 1\n[[year]]", "line 2"),
        ("<html>", "expected an arrangement: TOML with [[year]], JSON with year and days, or iCalendar"),
        ("\"year\": 2027", "expected an arrangement"),
    ] {
        let mut arrangements = Arrangements::builtin();
        let problems = arrangements.merge("cn", text).unwrap_err();
        let said = problems.first().text(heard_kernel::Locale::En);
        assert!(said.contains(expected), "{text}: {said}");
    }
}
