//! A file that one cannot hold in the head is split.

use crate::Finding;
use crate::files::File;

/// The longest a source file may be.
pub const MAX_LINES: usize = 600;

/// Checks one source file.
pub fn check(file: &File) -> Option<Finding> {
    let lines = file.text.lines().count();
    let message =
        format!("{lines} lines: split the file by what it is about (at most {MAX_LINES}, aim for 150)");
    (lines > MAX_LINES && !file.generated()).then(|| Finding::new(&file.path, lines, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_inclusive_and_spares_generated_files() {
        let file = |path: &str, lines: usize| File { path: path.to_owned(), text: "x\n".repeat(lines) };
        assert_eq!(check(&file("crates/desk/src/a.rs", MAX_LINES)), None);
        assert!(check(&file("crates/desk/src/a.rs", MAX_LINES + 1)).is_some());
        assert_eq!(check(&file("frontend/console/src/api/schema.d.ts", 9000)), None);
    }
}
