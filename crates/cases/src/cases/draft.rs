//! What a case from a conversation would begin with: nothing is stored, a person looks at it and opens it, or a rule does.

use heard_desk::{
    contacts,
    conversations::{self, ConversationId},
    messages::{self, AuthorKind, Message, MessageId, Range},
};
use heard_kernel::{Actor, Result, Timestamp, preview};
use heard_platform::files::AttachmentId;
use heard_store::Tx;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{
    model::{CaseId, Complainant, Source},
    rules::check_custom,
    service::{AT_ONCE, CaseFields, Classification, NewCase, NewEvidence, TITLE},
    store::{self, Filters, Order, Query},
};
use crate::{
    plans::{self, CaseFacts, Plan},
    rights,
};

/// Messages of a conversation that are looked at.
const MESSAGES: usize = 200;
/// Characters of what the customer said that are taken over.
const FACTS: usize = 10_000;

/// A file that may become evidence.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct DraftEvidence {
    /// The file.
    #[schema(value_type = String, format = Uuid)]
    pub attachment_id: AttachmentId,
    /// Its name.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// Bytes.
    pub size: u64,
    /// The message that it came with.
    pub message_id: MessageId,
    /// The number of that message.
    pub message_no: i64,
}

/// What a case from a conversation would begin with.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct CaseDraft {
    /// The conversation.
    pub conversation_id: ConversationId,
    /// What it is about: the subject, or the beginning of the customer's first words.
    pub title: String,
    /// Who is served.
    pub contact_id: contacts::ContactId,
    /// Who complains.
    pub complainant: Complainant,
    /// How it came.
    pub source: Source,
    /// When the customer turned to us.
    pub received_at: Timestamp,
    /// What the customer said, line by line with its time as the organisation reads it.
    pub facts: String,
    /// Files that the customer sent.
    pub evidence: Vec<DraftEvidence>,
    /// Fields of the plan that the form of the conversation answers.
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
    pub custom: Map<String, Value>,
    /// Cases of this conversation, and cases of the customer that are under way: perhaps it is one of those.
    pub known_cases: Vec<KnownCase>,
}

/// A case that may be about the same matter.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct KnownCase {
    /// Which one.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// It is linked to the conversation already.
    pub linked: bool,
}

impl CaseDraft {
    /// The case that is opened from the draft when nobody looks at it first: with all files of the customer, and with those answers of
    /// the form that fields of such a case take.
    pub(crate) fn into_new(self, plan: &Plan, kind: Classification) -> NewCase {
        let facts = CaseFacts {
            category: kind.category_key.as_ref().and_then(Option::as_deref),
            severity: kind.severity_key.as_ref().and_then(Option::as_deref),
            ..CaseFacts::of_type(kind.type_key.as_deref().unwrap_or_default())
        };
        let fits = |key: &String, value: &Value| {
            check_custom(plan, &facts, &Map::from_iter([(key.clone(), value.clone())])).is_ok()
        };
        let custom = self.custom.into_iter().filter(|(key, value)| fits(key, value)).collect();
        let files = self.evidence.into_iter().take(AT_ONCE);
        NewCase {
            fields: CaseFields {
                title: Some(self.title),
                contact_id: Some(Some(self.contact_id)),
                complainant: Some(self.complainant),
                source: Some(self.source),
                facts: Some(self.facts),
                custom: Some(custom),
                ..CaseFields::default()
            },
            classification: kind,
            received_at: Some(self.received_at),
            conversation_ids: vec![self.conversation_id],
            evidence: files
                .map(|file| NewEvidence {
                    attachment_id: file.attachment_id,
                    note: String::new(),
                    given_by: None,
                })
                .collect(),
            ..NewCase::default()
        }
    }
}

/// Drafts a case from what a customer said in a conversation, from a message on when one is named.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub(crate) async fn from_conversation(
    tx: &Tx<'_>,
    actor: &Actor,
    id: ConversationId,
    from_no: Option<i64>,
    zone: &TimeZone,
) -> Result<CaseDraft> {
    actor.require(rights::WORK)?;
    let range = Range::After(from_no.map_or(0, |no| no.max(1) - 1));
    let (loaded, shown) = messages::page(tx, actor, id, range, MESSAGES).await?;
    let conversation = loaded.conversation;
    let said: Vec<&Message> = shown
        .messages
        .iter()
        .filter(|message| message.author_kind == AuthorKind::Contact && message.recalled_at.is_none())
        .collect();
    let contact = contacts::find(tx, conversation.contact_id).await?;
    let reach = contact.as_ref().and_then(|contact| contact.phone.clone().or_else(|| contact.email.clone()));
    // Who says hello first and then what is wrong complains of the second; otherwise half of all cases would be called "Hello".
    let first = said
        .iter()
        .find(|message| !only_greets(&message.body))
        .or_else(|| said.iter().find(|message| !message.body.trim().is_empty()));
    let title = conversation.subject.clone().or_else(|| first.map(|message| preview(&message.body, 60)));
    // Nobody is called "Visitor 4F2A": who has not given a name stays without one until it is known.
    let name = contact.as_ref().and_then(|contact| contact.name.clone());
    let evidence = said.iter().flat_map(|message| {
        let files = shown.attachments.get(&message.id.0).into_iter().flatten();
        files.map(|file| DraftEvidence {
            attachment_id: file.id,
            name: file.name.clone(),
            kind: file.kind.clone(),
            size: file.size,
            message_id: message.id,
            message_no: message.no,
        })
    });
    Ok(CaseDraft {
        conversation_id: id,
        title: title.unwrap_or_default().chars().take(TITLE).collect(),
        contact_id: conversation.contact_id,
        complainant: Complainant { name: name.unwrap_or_default(), contact: reach.unwrap_or_default() },
        source: Source::Conversation,
        received_at: said.first().map_or(conversation.created_at, |message| message.created_at),
        facts: facts(&said, zone),
        evidence: evidence.collect(),
        custom: answers(tx, &conversation).await?,
        known_cases: known_cases(tx, actor, id, conversation.contact_id).await?,
    })
}

/// How people begin, longer words before those that are in them.
const GREETINGS: [&str; 24] = [
    "good afternoon",
    "good morning",
    "good evening",
    "anyone there",
    "有人在吗",
    "有没有人",
    "hello",
    "有人吗",
    "下午好",
    "早上好",
    "上午好",
    "晚上好",
    "hey",
    "你好",
    "您好",
    "在吗",
    "在么",
    "在不",
    "哈喽",
    "客服",
    "人工",
    "hi",
    "嗨",
    "喂",
];

/// Whether a message says nothing but hello.
fn only_greets(body: &str) -> bool {
    let rest = GREETINGS.iter().fold(body.to_lowercase(), |rest, word| rest.replace(word, " "));
    !rest.chars().any(char::is_alphanumeric)
}

fn facts(said: &[&Message], zone: &TimeZone) -> String {
    let mut text = String::new();
    for message in said.iter().filter(|message| !message.body.trim().is_empty()) {
        let at = message.created_at.to_jiff().to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M");
        let line = format!("{at} {}\n", message.body.trim());
        if text.chars().count() + line.chars().count() > FACTS {
            break;
        }
        text.push_str(&line);
    }
    text.trim_end().to_owned()
}

/// Answers of the form that fit fields of the active plan, by their keys.
async fn answers(tx: &Tx<'_>, conversation: &conversations::Conversation) -> Result<Map<String, Value>> {
    let Ok(pinned) = plans::current(tx, None).await else { return Ok(Map::new()) };
    let known = |key: &str| pinned.plan.field(key).is_some();
    Ok(conversation
        .custom
        .iter()
        .filter(|(key, _)| known(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect())
}

async fn known_cases(
    tx: &Tx<'_>,
    actor: &Actor,
    conversation: ConversationId,
    contact: contacts::ContactId,
) -> Result<Vec<KnownCase>> {
    let linked = store::cases_of(tx, conversation).await?;
    let request = super::query::CaseQuery { contact_id: Some(contact), ..Default::default() };
    let query = Query {
        scope: request.scope(actor),
        shelf: request.shelf(),
        filters: Filters { contact_id: Some(contact), ..Filters::default() },
        order: Order::Newest,
        not_recused: super::query::recusals(tx, actor).await?,
        after: None,
        limit: 10,
    };
    let found = store::page(tx, &query).await?;
    Ok(found
        .into_iter()
        .map(|listed| KnownCase {
            linked: linked.contains(&listed.case.id),
            id: listed.case.id,
            number: listed.case.number(),
            title: listed.case.title,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::only_greets;

    #[test]
    fn a_greeting_is_no_title() {
        for body in ["你好", "您好，在吗？", "Hello!", "hi, anyone there?", "  ", "…", "人工客服"]
        {
            assert!(only_greets(body), "{body}");
        }
        for body in ["你好，订单没有发货", "This is broken", "客服态度差", "12315", "喂不好用"]
        {
            assert!(!only_greets(body), "{body}");
        }
    }
}
