//! The calculator's lines.

use heard_kernel::calendar::{Calendars, eval_line};
use serde_json::{Value, json};

fn ask(line: &str) -> String {
    eval_line(line, &Calendars::builtin(), false)
}

#[test]
fn answers_are_one_line_of_json() {
    let line =
        |rest: &str| format!(r#"{{"calendar":"cn-office-9-18","start":"2026-09-18T17:00:00+08:00",{rest}}}"#);
    for (rest, answer) in [
        (r#""kind":"add_working_minutes","minutes":480"#, r#"{"due":"2026-09-20T16:00:00+08:00"}"#),
        (r#""kind":"add_working_minutes","minutes":480.0"#, r#"{"due":"2026-09-20T16:00:00+08:00"}"#),
        (r#""kind":"add_working_days","days":1"#, r#"{"due":"2026-09-20T17:00:00+08:00"}"#),
        (
            r#""kind":"add_working_days","days":1,"mode":"end_of_day""#,
            r#"{"due":"2026-09-20T18:00:00+08:00"}"#,
        ),
        (
            r#""kind":"working_minutes_between","end":"2026-09-20T08:00:00Z","id":7"#,
            r#"{"id":7,"minutes":480}"#,
        ),
        (r#""kind":"working_minutes_between","end":"2026-09-18T17:00:30+08:00""#, r#"{"minutes":0.5}"#),
        (
            r#""kind":"clock_with_pauses","minutes":30,"pauses":[["2026-09-18T17:10:00+08:00","2026-09-18T17:20:00+08:00"]]"#,
            r#"{"due":"2026-09-18T17:40:00+08:00"}"#,
        ),
        (
            r#""kind":"clock_with_pauses","days":1,"pauses":[["2026-09-18T17:10:00+08:00",null]]"#,
            r#"{"due":null,"paused":true}"#,
        ),
        (
            r#""kind":"add_working_minutes","minutes":60,"tz":"America/New_York""#,
            r#"{"due":"2026-09-18T10:00:00-04:00"}"#,
        ),
    ] {
        assert_eq!(ask(&line(rest)), answer, "{rest}");
    }
    let inline = r#"{"kind":"add_working_minutes","calendar":{"week":{"mon-fri":["22:00-06:00"]}},"tz":"Europe/Berlin","start":"2026-03-27T23:00:00+01:00","minutes":480}"#;
    assert_eq!(ask(inline), r#"{"due":"2026-03-30T23:00:00+02:00"}"#);
    let far = r#"{"kind":"add_working_minutes","calendar":"cn-workday","start":"2027-01-04T09:00:00+08:00","minutes":60}"#;
    assert_eq!(
        ask(far),
        r#"{"due":"2027-01-04T10:00:00+08:00","warnings":[{"warning":"year_without_arrangement","year":2027}]}"#
    );
}

#[test]
fn a_bad_line_says_what_is_wrong_and_where() {
    let good = json!({ "kind": "add_working_minutes", "calendar": "cn-workday", "start": "2026-09-18T17:00:00+08:00", "minutes": 1 });
    let with = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed[name] = value;
        changed.to_string()
    };
    for (line, code, field) in [
        ("".to_owned(), "calendar_syntax", ""),
        ("[]".to_owned(), "calendar_syntax", ""),
        ("{\"id\":1}".to_owned(), "clock_field_missing", "kind"),
        (with("kind", "guess".into()), "clock_kind_unknown", "kind"),
        (with("calendar", "mars".into()), "calendar_unknown", "calendar"),
        (
            with("calendar", json!({ "week": { "mon": ["9"] } })),
            "calendar_span_invalid",
            "calendar.week.mon[0]",
        ),
        (with("calendar", json!({ "weeks": {} })), "calendar_syntax", "calendar"),
        (with("calendar", json!(5)), "calendar_syntax", "calendar"),
        (with("tz", "Mars".into()), "calendar_time_zone_unknown", "tz"),
        (with("start", "2026-09-18T17:00:00".into()), "clock_instant_invalid", "start"),
        (with("start", 5.into()), "clock_instant_invalid", "start"),
        (with("start", "9000-01-01T00:00:00Z".into()), "clock_instant_out_of_range", "start"),
        (with("minutes", (-1).into()), "clock_amount_invalid", "minutes"),
        (with("minutes", json!(1.5)), "clock_amount_invalid", "minutes"),
        (with("minutes", json!(1e300)), "clock_amount_invalid", "minutes"),
        (with("pauses", json!([["x", null]])), "clock_instant_invalid", "pauses[0][0]"),
        (
            with("pauses", json!([["2026-09-18T17:00:00Z", "2026-09-18T16:00:00Z"]])),
            "clock_pause_reversed",
            "pauses[0]",
        ),
        (with("pauses", json!([["2026-09-18T17:00:00Z"]])), "calendar_syntax", "pauses[0]"),
    ] {
        let answer: Value = serde_json::from_str(&ask(&line)).unwrap();
        let error = &answer["error"];
        let found = (error["code"].as_str().unwrap(), error["field"].as_str().unwrap_or_default());
        assert_eq!(found, (code, field), "{line}");
        assert!(
            !error["message"].as_str().unwrap().is_empty()
                && !error["message_zh"].as_str().unwrap().is_empty()
        );
    }
    assert_eq!(serde_json::from_str::<Value>(&ask("{\"id\":1}")).unwrap()["id"], 1);
}

#[test]
fn explain_adds_the_spans_and_the_words() {
    let line = r#"{"kind":"add_working_minutes","calendar":"cn-workday","start":"2026-09-18T17:00:00+08:00","minutes":120}"#;
    let answer: Value = serde_json::from_str(&eval_line(line, &Calendars::builtin(), true)).unwrap();
    assert_eq!(answer["due"], "2026-09-20T10:00:00+08:00");
    let spans = json!([
        { "date": "2026-09-18", "from": "2026-09-18T17:00:00+08:00", "to": "2026-09-18T18:00:00+08:00" },
        { "date": "2026-09-20", "from": "2026-09-20T09:00:00+08:00", "to": "2026-09-20T10:00:00+08:00" },
    ]);
    assert_eq!(answer["spans"], spans);
    assert_eq!(answer["notes"][1]["reason"], "arranged_work");
    assert!(answer["explanation"]["zh-CN"].as_array().unwrap().len() >= 6);
}

#[test]
fn no_line_makes_the_calculator_fail() {
    proptest::proptest!(proptest::prelude::ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() }, |(line in "\\PC{0,60}", minutes: i64, start in "[0-9TZ:+-]{0,25}", span in "[0-9:-]{0,12}")| {
        let calendars = Calendars::builtin();
        let made = json!({ "kind": "clock_with_pauses", "calendar": { "week": { "mon": [span] } }, "start": start, "minutes": minutes });
        for line in [line, made.to_string()] {
            serde_json::from_str::<Value>(&eval_line(&line, &calendars, true)).unwrap();
        }
    });
}

#[test]
fn a_mode_is_read_as_people_write_it() {
    let line = |mode: &str| {
        ask(&format!(
            r#"{{"kind":"add_working_days","calendar":"cn-office-9-18","start":"2026-09-18T17:00:00+08:00","days":1,"mode":{mode}}}"#
        ))
    };
    for mode in [r#""end of day""#, r#""end-of-day""#, r#""End_Of_Day""#] {
        assert_eq!(line(mode), r#"{"due":"2026-09-20T18:00:00+08:00"}"#, "{mode}");
    }
    assert_eq!(line("null"), r#"{"due":"2026-09-20T17:00:00+08:00"}"#);
    for mode in [r#""eod""#, "5"] {
        assert!(line(mode).contains(r#""field":"mode""#), "{mode}");
    }
}

#[test]
fn pauses_in_another_form_are_named() {
    let line = |pauses: &str| {
        ask(&format!(
            r#"{{"kind":"clock_with_pauses","calendar":"24×7","start":"2026-09-18T17:00:00+08:00","minutes":30,"pauses":{pauses}}}"#
        ))
    };
    assert_eq!(line(r#"[["2026-09-18T17:10:00+08:00",null]]"#), r#"{"due":null,"paused":true}"#);
    assert_eq!(
        line(r#"[["2026-09-18T17:10:00+08:00","2026-09-18T17:10:00+08:00"]]"#),
        r#"{"due":"2026-09-18T17:30:00+08:00"}"#
    );
    assert!(line(r#""x""#).contains(r#""field":"pauses""#));
    assert!(line("[[1,2,3]]").contains(r#""field":"pauses[0]""#));
    assert!(line(r#"[["2026-09-18T17:10:00+08:00",7]]"#).contains(r#""field":"pauses[0][1]""#));
}

#[test]
fn a_file_names_each_calendar_once() {
    let mut calendars = Calendars::builtin();
    let twice =
        r#"[{"name":"a","week":{"mon":["09:00-12:00"]}},{"name":"a","week":{"tue":["09:00-12:00"]}}]"#;
    let problems = calendars.load(twice).unwrap_err();
    assert_eq!(problems.first().path, "calendars[1].name");
    assert!(calendars.get("a").is_err());
}

#[test]
fn the_close_of_a_day_on_which_clocks_change_is_where_its_work_ends() {
    let due = |zone: &str, span: &str, start: &str| {
        ask(&format!(
            r#"{{"kind":"add_working_days","calendar":{{"time_zone":"{zone}","week":{{"mon-sun":["{span}"]}}}},"start":"{start}","days":1,"mode":"end_of_day"}}"#
        ))
    };
    let repeated = due("Asia/Tehran", "20:30-23:30", "2021-09-20T20:07:41+04:30");
    assert_eq!(repeated, r#"{"due":"2021-09-21T23:30:00+03:30"}"#);
    let skipped = due("Europe/Dublin", "17:45-01:45", "2016-03-26T00:44:00Z");
    assert_eq!(skipped, r#"{"due":"2016-03-27T02:00:00+01:00"}"#);
}
