//! Lines that are JSON objects, as many loggers write them.

use serde_json::{Map, Value};

use crate::{cursor::Cursor, level::Level, stamp, stamp::Stamp};

const TIMES: [&str; 9] =
    ["time", "timestamp", "@timestamp", "ts", "datetime", "asctime", "eventTime", "date", "t"];
const LEVELS: [&str; 7] = ["level", "severity", "lvl", "log.level", "levelname", "loglevel", "@level"];
const WORDS: [&str; 8] = ["msg", "message", "@message", "event", "error", "err", "exception", "text"];

/// What a JSON line says of itself.
#[derive(Debug)]
pub(crate) struct JsonLine {
    pub(crate) stamp: Option<Stamp>,
    pub(crate) level: Option<Level>,
    pub(crate) words: Option<String>,
}

/// Reads a line that is a JSON object with a time, a level or words in it.
pub(crate) fn read(line: &str) -> Option<JsonLine> {
    let line = line.trim();
    if !(line.starts_with('{') && line.ends_with('}')) {
        return None;
    }
    let object: Map<String, Value> = serde_json::from_str(line).ok()?;
    let first = |keys: &[&str]| keys.iter().find_map(|key| object.get(*key));
    let stamp = first(&TIMES).and_then(stamp_of);
    let level = first(&LEVELS).and_then(|value| match value {
        Value::String(word) => Level::named(word),
        Value::Number(number) => Level::number(number.as_i64()?),
        _ => None,
    });
    let nested = || object.get("fields").and_then(|fields| WORDS.iter().find_map(|key| fields.get(key)));
    let words = first(&WORDS).or_else(nested).map(|value| match value {
        Value::String(words) => words.clone(),
        other => other.to_string(),
    });
    (stamp.is_some() || level.is_some()).then_some(JsonLine { stamp, level, words })
}

fn stamp_of(value: &Value) -> Option<Stamp> {
    match value {
        Value::Number(number) => Stamp::counted(number.as_f64()?),
        Value::String(text) => stamp::iso(&mut Cursor::new(text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_of_common_loggers_are_read() {
        let read = |line| {
            let found = read(line)?;
            Some((found.stamp.map(|at| stamp::shown(at.millis)), found.level, found.words))
        };
        let words = |text: &str| Some(text.to_owned());
        assert_eq!(
            read(r#"{"time":"2026-02-03T04:05:06Z","level":"WARN","msg":"slow"}"#),
            Some((words("2026-02-03T04:05:06"), Some(Level::Warn), words("slow")))
        );
        assert_eq!(
            read(r#"{"level":50,"time":1770091506123,"msg":"no","pid":1}"#),
            Some((words("2026-02-03T04:05:06.123"), Some(Level::Error), words("no")))
        );
        assert_eq!(
            read(r#"{"timestamp":"2026-02-03T04:05:06Z","level":"INFO","fields":{"message":"up"}}"#),
            Some((words("2026-02-03T04:05:06"), Some(Level::Info), words("up")))
        );
        assert_eq!(read(r#"{"a":1}"#), None);
        assert_eq!(read("{broken}"), None);
        assert_eq!(read("[1]"), None);
    }
}
