//! From bytes to text.

use std::{borrow::Cow, io::Read};

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use heard_kernel::{Code, Error, Result};
use serde::Serialize;
use utoipa::ToSchema;

/// Bytes of a log that is looked into, unpacked.
pub const LIMIT: u64 = 10 * 1024 * 1024;

/// The file is too large to be looked into here (`params.megabytes`, `params.lines`).
pub const LOG_TOO_LARGE: Code = Code::new("log_too_large", 413);
/// The file is no text.
pub const LOG_NOT_TEXT: Code = Code::new("log_not_text", 415);
/// The file is text of an encoding that is not understood.
pub const LOG_ENCODING_UNREADABLE: Code = Code::new("log_encoding_unreadable", 415);

/// How a text was written as bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[schema(as = LogEncoding)]
pub enum Encoding {
    /// Unicode in steps of a byte.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// Unicode in steps of two bytes.
    #[serde(rename = "UTF-16")]
    Utf16,
    /// The Chinese national standard, with GBK and GB 2312 in it.
    #[serde(rename = "GB18030")]
    Gb18030,
}

/// A file as text.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: Encoding,
    pub(crate) packed: bool,
}

/// The failure of a file that is too large to be looked into.
pub fn too_large() -> Error {
    Error::new(LOG_TOO_LARGE).with("megabytes", LIMIT / 1024 / 1024).with("lines", crate::entries::MAX_LINES)
}

/// Decodes a file, unpacked first when it is packed with gzip.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>> {
    if bytes.len() as u64 > LIMIT {
        return Err(too_large());
    }
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        let (text, encoding) = text_of(bytes)?;
        return Ok(Decoded { text: without_colours(text), encoding, packed: false });
    }
    let mut unpacked = Vec::new();
    // One byte more than is taken tells that there would have been more.
    let mut from = flate2::read::MultiGzDecoder::new(bytes).take(LIMIT + 1);
    from.read_to_end(&mut unpacked).map_err(|error| Error::new(LOG_NOT_TEXT).because(error))?;
    if unpacked.len() as u64 > LIMIT {
        return Err(too_large());
    }
    let (text, encoding) = text_of(&unpacked)?;
    Ok(Decoded { text: Cow::Owned(without_colours(text).into_owned()), encoding, packed: true })
}

/// A text without what colours it in a terminal (ECMA-48: `CSI … m` and its likes).
fn without_colours(text: Cow<'_, str>) -> Cow<'_, str> {
    const CSI: &str = "\u{1B}[";
    if !text.contains(CSI) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split(CSI).enumerate() {
        let length = part.bytes().take_while(|byte| (0x20..0x40).contains(byte)).count();
        // The letter after the numbers belongs to it.
        let end = length + usize::from(part.as_bytes().get(length).is_some_and(u8::is_ascii_alphabetic));
        out.push_str(if at == 0 { part } else { &part[end..] });
    }
    Cow::Owned(out)
}

fn text_of(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding)> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return wide(UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => return wide(UTF_16BE, rest),
        _ => {}
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if !is_text(bytes) {
        return Err(Error::new(LOG_NOT_TEXT));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((Cow::Borrowed(text), Encoding::Utf8));
    }
    if let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok((text, Encoding::Gb18030));
    }
    // A line that was cut in the middle of a character, or a few bytes that a program wrote as they were, do not make a file
    // unreadable.
    let text = String::from_utf8_lossy(bytes);
    if is_readable(&text) {
        return Ok((text, Encoding::Utf8));
    }
    let (text, _) = GB18030.decode_without_bom_handling(bytes);
    if is_readable(&text) { Ok((text, Encoding::Gb18030)) } else { Err(Error::new(LOG_ENCODING_UNREADABLE)) }
}

fn wide(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<(Cow<'static, str>, Encoding)> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    if !is_text(text.as_bytes()) {
        return Err(Error::new(LOG_NOT_TEXT));
    }
    if !is_readable(&text) {
        return Err(Error::new(LOG_ENCODING_UNREADABLE));
    }
    Ok((Cow::Owned(text.into_owned()), Encoding::Utf16))
}

/// Whether bytes can be text at all: none is zero, and few are control characters.
fn is_text(bytes: &[u8]) -> bool {
    if bytes.contains(&0) {
        return false;
    }
    let control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\n' | b'\r' | b'\t' | 0x0C | 0x1B);
    bytes.iter().filter(control).count() * 100 <= bytes.len()
}

/// Whether so little could not be decoded that the rest can be read.
fn is_readable(text: &str) -> bool {
    let lost = text.chars().filter(|character| *character == char::REPLACEMENT_CHARACTER).count();
    lost * 500 <= text.len()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn code(bytes: &[u8]) -> &'static str {
        decode(bytes).unwrap_err().code().id
    }

    #[test]
    fn common_encodings_are_understood() {
        let text = "2026-02-03 04:05:06 错误：打不开课程\n";
        let decoded = decode(text.as_bytes()).unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, Encoding::Utf8));
        let (bytes, ..) = GB18030.encode(text);
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, Encoding::Gb18030));
        for (mark, little) in [([0xFF, 0xFE], true), ([0xFE, 0xFF], false)] {
            let unit = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            let bytes: Vec<u8> = mark.into_iter().chain(text.encode_utf16().flat_map(unit)).collect();
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, Encoding::Utf16));
        }
        let marked = [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
        assert_eq!(decode(&marked).unwrap().text, text);
    }

    #[test]
    fn colours_of_terminals_are_left_out() {
        let text =
            decode("\u{1B}[2m2026\u{1B}[0m \u{1B}[31;1mERROR\u{1B}[0m 不\u{1B}[".as_bytes()).unwrap().text;
        assert_eq!(text, "2026 ERROR 不");
    }

    #[test]
    fn a_packed_file_is_unpacked_up_to_the_limit() {
        let pack = |content: &[u8]| {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(content).unwrap();
            packer.finish().unwrap()
        };
        let packed = pack(b"ERROR no");
        let decoded = decode(&packed).unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.packed), ("ERROR no", true));
        let bomb = pack(&vec![b'a'; usize::try_from(LIMIT).unwrap() + 1]);
        assert!(bomb.len() < 1_000_000);
        assert_eq!(code(&bomb), "log_too_large");
        assert_eq!(code(&packed[..packed.len() - 12]), "log_not_text");
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        assert_eq!(code(&[0, 1, 2, 3]), "log_not_text");
        assert_eq!(code(b"PK\x03\x04\x01\x02\x05"), "log_not_text");
        assert_eq!(code(&[0xFF; 100]), "log_encoding_unreadable");
        assert_eq!(code(&vec![b'a'; usize::try_from(LIMIT).unwrap() + 1]), "log_too_large");
        let mut cut = "一切正常，课程已经打开。\n".repeat(100).into_bytes();
        cut.push(0xE4);
        assert!(decode(&cut).unwrap().text.ends_with('\u{FFFD}'), "a cut character at the end is forgiven");
        assert_eq!(decode(b"").unwrap().text, "");
    }
}
