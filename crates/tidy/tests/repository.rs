//! Applies every rule to this repository.

use heard_tidy::declarations::Declaration;
use heard_tidy::files::{File, read, root};
use heard_tidy::locales::{self, Locale};
use heard_tidy::reference::undocumented;
use heard_tidy::{
    Finding, declarations, edges, events, hosts, length, links, options, reference, requirements, sql, words,
};

/// The files below `folder` with their paths from the root.
fn below(folder: &str, extensions: &[&str]) -> Vec<File> {
    let files = read(&root().join(folder), extensions).unwrap_or_else(|error| panic!("{folder}: {error}"));
    files.into_iter().map(|file| File { path: format!("{folder}/{}", file.path), ..file }).collect()
}

fn rust() -> Vec<File> {
    below("crates", &["rs"])
}

fn frontend() -> Vec<File> {
    let mut files = below("frontend", &["ts", "js", "mjs", "vue", "css", "html"]);
    files.retain(|file| !file.generated());
    files
}

/// Fails with all findings, one a line.
#[track_caller]
fn none(findings: impl IntoIterator<Item = Finding>) {
    let lines: Vec<String> = findings.into_iter().map(|finding| finding.to_string()).collect();
    assert!(lines.is_empty(), "{} findings\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn crates_use_lower_layers_only() {
    let manifests = below("crates", &["toml"]);
    none(manifests.iter().flat_map(|file| match file.path.split('/').collect::<Vec<_>>()[..] {
        ["crates", krate, "Cargo.toml"] => edges::check(&file.path, krate, &file.text),
        _ => Vec::new(),
    }));
}

#[test]
fn sql_stands_in_store_files() {
    none(rust().iter().flat_map(sql::check));
}

#[test]
fn files_are_short() {
    none(rust().iter().chain(&frontend()).filter_map(length::check));
}

#[test]
fn nothing_is_unfinished() {
    none(rust().iter().flat_map(words::check_rust));
    none(frontend().iter().flat_map(words::check_frontend));
}

#[test]
fn the_front_end_calls_no_other_host() {
    let shipped = |file: &&File| {
        (file.path.contains("/src/") || file.is(&["html"])) && !file.path.ends_with(".test.ts")
    };
    none(frontend().iter().filter(shipped).flat_map(hosts::check));
}

#[test]
fn links_lead_somewhere() {
    let root = root();
    let documents = read(&root, &["md"]).expect("the documents are readable");
    none(documents.iter().flat_map(|file| links::check(&root, file)));
}

#[test]
fn requirements_are_proved() {
    let root = root();
    let path = "docs/requirements.md";
    let text = std::fs::read_to_string(root.join(path)).expect("docs/requirements.md is there");
    none(requirements::check(&root, path, &text));
}

#[test]
fn options_are_documented() {
    let read = |path: &str| {
        std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let defaults = read("crates/runtime/src/config.default.toml");
    none(options::check(&defaults, "docs/config.md", &read("docs/config.md")));
}

fn codes() -> Vec<Declaration> {
    rust().iter().flat_map(|file| declarations::find(file, "Code::new(")).collect()
}

fn locales() -> [Locale; 2] {
    ["crates/web/locales/zh-CN.json", "crates/web/locales/en.json"].map(|path| {
        let text =
            std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        Locale::parse(path, &text).unwrap_or_else(|error| panic!("{path}: {error}"))
    })
}

#[test]
fn error_codes_are_translated() {
    none(locales::check(&codes(), &locales()));
}

/// Compares a document with what the code says, or writes it when `HEARD_UPDATE` is set.
#[track_caller]
fn document(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("HEARD_UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().expect("a document has a folder"))
            .expect("the folder can be made");
        std::fs::write(&file, text).expect("the document can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == text, "{path} is not what the code says: HEARD_UPDATE=1 cargo nextest run -p heard-tidy");
}

#[test]
fn errors_are_documented() {
    none(undocumented(codes().iter().map(|code| (&*code.id, &*code.doc, &*code.path, code.line))));
    document("docs/reference/errors.md", &reference::errors(&codes(), &locales()));
}

#[test]
fn rights_are_documented() {
    let rights: Vec<_> = rust().iter().flat_map(|file| declarations::find(file, "Right(")).collect();
    none(undocumented(rights.iter().map(|right| (&*right.id, &*right.doc, &*right.path, right.line))));
    document("docs/reference/rights.md", &reference::rights(&rights));
}

#[test]
fn events_are_documented() {
    let events: Vec<_> = rust().iter().flat_map(events::find).collect();
    none(undocumented(events.iter().map(|event| (&*event.kind, &*event.doc, &*event.path, event.line))));
    document("docs/reference/events.md", &reference::events(&events));
}
