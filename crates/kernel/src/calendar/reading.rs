//! Documents and questions as people and programs write them. What does not fit is told in our own words, in both
//! languages, with its place; the words of the parsers are for programmers.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Path;

use super::{
    nearest::unknown,
    problem::{Problem, Problems, codes},
};
use crate::misfit::{self, Misfit, Shape};

/// What was expected, in English and in Chinese.
type Words = (&'static str, &'static str);

const VALUE: Words = (
    "a value: \"text\", a number, true, false, null, a list or an object",
    "一个值：\"文字\"、数字、true、false、null、列表或对象",
);
const OBJECT: Words = ("an object, names and values in braces", "对象（花括号中的名称和值）");
const LIST: Words = ("a list in square brackets", "方括号中的列表");
const TEXT: Words = ("text in quotation marks", "引号中的文字");
const OTHER: Words = ("another form; docs/calendar.md shows it", "另一种写法，见 docs/calendar.md");

const VALUE_OF_NAME: Words = ("a value after =", "= 之后的值");

/// Reads JSON.
pub(super) fn json<T: DeserializeOwned>(text: &str) -> Result<T, Problems> {
    serde_json::from_str::<Value>(text).map_err(|error| json_syntax(&error)).and_then(value)
}

/// Reads TOML.
pub(super) fn toml<T: DeserializeOwned>(text: &str) -> Result<T, Problems> {
    toml_value(text).and_then(value)
}

/// TOML as the same values that JSON has; dates are text.
pub(super) fn toml_value(text: &str) -> Result<Value, Problems> {
    fn plain(value: ::toml::Value) -> Value {
        match value {
            ::toml::Value::String(text) => text.into(),
            ::toml::Value::Integer(number) => number.into(),
            ::toml::Value::Float(number) => number.into(),
            ::toml::Value::Boolean(flag) => flag.into(),
            ::toml::Value::Datetime(date) => date.to_string().into(),
            ::toml::Value::Array(list) => list.into_iter().map(plain).collect(),
            ::toml::Value::Table(table) => {
                Value::Object(table.into_iter().map(|(key, value)| (key, plain(value))).collect())
            }
        }
    }
    let table: ::toml::Table = ::toml::from_str(text).map_err(|error| toml_syntax(text, &error))?;
    Ok(plain(::toml::Value::Table(table)))
}

/// Reads a value as a type. A field that the type does not know is named with the nearest known one.
pub(super) fn value<T: DeserializeOwned>(value: Value) -> Result<T, Problems> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| misfit_problem(&error.inner().to_string(), error.path()).into())
}

/// What does not fit in a place, with the words for what does.
pub(super) fn shape(path: &str, (en, zh): (&str, &str)) -> Problem {
    Problem::new(path, codes::SHAPE).with("expected", en).with("expected_zh", zh)
}

/// Anything else than an object.
pub(super) fn not_an_object(path: &str) -> Problem {
    shape(path, OBJECT)
}

/// Anything else than text.
pub(super) fn not_text(path: &str) -> Problem {
    shape(path, TEXT)
}

/// Anything else than the name or the definition of a calendar.
pub(super) fn not_a_calendar(path: &str) -> Problem {
    shape(path, ("the name of a calendar, or a definition", "日历的名称或定义"))
}

/// Anything else than calendars where a file has them.
pub(super) fn not_calendars(path: &str) -> Problem {
    shape(
        path,
        (
            "a list of calendars, or their names with a definition for each",
            "日历列表，或以名称对应定义的对象",
        ),
    )
}

/// Anything else than the arrangement of a year.
pub(super) fn no_arrangement() -> Problems {
    let forms = (
        "an arrangement: TOML with [[year]], JSON with year and days, or iCalendar from BEGIN:VCALENDAR on",
        "节假日安排：含 [[year]] 的 TOML、含 year 和 days 的 JSON，或以 BEGIN:VCALENDAR 开头的 iCalendar",
    );
    syntax(1, 1, forms)
}

fn syntax(line: usize, column: usize, (en, zh): Words) -> Problems {
    let problem = Problem::new("", codes::SYNTAX).with("line", line).with("column", column.max(1));
    problem.with("expected", en).with("expected_zh", zh).into()
}

/// The parser gives its complaint as text only.
pub(super) fn json_syntax(error: &serde_json::Error) -> Problems {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let expected = match said {
        "EOF while parsing a list" => ("] at the end of the list", "列表末尾的 ]"),
        "EOF while parsing an object" => ("the closing brace of the object", "对象末尾的右花括号"),
        "EOF while parsing a string" => ("a quotation mark at the end of the text", "文字末尾的引号"),
        "expected `:`" => ("a colon after the name of a field", "字段名后的冒号"),
        "expected `,` or `]`" => ("a comma or ]", "逗号或 ]"),
        "expected `,` or `}`" => ("a comma or the closing brace", "逗号或右花括号"),
        "key must be a string" | "expected `\"`" => {
            ("the name of a field in double quotation marks", "双引号中的字段名")
        }
        "trailing comma" => ("no comma after the last entry", "最后一项之后没有逗号"),
        "trailing characters" => ("nothing more after the end", "结尾之后没有其他内容"),
        "invalid number" | "number out of range" => ("a number such as 480 or 0.5", "数字，例如 480 或 0.5"),
        "recursion limit exceeded" => ("fewer levels of lists and objects", "层次更少的列表和对象"),
        said if said.starts_with("control character") => (
            "\\n or \\t in place of a line break or tab within a text",
            "文字中的换行和制表符写作 \\n 和 \\t",
        ),
        said if said.contains("escape") || said.contains("code point") => (
            "one of \\\" \\\\ \\/ \\n \\r \\t \\b \\f \\u0000 after a backslash",
            "反斜杠后为 \\\" \\\\ \\/ \\n \\r \\t \\b \\f \\u0000 之一",
        ),
        _ => VALUE,
    };
    syntax(error.line(), error.column(), expected)
}

fn toml_syntax(text: &str, error: &::toml::de::Error) -> Problems {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let (line, column) = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
    let said = error.message();
    let wanted = said.rsplit_once(", expected ").map_or("", |(_, wanted)| wanted);
    let unfinished =
        before.trim_end().ends_with('=') && text[before.len()..].lines().next().is_none_or(str::is_empty);
    let expected = match said {
        _ if unfinished => VALUE_OF_NAME,
        _ if said.contains("duplicate key") => ("each name once", "每个名称只写一次"),
        _ if wanted.contains("`=`") => ("= between a name and its value", "名称和值之间的 ="),
        _ if wanted.contains("`]`") || wanted.contains("`]]`") => ("] or ]] at the end", "末尾的 ] 或 ]]"),
        _ if wanted.contains("`}`") => ("the closing brace", "右花括号"),
        _ if wanted.contains("`\"") || wanted.contains("`'") || wanted.contains("string") => {
            ("text in a pair of quotation marks", "成对引号中的文字")
        }
        _ if wanted.contains("newline") || wanted.contains("`\\n`") => ("one entry a line", "每行一项"),
        _ if wanted.contains("value") => VALUE_OF_NAME,
        _ if wanted.contains("key") => ("a name before =", "= 之前的名称"),
        _ => (
            "a line such as name = \"support\" or [[calendar]]",
            "形如 name = \"support\" 或 [[calendar]] 的一行",
        ),
    };
    syntax(line, column, expected)
}

/// What does not fit, as a problem.
fn misfit_problem(said: &str, path: &Path) -> Problem {
    let place = misfit::place(path);
    match Misfit::read(said) {
        Misfit::UnknownField { field, known } => {
            // The path leads to the field itself, except where the type reads its fields from elsewhere.
            let own = place == field || place.ends_with(&format!(".{field}"));
            unknown(&if own { place } else { misfit::below(&place, field) }, field, &known)
        }
        Misfit::MissingField(field) => {
            Problem::new(misfit::below(&place, field), codes::FIELD_MISSING).with("field", field)
        }
        Misfit::DuplicateField(date) => {
            Problem::new(misfit::below(&place, date), codes::DATE_TWICE).with("date", date)
        }
        Misfit::UnknownWord(known) => {
            let known = known.join(" | ");
            shape(&place, (&known, &known))
        }
        Misfit::Shape(wanted) => shape(&place, plain(wanted)),
        Misfit::Other(said) => {
            let wanted = said.rsplit_once(", expected ").map(|(_, wanted)| Shape::read(wanted));
            shape(&place, wanted.map_or(OTHER, plain))
        }
    }
}

/// A type in words that people outside Rust know.
fn plain(wanted: Shape<'_>) -> Words {
    match wanted {
        Shape::Text | Shape::Said("string or map") => TEXT,
        Shape::List => LIST,
        Shape::Object => OBJECT,
        Shape::Boolean => ("true or false", "true 或 false"),
        Shape::Integer => ("a whole number", "整数"),
        Shape::Said(wanted) if wanted.starts_with("a span ") || wanted.starts_with("a tuple ") => {
            ("a span such as \"09:00-18:00\"", "时间段，例如 \"09:00-18:00\"")
        }
        Shape::Said(wanted) if wanted.starts_with("a date ") => (
            "a date such as \"2026-10-01\", or an object with date, with from and to, or with yearly",
            "日期，例如 \"2026-10-01\"，或含 date、含 from 和 to、或含 yearly 的对象",
        ),
        Shape::Number | Shape::Said(_) => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Locale, calendar::Definition};

    fn told(problems: &Problems) -> (String, String) {
        let first = problems.first();
        (format!("{}|{}", first.path, first.text(Locale::En)), first.text(Locale::ZhCn))
    }

    #[test]
    fn broken_json_is_told_with_line_column_and_what_was_expected() {
        for (text, en) in [
            ("", "|line 1, column 1: expected a value"),
            ("{", "|line 1, column 1: expected the closing brace"),
            ("[1,", "|line 1, column 3: expected"),
            ("{\n  \"name\" \"x\"}", "|line 2, column 10: expected a colon"),
            ("{\"a\":1 \"b\":2}", "|line 1, column 8: expected a comma or the closing brace"),
            ("{\"a\":1,}", "|line 1, column 8: expected no comma after the last entry"),
            ("{a:1}", "|line 1, column 2: expected the name of a field"),
            ("{} x", "|line 1, column 4: expected nothing more"),
            ("{\"a\":\"x", "|line 1, column 7: expected a quotation mark"),
            ("{\"a\":01}", "|line 1, column 7: expected a number"),
            ("{\"a\":\"\\q\"}", "|line 1, column 8: expected one of"),
            ("{\"a\":\"x\ny\"}", "|line 2, column 0: expected \\n"),
            ("nope", "|line 1, column 2: expected a value"),
        ] {
            let (said, zh) = told(&json::<Definition>(text).unwrap_err());
            let en = en.replace("column 0", "column 1");
            assert!(said.starts_with(&en), "{text}: {said}");
            assert!(zh.starts_with("第 ") && zh.contains("应为"), "{zh}");
            for raw in ["EOF", "trailing", "parsing"] {
                assert!(!said.contains(raw) && !zh.contains(raw), "{said} {zh}");
            }
        }
    }

    #[test]
    fn broken_toml_is_told_the_same_way() {
        for (text, en) in [
            ("name", "|line 1, column 5: expected = between"),
            ("a = 1\nname = ", "|line 2, column 8: expected a value after ="),
            ("[week\nmon = []", "|line 1, column 6: expected ] or ]]"),
            ("name = \"x\nb = 1", "|line 1, column 10: expected text in a pair"),
            ("name = \"x\"\nname = \"y\"", "|line 2, column 1: expected each name once"),
            ("name = x", "|line 1, column 8: expected text in a pair"),
            ("a = 1 b = 2", "|line 1, column 9: expected one entry a line"),
        ] {
            let (said, zh) = told(&toml::<Definition>(text).unwrap_err());
            assert!(said.starts_with(en), "{text}: {said}");
            assert!(zh.starts_with("第 ") && zh.contains("应为"), "{zh}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_place() {
        for (text, en) in [
            (r#"{"week":[]}"#, "week|expected an object"),
            (r#"{"week":{"mon":"09:00-18:00"}}"#, "week.mon|expected a list"),
            (r#"{"week":{"mon":[5]}}"#, "week.mon[0]|expected a span"),
            (r#"{"week":{"mon":[["09:00"]]}}"#, "week.mon[0]|expected a span"),
            (
                r#"{"week":{"mon":[{"form":"09:00","to":"10:00"}]}}"#,
                "week.mon[0].form|unknown field \"form\"; is \"from\" meant?",
            ),
            (r#"{"holidays":[7]}"#, "holidays[0]|expected a date"),
            (
                r#"{"holidays":[{"yearly":"12-25","nmae":"x"}]}"#,
                "holidays[0].nmae|unknown field \"nmae\"; is \"name\" meant?",
            ),
            (r#"{"make_up":[{"date":"2026-10-10"}]}"#, "make_up[0].as|the field as is missing"),
            (r#"{"makeup":[]}"#, "makeup|unknown field \"makeup\"; is \"make_up\" meant?"),
            (r#"{"hours":{}}"#, "hours|unknown field \"hours\"; is \"week\" meant?"),
            (r#"{"colour":1}"#, "colour|unknown field \"colour\"; known: name, kind, time_zone"),
            (r#"{"kind":"shift"}"#, "kind|expected shifts | 24x7"),
            (r#"{"kind":5}"#, "kind|expected text in quotation marks"),
            (r#"{"name":["x"]}"#, "name|expected text in quotation marks"),
            (r#"{"tz":"UTC","time_zone":"UTC"}"#, "time_zone|time_zone is given twice"),
            ("5", "|expected an object"),
        ] {
            let (said, zh) = told(&json::<Definition>(text).unwrap_err());
            assert!(said.starts_with(en), "{text}: {said}");
            assert!(!zh.contains("expected") && !zh.contains("invalid"), "{zh}");
        }
    }

    #[test]
    fn dates_in_toml_need_no_quotation_marks() {
        let read: Definition = toml("name = \"x\"\nholidays = [2026-12-24, { date = 2026-12-25 }]").unwrap();
        assert_eq!(read.holidays[0].date.as_deref(), Some("2026-12-24"));
        assert_eq!(read.holidays[1].date.as_deref(), Some("2026-12-25"));
    }
}
