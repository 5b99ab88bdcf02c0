//! Names, texts, cursors, languages and instants as clients send them.
#![no_main]

use heard_kernel::{Cursor, Locale, Timestamp, clean_name, clean_text, fold_key, preview};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(name) = clean_name("name", text, 80) {
        assert!(name.chars().count() <= 80);
        assert!(!name.chars().any(char::is_control));
        assert_eq!(clean_name("name", &name, 80).ok(), Some(name), "cleaning again changes nothing");
    }
    if let Ok(words) = clean_text("body", text, 1_000) {
        assert!(!words.contains('\0'));
        assert_eq!(clean_text("body", &words, 1_000).ok(), Some(words), "cleaning again changes nothing");
    }
    assert_eq!(fold_key(&fold_key(text)), fold_key(text));
    assert!(preview(text, 60).chars().count() <= 61);
    let _ = Cursor::decode::<(i64, String)>(text);
    let _ = Locale::negotiate(text);
    if let Ok(at) = text.parse::<Timestamp>() {
        assert_eq!(at.to_string().parse::<Timestamp>().ok(), Some(at));
    }
});
