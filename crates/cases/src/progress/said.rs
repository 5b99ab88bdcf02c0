//! What customers do on the page.

use heard_desk::{
    conversations::{self, Conversation},
    inbound::{Destination, Inbound, receive},
    messages::{MessageId, Words},
};
use heard_kernel::{Actor, Code, Error, REQUIRED, Result, clean_text};
use heard_platform::files::{self, AttachmentId, NewUpload, Purpose};
use heard_runtime::{Ctx, Tx};

use super::{
    events::{ProgressAnswered, ProgressRated, ProgressSaid},
    form::Part,
    model::{Input, InputKind, LinkId},
    service::find,
    store,
};
use crate::{
    cases::{self, Case, CaseState, Giver, NewEvidence, edit::Edit},
    plans::StageKind,
};

/// A form has too many files (`params.max`).
const TOO_MANY: Code = cases::TOO_MANY;
const FILES: usize = 5;
const WORDS: usize = 5_000;
const WHY: usize = 2_000;
/// Bytes of a file.
const LIMIT: u64 = 20 * 1024 * 1024;

/// Who acts on the page: the contact of the case. One without a contact is acted on by Heard itself.
fn who(case: &Case) -> Actor {
    case.contact_id.map_or_else(Actor::system, |contact| Actor::contact(contact.0))
}

/// The customer adds words and files.
pub(super) async fn say(ctx: &Ctx, token: &str, words: &str, sent: Vec<Part>) -> Result<()> {
    let words = clean_text("words", words, WORDS)?;
    let sent: Vec<Part> = sent.into_iter().filter(|part| !part.content.is_empty()).collect();
    if words.is_empty() && sent.is_empty() {
        return Err(Error::field("words", REQUIRED));
    }
    if sent.len() > FILES {
        return Err(Error::field("files", TOO_MANY).with("max", FILES));
    }
    let now = ctx.now();
    let secret = token.to_owned();
    let (_, case) = ctx.read(async move |tx| find(tx, &secret, now).await).await?;
    let actor = who(&case);
    let mut stored: Vec<(AttachmentId, String)> = Vec::new();
    for part in sent {
        let name = part.file_name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "file".to_owned());
        let new = NewUpload {
            name,
            size: part.content.len() as u64,
            purpose: Purpose::Evidence,
            conversation_id: None,
            limit: LIMIT,
            kinds: Vec::new(),
        };
        let file = files::store_bytes(ctx, &actor, new, part.content).await?;
        stored.push((file.id, file.name));
    }
    let secret = token.to_owned();
    ctx.tx(&actor, async move |tx| {
        let (link, case) = find(tx, &secret, now).await?;
        for (id, _) in &stored {
            let piece =
                NewEvidence { attachment_id: *id, note: String::new(), given_by: Some(Giver::Customer) };
            cases::put_evidence(tx, &case, piece).await?;
        }
        let names: Vec<String> = stored.iter().map(|(_, name)| name.clone()).collect();
        let message = pass_on(tx, &case, &words, &names).await?;
        let input = note(tx, &case, link.id, InputKind::Words, &words, "", names, message).await?;
        if message.is_none() {
            cases::customer_wrote(tx, case.id, tx.now()).await?;
        }
        let files = i64::try_from(stored.len()).unwrap_or(0);
        tx.emit(&ProgressSaid { standing: (&case).into(), input_id: input.id, files })
    })
    .await
}

#[allow(clippy::too_many_arguments, reason = "the columns of a row")]
async fn note(
    tx: &Tx<'_>,
    case: &Case,
    link_id: LinkId,
    kind: InputKind,
    body: &str,
    answer: &str,
    file_names: Vec<String>,
    message_id: Option<MessageId>,
) -> Result<Input> {
    let input = Input {
        id: tx.new_id(),
        case_id: case.id,
        link_id,
        kind,
        body: body.to_owned(),
        answer: answer.to_owned(),
        message_id,
        at: tx.now(),
        file_names,
    };
    store::add_input(tx, &input).await?;
    Ok(input)
}

/// What was written becomes a message of the customer's conversation, where there is one that takes it.
async fn pass_on(tx: &Tx<'_>, case: &Case, words: &str, files: &[String]) -> Result<Option<MessageId>> {
    let Some(contact) = case.contact_id else { return Ok(None) };
    let Some(conversation) = own_conversation(tx, case).await? else { return Ok(None) };
    let mut body = words.to_owned();
    for name in files {
        body.push_str(&format!("\n[{name}]"));
    }
    let words = Words { body: body.trim().to_owned(), ..Words::default() };
    let inbound =
        Inbound::new(conversation.inbox_id, contact, Destination::Conversation(conversation.id), words);
    match receive(tx, inbound).await {
        Ok(received) => Ok(Some(received.message.id)),
        // What the desk does not take now is kept with the case.
        Err(error) if ["contact_blocked", "inbox_paused"].contains(&error.code().id) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The conversation of the case's contact that was linked last.
async fn own_conversation(tx: &Tx<'_>, case: &Case) -> Result<Option<Conversation>> {
    let system = Actor::system();
    for (id, _) in cases::store::conversations(tx, case.id).await?.into_iter().rev() {
        let Ok(listed) = conversations::one(tx, &system, id).await else { continue };
        if Some(listed.loaded.conversation.contact_id) == case.contact_id {
            return Ok(Some(listed.loaded.conversation));
        }
    }
    Ok(None)
}

/// The customer says whether it is solved. If not, an archived case is opened again, and one that was about to be told goes
/// back to handling.
pub(super) async fn answer(ctx: &Ctx, token: &str, solved: bool, why: &str) -> Result<()> {
    let (why, secret, now) = (clean_text("why", why, WHY)?, token.to_owned(), ctx.now());
    // The rules of reopening are the page's own: the link is valid as long as the plan allows it.
    ctx.tx(&Actor::system(), async move |tx| {
        let (link, case) = find(tx, &secret, now).await?;
        let word = if solved { "solved" } else { "unsolved" };
        let input = note(tx, &case, link.id, InputKind::Answer, &why, word, Vec::new(), None).await?;
        if !solved {
            handle_again(tx, &case, &why).await?;
        }
        cases::customer_wrote(tx, case.id, tx.now()).await?;
        let case = cases::store::load(tx, case.id).await?.unwrap_or(case);
        tx.emit(&ProgressAnswered { standing: (&case).into(), input_id: input.id, solved })
    })
    .await
}

async fn handle_again(tx: &Tx<'_>, case: &Case, why: &str) -> Result<()> {
    let reason = if why.is_empty() {
        "客户表示没有解决 / the customer says that it is not solved"
    } else {
        why
    };
    if case.state == CaseState::Archived {
        return cases::reopen(tx, case.id, None, reason).await.map(drop);
    }
    let edit = Edit::hold(tx, case.id).await?;
    let row = edit.plan.plan.row_of(&edit.facts());
    let handling = row.and_then(|row| row.stage_of(StageKind::Handle)).map(|stage| stage.key.clone());
    let past = matches!(case.stage_kind, Some(StageKind::Tell | StageKind::FollowUp | StageKind::Archive));
    match handling.filter(|_| past) {
        Some(stage) => cases::return_to_stage(tx, case.id, &stage, reason).await.map(drop),
        None => Ok(()),
    }
}

/// The customer says how satisfied they are. Saying it again replaces the score; every answer is kept.
pub(super) async fn rate(ctx: &Ctx, token: &str, score: i64, why: &str) -> Result<()> {
    if !(1..=5).contains(&score) {
        return Err(Error::field("score", REQUIRED));
    }
    let (why, secret, now) = (clean_text("why", why, WHY)?, token.to_owned(), ctx.now());
    ctx.tx(&Actor::system(), async move |tx| {
        let (link, case) = find(tx, &secret, now).await?;
        let mut edit = Edit::hold(tx, case.id).await?;
        edit.after.satisfaction = Some(score);
        edit.after.record.satisfaction_unsaid = false;
        edit.after.record.satisfaction_words.clone_from(&why);
        let case = edit.save(tx).await?;
        let input =
            note(tx, &case, link.id, InputKind::Rating, &why, &score.to_string(), Vec::new(), None).await?;
        tx.emit(&ProgressRated { standing: (&case).into(), input_id: input.id, score })
    })
    .await
}
