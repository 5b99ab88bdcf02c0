//! Serde tells what does not fit as a text only; the beginnings of that text are fixed by its `Error` trait. Here is the
//! one place that reads it.

use serde_path_to_error::{Path, Segment};

/// What does not fit in a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Misfit<'a> {
    /// A field that the type does not know, and those that it knows.
    UnknownField {
        /// The field.
        field: &'a str,
        /// The fields of the type.
        known: Vec<&'a str>,
    },
    /// A field that is not there.
    MissingField(&'a str),
    /// A field that is there twice.
    DuplicateField(&'a str),
    /// A word that is none of these.
    UnknownWord(Vec<&'a str>),
    /// A value of another type than this.
    Shape(Shape<'a>),
    /// Anything else, as serde put it.
    Other(&'a str),
}

/// What a value has to be, for people outside Rust.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape<'a> {
    /// Text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A list.
    List,
    /// Names with values.
    Object,
    /// As the type itself puts it.
    Said(&'a str),
}

impl<'a> Misfit<'a> {
    /// Reads the words of an error of serde, with or without the place in the text behind them.
    pub fn read(said: &'a str) -> Self {
        let said = said.split(" at line ").next().unwrap_or_default();
        let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
        match (said, quoted.as_slice()) {
            (said, [field, known @ ..]) if said.starts_with("unknown field ") => {
                Self::UnknownField { field, known: known.to_vec() }
            }
            (said, [field, ..]) if said.starts_with("missing field ") => Self::MissingField(field),
            (said, [field, ..]) if said.starts_with("duplicate field ") => Self::DuplicateField(field),
            (said, [_, known @ ..]) if said.starts_with("unknown variant ") => {
                Self::UnknownWord(known.to_vec())
            }
            _ => match (said.starts_with("invalid type: "), said.rsplit_once(", expected ")) {
                (true, Some((_, wanted))) => Self::Shape(Shape::read(wanted)),
                _ => Self::Other(said),
            },
        }
    }
}

impl<'a> Shape<'a> {
    /// Reads what serde expected.
    pub fn read(wanted: &'a str) -> Self {
        match wanted {
            "a string" | "a borrowed string" | "str" | "a formatted UUID string" | "a UUID string" => {
                Self::Text
            }
            "a boolean" => Self::Boolean,
            "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" | "isize" => Self::Integer,
            "f32" | "f64" => Self::Number,
            "a sequence" => Self::List,
            "a map" => Self::Object,
            wanted if wanted.starts_with("struct ") => Self::Object,
            wanted => Self::Said(wanted),
        }
    }
}

/// A place in a document as people write it: `week.mon[0]`; empty for the whole.
pub fn place(path: &Path) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key } | Segment::Enum { variant: key } => text = below(&text, key),
            Segment::Unknown => {}
        }
    }
    text
}

/// A field below a place.
pub fn below(place: &str, field: &str) -> String {
    if place.is_empty() { field.to_owned() } else { format!("{place}.{field}") }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Word {
        One,
        Two,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "read for its errors")]
    struct Sample {
        word: Word,
        count: u8,
        #[serde(default)]
        list: Vec<String>,
    }

    #[test]
    fn what_serde_says_is_understood() {
        for (text, wanted) in [
            (r#"{"word":"one"}"#, Misfit::MissingField("count")),
            (r#"{"word":"three"}"#, Misfit::UnknownWord(vec!["one", "two"])),
            (r#"{"x":1}"#, Misfit::UnknownField { field: "x", known: vec!["word", "count", "list"] }),
            (r#"{"count":1,"count":2}"#, Misfit::DuplicateField("count")),
            (r#"{"count":"1"}"#, Misfit::Shape(Shape::Integer)),
            (r#"{"list":{}}"#, Misfit::Shape(Shape::List)),
            (r#"{"list":[1]}"#, Misfit::Shape(Shape::Text)),
            ("1", Misfit::Shape(Shape::Object)),
        ] {
            let said = serde_json::from_str::<Sample>(text).unwrap_err().to_string();
            assert_eq!(Misfit::read(&said), wanted, "{said}");
        }
        let said = serde_json::from_str::<Sample>(r#"{"count":300}"#).unwrap_err().to_string();
        assert!(matches!(Misfit::read(&said), Misfit::Other(_)), "{said}");
    }

    #[test]
    fn a_place_is_written_with_its_indexes() {
        let mut parser = serde_json::Deserializer::from_str(r#"{"word":"one","count":1,"list":["a",2]}"#);
        let error = serde_path_to_error::deserialize::<_, Sample>(&mut parser).unwrap_err();
        assert_eq!(place(error.path()), "list[1]");
    }
}
