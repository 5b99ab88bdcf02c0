//! Reading the rows and writing the file.

use std::{
    fs::File,
    io::{Seek, SeekFrom},
    path::PathBuf,
};

use heard_kernel::{Actor, Code, Error, Locale, PageRequest, Result};
use heard_platform::{files::blocking, settings};
use heard_runtime::Ctx;
use heard_store::{storage_error, words};
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::{
    columns::{Cell, Column, Heading},
    csv::Csv,
    events::TableExported,
    xlsx::Xlsx,
};
use crate::{
    cases::{self, CaseQuery},
    rights,
    words::Words,
};

/// There are more cases than a table takes (`params.max`); narrow the list.
pub(crate) const TABLE_TOO_LONG: Code = Code::new("table_too_long", 422);
/// There is no such column (`params.column`).
pub(crate) const COLUMN_UNKNOWN: Code = Code::new("column_unknown", 422);

/// Cases that a table holds at most.
pub const MOST: usize = 50_000;
/// Cases that are read at once.
const STEP: u32 = 200;

words! {
    /// The kind of file of a table.
    #[schema(as = CaseTableFormat)]
    TableFormat {
        /// Comma-separated values.
        Csv => "csv",
        /// A workbook.
        Xlsx => "xlsx",
    }
}

/// What a table is made of.
pub(super) struct Plan {
    format: TableFormat,
    headings: Vec<Heading>,
    sheet: &'static str,
    zone: TimeZone,
    folder: PathBuf,
}

impl Plan {
    /// A table by the clock of the organisation; `sheet` names the words for its sheet.
    pub(super) async fn of(
        ctx: &Ctx,
        words: Words,
        format: TableFormat,
        sheet: &'static str,
        headings: Vec<Heading>,
    ) -> Result<Self> {
        let settings = settings::find(ctx).await?;
        let zone = settings.as_ref().map_or("Asia/Shanghai", |settings| settings.time_zone.as_str());
        Ok(Self {
            format,
            headings,
            sheet: words.find(sheet).unwrap_or_default(),
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            folder: ctx.config().storage.data.clone(),
        })
    }
}

/// A finished file, at its beginning.
#[derive(Debug)]
pub struct Table {
    /// The file; it goes when it is closed.
    pub file: File,
    /// Its bytes.
    pub size: u64,
}

/// Writes the cases that an actor sees of those that are asked for into a file, `most` of them at most.
///
/// # Errors
/// `forbidden`, `column_unknown`, `too_many_filters`, `table_too_long`; the storage codes.
pub async fn write(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    format: TableFormat,
    columns: Option<&str>,
    query: CaseQuery,
    most: usize,
) -> Result<Table> {
    actor.require(rights::EXPORT)?;
    let columns = Column::wanted(columns)?;
    let words = Words(locale);
    let heading = |column: &Column| Heading { text: words.of("col", column.as_str()), width: column.width() };
    let plan = Plan::of(ctx, words, format, "table.sheet", columns.iter().map(heading).collect()).await?;
    // Two pages at most lie between who reads and who writes.
    let (send, take) = mpsc::channel::<Vec<Vec<Cell>>>(1);
    let writing = tokio::spawn(blocking(move || keep(&plan, take)));
    let read = read(ctx, actor, locale, &query, &columns, most, send).await;
    let written = writing.await.map_err(Error::internal)?;
    let rows = read?;
    let table = written?;
    let names: Vec<String> = columns.iter().map(|column| column.as_str().to_owned()).collect();
    let filters = serde_json::to_value(CaseQuery { q: None, ..query }).map_err(Error::internal)?;
    ctx.tx(actor, async move |tx| {
        let (columns, filters) = (names.clone(), filters.clone());
        tx.emit(&TableExported { format: format.as_str().to_owned(), rows, columns, filters })
    })
    .await?;
    Ok(table)
}

/// Hands over page after page and tells how many cases there were.
async fn read(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    query: &CaseQuery,
    columns: &[Column],
    most: usize,
    send: mpsc::Sender<Vec<Vec<Cell>>>,
) -> Result<usize> {
    let (mut rows, mut page) = (0, PageRequest { limit: Some(STEP), ..PageRequest::default() });
    loop {
        let (reader, asked, wanted) = (actor.clone(), query.clone(), page.clone());
        let (batch, next) = ctx
            .read(async move |tx| {
                let found = cases::page_of(tx, &reader, &asked, &wanted).await?;
                let cases = found.items.into_iter().map(|listed| listed.case).collect();
                Ok((cases::Batch::load(tx, cases).await?, found.next_cursor))
            })
            .await?;
        let shown = batch.show(ctx, locale).await?;
        rows += shown.len();
        if rows > most {
            return Err(Error::new(TABLE_TOO_LONG).with("max", most));
        }
        let cells = |case| columns.iter().map(|column| column.cell(case, Words(locale))).collect();
        if send.send(shown.iter().map(cells).collect()).await.is_err() {
            // Whoever writes has failed and says why.
            return Ok(rows);
        }
        match next {
            Some(next) => page.cursor = Some(next),
            None => return Ok(rows),
        }
    }
}

/// Writes what comes, until no more does.
pub(super) fn keep(plan: &Plan, mut take: mpsc::Receiver<Vec<Vec<Cell>>>) -> Result<Table> {
    let failed = |error: std::io::Error| storage_error(&error);
    let file = tempfile::tempfile_in(&plan.folder).map_err(failed)?;
    let mut file = match plan.format {
        TableFormat::Csv => {
            let headings: Vec<String> = plan.headings.iter().map(|heading| heading.text.clone()).collect();
            let mut csv = Csv::begin(file, &headings, plan.zone.clone())?;
            while let Some(rows) = take.blocking_recv() {
                rows.iter().try_for_each(|row| csv.row(row))?;
            }
            csv.finish()?
        }
        TableFormat::Xlsx => {
            let mut book = Xlsx::begin(file, &plan.folder, plan.sheet, &plan.headings, plan.zone.clone())?;
            while let Some(rows) = take.blocking_recv() {
                rows.iter().try_for_each(|row| book.row(row))?;
            }
            book.finish()?
        }
    };
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    Ok(Table { file, size })
}
