//! The statements of this slice.

use std::collections::HashMap;

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{Json, List, Tx, Value, params};
use uuid::Uuid;

use super::model::{COLUMNS, Message, MessageId};
use crate::{conversations::ConversationId, inboxes::InboxId};

pub(crate) async fn insert(tx: &Tx<'_>, m: &Message) -> Result<()> {
    let mentions = if m.mentions.is_empty() { None } else { Some(Json(&m.mentions)) };
    let values = params![
        m.id,
        m.conversation_id,
        m.no,
        m.kind,
        m.public,
        m.author_kind,
        m.author_id,
        &m.body,
        m.attachment_count,
        m.quote_id,
        mentions,
        m.client_key.as_ref(),
        m.system.as_ref().map(Json),
        m.form.as_ref().map(Json),
        m.recalled_at,
        m.created_at,
    ];
    tx.later(INSERT, &values).await
}

const INSERT: &str = "INSERT INTO messages (id, conversation_id, no, kind, public_line, author_kind, author_id, body, \
    attachment_count, quote_id, mentions, client_key, system_line, form, recalled_at, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

pub(crate) async fn one(tx: &Tx<'_>, conversation: ConversationId, id: MessageId) -> Result<Option<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE id = $1 AND conversation_id = $2");
    tx.optional(&sql, &params![id, conversation]).await
}

pub(crate) async fn many(tx: &Tx<'_>, ids: &[MessageId]) -> Result<Vec<Message>> {
    let (sql, values) =
        List::new(&format!("SELECT {COLUMNS} FROM messages")).filter_in("id", ids.iter().copied()).all();
    tx.query(&sql, &values).await
}

/// The message that somebody sent under a key of theirs.
pub(crate) async fn by_key(tx: &Tx<'_>, author: Uuid, client_key: &str) -> Result<Option<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE author_id = $1 AND client_key = $2");
    tx.optional(&sql, &params![author, client_key]).await
}

/// The message that another system delivered under an id of its own.
pub(crate) async fn by_source(tx: &Tx<'_>, inbox: InboxId, external_id: &str) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE id = \
         (SELECT message_id FROM message_sources WHERE inbox_id = $1 AND external_id = $2)"
    );
    tx.optional(&sql, &params![inbox, external_id]).await
}

pub(crate) async fn add_source(
    tx: &Tx<'_>,
    inbox: InboxId,
    external_id: &str,
    message: MessageId,
) -> Result<()> {
    let sql = "INSERT INTO message_sources (inbox_id, external_id, message_id) VALUES ($1, $2, $3)";
    tx.later(sql, &params![inbox, external_id, message]).await
}

/// Which messages of a conversation are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Range {
    /// After a number, oldest first.
    After(i64),
    /// Before a number, the nearest; they come oldest first too.
    Before(i64),
}

/// Messages of a conversation in rising order. `public_only` leaves out what the contact does not see.
pub(crate) async fn page(
    tx: &Tx<'_>,
    conversation: ConversationId,
    range: Range,
    public_only: bool,
    limit: usize,
) -> Result<Vec<Message>> {
    let list = List::new(&format!("SELECT {COLUMNS} FROM messages"))
        .filter("conversation_id = ?", &[conversation.into()]);
    let list = if public_only { list.filter("public_line = TRUE", &[]) } else { list };
    let (list, way) = match range {
        Range::After(no) => (list.filter("no > ?", &[no.into()]), "ASC"),
        Range::Before(no) => (list.filter("no < ?", &[no.into()]), "DESC"),
    };
    let (sql, values) = list.all();
    let mut items: Vec<Message> =
        tx.query(&format!("{sql} ORDER BY no {way} LIMIT {limit}"), &values).await?;
    if way == "DESC" {
        items.reverse();
    }
    Ok(items)
}

/// How many messages the contact wrote after a number.
pub(crate) async fn contact_messages_after(
    tx: &Tx<'_>,
    conversation: ConversationId,
    no: i64,
) -> Result<i64> {
    let sql =
        "SELECT count(*) FROM messages WHERE conversation_id = $1 AND no > $2 AND author_kind = 'contact'";
    Ok(tx.scalar::<i64>(sql, &params![conversation, no]).await?.unwrap_or(0))
}

/// How many messages for the contact stand in conversations after a number of each; those with none are left out.
pub(crate) async fn answers_after(
    tx: &Tx<'_>,
    places: &[(ConversationId, i64)],
) -> Result<HashMap<ConversationId, i64>> {
    let one = |at: usize| {
        format!(
            "SELECT conversation_id, count(*) FROM messages WHERE conversation_id = ${} AND no > ${} \
             AND public_line = TRUE AND author_kind IN ('user', 'bot') GROUP BY conversation_id",
            2 * at + 1,
            2 * at + 2
        )
    };
    if places.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = (0..places.len()).map(one).collect::<Vec<_>>().join(" UNION ALL ");
    let values: Vec<Value> = places.iter().flat_map(|(id, no)| [id.into(), (*no).into()]).collect();
    let rows: Vec<(ConversationId, i64)> = tx.query(&sql, &values).await?;
    Ok(rows.into_iter().collect())
}

/// The last message of each conversation that the contact sees and somebody wrote. Each is read from its own end.
pub(crate) async fn last_public(
    tx: &Tx<'_>,
    places: &[(ConversationId, i64)],
) -> Result<HashMap<ConversationId, Message>> {
    let one = |at: usize| {
        format!(
            "SELECT * FROM (SELECT {COLUMNS} FROM messages WHERE conversation_id = ${} AND kind <> 'system' \
             AND public_line = TRUE ORDER BY no DESC LIMIT 1) m{at}",
            at + 1
        )
    };
    if places.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = (0..places.len()).map(one).collect::<Vec<_>>().join(" UNION ALL ");
    let values: Vec<Value> = places.iter().map(|(id, _)| id.into()).collect();
    let found: Vec<Message> = tx.query(&sql, &values).await?;
    Ok(found.into_iter().map(|message| (message.conversation_id, message)).collect())
}

/// System lines that are looked through for one of a kind.
const LOOKED_THROUGH: usize = 200;

/// The last system line with one of these codes, among the latest lines.
pub(crate) async fn last_line(
    tx: &Tx<'_>,
    conversation: ConversationId,
    codes: &[&str],
) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE conversation_id = $1 AND kind = 'system' ORDER BY no DESC LIMIT {LOOKED_THROUGH}"
    );
    let lines: Vec<Message> = tx.query(&sql, &params![conversation]).await?;
    let wanted =
        |line: &Message| line.system.as_ref().is_some_and(|system| codes.contains(&system.code.as_str()));
    Ok(lines.into_iter().find(wanted))
}

/// Takes the content of a message away; that it was there stays.
pub(crate) async fn recall(tx: &Tx<'_>, id: MessageId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE messages SET body = '', attachment_count = 0, form = NULL, mentions = NULL, recalled_at = $1 WHERE id = $2";
    tx.later(sql, &params![now, id]).await
}

/// Remembers that a message names a user, and tells how many unseen ones the conversation had for them.
pub(crate) async fn add_mention(tx: &Tx<'_>, user: UserId, message: &Message) -> Result<i64> {
    let sql = "INSERT INTO mentions (user_id, conversation_id, no, message_id, seen) VALUES ($1, $2, $3, $4, FALSE)";
    tx.later(sql, &params![user, message.conversation_id, message.no, message.id]).await?;
    let sql = "INSERT INTO mentioned (user_id, conversation_id, unseen, at) VALUES ($1, $2, 1, $3) \
               ON CONFLICT (user_id, conversation_id) DO UPDATE SET unseen = mentioned.unseen + 1, at = excluded.at \
               RETURNING unseen";
    let unseen = tx
        .scalar::<i64>(sql, &params![user, message.conversation_id, message.created_at])
        .await?
        .unwrap_or(1);
    Ok(unseen - 1)
}

/// The user has seen everything in a conversation up to a number. Tells whether that was news, and whether nothing is
/// left unseen.
pub(crate) async fn see_mentions(
    tx: &Tx<'_>,
    user: UserId,
    conversation: ConversationId,
    no: i64,
) -> Result<(bool, bool)> {
    let sql = "SELECT unseen FROM mentioned WHERE user_id = $1 AND conversation_id = $2";
    let unseen: i64 = tx.scalar(sql, &params![user, conversation]).await?.unwrap_or(0);
    if unseen == 0 {
        return Ok((false, true));
    }
    let sql = "UPDATE mentions SET seen = TRUE WHERE user_id = $1 AND conversation_id = $2 AND no <= $3 AND seen = FALSE";
    let seen = i64::try_from(tx.execute(sql, &params![user, conversation, no]).await?).unwrap_or(0);
    if seen == 0 {
        return Ok((false, false));
    }
    set_unseen(tx, user, conversation, unseen - seen).await?;
    Ok((true, unseen == seen))
}

async fn set_unseen(tx: &Tx<'_>, user: UserId, conversation: ConversationId, unseen: i64) -> Result<()> {
    let sql = "UPDATE mentioned SET unseen = $1 WHERE user_id = $2 AND conversation_id = $3";
    tx.later(sql, &params![unseen, user, conversation]).await
}

/// Removes the mentions of a message and gives back the users who now have nothing unseen in the conversation any more.
pub(crate) async fn remove_mentions(tx: &Tx<'_>, message: &Message) -> Result<Vec<UserId>> {
    let sql = "DELETE FROM mentions WHERE message_id = $1 RETURNING user_id, seen";
    let rows: Vec<(UserId, bool)> = tx.query(sql, &params![message.id]).await?;
    let mut relieved = Vec::new();
    for (user, seen) in rows {
        if seen {
            continue;
        }
        let sql = "UPDATE mentioned SET unseen = unseen - 1 WHERE user_id = $1 AND conversation_id = $2 RETURNING unseen";
        let left: Option<i64> = tx.scalar(sql, &params![user, message.conversation_id]).await?;
        if left == Some(0) {
            relieved.push(user);
        }
    }
    Ok(relieved)
}

/// Texts of messages after an id, for filling a search index: id, conversation, number, text, time.
pub(crate) async fn texts_after(tx: &Tx<'_>, after: MessageId, limit: usize) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE id > $1 AND kind <> 'system' AND recalled_at IS NULL ORDER BY id LIMIT $2"
    );
    tx.query(&sql, &params![after, limit]).await
}

/// Messages by id, for showing what they quote.
pub(crate) async fn by_id(tx: &Tx<'_>, ids: &[MessageId]) -> Result<HashMap<MessageId, Message>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(many(tx, ids).await?.into_iter().map(|message| (message.id, message)).collect())
}
