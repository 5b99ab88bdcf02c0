//! The console and the widget speak to their own server alone: no address of another host stands in their sources.

use crate::Finding;
use crate::files::File;

/// Addresses that name a document, a schema or an example and are never called.
const NAMED_ONLY: [&str; 9] = [
    "localhost",
    "127.0.0.1",
    "example.com",
    "example.org",
    "example.net",
    "www.w3.org",
    "json-schema.org",
    "www.apache.org",
    "schema.org",
];

/// Checks one file of the front end.
pub fn check(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for host in hosts(line) {
            let bare = host.split(':').next().unwrap_or_default();
            let known = NAMED_ONLY.contains(&bare)
                || [".example", ".test", ".example.com", ".example.org"]
                    .iter()
                    .any(|end| bare.ends_with(end));
            if !known {
                let message = format!("{host}: bundle what is needed; no request leaves the own server");
                findings.push(Finding::new(&file.path, index + 1, message));
            }
        }
    }
    findings
}

/// The hosts of the addresses in a line. A host that is computed (`${…}`, `{{…}}`) is not an address yet.
fn hosts(line: &str) -> impl Iterator<Item = &str> {
    let after =
        move |scheme: &'static str| line.match_indices(scheme).map(move |(at, _)| &line[at + scheme.len()..]);
    ["https://", "http://", "wss://", "ws://"].into_iter().flat_map(after).filter_map(|rest| {
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || ".-:".contains(c))).unwrap_or(rest.len());
        let host = rest[..end].trim_end_matches(['.', ':']);
        (host.contains('.') || host == "localhost").then_some(host)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> usize {
        check(&File { path: "frontend/console/src/a.ts".to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn foreign_hosts_are_found() {
        assert_eq!(findings("fetch('https://fonts.googleapis.com/css')"), 1);
        assert_eq!(findings("const a = `wss://cdn.host.io:443/x`"), 1);
    }

    #[test]
    fn own_and_example_hosts_are_free() {
        for text in [
            "http://127.0.0.1:8080/x",
            "placeholder=\"https://shop.example.com\"",
            "xmlns=\"http://www.w3.org/2000/svg\"",
            "`https://${location.host}/x`",
            "'https://'",
        ] {
            assert_eq!(findings(text), 0, "{text}");
        }
    }
}
