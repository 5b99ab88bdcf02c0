//! From what somebody types to a query.

use tantivy::{
    Term,
    query::{
        BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as TantivyQuery,
        TermQuery,
    },
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

type Clause = (Occur, Box<dyn TantivyQuery>);

/// In how many ways the words of a query may occur.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// As words of the index: quick.
    Words,
    /// Also as runs of units, which takes reading positions.
    Runs,
}

/// The query, or `None` when nothing is asked for.
pub(crate) fn build(query: &Query, fields: &Fields, reach: Reach) -> Option<BooleanQuery> {
    let folded = fold(&query.text);
    let words = query_words(&folded);
    let unfinished = folded.chars().next_back().is_some_and(char::is_alphanumeric);
    let last = words.len().checked_sub(1)?;
    let mut clauses: Vec<Clause> = Vec::new();
    for (position, word) in words.iter().enumerate().take(MOST_WORDS) {
        let alternatives = word_clauses(word, fields, position == last && unfinished, reach);
        clauses.push((Occur::Must, Box::new(BooleanQuery::new(alternatives))));
    }
    if !query.kinds.is_empty() {
        clauses.push(any_of(query.kinds.iter().map(|kind| Term::from_field_text(fields.kind, kind))));
    }
    if let Some(scopes) = &query.scopes {
        let terms = scopes.iter().map(|scope| Term::from_field_bytes(fields.scope, scope.as_bytes()));
        clauses.push(any_of(terms));
    }
    Some(BooleanQuery::new(clauses))
}

/// Terms of which one must be there, without weight. Not as a set: that would read all documents of each term before
/// the words are looked at, where these are only asked about documents with the words.
fn any_of(terms: impl Iterator<Item = Term>) -> Clause {
    let mut terms: Vec<Box<dyn TantivyQuery>> = terms
        .map(|term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn TantivyQuery>)
        .collect();
    let any = match terms.pop() {
        Some(only) if terms.is_empty() => only,
        last => {
            terms.extend(last);
            Box::new(BooleanQuery::union(terms))
        }
    };
    (Occur::Must, Box::new(ConstScoreQuery::new(any, 0.0)))
}

/// The ways in which a word may occur: as a word or as a run of units, in the title or in the body.
fn word_clauses(word: &str, fields: &Fields, unfinished: bool, reach: Reach) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut add = |query: Box<dyn TantivyQuery>, weight: f32| {
        clauses.push((Occur::Should, Box::new(BoostQuery::new(query, weight))));
    };
    let parts = units(word);
    for (words_field, units_field, weight) in
        [(fields.title_words, fields.title_units, 3.0), (fields.body_words, fields.body_units, 1.0)]
    {
        let term = Term::from_field_text(words_field, word);
        add(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), weight);
        let terms: Vec<Term> =
            parts.iter().map(|unit| Term::from_field_text(units_field, &unit.text)).collect();
        match <[Term; 1]>::try_from(terms) {
            Ok([only]) if unfinished && !word.chars().any(is_han) => {
                add(Box::new(FuzzyTermQuery::new_prefix(only, 0, true)), weight * 0.4);
            }
            Ok([only]) => add(Box::new(TermQuery::new(only, IndexRecordOption::WithFreqs)), weight * 0.5),
            Err(several) if several.len() > 1 && reach == Reach::Runs => {
                add(Box::new(PhraseQuery::new(several)), weight * 0.5)
            }
            Err(_) => {}
        }
    }
    clauses
}
