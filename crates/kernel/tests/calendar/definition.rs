//! Documents that are wrong say where and why; documents that are right read back as they were.

use heard_kernel::{
    Error, Locale,
    calendar::{Arrangements, Calendars, DayReason, Definition, Warning, Weekday, codes},
};
use jiff::civil::date;

use crate::{at, compile, local};

fn problem(json: &str) -> (String, &'static str) {
    let problems = match Definition::from_json(json) {
        Ok(definition) => definition.compile(&Arrangements::builtin()).unwrap_err(),
        Err(problems) => problems,
    };
    (problems.first().path.clone(), problems.first().code.id)
}

#[test]
fn wrong_documents_are_refused_with_the_place() {
    let week = r#""week":{"mon":["09:00-18:00"]}"#;
    for (json, path, code) in [
        ("{".to_owned(), "", codes::SYNTAX),
        (format!(r#"{{{week}}}"#), "name", codes::NAME_INVALID),
        (format!(r#"{{"name":"x","color":1,{week}}}"#), "color", codes::FIELD_UNKNOWN),
        (format!(r#"{{"name":"x","kind":1,{week}}}"#), "kind", codes::SHAPE),
        (format!(r#"{{"name":"x","tz":"Mars/Olympus",{week}}}"#), "time_zone", codes::TIME_ZONE_UNKNOWN),
        (
            r#"{"name":"x","week":{"someday":["09:00-18:00"]}}"#.to_owned(),
            "week.someday",
            codes::WEEKDAY_INVALID,
        ),
        (
            r#"{"name":"x","week":{"mon-fri":["09:00-18:00"],"wed":[]}}"#.to_owned(),
            "week.wed",
            codes::WEEKDAY_TWICE,
        ),
        (r#"{"name":"x","week":{"mon":["9-18"]}}"#.to_owned(), "week.mon[0]", codes::SPAN_INVALID),
        (
            r#"{"name":"x","week":{"mon":["09:00-12:00","11:00-13:00"]}}"#.to_owned(),
            "week.mon",
            codes::SPANS_OVERLAP,
        ),
        (
            r#"{"name":"x","week":{"mon":["22:00-06:00"],"tue":["05:00-07:00"]}}"#.to_owned(),
            "week.tue",
            codes::SPANS_OVERLAP,
        ),
        (
            r#"{"name":"x","week":{"sun":["22:00-06:00"],"mon":["05:00-07:00"]}}"#.to_owned(),
            "week.mon",
            codes::SPANS_OVERLAP,
        ),
        (r#"{"name":"x"}"#.to_owned(), "week", codes::NO_WORKING_TIME),
        (r#"{"name":"x","exceptions":[{"date":"2026-01-01"}]}"#.to_owned(), "week", codes::NO_WORKING_TIME),
        (format!(r#"{{"name":"x",{week},"kind":"24x7"}}"#), "kind", codes::ALWAYS_OPEN_WITH_SHIFTS),
        (format!(r#"{{"name":"x",{week},"arrangement":"de"}}"#), "arrangement", codes::ARRANGEMENT_UNKNOWN),
        (
            format!(r#"{{"name":"x",{week},"holidays":["2026-02-30"]}}"#),
            "holidays[0].date",
            codes::DATE_INVALID,
        ),
        (
            format!(r#"{{"name":"x",{week},"holidays":[{{"yearly":"13-01"}}]}}"#),
            "holidays[0].yearly",
            codes::YEARLY_INVALID,
        ),
        (
            format!(r#"{{"name":"x",{week},"holidays":[{{"from":"2026-01-02"}}]}}"#),
            "holidays[0]",
            codes::HOLIDAY_INVALID,
        ),
        (
            format!(r#"{{"name":"x",{week},"holidays":[{{"from":"2026-01-02","to":"2026-01-01"}}]}}"#),
            "holidays[0]",
            codes::RANGE_INVALID,
        ),
        (
            format!(
                r#"{{"name":"x",{week},"exceptions":[{{"date":"2026-01-02"}},{{"date":"2026-01-02"}}]}}"#
            ),
            "exceptions[1]",
            codes::DATE_TWICE,
        ),
        (
            format!(
                r#"{{"name":"x",{week},"make_up":[{{"date":"2026-01-04","as":"mon"}}],"holidays":["2026-01-04"]}}"#
            ),
            "holidays[0]",
            codes::ARRANGEMENT_CONFLICT,
        ),
        (
            format!(r#"{{"name":"x",{week},"make_up":[{{"date":"2026-01-04","as":"x"}}]}}"#),
            "make_up[0].as",
            codes::WEEKDAY_INVALID,
        ),
    ] {
        assert_eq!(problem(&json), (path.to_owned(), code.id), "{json}");
    }
}

#[test]
fn all_problems_come_at_once_and_speak_both_languages() {
    let json = r#"{"name":"","tz":"X/Y","week":{"mon":["9-18"]}}"#;
    let problems = Definition::from_json(json).unwrap().compile(&Arrangements::builtin()).unwrap_err();
    assert_eq!(problems.all().len(), 3);
    for problem in problems.all() {
        for locale in [Locale::ZhCn, Locale::En] {
            assert!(!problem.text(locale).contains(['{', '}']), "{}", problem.text(locale));
        }
    }
    let error = Error::from(problems);
    assert_eq!(error.code().id, "validation_failed");
}

#[test]
fn every_code_has_a_text_of_its_own_in_both_languages() {
    let mut seen = std::collections::BTreeSet::new();
    for (code, zh, en) in codes::TEXTS {
        assert!(seen.insert(code.id) && zh != en, "{}", code.id);
        let places = |text: &str| text.matches('{').count();
        assert_eq!(places(zh), places(en), "{}", code.id);
    }
}

#[test]
fn exceptions_come_before_make_up_days_holidays_and_the_arrangement() {
    let calendar = compile(
        r#"{"name":"x","arrangement":"cn","week":{"mon-fri":["09:00-18:00"],"sat":["10:00-11:00"]},
            "exceptions":[{"date":"2026-10-01","spans":["10:00-12:00"],"name":"值班"}],
            "make_up":[{"date":"2026-10-03","as":"周五"}],
            "holidays":[{"date":"2026-09-20","name":"团建"},{"yearly":"12-24"}]}"#,
    );
    let spans = |day| calendar.day(day).spans.into_iter().map(|span| span.0).collect::<Vec<_>>();
    assert_eq!(spans(date(2026, 10, 1)), ["10:00-12:00"]);
    assert_eq!(spans(date(2026, 10, 3)), ["09:00-18:00"]);
    assert_eq!(spans(date(2026, 10, 4)), [""; 0]);
    assert_eq!(spans(date(2026, 9, 19)), ["10:00-11:00"]);
    assert_eq!(calendar.day(date(2026, 9, 20)).reason, DayReason::Holiday { name: "团建".to_owned() });
    assert!(spans(date(2026, 12, 24)).is_empty() && spans(date(2031, 12, 24)).is_empty());
}

#[test]
fn a_definition_reads_back_as_it_was_written_in_json_and_toml() {
    let toml = r#"
        name = "support"
        time_zone = "Asia/Shanghai"
        arrangement = "cn"
        holidays = ["2026-12-24", { from = "2026-12-30", to = "2026-12-31", name = "盘点" }]
        [week]
        mon-fri = ["09:00-12:00", ["13:00", "18:00"]]
        sat = [{ from = "22:00", to = "02:00" }]
    "#;
    let definition = Definition::from_toml(toml).unwrap();
    let json = serde_json::to_string(&definition).unwrap();
    assert_eq!(Definition::from_json(&json).unwrap(), definition);
    definition.compile(&Arrangements::builtin()).unwrap();
}

#[test]
fn files_of_calendars_are_loaded_whole_or_not_at_all() {
    let mut calendars = Calendars::builtin();
    let toml = "[[calendar]]\nname = \"a\"\nkind = \"24x7\"\n[[calendar]]\nname = \"b\"\nweek = { mon = [\"09:00-10:00\"] }\n";
    assert_eq!(calendars.load(toml).unwrap(), ["a", "b"]);
    assert_eq!(calendars.load(r#"[{"name":"c","kind":"24x7"}]"#).unwrap(), ["c"]);
    assert_eq!(calendars.load(r#"{"calendars":[{"name":"d","kind":"24x7"}]}"#).unwrap(), ["d"]);
    assert_eq!(calendars.load(r#"{"name":"e","kind":"24x7"}"#).unwrap(), ["e"]);
    let problems = calendars.load(r#"[{"name":"f","kind":"24x7"},{"name":"g"}]"#).unwrap_err();
    assert_eq!(problems.first().path, "calendars[1] (g).week");
    assert_eq!(calendars.get("f").unwrap_err().code, codes::CALENDAR_UNKNOWN);
    let names: Vec<_> = calendars.names().collect();
    assert_eq!(names, ["24x7", "a", "b", "c", "cn-office-9-18", "cn-workday", "d", "e", "weekdays-utc"]);
}

#[test]
fn a_file_holds_a_list_a_map_or_a_calendar_a_line() {
    let load = |text: &str| Calendars::builtin().load(text);
    let shifts = r#""week":{"mon":["09:00-10:00"]}"#;
    for (text, names) in [
        (format!(r#"{{"day":{{{shifts}}},"night":{{"name":"night","kind":"24x7"}}}}"#), "day night"),
        (format!(r#"{{"calendars":{{"day":{{{shifts}}}}}}}"#), "day"),
        (format!("{{\"name\":\"a\",{shifts}}}\n\n{{\"name\":\"b\",\"kind\":\"24x7\"}}\n"), "a b"),
        (format!("\u{feff}[{{\"name\":\"a\",{shifts}}}]"), "a"),
        (
            "[day]\ntime_zone = \"UTC\"\n[day.week]\nmon-fri = [\"09:00-17:00\"]\n[other]\nkind = \"24x7\""
                .to_owned(),
            "day other",
        ),
        ("name = \"one\"\n[week]\nmon = [\"09:00-10:00\"]".to_owned(), "one"),
        ("# calendars\n[calendars.day]\nkind = \"24x7\"".to_owned(), "day"),
    ] {
        assert_eq!(load(&text).unwrap().join(" "), names, "{text}");
    }
    for (text, path, code) in [
        (
            format!(r#"{{"day":{{{shifts}}},"night":{{"week":{{"mon":["9"]}}}}}}"#),
            "calendars.night.week.mon[0]",
            codes::SPAN_INVALID,
        ),
        (format!(r#"{{"day":{{"name":"Day",{shifts}}}}}"#), "calendars.day.name", codes::NAMES_DIFFER),
        (
            format!("{{\"name\":\"a\",{shifts}}}\n{{\"name\":\"b\",\"weeks\":{{}}}}"),
            "calendars[1] (b).weeks",
            codes::FIELD_UNKNOWN,
        ),
        (format!("{{\"name\":\"a\",{shifts}}}\n{{\"name\":\"b\""), "", codes::SYNTAX),
        (r#"[{"name":"a","kind":"24x7"},5]"#.to_owned(), "calendars[1]", codes::SHAPE),
        (r#"{"calendars":5}"#.to_owned(), "calendars", codes::SHAPE),
        (r#"{"calendars":[],"colour":5}"#.to_owned(), "colour", codes::FIELD_UNKNOWN),
        ("[[calendar]]\nname = \"a\"\nkind = 24x7".to_owned(), "", codes::SYNTAX),
        ("[day\nkind = 1".to_owned(), "", codes::SYNTAX),
    ] {
        let problems = load(&text).unwrap_err();
        assert_eq!((problems.first().path.as_str(), problems.first().code), (path, code), "{text}");
    }
    let broken = load("{\"name\":\"a\",\"kind\":\"24x7\"}\n{\"name\":").unwrap_err();
    assert!(broken.first().text(Locale::En).starts_with("line 2, column "), "{broken}");
}

#[test]
fn a_make_up_day_with_the_shifts_of_a_free_weekday_is_told() {
    let calendar = compile(
        r#"{"name":"x","week":{"mon-fri":["09:00-18:00"]},
            "make_up":[{"date":"2026-12-26","as":"sat"},{"date":"2026-12-27","as":"sun"},{"date":"2027-01-02","as":"fri"}],
            "exceptions":[{"date":"2026-12-27","spans":["10:00-11:00"]}]}"#,
    );
    let outcome = calendar.add_working_minutes(at("2026-12-25T17:00:00+08:00"), 180).unwrap();
    assert_eq!(local(&calendar, outcome.due.unwrap()), "2026-12-28 10:00");
    let idle = Warning::MakeUpWithoutShifts { date: date(2026, 12, 26), as_weekday: Weekday::Sat };
    assert_eq!(outcome.warnings, [idle], "the 27th has spans of its own");
    let words = outcome.words(&calendar, Locale::En);
    assert!(words.iter().any(|line| line.contains("with the shifts of Sat, which has none")), "{words:?}");
    assert!(outcome.words(&calendar, Locale::ZhCn).iter().any(|line| line.contains("周六没有班次")));
    let day = calendar.day(date(2026, 12, 26));
    assert!(day.spans.is_empty() && calendar.why(&day, Locale::ZhCn).contains("没有班次"));
}
