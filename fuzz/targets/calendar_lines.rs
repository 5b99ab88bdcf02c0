//! Lines for `heard clock eval` and the calculator: whatever comes in, one line of JSON goes out, and twice the same.
#![no_main]

use std::sync::LazyLock;

use heard_kernel::calendar::{Calendars, eval_line};
use libfuzzer_sys::fuzz_target;

static CALENDARS: LazyLock<Calendars> = LazyLock::new(Calendars::builtin);

fuzz_target!(|line: &str| {
    for explain in [false, true] {
        let answer = eval_line(line, &CALENDARS, explain);
        assert!(!answer.contains('\n'));
        serde_json::from_str::<serde_json::Value>(&answer).expect("the answer is JSON");
        assert_eq!(answer, eval_line(line, &CALENDARS, explain));
    }
});
