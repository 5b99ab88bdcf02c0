//! References kept in memory.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use heard_kernel::{Result, Timestamp};
use heard_runtime::{Ctx, StoredEvent};
use uuid::Uuid;

use super::{
    model::{TeamRef, UserRef},
    store,
};

/// References to users and teams, kept in memory. Forgets one when it changes and everything after a minute, so that
/// news which got lost between nodes does no lasting harm.
#[derive(Default)]
pub struct Directory(RwLock<Kept>);

#[derive(Default)]
struct Kept {
    users: HashMap<Uuid, UserRef>,
    teams: HashMap<Uuid, TeamRef>,
    /// Rises whenever something is forgotten: what was read before must not be kept after it.
    generation: u64,
    fresh_until: Timestamp,
}

/// How long references are believed without news.
const LIFE_SECONDS: i64 = 60;

impl Directory {
    /// The directory of a process.
    pub fn of(ctx: &Ctx) -> Arc<Self> {
        ctx.shared()
    }

    /// The users of these ids, by id. Ids of nobody are absent.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn users(&self, ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, UserRef>> {
        let (mut found, missing, generation) = self.look(ctx.now(), ids, |kept| &kept.users);
        if !missing.is_empty() {
            let loaded = ctx.read(async move |tx| store::user_refs(tx, &missing).await).await?;
            self.keep(generation, |kept| kept.users.extend(loaded.clone()));
            found.extend(loaded);
        }
        Ok(found)
    }

    /// The teams of these ids, by id. Ids of no team are absent.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn teams(&self, ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, TeamRef>> {
        let (mut found, missing, generation) = self.look(ctx.now(), ids, |kept| &kept.teams);
        if !missing.is_empty() {
            let loaded = ctx.read(async move |tx| store::team_refs(tx, &missing).await).await?;
            self.keep(generation, |kept| kept.teams.extend(loaded.clone()));
            found.extend(loaded);
        }
        Ok(found)
    }

    /// One user.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn user(&self, ctx: &Ctx, id: impl Into<Uuid>) -> Result<Option<UserRef>> {
        let id = id.into();
        Ok(self.users(ctx, &[id]).await?.remove(&id))
    }

    /// One team.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn team(&self, ctx: &Ctx, id: impl Into<Uuid>) -> Result<Option<TeamRef>> {
        let id = id.into();
        Ok(self.teams(ctx, &[id]).await?.remove(&id))
    }

    /// Forgets what an event says has changed.
    pub fn heard(&self, event: &StoredEvent) {
        match event.subject_kind.as_str() {
            "user" => self.forget_user(event.subject_id),
            "team" => self.forget_team(event.subject_id),
            _ => {}
        }
    }

    /// Forgets a user.
    pub fn forget_user(&self, id: impl Into<Uuid>) {
        let id = id.into();
        self.forget(|kept| drop(kept.users.remove(&id)));
    }

    /// Forgets a team.
    pub fn forget_team(&self, id: impl Into<Uuid>) {
        let id = id.into();
        self.forget(|kept| drop(kept.teams.remove(&id)));
    }

    fn look<T: Clone>(
        &self,
        now: Timestamp,
        ids: &[Uuid],
        of: impl Fn(&Kept) -> &HashMap<Uuid, T>,
    ) -> (HashMap<Uuid, T>, Vec<Uuid>, u64) {
        if now >= self.0.read().unwrap_or_else(PoisonError::into_inner).fresh_until {
            self.forget(|kept| {
                kept.users.clear();
                kept.teams.clear();
                kept.fresh_until = now.plus_seconds(LIFE_SECONDS);
            });
        }
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut found = HashMap::with_capacity(ids.len());
        let mut missing = Vec::new();
        for id in ids {
            match of(&kept).get(id) {
                Some(item) => drop(found.insert(*id, item.clone())),
                None if !missing.contains(id) => missing.push(*id),
                None => {}
            }
        }
        (found, missing, kept.generation)
    }

    fn keep(&self, generation: u64, change: impl FnOnce(&mut Kept)) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.generation == generation {
            change(&mut kept);
        }
    }

    fn forget(&self, change: impl FnOnce(&mut Kept)) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        kept.generation += 1;
        change(&mut kept);
    }
}
