//! Conditions by which lists of other slices hold what belongs to cases that somebody sees.

use heard_kernel::{Actor, ActorKind};
use heard_platform::directory::{TeamId, UserId};
use heard_store::Value;

use super::super::model::Shelf;
use crate::rights;

/// A condition for a list, with a value for each `?`.
pub(crate) type Condition = (String, Vec<Value>);

/// The column names a case that the actor sees, on a shelf when one is named. The same as `rules::sees`, for many at once.
pub(crate) fn seen_by(actor: &Actor, column: &str, shelf: Option<Shelf>) -> Condition {
    let mut sql = format!("EXISTS (SELECT c.id FROM cases c WHERE c.id = {column}");
    let mut values: Vec<Value> = Vec::new();
    if let Some(shelf) = shelf {
        sql.push_str(" AND c.shelf = ?");
        values.push(shelf.into());
    }
    match (actor.kind, actor.id) {
        (ActorKind::System | ActorKind::Bot, _) => {}
        (ActorKind::Contact, Some(contact)) => {
            sql.push_str(" AND c.contact_id = ?");
            values.push(contact.into());
        }
        (ActorKind::Contact | ActorKind::User, None) => sql.push_str(" AND 1 = 0"),
        (ActorKind::User, Some(user)) => {
            sql.push_str(
                " AND NOT EXISTS (SELECT r.user_id FROM case_people r WHERE r.case_id = c.id AND r.user_id = ? \
                 AND r.role = 'recused')",
            );
            values.push(user.into());
            if !actor.may(rights::READ_ALL) {
                let teams: Vec<TeamId> = actor.team_ids.iter().map(|team| TeamId(*team)).collect();
                add_ties(&mut sql, &mut values, UserId(user), &teams);
            }
        }
    }
    sql.push(')');
    (sql, values)
}

/// What ties a user to a case: owning it, having a role in it, being in a team that has it or helps.
fn add_ties(sql: &mut String, values: &mut Vec<Value>, user: UserId, teams: &[TeamId]) {
    sql.push_str(
        " AND (c.owner_id = ? OR EXISTS (SELECT w.user_id FROM case_people w WHERE w.case_id = c.id AND w.user_id = ? \
         AND w.role IN ('participant', 'watcher'))",
    );
    values.extend([user.into(), user.into()]);
    if !teams.is_empty() {
        let marks = vec!["?"; teams.len()].join(", ");
        sql.push_str(&format!(
            " OR c.team_id IN ({marks}) OR EXISTS (SELECT h.team_id FROM case_teams h WHERE h.case_id = c.id AND \
             h.team_id IN ({marks}))"
        ));
        values.extend(teams.iter().chain(teams).map(|team| Value::from(*team)));
    }
    sql.push(')');
}

/// The column names a case under way that a user owns.
pub(crate) fn owned_by(user: UserId, column: &str) -> Condition {
    let sql = format!("{column} IN (SELECT o.id FROM cases o WHERE o.owner_id = ? AND o.shelf = 'active')");
    (sql, vec![user.into()])
}

/// The column names a case that a team has.
pub(crate) fn of_team(team: TeamId, column: &str) -> Condition {
    let sql = format!("EXISTS (SELECT o.id FROM cases o WHERE o.id = {column} AND o.team_id = ?)");
    (sql, vec![team.into()])
}
