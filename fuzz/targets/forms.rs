//! Forms with files that anybody can send to the progress page: the media type on the first line, the body after it.
#![no_main]

use bytes::Bytes;
use form::{boundary, parts};
use libfuzzer_sys::fuzz_target;

/// The parser itself: it needs nothing of its crate, whose database drivers take long to build with instrumentation.
#[path = "../../crates/cases/src/progress/form.rs"]
mod form;

fuzz_target!(|data: &[u8]| {
    let at = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let media_type = String::from_utf8_lossy(&data[..at]);
    let body = Bytes::copy_from_slice(data.get(at + 1..).unwrap_or_default());
    let named = boundary(&media_type);
    let Some(found) = parts(named.as_deref().unwrap_or("x"), &body) else { return };
    let long = |part: &form::Part| part.content.len() + part.name.len() + part.file_name.as_deref().map_or(0, str::len);
    assert!(found.iter().map(long).sum::<usize>() <= body.len(), "nothing is told that was not sent, and nothing twice");
    assert!(found.len() <= 21);
});
