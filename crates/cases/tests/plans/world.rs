//! A fresh installation with people of several roles.

use heard_kernel::{Actor, Locale};
use heard_platform::directory::{self, NewUser, UserId};
use heard_runtime::Ctx;
use heard_testkit::TestDb;

pub(crate) struct World {
    pub(crate) ctx: Ctx,
    /// Writes plans.
    pub(crate) writer: Actor,
    /// Writes and approves plans.
    pub(crate) manager: Actor,
    /// May do everything.
    pub(crate) admin: Actor,
    /// Sees plans.
    pub(crate) reader: Actor,
}

pub(crate) async fn world(db: &TestDb) -> World {
    let tables = [
        heard_runtime::MIGRATIONS,
        heard_platform::MIGRATIONS,
        heard_desk::MIGRATIONS,
        heard_cases::MIGRATIONS,
    ];
    let ctx = db.ctx(&tables.concat()).await;
    heard_cases::plans::install(&ctx).await.unwrap();
    let users: Vec<UserId> = ctx
        .tx(&Actor::system(), async |tx| {
            let mut users = Vec::new();
            for (name, email) in [
                ("李组长", "li@x.cn"),
                ("陈经理", "chen@x.cn"),
                ("管理员", "admin@x.cn"),
                ("王芳", "wang@x.cn"),
            ] {
                let user = NewUser {
                    id: tx.new_id(),
                    name: name.to_owned(),
                    email: email.to_owned(),
                    locale: Locale::ZhCn,
                    time_zone: "Asia/Shanghai".to_owned(),
                };
                directory::add_user(tx, &user).await?;
                users.push(user.id);
            }
            Ok(users)
        })
        .await
        .unwrap();
    let user = |index: usize, rights: &[&str]| Actor::user(users[index].0, rights.iter().copied().collect());
    World {
        ctx,
        writer: user(0, &["case.read", "plan.read", "plan.edit"]),
        manager: user(1, &["case.read", "plan.read", "plan.edit", "plan.approve"]),
        admin: user(2, &["case.read", "plan.read", "plan.edit", "plan.approve", "role.manage"]),
        reader: user(3, &["case.read", "plan.read"]),
    }
}
