//! The life of versions, on both engines.

use heard_cases::plans::{
    self, NewPlan, Origin, PlanId, PlanVersion, PlanVersionId, StepDone, VersionState,
    evaluations::{self, Action, Draft, EvaluationKind, Findings, Target, TargetSection},
};
use heard_kernel::{Actor, Result};
use heard_runtime::Ctx;
use heard_testkit::{TestDb, on_both_engines, overlap};

use crate::world::{World, world};

on_both_engines!(
    the_general_pack_is_active_from_the_start,
    a_version_goes_from_draft_to_active_and_is_retired,
    four_eyes_look_at_a_version,
    a_draft_is_saved_by_version_and_never_once_it_left_draft,
    a_wrong_plan_is_not_submitted,
    a_second_plan_can_become_the_default,
    clocks_of_a_law_are_added_once,
    evaluations_keep_their_corrective_actions,
    rights_are_asked_for,
);

async fn default_plan(ctx: &Ctx, actor: &Actor) -> PlanId {
    let actor = actor.clone();
    ctx.read(async move |tx| Ok(plans::list(tx, &actor).await?[0].id)).await.unwrap()
}

async fn look(w: &World, id: PlanVersionId) -> (PlanVersion, plans::Plan, Vec<StepDone>) {
    let actor = w.reader.clone();
    let (version, plan, steps) =
        w.ctx.read(async move |tx| plans::version(tx, &actor, id).await).await.unwrap();
    (version, plan, steps.into_iter().map(|step| step.step).collect())
}

async fn begin(w: &World, plan: PlanId) -> PlanVersionId {
    let from = w.ctx.read(async |tx| Ok(plans::current(tx, None).await?.version_id)).await.unwrap();
    w.ctx
        .tx(&w.writer, async move |tx| plans::begin(tx, plan, Origin::Version(from), "时限放宽").await)
        .await
        .unwrap()
}

/// Puts a version through a step at its present counter.
async fn step(w: &World, actor: &Actor, id: PlanVersionId, what: &'static str) -> Result<()> {
    let counter = look(w, id).await.0.version;
    w.ctx
        .tx(actor, async move |tx| match what {
            "submit" => plans::submit(tx, id, counter, "").await,
            "send_back" => plans::send_back(tx, id, counter, "请补充依据").await,
            "approve" => plans::approve(tx, id, counter, "同意").await,
            _ => plans::activate(tx, id, counter, "").await,
        })
        .await
}

async fn the_general_pack_is_active_from_the_start(db: TestDb) {
    let w = world(&db).await;
    let current = w.ctx.read(async |tx| plans::current(tx, None).await).await.unwrap();
    assert_eq!((current.no, &current.plan), (1, &plans::pack("general").unwrap().plan));
    plans::install(&w.ctx).await.unwrap();
    let actor = w.reader.clone();
    let list = w.ctx.read(async move |tx| plans::list(tx, &actor).await).await.unwrap();
    assert_eq!(list.len(), 1);
    assert!(list[0].is_default);
    assert_eq!(list[0].active_version_id, Some(current.version_id));
    let id = current.version_id;
    let again = w.ctx.read(async move |tx| plans::pinned(tx, id).await).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&current, &again), "an active version comes from memory");
}

async fn a_version_goes_from_draft_to_active_and_is_retired(db: TestDb) {
    let w = world(&db).await;
    let plan = default_plan(&w.ctx, &w.reader).await;
    let first = w.ctx.read(async |tx| plans::current(tx, None).await).await.unwrap();
    let id = begin(&w, plan).await;
    let (version, mut content, _) = look(&w, id).await;
    assert_eq!(
        (version.no, version.state, version.based_on_id),
        (2, VersionState::Draft, Some(first.version_id))
    );
    content.closing.silent_days = 7;
    w.ctx.tx(&w.writer, async move |tx| plans::save(tx, id, 1, Some(&content), None).await).await.unwrap();
    step(&w, &w.writer, id, "submit").await.unwrap();
    step(&w, &w.manager, id, "send_back").await.unwrap();
    step(&w, &w.writer, id, "submit").await.unwrap();
    step(&w, &w.manager, id, "approve").await.unwrap();
    assert_eq!(w.ctx.read(async |tx| plans::current(tx, None).await).await.unwrap().no, 1);
    step(&w, &w.manager, id, "activate").await.unwrap();
    let current = w.ctx.read(async move |tx| plans::current(tx, Some(plan)).await).await.unwrap();
    assert_eq!((current.no, current.closing.silent_days), (2, 7));
    let (former, _, _) = look(&w, first.version_id).await;
    assert_eq!(former.state, VersionState::Retired);
    let (_, _, steps) = look(&w, id).await;
    use StepDone::{Activated, Approved, Created, SentBack, Submitted};
    assert_eq!(steps, [Created, Submitted, SentBack, Submitted, Approved, Activated]);
    let (actor, old) = (w.reader.clone(), first.version_id);
    let changes = w.ctx.read(async move |tx| plans::compare(tx, &actor, old, id).await).await.unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].changed[0].fields[0].path, "silent_days");
    step(&w, &w.manager, first.version_id, "activate").await.unwrap();
    assert_eq!(w.ctx.read(async |tx| plans::current(tx, None).await).await.unwrap().no, 1);
}

async fn four_eyes_look_at_a_version(db: TestDb) {
    let w = world(&db).await;
    let plan = default_plan(&w.ctx, &w.reader).await;
    let id = begin(&w, plan).await;
    let refused = step(&w, &w.writer, id, "approve").await.unwrap_err();
    assert_eq!(refused.code().id, "forbidden");
    step(&w, &w.manager, id, "submit").await.unwrap();
    let refused = step(&w, &w.manager, id, "approve").await.unwrap_err();
    assert_eq!(refused.code().id, "plan_own_approval");
    step(&w, &w.manager, id, "send_back").await.unwrap();
    step(&w, &w.admin, id, "submit").await.unwrap();
    step(&w, &w.admin, id, "approve").await.unwrap();
}

async fn a_draft_is_saved_by_version_and_never_once_it_left_draft(db: TestDb) {
    let w = world(&db).await;
    let plan = default_plan(&w.ctx, &w.reader).await;
    let id = begin(&w, plan).await;
    let save = async |counter: i64| {
        w.ctx.tx(&w.writer, async move |tx| plans::save(tx, id, counter, None, Some("二")).await).await
    };
    save(1).await.unwrap();
    assert_eq!(save(1).await.unwrap_err().code().id, "version_conflict");
    step(&w, &w.writer, id, "submit").await.unwrap();
    let counter = look(&w, id).await.0.version;
    assert_eq!(save(counter).await.unwrap_err().code().id, "plan_state_unfit");
    let deleted = w.ctx.tx(&w.writer, async move |tx| plans::delete(tx, id).await).await;
    assert_eq!(deleted.unwrap_err().code().id, "plan_state_unfit");
    let other = begin(&w, plan).await;
    w.ctx.tx(&w.writer, async move |tx| plans::delete(tx, other).await).await.unwrap();
    let third = begin(&w, plan).await;
    assert_eq!(look(&w, third).await.0.no, 4, "numbers are not given twice");
}

async fn a_wrong_plan_is_not_submitted(db: TestDb) {
    let w = world(&db).await;
    let plan = default_plan(&w.ctx, &w.reader).await;
    let id = begin(&w, plan).await;
    let (_, mut content, _) = look(&w, id).await;
    content.case_types[0].flow = "nothing".to_owned();
    w.ctx.tx(&w.writer, async move |tx| plans::save(tx, id, 1, Some(&content), None).await).await.unwrap();
    let refused = step(&w, &w.writer, id, "submit").await.unwrap_err();
    assert_eq!(refused.field_errors()[0].field, "content.case_types[0].flow");
    assert_eq!(look(&w, id).await.0.state, VersionState::Draft);
}

/// A plan of the general pack under another key, with an active version.
async fn active_plan(w: &World, key: &str) -> PlanId {
    let new = NewPlan { pack: "general".to_owned(), key: Some(key.to_owned()), name: None };
    let plan = w.ctx.tx(&w.writer, async move |tx| plans::create(tx, new.clone()).await).await.unwrap();
    let actor = w.reader.clone();
    let (_, versions) = w.ctx.read(async move |tx| plans::get(tx, &actor, plan).await).await.unwrap();
    for (actor, what) in [(&w.writer, "submit"), (&w.manager, "approve"), (&w.manager, "activate")] {
        step(w, actor, versions[0].id, what).await.unwrap();
    }
    plan
}

/// Two managers, each on a process of their own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_plans_that_become_the_default_at_once_one_is() {
    let db = TestDb::postgres().await;
    let w = world(&db).await;
    let (shop, vip) = (active_plan(&w, "shop").await, active_plan(&w, "vip").await);
    let (one, two, manager, other) =
        (w.ctx.clone(), db.second_ctx(7).await, w.manager.clone(), w.manager.clone());
    let (first, second) = overlap(
        &db,
        |gate| async move {
            one.tx(&manager, async move |tx| {
                plans::update(tx, shop, 2, None, true).await?;
                gate.hold().await;
                Ok(())
            })
            .await
        },
        async move { two.tx(&other, async move |tx| plans::update(tx, vip, 2, None, true).await).await },
    )
    .await;
    first.unwrap();
    second.unwrap();
    let actor = w.reader.clone();
    let list = w.ctx.read(async move |tx| plans::list(tx, &actor).await).await.unwrap();
    let default: Vec<PlanId> = list.iter().filter(|line| line.is_default).map(|line| line.id).collect();
    assert_eq!(default, [vip]);
}

async fn a_second_plan_can_become_the_default(db: TestDb) {
    let w = world(&db).await;
    let new = NewPlan { pack: "general".to_owned(), key: None, name: None };
    let twice = {
        let new = new.clone();
        w.ctx.tx(&w.writer, async move |tx| plans::create(tx, new.clone()).await).await
    };
    assert_eq!(twice.unwrap_err().field_errors()[0].code.id, "already_exists");
    let new = NewPlan { key: Some("vip".to_owned()), ..new };
    let plan = w.ctx.tx(&w.writer, async move |tx| plans::create(tx, new.clone()).await).await.unwrap();
    let make_default = async |version: i64| {
        w.ctx.tx(&w.manager, async move |tx| plans::update(tx, plan, version, None, true).await).await
    };
    assert_eq!(make_default(1).await.unwrap_err().code().id, "plan_default_inactive");
    let inactive = w.ctx.read(async move |tx| plans::current(tx, Some(plan)).await.map(drop)).await;
    assert_eq!(inactive.unwrap_err().code().id, "plan_inactive");
    let actor = w.reader.clone();
    let (_, versions) = w.ctx.read(async move |tx| plans::get(tx, &actor, plan).await).await.unwrap();
    for (actor, what) in [(&w.writer, "submit"), (&w.manager, "approve"), (&w.manager, "activate")] {
        step(&w, actor, versions[0].id, what).await.unwrap();
    }
    make_default(2).await.unwrap();
    let current = w.ctx.read(async |tx| plans::current(tx, None).await).await.unwrap();
    assert_eq!(current.plan_id, plan);
    let actor = w.reader.clone();
    let list = w.ctx.read(async move |tx| plans::list(tx, &actor).await).await.unwrap();
    assert_eq!(list.iter().map(|line| line.is_default).collect::<Vec<_>>(), [true, false]);
}

async fn clocks_of_a_law_are_added_once(db: TestDb) {
    let w = world(&db).await;
    let plan = default_plan(&w.ctx, &w.reader).await;
    let id = begin(&w, plan).await;
    let before = look(&w, id).await.1.clocks.len();
    for counter in [1, 2] {
        w.ctx
            .tx(&w.writer, async move |tx| plans::add_law(tx, id, counter, "market-regulation").await)
            .await
            .unwrap();
    }
    let (_, content, _) = look(&w, id).await;
    assert_eq!(content.clocks.len(), before + 2);
    assert!(content.clocks[before..].iter().all(|clock| !clock.enabled));
}

async fn evaluations_keep_their_corrective_actions(db: TestDb) {
    let w = world(&db).await;
    let plan = default_plan(&w.ctx, &w.reader).await;
    let owner = Some(w.manager.user_id().unwrap().into());
    let action = |done| Action {
        title: "晚间增加一班".to_owned(),
        owner_id: owner,
        due_on: Some("2026-12-31".to_owned()),
        done,
        done_on: None,
        outcome: String::new(),
        about: Some(Target { section: TargetSection::Cause, key: "slow".to_owned() }),
    };
    let draft = Draft {
        kind: EvaluationKind::Evaluation,
        title: "第三季度评估".to_owned(),
        plan_version_id: None,
        period_from: Some("2026-07-01".to_owned()),
        period_to: Some("2026-09-30".to_owned()),
        findings: Findings { findings: "晚间响应慢".to_owned(), ..Findings::default() },
        actions: vec![action(false), action(true)],
    };
    let new = draft.clone();
    let id =
        w.ctx.tx(&w.writer, async move |tx| evaluations::create(tx, plan, new.clone()).await).await.unwrap();
    let all = async || {
        let actor = w.reader.clone();
        w.ctx.read(async move |tx| evaluations::list(tx, &actor, plan).await).await.unwrap()
    };
    assert_eq!((all().await[0].open_actions, all().await[0].actions.len()), (1, 2));
    let later = Draft { actions: vec![action(true)], ..draft.clone() };
    let update = async |version: i64, draft: Draft| {
        w.ctx.tx(&w.writer, async move |tx| evaluations::update(tx, id, version, draft.clone()).await).await
    };
    update(1, later.clone()).await.unwrap();
    assert_eq!(update(1, later).await.unwrap_err().code().id, "version_conflict");
    assert_eq!(all().await[0].open_actions, 0);
    assert_eq!(all().await[0].actions[0].about.as_ref().unwrap().key, "slow");
    let wrong = Draft { period_to: Some("30.9.2026".to_owned()), ..draft };
    assert_eq!(update(2, wrong).await.unwrap_err().field_errors()[0].code.id, "plan_date_invalid");
    w.ctx.tx(&w.writer, async move |tx| evaluations::delete(tx, id).await).await.unwrap();
    assert!(all().await.is_empty());
}

async fn rights_are_asked_for(db: TestDb) {
    let w = world(&db).await;
    let plan = default_plan(&w.ctx, &w.reader).await;
    let id = begin(&w, plan).await;
    for what in ["submit", "send_back", "approve", "activate"] {
        assert_eq!(step(&w, &w.reader, id, what).await.unwrap_err().code().id, "forbidden", "{what}");
    }
    let stranger = Actor::user(w.reader.user_id().unwrap(), Default::default());
    let refused = w.ctx.read(async move |tx| plans::list(tx, &stranger).await.map(drop)).await;
    assert_eq!(refused.unwrap_err().code().id, "forbidden");
}
