//! The kinds of events that the code declares, with their fields: the promise to everyone who reads the log.
//!
//! An event is declared in one of two forms, and rustfmt keeps both regular enough to be read line by line:
//! `impl Event for Name` with its `KIND`, and `Name = "thing.happened" … {` inside of a macro.

use crate::files::File;

/// A kind of event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKind {
    /// Name, as `message.posted`.
    pub kind: String,
    /// The documentation of its struct, as one line.
    pub doc: String,
    /// The names of its fields, in order.
    pub fields: Vec<String>,
    /// The file it stands in.
    pub path: String,
    /// The line of its name.
    pub line: usize,
}

/// The events of a file, tests left out.
pub fn find(file: &File) -> Vec<EventKind> {
    if file.path.contains("/tests/") || file.path.ends_with("/tests.rs") {
        return Vec::new();
    }
    let product = file.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines: Vec<&str> = product.lines().map(str::trim).collect();
    let common = common_fields(&lines);
    let mut found = Vec::new();
    // The event whose implementation the lines are in.
    let mut name = "";
    for (index, line) in lines.iter().enumerate() {
        if let Some(implemented) = line.strip_prefix("impl ") {
            name = implemented.strip_prefix("Event for ").map_or("", |rest| rest.trim_end_matches(" {"));
        }
        let (kind, head) = if let Some(kind) = declared(line) {
            (kind, Some(index))
        } else if let Some(rest) =
            line.strip_prefix("const KIND: &'static str = \"").filter(|_| !name.is_empty())
        {
            (rest.split('"').next().unwrap_or_default(), head_of(&lines, name))
        } else {
            continue;
        };
        let mut fields = if head == Some(index) { common.clone() } else { Vec::new() };
        fields.extend(head.map(|head| fields_below(&lines, head)).unwrap_or_default());
        let doc = head.map(|head| doc_above(&lines, head)).unwrap_or_default();
        found.push(EventKind {
            kind: kind.to_owned(),
            doc,
            fields,
            path: file.path.clone(),
            line: index + 1,
        });
    }
    found
}

/// The kind in a line `Name = "thing.happened" … {` of a macro.
fn declared(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once(" = \"")?;
    let (kind, tail) = rest.split_once('"')?;
    let is_name = name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric);
    let is_kind = kind.contains('.') && kind.chars().all(|c| c.is_ascii_lowercase() || "._".contains(c));
    (is_name && is_kind && (tail.ends_with('{') || tail.ends_with("{}"))).then_some(kind)
}

/// The line of a struct's head.
fn head_of(lines: &[&str], name: &str) -> Option<usize> {
    lines.iter().position(|line| {
        let rest = without_visibility(line).strip_prefix("struct ");
        rest.and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with([' ', ';']))
    })
}

/// The fields of a struct that a macro puts in front of each of its events' own.
fn common_fields(lines: &[&str]) -> Vec<String> {
    let Some(start) = lines.iter().position(|line| line.starts_with("macro_rules!")) else {
        return Vec::new();
    };
    let flat = lines[start..].iter().position(|line| *line == "#[serde(flatten)]").map(|at| start + at + 1);
    let shared = flat.and_then(|at| without_visibility(lines[at]).trim_end_matches(',').split_once(": "));
    shared
        .and_then(|(_, name)| head_of(lines, name))
        .map(|head| fields_below(lines, head))
        .unwrap_or_default()
}

fn fields_below(lines: &[&str], head: usize) -> Vec<String> {
    if !lines[head].ends_with('{') {
        return Vec::new();
    }
    let body = lines[head + 1..].iter().take_while(|line| **line != "}");
    body.filter_map(|line| {
        let (name, _) = without_visibility(line).strip_suffix(',')?.split_once(": ")?;
        (!name.contains(['/', '#', ' '])).then(|| name.to_owned())
    })
    .collect()
}

fn doc_above(lines: &[&str], head: usize) -> String {
    let above =
        lines[..head].iter().rev().take_while(|line| line.starts_with("///") || line.starts_with("#["));
    let mut doc: Vec<&str> = above.filter_map(|line| line.strip_prefix("///")).map(str::trim).collect();
    doc.reverse();
    doc.join(" ")
}

fn without_visibility(line: &str) -> &str {
    line.trim_start_matches("pub(crate) ").trim_start_matches("pub ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Vec<(String, String, String)> {
        let file = File { path: "crates/desk/src/events.rs".to_owned(), text: text.to_owned() };
        find(&file).into_iter().map(|event| (event.kind, event.doc, event.fields.join(" "))).collect()
    }

    fn row(kind: &str, doc: &str, fields: &str) -> (String, String, String) {
        (kind.to_owned(), doc.to_owned(), fields.to_owned())
    }

    #[test]
    fn an_implementation_is_found_with_its_struct() {
        let text = r#"
/// A message was posted
/// by anyone.
#[derive(Serialize)]
pub struct Posted {
    /// Which: the message.
    pub message_id: Uuid,
    pub at: Option<Timestamp>,
}
impl Event for Posted {
    const KIND: &'static str = "message.posted";
}
impl JobKind for Send {
    const KIND: &'static str = "mail.send";
}
"#;
        assert_eq!(events(text), [row("message.posted", "A message was posted by anyone.", "message_id at")]);
    }

    #[test]
    fn events_of_a_macro_are_found_with_what_they_share() {
        let text = r#"
pub struct Standing {
    /// Which one.
    pub conversation_id: Uuid,
}
macro_rules! conversation_events {
    ($name:ident) => {
        pub struct $name {
            #[serde(flatten)]
            pub standing: Standing,
        }
    };
}
conversation_events! {
    /// It began.
    Opened = "conversation.opened" {
        /// Its number.
        no: i64,
    }
    /// Somebody looked.
    Viewed = "conversation.viewed" {}
}
"#;
        let expected = [
            row("conversation.opened", "It began.", "conversation_id no"),
            row("conversation.viewed", "Somebody looked.", "conversation_id"),
        ];
        assert_eq!(events(text), expected);
    }
}
