//! `docs/requirements.md` tells where each delivered requirement lives and which test proves it; both must exist.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use crate::Finding;

/// Checks the rows `| id | where | proof |` of the table; `where` and `proof` hold paths in back-ticks, and a proof
/// names its test after `::` (a function in Rust, a title in TypeScript).
pub fn check(root: &Path, path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = HashSet::new();
    for (index, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        if !cells[0].starts_with('S') || !cells[0].contains('-') {
            continue;
        }
        let mut add = |message: String| findings.push(Finding::new(path, index + 1, message));
        if !seen.insert(cells[0]) {
            add(format!("{} has two rows", cells[0]));
        }
        let [_, places, proofs] = cells[..] else {
            add("a row has three cells: id, where it lives, what proves it".to_owned());
            continue;
        };
        if places.matches('`').count() < 2 || proofs.matches('`').count() < 2 {
            add("name at least one file and one test, in back-ticks".to_owned());
        }
        spans(places)
            .filter(|place| !root.join(place).exists())
            .for_each(|place| add(format!("no file {place}")));
        spans(proofs).filter_map(|proof| missing_proof(root, proof)).for_each(&mut add);
    }
    findings
}

fn spans(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn missing_proof(root: &Path, proof: &str) -> Option<String> {
    let Some((file, name)) = proof.split_once("::") else {
        return Some(format!("{proof}: name the test after ::"));
    };
    let Ok(text) = fs::read_to_string(root.join(file)) else {
        return Some(format!("no file {file}"));
    };
    let found = if file.ends_with(".rs") {
        // Function names end with their parameters or generics, so that a prefix does not count.
        text.contains(&format!("fn {name}(")) || text.contains(&format!("fn {name}<"))
    } else {
        ["\"", "'", "`"].iter().any(|quote| text.contains(&format!("{quote}{name}{quote}")))
    };
    (!found).then(|| format!("no test {name} in {file}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(row: &str) -> Vec<String> {
        check(&crate::files::root(), "docs/requirements.md", row)
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn a_row_names_existing_files_and_tests() {
        let here = "`crates/tidy/src/requirements.rs`";
        let proof = "`crates/tidy/src/requirements.rs::a_row_names_existing_files_and_tests`";
        assert_eq!(findings(&format!("| S0-01 | {here} | {proof} |")), Vec::<String>::new());
        assert_eq!(findings(&format!("| S0-01 | `no/file.rs` | {proof} |")), ["no file no/file.rs"]);
        assert_eq!(
            findings(&format!("| S0-01 | {here} | `crates/tidy/src/lib.rs::no_such` |")),
            ["no test no_such in crates/tidy/src/lib.rs"]
        );
    }

    #[test]
    fn other_lines_are_prose() {
        assert_eq!(findings("| id | where | proof |\n|---|---|---|\nSome text"), Vec::<String>::new());
    }

    #[test]
    fn a_requirement_has_one_row() {
        let row = "| S0-01 | `README.md` | `crates/tidy/src/requirements.rs::a_requirement_has_one_row` |";
        let twice = findings(&format!("{row}\n{row}"));
        assert!(twice.contains(&"S0-01 has two rows".to_owned()), "{twice:?}");
    }
}
