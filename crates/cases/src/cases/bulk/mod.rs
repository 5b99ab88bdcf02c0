//! Many cases changed at once: each by itself, with a result of its own, so that one that cannot be changed holds up no
//! other. What was replaced is kept for an hour and can be put back, where nobody has changed it since.
//!
//! Rights: `case.assign`.

mod http;
mod store;

use heard_desk::tags::TagId;
use heard_kernel::{Actor, Code, Error, Result};
use heard_platform::directory::{TeamId, UserId};
use heard_runtime::{Ctx, Tx};
use heard_store::id_type;
use heard_web::wire::given;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    edit,
    model::{Case, CaseId},
    service::{self, Archiving, Assignment, Classification, TOO_MANY},
    store as cases,
};
use crate::rights;

pub(crate) use http::routes;

id_type!(
    /// Names a change of many cases that can be undone.
    BulkId
);

/// The change cannot be undone any more: its hour is over, or it was undone.
pub const UNDO_GONE: Code = Code::new("undo_gone", 409);
/// The case was changed since, so it was left as it is.
pub const CHANGED_SINCE: Code = Code::new("changed_since", 409);

/// Cases that are changed at once at most.
const MAX: usize = 200;
/// How long a change can be undone.
const UNDO_MILLIS: i64 = 3_600_000;

/// What is done with many cases.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(crate) enum BulkAction {
    /// They are given to somebody; what is absent stays.
    Assign {
        /// Who is responsible; nobody when `null`.
        #[serde(default, deserialize_with = "given")]
        #[schema(value_type = Option<UserId>)]
        owner_id: Option<Option<UserId>>,
        /// Which team has them; none when `null`.
        #[serde(default, deserialize_with = "given")]
        #[schema(value_type = Option<TeamId>)]
        team_id: Option<Option<TeamId>>,
    },
    /// Tags are put on and taken off.
    Tag {
        /// Put on.
        #[serde(default)]
        add: Vec<TagId>,
        /// Taken off.
        #[serde(default)]
        remove: Vec<TagId>,
    },
    /// They get a category.
    Category {
        /// Its key.
        category_key: String,
    },
    /// They get a severity.
    Severity {
        /// Its key.
        severity_key: String,
    },
    /// They get an urgency.
    Urgency {
        /// Its key.
        urgency_key: String,
    },
    /// They are archived. This is not undone; open them again instead.
    Archive(Archiving),
}

/// What was replaced in a case, and by what.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
enum Replaced {
    Assignment { before: (Option<UserId>, Option<TeamId>), after: (Option<UserId>, Option<TeamId>) },
    Tags { added: Vec<TagId>, removed: Vec<TagId> },
    Category { before: Option<String>, after: String },
    Severity { before: Option<String>, after: String },
    Urgency { before: Option<String>, after: String },
}

/// What a change did to a case.
#[derive(Debug)]
enum Effect {
    /// It replaced something, which can be put back.
    Replaced(Replaced),
    /// It changed the case in a way that is not put back from here.
    ForGood,
    /// The case was so already.
    Nothing,
}

impl From<Option<Replaced>> for Effect {
    fn from(replaced: Option<Replaced>) -> Effect {
        replaced.map_or(Effect::Nothing, Effect::Replaced)
    }
}

/// What became of one of many cases.
#[derive(Debug)]
struct Outcome {
    id: CaseId,
    done: Result<Effect>,
}

/// Changes many cases, each in a transaction of its own.
async fn change(
    ctx: &Ctx,
    actor: &Actor,
    ids: Vec<CaseId>,
    action: BulkAction,
) -> Result<(Option<BulkId>, Vec<Outcome>)> {
    actor.require(rights::ASSIGN)?;
    let me = UserId(actor.user_id()?);
    let ids = service::in_order(ids);
    if ids.len() > MAX {
        return Err(Error::field("ids", TOO_MANY).with("max", MAX));
    }
    let (mut outcomes, mut steps) = (Vec::with_capacity(ids.len()), Vec::new());
    for id in ids {
        let wish = action.clone();
        let done = ctx.tx(actor, async move |tx| one(tx, id, wish.clone()).await).await;
        if let Ok(Effect::Replaced(replaced)) = &done {
            steps.push((id, replaced.clone()));
        }
        outcomes.push(Outcome { id, done });
    }
    if steps.is_empty() {
        return Ok((None, outcomes));
    }
    let undo = ctx
        .tx(actor, async move |tx| {
            let id: BulkId = tx.new_id();
            store::forget_before(tx, tx.now().plus_millis(-UNDO_MILLIS)).await?;
            store::keep(tx, id, me, &steps, tx.now()).await?;
            Ok(id)
        })
        .await?;
    Ok((Some(undo), outcomes))
}

async fn one(tx: &Tx<'_>, id: CaseId, action: BulkAction) -> Result<Effect> {
    let (before, _) = edit::visible(tx, tx.actor(), id).await?;
    let replaced = match action {
        BulkAction::Assign { owner_id, team_id } => {
            let wish = Assignment { owner_id, team_id };
            let after = service::assign(tx, id, wish).await?;
            let at = |case: &Case| (case.owner_id, case.team_id);
            Some(Replaced::Assignment { before: at(&before), after: at(&after) })
                .filter(|_| at(&before) != at(&after))
        }
        BulkAction::Tag { add, remove } => {
            let had = cases::tags(tx, &[id]).await?.remove(&id).unwrap_or_default();
            service::tag(tx, id, &add, &remove).await?;
            let added: Vec<TagId> = add.into_iter().filter(|tag| !had.contains(tag)).collect();
            let removed: Vec<TagId> = remove.into_iter().filter(|tag| had.contains(tag)).collect();
            let nothing = added.is_empty() && removed.is_empty();
            (!nothing).then_some(Replaced::Tags { added, removed })
        }
        BulkAction::Category { category_key } => {
            classify(tx, id, category(Some(category_key.clone()))).await?;
            let changes = before.category_key.as_ref() != Some(&category_key);
            changes.then_some(Replaced::Category { before: before.category_key, after: category_key })
        }
        BulkAction::Severity { severity_key } => {
            classify(tx, id, severity(Some(severity_key.clone()))).await?;
            let changes = before.severity_key.as_ref() != Some(&severity_key);
            changes.then_some(Replaced::Severity { before: before.severity_key, after: severity_key })
        }
        BulkAction::Urgency { urgency_key } => {
            classify(tx, id, urgency(Some(urgency_key.clone()))).await?;
            let changes = before.urgency_key.as_ref() != Some(&urgency_key);
            changes.then_some(Replaced::Urgency { before: before.urgency_key, after: urgency_key })
        }
        BulkAction::Archive(archiving) => {
            service::archive(tx, id, archiving).await?;
            return Ok(Effect::ForGood);
        }
    };
    Ok(replaced.into())
}

async fn classify(tx: &Tx<'_>, id: CaseId, wish: Classification) -> Result<Case> {
    service::classify(tx, id, None, wish).await
}

fn category(key: Option<String>) -> Classification {
    Classification { category_key: Some(key), ..Classification::default() }
}

fn severity(key: Option<String>) -> Classification {
    Classification { severity_key: Some(key), ..Classification::default() }
}

fn urgency(key: Option<String>) -> Classification {
    Classification { urgency_key: Some(key), ..Classification::default() }
}

/// Puts back what a change replaced, where nobody has changed it since.
async fn undo(ctx: &Ctx, actor: &Actor, id: BulkId) -> Result<Vec<Outcome>> {
    actor.require(rights::ASSIGN)?;
    let me = UserId(actor.user_id()?);
    let steps = ctx
        .tx(actor, async move |tx| {
            let since = tx.now().plus_millis(-UNDO_MILLIS);
            store::take(tx, id, me, since).await?.ok_or_else(|| Error::new(UNDO_GONE))
        })
        .await?;
    let mut outcomes = Vec::with_capacity(steps.len());
    for (id, replaced) in steps {
        let done = ctx.tx(actor, async move |tx| put_back(tx, id, replaced.clone()).await).await;
        outcomes.push(Outcome { id, done: done.map(|()| Effect::ForGood) });
    }
    Ok(outcomes)
}

async fn put_back(tx: &Tx<'_>, id: CaseId, replaced: Replaced) -> Result<()> {
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    let untouched = |same: bool| if same { Ok(()) } else { Err(Error::new(CHANGED_SINCE)) };
    match replaced {
        Replaced::Assignment { before, after } => {
            untouched((case.owner_id, case.team_id) == after)?;
            let wish = Assignment { owner_id: Some(before.0), team_id: Some(before.1) };
            service::assign(tx, id, wish).await.map(drop)
        }
        Replaced::Tags { added, removed } => service::tag(tx, id, &removed, &added).await.map(drop),
        Replaced::Category { before, after } => {
            untouched(case.category_key.as_ref() == Some(&after))?;
            classify(tx, id, category(before)).await.map(drop)
        }
        Replaced::Severity { before, after } => {
            untouched(case.severity_key.as_ref() == Some(&after))?;
            classify(tx, id, severity(before)).await.map(drop)
        }
        Replaced::Urgency { before, after } => {
            untouched(case.urgency_key.as_ref() == Some(&after))?;
            classify(tx, id, urgency(before)).await.map(drop)
        }
    }
}
