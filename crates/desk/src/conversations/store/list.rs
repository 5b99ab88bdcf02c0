//! Pages of conversations. Each branch of a list picks sort keys and ids from one index range; the rows around them are
//! joined for that page only, so the size of the table does not matter.

use std::fmt::Write;

use heard_kernel::{Result, fold_key};
use heard_platform::directory::{TeamId, UserId};
use heard_store::{FromRow, Row, Tx, Value};
use uuid::Uuid;

use super::super::model::{AROUND, AROUND_WIDTH, COLUMNS, ConversationId, Loaded, Shelf, State, WIDTH};
use crate::{contacts::ContactId, inboxes::InboxId, tags::TagId};

/// Which conversations a list holds.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Scope {
    /// Those of these inboxes; `None` means all inboxes.
    Inboxes(Option<Vec<InboxId>>),
    /// Those of these inboxes that nobody serves.
    Unassigned(Option<Vec<InboxId>>),
    /// Those that a user serves.
    Assignee(UserId),
    /// Those that one of these teams serves.
    Teams(Vec<TeamId>),
    /// Those of a contact.
    Contact(ContactId),
    /// Those that mention a user.
    Mentions(UserId),
}

/// The order of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Order {
    /// What happened last comes first.
    #[default]
    Recent,
    /// What has been quiet longest comes first.
    Oldest,
    /// Who has waited longest comes first.
    Waiting,
}

/// A page that is wanted.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Query {
    /// Which conversations.
    pub(crate) scope: Scope,
    /// Only in these inboxes; for scopes that do not go by inbox.
    pub(crate) inboxes: Option<Vec<InboxId>>,
    /// On which list they are; `None` means any but merged ones.
    pub(crate) shelf: Option<Shelf>,
    /// Only in this state.
    pub(crate) state: Option<State>,
    /// Only served by this user.
    pub(crate) assignee_id: Option<UserId>,
    /// Only served by this team.
    pub(crate) team_id: Option<TeamId>,
    /// Only with this tag.
    pub(crate) tag_id: Option<TagId>,
    /// Only with these words in number, subject, last message or contact.
    pub(crate) words: Option<String>,
    /// In which order.
    pub(crate) order: Order,
    /// For whom unread messages, mentions and drafts are shown.
    pub(crate) viewer: Uuid,
    /// Sort key and id of the last item before the page.
    pub(crate) after: Option<(i64, ConversationId)>,
    /// How many.
    pub(crate) limit: usize,
}

/// A row of a list.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed {
    /// The conversation.
    pub loaded: Loaded,
    /// How many of the contact's messages the viewer has read.
    pub read_count: i64,
    /// Whether it mentions the viewer, who has not looked yet.
    pub mentioned: bool,
    /// Whether the viewer has a draft in it.
    pub draft: bool,
    /// What it was sorted by.
    pub key: i64,
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let at = WIDTH + AROUND_WIDTH;
        Ok(Self {
            loaded: Loaded::from_row(row)?,
            read_count: row.get::<Option<i64>>(at)?.unwrap_or(0),
            mentioned: row.get::<Option<i64>>(at + 1)?.unwrap_or(0) > 0,
            draft: row.get::<Option<i64>>(at + 2)?.is_some(),
            key: row.get(at + 3)?,
        })
    }
}

/// A statement in the making: each `?` of a piece takes the next of its values.
#[derive(Default)]
struct Text {
    sql: String,
    values: Vec<Value>,
}

impl Text {
    fn add(&mut self, piece: &str, values: impl IntoIterator<Item = Value>) {
        let mut values = values.into_iter();
        for part in piece.split_inclusive('?') {
            match part.strip_suffix('?') {
                Some(before) => {
                    self.values.push(values.next().unwrap_or(Value::Null));
                    let _ = write!(self.sql, "{before}${}", self.values.len());
                }
                None => self.sql.push_str(part),
            }
        }
    }
}

/// One page; one row more than the limit when there is a next one.
pub(crate) async fn page(tx: &Tx<'_>, query: &Query) -> Result<Vec<Listed>> {
    let text = statement(query);
    tx.query(&text.sql, &text.values).await
}

/// One conversation as a list would show it.
pub(crate) async fn one_listed(tx: &Tx<'_>, id: ConversationId, viewer: Uuid) -> Result<Option<Listed>> {
    let mut text = Text::default();
    let _ = write!(text.sql, "SELECT {COLUMNS}, {AROUND}, {OWN}, c.active_at FROM conversations c");
    text.add(ROWS, [viewer.into(), viewer.into(), viewer.into()]);
    text.add(" WHERE c.id = ?", [id.into()]);
    tx.optional(&text.sql, &text.values).await
}

/// What a row shows of the viewer's own.
const OWN: &str = "r.contact_count, m.unseen, d.updated_at";
/// The rows around a conversation.
const ROWS: &str = " LEFT JOIN inboxes i ON i.id = c.inbox_id LEFT JOIN contacts k ON k.id = c.contact_id \
    LEFT JOIN conversation_reads r ON r.conversation_id = c.id AND r.user_id = ? \
    LEFT JOIN mentioned m ON m.user_id = ? AND m.conversation_id = c.id \
    LEFT JOIN drafts d ON d.user_id = ? AND d.conversation_id = c.id";

fn statement(query: &Query) -> Text {
    let mut text = Text::default();
    let _ = write!(text.sql, "SELECT {COLUMNS}, {AROUND}, {OWN}, p.sort_key FROM (");
    let way = if query.order == Order::Recent { "DESC" } else { "ASC" };
    let branches = branches(&query.scope);
    let many = branches.len() > 1;
    for (index, branch) in branches.iter().enumerate() {
        if index > 0 {
            text.sql.push_str(" UNION ALL ");
        }
        if many {
            text.sql.push_str("SELECT sort_key, id FROM (");
        }
        add_branch(&mut text, query, branch, way);
        if many {
            let _ = write!(text.sql, ") b{index}");
        }
    }
    if many {
        let _ = write!(text.sql, " ORDER BY sort_key {way}, id {way} LIMIT {}", query.limit + 1);
    }
    text.sql.push_str(") p LEFT JOIN conversations c ON c.id = p.id");
    text.add(ROWS, [query.viewer.into(), query.viewer.into(), query.viewer.into()]);
    let _ = write!(text.sql, " ORDER BY p.sort_key {way}, p.id {way}");
    text
}

/// One index range of a list.
struct Branch {
    key: Option<&'static str>,
    from: &'static str,
    condition: &'static str,
    value: Option<Value>,
}

const PLAIN: &str = "conversations c";

fn branches(scope: &Scope) -> Vec<Branch> {
    let plain = |condition, value| Branch { key: None, from: PLAIN, condition, value };
    let by_inbox = |inboxes: &Option<Vec<InboxId>>, all, one: &'static str| match inboxes {
        None => vec![plain(all, None)],
        Some(ids) if ids.is_empty() => vec![plain("1 = 0", None)],
        Some(ids) => ids.iter().map(|id| plain(one, Some(id.into()))).collect(),
    };
    match scope {
        Scope::Inboxes(ids) => by_inbox(ids, "1 = 1", "c.inbox_id = ?"),
        Scope::Unassigned(ids) => {
            by_inbox(ids, "c.assignee_id IS NULL", "c.inbox_id = ? AND c.assignee_id IS NULL")
        }
        Scope::Assignee(user) => vec![plain("c.assignee_id = ?", Some(user.into()))],
        Scope::Teams(teams) if teams.is_empty() => vec![plain("1 = 0", None)],
        Scope::Teams(teams) => teams.iter().map(|team| plain("c.team_id = ?", Some(team.into()))).collect(),
        Scope::Contact(contact) => vec![plain("c.contact_id = ?", Some(contact.into()))],
        Scope::Mentions(user) => vec![Branch {
            key: Some("n.at"),
            from: "mentioned n JOIN conversations c ON c.id = n.conversation_id",
            condition: "n.user_id = ?",
            value: Some(user.into()),
        }],
    }
}

fn add_branch(text: &mut Text, query: &Query, branch: &Branch, way: &str) {
    let (key, id) = match (branch.key, query.order) {
        (Some(key), _) => (key, "n.conversation_id"),
        (None, Order::Waiting) => ("c.waiting_key", "c.id"),
        (None, _) => ("c.active_at", "c.id"),
    };
    let _ = write!(text.sql, "SELECT {key} AS sort_key, {id} AS id FROM {}", branch.from);
    let pattern = query.words.as_deref().map(pattern);
    if pattern.is_some() {
        text.sql.push_str(" JOIN contacts s ON s.id = c.contact_id");
    }
    text.sql.push_str(" WHERE ");
    text.add(branch.condition, branch.value.clone());
    match query.shelf {
        Some(shelf) => text.add(" AND c.shelf = ?", [shelf.into()]),
        None => text.sql.push_str(" AND c.merged_into IS NULL"),
    }
    if let Some(inboxes) = &query.inboxes {
        let marks = vec!["?"; inboxes.len()].join(", ");
        text.add(&format!(" AND c.inbox_id IN ({marks})"), inboxes.iter().map(Value::from));
    }
    let filters: [(&str, Option<Value>); 3] = [
        (" AND c.state = ?", query.state.map(Value::from)),
        (" AND c.assignee_id = ?", query.assignee_id.map(Value::from)),
        (" AND c.team_id = ?", query.team_id.map(Value::from)),
    ];
    for (condition, value) in filters {
        if let Some(value) = value {
            text.add(condition, [value]);
        }
    }
    if let Some(tag) = query.tag_id {
        text.add(
            " AND EXISTS (SELECT t.tag_id FROM conversation_tags t WHERE t.conversation_id = c.id AND t.tag_id = ?)",
            [tag.into()],
        );
    }
    if let (Some(pattern), Some(words)) = (pattern, &query.words) {
        let no = words.trim_start_matches('#').parse::<i64>().unwrap_or(-1);
        text.add(
            " AND (c.no = ? OR lower(c.subject) LIKE ? ESCAPE '\\' OR lower(c.last_preview) LIKE ? ESCAPE '\\' \
             OR s.search_key LIKE ? ESCAPE '\\')",
            [no.into(), (&pattern).into(), (&pattern).into(), (&pattern).into()],
        );
    }
    if let Some((after, after_id)) = query.after {
        let sign = if way == "DESC" { "<" } else { ">" };
        text.add(&format!(" AND ({key}, {id}) {sign} (?, ?)"), [after.into(), after_id.into()]);
    }
    let _ = write!(text.sql, " ORDER BY {key} {way}, {id} {way} LIMIT {}", query.limit + 1);
}

/// A pattern for `LIKE` that finds the words anywhere.
pub(crate) fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold_key(words).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
