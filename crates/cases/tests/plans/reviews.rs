//! Who is told that a version of a plan waits for review, and what became of it.

use heard_cases::{
    alerts,
    plans::{self, Origin, PlanVersionId},
};
use heard_kernel::{Actor, PageRequest};
use heard_platform::{directory::UserId, rights::BuiltIn, roles::RoleId};
use heard_runtime::{Registry, Spine};
use heard_store::{Json, params};
use heard_testkit::{TestDb, on_both_engines};

use crate::world::{World, world};

on_both_engines!(reviewers_and_authors_are_told, roles_of_ones_own_count_and_what_was_decided_is_not_told);

fn spine(w: &World) -> Spine {
    let mut registry = Registry::default();
    heard_cases::register(&mut registry);
    Spine::new(w.ctx.clone(), registry)
}

async fn hold(w: &World, actor: &Actor, role: RoleId) {
    let user = UserId(actor.user_id().unwrap());
    let sql = "INSERT INTO user_roles (user_id, role_id) VALUES ($1, $2)";
    let system = Actor::system();
    w.ctx.tx(&system, async move |tx| tx.execute(sql, &params![user, role]).await.map(drop)).await.unwrap();
}

/// A version of the default plan that was given to review.
async fn submitted(w: &World) -> PlanVersionId {
    let current = w.ctx.read(async |tx| plans::current(tx, None).await).await.unwrap();
    w.ctx
        .tx(&w.writer, async move |tx| {
            let id = plans::begin(tx, current.plan_id, Origin::Version(current.version_id), "放宽").await?;
            plans::submit(tx, id, 1, "").await?;
            Ok(id)
        })
        .await
        .unwrap()
}

/// What somebody was told, the latest first.
async fn told(w: &World, actor: &Actor) -> Vec<(String, Option<PlanVersionId>)> {
    let actor = actor.clone();
    let page = PageRequest::default();
    let read = async move |tx: &heard_store::Tx<'_>| alerts::list(tx, &actor, false, &page).await;
    let page = w.ctx.read(read).await.unwrap();
    page.items.into_iter().map(|alert| (alert.kind.as_str().to_owned(), alert.plan_version_id)).collect()
}

async fn reviewers_and_authors_are_told(db: TestDb) {
    let w = world(&db).await;
    let spine = spine(&w);
    for actor in [&w.manager, &w.writer] {
        hold(&w, actor, BuiltIn::Manager.id()).await;
    }
    let id = submitted(&w).await;
    spine.settle().await.unwrap();
    assert_eq!(told(&w, &w.manager).await, [("plan_submitted".to_owned(), Some(id))]);
    assert!(told(&w, &w.writer).await.is_empty(), "who wrote it looks for nobody's review");
    assert!(told(&w, &w.reader).await.is_empty());
    w.ctx.tx(&w.manager, async move |tx| plans::send_back(tx, id, 2, "请补充依据").await).await.unwrap();
    spine.settle().await.unwrap();
    assert_eq!(told(&w, &w.writer).await[0].0, "plan_sent_back");
    w.ctx.tx(&w.writer, async move |tx| plans::submit(tx, id, 3, "").await).await.unwrap();
    w.ctx.tx(&w.manager, async move |tx| plans::approve(tx, id, 4, "同意").await).await.unwrap();
    spine.settle().await.unwrap();
    assert_eq!(told(&w, &w.writer).await[0], ("plan_approved".to_owned(), Some(id)));
    assert_eq!(told(&w, &w.manager).await.len(), 1, "what was decided by now waits for nobody");
}

async fn roles_of_ones_own_count_and_what_was_decided_is_not_told(db: TestDb) {
    let w = world(&db).await;
    let spine = spine(&w);
    let role = w
        .ctx
        .tx(&Actor::system(), async |tx| {
            let role: RoleId = tx.new_id();
            let sql = "INSERT INTO roles (id, name, name_key, description, rights, created_at, version) \
                       VALUES ($1, '审批人', '审批人', '', $2, $3, 1)";
            tx.execute(sql, &params![role, Json(&["plan.approve"]), tx.now()]).await?;
            Ok(role)
        })
        .await
        .unwrap();
    hold(&w, &w.reader, role).await;
    hold(&w, &w.admin, BuiltIn::Administrator.id()).await;
    submitted(&w).await;
    spine.settle().await.unwrap();
    for actor in [&w.reader, &w.admin] {
        assert_eq!(told(&w, actor).await[0].0, "plan_submitted");
    }
    assert!(told(&w, &w.manager).await.is_empty(), "who holds no role with the right");
}
