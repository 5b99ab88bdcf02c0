//! Which documents change with an event.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use heard_kernel::Result;
use heard_platform::directory;
use heard_runtime::{Ctx, Event as _, SendFuture, StoredEvent};
use heard_search::{Change, Document, Source};
use heard_store::Tx;
use uuid::Uuid;

use super::{CONTACTS, USERS};
use crate::{
    contacts::{self, Contact, ContactAbsorbed, ContactId, ContactUpdated},
    messages::{
        MessageId, MessagePosted, MessageRecalled,
        feed::{self, Indexed},
    },
};

/// Messages that are read with one statement when there are so many.
const GROUP: usize = 32;

/// Reads the present state of what events are about.
pub struct Documents;

/// What is to be read again, each thing once.
#[derive(Clone, Default)]
struct Touched {
    messages: BTreeSet<Uuid>,
    contacts: BTreeSet<Uuid>,
    users: BTreeSet<Uuid>,
}

impl Touched {
    fn by(events: &[Arc<StoredEvent>]) -> Self {
        let mut touched = Self::default();
        for event in events {
            match event.kind.as_str() {
                MessagePosted::KIND | MessageRecalled::KIND => {
                    touched.messages.extend(event.id_of("message_id"))
                }
                ContactUpdated::KIND => touched.contacts.extend(event.id_of("contact_id")),
                ContactAbsorbed::KIND => {
                    touched.contacts.extend(event.id_of("contact_id"));
                    touched.contacts.extend(event.id_of("former_id"));
                }
                _ if event.subject_kind == "user" => {
                    touched.users.insert(event.subject_id);
                }
                _ => {}
            }
        }
        touched
    }
}

impl Source for Documents {
    fn changes<'a>(&'a self, ctx: &'a Ctx, events: &'a [Arc<StoredEvent>]) -> SendFuture<'a, Vec<Change>> {
        let touched = Touched::by(events);
        Box::pin(async move { ctx.read(async move |tx| read(tx, &touched).await).await })
    }
}

async fn read(tx: &Tx<'_>, touched: &Touched) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    let messages: Vec<MessageId> = touched.messages.iter().copied().map(MessageId).collect();
    // Few sizes, so that few statements are kept compiled.
    let (groups, single) = messages.as_chunks::<GROUP>();
    for ids in groups.iter().map(<[_; GROUP]>::as_slice).chain(single.chunks(1)) {
        let mut found: HashMap<_, _> =
            feed::many(tx, ids).await?.into_iter().map(|message| (message.message_id, message)).collect();
        changes.extend(ids.iter().map(|id| match found.remove(id) {
            Some(message) => Change::Put(of_message(message)),
            None => Change::Remove { kind: "message", id: id.0 },
        }));
    }
    for id in &touched.contacts {
        changes.push(match contacts::find(tx, ContactId(*id)).await? {
            Some(contact) => Change::Put(of_contact(&contact)),
            None => Change::Remove { kind: "contact", id: *id },
        });
    }
    let users: Vec<Uuid> = touched.users.iter().copied().collect();
    let names = directory::user_refs(tx, &users).await?;
    for id in users {
        changes.push(match names.get(&id) {
            Some(user) => Change::Put(named("user", id, USERS, user.name.clone())),
            None => Change::Remove { kind: "user", id },
        });
    }
    Ok(changes)
}

fn named(kind: &'static str, id: Uuid, scope: Uuid, title: String) -> Document {
    Document { kind, id, scope, parent: None, number: None, at: 0, title, body: String::new() }
}

fn of_message(message: Indexed) -> Document {
    Document {
        kind: "message",
        id: message.message_id.0,
        scope: message.inbox_id.0,
        parent: Some(message.conversation_id.0),
        number: u64::try_from(message.no).ok(),
        at: message.at.millis(),
        title: String::new(),
        body: message.body,
    }
}

fn of_contact(contact: &Contact) -> Document {
    let known = [&contact.name, &contact.email, &contact.phone, &contact.organization];
    let title = known.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    Document {
        at: contact.last_seen_at.millis(),
        body: contact.note.clone(),
        ..named("contact", contact.id.0, CONTACTS, title)
    }
}
