//! Reading a JSON text or a query as a type, with the path of what does not fit.

use heard_kernel::{
    Error, FieldError, REQUIRED, Result,
    misfit::{Misfit, Shape, below},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, error::Category};

use super::scan::scan;
use crate::codes;

/// Reads a JSON text. A field that the type does not know is refused wherever it stands.
///
/// # Errors
/// `malformed_json`, `invalid_character`, `nested_too_deeply`, `unknown_field`, `validation_failed`.
pub(super) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    scan(bytes)?;
    // Serde would take a list for a struct, field by field.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(misfit("invalid type: sequence, expected a map", "."));
    }
    let mut parser = serde_json::Deserializer::from_slice(bytes);
    let mut track = serde_path_to_error::Track::new();
    let mut unknown = None;
    let tracked = serde_path_to_error::Deserializer::new(&mut parser, &mut track);
    let read = serde_ignored::deserialize(tracked, |path| {
        unknown.get_or_insert_with(|| field_path(&path.to_string()));
    });
    let value = read.map_err(|error| json_error(&error, &track.path().to_string()))?;
    parser.end().map_err(|error| json_error(&error, "."))?;
    match unknown {
        Some(field) => Err(Error::new(codes::UNKNOWN_FIELD).with("field", field)),
        None => Ok(value),
    }
}

/// Reads the pairs of a query. Names that the type does not know are left alone: another extractor may want them.
///
/// # Errors
/// `validation_failed` with the name of the parameter.
pub(super) fn query<T: DeserializeOwned>(pairs: &str) -> Result<T> {
    let parser = serde_urlencoded::Deserializer::new(form_urlencoded::parse(pairs.as_bytes()));
    serde_path_to_error::deserialize(parser)
        .map_err(|error| misfit(&error.inner().to_string(), &error.path().to_string()))
}

fn json_error(error: &serde_json::Error, path: &str) -> Error {
    match error.classify() {
        Category::Data => misfit(&error.to_string(), path),
        Category::Syntax | Category::Eof | Category::Io => {
            Error::new(codes::MALFORMED_JSON).with("line", error.line()).with("column", error.column().max(1))
        }
    }
}

/// What does not fit, as a code with values.
fn misfit(message: &str, path: &str) -> Error {
    let path = field_path(path);
    let wrong = |field: String, code, value: Option<(&'static str, Value)>| {
        Error::fields(vec![FieldError { field, code, params: value.into_iter().collect() }])
    };
    match Misfit::read(message) {
        // The path leads to the field itself here.
        Misfit::UnknownField { field, .. } => {
            Error::new(codes::UNKNOWN_FIELD).with("field", if path.is_empty() { field } else { &path })
        }
        Misfit::MissingField(field) => wrong(below(&path, field), REQUIRED, None),
        Misfit::DuplicateField(field) => wrong(below(&path, field), codes::DUPLICATE_FIELD, None),
        Misfit::UnknownWord(allowed) => wrong(path, codes::UNKNOWN_VALUE, Some(("allowed", allowed.into()))),
        Misfit::Shape(expected) => {
            wrong(path, codes::WRONG_TYPE, Some(("expected", plain_type(expected).into())))
        }
        Misfit::Other(said) => wrong(path, codes::INVALID_VALUE, Some(("reason", said.into()))),
    }
}

/// A word for a type that people outside Rust know.
fn plain_type(expected: Shape<'_>) -> &str {
    match expected {
        Shape::Text => "string",
        Shape::Boolean => "boolean",
        Shape::Integer => "integer",
        Shape::Number => "number",
        Shape::List => "array",
        Shape::Object => "object",
        Shape::Said(other) => other,
    }
}

/// `.` is the whole document; serde_ignored marks optional values with a `?`.
fn field_path(path: &str) -> String {
    let mut clean = String::new();
    for piece in path.split('.').filter(|piece| !piece.is_empty() && *piece != "?") {
        if piece.bytes().all(|byte| byte.is_ascii_digit()) && !clean.is_empty() {
            clean.push_str(&format!("[{piece}]"));
        } else {
            if !clean.is_empty() {
                clean.push('.');
            }
            clean.push_str(piece);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Person {
        #[serde(rename = "name")]
        _name: String,
        #[serde(rename = "age")]
        _age: Option<u8>,
        #[serde(rename = "kind")]
        _kind: Option<Kind>,
        #[serde(rename = "friends", default)]
        _friends: Vec<Person>,
        #[serde(rename = "strict")]
        _strict: Option<Strict>,
        #[serde(rename = "id")]
        _id: Option<uuid::Uuid>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Human,
        Bot,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Strict {
        #[serde(rename = "a")]
        _a: u8,
    }

    fn refused(text: &str) -> String {
        let error = json::<Person>(text.as_bytes()).unwrap_err();
        let fields = error.field_errors().iter();
        let fields: Vec<_> = fields.map(|f| format!("{}:{} {:?}", f.field, f.code.id, f.params)).collect();
        format!("{} {:?} {}", error.code().id, error.params(), fields.join(" "))
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_path() {
        for (text, expected) in [
            (r#"{"name":1}"#, r#"validation_failed {} name:wrong_type {"expected": String("string")}"#),
            (r#"{}"#, "validation_failed {} name:required {}"),
            (r#" ["a"]"#, r#"validation_failed {} :wrong_type {"expected": String("object")}"#),
            (r#"{"name":"a","name":"b"}"#, "validation_failed {} name:duplicate_field {}"),
            (
                r#"{"name":"a","friends":[{"name":"b"},{"name":"c","age":300}]}"#,
                r#"validation_failed {} friends[1].age:invalid_value {"reason": String("invalid value: integer `300`, expected u8")}"#,
            ),
            (r#"{"name":"a","friends":[{}]}"#, "validation_failed {} friends[0].name:required {}"),
            (
                r#"{"name":"a","kind":"cat"}"#,
                r#"validation_failed {} kind:unknown_value {"allowed": Array [String("human"), String("bot")]}"#,
            ),
            (r#"{"name":"a","nmae":"b"}"#, r#"unknown_field {"field": String("nmae")} "#),
            (
                r#"{"name":"a","friends":[{"name":"b","x":{"y":1}}]}"#,
                r#"unknown_field {"field": String("friends[0].x")} "#,
            ),
            (r#"{"name":"a","strict":{"a":1,"b":2}}"#, r#"unknown_field {"field": String("strict.b")} "#),
        ] {
            assert_eq!(refused(text), expected, "{text}");
        }
        assert!(refused(r#"{"name":"a","id":"x"}"#).starts_with("validation_failed {} id:"));
    }

    #[test]
    fn broken_json_is_told_with_its_place() {
        for text in ["", "{", r#"{"name":"a",}"#, r#"{"name":"a"} x"#, "{\"name\":\"a\nb\"}"] {
            assert!(refused(text).starts_with("malformed_json {\"column\""), "{text}: {}", refused(text));
        }
    }

    #[test]
    fn queries_name_the_parameter() {
        #[derive(Debug, Deserialize)]
        struct Filter {
            limit: Option<u32>,
        }
        assert_eq!(query::<Filter>("limit=5&other=1").unwrap().limit, Some(5));
        let error = query::<Filter>("limit=many").unwrap_err();
        assert_eq!(error.field_errors()[0].field, "limit");
    }

    proptest::proptest! {
        #[test]
        fn any_text_gets_an_answer(text in r#"[\[\]{}",:0-9a-z\\ .-]{0,60}"#) {
            let _ = json::<Person>(text.as_bytes());
            let _ = query::<Person>(&text);
        }

        #[test]
        fn any_unknown_field_is_named(name in "[a-z]{6,12}x") {
            let text = format!("{{\"name\":\"a\",\"{name}\":[{{}}]}}");
            assert_eq!(json::<Person>(text.as_bytes()).unwrap_err().params()["field"], name);
        }
    }
}
