//! Opening a case by a rule.

use std::sync::Arc;

use heard_desk::{
    conversations::{self, ConversationId, Tagged},
    messages::{self, MessageId, MessagePosted},
};
use heard_kernel::{Actor, Error, Result, TOO_LONG, Timestamp};
use heard_platform::directory::TeamId;
use heard_runtime::Tx;

use super::{events::OpenedByRule, rules};
use crate::{
    cases::{self, Classification},
    ground,
    plans::{self, IntakeRule, Pinned},
    rights,
};

/// What happened longer ago is for people to judge: after so many seconds no rule acts on it, also when the log is followed anew.
const STALE: i64 = 24 * 3_600;
/// Messages of a conversation that a case is filled from; of a longer one only what comes from the message on.
const FROM_THE_START: i64 = 200;
/// Characters of a text that rules are tried with.
const MAX_TRIED: usize = 20_000;

/// Where a rule found something.
struct Found<'a> {
    rule: &'a IntakeRule,
    conversation: ConversationId,
    team: Option<TeamId>,
    /// The message with its number.
    message: Option<(MessageId, i64)>,
    at: Timestamp,
}

/// The plan that new cases follow, when it has rules.
pub(super) async fn rules(tx: &Tx<'_>) -> Result<Option<Arc<Pinned>>> {
    match plans::current(tx, None).await {
        Ok(pinned) => Ok(Some(pinned).filter(|pinned| !pinned.plan.intake.is_empty())),
        // No plan is active yet.
        Err(error) if error.code().status < 500 => Ok(None),
        Err(error) => Err(error),
    }
}

/// A customer wrote.
pub(super) async fn message(tx: &Tx<'_>, plan: &Pinned, posted: &MessagePosted, at: Timestamp) -> Result<()> {
    let (conversation, id) = (posted.conversation_id, posted.message_id);
    let written = match messages::one(tx, tx.actor(), conversation, id).await {
        Err(error) if error.code().status == 404 => return Ok(()),
        written => written?,
    };
    let Some(rule) = rules::by_words(&plan.plan.intake, Some(posted.inbox_id), &written.body) else {
        return Ok(());
    };
    let message = Some((id, posted.no));
    open(tx, plan, Found { rule, conversation, team: posted.team_id, message, at }).await
}

/// A conversation got tags.
pub(super) async fn tagged(tx: &Tx<'_>, plan: &Pinned, tagged: &Tagged, at: Timestamp) -> Result<()> {
    let standing = &tagged.standing;
    let Some(rule) = rules::by_tags(&plan.plan.intake, standing.inbox_id, &tagged.added) else {
        return Ok(());
    };
    let conversation = standing.conversation_id;
    open(tx, plan, Found { rule, conversation, team: standing.team_id, message: None, at }).await
}

/// Opens the case that a person would open from the conversation, unless there is one.
async fn open(tx: &Tx<'_>, plan: &Pinned, found: Found<'_>) -> Result<()> {
    if tx.now().millis() - found.at.millis() > STALE * 1_000 {
        return Ok(());
    }
    // A person may be opening one just now.
    match conversations::hold(tx, found.conversation).await {
        Err(error) if error.code().status == 404 => return Ok(()),
        held => held?,
    }
    let known = cases::store::cases_of(tx, found.conversation).await?;
    for id in &known {
        let Some(case) = cases::store::load(tx, *id).await? else { continue };
        // One that was under way when it happened, though it may be archived by now.
        if case.merged_into.is_none() && case.archived_at.is_none_or(|archived| archived >= found.at) {
            return Ok(());
        }
    }
    let zone = ground::zone_in(tx).await?;
    let later = |(_, no): &(MessageId, i64)| !known.is_empty() || *no > FROM_THE_START;
    let from_no = found.message.filter(later).map(|(_, no)| no);
    let drafted = cases::draft_from(tx, tx.actor(), found.conversation, from_no, &zone).await;
    let mut draft = match drafted {
        Err(error) if error.code().status == 404 => return Ok(()),
        drafted => drafted?,
    };
    if draft.title.trim().is_empty() {
        // A conversation of nothing but pictures that got a tag.
        let name = &found.rule.name;
        draft.title = if name.zh.is_empty() { name.en.clone() } else { name.zh.clone() };
    }
    let mut new = draft.into_new(&plan.plan, kind(plan, found.rule));
    if found.message.is_some() {
        // It is a complaint from these words on, whatever was spoken of before.
        new.received_at = Some(found.at);
    }
    let department = found.rule.then.category.as_deref().and_then(|key| plan.plan.department_of(key));
    new.team_id = department.and_then(|department| department.team_id).or(found.team);
    let case = cases::open(tx, new).await?;
    tx.emit(&OpenedByRule {
        standing: (&case).into(),
        rule_key: found.rule.key.clone(),
        conversation_id: found.conversation,
        message_id: found.message.map(|(id, _)| id),
    })
}

fn kind(plan: &Pinned, rule: &IntakeRule) -> Classification {
    let then = &rule.then;
    let proposed = || then.category.as_deref().and_then(|key| plan.plan.severity_proposed(key));
    let severity = then.severity.clone().or_else(|| proposed().map(|level| level.key.clone()));
    Classification {
        type_key: Some(then.case_type.clone()),
        category_key: then.category.clone().map(Some),
        severity_key: severity.map(Some),
        ..Classification::default()
    }
}

/// The rule of a plan that is being written that would open a case on a message, wherever it comes in.
///
/// # Errors
/// `forbidden`, `validation_failed`.
pub(super) fn try_rules<'r>(
    actor: &Actor,
    rules: &'r [IntakeRule],
    text: &str,
) -> Result<Option<&'r IntakeRule>> {
    actor.require(rights::PLAN_READ)?;
    if text.chars().count() > MAX_TRIED {
        return Err(Error::field("text", TOO_LONG).with("max", MAX_TRIED));
    }
    Ok(rules::by_words(rules, None, text))
}
