//! Reading and checking the audit.

use std::collections::HashMap;

use heard_kernel::{Actor, ActorKind, Cursor, Locale, Page, PageRequest, Result};
use heard_runtime::Ctx;
use heard_store::Direction;
use uuid::Uuid;

use super::{
    chain::Walk,
    events::{AuditExported, SUBJECT},
    model::{AuditActor, AuditEntry, AuditSubject, Entry, Filter, Verification},
    store,
};
use crate::{
    directory::{Directory, TeamRef, UserRef},
    rights::AUDIT_READ,
};

/// Entries per step of walking through the audit.
pub(super) const STEP: usize = 500;

/// Wanted entries, the newest first.
///
/// # Errors
/// `forbidden`; `cursor_invalid`; the storage codes.
pub(super) async fn list(
    ctx: &Ctx,
    actor: &Actor,
    filter: Filter,
    page: PageRequest,
    locale: Locale,
) -> Result<Page<AuditEntry>> {
    actor.require(AUDIT_READ)?;
    let (after, limit) = (page.after::<i64>()?, page.limit());
    let rows =
        ctx.read(async move |tx| store::page(tx, &filter, Direction::Descending, after, limit).await).await?;
    let rows = Page::from_extra(rows, limit, |entry| Cursor::encode(&entry.seq));
    let items = name_all(ctx, rows.items, locale).await?;
    Ok(Page { items, next_cursor: rows.next_cursor })
}

/// Notes that somebody takes a copy of the audit.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(super) async fn begin_export(ctx: &Ctx, actor: &Actor, format: &'static str) -> Result<()> {
    actor.require(AUDIT_READ)?;
    ctx.tx(actor, async move |tx| tx.emit(&AuditExported { audit_id: SUBJECT, format: format.to_owned() }))
        .await
}

/// The next wanted entries after a number, the oldest first.
pub(super) async fn next(ctx: &Ctx, filter: Filter, after: i64, locale: Locale) -> Result<Vec<AuditEntry>> {
    let rows = ctx
        .read(async move |tx| store::page(tx, &filter, Direction::Ascending, Some(after), STEP - 1).await)
        .await?;
    name_all(ctx, rows, locale).await
}

/// Whether the chain is whole, for who may read the audit.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(super) async fn verify_for(ctx: &Ctx, actor: &Actor) -> Result<Verification> {
    actor.require(AUDIT_READ)?;
    verify(ctx).await
}

/// Walks along the whole chain.
///
/// # Errors
/// The storage codes.
pub async fn verify(ctx: &Ctx) -> Result<Verification> {
    // The head first: what is written meanwhile lies behind it and is not missed.
    let head = ctx.read(async |tx| store::head(tx).await).await?;
    let end = head.as_ref().map_or(0, |(seq, _)| *seq);
    let mut walk = Walk::default();
    loop {
        let position = walk.position();
        let entries = ctx.read(async move |tx| store::after(tx, position, STEP).await).await?;
        let wanted: Vec<Entry> = entries.into_iter().filter(|entry| entry.seq <= end).collect();
        if wanted.is_empty() || !wanted.iter().all(|entry| walk.step(entry)) {
            return Ok(walk.finish(head));
        }
    }
}

async fn name_all(ctx: &Ctx, entries: Vec<Entry>, locale: Locale) -> Result<Vec<AuditEntry>> {
    let of_kind = |kind: &str| -> Vec<Uuid> {
        entries.iter().filter(|entry| entry.subject_kind == kind).map(|entry| entry.subject_id).collect()
    };
    let mut user_ids = of_kind("user");
    user_ids.extend(entries.iter().filter_map(|entry| entry.actor_id));
    let directory = Directory::of(ctx);
    let users = directory.users(ctx, &user_ids).await?;
    let teams = directory.teams(ctx, &of_kind("team")).await?;
    Ok(entries.into_iter().map(|entry| with_names(entry, &users, &teams, locale)).collect())
}

fn with_names(
    entry: Entry,
    users: &HashMap<Uuid, UserRef>,
    teams: &HashMap<Uuid, TeamRef>,
    locale: Locale,
) -> AuditEntry {
    let actor_name = match (ActorKind::parse(&entry.actor_kind), entry.actor_id, locale) {
        (Some(ActorKind::User), Some(id), _) => {
            users.get(&id).map(|user| user.name.clone()).unwrap_or_default()
        }
        (Some(ActorKind::System), _, Locale::ZhCn) => "系统".to_owned(),
        (Some(ActorKind::System), _, Locale::En) => "System".to_owned(),
        (Some(ActorKind::Bot), _, Locale::ZhCn) => "机器人".to_owned(),
        (Some(ActorKind::Bot), _, Locale::En) => "Bot".to_owned(),
        _ => String::new(),
    };
    let subject_name = match entry.subject_kind.as_str() {
        "user" => users.get(&entry.subject_id).map(|user| user.name.clone()),
        "team" => teams.get(&entry.subject_id).map(|team| team.name.clone()),
        _ => None,
    };
    AuditEntry {
        seq: entry.seq,
        at: entry.at,
        actor: AuditActor { kind: entry.actor_kind, id: entry.actor_id, name: actor_name },
        action: entry.action,
        subject: AuditSubject {
            kind: entry.subject_kind,
            id: Some(entry.subject_id).filter(|id| !id.is_nil()),
            name: subject_name,
        },
        detail: serde_json::from_str(&entry.detail).unwrap_or_default(),
        address: entry.address,
        hash: hex::encode(entry.hash),
    }
}
