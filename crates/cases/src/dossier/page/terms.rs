//! What the words of a dossier mean, for somebody who has never seen the product, and where it is signed.

use heard_kernel::escape_html;
use std::fmt::Write;

use super::sheet::Sheet;

/// The words, in the order in which they are met.
const TERMS: [&str; 16] = [
    "case",
    "plan",
    "stage",
    "clock",
    "breach",
    "working",
    "wait",
    "handover",
    "task",
    "remedy",
    "promise",
    "escalation",
    "notice",
    "evidence",
    "sha256",
    "system",
];

/// The meaning of each word.
pub(super) fn part(sheet: &mut Sheet<'_>) {
    sheet.part("terms", |sheet| {
        let words = sheet.words;
        let rows = TERMS.map(|term| (words.of("term", term), words.of("termtext", term)));
        sheet.named_rows(&rows);
    });
}

/// Lines to sign on, for the printed page.
pub(super) fn signatures(sheet: &mut Sheet<'_>) {
    let mut out = String::from("<div class=\"sign\">\n");
    for who in ["handler", "reviewer", "date"] {
        let _ = writeln!(out, "<p>{}</p>", escape_html(&sheet.words.of("sign", who)));
    }
    out.push_str("</div>\n");
    sheet.raw(&out);
}
