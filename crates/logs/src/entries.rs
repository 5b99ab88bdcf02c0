//! Lines, and the entries that they make up.

use std::borrow::Cow;

use heard_kernel::Result;

use crate::{
    decode,
    head::{Format, head},
    level::Level,
    stamp::{Day, Stamp},
    trace,
};

/// Lines of a log that is looked into.
pub(crate) const MAX_LINES: usize = 500_000;
/// Lines that go on with one above them at most: what follows is no stack trace any more.
const MAX_FOLLOWING: usize = 500;

/// What one call of a logger wrote.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    /// The place of its first line.
    pub(crate) first: usize,
    /// How many lines it has.
    pub(crate) count: usize,
    pub(crate) stamp: Option<Stamp>,
    pub(crate) level: Option<Level>,
    pub(crate) format: Format,
    pub(crate) words: Cow<'a, str>,
    pub(crate) status: Option<u32>,
    /// Whether a stack trace is part of it.
    pub(crate) trace: bool,
}

/// A log cut into lines and entries. Every line belongs to one entry.
#[derive(Debug)]
pub(crate) struct Log<'a> {
    pub(crate) lines: Vec<&'a str>,
    pub(crate) entries: Vec<Entry<'a>>,
}

impl<'a> Log<'a> {
    /// The lines of an entry.
    pub(crate) fn lines_of(&self, entry: &Entry<'_>) -> &[&'a str] {
        self.lines.get(entry.first..entry.first + entry.count).unwrap_or_default()
    }
}

/// Cuts a text into lines and entries.
///
/// # Errors
/// `log_too_large` when there are too many lines.
pub(crate) fn cut(text: &str, today: Day) -> Result<Log<'_>> {
    let lines: Vec<&str> = text.lines().take(MAX_LINES + 1).collect();
    if lines.len() > MAX_LINES {
        return Err(decode::too_large());
    }
    let mut entries: Vec<Entry<'_>> = Vec::new();
    // Within a trace of Python the line that ends it says what failed and is not indented.
    let mut in_traceback = false;
    for (at, line) in lines.iter().enumerate() {
        let found = head(line, today);
        if found.is_none()
            && let Some(above) = entries.last_mut()
            && goes_on(above, line, in_traceback)
        {
            above.count += 1;
            let frame = trace::is_frame(line);
            above.trace |= frame;
            in_traceback = trace::is_traceback(line) || (in_traceback && line.starts_with([' ', '\t']));
            continue;
        }
        in_traceback = trace::is_traceback(line);
        let (stamp, level, format, words, status) = match found {
            Some(head) => (head.stamp, head.level, head.format, head.words, head.status),
            None => (None, None, Format::Plain, Cow::Borrowed(*line), None),
        };
        entries.push(Entry { first: at, count: 1, stamp, level, format, words, status, trace: in_traceback });
    }
    let mut log = Log { lines, entries };
    infer(&mut log);
    Ok(log)
}

/// Whether a line without a head belongs to the entry above it. In a log whose entries have heads every such line does.
fn goes_on(above: &Entry<'_>, line: &str, in_traceback: bool) -> bool {
    if above.count > MAX_FOLLOWING {
        return false;
    }
    above.format != Format::Plain || in_traceback || (trace::is_frame(line) && !trace::is_traceback(line))
}

/// An entry that names no level but a failure is an error.
fn infer(log: &mut Log<'_>) {
    let Log { lines, entries } = log;
    for entry in entries.iter_mut().filter(|entry| entry.level.is_none()) {
        let own = lines.get(entry.first..entry.first + entry.count).unwrap_or_default();
        let plain = entry.format == Format::Plain;
        let named = own.iter().take(3).any(|line| trace::names_failure(line));
        if entry.trace || named || (plain && own.iter().any(|line| trace::is_traceback(line))) {
            entry.level = Some(Level::Error);
        } else if plain {
            entry.level = own.first().and_then(|line| Level::near_start(line));
        }
    }
}

#[cfg(test)]
mod tests {
    use heard_kernel::Timestamp;

    use super::*;

    fn spans(text: &str) -> Vec<(usize, usize, Option<Level>, bool)> {
        let log = cut(text, Day::of(Timestamp::from_millis(1_772_323_200_000))).unwrap();
        log.entries.iter().map(|entry| (entry.first, entry.count, entry.level, entry.trace)).collect()
    }

    #[test]
    fn a_stack_trace_stays_with_its_entry() {
        let text = "2026-02-03 04:05:06,789 [main] ERROR c.f.Bar - no\n\
                    java.lang.IllegalStateException: closed\n\
                    \tat c.f.Bar.go(Bar.java:12)\n\
                    Caused by: java.io.IOException: x\n\
                    \t... 3 more\r\n\
                    2026-02-03 04:05:07,000 [main] INFO c.f.Bar - up\n";
        assert_eq!(spans(text), [(0, 5, Some(Level::Error), true), (5, 1, Some(Level::Info), false)]);
    }

    #[test]
    fn traces_in_plain_output_are_kept_together() {
        let text = "starting\n\
                    Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    g()\nValueError: no\n\
                    stopping\n\
                    TypeError: x is undefined\n    at f (app.js:1:2)\n    at g (app.js:3:4)\nbye";
        let error = Some(Level::Error);
        assert_eq!(
            spans(text),
            [
                (0, 1, None, false),
                (1, 4, error, true),
                (5, 1, None, false),
                (6, 3, error, true),
                (9, 1, None, false)
            ]
        );
    }

    #[test]
    fn every_line_belongs_to_one_entry() {
        assert!(spans("").is_empty());
        assert_eq!(spans("\n\nx").len(), 3);
        let long = format!("[WARN] slow\n{}", "more\n".repeat(2 * MAX_FOLLOWING));
        let counts: usize = spans(&long).iter().map(|entry| entry.1).sum();
        assert_eq!(counts, 2 * MAX_FOLLOWING + 1);
        let many = "\n".repeat(MAX_LINES + 1);
        let error = cut(&many, Day::of(Timestamp::default())).unwrap_err();
        assert_eq!(error.code().id, "log_too_large");
    }
}
