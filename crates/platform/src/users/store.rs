//! Rows of users for those who manage them.

use std::collections::HashMap;

use heard_kernel::{Locale, PageRequest, Result, Timestamp, fold_key};
use heard_store::{Direction, FromRow, Json, List, Row, Tx, params};
use uuid::Uuid;

use super::model::{Account, User};
use crate::{
    directory::{TeamId, UserId, UserState, sort_key, team_refs},
    roles, teams,
};

const COLUMNS: &str = "id, name, name_key, email, state, locale, time_zone, theme, preferences, avatar_attachment_id, \
                       capacity, totp_enabled, last_seen_at, created_at, version";

impl FromRow for Account {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            name_key: row.get(2)?,
            email: row.get(3)?,
            state: UserState::parse(&row.get::<String>(4)?),
            locale: Locale::parse(&row.get::<String>(5)?).unwrap_or_default(),
            time_zone: row.get(6)?,
            theme: row.get(7)?,
            preferences: row.get::<Json<_>>(8)?.0,
            avatar_attachment_id: row.get(9)?,
            capacity: row.get(10)?,
            totp_enabled: row.get(11)?,
            last_seen_at: row.get(12)?,
            created_at: row.get(13)?,
            version: row.get(14)?,
        })
    }
}

/// Which users are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) q: Option<String>,
    pub(crate) state: Option<UserState>,
    pub(crate) team_id: Option<TeamId>,
}

/// A page and one more, by name.
pub(crate) async fn page(
    tx: &Tx<'_>,
    filter: &Filter,
    page: &PageRequest,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Account>> {
    let mut list = List::new(&format!("SELECT {COLUMNS} FROM users"))
        .filter_some("state = ?", filter.state.map(UserState::as_str))
        .filter_some("id IN (SELECT user_id FROM team_members WHERE team_id = ?)", filter.team_id);
    if let Some(q) = &filter.q {
        let like = format!("%{}%", fold_key(q).replace(['%', '_', '\\'], ""));
        list = list.filter(
            "(lower(name) LIKE ? OR email_key LIKE ? OR name_key LIKE ?)",
            &params![&like, &like, &like],
        );
    }
    let after = after.map(|(key, id)| params![key, id]);
    let (sql, values) = list.page(
        &["name_key", "id"],
        Direction::Ascending,
        after.as_ref().map(|key| key.as_slice()),
        page.limit(),
    );
    tx.query(&sql, &values).await
}

pub(crate) async fn one(tx: &Tx<'_>, id: UserId) -> Result<Option<Account>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM users WHERE id = $1"), &params![id]).await
}

pub(crate) async fn by_email(tx: &Tx<'_>, email: &str) -> Result<Option<Account>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM users WHERE email_key = $1"), &params![fold_key(email)]).await
}

pub(crate) async fn update(tx: &Tx<'_>, user: &Account) -> Result<bool> {
    let sql = "UPDATE users SET name = $1, name_key = $2, state = $3, locale = $4, time_zone = $5, theme = $6, \
               preferences = $7, capacity = $8, avatar_attachment_id = $9, version = version + 1 \
               WHERE id = $10 AND version = $11";
    let values = params![
        &user.name,
        sort_key(&user.name),
        user.state.as_str(),
        user.locale.as_str(),
        &user.time_zone,
        &user.theme,
        Json(&user.preferences),
        user.capacity,
        user.avatar_attachment_id,
        user.id,
        user.version,
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(crate) async fn seen(tx: &Tx<'_>, user: UserId, now: Timestamp) -> Result<()> {
    tx.later("UPDATE users SET last_seen_at = $1 WHERE id = $2", &params![now, user]).await
}

/// Puts roles and teams beside users.
pub(crate) async fn present(tx: &Tx<'_>, users: Vec<Account>, locale: Locale) -> Result<Vec<User>> {
    let ids: Vec<UserId> = users.iter().map(|user| user.id).collect();
    let role_ids = roles::store::of_users(tx, &ids).await?;
    let team_ids = teams::of_users(tx, &ids).await?;
    let all_roles: Vec<_> = role_ids.values().flatten().copied().collect();
    let all_teams: Vec<Uuid> = team_ids.values().flatten().map(|team| team.0).collect();
    let roles = roles::refs(tx, &all_roles, locale).await?;
    let teams = team_refs(tx, &all_teams).await?;
    let held = |user: UserId| {
        let mut held: Vec<_> = pick(&role_ids, user).filter_map(|id| roles.get(id).cloned()).collect();
        held.sort_by_key(|role| (role.key.is_none(), role.id));
        held
    };
    let joined = |user: UserId| {
        let mut joined: Vec<_> = pick(&team_ids, user).filter_map(|id| teams.get(&id.0).cloned()).collect();
        joined.sort_by_key(|team| sort_key(&team.name));
        joined
    };
    Ok(users
        .into_iter()
        .map(|user| {
            let (roles, teams) = (held(user.id), joined(user.id));
            user.present(roles, teams)
        })
        .collect())
}

fn pick<T>(of: &HashMap<UserId, Vec<T>>, user: UserId) -> impl Iterator<Item = &T> {
    of.get(&user).into_iter().flatten()
}

/// Stores what users change about themselves. It does not count as a version: administrators do not change these fields
/// but the name, and a preference must not make their change fail.
pub(crate) async fn update_own(tx: &Tx<'_>, user: &Account) -> Result<()> {
    let sql = "UPDATE users SET name = $1, name_key = $2, locale = $3, time_zone = $4, theme = $5, preferences = $6, \
               avatar_attachment_id = $7 WHERE id = $8";
    let values = params![
        &user.name,
        sort_key(&user.name),
        user.locale.as_str(),
        &user.time_zone,
        &user.theme,
        Json(&user.preferences),
        user.avatar_attachment_id,
        user.id,
    ];
    tx.later(sql, &values).await
}
