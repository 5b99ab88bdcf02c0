//! A small team with inboxes and a contact.

use heard_desk::{
    contacts::{Claim, ContactId, IdentityKind, Profile},
    conversations::ConversationId,
    inbound::{Destination, Inbound, Received, receive},
    inboxes::{self, InboxId, InboxKind},
    messages::{self, MessageKind, Posted, Words},
};
use heard_kernel::{Actor, Error, Locale};
use heard_platform::directory::{self, NewTeam, NewUser, TeamId, TeamKind, UserId};
use heard_runtime::{Ctx, Registry, Spine};
use heard_testkit::TestDb;

/// Two agents who see one inbox each and both a third one; everybody holds all rights of this crate but to see all.
pub(crate) struct World {
    pub(crate) ctx: Ctx,
    pub(crate) spine: Spine,
    pub(crate) wang: Actor,
    pub(crate) li: Actor,
    pub(crate) boss: Actor,
    pub(crate) team: TeamId,
    pub(crate) shop: InboxId,
    pub(crate) vip: InboxId,
    pub(crate) contact: ContactId,
}

pub(crate) async fn world(db: &TestDb) -> World {
    let tables = [heard_runtime::MIGRATIONS, heard_platform::MIGRATIONS, heard_desk::MIGRATIONS].concat();
    let ctx = db.ctx(&tables).await;
    heard_desk::install(&ctx);
    let mut registry = Registry::default();
    heard_desk::register(&mut registry);
    let spine = Spine::new(ctx.clone(), registry);
    let (wang, li, boss, team) = ctx
        .tx(&Actor::system(), async |tx| {
            let mut users = Vec::new();
            for (name, email) in [("王芳", "wang@x.cn"), ("李娜", "li@x.cn"), ("陈主管", "chen@x.cn")]
            {
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
            let team = NewTeam {
                id: tx.new_id(),
                name: "贵宾组".to_owned(),
                kind: TeamKind::Team,
                description: String::new(),
                lead_id: None,
                member_ids: vec![users[1]],
            };
            directory::add_team(tx, &team).await?;
            Ok((users[0], users[1], users[2], team.id))
        })
        .await
        .unwrap();
    let (wang, li, boss) = (agent(wang, &[], false), agent(li, &[team], false), agent(boss, &[], true));
    let (shop, vip, contact) = ctx
        .tx(&Actor::system(), async move |tx| {
            let shop = inboxes::create(tx, InboxKind::WebChat, "商店").await?.id;
            let vip = inboxes::create(tx, InboxKind::Api, "贵宾").await?.id;
            let patch = inboxes::Patch { team_ids: Some(vec![team]), ..Default::default() };
            inboxes::update(tx, vip, 1, patch).await?;
            let claim = Claim::in_inbox(IdentityKind::Visitor, "v1", shop);
            let contact = heard_desk::contacts::resolve(tx, vec![claim], Profile::default()).await?;
            Ok((shop, vip, contact.id))
        })
        .await
        .unwrap();
    World { ctx, spine, wang, li, boss, team, shop, vip, contact }
}

pub(crate) fn agent(user: UserId, teams: &[TeamId], reads_all: bool) -> Actor {
    let all = heard_desk::RIGHTS.iter().map(|def| def.right.0);
    let rights = all.filter(|right| reads_all || *right != "conversation.read_all").collect();
    let mut actor = Actor::user(user.0, rights);
    actor.team_ids = teams.iter().map(|team| team.0).collect();
    actor
}

pub(crate) fn words(body: &str) -> Words {
    Words { body: body.to_owned(), ..Words::default() }
}

impl World {
    /// The contact writes.
    pub(crate) async fn hears(&self, inbox: InboxId, to: Destination, body: &str) -> Result<Received, Error> {
        let inbound = Inbound::new(inbox, self.contact, to, words(body));
        self.ctx.tx(&Actor::contact(self.contact.0), async move |tx| receive(tx, inbound.clone()).await).await
    }

    /// The contact begins a conversation in the shop.
    pub(crate) async fn opened(&self, body: &str) -> ConversationId {
        self.hears(self.shop, Destination::New, body).await.unwrap().conversation_id
    }

    /// A user writes.
    pub(crate) async fn says(
        &self,
        actor: &Actor,
        id: ConversationId,
        kind: MessageKind,
        words: Words,
    ) -> Result<Posted, Error> {
        self.ctx.tx(actor, async move |tx| messages::post(tx, id, kind, words.clone(), None).await).await
    }
}

pub(crate) fn user(actor: &Actor) -> UserId {
    UserId(actor.id.unwrap())
}
