//! The best documents of a query among those that may be found.

use std::{cmp::Reverse, collections::BinaryHeap};

use tantivy::{
    DocAddress, DocId, Result, Score, Searcher, SegmentReader,
    columnar::{BytesColumn, Column},
    query::{EnableScoring, Query},
};
use uuid::Uuid;

/// The fast fields that limit what is found.
pub(crate) const KIND: &str = "kind";
pub(crate) const SCOPE: &str = "scope";

/// What may be found.
pub(crate) struct Limits<'a> {
    /// Of these kinds; of all when empty.
    pub(crate) kinds: &'a [&'static str],
    /// In these scopes; in all without.
    pub(crate) scopes: Option<&'a [Uuid]>,
}

/// Up to `limit` documents, in no order. The score that a document must beat is carried from segment to segment, newer
/// ones first. The limits are asked only about documents whose score would do: as clauses of the query they
/// would have to be read for all documents with the words.
pub(crate) fn best(
    searcher: &Searcher,
    query: &dyn Query,
    limits: &Limits<'_>,
    limit: usize,
) -> Result<Vec<(Score, DocAddress)>> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut best: BinaryHeap<Reverse<Candidate>> = BinaryHeap::with_capacity(limit + 1);
    for (ord, segment) in searcher.segment_readers().iter().enumerate().rev() {
        let Some(checks) = limits.within(segment)? else { continue };
        let alive = segment.alive_bitset();
        weight.for_each_pruning(threshold(&best, limit), segment, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) && checks.iter().all(|check| check.allows(doc)) {
                best.push(Reverse(Candidate { score, at: DocAddress::new(ord as u32, doc) }));
                if best.len() > limit {
                    best.pop();
                }
            }
            threshold(&best, limit)
        })?;
    }
    Ok(best.into_iter().map(|Reverse(found)| (found.score, found.at)).collect())
}

/// The score that a document must exceed.
fn threshold(best: &BinaryHeap<Reverse<Candidate>>, limit: usize) -> Score {
    match best.peek() {
        Some(Reverse(worst)) if best.len() >= limit => worst.score,
        _ => Score::MIN,
    }
}

struct Candidate {
    score: Score,
    at: DocAddress,
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.score.total_cmp(&other.score)
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Candidate {}

impl Limits<'_> {
    /// What has to be asked about each document of a segment; `None` when none of it may be found.
    fn within(&self, segment: &SegmentReader) -> Result<Option<Vec<Check>>> {
        let mut checks = Vec::new();
        let kinds: Vec<&[u8]> = self.kinds.iter().map(|kind| kind.as_bytes()).collect();
        let scopes =
            self.scopes.map(|scopes| scopes.iter().map(|scope| scope.as_bytes().as_slice()).collect());
        let kinds = (!kinds.is_empty()).then_some(kinds);
        let columns = segment.fast_fields();
        for (values, column) in
            [(kinds, columns.str(KIND)?.map(BytesColumn::from)), (scopes, columns.bytes(SCOPE)?)]
        {
            let Some(values) = values else { continue };
            let Some(column) = column else { return Ok(None) };
            match allowed(&column, &values)? {
                Allowed::All => {}
                Allowed::None => return Ok(None),
                Allowed::Some(check) => checks.push(check),
            }
        }
        Ok(Some(checks))
    }
}

enum Allowed {
    All,
    None,
    Some(Check),
}

/// A column with the places of the allowed values in its dictionary.
struct Check {
    column: Column<u64>,
    allowed: Vec<bool>,
}

impl Check {
    fn allows(&self, doc: DocId) -> bool {
        self.column.first(doc).is_some_and(|ord| self.allowed.get(ord as usize) == Some(&true))
    }
}

fn allowed(column: &BytesColumn, values: &[&[u8]]) -> Result<Allowed> {
    let mut allowed = vec![false; column.num_terms()];
    for value in values {
        if let Some(ord) = column.dictionary().term_ord(value)? {
            allowed[ord as usize] = true;
        }
    }
    Ok(if !allowed.contains(&true) {
        Allowed::None
    } else if allowed.contains(&false) {
        Allowed::Some(Check { column: column.ords().clone(), allowed })
    } else {
        Allowed::All
    })
}
