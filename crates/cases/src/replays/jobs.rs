//! A replay is reckoned: page by page, beside everything else.

use std::{collections::HashMap, sync::Arc};

use heard_kernel::{Actor, Error, Result, Timestamp, codes};
use heard_runtime::{Ctx, Job, JobHandler, JobKind, SendFuture, StoredEvent, history_of};
use heard_store::Tx;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    course::{Course, KINDS, What},
    events::Replayed,
    model::{NewReplay, PlanReplay, ReplayId},
    stage, store,
};
use crate::{
    cases::{self, Shelved, Taken},
    clocks::{self, Replay, Shelf, Sum},
    plans::{self, Plan, PlanVersionId},
};

/// Cases whose lives are in memory at once.
const PAGE: usize = 100;
/// Pages after which the progress is noted.
const PACE: usize = 5;

/// Reckons a replay.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct RunReplay {
    /// Which one.
    pub(crate) replay_id: ReplayId,
}

impl JobKind for RunReplay {
    const KIND: &'static str = "plan.replay";
}

/// Does [`RunReplay`].
pub(crate) struct Replayer;

impl JobHandler for Replayer {
    fn kind(&self) -> &'static str {
        RunReplay::KIND
    }

    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Job) -> SendFuture<'a, ()> {
        Box::pin(async move {
            let id = job.decode::<RunReplay>()?.replay_id;
            let Some(replay) = ctx.read(async move |tx| store::one(tx, id).await).await? else {
                return Ok(());
            };
            if replay.finished_at.is_some() {
                return Ok(());
            }
            let version = replay.version_id;
            let Some(plan_id) = ctx.read(async move |tx| plan_id(tx, version).await).await? else {
                return Ok(());
            };
            // Whoever asked waits for an answer, so that it failed is told at once and they ask again.
            let outcome = reckon(ctx, &replay).await;
            if let Err(error) = &outcome {
                tracing::warn!(replay = %id.0, %error, "a replay failed");
            }
            let outcome = outcome.map_err(|error| error.code().id.to_owned());
            ctx.tx(&Actor::system(), async move |tx| {
                let done =
                    outcome.as_ref().map_or(0, |result| i64::try_from(result.cases).unwrap_or(i64::MAX));
                let noted = outcome.as_ref().map_err(String::as_str);
                store::finish(tx, id, done, noted, tx.now()).await?;
                let failed = outcome.is_err();
                tx.emit(&Replayed { plan_id, plan_version_id: version, replay_id: id, failed })
            })
            .await
        })
    }
}

async fn plan_id(tx: &Tx<'_>, version: PlanVersionId) -> Result<Option<plans::PlanId>> {
    match plans::pinned(tx, version).await {
        Ok(found) => Ok(Some(found.plan_id)),
        Err(error) if error.is(codes::NOT_FOUND) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The plans that the cases of a replay follow. Warnings are left out: nobody is warned about what is over.
#[derive(Clone, Default)]
struct Plans(HashMap<PlanVersionId, Arc<Plan>>);

impl Plans {
    async fn get(&mut self, tx: &Tx<'_>, version: PlanVersionId) -> Result<Arc<Plan>> {
        if let Some(known) = self.0.get(&version) {
            return Ok(Arc::clone(known));
        }
        let mut plan = plans::pinned(tx, version).await?.plan.clone();
        plan.clocks.iter_mut().for_each(|rule| rule.policy.warn_at.clear());
        let plan = Arc::new(plan);
        self.0.insert(version, Arc::clone(&plan));
        Ok(plan)
    }
}

/// A page of lives, and where the next one begins.
struct Page {
    courses: Vec<Course>,
    plans: Plans,
    next: Option<Taken>,
}

async fn reckon(ctx: &Ctx, replay: &PlanReplay) -> Result<Replay> {
    let (id, version, until) = (replay.id, replay.version_id, ctx.now());
    let (candidate, shelf, mut plans) = ctx
        .read(async move |tx| {
            let mut plans = Plans::default();
            Ok((plans.get(tx, version).await?, Shelf::at(tx).await?, plans))
        })
        .await?;
    let wish = shelved(&replay.wish, &candidate);
    let (mut sum, mut after, mut pages, mut done) = (Sum::default(), None, 0, 0);
    loop {
        let (known, wish) = (plans, wish.clone());
        let page = ctx.read(async move |tx| read(tx, wish.clone(), after, known.clone()).await).await?;
        done += page.courses.len();
        (after, plans) = (page.next, page.plans.clone());
        let (tried, shelf) = (Arc::clone(&candidate), shelf.clone());
        // Reckoning takes longer than reading and must hold up no one else on this thread.
        let added =
            tokio::task::spawn_blocking(move || add(&mut sum, &page, &tried, &shelf, until).map(|()| sum));
        sum = added.await.map_err(|error| Error::internal("a replay broke off").because(error))??;
        if after.is_none() {
            return Ok(sum.finish(&candidate));
        }
        pages += 1;
        if pages % PACE == 0 {
            let done = i64::try_from(done).unwrap_or(i64::MAX);
            ctx.tx(&Actor::system(), async move |tx| store::progress(tx, id, done).await).await?;
        }
    }
}

/// Which cases are meant.
pub(super) fn shelved(wish: &NewReplay, candidate: &Plan) -> Shelved {
    let below = |key: &String| {
        let within = candidate.categories.iter().map(|category| &category.key);
        let mut keys: Vec<String> = within.filter(|one| candidate.is_within(one, key)).cloned().collect();
        if keys.is_empty() {
            keys.push(key.clone());
        }
        keys
    };
    Shelved {
        from: wish.from,
        to: wish.to,
        type_key: wish.type_key.clone(),
        categories: wish.category_key.as_ref().map(below),
    }
}

async fn read(tx: &Tx<'_>, wish: Shelved, after: Option<Taken>, mut plans: Plans) -> Result<Page> {
    let (found, next) = cases::taken(tx, &wish, after, PAGE).await?;
    let ids: Vec<Uuid> = found.iter().map(|(id, _)| id.0).collect();
    let mut extended = clocks::extended_of(tx, &ids).await?;
    let mut lives = lives(history_of(tx, &ids, &KINDS).await?)?;
    let mut courses = Vec::with_capacity(found.len());
    for (id, number) in found {
        let happened = lives.remove(&id.0).unwrap_or_default();
        for version in happened.iter().filter_map(|(_, what)| what.version()) {
            plans.get(tx, version).await?;
        }
        let extended = extended.remove(&id.0).unwrap_or_default();
        courses.push(Course { case_id: id.0, number, happened, extended });
    }
    Ok(Page { courses, plans, next })
}

type Life = Vec<(Timestamp, What)>;

fn lives(events: Vec<StoredEvent>) -> Result<HashMap<Uuid, Life>> {
    let mut lives: HashMap<Uuid, Life> = HashMap::new();
    for event in &events {
        if let Some(what) = What::of(event)? {
            lives.entry(event.subject_id).or_default().push((event.at, what));
        }
    }
    Ok(lives)
}

fn add(sum: &mut Sum, page: &Page, candidate: &Plan, shelf: &Shelf, until: Timestamp) -> Result<()> {
    for course in &page.courses {
        let really = |version: PlanVersionId| page.plans.0.get(&version).map_or(candidate, |plan| &**plan);
        let present = stage::play(course, really, shelf)?;
        let tried = stage::play(course, |_| candidate, shelf)?;
        sum.add((course.case_id, &course.number), &present, &tried, shelf, until)?;
    }
    Ok(())
}
