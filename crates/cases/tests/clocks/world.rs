//! A database with a clock on a case, and what was told about it.

use heard_cases::{
    clocks::{self, CaseClocks, ClockId, ClockTerms, NewClock, Subject, SubjectKind},
    plans::Text,
};
use heard_kernel::{
    Actor, Result, Timestamp,
    clock_policy::{Limit, Policy},
};
use heard_runtime::{Ctx, Registry, Spine};
use heard_testkit::TestDb;
use uuid::Uuid;

pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) ctx: Ctx,
    pub(crate) spine: Spine,
}

/// The case that tests use.
pub(crate) const CASE: Uuid = Uuid::from_u128(7);

pub(crate) async fn world(db: TestDb) -> World {
    let tables = [
        heard_runtime::MIGRATIONS,
        heard_platform::MIGRATIONS,
        heard_desk::MIGRATIONS,
        heard_cases::MIGRATIONS,
    ];
    let ctx = db.ctx(&tables.concat()).await;
    let mut registry = Registry::default();
    heard_cases::register(&mut registry);
    let spine = Spine::new(ctx.clone(), registry);
    World { db, ctx, spine }
}

/// An instant by the wall clock of Shanghai, as `09-18 16:30`.
pub(crate) fn at(wall: &str) -> Timestamp {
    let (day, time) = wall.split_once(' ').unwrap();
    format!("2026-{day}T{time}:00+08:00").parse().unwrap()
}

pub(crate) fn minutes(minutes: i64) -> ClockTerms {
    let name = Text { zh: "首次响应".to_owned(), en: "Acknowledge".to_owned() };
    ClockTerms::new("acknowledge", name, Policy::new(Limit::WorkingMinutes { minutes }))
}

pub(crate) fn on_case(terms: ClockTerms, started_at: Timestamp) -> NewClock {
    let subject = Subject::new(SubjectKind::Case, CASE);
    NewClock { subject, case_id: Some(CASE), owner_id: None, started_at, terms }
}

impl World {
    pub(crate) async fn start(&self, terms: ClockTerms, started_at: Timestamp) -> ClockId {
        let new = on_case(terms, started_at);
        self.ctx.tx(&Actor::system(), async move |tx| clocks::start(tx, new.clone()).await).await.unwrap()
    }

    pub(crate) async fn fulfil(&self, at: Timestamp) -> Result<usize> {
        let subject = Subject::new(SubjectKind::Case, CASE);
        self.ctx
            .tx(&Actor::system(), async move |tx| clocks::fulfil(tx, subject, &["acknowledge"], at).await)
            .await
    }

    pub(crate) async fn clocks(&self) -> CaseClocks {
        let now = self.ctx.now();
        self.ctx.read(async move |tx| clocks::of_case(tx, CASE, now).await).await.unwrap()
    }

    /// Moves the time and lets everything happen that is due then.
    pub(crate) async fn at(&self, wall: &str) {
        self.db.clock.set(at(wall));
        self.spine.settle().await.unwrap();
    }

    /// What was told so far, as `warned 50 09-18 17:00`, in the order of the log.
    pub(crate) async fn told(&self) -> Vec<String> {
        let events = self.ctx.events_after(0, 10_000).await.unwrap();
        let words = events.iter().filter_map(|event| {
            let kind = event.kind.strip_prefix("clock.")?;
            let number = ["share", "minutes"].iter().find_map(|name| event.data.get(name)?.as_i64());
            let at = event.data.get("at").and_then(|at| at.as_str()).map(wall);
            let parts = [Some(kind.to_owned()), number.map(|number| number.to_string()), at];
            Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
        });
        words.collect()
    }
}

fn wall(text: &str) -> String {
    let at: Timestamp = text.parse().unwrap();
    let zone = heard_kernel::calendar::Calendars::builtin();
    let local = zone.get("cn-workday").unwrap().local(at);
    local.strftime("%m-%d %H:%M").to_string()
}
