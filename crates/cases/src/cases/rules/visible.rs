//! Who sees a case.

use heard_kernel::{Actor, ActorKind};
use heard_platform::directory::UserId;

use super::super::model::{Case, People, Role};
use crate::rights;

/// Whether an actor sees a case. Who is recused does not, whatever else they may.
pub(crate) fn sees(actor: &Actor, case: &Case, people: &People) -> bool {
    match (actor.kind, actor.id) {
        (ActorKind::System | ActorKind::Bot, _) => true,
        (ActorKind::Contact, id) => id.is_some() && id == case.contact_id.map(|contact| contact.0),
        (ActorKind::User, None) => false,
        (ActorKind::User, Some(id)) => {
            let user = UserId(id);
            let member = |team: uuid::Uuid| actor.team_ids.contains(&team);
            !people.is(user, Role::Recused)
                && (actor.may(rights::READ_ALL)
                    || case.owner_id == Some(user)
                    || case.team_id.is_some_and(|team| member(team.0))
                    || people.teams.iter().any(|team| member(team.0))
                    || people.is(user, Role::Participant)
                    || people.is(user, Role::Watcher))
        }
    }
}
