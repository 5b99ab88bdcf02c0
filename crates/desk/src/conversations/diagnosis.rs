//! Asking a contact for technical details of their device, and the contact's no.
//!
//! The details themselves come as a file with a message of the contact, under a key made from the request: there is one
//! answer, however often it is sent.

use heard_kernel::{Code, Error, Result, Timestamp};
use heard_platform::files;
use heard_runtime::Tx;

use super::{
    edit::Edit, model::Conversation, model::ConversationId, model::State, rules, service::actor_name,
};
use crate::{
    contacts::CONTACT_BLOCKED,
    inboxes::{self, Inbox, InboxKind},
    messages::{self, Message, SystemLine},
    rights,
};

/// Technical details can be asked for in a web chat only: elsewhere nothing could collect them.
pub(crate) const DIAGNOSIS_NOT_HERE: Code = Code::new("diagnosis_not_here", 409);
/// The inbox takes no files of the kind that technical details come as (`params.kind`).
pub(crate) const DIAGNOSIS_FILE_REFUSED: Code = Code::new("diagnosis_file_refused", 409);
/// The conversation is closed, so the contact would not be asked.
pub(crate) const DIAGNOSIS_CLOSED: Code = Code::new("diagnosis_conversation_closed", 409);

/// The line by which the team asks.
pub(crate) const REQUESTED: &str = "diagnosis_requested";
/// The line that tells the contact's no.
pub(crate) const DECLINED: &str = "diagnosis_declined";
/// As what kind of file the details come.
const KIND: &str = "application/json";
/// Asking again within this time is the same request.
const REPEAT_MILLIS: i64 = 60_000;

/// Asks the contact for technical details. Asking again at once changes nothing.
///
/// # Errors
/// `forbidden`, `not_found`, `conversation_merged`, `contact_blocked`, `diagnosis_not_here`, `diagnosis_file_refused`,
/// `diagnosis_conversation_closed`; the storage codes.
pub async fn request_diagnosis(tx: &Tx<'_>, id: ConversationId) -> Result<Conversation> {
    tx.actor().require(rights::REPLY)?;
    let mut edit = Edit::open(tx, id).await?;
    check(&edit, &inboxes::get(tx, edit.after.inbox_id).await?)?;
    let now = tx.now();
    if waiting(tx, &edit).await?.is_none_or(|line| !is_repeat(&line, now)) {
        let by = actor_name(tx).await?;
        messages::say(tx, &mut edit, SystemLine::new(REQUESTED).with("by", by)).await?;
    }
    edit.save(tx).await
}

/// The contact does not want to send technical details. Without a request that waits nothing happens.
///
/// # Errors
/// `not_found`, `conversation_merged`; the storage codes.
pub async fn decline_diagnosis(tx: &Tx<'_>, id: ConversationId) -> Result<Conversation> {
    let mut edit = Edit::open(tx, id).await?;
    rules::check_not_merged(&edit.after)?;
    if waiting(tx, &edit).await?.is_some() {
        messages::say(tx, &mut edit, SystemLine::new(DECLINED)).await?;
    }
    edit.save(tx).await
}

/// Whether the contact can be asked, before anything is said.
fn check(edit: &Edit, inbox: &Inbox) -> Result<()> {
    rules::check_not_merged(&edit.after)?;
    if inbox.kind != InboxKind::WebChat {
        return Err(Error::new(DIAGNOSIS_NOT_HERE));
    }
    if edit.around.contact_blocked {
        return Err(Error::new(CONTACT_BLOCKED));
    }
    if edit.after.state == State::Closed {
        return Err(Error::new(DIAGNOSIS_CLOSED));
    }
    if !files::matches_any(KIND, &inbox.config.attachment_kinds) || inbox.config.max_attachment_mb == 0 {
        return Err(Error::new(DIAGNOSIS_FILE_REFUSED).with("kind", KIND));
    }
    Ok(())
}

fn is_repeat(line: &Message, now: Timestamp) -> bool {
    now.millis_since(line.created_at) < REPEAT_MILLIS
}

/// The last request, as long as it was neither answered nor declined.
async fn waiting(tx: &Tx<'_>, edit: &Edit) -> Result<Option<Message>> {
    let of = edit.after.contact_id;
    let Some(line) = messages::store::last_line(tx, edit.after.id, &[REQUESTED, DECLINED]).await? else {
        return Ok(None);
    };
    let asked = line.system.as_ref().is_some_and(|system| system.code == REQUESTED);
    let answer = messages::store::by_key(tx, of.0, &format!("diagnosis:{}", line.id)).await?;
    Ok(Some(line).filter(|_| asked && answer.is_none()))
}
