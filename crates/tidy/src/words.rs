//! Nothing unfinished, switched off or commented out is kept.

use crate::Finding;
use crate::files::File;
use crate::lexer::{Kind, split};

/// Marks of work left for later, in any comment or text.
const LATER: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];

/// Code that has no place in the repository, with the reason.
const BANNED: [(&str, &str); 8] = [
    ("dbg!", "a debugging aid"),
    ("todo!", "unfinished work"),
    ("unimplemented!", "unfinished work"),
    ("#[ignore", "a test that does not run proves nothing: mend or delete it"),
    ("allow(dead_code", "delete what is not used"),
    ("allow(unused", "delete what is not used"),
    ("allow(clippy::too_many_lines", "split the function"),
    ("allow(clippy::all", "allow one lint at one place, with the reason"),
];

/// Checks one Rust file.
pub fn check_rust(file: &File) -> Vec<Finding> {
    if file.krate() == Some("tidy") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for piece in split(&file.text) {
        for (offset, line) in piece.text.lines().enumerate() {
            let mut add =
                |message: String| findings.push(Finding::new(&file.path, piece.line + offset, message));
            if let Some(word) = later(line) {
                add(format!("{word}: do it, or file it as an issue"));
            }
            match piece.kind {
                Kind::Code => {
                    let banned = BANNED.iter().filter(|(text, _)| line.contains(text));
                    banned.for_each(|(text, reason)| add(format!("{text} is not kept: {reason}")));
                }
                Kind::Comment if is_code(line) => {
                    add("code in a comment: delete it, git remembers".to_owned())
                }
                _ => {}
            }
        }
    }
    findings
}

/// Checks one file of the front end.
pub fn check_frontend(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let mut add = |message: String| findings.push(Finding::new(&file.path, index + 1, message));
        if let Some(word) = later(line) {
            add(format!("{word}: do it, or file it as an issue"));
        }
        for text in
            ["debugger;", "console.log(", "@ts-ignore", "@ts-nocheck", ".only(", "test.skip(", "it.skip("]
        {
            if line.contains(text) {
                add(format!("{text} is not kept"));
            }
        }
        if line.trim_start().strip_prefix("//").is_some_and(is_code) {
            add("code in a comment: delete it, git remembers".to_owned());
        }
    }
    findings
}

/// A mark of later work that stands as a word of its own.
fn later(line: &str) -> Option<&'static str> {
    LATER.into_iter().find(|mark| {
        line.match_indices(mark).any(|(at, _)| {
            let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
            let before = line[..at].chars().next_back().is_some_and(word);
            let after = line[at + mark.len()..].chars().next().is_some_and(word);
            !before && !after
        })
    })
}

/// Whether a comment's line is a statement rather than a sentence.
fn is_code(line: &str) -> bool {
    let line = line.trim();
    let opens = ["let ", "const ", "use ", "pub fn ", "fn ", "return ", "if (", "import ", "#["];
    let opened = opens.iter().any(|open| line.starts_with(open));
    // A call begins with its function: `self.save(x)`; a sentence begins with a word.
    let first = line.split(' ').next().unwrap_or_default();
    let call = ['(', '.', ':'].iter().any(|mark| first.contains(*mark))
        && (line.ends_with(");") || line.ends_with("?;"));
    let statement =
        opened && line.ends_with(';') && [" = ", ")", "::"].iter().any(|mark| line.contains(mark));
    let attribute = line.starts_with("#[") && line.ends_with(']');
    statement || call || attribute
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(text: &str) -> usize {
        check_rust(&File { path: "crates/desk/src/a.rs".to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn unfinished_work_is_found() {
        assert_eq!(rust("// TODO: later"), 1);
        assert_eq!(rust("fn f() { todo!() }"), 1);
        assert_eq!(rust("#[ignore = \"slow\"]\nfn f() {}"), 1);
        assert_eq!(rust("#[allow(dead_code)]"), 1);
        assert_eq!(rust("let state = \"TODOS\"; // the method of XXXL"), 0);
    }

    #[test]
    fn comments_hold_sentences() {
        assert_eq!(rust("// let x = load(id);"), 1);
        assert_eq!(rust("// self.save(x).await?;"), 1);
        assert_eq!(rust("// #[cfg(test)]"), 1);
        assert_eq!(rust("// PostgreSQL waits for the lock (see above);\n// SQLite does not"), 0);
        assert_eq!(rust("/// ```\n/// let x = load(id);\n/// ```"), 0);
    }

    #[test]
    fn the_front_end_is_held_to_the_same() {
        let check = |text: &str| {
            check_frontend(&File { path: "frontend/console/src/a.ts".to_owned(), text: text.to_owned() })
                .len()
        };
        assert_eq!(check("console.log(x)"), 1);
        assert_eq!(check("// const x = load(id);"), 1);
        assert_eq!(check("// A note; nothing more."), 0);
    }
}
