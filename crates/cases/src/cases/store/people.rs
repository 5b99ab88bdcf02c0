//! Who has to do with cases, tags, conversations.

use std::collections::HashMap;

use futures_util::future::try_join;
use heard_desk::{contacts::ContactId, conversations::ConversationId, tags::TagId};
use heard_kernel::{Result, Timestamp};
use heard_platform::directory::{TeamId, UserId};
use heard_store::{List, Tx, params};
use uuid::Uuid;

use super::super::model::{CaseId, People, Person, Role};

/// Who has to do with cases.
pub(crate) async fn people(tx: &Tx<'_>, ids: &[CaseId]) -> Result<HashMap<CaseId, People>> {
    let mut found: HashMap<CaseId, People> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let ids = || ids.iter().copied();
    let select = format!("SELECT {} FROM case_people", Person::COLUMNS.join(", "));
    let (users, of_users) = List::new(&select).filter_in("case_id", ids()).all();
    let (teams, of_teams) =
        List::new("SELECT case_id, team_id FROM case_teams").filter_in("case_id", ids()).all();
    let (users, teams) =
        (format!("{users} ORDER BY since, user_id"), format!("{teams} ORDER BY since, team_id"));
    let (users, teams) =
        try_join(tx.query::<Person>(&users, &of_users), tx.query::<(CaseId, TeamId)>(&teams, &of_teams))
            .await?;
    for person in users {
        found.entry(person.case_id).or_default().users.push(person);
    }
    for (id, team) in teams {
        found.entry(id).or_default().teams.push(team);
    }
    Ok(found)
}

/// Gives a user a role and tells whether they did not have it.
pub(crate) async fn add_person(tx: &Tx<'_>, person: &Person) -> Result<bool> {
    let sql = "INSERT INTO case_people (case_id, user_id, role, since, reason) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (case_id, user_id, role) DO NOTHING";
    let values = params![person.case_id, person.user_id, person.role, person.since, &person.reason];
    Ok(tx.execute(sql, &values).await? > 0)
}

/// Takes a role from a user and tells whether they had it.
pub(crate) async fn remove_person(tx: &Tx<'_>, id: CaseId, user: UserId, role: Role) -> Result<bool> {
    let sql = "DELETE FROM case_people WHERE case_id = $1 AND user_id = $2 AND role = $3";
    Ok(tx.execute(sql, &params![id, user, role]).await? > 0)
}

/// Whether a user is recused from any case.
pub(crate) async fn is_recused_somewhere(tx: &Tx<'_>, user: UserId) -> Result<bool> {
    let sql = "SELECT case_id FROM case_people WHERE user_id = $1 AND role = 'recused' LIMIT 1";
    Ok(tx.scalar::<CaseId>(sql, &params![user]).await?.is_some())
}

/// Lets a team work on a case and tells whether it did not.
pub(crate) async fn add_team(tx: &Tx<'_>, id: CaseId, team: TeamId, now: Timestamp) -> Result<bool> {
    let sql = "INSERT INTO case_teams (case_id, team_id, since) VALUES ($1, $2, $3) ON CONFLICT (case_id, team_id) DO NOTHING";
    Ok(tx.execute(sql, &params![id, team, now]).await? > 0)
}

/// Lets a team work on a case no longer and tells whether it did.
pub(crate) async fn remove_team(tx: &Tx<'_>, id: CaseId, team: TeamId) -> Result<bool> {
    let sql = "DELETE FROM case_teams WHERE case_id = $1 AND team_id = $2";
    Ok(tx.execute(sql, &params![id, team]).await? > 0)
}

/// The tags of cases.
pub(crate) async fn tags(tx: &Tx<'_>, ids: &[CaseId]) -> Result<HashMap<CaseId, Vec<TagId>>> {
    let (sql, values) =
        List::new("SELECT case_id, tag_id FROM case_tags").filter_in("case_id", ids.iter().copied()).all();
    let mut found: HashMap<CaseId, Vec<TagId>> = HashMap::new();
    for (id, tag) in tx.query::<(CaseId, TagId)>(&sql, &values).await? {
        found.entry(id).or_default().push(tag);
    }
    Ok(found)
}

/// Puts a tag on and tells whether it was not there.
pub(crate) async fn add_tag(tx: &Tx<'_>, id: CaseId, tag: TagId) -> Result<bool> {
    let sql =
        "INSERT INTO case_tags (case_id, tag_id) VALUES ($1, $2) ON CONFLICT (case_id, tag_id) DO NOTHING";
    Ok(tx.execute(sql, &params![id, tag]).await? > 0)
}

/// Takes a tag off and tells whether it was there.
pub(crate) async fn remove_tag(tx: &Tx<'_>, id: CaseId, tag: TagId) -> Result<bool> {
    let sql = "DELETE FROM case_tags WHERE case_id = $1 AND tag_id = $2";
    Ok(tx.execute(sql, &params![id, tag]).await? > 0)
}

/// Links a conversation and tells whether it was not linked.
pub(crate) async fn link(
    tx: &Tx<'_>,
    id: CaseId,
    conversation: ConversationId,
    now: Timestamp,
    by: Option<Uuid>,
) -> Result<bool> {
    let sql = "INSERT INTO case_conversations (case_id, conversation_id, linked_at, linked_by) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (case_id, conversation_id) DO NOTHING";
    Ok(tx.execute(sql, &params![id, conversation, now, by]).await? > 0)
}

/// Unlinks a conversation and tells whether it was linked.
pub(crate) async fn unlink(tx: &Tx<'_>, id: CaseId, conversation: ConversationId) -> Result<bool> {
    let sql = "DELETE FROM case_conversations WHERE case_id = $1 AND conversation_id = $2";
    Ok(tx.execute(sql, &params![id, conversation]).await? > 0)
}

/// The conversations of a case, in the order in which they were linked.
pub(crate) async fn conversations(tx: &Tx<'_>, id: CaseId) -> Result<Vec<(ConversationId, Timestamp)>> {
    let sql = "SELECT conversation_id, linked_at FROM case_conversations WHERE case_id = $1 \
               ORDER BY linked_at, conversation_id";
    tx.query(sql, &params![id]).await
}

/// The cases of a conversation, newest first.
pub(crate) async fn cases_of(tx: &Tx<'_>, conversation: ConversationId) -> Result<Vec<CaseId>> {
    let sql = "SELECT case_id FROM case_conversations WHERE conversation_id = $1 ORDER BY case_id DESC";
    let rows: Vec<(CaseId,)> = tx.query(sql, &params![conversation]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The cases of a group complaint.
pub(crate) async fn of_group(tx: &Tx<'_>, group: Uuid) -> Result<Vec<CaseId>> {
    let rows: Vec<(CaseId,)> =
        tx.query("SELECT id FROM cases WHERE group_id = $1 ORDER BY id", &params![group]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Cases of a contact in a category that were received in a span of time, in order, 50 at most.
pub(crate) async fn of_contact_in_category(
    tx: &Tx<'_>,
    contact: ContactId,
    category: &str,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<CaseId>> {
    let sql = "SELECT id FROM cases WHERE contact_id = $1 AND received_at >= $2 AND received_at <= $3 \
               AND category_key = $4 ORDER BY received_at, id LIMIT 50";
    let rows: Vec<(CaseId,)> = tx.query(sql, &params![contact, from, to, category]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Gives the cases of one contact to another.
pub(crate) async fn move_contact(tx: &Tx<'_>, from: ContactId, to: ContactId) -> Result<()> {
    tx.later("UPDATE cases SET contact_id = $1 WHERE contact_id = $2", &params![to, from]).await
}

/// The cases from which a user is recused.
pub(crate) async fn recused_from(tx: &Tx<'_>, user: UserId) -> Result<Vec<CaseId>> {
    let sql = "SELECT case_id FROM case_people WHERE user_id = $1 AND role = $2";
    let rows: Vec<(CaseId,)> = tx.query(sql, &params![user, Role::Recused]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Who is recused from a case.
pub(crate) async fn recused_of(tx: &Tx<'_>, case: CaseId) -> Result<Vec<UserId>> {
    let sql = "SELECT user_id FROM case_people WHERE case_id = $1 AND role = $2";
    let rows: Vec<(UserId,)> = tx.query(sql, &params![case, Role::Recused]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
