//! Files that an administrator loads: calendars, yearly arrangements, iCalendar.
#![no_main]

use heard_kernel::calendar::{Calendars, Weekday, parse_ics};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut calendars = Calendars::builtin();
    let known = calendars.names().count();
    if let Err(problems) = calendars.load(text) {
        assert!(!problems.all().is_empty());
        assert_eq!(calendars.names().count(), known, "a file that is refused changes nothing");
    }
    let _ = calendars.load_arrangement("cn", text);
    if let Ok(days) = parse_ics(text) {
        let _ = (days.holidays(), days.make_up_days(Weekday::Mon), days.left_out_of_arrangement());
    }
});
