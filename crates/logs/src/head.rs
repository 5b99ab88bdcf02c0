//! The beginning of a line: when it was written, how bad it is, and in which format.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    cursor::Cursor,
    json,
    level::Level,
    stamp::{self, Day, Stamp},
};

/// In which format a line is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LogFormat)]
pub enum Format {
    /// A time and words, as applications write (log4j, logback and their likes).
    Application,
    /// Syslog (RFC 3164 and RFC 5424).
    Syslog,
    /// Requests, as web servers write them (nginx, Apache).
    Access,
    /// Failures, as web servers write them (nginx, Apache).
    WebServer,
    /// Android's logcat.
    Android,
    /// A JSON object on each line.
    Json,
    /// Lines without a known beginning.
    Plain,
}

/// What the beginning of a line says.
#[derive(Debug)]
pub(crate) struct Head<'a> {
    pub(crate) stamp: Option<Stamp>,
    pub(crate) level: Option<Level>,
    pub(crate) format: Format,
    /// What it says, without the time: from this its pattern is made.
    pub(crate) words: Cow<'a, str>,
    /// The status that a web server answered with.
    pub(crate) status: Option<u32>,
}

impl<'a> Head<'a> {
    fn new(
        stamp: Option<Stamp>,
        level: Option<Level>,
        format: Format,
        words: impl Into<Cow<'a, str>>,
    ) -> Self {
        Self { stamp, level, format, words: words.into(), status: None }
    }
}

/// Reads the beginning of a line; nothing when it has none, and so belongs to what stands above it.
pub(crate) fn head(line: &str, today: Day) -> Option<Head<'_>> {
    let first = line.bytes().next()?;
    match first {
        b'{' => json_line(line),
        b'<' => syslog_line(line, today),
        b'[' => bracketed(line, today).or_else(|| level_first(line, today)),
        b'0'..=b'9' => android(line, today)
            .or_else(|| application(line, Cursor::new(line), today))
            .or_else(|| access(line)),
        _ if first.is_ascii_alphabetic() || first == b':' => syslog_line(line, today)
            .or_else(|| access(line))
            .or_else(|| level_first(line, today))
            .or_else(|| named_fields(line)),
        _ => None,
    }
}

fn json_line(line: &str) -> Option<Head<'_>> {
    let found = json::read(line)?;
    let words = found.words.map_or(Cow::Borrowed(line), Cow::Owned);
    Some(Head::new(found.stamp, found.level, Format::Json, words))
}

/// `<34>1 2026-…`, `<34>Nov 22 …`, `Nov 22 … host program[1]: words`.
fn syslog_line(line: &str, today: Day) -> Option<Head<'_>> {
    let mut cursor = Cursor::new(line);
    let mut level = None;
    if cursor.eat("<").is_some() {
        let number: u32 = cursor.digits().filter(|digits| digits.len() <= 3)?.parse().ok()?;
        cursor.eat(">")?;
        level = Some(Level::severity(number));
    }
    let mut dated = cursor;
    let stamp = match (level, dated.eat("1 ")) {
        (Some(_), Some(())) => {
            cursor = dated;
            stamp::iso(&mut cursor)
        }
        _ => stamp::syslog(&mut cursor, today),
    }?;
    let words = cursor.rest().trim_start();
    let level = level.or_else(|| Level::near_start(words));
    Some(Head::new(Some(stamp), level, Format::Syslog, words))
}

/// `[Sun Nov 22 … 2026] [core:error]`, `[2026-11-22 14:58:37] ERROR`, `[14:58:37]`.
fn bracketed(line: &str, today: Day) -> Option<Head<'_>> {
    let mut cursor = Cursor::new(line);
    cursor.eat("[")?;
    let mut apache = cursor;
    if let Some(stamp) = stamp::apache(&mut apache) {
        let words = apache.rest().trim_start_matches([']', ' ']);
        let level = Level::near_start(words);
        return Some(Head::new(Some(stamp), level, Format::WebServer, words));
    }
    application(line, cursor, today)
}

/// A time in ISO 8601 or of the day, then words.
fn application<'a>(line: &'a str, mut cursor: Cursor<'a>, today: Day) -> Option<Head<'a>> {
    let slashed = line.as_bytes().get(cursor.at() + 4) == Some(&b'/');
    let stamp = stamp::iso_or_time_of_day(&mut cursor, today)?;
    let words = cursor.rest().trim_start_matches([']', ' ', '\t', '-', '|', ':']);
    let level = Level::near_start(words);
    // Only nginx writes its level in brackets behind a time with slashes.
    let web = slashed && words.starts_with('[') && level.is_some();
    let format = if web { Format::WebServer } else { Format::Application };
    Some(Head::new(Some(stamp), level, format, words))
}

/// `203.0.113.7 - - [22/Nov/2026:14:58:37 +0800] "GET /a?b HTTP/1.1" 500 12`.
fn access(line: &str) -> Option<Head<'_>> {
    // A name of a host and of a user stand before the time; neither is long.
    let open = line.bytes().take(200).position(|byte| byte == b'[')?;
    let client = line[..open].split(' ').next()?;
    if client.is_empty()
        || !client.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-_".contains(&byte))
    {
        return None;
    }
    let mut cursor = Cursor::new(line.get(open + 1..)?);
    let stamp = stamp::access(&mut cursor)?;
    cursor.eat("] \"")?;
    let (request, rest) = cursor.rest().split_once('"')?;
    let status: u32 = rest.trim_start().split(' ').next()?.parse().ok()?;
    let mut parts = request.split(' ');
    let method = parts.next().unwrap_or_default();
    let path = parts.next().unwrap_or_default().split('?').next().unwrap_or_default();
    let head =
        Head::new(Some(stamp), Some(Level::status(status)), Format::Access, format!("{method} {path}"));
    Some(Head { status: Some(status), ..head })
}

/// `11-22 14:58:37.123  1234  5678 E Tag: words`, `11-22 14:58:37.123 E/Tag(1234): words`.
fn android(line: &str, today: Day) -> Option<Head<'_>> {
    let mut cursor = Cursor::new(line);
    let stamp = stamp::android(&mut cursor, today)?;
    let mut long = cursor;
    let words = match threads(&mut long) {
        Some(()) => long.rest(),
        None => cursor.rest().trim_start(),
    };
    let level = Level::letter(*words.as_bytes().first()?);
    let level = level.filter(|_| matches!(words.as_bytes().get(1), Some(b' ' | b'/')));
    Some(Head::new(Some(stamp), level, Format::Android, words))
}

fn threads(cursor: &mut Cursor<'_>) -> Option<()> {
    for _ in 0..2 {
        cursor.spaces();
        cursor.digits()?;
    }
    cursor.eat(" ")
}

/// `ERROR 2026-… words`, `[WARN] words`, `E/Tag(1234): words`, `INFO:root:words`.
fn level_first(line: &str, today: Day) -> Option<Head<'_>> {
    let mut cursor = Cursor::new(line);
    if let (Some(level), Some(b'/')) = (Level::letter(line.as_bytes()[0]), line.as_bytes().get(1))
        && line.contains("): ")
    {
        return Some(Head::new(None, Some(level), Format::Android, line));
    }
    let open = cursor.eat("[").is_some();
    let rest = cursor.rest();
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &rest[..length];
    let level = Level::named(word)?;
    let after = rest.as_bytes().get(length).copied();
    let clear = if open { after == Some(b']') } else { matches!(after, Some(b' ' | b':' | b'|' | b'\t')) };
    if !clear || (!open && !word.bytes().all(|byte| byte.is_ascii_uppercase())) {
        return None;
    }
    let words = rest[length..].trim_start_matches([']', ' ', '[', '\t', '|', ':']);
    let mut cursor = Cursor::new(words);
    let stamp = stamp::iso_or_time_of_day(&mut cursor, today);
    let words = cursor.rest().trim_start_matches([']', ' ', '-', '|', ':']);
    Some(Head::new(stamp, Some(level), Format::Application, words))
}

/// `time="2026-11-22T14:58:37Z" level=error msg="no"`.
fn named_fields(line: &str) -> Option<Head<'_>> {
    let field = |name: &str| {
        let rest =
            line.strip_prefix(name).or_else(|| line.split_once(&format!(" {name}")).map(|(_, rest)| rest))?;
        Some(rest.strip_prefix('"').unwrap_or(rest))
    };
    let level_text = field("level=")?;
    let level = Level::named(level_text.split([' ', '"']).next().unwrap_or_default())?;
    let stamp = ["time=", "ts=", "t="].iter().find_map(|name| stamp::iso(&mut Cursor::new(field(name)?)));
    let words = line.split_once("msg=").map_or(line, |(_, words)| words);
    // What is quoted here is the message itself.
    let words = words.strip_prefix('"').unwrap_or(words);
    Some(Head::new(stamp, Some(level), Format::Application, words))
}

#[cfg(test)]
#[path = "head_tests.rs"]
mod tests;
