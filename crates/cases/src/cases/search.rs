//! Cases in the search: by number, title, complainant and what is written down. What is found is read again, and whether the
//! asker sees the case decides.

use std::{collections::BTreeSet, sync::Arc};

use heard_desk::search::{FoundText, Kind, add_kind};
use heard_kernel::{Actor, Locale, Result};
use heard_runtime::{Ctx, LocalFuture, SendFuture, StoredEvent};
use heard_search::{Change, Document, Hit, Source};
use heard_store::Tx;
use serde_json::Value;
use uuid::Uuid;

use super::{
    edit,
    model::{Case, CaseId},
    store,
};
use crate::rights;

/// The word of cases in the index.
const CASE: &str = "case";
/// The scope of cases: who sees which is decided by reading them again.
const CASES: Uuid = Uuid::from_u128(3);

/// Adds cases to the search of this process.
pub fn register_search(ctx: &Ctx) {
    add_kind(ctx, Cases);
}

/// Reads the present state of cases that events are about.
pub struct Documents;

/// Events that change what can be found.
const TELLING: [&str; 4] = ["case.opened", "case.updated", "case.archived", "case.reopened"];

impl Source for Documents {
    fn changes<'a>(&'a self, ctx: &'a Ctx, events: &'a [Arc<StoredEvent>]) -> SendFuture<'a, Vec<Change>> {
        let telling = events.iter().filter(|event| TELLING.contains(&event.kind.as_str()));
        let touched: BTreeSet<Uuid> = telling.map(|event| event.subject_id).collect();
        Box::pin(async move {
            if touched.is_empty() {
                return Ok(Vec::new());
            }
            ctx.read(async move |tx| read(tx, &touched).await).await
        })
    }
}

async fn read(tx: &Tx<'_>, touched: &BTreeSet<Uuid>) -> Result<Vec<Change>> {
    let mut changes = Vec::with_capacity(touched.len());
    for id in touched {
        changes.push(match store::load(tx, CaseId(*id)).await? {
            Some(case) => Change::Put(Document {
                kind: CASE,
                id: *id,
                scope: CASES,
                parent: None,
                number: u64::try_from(case.no).ok(),
                at: case.received_at.millis(),
                title: title(&case),
                body: body(&case),
            }),
            None => Change::Remove { kind: CASE, id: *id },
        });
    }
    Ok(changes)
}

fn title(case: &Case) -> String {
    format!("{} {} {} {}", case.number(), case.no, case.title, case.complainant.name)
}

fn body(case: &Case) -> String {
    let record = &case.record;
    let own = case.custom.values().filter_map(Value::as_str);
    let texts = [
        record.facts.as_str(),
        &record.remedy_sought,
        &record.impact,
        &record.solution.steps,
        &record.summary,
        &record.lesson,
        &case.complainant.contact,
    ];
    texts.into_iter().chain(own).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Cases among what can be found.
struct Cases;

impl Kind for Cases {
    fn kind(&self) -> &'static str {
        CASE
    }

    fn scopes(&self, actor: &Actor) -> Vec<Uuid> {
        if actor.may(rights::READ) { vec![CASES] } else { Vec::new() }
    }

    fn shown<'a>(
        &'a self,
        tx: &'a Tx<'a>,
        actor: &'a Actor,
        hit: &'a Hit,
        _: Locale,
    ) -> LocalFuture<'a, Option<FoundText>> {
        Box::pin(async move {
            match edit::visible(tx, actor, CaseId(hit.id)).await {
                Ok((case, _)) => {
                    let title = format!("{} {}", case.number(), case.title);
                    Ok(Some(FoundText { title, text: body(&case) }))
                }
                Err(error) if error.is(heard_kernel::codes::NOT_FOUND) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }
}
