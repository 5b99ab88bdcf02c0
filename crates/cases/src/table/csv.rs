//! A table as comma-separated values (RFC 4180).

use std::{
    borrow::Cow,
    fs::File,
    io::{BufWriter, Write},
};

use heard_kernel::Result;
use heard_store::storage_error;
use jiff::tz::TimeZone;

use super::columns::Cell;

/// The mark makes spreadsheets read Chinese as UTF-8.
const MARK: &str = "\u{FEFF}";

/// A file that is being written.
pub(super) struct Csv {
    out: BufWriter<File>,
    zone: TimeZone,
}

impl Csv {
    pub(super) fn begin(file: File, headings: &[String], zone: TimeZone) -> Result<Self> {
        let mut csv = Self { out: BufWriter::new(file), zone };
        csv.write(MARK)?;
        let headings: Vec<Cell> = headings.iter().cloned().map(Cell::Text).collect();
        csv.row(&headings)?;
        Ok(csv)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(|error| storage_error(&error))
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<()> {
        let mut line = String::with_capacity(256);
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                line.push(',');
            }
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => line.push_str(&quoted(text)),
                Cell::Amount(amount) => line.push_str(amount),
                Cell::Number(number) => line.push_str(&number.to_string()),
                Cell::Time(at) => {
                    let local = at.to_jiff().to_zoned(self.zone.clone());
                    line.push_str(&local.strftime("%Y-%m-%d %H:%M").to_string());
                }
            }
        }
        line.push_str("\r\n");
        self.write(&line)
    }

    pub(super) fn finish(self) -> Result<File> {
        self.out.into_inner().map_err(|error| storage_error(error.error()))
    }
}

/// Text for a cell. What begins with one of these signs, also behind blanks, would be taken for a formula; the apostrophe
/// before it makes it text.
fn quoted(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let needs = formula || text.contains([',', '"', '\n', '\r', ';', '\t']);
    if !needs {
        return Cow::Borrowed(text);
    }
    let mark = if formula { "'" } else { "" };
    Cow::Owned(format!("\"{mark}{}\"", text.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for (given, written) in [
            ("课程闪退", "课程闪退"),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+86 138", "\"'+86 138\""),
            ("-1", "\"'-1\""),
            ("@me", "\"'@me\""),
            ("  =1+1", "\"'  =1+1\""),
            ("＝1+1", "\"'＝1+1\""),
            ("两行\n文字", "\"两行\n文字\""),
            ("a=b", "a=b"),
        ] {
            assert_eq!(quoted(given), written);
        }
    }
}
