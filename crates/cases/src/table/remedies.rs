//! The list of remedies of all cases as a table.

use heard_kernel::{Actor, Error, Locale, PageRequest, Result};
use heard_platform::files::blocking;
use heard_runtime::Ctx;
use tokio::sync::mpsc;

use super::{
    columns::{Cell, Heading},
    events::RemediesExported,
    service::{Plan, TABLE_TOO_LONG, Table, TableFormat, keep},
};
use crate::{
    remedies::{self, ListedRemedy, RemedyQuery},
    rights,
    words::Words,
};

/// Remedies that are read at once.
const STEP: u32 = 200;

/// The columns with their widths in characters.
const COLUMNS: [(&str, u16); 12] = [
    ("number", 14),
    ("title", 48),
    ("remedy", 24),
    ("amount", 14),
    ("currency", 10),
    ("remedy_state", 14),
    ("note", 40),
    ("asked_by", 14),
    ("asked", 17),
    ("decided_by", 14),
    ("decided", 17),
    ("reason", 40),
];

/// Writes the remedies that an actor sees in the list of remedies into a file, `most` of them at most.
///
/// # Errors
/// `forbidden`, `table_too_long`; the storage codes.
pub async fn write_remedies(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    format: TableFormat,
    query: RemedyQuery,
    most: usize,
) -> Result<Table> {
    actor.require(rights::EXPORT)?;
    let words = Words(locale);
    let heading = |(column, width): (&str, u16)| Heading { text: words.of("col", column), width };
    let headings = COLUMNS.into_iter().map(heading).collect();
    let plan = Plan::of(ctx, words, format, "table.remedies", headings).await?;
    let (send, take) = mpsc::channel::<Vec<Vec<Cell>>>(1);
    let writing = tokio::spawn(blocking(move || keep(&plan, take)));
    let read = read(ctx, actor, locale, query, most, send).await;
    let written = writing.await.map_err(Error::internal)?;
    let rows = read?;
    let table = written?;
    let state = query.state.map(|state| state.as_str().to_owned());
    ctx.tx(actor, async move |tx| {
        tx.emit(&RemediesExported { format: format.as_str().to_owned(), rows, state: state.clone() })
    })
    .await?;
    Ok(table)
}

/// Hands over page after page and tells how many remedies there were.
async fn read(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    query: RemedyQuery,
    most: usize,
    send: mpsc::Sender<Vec<Vec<Cell>>>,
) -> Result<usize> {
    let (mut rows, mut page) = (0, PageRequest { limit: Some(STEP), ..PageRequest::default() });
    loop {
        let found = remedies::page_of(ctx, actor, locale, query, &page).await?;
        rows += found.items.len();
        if rows > most {
            return Err(Error::new(TABLE_TOO_LONG).with("max", most));
        }
        let cells = found.items.iter().map(|remedy| cells(remedy, Words(locale))).collect();
        if send.send(cells).await.is_err() {
            // Whoever writes has failed and says why.
            return Ok(rows);
        }
        match found.next_cursor {
            Some(next) => page.cursor = Some(next),
            None => return Ok(rows),
        }
    }
}

fn cells(one: &ListedRemedy, words: Words) -> Vec<Cell> {
    let remedy = &one.remedy.remedy;
    let amount = remedy.amount.map(|amount| heard_kernel::plain_amount(amount, &remedy.currency));
    let currency = amount.is_some().then(|| remedy.currency.clone());
    vec![
        Cell::Text(one.case.number.clone()),
        Cell::Text(one.case.title.clone()),
        Cell::Text(one.name.clone()),
        amount.map_or(Cell::Empty, Cell::Amount),
        Cell::from(currency),
        Cell::Text(words.of("remedy", remedy.state.as_str())),
        Cell::from(Some(remedy.note.clone())),
        Cell::from(one.remedy.asker.as_ref().map(|user| user.name.clone())),
        Cell::Time(remedy.asked_at),
        Cell::from(one.remedy.decider.as_ref().map(|user| user.name.clone())),
        Cell::from(remedy.decided_at),
        Cell::from(Some(remedy.reason.clone())),
    ]
}
