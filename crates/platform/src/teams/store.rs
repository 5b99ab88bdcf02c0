//! Rows of teams for those who manage them.

use std::collections::HashMap;

use heard_kernel::Result;
use heard_store::{FromRow, List, Row, Tx, params};
use uuid::Uuid;

use super::model::{Team, TeamRow};
use crate::directory::{TeamId, TeamKind, UserId, UserRef, sort_key, user_refs};

const COLUMNS: &str = "id, name, kind, description, lead_id, version";

impl FromRow for TeamRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            kind: TeamKind::parse(&row.get::<String>(2)?),
            description: row.get(3)?,
            lead_id: row.get(4)?,
            version: row.get(5)?,
        })
    }
}

pub(crate) async fn all(tx: &Tx<'_>) -> Result<Vec<TeamRow>> {
    tx.query(&format!("SELECT {COLUMNS} FROM teams ORDER BY name_key, id"), &[]).await
}

pub(crate) async fn one(tx: &Tx<'_>, id: TeamId) -> Result<Option<TeamRow>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM teams WHERE id = $1"), &params![id]).await
}

pub(crate) async fn update(tx: &Tx<'_>, team: &TeamRow) -> Result<bool> {
    let sql = "UPDATE teams SET name = $1, name_key = $2, kind = $3, description = $4, lead_id = $5, \
               version = version + 1 WHERE id = $6 AND version = $7";
    let values = params![
        &team.name,
        sort_key(&team.name),
        team.kind.as_str(),
        &team.description,
        team.lead_id,
        team.id,
        team.version
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(crate) async fn delete(tx: &Tx<'_>, id: TeamId) -> Result<()> {
    tx.later("DELETE FROM team_members WHERE team_id = $1", &params![id]).await?;
    tx.later("DELETE FROM teams WHERE id = $1", &params![id]).await
}

pub(crate) async fn remove_member(tx: &Tx<'_>, team: TeamId, user: UserId) -> Result<()> {
    tx.later("DELETE FROM team_members WHERE team_id = $1 AND user_id = $2", &params![team, user]).await
}

/// The teams of users.
pub(crate) async fn of_users(tx: &Tx<'_>, users: &[UserId]) -> Result<HashMap<UserId, Vec<TeamId>>> {
    let (sql, values) =
        List::new("SELECT user_id, team_id FROM team_members").filter_in("user_id", users).all();
    let rows: Vec<(UserId, TeamId)> = tx.query(&sql, &values).await?;
    let mut found: HashMap<UserId, Vec<TeamId>> = HashMap::new();
    for (user, team) in rows {
        found.entry(user).or_default().push(team);
    }
    Ok(found)
}

/// Puts members and leads beside teams.
pub(crate) async fn present(tx: &Tx<'_>, teams: Vec<TeamRow>) -> Result<Vec<Team>> {
    let ids = teams.iter().map(|team| team.id);
    let (sql, values) = List::new(
        "SELECT m.team_id, u.id, u.name, u.avatar_attachment_id, u.name_key FROM team_members m \
         JOIN users u ON u.id = m.user_id",
    )
    .filter_in("m.team_id", ids)
    .all();
    let mut rows: Vec<(TeamId, UserId, String, Option<Uuid>, String)> = tx.query(&sql, &values).await?;
    rows.sort_by(|a, b| (&a.4, a.1).cmp(&(&b.4, b.1)));
    let mut members: HashMap<TeamId, Vec<UserRef>> = HashMap::new();
    for (team, id, name, avatar_attachment_id, _) in rows {
        members.entry(team).or_default().push(UserRef { id, name, avatar_attachment_id });
    }
    let lead_ids: Vec<Uuid> = teams.iter().filter_map(|team| team.lead_id.map(Uuid::from)).collect();
    let leads = user_refs(tx, &lead_ids).await?;
    let with_people = |team: TeamRow| Team {
        id: team.id,
        name: team.name,
        kind: team.kind,
        description: team.description,
        lead: team.lead_id.and_then(|id| leads.get(&id.0).cloned()),
        members: members.remove(&team.id).unwrap_or_default(),
        version: team.version,
    };
    Ok(teams.into_iter().map(with_people).collect())
}
