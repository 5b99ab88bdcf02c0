//! From what somebody types to a query.

use tantivy::{
    Term,
    query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as TantivyQuery, TermQuery},
    schema::IndexRecordOption,
};
use uuid::Uuid;

use crate::{
    index::Fields,
    words::{fold, is_han, query_words, units},
};

/// A search.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What was typed. Every word must occur; the last Latin word may be unfinished.
    pub text: String,
    /// What to find; everything when empty.
    pub kinds: Vec<&'static str>,
    /// The scopes that the asker may see; `None` for all of them.
    pub scopes: Option<Vec<Uuid>>,
    /// How many at most.
    pub limit: usize,
}

/// Words of a query that are looked at; the rest is ignored.
const MOST_WORDS: usize = 24;

/// What a run of units or a beginning weighs beside the whole word.
const LESS: f32 = 0.5;

/// In how many ways the words of a query may occur.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// As words of the index: quick.
    Words,
    /// Also as runs of units, which takes reading positions.
    Runs,
}

/// The query, or `None` when nothing is asked for. As long as every word is one term, the best documents are found
/// without looking at all that have the words (block-max WAND); so kinds and scopes are no part of it, see
/// [`crate::best`].
pub(crate) fn build(query: &Query, fields: &Fields, reach: Reach) -> Option<BooleanQuery> {
    let folded = fold(&query.text);
    let words = query_words(&folded);
    let unfinished = folded.chars().next_back().is_some_and(char::is_alphanumeric);
    let last = words.len().checked_sub(1)?;
    let clauses =
        words.iter().enumerate().take(MOST_WORDS).map(|(position, word)| {
            (Occur::Must, of_word(word, fields, position == last && unfinished, reach))
        });
    Some(BooleanQuery::new(clauses.collect()))
}

/// The ways in which a word may occur: as a word, as a run of units, or as the beginning of a unit.
fn of_word(word: &str, fields: &Fields, unfinished: bool, reach: Reach) -> Box<dyn TantivyQuery> {
    let parts: Vec<Term> =
        units(word).iter().map(|unit| Term::from_field_text(fields.units, &unit.text)).collect();
    let several = parts.len() > 1;
    let whole = match parts.as_slice() {
        [only] => only.clone(),
        _ => Term::from_field_text(fields.words, word),
    };
    let begins = (!several && unfinished && !word.chars().any(is_han))
        .then(|| Box::new(FuzzyTermQuery::new_prefix(whole.clone(), 0, true)) as Box<dyn TantivyQuery>);
    let runs =
        (several && reach == Reach::Runs).then(|| Box::new(PhraseQuery::new(parts)) as Box<dyn TantivyQuery>);
    let whole = Box::new(TermQuery::new(whole, IndexRecordOption::WithFreqs));
    match begins.or(runs) {
        Some(other) => Box::new(BooleanQuery::union(vec![whole, Box::new(BoostQuery::new(other, LESS))])),
        None => whole,
    }
}
