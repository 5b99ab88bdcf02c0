//! The index on disk.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use heard_kernel::{Code, Error, Result};
use tantivy::{
    DocAddress, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
    },
    tokenizer::{PreTokenizedString, Token},
};
use uuid::Uuid;

use crate::{
    best::{KIND, Limits, SCOPE, best},
    document::{Change, Document, Hit},
    query::{self, Query, Reach},
    words::{fold, is_han, units, words},
};

/// The search index cannot be read or written (`heard doctor` says more).
pub const SEARCH_UNAVAILABLE: Code = Code::new("search_unavailable", 503);

/// Raised whenever the fields or the cutting of words change: an older index is then built again.
const VERSION: &str = "3";

/// How often a title counts beside the text.
const TITLE_COPIES: usize = 3;

/// Memory that the writer gathers documents in.
const WRITER_MEMORY: usize = 16 * 1024 * 1024;

#[derive(Clone)]
pub(crate) struct Fields {
    key: Field,
    kind: Field,
    scope: Field,
    id: Field,
    parent: Field,
    number: Field,
    at: Field,
    pub(crate) words: Field,
    pub(crate) units: Field,
}

/// The search index. Cheap to clone.
#[derive(Clone)]
pub struct Index(Arc<Inner>);

struct Inner {
    fields: Fields,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    position: Mutex<i64>,
}

fn fail(error: impl std::fmt::Display) -> Error {
    Error::new(SEARCH_UNAVAILABLE).because(error)
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let with = |option| {
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer("raw").set_index_option(option))
    };
    let fields = Fields {
        key: builder.add_bytes_field("key", INDEXED),
        kind: builder.add_text_field(KIND, FAST | STORED),
        scope: builder.add_bytes_field(SCOPE, FAST),
        id: builder.add_bytes_field("id", STORED),
        parent: builder.add_bytes_field("parent", STORED),
        number: builder.add_u64_field("number", STORED),
        at: builder.add_i64_field("at", STORED | FAST),
        words: builder.add_text_field("words", with(IndexRecordOption::WithFreqs)),
        units: builder.add_text_field("units", with(IndexRecordOption::WithFreqsAndPositions)),
    };
    (builder.build(), fields)
}

impl Index {
    /// Opens the index in a folder, or makes an empty one: also when the one that is there is damaged or of another
    /// version, since it can be built again from the log.
    ///
    /// # Errors
    /// `search_unavailable` when the folder cannot be written.
    pub fn open(dir: &Path) -> Result<Self> {
        match Self::try_open(dir) {
            Ok(index) => Ok(index),
            Err(error) => {
                if dir.exists() {
                    tracing::warn!(%error, "the search index is built again from the log");
                    std::fs::remove_dir_all(dir).map_err(fail)?;
                }
                std::fs::create_dir_all(dir).map_err(fail)?;
                std::fs::write(dir.join("version"), VERSION).map_err(fail)?;
                Self::try_open(dir)
            }
        }
    }

    fn try_open(dir: &Path) -> Result<Self> {
        if std::fs::read_to_string(dir.join("version")).map_err(fail)? != VERSION {
            return Err(fail("another version"));
        }
        let (schema, fields) = schema();
        let directory = tantivy::directory::MmapDirectory::open(dir).map_err(fail)?;
        let index = tantivy::Index::open_or_create(directory, schema).map_err(fail)?;
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).num_warming_threads(0).try_into();
        let writer = index.writer_with_num_threads(1, WRITER_MEMORY).map_err(fail)?;
        let payload = index.load_metas().map_err(fail)?.payload;
        let position = payload.and_then(|text| text.parse().ok()).unwrap_or(0);
        Ok(Self(Arc::new(Inner {
            fields,
            reader: reader.map_err(fail)?,
            writer: Mutex::new(writer),
            position: Mutex::new(position),
        })))
    }

    /// How far in the log the index is.
    pub fn position(&self) -> i64 {
        *lock(&self.0.position)
    }

    /// Takes changes. They are seen after the next [`Index::commit`].
    ///
    /// # Errors
    /// `search_unavailable`.
    pub fn apply(&self, changes: Vec<Change>) -> Result<()> {
        let writer = lock(&self.0.writer);
        for change in changes {
            let (kind, id) = match &change {
                Change::Put(document) => (document.kind, document.id),
                Change::Remove { kind, id } => (*kind, *id),
            };
            writer.delete_term(Term::from_field_bytes(self.0.fields.key, &key(kind, id)));
            if let Change::Put(document) = change {
                writer.add_document(self.to_tantivy(&document)).map_err(fail)?;
            }
        }
        Ok(())
    }

    /// Makes the changes findable and durable, together with the place in the log that they come from.
    ///
    /// # Errors
    /// `search_unavailable`.
    pub fn commit(&self, position: i64) -> Result<()> {
        let mut writer = lock(&self.0.writer);
        let mut commit = writer.prepare_commit().map_err(fail)?;
        commit.set_payload(&position.to_string());
        commit.commit().map_err(fail)?;
        drop(writer);
        *lock(&self.0.position) = position;
        self.0.reader.reload().map_err(fail)
    }

    /// Finds. The best first, newer ones first among equals.
    ///
    /// # Errors
    /// `search_unavailable`.
    pub fn search(&self, wanted: &Query) -> Result<Vec<Hit>> {
        let limit = wanted.limit.clamp(1, 200);
        let limits = Limits { kinds: &wanted.kinds, scopes: wanted.scopes.as_deref() };
        let searcher = self.0.reader.searcher();
        // What matches by its words weighs more than what matches by runs of units alone, so runs are only looked for
        // when words do not fill the list.
        let mut found = Vec::new();
        for reach in [Reach::Words, Reach::Runs] {
            let Some(query) = query::build(wanted, &self.0.fields, reach) else { return Ok(Vec::new()) };
            found = best(&searcher, &query, &limits, limit).map_err(fail)?;
            if found.len() == limit {
                break;
            }
        }
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            hits.extend(self.hit(&searcher, score, address)?);
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.at.cmp(&a.at)));
        Ok(hits)
    }

    /// How many documents can be found.
    pub fn len(&self) -> u64 {
        self.0.reader.searcher().num_docs()
    }

    /// Whether nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn hit(&self, searcher: &tantivy::Searcher, score: f32, address: DocAddress) -> Result<Option<Hit>> {
        let fields = &self.0.fields;
        let stored: TantivyDocument = searcher.doc(address).map_err(fail)?;
        let uuid = |field| stored.get_first(field).and_then(|v| Uuid::from_slice(v.as_bytes()?).ok());
        let (Some(kind), Some(id)) =
            (stored.get_first(fields.kind).and_then(|v| v.as_str()), uuid(fields.id))
        else {
            return Ok(None);
        };
        Ok(Some(Hit {
            kind: kind.to_owned(),
            id,
            parent: uuid(fields.parent),
            number: stored.get_first(fields.number).and_then(|v| v.as_u64()),
            at: stored.get_first(fields.at).and_then(|v| v.as_i64()).unwrap_or(0),
            score,
        }))
    }

    fn to_tantivy(&self, document: &Document) -> TantivyDocument {
        let fields = &self.0.fields;
        let mut out = TantivyDocument::new();
        out.add_bytes(fields.key, &key(document.kind, document.id));
        out.add_text(fields.kind, document.kind);
        out.add_bytes(fields.scope, document.scope.as_bytes());
        out.add_bytes(fields.id, document.id.as_bytes());
        if let Some(parent) = document.parent {
            out.add_bytes(fields.parent, parent.as_bytes());
        }
        if let Some(number) = document.number {
            out.add_u64(fields.number, number);
        }
        out.add_i64(fields.at, document.at);
        let (title, body) = (fold(&document.title), fold(&document.body));
        out.add_pre_tokenized_text(fields.words, tokens(&long_words(&title), &long_words(&body)));
        let texts = |folded| units(folded).into_iter().map(|unit| unit.text).collect::<Vec<_>>();
        out.add_pre_tokenized_text(fields.units, tokens(&texts(&title), &texts(&body)));
        out
    }
}

/// Names a document. Short, because every one is a word of its own in the index's dictionary.
fn key(kind: &str, id: Uuid) -> Vec<u8> {
    let mut key = id.as_bytes().to_vec();
    key.extend_from_slice(kind.as_bytes());
    key
}

/// The words of several units; those of one are found as units.
fn long_words(folded: &str) -> Vec<String> {
    let mut words = words(folded);
    words.retain(|word| word.starts_with(is_han) && word.chars().nth(1).is_some());
    words
}

/// The title a few times, then the body; no run goes on from one into the next.
fn tokens(title: &[String], body: &[String]) -> PreTokenizedString {
    let titles = std::iter::repeat_n(title, TITLE_COPIES);
    let mut tokens = Vec::with_capacity(title.len() * TITLE_COPIES + body.len());
    for (copy, texts) in titles.chain([body]).enumerate() {
        for text in texts {
            tokens.push(Token { position: tokens.len() + copy, text: text.clone(), ..Token::default() });
        }
    }
    PreTokenizedString { text: String::new(), tokens }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
