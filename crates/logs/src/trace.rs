//! Stack traces: which lines go on with the one above them.

/// Whether a line is part of a stack trace.
pub(crate) fn is_frame(line: &str) -> bool {
    let text = line.trim_start();
    let indented = text.len() < line.len();
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    (indented && (starts(&["at ", "File \"", "from ", "in ", "^"]) || is_numbered(text)))
        || starts(&["Caused by:", "Suppressed:", "... ", "goroutine ", "stack backtrace:", "#0 ", "#1 "])
        || is_traceback(line)
}

/// A frame of Rust or PHP: `12: core::panic`, `#3 index.php`.
fn is_numbered(text: &str) -> bool {
    let text = text.strip_prefix('#').unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) && text[digits..].starts_with([':', ' '])
}

/// Whether a line begins a trace of Python, whose last line says what failed.
pub(crate) fn is_traceback(line: &str) -> bool {
    line.trim_start().starts_with("Traceback (most recent call last)")
}

/// Whether a line names what failed: `java.lang.IllegalStateException: closed`, `TypeError: x is undefined`.
pub(crate) fn names_failure(line: &str) -> bool {
    let name = line.trim_start().split([':', ' ', '(']).next().unwrap_or_default();
    let word =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'$' | b'/'));
    let failure = ["Exception", "Error", "Throwable", "Panic"].iter().any(|end| name.ends_with(end));
    (word && failure) || line.contains("panicked at") || line.trim_start().starts_with("panic:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_many_languages_are_known() {
        for line in [
            "\tat com.x.Y.z(Y.java:12)",
            "    at render (app.js:3:14)",
            "Caused by: java.io.IOException: x",
            "\t... 12 more",
            "  File \"a.py\", line 3, in f",
            "Traceback (most recent call last):",
            "  12: core::panicking::panic",
            "#0 /srv/index.php(3): f()",
        ] {
            assert!(is_frame(line), "{line}");
        }
        for line in ["at noon all was well", "  indented words", "", "12: a line of its own"] {
            assert!(!is_frame(line), "{line}");
        }
    }

    #[test]
    fn what_failed_is_named() {
        assert!(names_failure("java.lang.IllegalStateException: closed"));
        assert!(names_failure("TypeError: x is undefined"));
        assert!(names_failure("thread 'main' panicked at src/main.rs:2:5"));
        assert!(!names_failure("the Error was small"));
        assert!(!names_failure("错误：打不开"));
    }
}
