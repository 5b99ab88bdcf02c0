//! Every option of the configuration is in `docs/config.md`, with the name of its environment variable.

use crate::Finding;

/// Checks the document against the commented defaults; a commented option (`# name = …`) counts as one.
pub fn check(defaults: &str, path: &str, document: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut section = "";
    for line in defaults.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
        }
        let Some((name, _)) = line.trim_start_matches("# ").split_once(" = ") else { continue };
        if section.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            continue;
        }
        let variable = format!("HEARD_{}_{}", section.to_uppercase(), name.to_uppercase());
        if !document.contains(&format!("| `{section}.{name}` | `{variable}` |")) {
            findings.push(Finding::new(path, 1, format!("no row for {section}.{name} with {variable}")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_option_has_its_row() {
        let defaults = "[server]\n# Where. It may = anything\nlisten = \"x\"\n# metrics_token = \"\"\n";
        let row = |name: &str, variable: &str| format!("| `server.{name}` | `{variable}` | x | y |\n");
        let document =
            row("listen", "HEARD_SERVER_LISTEN") + &row("metrics_token", "HEARD_SERVER_METRICS_TOKEN");
        assert_eq!(check(defaults, "docs/config.md", &document), []);
        assert_eq!(check(defaults, "docs/config.md", "").len(), 2);
    }
}
