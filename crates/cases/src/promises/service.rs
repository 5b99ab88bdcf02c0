//! Making, keeping and withdrawing promises.

use heard_desk::{
    conversations::{self, ConversationId},
    messages::{self, MessageId},
};
use heard_kernel::{
    Actor, Code, Cursor, Error, Page, PageRequest, Result, Timestamp, clean_text,
    clock_policy::{Limit, Policy},
};
use heard_platform::directory::{self, UserId};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;
use uuid::Uuid;

use super::{
    events::{PromiseBroken, PromiseKept, PromiseMade, PromiseReassigned, PromiseReopened, PromiseWithdrawn},
    model::{Promise, PromiseId, PromiseState},
    store,
};
use crate::{
    cases::{self, CaseId},
    clocks::{self, ClockTerms, NewClock, Subject, SubjectKind},
    plans::Text,
    rights,
};

/// The promise is settled: kept, done late or withdrawn.
pub(crate) const PROMISE_SETTLED: Code = Code::new("promise_settled", 409);
/// The promise was not said to be done, so that there is nothing to take back.
pub(crate) const PROMISE_NOT_DONE: Code = Code::new("promise_not_done", 409);
/// The owner is not a user.
pub(crate) const OWNER_UNKNOWN: Code = Code::new("promise_owner_unknown", 422);
/// The message is not one of the conversation.
pub(crate) const MESSAGE_UNKNOWN: Code = Code::new("promise_message_unknown", 422);

/// Characters of a promise or a reason at most.
const MAX_BODY: usize = 2_000;
/// Characters of a promise in the name of its clock.
const NAME: usize = 60;

/// A promise to be made.
#[derive(Clone, PartialEq, Debug)]
pub struct NewPromise {
    /// What is promised.
    pub body: String,
    /// Who has to keep it; who enters it when absent.
    pub owner_id: Option<UserId>,
    /// How long it may take, or the instant until which it is done.
    pub limit: Limit,
    /// The calendar that working time is counted in; the default when absent.
    pub calendar: Option<String>,
    /// The case that it is made in.
    pub case_id: Option<Uuid>,
    /// The conversation that it is made in.
    pub conversation_id: Option<ConversationId>,
    /// The message that it is made with, in that conversation.
    pub message_id: Option<MessageId>,
    /// When it was made, if that was earlier; that of the message when absent.
    pub promised_at: Option<Timestamp>,
}

/// Makes a promise and starts its clock.
///
/// # Errors
/// `forbidden`, `user_required`, `not_found` when the case or conversation is not the actor's to see, `case_merged`,
/// `case_archived`, `validation_failed`; the storage codes.
pub async fn make(tx: &Tx<'_>, new: NewPromise) -> Result<PromiseId> {
    tx.actor().require(rights::WORK)?;
    let created_by = UserId(tx.actor().user_id()?);
    let body = clean_text("body", &new.body, MAX_BODY)?;
    if body.is_empty() {
        return Err(Error::field("body", heard_kernel::REQUIRED));
    }
    let policy = Policy::new(new.limit).unpaused();
    policy.check()?;
    if let Some(case) = new.case_id {
        let (case, _) = cases::visible(tx, tx.actor(), CaseId(case)).await?;
        cases::check_active(&case)?;
    }
    let owner_id = owner(tx, new.owner_id.unwrap_or(created_by)).await?;
    let said_at = place(tx, new.conversation_id, new.message_id).await?;
    let promised_at = new.promised_at.or(said_at).unwrap_or(tx.now()).min(tx.now());
    let id: PromiseId = tx.new_id();
    let name = heard_kernel::preview(&body, NAME);
    let terms = ClockTerms {
        calendar: new.calendar,
        ..ClockTerms::new("promise", Text { zh: name.clone(), en: name }, policy)
    };
    let clock = NewClock {
        subject: Subject::new(SubjectKind::Promise, id),
        case_id: new.case_id,
        owner_id: Some(owner_id),
        started_at: promised_at,
        terms,
    };
    let promise = Promise {
        id,
        body,
        state: PromiseState::Open,
        owner_id,
        case_id: new.case_id,
        conversation_id: new.conversation_id,
        message_id: new.message_id,
        clock_id: clocks::start(tx, clock).await?,
        created_by,
        promised_at,
        done_at: None,
        reason: None,
        created_at: tx.now(),
        version: 1,
    };
    store::insert(tx, &promise).await?;
    tx.emit(&PromiseMade { standing: (&promise).into(), at: promised_at })?;
    Ok(id)
}

async fn owner(tx: &Tx<'_>, id: UserId) -> Result<UserId> {
    match directory::user_refs(tx, &[id.0]).await?.contains_key(&id.0) {
        true => Ok(id),
        false => Err(Error::field("owner_id", OWNER_UNKNOWN)),
    }
}

/// Makes sure that the actor sees where the promise was made, and tells when it was said.
async fn place(
    tx: &Tx<'_>,
    conversation: Option<ConversationId>,
    message: Option<MessageId>,
) -> Result<Option<Timestamp>> {
    let Some(conversation) = conversation else {
        return match message {
            Some(_) => Err(Error::field("conversation_id", heard_kernel::REQUIRED)),
            None => Ok(None),
        };
    };
    conversations::one(tx, tx.actor(), conversation).await?;
    let Some(message) = message else { return Ok(None) };
    match messages::one(tx, tx.actor(), conversation, message).await {
        Ok(message) => Ok(Some(message.created_at)),
        Err(error) if error.is(heard_kernel::codes::NOT_FOUND) => {
            Err(Error::field("message_id", MESSAGE_UNKNOWN))
        }
        Err(error) => Err(error),
    }
}

/// Says that what was promised is done, also when its case is archived by then: a promise outlives the work on a case.
/// Done too late, the promise stays broken.
///
/// # Errors
/// `forbidden`, `not_found`, `promise_settled`; the storage codes.
pub async fn keep(tx: &Tx<'_>, id: PromiseId) -> Result<()> {
    let mut promise = pending(tx, id).await?;
    let subject = Subject::new(SubjectKind::Promise, id);
    clocks::fulfil(tx, subject, &[], tx.now()).await?;
    let late = clocks::breached_at(tx, promise.clock_id).await?;
    if let Some(at) = late.filter(|_| promise.state == PromiseState::Open) {
        tx.emit(&PromiseBroken { standing: (&promise).into(), at })?;
    }
    promise.state = if late.is_some() { PromiseState::Broken } else { PromiseState::Kept };
    promise.done_at = Some(tx.now());
    store::save(tx, &promise).await?;
    tx.emit(&PromiseKept { standing: (&promise).into(), at: tx.now(), late: late.is_some() })
}

/// Says that what was promised is not done after all: its clock goes on with its history, and the promise is open or, when
/// its time ran out, broken.
///
/// # Errors
/// `forbidden`, `not_found`, `promise_not_done`; the storage codes.
pub async fn reopen(tx: &Tx<'_>, id: PromiseId) -> Result<()> {
    let mut promise = to_change(tx, id).await?;
    if promise.done_at.is_none() {
        return Err(Error::new(PROMISE_NOT_DONE));
    }
    clocks::reopen(tx, promise.clock_id, "").await?;
    let late = clocks::breached_at(tx, promise.clock_id).await?.is_some();
    promise.state = if late { PromiseState::Broken } else { PromiseState::Open };
    promise.done_at = None;
    store::save(tx, &promise).await?;
    tx.emit(&PromiseReopened { standing: (&promise).into() })
}

/// Takes a promise back for a reason.
///
/// # Errors
/// `forbidden`, `not_found`, `promise_settled`, `validation_failed`; the storage codes.
pub async fn withdraw(tx: &Tx<'_>, id: PromiseId, reason: &str) -> Result<()> {
    let mut promise = pending(tx, id).await?;
    let reason = clean_text("reason", reason, MAX_BODY)?;
    if reason.is_empty() {
        return Err(Error::field("reason", heard_kernel::REQUIRED));
    }
    clocks::cancel(tx, Subject::new(SubjectKind::Promise, id), &[], &reason).await?;
    promise.state = PromiseState::Withdrawn;
    promise.reason = Some(reason);
    store::save(tx, &promise).await?;
    tx.emit(&PromiseWithdrawn { standing: (&promise).into() })
}

/// A promise that the actor works with.
async fn to_change(tx: &Tx<'_>, id: PromiseId) -> Result<Promise> {
    tx.actor().require(rights::WORK)?;
    let promise = store::one_to_change(tx, id).await?.ok_or_else(not_found)?;
    check_visible(tx, tx.actor(), &promise).await?;
    Ok(promise)
}

/// A promise that the actor can still do something about.
async fn pending(tx: &Tx<'_>, id: PromiseId) -> Result<Promise> {
    let promise = to_change(tx, id).await?;
    if promise.is_pending() { Ok(promise) } else { Err(Error::new(PROMISE_SETTLED)) }
}

/// The time of a promise ran out. Nothing happens when this was noted before.
pub(super) async fn broken(tx: &Tx<'_>, id: PromiseId, at: Timestamp) -> Result<()> {
    let found = store::one_to_change(tx, id).await?;
    let Some(mut promise) = found.filter(|promise| promise.state == PromiseState::Open) else {
        return Ok(());
    };
    promise.state = PromiseState::Broken;
    store::save(tx, &promise).await?;
    tx.emit(&PromiseBroken { standing: (&promise).into(), at })
}

/// What somebody has still to keep who is recused from the case is for the owner of the case to keep from now on. Nothing
/// happens while the case has no owner.
pub(super) async fn hand_on(tx: &Tx<'_>, id: CaseId) -> Result<()> {
    let recused = cases::recused_of(tx, id).await?;
    if recused.is_empty() {
        return Ok(());
    }
    let Some(case) = cases::store::load(tx, id).await? else { return Ok(()) };
    let Some(owner) = case.owner_id.filter(|owner| !recused.contains(owner)) else { return Ok(()) };
    for promise in store::pending_of_case(tx, id.0).await? {
        if !recused.contains(&promise.owner_id) {
            continue;
        }
        let Some(mut promise) = store::one_to_change(tx, promise.id).await? else { continue };
        let former_owner_id = std::mem::replace(&mut promise.owner_id, owner);
        store::save(tx, &promise).await?;
        clocks::give(tx, promise.clock_id, owner).await?;
        tx.emit(&PromiseReassigned { standing: (&promise).into(), former_owner_id })?;
    }
    Ok(())
}

/// Which promises are wanted.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    /// Those of a case.
    pub case_id: Option<Uuid>,
    /// Those of a conversation.
    pub conversation_id: Option<ConversationId>,
    /// Those that somebody has to keep.
    pub owner_id: Option<UserId>,
    /// Those of which this became.
    pub state: Option<PromiseState>,
}

/// Promises, the newest first. Who does not see all cases sees those of a conversation or case that they see, and
/// otherwise their own.
///
/// # Errors
/// `forbidden`, `user_required`, `not_found`, `cursor_invalid`; the storage codes.
pub async fn list(
    tx: &StoreTx<'_>,
    actor: &Actor,
    mut filter: Filter,
    page: &PageRequest,
) -> Result<Page<Promise>> {
    actor.require(rights::READ)?;
    if let Some(conversation) = filter.conversation_id {
        conversations::one(tx, actor, conversation).await?;
    } else if let Some(case) = filter.case_id {
        cases::visible(tx, actor, CaseId(case)).await?;
    } else if !actor.may(rights::READ_ALL) {
        filter.owner_id = Some(UserId(actor.user_id()?));
    }
    let (after, limit) = (page.after::<Uuid>()?, page.limit());
    let promises = store::list(tx, &filter, after, limit).await?;
    Ok(Page::from_extra(promises, limit, |promise| Cursor::encode(&promise.id)))
}

/// One promise that the actor sees.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn one(tx: &StoreTx<'_>, actor: &Actor, id: PromiseId) -> Result<Promise> {
    actor.require(rights::READ)?;
    let promise = store::one(tx, id).await?.ok_or_else(not_found)?;
    check_visible(tx, actor, &promise).await?;
    Ok(promise)
}

/// The promises of a case for which something is still to be done, the oldest first.
pub(crate) async fn pending_of_case(tx: &StoreTx<'_>, case: CaseId) -> Result<Vec<Promise>> {
    store::pending_of_case(tx, case.0).await
}

/// A promise, for slices that know who is told of it.
pub(crate) async fn find(tx: &StoreTx<'_>, id: PromiseId) -> Result<Option<Promise>> {
    store::one(tx, id).await
}

async fn check_visible(tx: &StoreTx<'_>, actor: &Actor, promise: &Promise) -> Result<()> {
    let own = actor.id.map(UserId).is_some_and(|id| id == promise.owner_id || id == promise.created_by);
    if own || actor.may(rights::READ_ALL) {
        return Ok(());
    }
    match (promise.case_id, promise.conversation_id) {
        (Some(case), _) => cases::visible(tx, actor, CaseId(case)).await.map(drop),
        (None, Some(conversation)) => conversations::one(tx, actor, conversation).await.map(drop),
        (None, None) => Err(not_found()),
    }
    .map_err(|error| if error.is(heard_kernel::codes::NOT_FOUND) { not_found() } else { error })
}

fn not_found() -> Error {
    Error::not_found("promise")
}
