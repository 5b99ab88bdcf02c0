//! A span of one day by the wall clock, and how documents write it.

use serde::{Deserialize, Deserializer, Serialize, de};

use super::problem::{Problem, codes};

/// Minutes of the wall clock after midnight; an end past 1440 lies on the next day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DaySpan {
    pub(crate) start: i64,
    pub(crate) end: i64,
}

/// A span as a document writes it: `"09:00-18:00"`. Also read from `["09:00", "18:00"]` and
/// `{"from": "09:00", "to": "18:00"}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[schema(value_type = String, example = "09:00-18:00")]
pub struct SpanText(pub String);

impl From<&str> for SpanText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl SpanText {
    pub(crate) fn parse(&self, path: &str) -> Result<DaySpan, Problem> {
        let parsed = (|| {
            let (start, end) = self.0.split_once(['-', '–', '~', '至'])?;
            let (start, end) = (minute_of_day(start)?, minute_of_day(end)?);
            match (start, end) {
                (1_440, _) => None,
                (start, end) if end > start => Some(DaySpan { start, end }),
                (start, end) if end < start => Some(DaySpan { start, end: end + 1_440 }),
                _ => None,
            }
        })();
        parsed.ok_or_else(|| Problem::new(path, codes::SPAN_INVALID).with("value", &self.0))
    }
}

fn minute_of_day(text: &str) -> Option<i64> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let number = |digits: &str| match digits.len() {
        1 | 2 if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse::<i64>().ok(),
        _ => None,
    };
    let (hour, minute) = (number(hour)?, number(minute).filter(|_| minute.len() == 2)?);
    ((hour < 24 && minute < 60) || (hour == 24 && minute == 0)).then_some(hour * 60 + minute)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    #[serde(alias = "start")]
    from: String,
    #[serde(alias = "end")]
    to: String,
}

impl<'de> Deserialize<'de> for SpanText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = SpanText;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a span such as \"09:00-18:00\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<SpanText, E> {
                Ok(SpanText(text.to_owned()))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<SpanText, A::Error> {
                let (from, to) = <(String, String)>::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
                Ok(SpanText(format!("{from}-{to}")))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<SpanText, A::Error> {
                let ends = Ends::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(SpanText(format!("{}-{}", ends.from, ends.to)))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// Parses the spans of one day, in order, and refuses overlaps.
pub(crate) fn parse_day(texts: &[SpanText], path: &str, problems: &mut Vec<Problem>) -> Vec<DaySpan> {
    let mut spans = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        match text.parse(&format!("{path}[{index}]")) {
            Ok(span) => spans.push((span, text)),
            Err(problem) => problems.push(problem),
        }
    }
    spans.sort_by_key(|(span, _)| span.start);
    for pair in spans.windows(2) {
        if pair[0].0.end > pair[1].0.start {
            let problem = Problem::new(path, codes::SPANS_OVERLAP);
            problems.push(problem.with("first", &pair[0].1.0).with("second", &pair[1].1.0));
        }
    }
    spans.into_iter().map(|(span, _)| span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_or_refused() {
        let read = |text: &str| SpanText(text.to_owned()).parse("").ok().map(|span| (span.start, span.end));
        for (text, expected) in [
            ("09:00-18:00", Some((540, 1_080))),
            ("9:05 – 18:00", Some((545, 1_080))),
            ("22:00-06:00", Some((1_320, 1_800))),
            ("00:00-24:00", Some((0, 1_440))),
            ("18:00-00:00", Some((1_080, 1_440))),
            ("09:00-09:00", None),
            ("24:00-06:00", None),
            ("09:00-25:00", None),
            ("09:60-10:00", None),
            ("9-18", None),
            ("+9:00-18:00", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn three_ways_to_write_one_span() {
        for json in [r#""09:00-18:00""#, r#"["09:00","18:00"]"#, r#"{"from":"09:00","to":"18:00"}"#] {
            assert_eq!(serde_json::from_str::<SpanText>(json).unwrap().0, "09:00-18:00");
        }
        assert!(serde_json::from_str::<SpanText>("[9,18]").is_err());
    }
}
