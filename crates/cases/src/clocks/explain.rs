//! Why a deadline is what it is: for whoever doubts it.

use heard_kernel::{
    Locale, Result, Timestamp,
    calendar::Outcome,
    clock_policy::{Limit, PauseReason, State},
};
use heard_platform::directory::UserRef;
use heard_store::Tx;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    edit::not_found,
    history::{Entry, What},
    model::{Clock, ClockId},
    rules,
    shelf::Shelf,
    store,
    view::ClockView,
};

/// Spans, days and notes that are listed at most.
const LISTED: usize = 200;

/// A clock with the reasons for its deadline.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ClockExplanation {
    /// The clock.
    #[serde(flatten)]
    pub clock: ClockView,
    /// The calculation of a limit in working time: what counted, which days were special, what is doubtful.
    #[schema(required = true)]
    pub outcome: Option<Outcome>,
    /// The reasons in words, a sentence a line, in the caller's language.
    pub words: Vec<String>,
    /// Everything that happened, in the order of the instants.
    pub history: Vec<ClockFact>,
}

/// Something that happened to a clock.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ClockFact {
    /// What: `started`, `paused`, `resumed`, `customer_wrote`, `fulfilled`, `cancelled`, `reopened`, `breached`,
    /// `warned`, `overdue`, `extended`, `changed`, `moved`.
    pub what: String,
    /// When.
    pub at: Timestamp,
    /// When it was noted, if that was later.
    #[schema(required = true)]
    pub noted_at: Option<Timestamp>,
    /// What kind of actor noted it: `user`, `contact`, `bot` or `system`.
    pub actor_kind: String,
    /// The user who noted it.
    #[schema(required = true)]
    pub user: Option<UserRef>,
    /// Why, in the words of who noted it.
    #[schema(required = true)]
    pub reason: Option<String>,
    /// What a pause waits for.
    #[schema(required = true)]
    pub waits_for: Option<PauseReason>,
    /// Percent of a warning.
    #[schema(required = true)]
    pub share: Option<u16>,
    /// Minutes after the breach.
    #[schema(required = true)]
    pub minutes: Option<u32>,
    /// Before a change: the limit.
    #[schema(required = true)]
    pub former_limit: Option<Limit>,
    /// Before a change: the deadline.
    #[schema(required = true)]
    pub former_due_at: Option<Timestamp>,
    #[serde(skip)]
    pub(super) user_id: Option<Uuid>,
}

impl From<&Entry> for ClockFact {
    fn from(entry: &Entry) -> Self {
        let (mut reason, mut waits_for, mut share, mut minutes) = (None, None, None, None);
        match &entry.what {
            What::Paused { reason: why, note } => (waits_for, reason) = (Some(*why), Some(note.clone())),
            What::Cancelled { reason: why }
            | What::Reopened { reason: why }
            | What::Extended { reason: why, .. }
            | What::Changed { reason: why, .. } => {
                reason = Some(why.clone());
            }
            What::Warned { share: reached } => share = Some(*reached),
            What::Overdue { minutes: late } => minutes = Some(*late),
            _ => {}
        }
        let former = entry.what.former();
        let kind = entry.by.map_or(heard_kernel::ActorKind::System, |who| who.kind);
        Self {
            what: entry.what.word().to_owned(),
            at: entry.at,
            noted_at: entry.noted_at,
            actor_kind: kind.as_str().to_owned(),
            user: None,
            reason: reason.filter(|reason| !reason.is_empty()),
            waits_for,
            share,
            minutes,
            former_limit: former.map(|former| former.policy.limit),
            former_due_at: former.and_then(|former| former.due),
            user_id: entry.by.filter(|who| who.kind == heard_kernel::ActorKind::User).and_then(|who| who.id),
        }
    }
}

/// A clock with the reasons for its deadline, without the names of the people in its history.
///
/// # Errors
/// `not_found`; the storage codes.
pub(crate) async fn explain(
    tx: &Tx<'_>,
    id: ClockId,
    now: Timestamp,
    locale: Locale,
) -> Result<ClockExplanation> {
    let clock = store::one(tx, id).await?.ok_or_else(not_found)?;
    of(&clock, &Shelf::at(tx).await?, now, locale)
}

/// The reasons for the deadlines of a case, for its dossier.
///
/// # Errors
/// The storage codes.
pub async fn explain_case(
    tx: &Tx<'_>,
    case: impl Into<Uuid>,
    now: Timestamp,
    locale: Locale,
) -> Result<Vec<ClockExplanation>> {
    let shelf = Shelf::at(tx).await?;
    store::of_case(tx, case.into()).await?.iter().map(|clock| of(clock, &shelf, now, locale)).collect()
}

fn of(clock: &Clock, shelf: &Shelf, now: Timestamp, locale: Locale) -> Result<ClockExplanation> {
    let assessment = rules::assess(clock, shelf, now)?;
    let terms = rules::current_terms(clock, shelf)?;
    let words = assessment.words(terms, locale)?;
    let outcome = if assessment.state == State::NotStarted { None } else { assessment.outcome(terms)? };
    let mut history: Vec<ClockFact> = clock.history.iter().map(ClockFact::from).collect();
    history.sort_by_key(|fact| fact.at);
    Ok(ClockExplanation {
        clock: ClockView::of(clock, shelf, assessment)?,
        outcome: outcome.map(shorten),
        words,
        history,
    })
}

/// Keeps the lists of a calculation over years within bounds.
fn shorten(mut outcome: Outcome) -> Outcome {
    outcome.counted_omitted += outcome.counted.len().saturating_sub(LISTED);
    outcome.counted.truncate(LISTED);
    outcome.days.truncate(LISTED);
    outcome.notes.truncate(LISTED);
    outcome
}
