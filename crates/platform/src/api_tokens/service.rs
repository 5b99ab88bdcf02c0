//! What can be done with API tokens.

use heard_kernel::{Actor, Code, Cursor, Error, Page, PageRequest, Result, Timestamp, clean_name};
use heard_runtime::Ctx;
use uuid::Uuid;

use super::{
    events::{ApiTokenCreated, ApiTokenRevoked},
    model::{ApiToken, PREFIX, SHOWN, TokenRow},
    store,
};
use crate::{
    directory::{Directory, UserId, UserRef},
    rights::TOKEN_MANAGE,
    roles::covers,
    secrets, sessions, users,
};

/// The end lies in the past.
pub(crate) const IN_THE_PAST: Code = Code::new("in_the_past", 422);

/// How often use is written down.
const USED_SECONDS: i64 = 300;

/// Tokens, the newest first: one's own, or everybody's.
///
/// # Errors
/// `forbidden` for everybody's; `cursor_invalid`; the storage codes.
pub(super) async fn list(ctx: &Ctx, actor: &Actor, all: bool, page: PageRequest) -> Result<Page<ApiToken>> {
    let user = if all {
        actor.require(TOKEN_MANAGE)?;
        None
    } else {
        Some(UserId(actor.user_id()?))
    };
    let (after, limit) = (page.after::<Uuid>()?, page.limit());
    let rows = ctx.read(async move |tx| store::page(tx, user, after, limit).await).await?;
    let rows = Page::from_extra(rows, limit, |row| Cursor::encode(&row.id));
    let ids: Vec<Uuid> = rows.items.iter().map(|row| row.user_id.0).collect();
    let users = Directory::of(ctx).users(ctx, &ids).await?;
    Ok(rows.map(|row| {
        let user = users.get(&row.user_id.0).cloned();
        let user =
            user.unwrap_or(UserRef { id: row.user_id, name: String::new(), avatar_attachment_id: None });
        row.present(user, None)
    }))
}

/// Makes a token for whoever acts.
///
/// # Errors
/// `rights_exceeded` when it would have more rights than its maker; `validation_failed`; the storage codes.
pub(super) async fn create(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    scopes: Vec<String>,
    expires_at: Option<Timestamp>,
) -> Result<ApiToken> {
    let user_id = UserId(actor.user_id()?);
    let name = clean_name("name", name, 60)?;
    let scopes = users::unique(scopes);
    covers(actor, scopes.iter().map(String::as_str))?;
    if expires_at.is_some_and(|end| end <= ctx.now()) {
        return Err(Error::field("expires_at", IN_THE_PAST));
    }
    let token = format!("{PREFIX}{}", secrets::token(ctx.secret()));
    let digest = secrets::digest(&token);
    let row = TokenRow {
        id: ctx.new_id(),
        user_id,
        name,
        prefix: token[..SHOWN].to_owned(),
        scopes,
        expires_at,
        last_used_at: None,
        created_at: ctx.now(),
    };
    let stored = row.clone();
    ctx.tx(actor, async move |tx| {
        store::insert(tx, &stored, &digest).await?;
        tx.emit(&ApiTokenCreated { token_id: stored.id, user_id, scopes: stored.scopes.clone() })
    })
    .await?;
    let user = Directory::of(ctx).user(ctx, user_id).await?.ok_or_else(|| Error::not_found("user"))?;
    Ok(row.present(user, Some(token)))
}

/// Revokes a token of one's own, or anybody's for who may.
///
/// # Errors
/// `not_found`, also for somebody else's; the storage codes.
pub(super) async fn revoke(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<()> {
    let acting = actor.clone();
    ctx.tx(actor, async move |tx| {
        let found = store::one(tx, id).await?;
        let found = found.filter(|token| acting.id == Some(token.user_id.0) || acting.may(TOKEN_MANAGE));
        let token = found.ok_or_else(|| Error::not_found("api_token"))?;
        store::delete(tx, id).await?;
        tx.emit(&ApiTokenRevoked { token_id: id, user_id: token.user_id })
    })
    .await?;
    sessions::forget_all(ctx);
    Ok(())
}

/// The token of a digest.
pub(crate) async fn by_digest(ctx: &Ctx, digest: [u8; 32]) -> Result<Option<TokenRow>> {
    ctx.read(async move |tx| store::by_digest(tx, &digest).await).await
}

/// A token.
pub(crate) async fn one(ctx: &Ctx, id: Uuid) -> Result<Option<TokenRow>> {
    ctx.read(async move |tx| store::one(tx, id).await).await
}

/// Writes down that a token is used, now and then.
pub(crate) async fn used(ctx: &Ctx, token: &TokenRow) -> Result<()> {
    let (id, now) = (token.id, ctx.now());
    if token.last_used_at.is_some_and(|last| now.millis_since(last) < USED_SECONDS * 1_000) {
        return Ok(());
    }
    ctx.tx(&Actor::system(), async move |tx| store::used(tx, id, now).await).await
}
