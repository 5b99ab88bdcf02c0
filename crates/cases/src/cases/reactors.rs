//! What cases do when something happens elsewhere.

use futures_util::future::try_join_all;
use heard_desk::{
    contacts::{ContactAbsorbed, ContactId},
    messages::{AuthorKind, MessagePosted},
};
use heard_kernel::Result;
use heard_runtime::{Event as _, LocalFuture, Reactor, StoredEvent, Tx};

use super::{edit::Edit, model::CaseId, service, store};
use crate::clocks::{
    ClockChanged, ClockFulfilled, ClockPaused, ClockReopened, ClockResumed, ClockStarted, SubjectKind,
};

/// A message of the customer in a conversation of a case ends its waiting.
pub(crate) struct CustomerMessages;

impl Reactor for CustomerMessages {
    fn name(&self) -> &'static str {
        "cases.customer_messages"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == MessagePosted::KIND
    }

    fn concerns(&self, event: &StoredEvent) -> bool {
        // Not who acts: another system may hand in what a customer said.
        event.data.get("author_kind").and_then(|kind| kind.as_str()) == Some(AuthorKind::Contact.as_str())
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let Some(posted) = event.decode::<MessagePosted>()? else { return Ok(()) };
            if posted.author_kind != AuthorKind::Contact {
                return Ok(());
            }
            for id in service::in_order(store::cases_of(tx, posted.conversation_id).await?) {
                service::customer_wrote(tx, id, event.at).await?;
            }
            Ok(())
        })
    }
}

/// When a clock that belongs to a case warns, is breached, stands still or stops, the case shows the one that presses most.
pub(crate) struct Alarms;

/// What only happens to a clock on a case itself within a command on the case, which takes it over at once.
const OWN: [&str; 6] = [
    ClockStarted::KIND,
    ClockPaused::KIND,
    ClockResumed::KIND,
    ClockFulfilled::KIND,
    ClockReopened::KIND,
    ClockChanged::KIND,
];

impl Reactor for Alarms {
    fn name(&self) -> &'static str {
        "cases.alarms"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("clock.")
    }

    fn concerns(&self, event: &StoredEvent) -> bool {
        let on = event.data.get("subject_kind").and_then(serde_json::Value::as_str);
        !(OWN.contains(&event.kind.as_str()) && on == Some(SubjectKind::Case.as_str()))
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            match event.id_of("case_id").map(CaseId) {
                Some(id) => refresh(tx, id).await,
                None => Ok(()),
            }
        })
    }

    fn react_all<'a>(&'a self, tx: &'a Tx<'a>, events: &'a [&'a StoredEvent]) -> LocalFuture<'a, ()> {
        let ids = events.iter().filter_map(|event| event.id_of("case_id")).map(CaseId).collect();
        // Each case once, whatever happened to its clocks. Cases have nothing to do with each other, so their statements may
        // travel together; they are held in their order.
        Box::pin(async move {
            try_join_all(service::in_order(ids).into_iter().map(|id| refresh(tx, id))).await.map(drop)
        })
    }
}

async fn refresh(tx: &Tx<'_>, id: CaseId) -> Result<()> {
    let mut edit = match Edit::hold(tx, id).await {
        Err(error) if error.code().status == 404 => return Ok(()),
        held => held?,
    };
    service::refresh_alarm(tx, &mut edit).await?;
    edit.save(tx).await.map(drop)
}

/// A contact who turned out to be another one takes the cases along.
pub(crate) struct Contacts;

impl Reactor for Contacts {
    fn name(&self) -> &'static str {
        "cases.contacts"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == ContactAbsorbed::KIND
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let (Some(into), Some(from)) = (event.id_of("contact_id"), event.id_of("former_id")) else {
                return Ok(());
            };
            store::move_contact(tx, ContactId(from), ContactId(into)).await
        })
    }
}
