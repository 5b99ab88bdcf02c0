//! Cases of a period, one page after the other.

use heard_kernel::{Result, Timestamp};
use heard_store::{List, Tx, params};

use super::super::model::{CaseId, Shelf};

/// Which cases are taken.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Shelved {
    /// Received at this time or later.
    pub(crate) from: Timestamp,
    /// Received before this time.
    pub(crate) to: Timestamp,
    /// Of this type.
    pub(crate) type_key: Option<String>,
    /// Of any of these categories.
    pub(crate) categories: Option<Vec<String>>,
}

/// The case that was taken last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Taken {
    shelf: Shelf,
    received_at: Timestamp,
    id: CaseId,
}

/// The lists that are read, one after the other. Cases that are part of another one have no life of their own.
const SHELVES: [Shelf; 2] = [Shelf::Archived, Shelf::Active];

impl Shelved {
    fn list(&self, select: &str, shelf: Shelf, after: Option<Taken>) -> List {
        let after = after.filter(|after| after.shelf == shelf);
        let list = List::new(select)
            .filter("shelf = ?", &params![shelf])
            .filter("received_at >= ?", &params![after.map_or(self.from, |after| after.received_at)])
            .filter("received_at < ?", &params![self.to])
            .filter_some("type_key = ?", self.type_key.as_deref());
        let list = match after {
            Some(after) => list.filter("(received_at > ? OR id > ?)", &params![after.received_at, after.id]),
            None => list,
        };
        match &self.categories {
            Some(keys) => list.filter_in("category_key", keys.iter().map(String::as_str)),
            None => list,
        }
    }
}

/// The next cases by the time they were received, with their numbers, and where to go on; nothing when there are no more.
pub(crate) async fn taken(
    tx: &Tx<'_>,
    wanted: &Shelved,
    after: Option<Taken>,
    limit: usize,
) -> Result<(Vec<(CaseId, String)>, Option<Taken>)> {
    let (mut found, mut last) = (Vec::new(), None);
    let begin = after.and_then(|after| SHELVES.iter().position(|shelf| *shelf == after.shelf)).unwrap_or(0);
    for shelf in &SHELVES[begin..] {
        let (sql, values) = wanted.list("SELECT id, no, received_at FROM cases", *shelf, after).all();
        let sql = format!("{sql} ORDER BY received_at, id LIMIT {}", limit - found.len());
        let rows: Vec<(CaseId, i64, Timestamp)> = tx.query(&sql, &values).await?;
        for (id, no, received_at) in rows {
            found.push((id, format!("T-{no}")));
            last = Some(Taken { shelf: *shelf, received_at, id });
        }
        if found.len() == limit {
            return Ok((found, last));
        }
    }
    Ok((found, None))
}

/// How many cases there are, counted up to a limit.
pub(crate) async fn how_many(tx: &Tx<'_>, wanted: &Shelved, limit: usize) -> Result<i64> {
    let mut count = 0;
    for shelf in SHELVES {
        let (sql, values) = wanted.list("SELECT id FROM cases", shelf, None).all();
        let sql = format!("SELECT count(*) FROM ({sql} LIMIT {limit}) AS taken");
        count += tx.scalar::<i64>(&sql, &values).await?.unwrap_or(0);
    }
    Ok(count)
}
