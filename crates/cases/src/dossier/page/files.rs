//! Evidence, transcripts, cases that belong with it, and how to check the files.

use heard_kernel::escape_html;
use std::fmt::Write;

use super::{
    super::{
        gather::Gathered,
        model::{FileEntry, Packed, Role},
    },
    sheet::Sheet,
};
use crate::{
    cases::{CaseView, EvidenceView},
    words::Words,
};

/// Evidence, conversations, cases that belong with it.
pub(super) fn parts(sheet: &mut Sheet<'_>, found: &Gathered, packed: &Packed) {
    sheet.part("evidence", |sheet| {
        for piece in &found.dossier.case.evidence {
            one_piece(sheet, packed, piece);
        }
    });
    sheet.part("conversations", |sheet| conversations(sheet, found, packed));
    sheet.part("related", |sheet| related(sheet, found));
}

fn one_piece(sheet: &mut Sheet<'_>, packed: &Packed, piece: &EvidenceView) {
    let words = sheet.words;
    let place = packed.evidence.get(&piece.id.0);
    let name = escape_html(&piece.name);
    let title = match place {
        Some((path, _)) => format!("<a href=\"{}\">{name}</a>", escape_html(path)),
        None if packed.alone && piece.removed_at.is_none() => name,
        None => format!("<span class=\"gone\">{name}</span>"),
    };
    let given = words.of("giver", piece.given_by.as_str());
    let mut meta = vec![given, sheet.time(piece.added_at)];
    meta.extend(piece.added_by.as_ref().map(|user| user.name.clone()));
    meta.extend(piece.message_id.map(|_| words.get("ev.in_message").to_owned()));
    meta.push(format!("{} · {}", piece.kind, size(piece.size)));
    let mut out = format!("<article>\n<h3 dir=\"auto\">{title}</h3>\n");
    if !piece.note.is_empty() {
        let _ = writeln!(out, "<p class=\"words\" dir=\"auto\">{}</p>", escape_html(&piece.note));
    }
    let _ = writeln!(out, "<p class=\"meta\">{}</p>", escape_html(&meta.join(" · ")));
    if let Some(at) = piece.removed_at {
        let reason = piece.removal_reason.as_deref().unwrap_or_default();
        let by = sheet.by(piece.removed_by.as_ref());
        let text = words.with("ev.removed", &[("reason", reason)]);
        let _ = writeln!(
            out,
            "<p class=\"meta\">{}</p>",
            escape_html(&format!("{text} · {by} · {}", sheet.time(at)))
        );
    } else if let Some(left) = packed.left.iter().find(|left| left.id == piece.id.0) {
        let text = words.with("ev.left", &[("reason", words.get(left.reason.key()))]);
        let _ = writeln!(out, "<p class=\"bad\">{}</p>", escape_html(&text));
    }
    if place.is_some_and(|(_, intact)| !intact) {
        let _ = writeln!(out, "<p class=\"bad\">{}</p>", escape_html(words.get("ev.altered")));
    }
    let _ = writeln!(out, "<p><code>SHA-256 {}</code></p>\n</article>", escape_html(&piece.sha256));
    sheet.raw(&out);
}

/// Bytes as people say them.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{}.{} KB", bytes / 1_024, bytes % 1_024 * 10 / 1_024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

fn conversations(sheet: &mut Sheet<'_>, found: &Gathered, packed: &Packed) {
    let words = sheet.words;
    let mut out = String::new();
    for one in &found.dossier.case.conversations {
        let linked = words.with("conv.linked", &[("time", &sheet.time(one.linked_at))]);
        let held = packed.conversations.iter().find(|held| held.id == one.id.0);
        if let (true, Some(no)) = (packed.alone, one.no) {
            let subject = one.subject.as_deref().unwrap_or_default();
            let _ = writeln!(
                out,
                "<p>#{no} <bdi>{}</bdi> <span class=\"meta\">{}</span></p>",
                escape_html(subject),
                escape_html(&linked)
            );
            continue;
        }
        let Some(held) = held else {
            let _ = writeln!(
                out,
                "<p class=\"quiet\">{} · {}</p>",
                escape_html(words.get("conv.hidden")),
                escape_html(&linked)
            );
            continue;
        };
        let subject = held.subject.as_deref().map(|text| format!(" {text}")).unwrap_or_default();
        let files = words.with("conv.files", &[("n", &held.files.to_string())]);
        let _ = writeln!(
            out,
            "<article>\n<h3>#{}<bdi>{}</bdi></h3>\n<p><a href=\"{}\">{}</a> · <a href=\"{}\">{}</a></p>\n<p class=\"meta\">{}<span class=\"path\"> · {} · {}</span></p>\n</article>",
            held.no,
            escape_html(&subject),
            escape_html(&held.html),
            escape_html(words.get("conv.open")),
            escape_html(&held.text),
            escape_html(words.get("conv.text")),
            escape_html(&format!("{linked} · {files}")),
            escape_html(&held.html),
            escape_html(&held.text),
        );
    }
    sheet.raw(&out);
}

fn related(sheet: &mut Sheet<'_>, found: &Gathered) {
    let (words, dossier) = (sheet.words, &found.dossier);
    let row = |sheet: &Sheet<'_>, kind: &str, case: &CaseView, note: &str| {
        vec![
            escape_html(&words.of("link", kind)),
            escape_html(&case.number),
            escape_html(&case.title),
            escape_html(&sheet.time(case.received_at)),
            escape_html(note),
        ]
    };
    let mut rows = Vec::new();
    for case in &dossier.related.repeats {
        rows.push(row(sheet, "repeat", case, &words.of("state", case.state.as_str())));
    }
    rows.extend(dossier.parent.iter().map(|case| row(sheet, "parent", case, "")));
    for link in &dossier.related.links {
        rows.push(row(sheet, link.link.kind.as_str(), &link.case, &link.link.note));
    }
    for merge in &dossier.related.merges {
        let kind = if merge.merge.undone_at.is_some() { "unmerged" } else { "merged" };
        rows.push(row(sheet, kind, &merge.case, &merge.merge.reason));
    }
    sheet.table(&["kind", "case", "title", "when", "reason"], rows);
    let Some(group) = &dossier.group else { return };
    let speakers: Vec<String> = group
        .representatives
        .iter()
        .map(|one| format!("{} {}", one.name, one.contact).trim().to_owned())
        .collect();
    sheet.named_rows(&[
        (words.of("link", "group"), format!("{}\n{}", group.title, group.note).trim().to_owned()),
        (words.of("link", "representative"), speakers.join("\n")),
    ]);
}

/// What is in it and what is not, and how to check it.
pub(super) fn checking(sheet: &mut Sheet<'_>, packed: &Packed, files: &[FileEntry]) {
    sheet.part("files", |sheet| {
        let words = sheet.words;
        let paragraph = |key: &str| format!("<p>{}</p>\n", escape_html(words.get(key)));
        if packed.alone {
            sheet.raw(&paragraph("head.page"));
            sheet.raw(&paragraph("files.links"));
            return sheet.raw(&paragraph("files.notice"));
        }
        sheet.raw(&format!("<h3>{}</h3>\n", escape_html(words.get("files.here"))));
        sheet.table(&["file", "size", "sum"], files.iter().map(row).collect());
        sheet.raw(&left_out(words, packed));
        let mut out = format!("<h3>{}</h3>\n", escape_html(words.get("head.guide_files")));
        out.push_str(&paragraph("files.text"));
        out.push_str(&paragraph("files.check"));
        let _ = writeln!(
            out,
            "<dl>\n<div><dt>Linux</dt><dd><code>sha256sum -c SHA256SUMS</code></dd></div>\n\
             <div><dt>macOS</dt><dd><code>shasum -a 256 -c SHA256SUMS</code></dd></div>\n\
             <div><dt>Windows</dt><dd>{}</dd></div>\n</dl>",
            escape_html(words.get("files.windows"))
        );
        for key in ["files.notice", "files.links", "files.json", "files.audit"] {
            out.push_str(&paragraph(key));
        }
        sheet.raw(&out);
    });
}

fn row(file: &FileEntry) -> Vec<String> {
    vec![escape_html(&file.path), size(file.size), format!("<code>{}</code>", escape_html(&file.sha256))]
}

fn left_out(words: Words, packed: &Packed) -> String {
    let mut out = format!("<h3>{}</h3>\n", escape_html(words.get("files.left")));
    if packed.left.is_empty() {
        let _ = writeln!(out, "<p class=\"quiet\">{}</p>", escape_html(words.get("files.none_left")));
        return out;
    }
    out.push_str("<ul>\n");
    for left in &packed.left {
        let name = if left.name.is_empty() { words.of("t", role(left.role)) } else { left.name.clone() };
        let text = [name.as_str(), words.get(left.reason.key())].join(words.get("colon"));
        let _ = writeln!(out, "<li dir=\"auto\">{}</li>", escape_html(&text));
    }
    out.push_str("</ul>\n");
    out
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Transcript => "conversation",
        _ => "file",
    }
}
