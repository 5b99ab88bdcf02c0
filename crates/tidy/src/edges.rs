//! Which crate may use which: calls go down, news goes up.

use crate::Finding;

/// The layers from the bottom to the top. A crate uses only crates of lower layers, never one beside it.
pub const LAYERS: [&[&str]; 10] = [
    &["kernel", "memory"],
    &["store"],
    &["runtime"],
    &["web", "search", "text", "logs"],
    &["platform"],
    &["desk"],
    &["cases"],
    &["assist", "channels", "engage", "workforce"],
    &["insight"],
    &["server"],
];

/// Crates that nothing but tests may use.
const DEV_ONLY: [&str; 2] = ["testkit", "tidy"];

/// Checks the `[dependencies]` of one crate's manifest.
pub fn check(path: &str, krate: &str, manifest: &str) -> Vec<Finding> {
    let table: toml::Table = match manifest.parse() {
        Ok(table) => table,
        Err(error) => return vec![Finding::new(path, 1, format!("not a manifest: {error}"))],
    };
    let layer = |name: &str| LAYERS.iter().position(|layer| layer.contains(&name));
    let own = match layer(krate) {
        Some(own) => own,
        None if DEV_ONLY.contains(&krate) => LAYERS.len(),
        None => {
            return vec![Finding::new(path, 1, "a new crate: give it its layer in crates/tidy/src/edges.rs")];
        }
    };
    let mut findings = Vec::new();
    let dependencies = table.get("dependencies").and_then(toml::Value::as_table);
    for used in dependencies.into_iter().flatten().filter_map(|(name, _)| name.strip_prefix("heard-")) {
        let line =
            manifest.lines().position(|l| l.starts_with(&format!("heard-{used}"))).map_or(1, |i| i + 1);
        if layer(used).is_none_or(|used| used >= own) {
            findings.push(Finding::new(
                path,
                line,
                format!(
                    "{krate} may not use {used}: it is not in a lower layer; listen to its events instead"
                ),
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(krate: &str, used: &str) -> bool {
        let manifest = format!("[dependencies]\nheard-{used}.workspace = true\nserde = \"1\"\n");
        !check("Cargo.toml", krate, &manifest).is_empty()
    }

    #[test]
    fn calls_go_down() {
        assert!(!refused("desk", "platform"));
        assert!(!refused("server", "kernel"));
        assert!(!refused("testkit", "server"));
        assert!(refused("platform", "desk"));
        assert!(refused("kernel", "store"));
    }

    #[test]
    fn neighbours_do_not_know_each_other() {
        assert!(refused("channels", "engage"));
        assert!(refused("search", "web"));
    }

    #[test]
    fn nothing_depends_on_test_crates() {
        assert!(refused("server", "testkit"));
        let manifest = "[dependencies]\n[dev-dependencies]\nheard-testkit.workspace = true\n";
        assert_eq!(check("Cargo.toml", "desk", manifest), []);
    }

    #[test]
    fn a_crate_without_a_layer_is_refused() {
        assert_eq!(check("Cargo.toml", "common", "[dependencies]\n").len(), 1);
    }
}
