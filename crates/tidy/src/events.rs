//! The kinds of events that the code declares, with their fields: the promise to everyone who reads the log.

use crate::files::File;

/// A kind of event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKind {
    /// Name, as `message.posted`.
    pub kind: String,
    /// The documentation of its struct, as one line.
    pub doc: String,
    /// The fields in order.
    pub fields: Vec<Field>,
    /// The file it stands in.
    pub path: String,
    /// The line of its name.
    pub line: usize,
}

/// A field of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Name.
    pub name: String,
    /// Rust's type, as written.
    pub kind: String,
}

/// The events of a file: `impl Event for Name` with its `KIND`, and the struct of that name. Tests are left out.
pub fn find(file: &File) -> Vec<EventKind> {
    if file.path.contains("/tests/") || file.path.ends_with("/tests.rs") {
        return Vec::new();
    }
    let product = file.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines: Vec<&str> = product.lines().collect();
    let mut found = Vec::new();
    // The event whose implementation the lines are in.
    let mut name = "";
    for (index, line) in lines.iter().enumerate() {
        if let Some(implemented) = line.trim().strip_prefix("impl ") {
            name = implemented.strip_prefix("Event for ").map_or("", |rest| rest.trim_end_matches(" {"));
        }
        if name.is_empty() {
            continue;
        }
        let Some(rest) = line.trim().strip_prefix("const KIND: &'static str = \"") else { continue };
        let kind = rest.split('"').next().unwrap_or_default().to_owned();
        let (doc, fields) = structure(&lines, name);
        found.push(EventKind { kind, doc, fields, path: file.path.clone(), line: index + 1 });
    }
    found
}

/// The documentation and the fields of a struct.
fn structure(lines: &[&str], name: &str) -> (String, Vec<Field>) {
    let is_head = |line: &&str| {
        let rest = line.trim_start_matches("pub(crate) ").trim_start_matches("pub ").strip_prefix("struct ");
        rest.and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with([' ', ';']))
    };
    let Some(head) = lines.iter().position(is_head) else { return (String::new(), Vec::new()) };
    let mut doc: Vec<&str> = lines[..head]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("///") || line.starts_with("#["))
        .filter_map(|line| line.strip_prefix("///"))
        .map(str::trim)
        .collect();
    doc.reverse();
    let body = lines[head + 1..].iter().take_while(|line| **line != "}");
    let body = if lines[head].ends_with('{') { body.collect() } else { Vec::new() };
    let field = |line: &&&str| {
        let line = line.trim().trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        let (name, kind) = line.strip_suffix(',')?.split_once(": ")?;
        (!name.contains(['/', '#', ' '])).then(|| Field { name: name.to_owned(), kind: kind.to_owned() })
    };
    (doc.join(" "), body.iter().filter_map(field).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_found_with_its_fields() {
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
"#;
        let file = File { path: "crates/desk/src/events.rs".to_owned(), text: text.to_owned() };
        let found = find(&file);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].kind.as_str(), found[0].doc.as_str()),
            ("message.posted", "A message was posted by anyone.")
        );
        let fields: Vec<_> =
            found[0].fields.iter().map(|field| (field.name.as_str(), field.kind.as_str())).collect();
        assert_eq!(fields, [("message_id", "Uuid"), ("at", "Option<Timestamp>")]);
    }
}
