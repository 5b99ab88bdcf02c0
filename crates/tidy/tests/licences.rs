//! The licences of everything that Heard is built from.

use std::collections::HashSet;
use std::process::Command;

use heard_tidy::{files::root, licences::is_permissive};
use serde_json::Value;

/// Packages of the front end that help to build or test it and are not in what is given on.
const TOOLS: [&str; 2] = ["lightningcss", "axe-core"];

/// Packages whose manifest names no licence, with the licence of their repository.
const UNNAMED: [(&str, &str); 1] = [("vaul-vue", "MIT")];

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[test]
fn crates_are_permissive() {
    // The packages of the machine that builds are there already: nothing is fetched.
    let host = Command::new(env!("CARGO")).args(["-vV"]).output().expect("cargo tells its version");
    let host = String::from_utf8(host.stdout).expect("cargo writes text");
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let nodes = metadata["resolve"]["nodes"].as_array().expect("the metadata has nodes");
    let used: HashSet<&str> = nodes.iter().map(|node| text(node, "id")).collect();
    let packages = metadata["packages"].as_array().expect("the metadata has packages");
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| used.contains(text(package, "id")) && !is_permissive(text(package, "license")))
        .map(|package| format!("{}: {}", text(package, "name"), text(package, "license")))
        .collect();
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn packages_of_the_front_end_are_permissive() {
    let lock = std::fs::read(root().join("frontend/package-lock.json")).expect("the lock file is there");
    let lock: Value = serde_json::from_slice(&lock).expect("the lock file is JSON");
    let packages = lock["packages"].as_object().expect("the lock file has packages");
    let mut refused = Vec::new();
    for (path, package) in packages {
        let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
        let tool = TOOLS.iter().any(|tool| name.starts_with(tool));
        let unnamed = UNNAMED.iter().find(|(unnamed, _)| *unnamed == name).map(|(_, licence)| *licence);
        let licence = package["license"].as_str().or(unnamed).unwrap_or_default();
        if package["link"] != true && !tool && !is_permissive(licence) {
            refused.push(format!("{name}: {licence}"));
        }
    }
    assert_eq!(refused, Vec::<String>::new());
}
