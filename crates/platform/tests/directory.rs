//! Names of users and teams on both engines.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use heard_kernel::{Actor, Locale, codes};
use heard_platform::directory::{
    self, Directory, NewTeam, NewUser, TeamId, TeamKind, UserId, team_ids_of, user_ids_of,
};
use heard_runtime::Ctx;
use heard_testkit::{TestDb, on_both_engines};

async fn world(db: &TestDb) -> Ctx {
    db.ctx(&[heard_runtime::MIGRATIONS, heard_platform::MIGRATIONS].concat()).await
}

async fn user(ctx: &Ctx, name: &str, email: &str) -> UserId {
    let (name, email) = (name.to_owned(), email.to_owned());
    ctx.tx(&Actor::system(), async move |tx| {
        let user = NewUser {
            id: tx.new_id(),
            name: name.clone(),
            email: email.clone(),
            locale: Locale::ZhCn,
            time_zone: "Asia/Shanghai".to_owned(),
        };
        directory::add_user(tx, &user).await?;
        Ok(user.id)
    })
    .await
    .unwrap()
}

async fn names_are_found_and_addresses_are_taken_once(db: TestDb) {
    let ctx = world(&db).await;
    let (wang, li) =
        (user(&ctx, "王芳", "wang@example.com").await, user(&ctx, "李娜", "li@example.com").await);
    let team: TeamId = ctx.new_id();
    ctx.tx(&Actor::system(), async move |tx| {
        let team = NewTeam {
            id: team,
            name: "售后".to_owned(),
            kind: TeamKind::Team,
            description: String::new(),
            lead_id: Some(wang),
            member_ids: vec![wang, li, li],
        };
        directory::add_team(tx, &team).await
    })
    .await
    .unwrap();
    let directory = Directory::of(&ctx);
    let nobody = ctx.new_id();
    let users = directory.users(&ctx, &[wang.0, li.0, nobody, li.0]).await.unwrap();
    assert_eq!(users.len(), 2);
    assert_eq!(users[&li.0].name, "李娜");
    assert_eq!(directory.team(&ctx, team).await.unwrap().unwrap().name, "售后");
    let members = ctx.read(async move |tx| user_ids_of(tx, team).await).await.unwrap();
    assert_eq!(members.len(), 2);
    assert_eq!(ctx.read(async move |tx| team_ids_of(tx, wang).await).await.unwrap(), [team]);

    let twice = ctx
        .tx(&Actor::system(), async |tx| {
            let user = NewUser {
                id: tx.new_id(),
                name: "X".to_owned(),
                email: "WANG@Example.com".to_owned(),
                locale: Locale::En,
                time_zone: "UTC".to_owned(),
            };
            directory::add_user(tx, &user).await
        })
        .await;
    assert!(twice.unwrap_err().is(codes::ALREADY_EXISTS));
}

on_both_engines!(names_are_found_and_addresses_are_taken_once);
