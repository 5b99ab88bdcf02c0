//! A look over a JSON text before it is read: what the parser would let through and storage or people would not.

use heard_kernel::{Error, Result};

use crate::codes;

/// Levels of objects and lists that Heard reads.
const MAX_DEPTH: usize = 32;

/// # Errors
/// `malformed_json` when the text is not UTF-8, `invalid_character` for NUL and lone surrogates, `nested_too_deeply`.
pub(crate) fn scan(bytes: &[u8]) -> Result<()> {
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(at(codes::MALFORMED_JSON, bytes, error.valid_up_to()));
    }
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut place = 0;
    while let Some(&byte) = bytes.get(place) {
        match (in_string, byte) {
            (true, b'\\') => {
                place += escape(bytes, place)?;
                continue;
            }
            (_, b'"') => in_string = !in_string,
            (_, 0) => return Err(at(codes::INVALID_CHARACTER, bytes, place)),
            (false, b'{' | b'[') => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Error::new(codes::NESTED_TOO_DEEPLY).with("max", MAX_DEPTH));
                }
            }
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        place += 1;
    }
    Ok(())
}

/// The length of the escape that begins at `place`. What is no escape at all is left to the parser.
fn escape(bytes: &[u8], place: usize) -> Result<usize> {
    match unit(bytes, place) {
        Some(0) => Err(at(codes::INVALID_CHARACTER, bytes, place)),
        Some(0xDC00..=0xDFFF) => Err(at(codes::INVALID_CHARACTER, bytes, place)),
        Some(0xD800..=0xDBFF) => match unit(bytes, place + 6) {
            Some(0xDC00..=0xDFFF) => Ok(12),
            _ => Err(at(codes::INVALID_CHARACTER, bytes, place)),
        },
        Some(_) => Ok(6),
        None => Ok(2),
    }
}

/// The UTF-16 unit of a `\uXXXX` at `place`.
fn unit(bytes: &[u8], place: usize) -> Option<u16> {
    let escape = bytes.get(place..place + 6)?;
    let digits = escape.strip_prefix(b"\\u")?;
    digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// An error at a place in the text, as line and column from 1, the column in bytes as the parser counts.
fn at(code: heard_kernel::Code, bytes: &[u8], place: usize) -> Error {
    let before = &bytes[..place.min(bytes.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    Error::new(code).with("line", line).with("column", column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &[u8]) -> &'static str {
        scan(text).map_or_else(|error| error.code().id, |()| "fine")
    }

    #[test]
    fn characters_that_storage_refuses_are_found() {
        assert_eq!(code(br#"{"a":"\u0041\n\\u0000"}"#), "fine");
        assert_eq!(code(br#"{"a":"\ud83d\ude00"}"#), "fine");
        assert_eq!(code(br#"{"a":"\u0000"}"#), "invalid_character");
        assert_eq!(code(b"{\"a\":\"\0\"}"), "invalid_character");
        for lone in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83d\u0041""#, r#""\ud83d\"#] {
            assert_eq!(code(lone.as_bytes()), "invalid_character", "{lone}");
        }
        let error = scan(b"{\n \"a\": \"\\u0000\"}").unwrap_err();
        assert_eq!((error.params()["line"].as_u64(), error.params()["column"].as_u64()), (Some(2), Some(8)));
    }

    #[test]
    fn depth_counts_outside_of_strings() {
        assert_eq!(code(&[b'['; 33]), "nested_too_deeply");
        assert_eq!(code(format!("\"{}\"", "[".repeat(100)).as_bytes()), "fine");
        assert_eq!(code("[]".repeat(100).as_bytes()), "fine");
    }

    #[test]
    fn broken_text_is_left_to_the_parser_or_named() {
        assert_eq!(code(b"\xff"), "malformed_json");
        assert_eq!(code(br#""\u00"#), "fine");
        assert_eq!(code(b"\"\\"), "fine");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_get_an_answer(bytes: Vec<u8>) {
            let _ = scan(&bytes);
        }

        #[test]
        fn any_text_passes_unless_it_holds_a_nul(text: String, ascii: bool) {
            let mut json = serde_json::to_string(&text).unwrap();
            if ascii {
                let units = json.encode_utf16().map(|unit| match u8::try_from(unit) {
                    Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
                    _ => format!("\\u{unit:04x}"),
                });
                json = units.collect();
                assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
            }
            let expected = if text.contains('\0') { "invalid_character" } else { "fine" };
            assert_eq!(code(json.as_bytes()), expected);
        }

        #[test]
        fn what_passes_holds_no_nul(json in r#"["\\u0dDcC8\{\}a-f]{0,40}"#) {
            if scan(json.as_bytes()).is_ok() && let Ok(value) = serde_json::from_str::<String>(&json) {
                assert!(!value.contains('\0'));
            }
        }
    }
}
