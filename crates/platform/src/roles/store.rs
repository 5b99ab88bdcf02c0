//! Rows of own roles and of who holds which role.

use std::collections::HashMap;

use heard_kernel::{Result, fold_key};
use heard_runtime::Tx;
use heard_store::{FromRow, Json, List, Row, Tx as StoreTx, params};

use super::model::{OwnRole, RoleId};
use crate::directory::{UserId, sort_key};

const COLUMNS: &str = "id, name, description, rights, version";

impl FromRow for OwnRole {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            description: row.get(2)?,
            rights: row.get::<Json<Vec<String>>>(3)?.0,
            version: row.get(4)?,
        })
    }
}

pub(crate) async fn all(tx: &StoreTx<'_>) -> Result<Vec<OwnRole>> {
    tx.query(&format!("SELECT {COLUMNS} FROM roles ORDER BY name_key, id"), &[]).await
}

pub(crate) async fn one(tx: &StoreTx<'_>, id: RoleId) -> Result<Option<OwnRole>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM roles WHERE id = $1"), &params![id]).await
}

pub(crate) async fn some(tx: &StoreTx<'_>, ids: &[RoleId]) -> Result<Vec<OwnRole>> {
    let (sql, values) = List::new(&format!("SELECT {COLUMNS} FROM roles")).filter_in("id", ids).all();
    tx.query(&sql, &values).await
}

pub(crate) async fn insert(tx: &Tx<'_>, role: &OwnRole) -> Result<()> {
    let sql = "INSERT INTO roles (id, name, name_key, description, rights, created_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6, 1)";
    let values = params![
        role.id,
        &role.name,
        sort_key(&fold_key(&role.name)),
        &role.description,
        Json(&role.rights),
        tx.now()
    ];
    tx.later(sql, &values).await
}

pub(crate) async fn update(tx: &Tx<'_>, role: &OwnRole) -> Result<bool> {
    let sql = "UPDATE roles SET name = $1, name_key = $2, description = $3, rights = $4, version = version + 1 \
               WHERE id = $5 AND version = $6";
    let values = params![
        &role.name,
        sort_key(&fold_key(&role.name)),
        &role.description,
        Json(&role.rights),
        role.id,
        role.version
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(crate) async fn delete(tx: &Tx<'_>, id: RoleId) -> Result<()> {
    tx.later("DELETE FROM roles WHERE id = $1", &params![id]).await
}

/// How many users hold each role.
pub(crate) async fn user_counts(tx: &StoreTx<'_>) -> Result<HashMap<RoleId, u64>> {
    let rows: Vec<(RoleId, u64)> =
        tx.query("SELECT role_id, count(*) FROM user_roles GROUP BY role_id", &[]).await?;
    Ok(rows.into_iter().collect())
}

/// The roles of users.
pub(crate) async fn of_users(tx: &StoreTx<'_>, users: &[UserId]) -> Result<HashMap<UserId, Vec<RoleId>>> {
    let (sql, values) =
        List::new("SELECT user_id, role_id FROM user_roles").filter_in("user_id", users).all();
    let rows: Vec<(UserId, RoleId)> = tx.query(&sql, &values).await?;
    let mut found: HashMap<UserId, Vec<RoleId>> = HashMap::new();
    for (user, role) in rows {
        found.entry(user).or_default().push(role);
    }
    Ok(found)
}

pub(crate) async fn add_to_user(tx: &StoreTx<'_>, user: UserId, role: RoleId) -> Result<()> {
    let sql =
        "INSERT INTO user_roles (user_id, role_id) VALUES ($1, $2) ON CONFLICT (user_id, role_id) DO NOTHING";
    tx.later(sql, &params![user, role]).await
}

pub(crate) async fn remove_from_user(tx: &StoreTx<'_>, user: UserId, role: RoleId) -> Result<()> {
    tx.later("DELETE FROM user_roles WHERE user_id = $1 AND role_id = $2", &params![user, role]).await
}

/// The active users who hold a role.
pub(crate) async fn holders(tx: &StoreTx<'_>, role: RoleId) -> Result<Vec<UserId>> {
    let sql = "SELECT r.user_id FROM user_roles r JOIN users u ON u.id = r.user_id \
               WHERE r.role_id = $1 AND u.state = 'active' ORDER BY r.user_id";
    let rows: Vec<(UserId,)> = tx.query(sql, &params![role]).await?;
    Ok(rows.into_iter().map(|(user,)| user).collect())
}

/// How many active users hold a role, one of them left out.
pub(crate) async fn active_holders(tx: &StoreTx<'_>, role: RoleId, without: UserId) -> Result<u64> {
    let sql = "SELECT count(*) FROM user_roles r JOIN users u ON u.id = r.user_id \
               WHERE r.role_id = $1 AND u.state = 'active' AND u.id <> $2";
    Ok(tx.scalar(sql, &params![role, without]).await?.unwrap_or(0))
}
