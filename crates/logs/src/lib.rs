//! Log files (日志) that customers send, and what stands in them, found by pure rules.
//!
//! A file is decoded, cut into lines, and lines into *entries* (条目): what one call of a logger wrote, with the stack trace
//! below it. Of each entry the time and the *level* (级别) are recognised, and entries that differ only in numbers, ids and
//! quoted words are one *pattern* (模式). Times are those that stand in the file, as they stand there: a log seldom says of
//! which zone it is. A file that the widget made about a device is a *diagnosis* (诊断), and is told as one.

mod browser;
mod cursor;
mod decode;
mod diagnosis;
mod entries;
mod head;
mod json;
mod level;
mod overview;
mod page;
mod pattern;
mod stamp;
mod trace;

use heard_kernel::{Result, Timestamp};

pub use browser::Seen;
pub use decode::{Encoding, LIMIT, LOG_ENCODING_UNREADABLE, LOG_NOT_TEXT, LOG_TOO_LARGE, too_large};
pub use diagnosis::{Diagnosis, Note, Size};
pub use head::Format;
pub use level::Level;
pub use overview::{LevelCounts, LogOverview, LogPattern, LogSlice};
pub use page::{LogLine, LogPage, MAX_LINES_OF_PAGE, Question};

/// Reads a file and answers a question about it. `stored_at` is when the file came: logs that name no year, or only the
/// time of day, are taken to be the last ones before it.
///
/// # Errors
/// `log_too_large`, `log_not_text`, `log_encoding_unreadable`.
pub fn read(bytes: &[u8], question: &Question, stored_at: Timestamp) -> Result<LogPage> {
    let decoded = decode::decode(bytes)?;
    let log = entries::cut(&decoded.text, stamp::Day::of(stored_at))?;
    let classes = pattern::classify(&log);
    let mut page = page::page(&log, &classes, question);
    if question.from.is_none() {
        let mut overview = overview::overview(&decoded, &log, &classes);
        overview.diagnosis = diagnosis::find(&decoded.text);
        page.overview = Some(overview);
    }
    Ok(page)
}
