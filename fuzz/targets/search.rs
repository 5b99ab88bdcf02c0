//! What people type into the search box, over texts that customers wrote.
#![no_main]

use heard_search::{fold, snippet, words};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (text, query) = input;
    let _ = words(&fold(query));
    let shown = snippet(text, query, 80);
    assert!(shown.chars().count() <= 400);
});
