//! The calculator's lines.

use heard_kernel::calendar::{Calendars, Question, eval_line};
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
        ("[]".to_owned(), "calendar_shape_invalid", ""),
        ("5".to_owned(), "calendar_shape_invalid", ""),
        ("{\"id\":1}".to_owned(), "clock_field_missing", "kind"),
        (with("kind", "guess".into()), "clock_kind_unknown", "kind"),
        (with("calendar", "mars".into()), "calendar_unknown", "calendar"),
        (
            with("calendar", json!({ "week": { "mon": ["9"] } })),
            "calendar_span_invalid",
            "calendar.week.mon[0]",
        ),
        (with("calendar", json!({ "weeks": {} })), "calendar_field_unknown", "calendar.weeks"),
        (with("calendar", json!(5)), "calendar_shape_invalid", "calendar"),
        (with("kind", json!(5)), "calendar_shape_invalid", "kind"),
        (with("tz", json!(5)), "calendar_shape_invalid", "tz"),
        (with("pause", json!([])), "calendar_field_unknown", "pause"),
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
        (with("pauses", json!([["2026-09-18T17:00:00Z"]])), "calendar_shape_invalid", "pauses[0]"),
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
    assert_eq!(problems.first().path, "calendars[1] (a).name");
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

#[test]
fn fields_that_nobody_knows_are_told() {
    let line = |rest: &str| {
        ask(&format!(
            r#"{{"kind":"add_working_minutes","calendar":"cn-office-9-18","start":"2026-09-18T17:00:00+08:00","minutes":480{rest}}}"#
        ))
    };
    let plain = r#"{"due":"2026-09-20T16:00:00+08:00"}"#;
    for own in [
        "",
        r#","note":"x""#,
        r#","comment":1,"expect":{"due":"y"},"_seen":true,"x-case":7"#,
        r#","mode":null,"pauses":null"#,
    ] {
        assert_eq!(line(own), plain, "{own}");
    }
    for (rest, warning) in [
        (r#","colour":"red""#, r#"{"field":"colour","warning":"unknown_field"}"#),
        (r#","timezone":"UTC","tz":"Asia/Shanghai""#, r#"{"field":"timezone","warning":"unknown_field"}"#),
        (r#","mode":"same_time""#, r#"{"field":"mode","warning":"unused_field"}"#),
        (r#","days":3"#, r#"{"field":"days","warning":"unused_field"}"#),
        (r#","end":"2026-09-18T17:00:00+08:00""#, r#"{"field":"end","warning":"unused_field"}"#),
    ] {
        let answer: Value = serde_json::from_str(&line(rest)).unwrap();
        assert_eq!(
            (answer["due"].as_str().unwrap(), answer["warnings"][0].to_string()),
            ("2026-09-20T16:00:00+08:00", warning.to_owned())
        );
    }
    for (rest, field, meant) in [
        (r#","pause":[]"#, "pause", "pauses"),
        (r#","timezone":"UTC""#, "timezone", "tz"),
        (r#","Mode":"x""#, "Mode", "mode"),
    ] {
        let answer: Value = serde_json::from_str(&line(rest)).unwrap();
        assert_eq!(answer["error"]["field"], field);
        assert_eq!(answer["error"]["message"], format!("unknown field \"{field}\"; is \"{meant}\" meant?"));
        assert_eq!(answer["error"]["message_zh"], format!("没有字段“{field}”；是否应为“{meant}”？"));
    }
    let both = r#"{"kind":"clock_with_pauses","calendar":"cn-office-9-18","start":"2026-09-18T16:00:00+08:00","days":1,"minutes":5}"#;
    assert_eq!(
        ask(both),
        r#"{"due":"2026-09-20T16:00:00+08:00","warnings":[{"field":"minutes","warning":"unused_field"}]}"#
    );
    let explained: Value = serde_json::from_str(&eval_line(both, &Calendars::builtin(), true)).unwrap();
    let words = explained["explanation"]["en"].as_array().unwrap();
    assert!(words.last().unwrap().as_str().unwrap().starts_with("Conventions: spans hold their start"));
    assert_eq!(
        words[words.len() - 2],
        "This question has no use for the field \"minutes\", which was left out of account."
    );
}

#[test]
fn without_a_calendar_the_default_counts_and_is_named() {
    let line = r#"{"kind":"add_working_minutes","start":"2026-09-18T17:00:00+08:00","minutes":480}"#;
    assert_eq!(ask(line), r#"{"calendar":"cn-workday","due":"2026-09-20T17:00:00+08:00"}"#);
    let question = Question::read(serde_json::from_str(line).unwrap()).unwrap();
    let answer = question.answer(&Calendars::builtin(), "cn-office-9-18", true).unwrap();
    assert_eq!(
        (&answer["calendar"], &answer["due"]),
        (&json!("cn-office-9-18"), &json!("2026-09-20T16:00:00+08:00"))
    );
    assert_eq!(answer["explanation"]["en"][1], "The question names no calendar: the default one counts.");
    let zone = r#"{"kind":"add_working_minutes","calendar":null,"tz":"UTC","start":"2026-09-18T09:00:00Z","minutes":60}"#;
    assert_eq!(ask(zone), r#"{"calendar":"cn-workday","due":"2026-09-18T10:00:00+00:00"}"#);
}

#[test]
fn broken_json_is_told_in_words_of_ours() {
    let error = |line: &str| serde_json::from_str::<Value>(&ask(line)).unwrap()["error"].clone();
    let told = error(r#"{"kind":"add_working_minutes","minutes":480"#);
    assert_eq!(told["message"], "line 1, column 43: expected the closing brace of the object");
    assert_eq!(told["message_zh"], "第 1 行第 43 列：应为对象末尾的右花括号");
}

#[test]
fn a_span_that_ends_at_midnight_does_not_touch_the_next_day() {
    let explained = |line: &str| -> Value {
        serde_json::from_str(&eval_line(line, &Calendars::builtin(), true)).unwrap()
    };
    let between = explained(
        r#"{"kind":"working_minutes_between","calendar":"cn-workday","start":"2026-12-25T09:00:00+08:00","end":"2026-12-26T00:00:00+08:00"}"#,
    );
    assert_eq!((&between["minutes"], &between["notes"]), (&json!(480), &json!([])));
    let year = explained(
        r#"{"kind":"working_minutes_between","calendar":"cn-workday","start":"2025-12-30T09:00:00+08:00","end":"2026-01-01T00:00:00+08:00"}"#,
    );
    assert_eq!(year["notes"], json!([]), "New Year's Day is not touched");
    let close = explained(
        r#"{"kind":"add_working_minutes","calendar":{"arrangement":"cn","week":{"mon-sun":["00:00-24:00"]}},"start":"2026-12-24T00:00:00+08:00","minutes":1440}"#,
    );
    assert_eq!((&close["due"], &close["notes"]), (&json!("2026-12-25T00:00:00+08:00"), &json!([])));
    let beyond = |kind: &str| {
        explained(&format!(
            r#"{{{kind},"calendar":{{"arrangement":"cn","week":{{"mon-sun":["00:00-24:00"]}}}},"start":"2026-12-26T00:00:00+08:00"}}"#
        ))["warnings"]
            .to_string()
    };
    let end = r#"[{"warning":"year_end_may_change","year":2026}]"#;
    assert_eq!(beyond(r#""kind":"working_minutes_between","end":"2027-01-01T00:00:00+08:00""#), end);
    assert_eq!(
        beyond(r#""kind":"add_working_minutes","minutes":8640"#),
        end,
        "the close of the 31st is still the 31st"
    );
    assert_eq!(beyond(r#""kind":"add_working_days","days":5,"mode":"end_of_day""#), end);
    assert!(
        beyond(r#""kind":"add_working_days","days":6"#).contains("2027"),
        "the same time of the 1st is the 1st"
    );
}

#[test]
fn seconds_in_explanations_are_exact() {
    let line = r#"{"kind":"working_minutes_between","calendar":"cn-workday","start":"2026-09-18T16:30:19.716+08:00","end":"2026-09-18T16:31:20.25+08:00"}"#;
    let answer: Value = serde_json::from_str(&eval_line(line, &Calendars::builtin(), true)).unwrap();
    let words = answer["explanation"]["en"].as_array().unwrap();
    assert_eq!(words[1], "Start: Fri 18 Sep 2026 16:30:19.716.");
    assert_eq!(words[2], "Counted on Fri 18 Sep 2026: 16:30:19.716–16:31:20.25, 1 min 0.534 s.");
    assert_eq!(words[3], "End: Fri 18 Sep 2026 16:31:20.25; 1 min 0.534 s of working time.");
    assert_eq!(
        answer["explanation"]["zh-CN"][3],
        "结束：2026年9月18日（周五）16:31:20.25；工作时间 1 分钟 0.534 秒。"
    );
}

/// The conventions that every explanation states, each on a line of the calculator with a value counted by hand.
#[test]
fn the_conventions_hold_in_the_calculator() {
    let day = r#""calendar":{"week":{"mon-fri":["09:00-12:00","13:00-18:00"]}}"#;
    let night = r#""calendar":{"week":{"mon-thu":["22:00-06:00"]},"holidays":["2026-11-03"]}"#;
    let at = |text: &str| format!("2026-11-{}:00+08:00", text.replace(' ', "T"));
    let due = |calendar: &str, rest: &str, start: &str| {
        let kind = if rest.contains("pauses") {
            "clock_with_pauses"
        } else if rest.contains("days") {
            "add_working_days"
        } else {
            "add_working_minutes"
        };
        let line = format!(r#"{{"kind":"{kind}",{calendar},"start":"{}",{rest}}}"#, at(start));
        serde_json::from_str::<Value>(&ask(&line)).unwrap()["due"].as_str().unwrap()[8..16].replace('T', " ")
    };
    // The 2nd of November 2026 is a Monday.
    for (calendar, start, rest, expected, why) in [
        (day, "02 09:00", r#""minutes":480"#, "02 18:00", "a result on closing time stays there"),
        (day, "02 09:00", r#""minutes":180"#, "02 12:00", "also at noon"),
        (day, "02 18:00", r#""minutes":0"#, "03 09:00", "closing time is outside"),
        (day, "02 17:59", r#""minutes":1"#, "02 18:00", "the minute before is inside"),
        (day, "02 12:30", r#""minutes":60"#, "02 14:00", "a start outside moves to the next opening"),
        (day, "07 10:00", r#""minutes":1"#, "09 09:01", "also over a weekend"),
        (night, "02 23:00", r#""minutes":480"#, "04 23:00", "Monday's night counts into the free Tuesday"),
        (night, "05 05:00", r#""days":1"#, "06 05:00", "Thursday 05:00 is Wednesday's work"),
        (night, "05 05:00", r#""days":1,"mode":"end_of_day""#, "06 06:00", "and Thursday's ends on Friday"),
        (day, "06 17:00", r#""days":1"#, "09 17:00", "same time: the next working day"),
        (day, "07 11:00", r#""days":1"#, "10 09:00", "same time: from the moved start"),
        (
            day,
            "07 11:00",
            r#""days":1,"mode":"end_of_day""#,
            "09 18:00",
            "end of day: the start is not counted",
        ),
        (
            day,
            "02 09:00",
            r#""days":0,"mode":"end_of_day""#,
            "02 18:00",
            "end of day: none is the close of today",
        ),
    ] {
        assert_eq!(due(calendar, rest, start), expected, "{why}");
    }
    let pauses = format!(
        r#""minutes":60,"pauses":[["{}","{}"],["{}","{}"],["{}","{}"]]"#,
        at("02 09:30"),
        at("02 10:30"),
        at("02 10:00"),
        at("02 11:00"),
        at("01 00:00"),
        at("01 23:00")
    );
    assert_eq!(
        due(day, &pauses, "02 09:00"),
        "02 11:30",
        "overlapping pauses count once, one on a free day nothing"
    );
    let between = format!(
        r#"{{"kind":"working_minutes_between",{day},"start":"{}","end":"{}"}}"#,
        at("02 18:00"),
        at("03 09:00")
    );
    assert_eq!(ask(&between), r#"{"minutes":0}"#, "from closing to opening nothing is worked");
}
