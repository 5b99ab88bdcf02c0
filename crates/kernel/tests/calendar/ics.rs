//! iCalendar files as they come from calendar programs, and as they should not come.

use heard_kernel::calendar::{Weekday, codes, parse_ics};

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
