//! Fills a database with conversations and cases by the hundred thousand, the same ones for the same numbers.
//!
//! Rows go straight into the tables, since a million commands would take minutes; counters are set to what commands
//! would have kept. Only for measuring: the log holds at most what the search index needs.

mod cases;
mod store;
mod words;

use heard_kernel::{Result, Timestamp};
use heard_store::{Db, Value, params};
use uuid::Uuid;

pub use cases::{CLOCKS, CasePlan, fill_cases};

/// What to fill in.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The inbox that the conversations came through.
    pub inbox: Uuid,
    /// Agents, among whom most conversations are shared out.
    pub agents: Vec<Uuid>,
    /// How many conversations.
    pub conversations: u64,
    /// Messages in each.
    pub messages: u64,
    /// Whether the log tells of the messages, so that they can be found by searching.
    pub events: bool,
    /// The instant of the last message.
    pub now: Timestamp,
}

/// Conversations that are put in with one transaction.
const CHUNK: u64 = 1_000;

/// Of how many conversations one is open, waits or sleeps; the others are closed.
const ACTIVE_OF: u64 = 4;

/// Fills the database and tells `progress` after each thousand conversations.
///
/// # Errors
/// The storage codes.
pub async fn fill(db: &Db, plan: &Plan, mut progress: impl FnMut(u64)) -> Result<()> {
    let mut start = 0;
    while start < plan.conversations {
        let end = (start + CHUNK).min(plan.conversations);
        let rows = Rows::of(plan, start..end);
        db.tx(async move |tx| store::insert(tx, &rows).await).await?;
        start = end;
        progress(start);
    }
    let plan = plan.clone();
    db.tx(async move |tx| store::finish(tx, &plan).await).await
}

/// The rows of some conversations.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) contacts: Vec<Value>,
    pub(crate) conversations: Vec<Value>,
    pub(crate) messages: Vec<Value>,
    pub(crate) events: Vec<Value>,
}

impl Rows {
    fn of(plan: &Plan, numbers: std::ops::Range<u64>) -> Self {
        let mut rows = Self::default();
        for number in numbers {
            rows.add(plan, number);
        }
        rows
    }

    fn add(&mut self, plan: &Plan, number: u64) {
        let at = plan.now.plus_seconds(-60 * i64::try_from(plan.conversations - number).unwrap_or(0));
        let (contact, conversation) = (id(1, number), id(2, number));
        self.add_contact(contact, number, at);
        let mut last = (String::new(), Uuid::nil());
        for no in 1..=plan.messages {
            last = self.add_message(plan, number, no, at);
        }
        let assignee = if number.is_multiple_of(5) { None } else { pick(&plan.agents, number) };
        let active = number.is_multiple_of(ACTIVE_OF);
        let (state, shelf) = if active { ("open", "active") } else { ("closed", "closed") };
        let count = i64::try_from(plan.messages).unwrap_or(i64::MAX);
        let from_contact = plan.messages % 2 == 1;
        let waiting = (active && from_contact).then_some(at);
        self.conversations.extend(params![
            conversation,
            number + 1,
            plan.inbox,
            contact,
            None::<String>,
            state,
            shelf,
            None::<i64>,
            assignee,
            None::<Uuid>,
            "normal",
            count,
            (count + 1) / 2,
            last.1,
            author(from_contact),
            last.0,
            false,
            at,
            waiting,
            waiting.map_or(i64::MAX, Timestamp::millis),
            count,
            count
        ]);
        self.conversations.extend(params![
            0,
            i64::from(active),
            None::<Uuid>,
            None::<String>,
            None::<String>,
            "zh-CN",
            "{}",
            at,
            at,
            at,
            (!active).then_some(at),
            1
        ]);
    }

    fn add_contact(&mut self, id: Uuid, number: u64, at: Timestamp) {
        let name = words::name(number);
        let none = || None::<String>;
        self.contacts.extend(params![
            id,
            &name,
            &name,
            &name,
            none(),
            none(),
            "",
            none(),
            none(),
            none(),
            "{}",
            false,
            at,
            at,
            at,
            1
        ]);
    }

    fn add_message(&mut self, plan: &Plan, number: u64, no: u64, at: Timestamp) -> (String, Uuid) {
        let message = id(3, number * plan.messages + no);
        let body = if (number + 1, no) == (plan.conversations, plan.messages) {
            last_word(plan)
        } else {
            words::sentence(number * 31 + no)
        };
        if plan.events {
            self.add_event(plan, number, no, message, at);
        }
        let from_contact = no % 2 == 1;
        let writer = if from_contact { Some(id(1, number)) } else { plan.agents.first().copied() };
        let none = || None::<String>;
        self.messages.extend(params![
            message,
            id(2, number),
            no,
            "text",
            true,
            author(from_contact),
            writer,
            &body,
            0,
            None::<Uuid>,
            none(),
            none(),
            none(),
            none(),
            None::<i64>,
            at
        ]);
        (body, message)
    }

    fn add_event(&mut self, plan: &Plan, number: u64, no: u64, message: Uuid, at: Timestamp) {
        let from_contact = no % 2 == 1;
        let contact = id(1, number);
        let writer = if from_contact { Some(contact) } else { plan.agents.first().copied() };
        self.events.extend(params![
            Uuid::from_u128(message.as_u128() ^ (7 << 56)),
            "message.posted",
            1,
            "conversation",
            id(2, number),
            serde_json::json!({
                "conversation_id": id(2, number), "message_id": message, "no": no, "kind": "text", "public": true,
                "author_kind": author(from_contact), "author_id": writer, "inbox_id": plan.inbox,
                "contact_id": contact, "assignee_id": null, "team_id": null, "mentions": [],
            })
            .to_string(),
            "contact",
            id(1, number),
            None::<String>,
            at
        ]);
    }
}

/// A word that stands in the last message alone.
pub fn last_word(plan: &Plan) -> String {
    format!("lastword{}", plan.conversations)
}

const fn author(from_contact: bool) -> &'static str {
    if from_contact { "contact" } else { "user" }
}

fn pick(agents: &[Uuid], number: u64) -> Option<Uuid> {
    let place = usize::try_from(number).unwrap_or(0).checked_rem(agents.len())?;
    agents.get(place).copied()
}

/// The id of a thing by kind and number: time-ordered like real ones, so that indexes grow as they would.
fn id(kind: u128, number: u64) -> Uuid {
    Uuid::from_u128(
        (u128::from(1_700_000_000_000 + number) << 80)
            | (7 << 76)
            | (2 << 62)
            | (kind << 56)
            | u128::from(number & 0xFF_FFFF_FFFF),
    )
}
