//! Forms with files, as browsers send them (RFC 7578). The whole body is in memory already and its size is bounded.
//!
//! The fuzzer takes this file alone, so it uses nothing of the crate.

use bytes::Bytes;

/// A part of a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// Name of the field.
    pub(super) name: String,
    /// Name of the file, of a file.
    pub(super) file_name: Option<String>,
    /// Its content.
    pub(super) content: Bytes,
}

/// The boundary that a media type names.
pub(super) fn boundary(media_type: &str) -> Option<String> {
    let (kind, rest) = media_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let named = rest.split(';').find_map(|pair| pair.trim().strip_prefix("boundary="))?;
    let boundary = named.trim_matches('"');
    (1..=70).contains(&boundary.len()).then(|| boundary.to_owned())
}

/// The parts of a body; nothing when it is not such a form.
pub(super) fn parts(boundary: &str, body: &Bytes) -> Option<Vec<Part>> {
    let mark = format!("--{boundary}").into_bytes();
    let mut found = Vec::new();
    let mut at = find(body, &mark, 0)? + mark.len();
    loop {
        let rest = body.get(at..)?;
        if rest.starts_with(b"--") {
            return Some(found);
        }
        let begin = at + if rest.starts_with(b"\r\n") { 2 } else { return None };
        let line_mark = [b"\r\n", mark.as_slice()].concat();
        let end = find(body, &line_mark, begin.saturating_sub(2))?;
        let head_end = find(body, b"\r\n\r\n", begin).filter(|head_end| *head_end + 4 <= end)?;
        let head = String::from_utf8_lossy(body.get(begin..head_end)?).into_owned();
        found.extend(part(&head, body.slice(head_end + 4..end)));
        if found.len() > 20 {
            return None;
        }
        at = end + line_mark.len();
    }
}

fn part(head: &str, content: Bytes) -> Option<Part> {
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let name = parameter(line, "name")?;
    Some(Part { name, file_name: parameter(line, "filename"), content })
}

/// A quoted parameter. Browsers write a quote inside as `%22`.
fn parameter(line: &str, name: &str) -> Option<String> {
    let mark = format!("; {name}=\"");
    let (_, rest) = line.split_once(&mark)?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("%22", "\"").replace("%0D%0A", " "))
}

fn find(body: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = from;
    while let Some(step) = body.get(at..)?.iter().position(|byte| *byte == first) {
        if body[at + step..].starts_with(wanted) {
            return Some(at + step);
        }
        at += step + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_with_words_and_a_file() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n你好\r\n--x\r\n\
                    Content-Disposition: form-data; name=\"files\"; filename=\"a%22.txt\"\r\nContent-Type: text/plain\r\n\r\n\
                    one\r\ntwo\r\n--x--\r\n";
        let found = parts("x", &Bytes::from(body)).unwrap();
        assert_eq!((found[0].name.as_str(), &found[0].content[..]), ("words", "你好".as_bytes()));
        assert_eq!(
            (found[1].file_name.as_deref(), &found[1].content[..]),
            (Some("a\".txt"), &b"one\r\ntwo"[..])
        );
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for body in ["", "--x", "--x\r\n", "--x\r\nA: b\r\n", "--y--", "--x\r\nA: b\r\n\r\nc"] {
            assert_eq!(parts("x", &Bytes::from(body)), None, "{body}");
        }
        assert_eq!(parts("x", &Bytes::from("--x--")), Some(Vec::new()));
        assert_eq!(boundary("multipart/form-data; boundary=\"ab\"").as_deref(), Some("ab"));
        assert_eq!(boundary("text/plain; boundary=ab"), None);
    }
}
