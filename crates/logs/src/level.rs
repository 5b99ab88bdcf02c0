//! How bad an entry says it is.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How bad an entry says it is, from the least to the worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LogLevel)]
pub enum Level {
    /// For who wrote the program.
    Debug,
    /// What happened as it should.
    Info,
    /// Something to look at.
    Warn,
    /// Something failed.
    Error,
}

impl Level {
    /// The level that a word names, in any case.
    pub(crate) fn named(word: &str) -> Option<Self> {
        // Longer words are no level, and need not be compared.
        if !(3..=11).contains(&word.len()) {
            return None;
        }
        Some(match word.to_ascii_lowercase().as_str() {
            "trace" | "verbose" | "debug" | "fine" | "finer" | "finest" | "dbg" => Self::Debug,
            "info" | "information" | "informational" | "notice" | "inf" => Self::Info,
            "warn" | "warning" | "wrn" => Self::Warn,
            "error" | "err" | "severe" | "crit" | "critical" | "fatal" | "alert" | "emerg" | "panic" => {
                Self::Error
            }
            _ => return None,
        })
    }

    /// The level that a letter stands for.
    pub(crate) fn letter(letter: u8) -> Option<Self> {
        Some(match letter {
            b'V' | b'D' => Self::Debug,
            b'I' => Self::Info,
            b'W' => Self::Warn,
            b'E' | b'F' | b'A' => Self::Error,
            _ => return None,
        })
    }

    /// The level of a syslog severity (RFC 5424, 6.2.1).
    pub(crate) fn severity(number: u32) -> Self {
        match number % 8 {
            0..=3 => Self::Error,
            4 => Self::Warn,
            5 | 6 => Self::Info,
            _ => Self::Debug,
        }
    }

    /// The level of a status that a web server answered with.
    pub(crate) fn status(status: u32) -> Self {
        match status {
            500.. => Self::Error,
            400..=499 => Self::Warn,
            _ => Self::Info,
        }
    }

    /// The level of a number as bunyan and pino write it.
    pub(crate) fn number(number: i64) -> Option<Self> {
        Some(match number {
            10 | 20 => Self::Debug,
            30 => Self::Info,
            40 => Self::Warn,
            50 | 60 => Self::Error,
            _ => return None,
        })
    }

    /// The level that stands near the beginning of a line: a word in capitals, or one in brackets, before a colon or
    /// after `level=`.
    pub(crate) fn near_start(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let end = bytes.len().min(NEAR);
        let mut at = 0;
        while at < end {
            if !bytes[at].is_ascii_alphabetic() {
                at += 1;
                continue;
            }
            let length =
                bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
            let word = &text[at..at + length];
            let (before, after) = (at.checked_sub(1).map(|at| bytes[at]), bytes.get(at + length).copied());
            if marked(word, before, after)
                && let Some(level) = Self::named(word)
            {
                return Some(level);
            }
            if word.len() == 1 && before == Some(b'[') && after == Some(b']') {
                return Self::letter(bytes[at]);
            }
            at += length;
        }
        None
    }
}

/// How far into a line a level is looked for.
const NEAR: usize = 90;

fn marked(word: &str, before: Option<u8>, after: Option<u8>) -> bool {
    let alone = !matches!(before, Some(b'-' | b'.' | b'/' | b'@'))
        && !matches!(after, Some(b'-' | b'.' | b'/' | b'='));
    let capitals = alone && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let bracketed =
        matches!(before, Some(b'[' | b':' | b'<' | b'|')) && matches!(after, Some(b']' | b'>' | b'|'));
    let named = matches!(before, Some(b'=')) || (before == Some(b'"') && after == Some(b'"'));
    let first = before.is_none() && matches!(after, Some(b':')) && alone;
    capitals || bracketed || named || first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_found_where_loggers_write_it() {
        let cases = [
            (" [main] ERROR c.f.Bar - no", Some(Level::Error)),
            ("  WARN 123 --- [exec-1] c.f.Bar : slow", Some(Level::Warn)),
            (" [error] 12#0: *3 open() failed", Some(Level::Error)),
            ("[core:notice] [pid 1] up", Some(Level::Info)),
            (" level=warning msg=\"slow\"", Some(Level::Warn)),
            ("INFO:root:up", Some(Level::Info)),
            ("warning: unused", Some(Level::Warn)),
            (" [E] gone", Some(Level::Error)),
            (" [error-handler-1] all is well", None),
            (" the error was small", None),
            (" user ERROR-17 came", None),
            ("启动失败 ERROR 原因", Some(Level::Error)),
        ];
        for (text, level) in cases {
            assert_eq!(Level::near_start(text), level, "{text}");
        }
    }

    #[test]
    fn numbers_and_letters_have_their_levels() {
        assert_eq!(Level::severity(11), Level::Error);
        assert_eq!(Level::severity(34), Level::Error);
        assert_eq!(Level::severity(165), Level::Info);
        assert_eq!(Level::status(503), Level::Error);
        assert_eq!(Level::status(404), Level::Warn);
        assert_eq!(Level::number(60), Some(Level::Error));
        assert_eq!(Level::letter(b'x'), None);
    }
}
