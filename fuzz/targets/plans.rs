//! Plan documents that a manager writes or brings along: read, checked, and then asked as cases ask a plan.
#![no_main]

use heard_cases::plans::{Plan, asked};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(plan) = serde_json::from_str::<Plan>(text) {
        asked(&plan, text);
    }
});
