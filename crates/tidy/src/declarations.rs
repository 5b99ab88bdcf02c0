//! What the code declares as constants: error codes, rights. The reference documents and the translations are held
//! against them.

use crate::files::File;
use crate::lexer::{Kind, Piece, split};

/// A constant made by a known constructor from a string literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The literal: `not_found`, `conversation.reply`.
    pub id: String,
    /// What follows the literal up to the statement's end, such as `, 404)`.
    pub rest: String,
    /// The documentation above it, as one line.
    pub doc: String,
    /// The file it stands in.
    pub path: String,
    /// The line of the literal.
    pub line: usize,
}

/// The constants of a file that are made by `constructor` (such as `Code::new(`), tests left out.
pub fn find(file: &File, constructor: &str) -> Vec<Declaration> {
    if file.path.contains("/tests/") || file.path.ends_with("/tests.rs") {
        return Vec::new();
    }
    let product = file.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let pieces = split(product);
    let mut found = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let before = index.checked_sub(1).map(|i| &pieces[i]);
        let made =
            before.is_some_and(|code| code.kind == Kind::Code && ends_with_call(code.text, constructor));
        if piece.kind != Kind::Text || !made {
            continue;
        }
        let rest = pieces.get(index + 1).map_or("", |code| code.text);
        found.push(Declaration {
            id: piece.text.to_owned(),
            rest: rest.split(';').next().unwrap_or_default().trim().to_owned(),
            doc: doc_above(&pieces[..index]),
            path: file.path.clone(),
            line: piece.line,
        });
    }
    found
}

/// Whether `code` ends with `constructor`, standing as a word of its own and declaring a constant.
fn ends_with_call(code: &str, constructor: &str) -> bool {
    let Some(before) = code.trim_end().strip_suffix(constructor) else { return false };
    !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// The documentation that ends right above the statement that the last piece of `pieces` begins.
fn doc_above(pieces: &[Piece<'_>]) -> String {
    let Some((statement, above)) = pieces.split_last() else { return String::new() };
    if statement.text.contains(';') || statement.text.contains('}') {
        return String::new();
    }
    let mut lines: Vec<&str> = above
        .iter()
        .rev()
        .take_while(|piece| piece.kind == Kind::Doc || piece.text.trim().is_empty())
        .filter(|piece| piece.kind == Kind::Doc)
        .map(|piece| piece.text.trim())
        .collect();
    lines.reverse();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_found_with_their_documentation() {
        let text = r#"
/// The thing is
/// not there.
pub const NOT_FOUND: Code = Code::new("not_found", 404);
const PLAIN: Code =
    Code::new("plain", 400);
const OTHER: Thing = TheCode::new("other");

#[cfg(test)]
mod tests {
    const TEST: Code = Code::new("test", 400);
}
"#;
        let file = File { path: "crates/desk/src/a.rs".to_owned(), text: text.to_owned() };
        let found = find(&file, "Code::new(");
        let short: Vec<_> =
            found.iter().map(|d| (d.id.as_str(), d.rest.as_str(), d.doc.as_str(), d.line)).collect();
        assert_eq!(
            short,
            [("not_found", ", 404)", "The thing is not there.", 4), ("plain", ", 400)", "", 6)]
        );
    }
}
