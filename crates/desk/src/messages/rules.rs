//! What a message may be, decided without storage.

use std::collections::BTreeSet;

use heard_kernel::{Actor, ActorKind, Code, Error, REQUIRED, Result, TOO_LONG, Timestamp, clean_text, codes};

use super::model::{AuthorKind, Message, MessageKind, Words};

/// A message can be taken back for two minutes.
pub(crate) const RECALL_TOO_LATE: Code = Code::new("recall_too_late", 409);
/// Only the writer can take a message back.
pub(crate) const RECALL_NOT_OWN: Code = Code::new("recall_not_own", 403);
/// The quoted message is not in this conversation.
pub(crate) const QUOTE_INVALID: Code = Code::new("quote_invalid", 422);
/// There are more than allowed (`params.max`).
pub const TOO_MANY: Code = Code::new("too_many", 422);
/// Users can be named in notes only.
pub(crate) const MENTION_OUTSIDE_NOTE: Code = Code::new("mention_outside_note", 422);
/// The key is not 1 to 128 visible ASCII characters.
pub(crate) const CLIENT_KEY_INVALID: Code = Code::new("client_key_invalid", 422);

/// Characters in a message at most.
pub const MAX_BODY: usize = 20_000;
/// Attachments of a message at most.
pub const MAX_ATTACHMENTS: usize = 10;
/// Users that a note names at most.
const MAX_MENTIONS: usize = 50;
/// Bytes of a form at most.
const MAX_FORM: usize = 16_384;
/// How long a message can be taken back.
pub const RECALL_MILLIS: i64 = 2 * 60_000;
/// Characters of the preview that lists show.
pub(crate) const PREVIEW: usize = 120;

/// Checks and cleans what somebody wants to say.
pub(crate) fn clean(kind: MessageKind, mut words: Words) -> Result<Words> {
    words.body = clean_text("body", &words.body, MAX_BODY)?;
    if words.body.is_empty() && words.attachment_ids.is_empty() && words.form.is_none() {
        return Err(Error::field("body", REQUIRED));
    }
    if words.attachment_ids.len() > MAX_ATTACHMENTS {
        return Err(Error::field("attachment_ids", TOO_MANY).with("max", MAX_ATTACHMENTS));
    }
    if words.mentions.len() > MAX_MENTIONS {
        return Err(Error::field("mentions", TOO_MANY).with("max", MAX_MENTIONS));
    }
    if kind != MessageKind::Note && !words.mentions.is_empty() {
        return Err(Error::field("mentions", MENTION_OUTSIDE_NOTE));
    }
    let bytes = |form| serde_json::to_string(form).map_or(0, |text| text.len());
    if words.form.as_ref().is_some_and(|form| bytes(form) > MAX_FORM) {
        return Err(Error::field("form", TOO_LONG).with("max", MAX_FORM));
    }
    let visible = |key: &String| (1..=128).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    if words.client_key.as_ref().is_some_and(|key| !visible(key)) {
        return Err(Error::field("client_key", CLIENT_KEY_INVALID));
    }
    let unique: BTreeSet<_> = words.mentions.iter().copied().collect();
    words.mentions = unique.into_iter().collect();
    Ok(words)
}

/// Whether a message that came under the same key is the same message. What was taken back cannot be compared any more
/// and counts as the same.
pub(crate) fn is_repeat(earlier: &Message, kind: MessageKind, words: &Words) -> Result<()> {
    let same = earlier.kind == kind
        && earlier.body == words.body
        && earlier.quote_id == words.quote_id
        && earlier.attachment_count == i64::try_from(words.attachment_ids.len()).unwrap_or(i64::MAX);
    if earlier.recalled_at.is_some() || same {
        Ok(())
    } else {
        Err(Error::new(codes::IDEMPOTENCY_KEY_REUSED))
    }
}

/// Whether an actor may take a message back now.
pub(crate) fn check_recall(actor: &Actor, message: &Message, now: Timestamp) -> Result<()> {
    let own = message.kind != MessageKind::System
        && message.author_kind == AuthorKind::from(actor.kind)
        && message.author_id == actor.id;
    if !own && actor.kind != ActorKind::System {
        return Err(Error::new(RECALL_NOT_OWN));
    }
    if now.millis_since(message.created_at) > RECALL_MILLIS {
        return Err(Error::new(RECALL_TOO_LATE).with("minutes", RECALL_MILLIS / 60_000));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use heard_platform::directory::UserId;
    use uuid::Uuid;

    use super::*;

    fn words(body: &str) -> Words {
        Words { body: body.to_owned(), ..Words::default() }
    }

    fn message(kind: MessageKind, body: &str) -> Message {
        Message {
            id: Uuid::from_u128(1).into(),
            conversation_id: Uuid::from_u128(2).into(),
            no: 1,
            kind,
            public: true,
            author_kind: AuthorKind::User,
            author_id: Some(Uuid::from_u128(3)),
            body: body.to_owned(),
            attachment_count: 0,
            quote_id: None,
            mentions: Vec::new(),
            client_key: Some("k".to_owned()),
            system: None,
            form: None,
            recalled_at: None,
            created_at: Timestamp::from_millis(1_000_000),
        }
    }

    fn code(result: Result<impl Sized>) -> &'static str {
        let error = result.err().unwrap();
        error.field_errors().first().map_or(error.code().id, |field| field.code.id)
    }

    #[test]
    fn a_message_says_something_within_its_limits() {
        assert_eq!(clean(MessageKind::Text, words(" 你好\r\n ")).unwrap().body, "你好");
        assert_eq!(code(clean(MessageKind::Text, words(" \u{202E} "))), "required");
        assert_eq!(code(clean(MessageKind::Text, words(&"长".repeat(MAX_BODY + 1)))), "too_long");
        let named = Words { mentions: vec![UserId(Uuid::from_u128(1)); 2], ..words("@a") };
        assert_eq!(code(clean(MessageKind::Text, named.clone())), "mention_outside_note");
        assert_eq!(clean(MessageKind::Note, named).unwrap().mentions.len(), 1);
        let keyed = Words { client_key: Some("a b".to_owned()), ..words("x") };
        assert_eq!(code(clean(MessageKind::Text, keyed)), "client_key_invalid");
    }

    #[test]
    fn the_same_key_means_the_same_message() {
        let earlier = message(MessageKind::Text, "a");
        assert!(is_repeat(&earlier, MessageKind::Text, &words("a")).is_ok());
        assert_eq!(code(is_repeat(&earlier, MessageKind::Text, &words("b"))), "idempotency_key_reused");
        assert_eq!(code(is_repeat(&earlier, MessageKind::Note, &words("a"))), "idempotency_key_reused");
        let recalled = Message { recalled_at: Some(Timestamp::default()), ..earlier };
        assert!(is_repeat(&recalled, MessageKind::Text, &words("b")).is_ok());
    }

    #[test]
    fn only_the_writer_takes_back_and_only_at_once() {
        let message = message(MessageKind::Text, "a");
        let writer = Actor::user(Uuid::from_u128(3), Default::default());
        let at = |millis| message.created_at.plus_millis(millis);
        assert!(check_recall(&writer, &message, at(RECALL_MILLIS)).is_ok());
        assert_eq!(code(check_recall(&writer, &message, at(RECALL_MILLIS + 1))), "recall_too_late");
        let other = Actor::user(Uuid::from_u128(4), Default::default());
        assert_eq!(code(check_recall(&other, &message, at(0))), "recall_not_own");
        let contact = Actor::contact(Uuid::from_u128(3));
        assert_eq!(code(check_recall(&contact, &message, at(0))), "recall_not_own");
    }
}
