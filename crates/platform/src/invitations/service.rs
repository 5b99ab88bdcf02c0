//! What can be done with invitations.

use heard_kernel::{Actor, Code, Error, Locale, Result, clean_name};
use heard_runtime::{Ctx, Tx};
use heard_store::Tx as StoreTx;
use uuid::Uuid;

use super::{
    deadlines::EndInvitation,
    events::{InvitationAccepted, InvitationCreated, InvitationWithdrawn},
    http::{AcceptInvitation, NewInvitation},
    model::{Invitation, InvitationRow},
    store,
};
use crate::{
    credentials::{self, Throttle},
    directory::{NewUser, UserId, UserRef, sort_key, team_refs, user_refs},
    links,
    mail::{Mail, MailJob, Purpose},
    rights::{Catalogue, USER_MANAGE},
    roles::{self, check_grantable},
    secrets,
    sessions::{self, Browser, Opened},
    settings,
    users::{self, Fresh},
};

/// The link is not good any more: it was used, withdrawn, or its time ended. Ask for a new one.
pub const INVITATION_EXPIRED: Code = Code::new("invitation_expired", 410);
/// There is a user with this address already.
pub(crate) const EMAIL_TAKEN: Code = Code::new("email_taken", 409);

const DAYS: i64 = 7;

/// Invitations that nobody followed yet, the newest first.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(super) async fn list(ctx: &Ctx, actor: &Actor, locale: Locale) -> Result<Vec<Invitation>> {
    actor.require(USER_MANAGE)?;
    let now = ctx.now();
    ctx.read(async move |tx| {
        let rows = store::all(tx).await?.into_iter().filter(|row| row.expires_at > now).collect();
        present(tx, rows, locale).await
    })
    .await
}

/// Invites somebody. An earlier invitation to the same address is void.
///
/// # Errors
/// `forbidden`; `rights_exceeded`; `validation_failed`; `email_taken`; the storage codes.
pub(super) async fn create(
    ctx: &Ctx,
    actor: &Actor,
    new: NewInvitation,
    origin: &str,
    locale: Locale,
) -> Result<Invitation> {
    actor.require(USER_MANAGE)?;
    let settings = settings::current(ctx).await?;
    let (created_by, token) = (UserId(actor.user_id()?), secrets::token(ctx.secret()));
    let row = InvitationRow {
        id: ctx.new_id(),
        email: settings::clean_email("email", &new.email)?,
        name: new
            .name
            .filter(|name| !name.trim().is_empty())
            .map(|name| clean_name("name", &name, 60))
            .transpose()?,
        role_ids: users::unique(new.role_ids.unwrap_or_default()),
        team_ids: users::unique(new.team_ids.unwrap_or_default()),
        created_by,
        created_at: ctx.now(),
        expires_at: ctx.now().plus_seconds(DAYS * 86_400),
        mailed: settings.mail.ready().is_some(),
    };
    let inviter = users::account(ctx, created_by).await?.name;
    let mail = Mail {
        to: row.email.clone(),
        locale: settings.default_locale,
        purpose: Purpose::Invitation {
            inviter,
            link: links::invitation(&links::mail_origin(ctx, &settings), &token),
        },
    };
    let (job, digest) = (MailJob::new(ctx, &mail)?, secrets::digest(&token));
    let (catalogue, acting) = (Catalogue::of(ctx), actor.clone());
    let made = ctx
        .tx(actor, async move |tx| {
            check_grantable(tx, &catalogue, &acting, &row.role_ids).await?;
            users::check_teams(tx, &row.team_ids).await?;
            if users::store::by_email(tx, &row.email).await?.is_some() {
                return Err(Error::new(EMAIL_TAKEN));
            }
            if let Some(earlier) = store::by_email(tx, &row.email).await? {
                withdraw_one(tx, earlier.id).await?;
            }
            store::insert(tx, &row, &digest).await?;
            tx.set_deadline(EndInvitation::KIND, row.id, row.expires_at, &())?;
            if row.mailed {
                tx.enqueue(&job).await?;
            }
            tx.emit(&InvitationCreated {
                invitation_id: row.id,
                role_ids: row.role_ids.clone(),
                team_ids: row.team_ids.clone(),
            })?;
            present(tx, vec![row.clone()], locale).await
        })
        .await?;
    let link = links::invitation(origin, &token);
    let made = made.into_iter().next().ok_or_else(|| Error::not_found("invitation"))?;
    Ok(Invitation { link: Some(link), ..made })
}

/// Withdraws an invitation.
///
/// # Errors
/// `forbidden`; `not_found`; the storage codes.
pub(super) async fn withdraw(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<()> {
    actor.require(USER_MANAGE)?;
    ctx.tx(actor, async move |tx| {
        store::one(tx, id).await?.ok_or_else(|| Error::not_found("invitation"))?;
        withdraw_one(tx, id).await
    })
    .await
}

async fn withdraw_one(tx: &Tx<'_>, id: Uuid) -> Result<()> {
    store::delete(tx, id).await?;
    tx.clear_deadline(EndInvitation::KIND, id);
    tx.emit(&InvitationWithdrawn { invitation_id: id })
}

/// Withdraws what a user invited, because they may not sign in any more.
///
/// # Errors
/// The storage codes.
pub(crate) async fn withdraw_of(tx: &Tx<'_>, user: UserId) -> Result<()> {
    for row in store::by_maker(tx, user).await? {
        withdraw_one(tx, row.id).await?;
    }
    Ok(())
}

/// The invitation of a token, for the page that it leads to.
///
/// # Errors
/// `invitation_expired`; `too_many_attempts`; the storage codes.
pub(super) async fn look_up(ctx: &Ctx, browser: &Browser, token: &str) -> Result<InvitationRow> {
    let attempt = Throttle::attempt(ctx, "invitation", browser.address)?;
    let (digest, now) = (secrets::digest(token), ctx.now());
    let row = ctx.read(async move |tx| store::by_digest(tx, &digest).await).await?;
    let row = row.filter(|row| row.expires_at > now).ok_or_else(|| Error::new(INVITATION_EXPIRED))?;
    attempt.succeeded();
    Ok(row)
}

/// Follows an invitation: makes the user and signs them in.
///
/// # Errors
/// `invitation_expired`; `validation_failed`; `already_exists`; `too_many_attempts`; the storage codes.
pub(super) async fn accept(ctx: &Ctx, browser: &Browser, body: AcceptInvitation) -> Result<Opened> {
    let row = look_up(ctx, browser, &body.token).await?;
    let settings = settings::current(ctx).await?;
    let name = clean_name("name", &body.name, 60)?;
    let own = [name.as_str(), row.email.as_str()];
    credentials::check_password("password", &body.password, settings.password_min_length, &own)?;
    let password_hash = credentials::hash(ctx, &body.password).await?;
    let fresh = Fresh {
        user: NewUser {
            id: ctx.new_id(),
            name,
            email: row.email.clone(),
            locale: body.locale,
            time_zone: settings.time_zone.clone(),
        },
        password_hash,
        role_ids: row.role_ids.clone(),
        team_ids: row.team_ids.clone(),
    };
    let (visitor, mut actor) = (browser.clone(), Actor::user(fresh.user.id.0, Default::default()));
    actor.address = Some(browser.address.to_string().into());
    ctx.tx(&actor, async move |tx| {
        if !store::delete(tx, row.id).await? {
            return Err(Error::new(INVITATION_EXPIRED));
        }
        tx.clear_deadline(EndInvitation::KIND, row.id);
        users::add(tx, &fresh_teams(tx, &fresh).await?).await?;
        tx.emit(&InvitationAccepted { invitation_id: row.id, user_id: fresh.user.id })?;
        sessions::open(tx, fresh.user.id, &visitor, false, &settings).await
    })
    .await
}

/// The new user without teams that were deleted since the invitation.
async fn fresh_teams(tx: &Tx<'_>, fresh: &Fresh) -> Result<Fresh> {
    let wanted: Vec<Uuid> = fresh.team_ids.iter().map(|id| id.0).collect();
    let known = team_refs(tx, &wanted).await?;
    let team_ids = fresh.team_ids.iter().copied().filter(|id| known.contains_key(&id.0)).collect();
    Ok(Fresh { team_ids, ..fresh.clone() })
}

async fn present(tx: &StoreTx<'_>, rows: Vec<InvitationRow>, locale: Locale) -> Result<Vec<Invitation>> {
    let all_roles: Vec<_> = rows.iter().flat_map(|row| row.role_ids.iter().copied()).collect();
    let all_teams: Vec<Uuid> = rows.iter().flat_map(|row| row.team_ids.iter().map(|id| id.0)).collect();
    let all_users: Vec<Uuid> = rows.iter().map(|row| row.created_by.0).collect();
    let roles = roles::refs(tx, &all_roles, locale).await?;
    let (teams, makers) = (team_refs(tx, &all_teams).await?, user_refs(tx, &all_users).await?);
    let with_names = |row: InvitationRow| {
        let mut joined: Vec<_> = row.team_ids.iter().filter_map(|id| teams.get(&id.0).cloned()).collect();
        joined.sort_by_key(|team| sort_key(&team.name));
        let unknown = UserRef { id: row.created_by, name: String::new(), avatar_attachment_id: None };
        Invitation {
            id: row.id,
            email: row.email,
            name: row.name,
            roles: row.role_ids.iter().filter_map(|id| roles.get(id).cloned()).collect(),
            teams: joined,
            expires_at: row.expires_at,
            created_by: makers.get(&row.created_by.0).cloned().unwrap_or(unknown),
            link: None,
            mailed: row.mailed,
        }
    };
    Ok(rows.into_iter().map(with_names).collect())
}
