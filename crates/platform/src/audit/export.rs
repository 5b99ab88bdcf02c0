//! The audit as a file, written while it is read: it may be larger than memory.

use std::borrow::Cow;

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt as _};
use heard_kernel::{Error, Locale, Result};
use heard_runtime::Ctx;
use serde::Deserialize;

use super::{
    model::{AuditEntry, Filter},
    service::next,
};

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// A table for spreadsheets.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

impl ExportFormat {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }

    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Jsonl => "application/jsonl",
        }
    }

    /// The beginning of the file. The mark makes spreadsheets read Chinese as UTF-8.
    const fn head(self) -> &'static str {
        match self {
            Self::Csv => {
                "\u{FEFF}seq,at,actor_kind,actor_id,actor_name,action,subject_kind,subject_id,subject_name,address,detail,hash\r\n"
            }
            Self::Jsonl => "",
        }
    }

    fn line(self, entry: &AuditEntry) -> Result<String> {
        match self {
            Self::Jsonl => Ok(serde_json::to_string(entry).map_err(Error::internal)? + "\n"),
            Self::Csv => Ok(csv(entry)),
        }
    }
}

/// The pieces of the file, the oldest entries first.
pub(super) fn pieces(
    ctx: Ctx,
    filter: Filter,
    format: ExportFormat,
    locale: Locale,
) -> impl Stream<Item = Result<Bytes>> + Send {
    stream::unfold(Some((ctx, filter, 0, format.head().to_owned())), move |state| async move {
        let (ctx, filter, after, mut text) = state?;
        let entries = match next(&ctx, filter.clone(), after, locale).await {
            Ok(entries) => entries,
            Err(error) => return Some((Err(error), None)),
        };
        for entry in &entries {
            match format.line(entry) {
                Ok(line) => text.push_str(&line),
                Err(error) => return Some((Err(error), None)),
            }
        }
        let rest = entries.last().map(|last| (ctx, filter, last.seq, String::new()));
        if rest.is_none() && text.is_empty() { None } else { Some((Ok(Bytes::from(text)), rest)) }
    })
    // Compression asks once more after the end.
    .fuse()
}

fn csv(entry: &AuditEntry) -> String {
    let (at, detail) = (entry.at.to_string(), entry.detail.to_string());
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let fields = [
        &entry.seq.to_string(),
        &at,
        &entry.actor.kind,
        &id(entry.actor.id),
        &entry.actor.name,
        &entry.action,
        &entry.subject.kind,
        &id(entry.subject.id),
        entry.subject.name.as_deref().unwrap_or_default(),
        entry.address.as_deref().unwrap_or_default(),
        &detail,
        &entry.hash,
    ];
    fields.map(cell).join(",") + "\r\n"
}

/// A cell. Spreadsheets would take a text that begins with one of these signs for a formula.
fn cell(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula || text.contains([',', '"', '\n', '\r']) {
        let mark = if formula { "'" } else { "" };
        Cow::Owned(format!("\"{mark}{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_no_formulas() {
        assert_eq!(cell("王芳"), "王芳");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell("=cmd()"), "\"'=cmd()\"");
    }
}
