//! Who hears of what happens to cases on the live connections.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::BoxFuture;
use heard_kernel::{Actor, Result, Timestamp};
use heard_platform::directory::{self, UserId};
use heard_runtime::{Ctx, StoredEvent};
use heard_web::realtime::{Audience, Membership, Registry, Route, Topic};
use serde_json::Value;
use uuid::Uuid;

use super::{
    model::{Case, CaseId, People, Role},
    store,
};
use crate::rights;

/// Adds what cases bring to the live connections.
pub(crate) fn register_realtime(ctx: &Ctx, registry: &mut Registry) {
    registry.audience(Cases { ctx: ctx.clone(), last: Mutex::default() }).membership(Everything);
}

struct Cases {
    ctx: Ctx,
    last: Mutex<Option<Asked>>,
}

/// Who has to do with a case, as it was after an event.
#[derive(Clone)]
struct Asked {
    id: CaseId,
    /// The instant of the event's transaction.
    at: Timestamp,
    found: Arc<(Option<Case>, People, Vec<UserId>)>,
}

impl Cases {
    /// Who has to do with a case. The clocks that one transaction moves come right after what it did to their case, and
    /// change nothing of this.
    async fn asked(&self, event: &StoredEvent, id: CaseId) -> Result<Asked> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if event.subject_kind == "clock"
            && let Some(last) = last.filter(|last| last.id == id && last.at == event.at)
        {
            return Ok(last);
        }
        let read = self.ctx.read(async move |tx| {
            let case = store::load(tx, id).await?;
            let people = store::people(tx, &[id]).await?.remove(&id).unwrap_or_default();
            let recused = people.of(Role::Recused).next().is_some();
            let team = case.as_ref().and_then(|case| case.team_id).filter(|_| recused);
            let members = match team {
                Some(team) => directory::user_ids_of(tx, team).await?,
                None => Vec::new(),
            };
            Ok((case, people, members))
        });
        let asked = Asked { id, at: event.at, found: Arc::new(read.await?) };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(asked.clone());
        Ok(asked)
    }

    /// Who hears of an event about a case: its team, who has to do with it, who sees all. Where somebody is recused, people
    /// hear of it one by one instead, because whoever is recused may be in the team or see all others.
    async fn routes_of(&self, event: &StoredEvent, id: CaseId) -> Result<Vec<Route>> {
        let asked = self.asked(event, id).await?;
        let (Some(case), people, members) = &*asked.found else { return Ok(Vec::new()) };
        let mut topics = own(case, people, event);
        let recused: Vec<Uuid> = people.of(Role::Recused).map(|user| user.0).collect();
        if recused.is_empty() {
            topics.push(Topic::Cases);
            topics.extend(case.team_id.map(|team| Topic::Team(team.0)));
            topics.extend(people.teams.iter().map(|team| Topic::Team(team.0)));
            topics.extend(event.id_of("former_team_id").map(Topic::Team));
        } else {
            topics.extend(members.iter().map(|user| Topic::User(user.0)));
            topics.retain(|topic| !matches!(topic, Topic::User(user) if recused.contains(user)));
        }
        Ok(vec![Route::to(topics)])
    }
}

/// The people whom a case concerns by name.
fn own(case: &Case, people: &People, event: &StoredEvent) -> Vec<Topic> {
    let mut topics: Vec<Topic> = case.owner_id.map(|owner| Topic::User(owner.0)).into_iter().collect();
    topics.extend(event.id_of("former_owner_id").map(Topic::User));
    topics.extend(
        [Role::Participant, Role::Watcher]
            .into_iter()
            .flat_map(|role| people.of(role))
            .map(|user| Topic::User(user.0)),
    );
    for list in ["added", "removed"] {
        let ids = event.data.get(list).and_then(Value::as_array).into_iter().flatten();
        let users = ids.filter_map(|id| id.as_str()?.parse().ok()).map(Topic::User);
        topics.extend(users.filter(|_| event.kind == "case.people_changed"));
    }
    topics
}

impl Audience for Cases {
    fn routes<'a>(&'a self, event: &'a StoredEvent) -> BoxFuture<'a, Vec<Route>> {
        Box::pin(async move {
            let id = match event.subject_kind.as_str() {
                "case" => Some(event.subject_id),
                "clock" => event.id_of("case_id"),
                "case_view" => {
                    let shared = event.data.get("shared").and_then(Value::as_bool).unwrap_or(false);
                    let owner = event.id_of("owner_id").map(Topic::User);
                    let topics = if shared { Some(Topic::Everyone) } else { owner };
                    return vec![Route::to(topics)];
                }
                _ => None,
            };
            let Some(id) = id.map(CaseId) else { return Vec::new() };
            self.routes_of(event, id).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "who hears of a case could not be read; they are told nothing for now");
                Vec::new()
            })
        })
    }
}

/// Who sees all cases hears of all.
struct Everything;

impl Membership for Everything {
    fn topics<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Vec<Topic>>> {
        let topics = if actor.may(rights::READ) && actor.may(rights::READ_ALL) {
            vec![Topic::Cases]
        } else {
            Vec::new()
        };
        Box::pin(std::future::ready(Ok(topics)))
    }

    fn refresh(&self, _: &StoredEvent, _: &mut Vec<Topic>) {}
}
