//! Forms with files that anybody can send to the progress page: the media type on the first line, the body after it.
#![no_main]

use bytes::Bytes;
use heard_cases::progress::form::{boundary, parts};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let at = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let media_type = String::from_utf8_lossy(&data[..at]);
    let body = Bytes::copy_from_slice(data.get(at + 1..).unwrap_or_default());
    let named = boundary(&media_type);
    let Some(found) = parts(named.as_deref().unwrap_or("x"), &body) else { return };
    let size: usize = found.iter().map(|part| part.content.len()).sum();
    assert!(size <= body.len(), "no part is longer than the body, and none is told twice");
    assert!(found.len() <= 21);
});
