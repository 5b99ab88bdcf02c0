//! A table as a workbook: a sheet with headings that stay in sight, filters, times that are times.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use heard_kernel::{Error, Result, Timestamp};
use heard_store::storage_error;
use jiff::{Zoned, tz::TimeZone};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

use super::columns::{Cell, Heading};

/// Characters that a cell takes.
const LONGEST: usize = 32_767;

/// A workbook that is being written. Its rows lie in a file in the folder, not in memory.
pub(super) struct Xlsx {
    book: Workbook,
    file: File,
    zone: TimeZone,
    time: Format,
    next: u32,
    columns: u16,
}

fn failed(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => storage_error(&error),
        other => Error::internal(other),
    }
}

impl Xlsx {
    pub(super) fn begin(
        file: File,
        folder: &Path,
        sheet: &str,
        headings: &[Heading],
        zone: TimeZone,
    ) -> Result<Self> {
        let mut book = Workbook::new();
        book.set_tempdir(folder).map_err(failed)?;
        let bold = Format::new().set_bold();
        let page = book.add_worksheet_with_constant_memory().map_err(failed)?;
        page.set_name(sheet).map_err(failed)?;
        page.set_freeze_panes(1, 0).map_err(failed)?;
        let mut index = 0_u16;
        for heading in headings {
            page.set_column_width(index, heading.width).map_err(failed)?;
            page.write_string_with_format(0, index, &heading.text, &bold).map_err(failed)?;
            index += 1;
        }
        let time = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        Ok(Self { book, file, zone, time, next: 1, columns: index })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<()> {
        let (row, zone, time) = (self.next, &self.zone, &self.time);
        let page = self.book.worksheet_from_index(0).map_err(failed)?;
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    let short: String = text.chars().take(LONGEST).collect();
                    page.write_string(row, column, short).map_err(failed)?;
                }
                Cell::Amount(amount) => {
                    let number: f64 = amount.parse().map_err(Error::internal)?;
                    page.write_number(row, column, number).map_err(failed)?;
                }
                Cell::Number(number) => {
                    #[allow(clippy::cast_precision_loss, reason = "scores and counts are small")]
                    page.write_number(row, column, *number as f64).map_err(failed)?;
                }
                Cell::Time(at) => {
                    page.write_datetime_with_format(row, column, &moment(*at, zone)?, time)
                        .map_err(failed)?;
                }
            }
        }
        self.next += 1;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<File> {
        let (last, columns) = (self.next - 1, self.columns);
        if last > 0 && columns > 0 {
            let page = self.book.worksheet_from_index(0).map_err(failed)?;
            page.autofilter(0, 0, last, columns - 1).map_err(failed)?;
        }
        let mut out = BufWriter::new(&self.file);
        self.book.save_to_writer(&mut out).map_err(failed)?;
        out.flush().map_err(|error| storage_error(&error))?;
        drop(out);
        Ok(self.file)
    }
}

/// An instant as the clock on the wall shows it: workbooks know no time zones.
fn moment(at: Timestamp, zone: &TimeZone) -> Result<ExcelDateTime> {
    let local: Zoned = at.to_jiff().to_zoned(zone.clone());
    let small = |value: i8| u8::try_from(value).unwrap_or_default();
    let year = u16::try_from(local.year()).unwrap_or_default();
    let day = ExcelDateTime::from_ymd(year, small(local.month()), small(local.day())).map_err(failed)?;
    day.and_hms(u16::from(small(local.hour())), small(local.minute()), f64::from(local.second()))
        .map_err(failed)
}
