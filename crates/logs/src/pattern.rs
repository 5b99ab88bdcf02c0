//! What entries have in common when numbers, ids and quoted words are left out.

use std::collections::HashMap;

use crate::{
    entries::{Entry, Log},
    level::Level,
    trace,
};

/// Characters of an entry that its pattern is made from.
const LONGEST: usize = 240;
/// What stands for a number or an id.
const GAP: char = '#';

/// Which pattern each entry has.
#[derive(Debug)]
pub(crate) struct Classes {
    /// For each entry the place of its pattern.
    pub(crate) of: Vec<usize>,
    pub(crate) patterns: Vec<Class>,
}

/// A pattern of entries.
#[derive(Debug)]
pub(crate) struct Class {
    pub(crate) text: String,
    pub(crate) level: Option<Level>,
    /// Places of its first and last entry.
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) count: usize,
}

impl Class {
    /// A short name that is the same whenever the same log is read.
    pub(crate) fn id(&self) -> String {
        // FNV-1a: the name need not be hard to guess, only steady.
        let start = 0xCBF2_9CE4_8422_2325_u64 ^ self.level.map_or(0, |level| level as u64 + 1);
        let sum =
            self.text.bytes().fold(start, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        format!("{sum:016x}")
    }
}

/// Finds the pattern of each entry.
pub(crate) fn classify(log: &Log<'_>) -> Classes {
    let mut known: HashMap<(Option<Level>, String), usize> = HashMap::new();
    let mut classes = Classes { of: Vec::with_capacity(log.entries.len()), patterns: Vec::new() };
    for (at, entry) in log.entries.iter().enumerate() {
        let key = (entry.level, text_of(log, entry));
        let class = match known.get(&key) {
            Some(class) => *class,
            None => {
                let class = classes.patterns.len();
                let (level, text) = key.clone();
                classes.patterns.push(Class { text, level, first: at, last: at, count: 0 });
                known.insert(key, class);
                class
            }
        };
        classes.of.push(class);
        if let Some(class) = classes.patterns.get_mut(class) {
            class.last = at;
            class.count += 1;
        }
    }
    classes
}

/// The pattern of an entry: its words, and of a failure with a trace what failed.
fn text_of(log: &Log<'_>, entry: &Entry<'_>) -> String {
    let mut text = general(&entry.words);
    if let Some(status) = entry.status {
        text.push_str(&format!(" → {status}"));
    }
    let following = log.lines_of(entry).get(1..).unwrap_or_default();
    let mut outer = following.iter().filter(|line| !line.starts_with([' ', '\t']));
    if let Some(failure) = outer.find(|line| trace::names_failure(line)).filter(|_| entry.trace) {
        text.push_str(" ⏎ ");
        text.push_str(&general(failure.trim()));
    }
    text
}

/// A text without what differs from one time to the next.
pub(crate) fn general(text: &str) -> String {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let before = out.chars().next_back();
        let step = if let Some(length) = quoted(rest, before) {
            out.push_str("“…”");
            length
        } else if let Some(length) = id(rest, before) {
            push_gap(&mut out);
            length
        } else {
            match character.is_whitespace() {
                true if out.ends_with(' ') => {}
                true => out.push(' '),
                false => out.push(character),
            }
            character.len_utf8()
        };
        rest = &rest[step..];
    }
    out.truncate(out.trim_end().len());
    out
}

/// Numbers joined by a point, a dash or the like are one gap: dates, addresses, versions.
fn push_gap(out: &mut String) {
    let joined = out.strip_suffix(['.', '-', ':', '_', ',']).is_some_and(|head| head.ends_with(GAP));
    if joined {
        out.pop();
    } else if !out.ends_with(GAP) {
        out.push(GAP);
    }
}

/// The length of a quoted text at the beginning.
fn quoted(text: &str, before: Option<char>) -> Option<usize> {
    let mut characters = text.chars();
    let close = match characters.next()? {
        '"' => '"',
        '\'' if before.is_none_or(|character| !character.is_alphanumeric()) => '\'',
        '“' => '”',
        '‘' => '’',
        '`' => '`',
        _ => return None,
    };
    let inner = characters.as_str();
    let length = inner.find(close)?;
    Some(text.len() - inner.len() + length + close.len_utf8())
}

/// The length of a number or an id at the beginning: digits, hexadecimal of at least eight with a digit, a UUID, 0x….
fn id(text: &str, before: Option<char>) -> Option<usize> {
    let bytes = text.as_bytes();
    let word = before.is_some_and(|character| character.is_ascii_alphanumeric());
    if !word {
        let long = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let run = &bytes[..long];
        let hexadecimal = run.iter().all(u8::is_ascii_hexdigit);
        if uuid(bytes) {
            return Some(36);
        }
        if long > 2 && run.starts_with(b"0x") && run[2..].iter().all(u8::is_ascii_hexdigit) {
            return Some(long);
        }
        if long >= 8 && hexadecimal && run.iter().any(u8::is_ascii_digit) {
            return Some(long);
        }
        // Random ids are long and mix letters with digits all through.
        let changes =
            run.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
        if long >= 16 && changes >= 4 {
            return Some(long);
        }
    }
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then_some(digits)
}

fn uuid(bytes: &[u8]) -> bool {
    let Some(bytes) = bytes.get(..36) else { return false };
    let dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    bytes.iter().enumerate().all(|(at, byte)| if dash(at) { *byte == b'-' } else { byte.is_ascii_hexdigit() })
}

#[cfg(test)]
mod tests {
    use heard_kernel::Timestamp;

    use super::*;
    use crate::{entries::cut, stamp::Day};

    #[test]
    fn what_differs_by_chance_is_left_out() {
        let cases = [
            ("order 1234 took 56.7ms", "order # took #ms"),
            ("from 10.0.0.7:8080 at 2026-02-03", "from # at #"),
            ("id 3f2504e0-4f89-41d3-9a0c-0305e82cabde gone", "id # gone"),
            ("id deadbeef-feed-abba-cafe-abcdefabcdef gone", "id # gone"),
            ("at 0x7fff3a2b in abcdef12", "at # in #"),
            ("token q8Zt1x9KpL2mN4rW refused", "token # refused"),
            ("user 'li' and \"wang\" and “陈”", "user “…” and “…” and “…”"),
            ("can't open it isn't there", "can't open it isn't there"),
            ("decade facade utf8 node12", "decade facade utf# node#"),
            ("课程 12 打不开", "课程 # 打不开"),
            ("[exec-12] GET /orders/17/items/3", "[exec-#] GET /orders/#/items/#"),
            ("a   b\t c  ", "a b c"),
        ];
        for (text, expected) in cases {
            assert_eq!(general(text), expected, "{text}");
        }
        assert_eq!(general(&"很".repeat(1000)).chars().count(), LONGEST);
    }

    #[test]
    fn entries_that_differ_only_so_are_one_pattern() {
        let text = "2026-02-03 04:05:06 ERROR order 1 failed\n\
                    2026-02-03 04:05:07 INFO up\n\
                    2026-02-03 04:05:08 ERROR order 22 failed\n\
                    2026-02-03 04:05:09 ERROR order 3 failed\njava.io.IOException: no 7\n\tat a.B.c(B.java:1)\n\
                    203.0.113.7 - - [03/Feb/2026:04:05:06 +0800] \"GET /a/1 HTTP/1.1\" 500 12\n\
                    203.0.113.8 - - [03/Feb/2026:04:05:06 +0800] \"GET /a/2?x HTTP/1.1\" 500 13\n\
                    203.0.113.8 - - [03/Feb/2026:04:05:06 +0800] \"GET /a/2 HTTP/1.1\" 502 13\n";
        let log = cut(text, Day::of(Timestamp::from_millis(1_772_323_200_000))).unwrap();
        let classes = classify(&log);
        let found: Vec<_> = classes.patterns.iter().map(|class| (class.text.as_str(), class.count)).collect();
        assert_eq!(
            found,
            [
                ("ERROR order # failed", 2),
                ("INFO up", 1),
                ("ERROR order # failed ⏎ java.io.IOException: no #", 1),
                ("GET /a/# → 500", 2),
                ("GET /a/# → 502", 1)
            ]
        );
        assert_eq!(classes.patterns[0].id(), classify(&log).patterns[0].id());
        assert_ne!(classes.patterns[0].id(), classes.patterns[2].id());
    }
}
