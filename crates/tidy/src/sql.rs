//! SQL stands beside the tables it belongs to: in `store.rs`, a `store/` folder, or the storage crates.

use crate::Finding;
use crate::files::File;
use crate::lexer::{Kind, split};

/// Crates that are about storage as a whole, and the tests' own.
const FREE: [&str; 4] = ["store", "runtime", "testkit", "tidy"];

/// Checks one Rust file.
pub fn check(file: &File) -> Vec<Finding> {
    let in_store = file.path.ends_with("/store.rs") || file.path.contains("/store/");
    let in_tests = file.path.contains("/tests/");
    if in_store || in_tests || file.krate().is_none_or(|krate| FREE.contains(&krate)) {
        return Vec::new();
    }
    split(&file.text)
        .into_iter()
        .filter(|piece| piece.kind == Kind::Text && is_statement(piece.text))
        .map(|piece| {
            Finding::new(
                &file.path,
                piece.line,
                "SQL outside store.rs: move the statement to its slice's store.rs",
            )
        })
        .collect()
}

/// Whether a text reads as a statement: its first word and one more that such a statement must have.
fn is_statement(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return false };
    let second = match first {
        "SELECT" => &["FROM"][..],
        "INSERT" => &["INTO"],
        "UPDATE" => &["SET"],
        "DELETE" => &["FROM"],
        "WITH" => &["AS"],
        "CREATE" | "ALTER" | "DROP" => &["TABLE", "INDEX"],
        _ => return false,
    };
    words.any(|word| second.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> usize {
        check(&File { path: path.to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn statements_belong_to_store_files() {
        let query = "let q = \"SELECT id FROM users WHERE id = $1\";";
        assert_eq!(findings("crates/platform/src/users/service.rs", query), 1);
        assert_eq!(findings("crates/platform/src/users/store.rs", query), 0);
        assert_eq!(findings("crates/desk/src/cases/store/list.rs", query), 0);
        assert_eq!(findings("crates/store/src/lib.rs", query), 0);
        assert_eq!(findings("crates/desk/tests/http.rs", query), 0);
    }

    #[test]
    fn prose_is_not_sql() {
        for text in
            ["\"Select a file\"", "\"UPDATE\"", "\"DELETE\"", "// SELECT id FROM users", "\"with AS\""]
        {
            assert_eq!(findings("crates/desk/src/a.rs", text), 0, "{text}");
        }
    }
}
