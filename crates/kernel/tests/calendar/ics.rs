//! iCalendar files as they come from calendar programs, and as they should not come.

use heard_kernel::calendar::{Calendars, LeftOutReason, Weekday, codes, parse_ics};

fn file(events: &[&str]) -> String {
    let body: String =
        events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n")).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n")
}

fn holidays(events: &[&str]) -> Vec<String> {
    let entry = |holiday: heard_kernel::calendar::Holiday| {
        let day = holiday.date.or(holiday.yearly).unwrap();
        format!("{day} {}", holiday.name)
    };
    parse_ics(&file(events)).unwrap().holidays().into_iter().map(entry).collect()
}

#[test]
fn all_day_events_become_holidays() {
    let several =
        "DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261004\r\nSUMMARY:National\r\n  Day\\, long";
    let expected =
        ["2026-10-01 National Day, long", "2026-10-02 National Day, long", "2026-10-03 National Day, long"];
    assert_eq!(holidays(&[several]), expected);
    assert_eq!(holidays(&["DTSTART;VALUE=DATE:20261224\r\nSUMMARY:Eve"]), ["2026-12-24 Eve"]);
    assert_eq!(
        holidays(&["DTSTART;TZID=\"A:B\":20261224T000000\r\nDURATION:P1D\r\nSUMMARY:Eve"]),
        ["2026-12-24 Eve"]
    );
    assert_eq!(
        holidays(&["DTSTART:20261224\r\nDURATION:P1W\r\nEXDATE:20261225,20261226\r\nSUMMARY:W"]).len(),
        5
    );
}

#[test]
fn yearly_events_come_back() {
    assert_eq!(holidays(&["DTSTART:20201225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:X"]), ["12-25 X"]);
    assert_eq!(
        holidays(&["DTSTART:20241225\r\nRRULE:FREQ=YEARLY;COUNT=2;BYMONTH=12;BYMONTHDAY=25\r\nSUMMARY:X"]),
        ["2024-12-25 X", "2025-12-25 X"]
    );
    assert_eq!(holidays(&["DTSTART:20240229\r\nRRULE:FREQ=YEARLY;UNTIL=20281231\r\nSUMMARY:L"]).len(), 2);
}

#[test]
fn what_is_not_a_day_off_is_left_out_and_counted() {
    let read = parse_ics(&file(&[
        "DTSTART:20261224T093000Z\r\nSUMMARY:meeting",
        "DTSTART:20261224\r\nSTATUS:CANCELLED\r\nSUMMARY:off",
        "DTSTART:20261224\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:weekly",
        "DTSTART:20261332\r\nSUMMARY:bad",
        "DTSTART:20260101\r\nDTEND:20290101\r\nSUMMARY:long",
        "SUMMARY:no date",
        "DTSTART:20270101\r\nBEGIN:VALARM\r\nDTSTART:20270202\r\nEND:VALARM\r\nSUMMARY:good",
        "DTSTART:20270109\r\nSUMMARY:元旦（班）",
    ]))
    .unwrap();
    assert_eq!((read.holidays().len(), read.skipped), (1, 6));
    let worked = read.make_up_days(Weekday::Mon);
    assert_eq!((worked[0].date.as_str(), worked[0].as_weekday.as_str()), ("2027-01-09", "mon"));
    assert_eq!(worked[0].name, "元旦", "the make-up day keeps the name of what it makes up for");
}

#[test]
fn make_up_days_keep_their_names() {
    let days = ["DTSTART:20261010\r\nSUMMARY:国庆节(班)", "DTSTART:20260927\r\nSUMMARY:国庆节 补班"];
    let worked = parse_ics(&file(&days)).unwrap().make_up_days(Weekday::Thu);
    let names: Vec<_> = worked.iter().map(|day| day.name.as_str()).collect();
    assert_eq!(names, ["国庆节 补班", "国庆节"]);
}

#[test]
fn other_files_are_refused() {
    assert_eq!(parse_ics("hello").unwrap_err().first().code, codes::ICS_NOT_A_CALENDAR);
    assert_eq!(parse_ics("").unwrap_err().first().code, codes::ICS_NOT_A_CALENDAR);
    let huge = file(&["DTSTART:20261224"; 5_001]);
    assert_eq!(parse_ics(&huge).unwrap_err().first().code, codes::TOO_MANY);
    assert_eq!(parse_ics(&"x".repeat(2 << 20)).unwrap_err().first().code, codes::FILE_TOO_LARGE);
}

#[test]
fn no_file_makes_the_reader_fail() {
    let config =
        proptest::prelude::ProptestConfig { cases: 500, failure_persistence: None, ..Default::default() };
    proptest::proptest!(config, |(start in "[0-9TZ]{0,17}", rule in "[A-Z=;0-9]{0,30}", length in "\\PC{0,6}", name in "\\PC{0,12}", junk in "\\PC{0,40}")| {
        let event = format!("DTSTART:{start}\r\nRRULE:FREQ=YEARLY;{rule}\r\nDURATION:P{length}\r\nSUMMARY:{name}\r\n{junk}");
        let _ = parse_ics(&file(&[&event, "DTSTART:20260101\r\nSUMMARY:x"]));
        let _ = parse_ics(&junk);
    });
    let endless = ["DTSTART:20000101\r\nDURATION:P300D\r\nRRULE:FREQ=YEARLY;COUNT=99"; 4];
    assert_eq!(parse_ics(&file(&endless)).unwrap_err().first().code, codes::TOO_MANY);
}

/// What a file gives: days off, worked days, and what was left out with its reason.
fn read(text: &str) -> (String, String, String) {
    let days = parse_ics(text).unwrap();
    let holidays =
        days.holidays().into_iter().map(|day| format!("{} {}", day.date.or(day.yearly).unwrap(), day.name));
    let worked = days.make_up_days(Weekday::Mon).into_iter().map(|day| format!("{} {}", day.date, day.name));
    let left_out = days.left_out.iter().map(|event| {
        let reason = serde_json::to_value(event.reason).unwrap();
        format!("{} {} {}", event.date.as_deref().unwrap_or("-"), event.name, reason.as_str().unwrap())
    });
    assert_eq!(days.skipped, days.left_out.len());
    let joined = |lines: Vec<String>| lines.join("\n");
    (joined(holidays.collect()), joined(worked.collect()), joined(left_out.collect()))
}

#[test]
fn a_calendar_of_outlook_is_read() {
    let (off, worked, left_out) = read(&include_str!("../data/ics/outlook.ics").replace('\n', "\r\n"));
    let expected = "2026-03-08 妇女节\n2026-10-01 国庆节\n2026-10-02 国庆节\n2026-10-03 国庆节\n2026-10-04 国庆节\n\
                    2026-10-05 国庆节\n2026-10-06 国庆节\n2026-10-07 国庆节\n2026-12-24 Stocktaking; closed, all day\n2028-03-08 妇女节";
    assert_eq!((off.as_str(), worked.as_str()), (expected, ""));
    assert_eq!(left_out, "20261228T093000 Team meeting time_of_day");
}

#[test]
fn a_subscription_of_google_is_read() {
    let (off, worked, left_out) = read(include_str!("../data/ics/google.ics"));
    assert_eq!((off.as_str(), worked.as_str()), ("2026-01-01 元旦", "2026-01-04 元旦 工作日"));
    assert_eq!(
        left_out,
        "20260308 妇女节 not_marked\n20260312 Arbor Day not_marked\n20260405 清明节 cancelled"
    );
}

#[test]
fn apples_subscription_of_chinese_holidays_is_read() {
    let text = format!("\u{feff}{}", include_str!("../data/ics/apple-cn.ics").replace('\n', "\r"));
    let (off, worked, left_out) = read(&text);
    assert_eq!(off, "2027-01-01 元旦\n2027-01-02 元旦假期\n2027-01-03 元旦假期");
    assert_eq!(worked, "2026-12-27 元旦");
    assert_eq!(left_out, "20270308 妇女节 not_marked\n20270105 小寒 not_marked");
    let mut calendars = Calendars::builtin();
    let years = calendars.load_arrangement("cn", include_str!("../data/ics/apple-cn.ics")).unwrap();
    assert_eq!(years, [2027], "what is not marked is no day off of the arrangement");
    let plan = calendars.get("cn-workday").unwrap().day(jiff::civil::date(2027, 1, 5));
    assert_eq!(plan.spans.len(), 2);
}

#[test]
fn a_file_of_several_calendars_is_read_to_its_end() {
    let (off, worked, left_out) = read(include_str!("../data/ics/own.ics"));
    let expected = "2025-12-24 Christmas Eve\n2026-05-01 Site closed\n2026-06-01 Site closed\n2026-07-01 Site closed\n\
                    2026-09-15 Two days\n2026-09-16 Two days\n2026-12-23 Christmas Eve (moved)";
    assert_eq!((off.as_str(), worked.as_str()), (expected, ""));
    let expected = "20261126 Thanksgiving repetition\n20260909 Order moon cakes not_an_event\n20260808 Withdrawn cancelled\n20260920 Cut cut_off";
    assert_eq!(left_out, expected);
}

#[test]
fn repetitions_end_where_they_say() {
    let days = |rule: &str, start: &str| {
        holidays(&[&format!("DTSTART:{start}\r\nRRULE:FREQ=YEARLY;{rule}\r\nSUMMARY:X")])
    };
    assert_eq!(days("UNTIL=20261201", "20241225"), ["2024-12-25 X", "2025-12-25 X"]);
    assert_eq!(days("UNTIL=20261225", "20241225").len(), 3);
    assert_eq!(days("UNTIL=20261224T160000Z", "20241225").len(), 3, "midnight in China");
    assert_eq!(days("COUNT=2", "20240229"), ["2024-02-29 X", "2028-02-29 X"]);
    let worked =
        parse_ics(&file(&["DTSTART:20261010\r\nRRULE:FREQ=YEARLY;COUNT=2\r\nSUMMARY:国庆节（班）"])).unwrap();
    assert_eq!(worked.make_up_days(Weekday::Mon).len(), 2);
    let without = "DTSTART:20261225\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20271225\r\nSUMMARY:X";
    assert_eq!(holidays(&[without])[..2], ["2026-12-25 X", "2028-12-25 X"]);
}

#[test]
fn an_arrangement_names_what_it_cannot_take_over() {
    let text =
        file(&["DTSTART:20270101\r\nSUMMARY:元旦", "DTSTART:20201225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:X"]);
    let left_out = parse_ics(&text).unwrap().left_out_of_arrangement();
    assert_eq!((left_out[0].name.as_str(), left_out[0].reason), ("X", LeftOutReason::EveryYear));
}
