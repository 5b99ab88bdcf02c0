//! What kind of file it is, judged by its content and never by its name.

/// How much of a file is looked at.
pub(super) const HEAD: usize = 8 * 1024;

/// The media type of a file that starts with `head`.
pub(super) fn detect(head: &[u8], name: &str) -> &'static str {
    if let Some(found) = infer::get(head) {
        return found.mime_type();
    }
    let Some(text) = text_of(head) else { return "application/octet-stream" };
    // What a browser might run is named for what it is, whatever the file is called, so that limits by kind hold.
    let start = text.trim_start_matches('\u{FEFF}').trim_start().to_ascii_lowercase();
    if start.contains("<svg") {
        return "image/svg+xml";
    }
    if start.starts_with("<!doctype html") || start.contains("<html") || start.contains("<script") {
        return "text/html";
    }
    if start.starts_with("<?xml") {
        return "application/xml";
    }
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("csv") => "text/csv",
        Some("json") => "application/json",
        Some("md") => "text/markdown",
        _ => "text/plain",
    }
}

/// The head as text, when it is UTF-8 without control characters. A character cut at the end is forgiven.
fn text_of(head: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let clean = !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}'));
    clean.then_some(text)
}

/// Kinds that a browser may show within a page. Everything else is only ever downloaded.
pub fn is_inline(kind: &str) -> bool {
    matches!(
        kind,
        "image/png"
            | "image/jpeg"
            | "image/gif"
            | "image/webp"
            | "audio/mpeg"
            | "audio/ogg"
            | "audio/x-wav"
            | "audio/m4a"
            | "audio/amr"
            | "video/mp4"
            | "video/webm"
    )
}

/// Kinds that no inbox takes unless it names them: programs, and pages that could pass for one of ours.
fn is_dangerous(kind: &str) -> bool {
    matches!(
        kind,
        "application/vnd.microsoft.portable-executable"
            | "application/x-executable"
            | "application/x-mach-binary"
            | "application/x-msdownload"
            | "application/java"
            | "application/wasm"
            | "application/x-dex"
            | "application/x-dey"
            | "text/x-shellscript"
            | "application/x-apple-diskimage"
            | "application/vnd.debian.binary-package"
            | "application/x-rpm"
    )
}

/// Whether a kind is among the wanted ones: exact, or by family as `image/*`. An empty list means all that are safe.
pub fn matches_any(kind: &str, wanted: &[String]) -> bool {
    if wanted.is_empty() {
        return !is_dangerous(kind);
    }
    wanted.iter().any(|pattern| match pattern.strip_suffix("/*") {
        Some(family) => kind.split('/').next() == Some(family) && kind != "image/svg+xml",
        None => kind == pattern,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_and_not_the_name() {
        assert_eq!(detect(b"\x89PNG\r\n\x1a\n0000", "a.txt"), "image/png");
        assert_eq!(
            detect(b"MZ\x90\x00\x03\x00\x00\x00", "photo.jpg"),
            "application/vnd.microsoft.portable-executable"
        );
        assert_eq!(detect(b"  <SVG onload=alert(1)>", "a.png"), "image/svg+xml");
        assert_eq!(detect(b"hello <script>alert(1)</script>", "a.txt"), "text/html");
        assert_eq!(detect("姓名,电话\n".as_bytes(), "客户.CSV"), "text/csv");
        assert_eq!(detect(&[0xE4, 0xBD], "cut"), "text/plain");
        assert_eq!(detect(&[0, 1, 2, 3], "x.txt"), "application/octet-stream");
    }

    #[test]
    fn families_and_exact_kinds_limit_an_inbox() {
        let images = ["image/*".to_owned(), "application/pdf".to_owned()];
        assert!(matches_any("image/png", &images));
        assert!(!matches_any("image/svg+xml", &images), "an image that can hold a script must be named");
        assert!(matches_any("application/pdf", &images));
        assert!(!matches_any("video/mp4", &images));
        assert!(matches_any("text/plain", &[]));
        assert!(!matches_any("application/x-executable", &[]));
    }
}
