//! Dossiers (卷宗): everything that is recorded about a case, for somebody who has never seen the product.
//!
//! A dossier is a ZIP archive: a page to read and print (`index.html`), the same for programs (`case.json`,
//! `timeline.jsonl`), the transcripts of its conversations with their files, its evidence, and a list of every file with
//! size, SHA-256 and origin (`manifest.json`, `SHA256SUMS`). What is not in it is named with the reason: evidence that was
//! removed, messages that were taken back, content that is gone, conversations that whoever takes it out may not export.
//!
//! Secrets of progress pages are blanked in everything that is written; files are copied byte for byte.
//!
//! It is written into a file without a name, file by file, so that memory does not grow with the evidence and nothing remains
//! on the disk. The sum of the whole goes into the log and so into the audit.
//!
//! Events: `case.dossier_taken`. Rights: `case.export`; notes in transcripts as the transcripts themselves.

mod build;
mod events;
mod gather;
mod http;
mod model;
mod names;
mod pack;
mod page;

pub use events::DossierTaken;
pub use http::routes;
pub use model::Dossier;
