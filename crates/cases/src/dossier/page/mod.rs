//! The readable page of a dossier: one file without script, pictures or anything from elsewhere, that prints well.

mod course;
mod deeds;
mod files;
mod log;
mod opening;
pub(super) mod readme;
mod sheet;
mod terms;

use heard_kernel::escape_html;
pub(super) use log::said;
use sheet::Sheet;

use super::{
    gather::Gathered,
    model::{FileEntry, Packed},
};
use crate::words::Words;

const STYLE: &str = include_str!("style.css");

/// The page, with the files that were packed before it.
pub(super) fn html(found: &Gathered, packed: &Packed, files: &[FileEntry]) -> String {
    let words = Words(found.dossier.locale);
    let mut sheet = Sheet::new(words, &found.zone);
    opening::parts(&mut sheet, found);
    course::parts(&mut sheet, found);
    deeds::parts(&mut sheet, found);
    files::parts(&mut sheet, found, packed);
    course::timeline(&mut sheet, found);
    terms::part(&mut sheet);
    files::checking(&mut sheet, packed, files);
    sheet.part("sign", terms::signatures);
    let case = &found.dossier.case.case;
    let title = format!("{} {} · {}", words.get("head.title"), case.number, case.title);
    let (contents, body) = sheet.finish();
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{}{contents}{body}</body>\n</html>\n",
        found.dossier.locale.as_str(),
        escape_html(&title),
        opening::head(found, packed),
    )
}
