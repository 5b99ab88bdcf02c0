//! Every relative link of a document leads somewhere.

use std::path::Path;

use crate::Finding;
use crate::files::File;

/// Checks the links of one Markdown file below `root`.
pub fn check(root: &Path, file: &File) -> Vec<Finding> {
    let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
    let mut findings = Vec::new();
    let mut fenced = false;
    for (index, line) in file.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for target in targets(line) {
            let path = target.split('#').next().unwrap_or_default();
            let elsewhere = path.is_empty() || path.contains("://") || path.starts_with("mailto:");
            if !elsewhere && !root.join(folder).join(path).exists() {
                findings.push(Finding::new(&file.path, index + 1, format!("{target} leads nowhere")));
            }
        }
    }
    findings
}

/// The targets of the inline links and pictures of a line, code spans left out.
fn targets(line: &str) -> Vec<&str> {
    let mut targets = Vec::new();
    for (index, part) in line.split('`').enumerate() {
        // Between an odd and an even tick stands code; a link's text may hold code, its target follows the last tick.
        if index % 2 == 1 {
            continue;
        }
        for (at, _) in part.match_indices("](") {
            let rest = &part[at + 2..];
            if let Some(end) = rest.find([')', ' ']) {
                targets.push(&rest[..end]);
            }
        }
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_taken_from_links_not_from_code() {
        assert_eq!(
            targets("see [a](b.md#c), ![d](e.png \"f\") and `[x](y)` and [`g`](h.md)"),
            ["b.md#c", "e.png", "h.md"]
        );
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        let file = |text: &str| File { path: "README.md".to_owned(), text: text.to_owned() };
        let root = crate::files::root();
        assert_eq!(check(&root, &file("[tidy](crates/tidy) [w](https://example.com) [a](#b)")), []);
        assert_eq!(check(&root, &file("[gone](no/such/file.md)")).len(), 1);
        assert_eq!(check(&root, &file("```\n[gone](no/such/file.md)\n```")), []);
    }
}
