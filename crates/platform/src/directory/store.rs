//! Rows of users and teams that others refer to.

use std::collections::HashMap;

use heard_kernel::Result;
use heard_runtime::Tx;
use heard_store::{Column, FromRow, List, Row, Tx as StoreTx, params};
use uuid::Uuid;

use super::model::{NewTeam, NewUser, TeamId, TeamKind, TeamRef, UserId, UserRef, sort_key};

/// Ids per statement.
const GROUP: usize = 500;

impl FromRow for UserRef {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { id: row.get(0)?, name: row.get(1)?, avatar_attachment_id: row.get(2)? })
    }
}

impl FromRow for TeamRef {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { id: row.get(0)?, name: row.get(1)?, kind: TeamKind::parse(&row.get::<String>(2)?) })
    }
}

/// The users of these ids, by id. Ids of nobody are absent.
///
/// # Errors
/// The storage codes.
pub async fn user_refs(tx: &StoreTx<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, UserRef>> {
    let mut found = HashMap::with_capacity(ids.len());
    for group in ids.chunks(GROUP) {
        let (sql, values) =
            List::new("SELECT id, name, avatar_attachment_id FROM users").filter_in("id", group).all();
        found.extend(tx.query::<UserRef>(&sql, &values).await?.into_iter().map(|user| (user.id.0, user)));
    }
    Ok(found)
}

/// The teams of these ids, by id. Ids of no team are absent.
///
/// # Errors
/// The storage codes.
pub async fn team_refs(tx: &StoreTx<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, TeamRef>> {
    let mut found = HashMap::with_capacity(ids.len());
    for group in ids.chunks(GROUP) {
        let (sql, values) = List::new("SELECT id, name, kind FROM teams").filter_in("id", group).all();
        found.extend(tx.query::<TeamRef>(&sql, &values).await?.into_iter().map(|team| (team.id.0, team)));
    }
    Ok(found)
}

/// The teams that a user belongs to.
///
/// # Errors
/// The storage codes.
pub async fn team_ids_of(tx: &StoreTx<'_>, user: impl Into<Uuid>) -> Result<Vec<TeamId>> {
    let sql = "SELECT team_id FROM team_members WHERE user_id = $1 ORDER BY team_id";
    first_column(tx, sql, user.into()).await
}

/// Who leads a team.
///
/// # Errors
/// The storage codes.
pub async fn lead_of(tx: &StoreTx<'_>, team: impl Into<Uuid>) -> Result<Option<UserId>> {
    let row: Option<(Option<UserId>,)> =
        tx.optional("SELECT lead_id FROM teams WHERE id = $1", &params![team.into()]).await?;
    Ok(row.and_then(|(lead,)| lead))
}

/// The members of a team.
///
/// # Errors
/// The storage codes.
pub async fn user_ids_of(tx: &StoreTx<'_>, team: impl Into<Uuid>) -> Result<Vec<UserId>> {
    let sql = "SELECT user_id FROM team_members WHERE team_id = $1 ORDER BY user_id";
    first_column(tx, sql, team.into()).await
}

async fn first_column<T: Column>(tx: &StoreTx<'_>, sql: &str, id: Uuid) -> Result<Vec<T>> {
    let rows: Vec<(T,)> = tx.query(sql, &params![id]).await?;
    Ok(rows.into_iter().map(|(value,)| value).collect())
}

/// How many open conversations a new user takes at a time.
const DEFAULT_CAPACITY: i64 = 5;

/// Stores a user, active and without roles. For the services of users and first run, which emit the event, and for tests.
///
/// # Errors
/// `already_exists` when the address is taken; the storage codes.
pub async fn add_user(tx: &Tx<'_>, user: &NewUser) -> Result<()> {
    let sql = "INSERT INTO users (id, name, name_key, email, email_key, state, locale, time_zone, theme, preferences, \
               capacity, totp_enabled, created_at, version) \
               VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, 'system', '{}', $8, FALSE, $9, 1)";
    let values = params![
        user.id,
        &user.name,
        sort_key(&user.name),
        &user.email,
        heard_kernel::fold_key(&user.email),
        user.locale.as_str(),
        &user.time_zone,
        DEFAULT_CAPACITY,
        tx.now(),
    ];
    tx.later(sql, &values).await
}

/// Stores a team with its members. For the service of teams, which emits the event, and for tests.
///
/// # Errors
/// `already_exists` when the name is taken; the storage codes.
pub async fn add_team(tx: &Tx<'_>, team: &NewTeam) -> Result<()> {
    let sql = "INSERT INTO teams (id, name, name_key, kind, description, lead_id, created_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, 1)";
    let values = params![
        team.id,
        &team.name,
        sort_key(&team.name),
        team.kind.as_str(),
        &team.description,
        team.lead_id,
        tx.now(),
    ];
    tx.later(sql, &values).await?;
    for member in &team.member_ids {
        add_member(tx, team.id, *member).await?;
    }
    Ok(())
}

/// Makes a user a member of a team; harmless when they are one.
pub(crate) async fn add_member(tx: &StoreTx<'_>, team: TeamId, user: UserId) -> Result<()> {
    let sql = "INSERT INTO team_members (team_id, user_id) VALUES ($1, $2) ON CONFLICT (team_id, user_id) DO NOTHING";
    tx.later(sql, &params![team, user]).await
}
