//! The reference documents, written from what the code declares. They are kept in the repository so that a change of
//! an error code, a right or an event shows in review.

use std::fmt::Write;

use crate::Finding;
use crate::declarations::Declaration;
use crate::events::EventKind;
use crate::locales::Locale;

const HEAD: &str =
    "Written from the code: `HEARD_UPDATE=1 cargo nextest run -p heard-tidy` brings it up to date.\n";

/// `docs/reference/errors.md`.
pub fn errors(codes: &[Declaration], locales: &[Locale]) -> String {
    let mut text = format!(
        "# Error codes\n\n{HEAD}\nThe code and the status are stable. People read the texts in their language; \
         programs decide by the code.\n\n| code | status | meaning | 中文 | English |\n|---|---|---|---|---|\n"
    );
    for code in sorted(codes) {
        let status = code.rest.trim_matches([',', ' ', ')']);
        let titles: Vec<&str> = locales.iter().map(|locale| locale.part(&code.id, "title")).collect();
        let _ = writeln!(text, "| `{}` | {status} | {} | {} |", code.id, cell(&code.doc), titles.join(" | "));
    }
    text
}

/// `docs/reference/rights.md`.
pub fn rights(rights: &[Declaration]) -> String {
    let mut text = format!(
        "# Rights\n\n{HEAD}\nA role is a set of rights; an API token may do what its scopes and its owner's rights both \
         allow.\n\n| right | allows |\n|---|---|\n"
    );
    for right in sorted(rights) {
        let _ = writeln!(text, "| `{}` | {} |", right.id, cell(&right.doc));
    }
    text
}

/// `docs/reference/events.md`.
pub fn events(events: &[EventKind]) -> String {
    let mut text = format!(
        "# Events\n\n{HEAD}\nAn event is an immutable fact in the log. Fields are only ever added; what changes its \
         meaning gets a new kind.\n\n| kind | tells | fields |\n|---|---|---|\n"
    );
    let mut events: Vec<&EventKind> = events.iter().collect();
    events.sort_by(|a, b| a.kind.cmp(&b.kind));
    for event in events {
        let fields: Vec<String> = event.fields.iter().map(|field| format!("`{field}`")).collect();
        let _ = writeln!(text, "| `{}` | {} | {} |", event.kind, cell(&event.doc), fields.join(", "));
    }
    text
}

/// What is declared without a word of explanation.
pub fn undocumented<'a>(
    declared: impl IntoIterator<Item = (&'a str, &'a str, &'a str, usize)>,
) -> Vec<Finding> {
    let bare = declared.into_iter().filter(|(_, doc, ..)| doc.is_empty());
    bare.map(|(id, _, path, line)| Finding::new(path, line, format!("{id} has no doc comment"))).collect()
}

fn sorted(declarations: &[Declaration]) -> Vec<&Declaration> {
    let mut sorted: Vec<&Declaration> = declarations.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    sorted.dedup_by(|a, b| a.id == b.id);
    sorted
}

/// A text that fits a table's cell.
fn cell(doc: &str) -> String {
    doc.trim_end_matches('.').replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_fit_their_cells() {
        let declaration = |id: &str, doc: &str| Declaration {
            id: id.to_owned(),
            rest: ", 404)".to_owned(),
            doc: doc.to_owned(),
            path: "crates/desk/src/a.rs".to_owned(),
            line: 1,
        };
        let codes = [declaration("b", "B."), declaration("a", "x | y.")];
        let en = Locale::parse("en.json", r#"{ "a": { "title": "A" } }"#).unwrap();
        let text = errors(&codes, &[en]);
        assert!(text.ends_with("| `a` | 404 | x \\| y | A |\n| `b` | 404 | B |  |\n"), "{text}");
        assert_eq!(undocumented([("a", "", "crates/desk/src/a.rs", 1)]).len(), 1);
    }
}
