//! What the page shows of a case.

use heard_desk::{
    conversations,
    messages::{self, AuthorKind, MessageKind, Range},
};
use heard_kernel::{Actor, Locale, Result, Timestamp};
use heard_store::Tx;

use super::{model::InputKind, words::meaning};
use crate::{
    cases::{self, Case, CaseState, StageEnding, StageRun},
    clocks, notices,
    plans::{self, Moment, StageKind, TemplateKind},
};

/// Messages that are shown of each conversation.
const MESSAGES: usize = 50;

/// How far a stage is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Done(Timestamp),
    Now,
    Ahead,
}

/// Something that was said.
pub(super) struct Said {
    pub(super) at: Timestamp,
    pub(super) by_customer: bool,
    pub(super) text: String,
}

/// What the page shows.
pub(super) struct Shown {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) received_at: Timestamp,
    pub(super) archived: bool,
    pub(super) waiting: bool,
    pub(super) stage: Option<String>,
    /// What the present stage means for the customer; not while it waits for them.
    pub(super) meaning: Option<&'static str>,
    pub(super) due_at: Option<Timestamp>,
    pub(super) steps: Vec<(String, Step)>,
    pub(super) said: Vec<Said>,
    /// Whether it is time to ask whether it is solved.
    pub(super) asks: bool,
    pub(super) satisfaction: Option<i64>,
    /// Whether the customer said that it is solved, since it was told last, and when.
    pub(super) answered: Option<(bool, Timestamp)>,
}

/// Reads it. Nothing internal: no owner, no notes, no judgement, no severity.
pub(super) async fn read(tx: &Tx<'_>, case: &Case, now: Timestamp, locale: Locale) -> Result<Shown> {
    let pinned = plans::pinned(tx, case.plan_version_id).await?;
    let row = pinned.plan.row_of(&cases::facts(case));
    let runs = cases::store::stages(tx, case.id).await?;
    let stages = row.as_ref().map(|row| row.stages()).unwrap_or_default();
    let now_at = stages.iter().position(|stage| case.stage_key.as_ref() == Some(&stage.key));
    let steps = stages.iter().enumerate().map(|(at, stage)| {
        let last = runs.iter().rev().find(|run| run.stage_key == stage.key);
        let passed = last.filter(|run| matches!(run.ending, Some(StageEnding::Done | StageEnding::Skipped)));
        (stage.name.in_locale(locale).to_owned(), step(at, now_at, passed.and_then(|run| run.done_at)))
    });
    let present = case.stage_key.as_deref().and_then(|key| row.as_ref()?.stage(key));
    let late = matches!(case.stage_kind, Some(StageKind::Tell | StageKind::FollowUp | StageKind::Archive));
    let waiting = case.state == CaseState::WaitingCustomer;
    let telling = runs.iter().rev().find(|run| run.stage_kind == StageKind::Tell);
    let told = result_told(tx, case, telling).await?;
    let answers = super::store::inputs(tx, case.id).await?;
    let last = answers.iter().rev().find(|input| input.kind == InputKind::Answer);
    // What was said before it was taken up again does not answer what is asked now.
    let since = told.or_else(|| telling.map(|run| run.begun_at));
    let answered = last
        .filter(|input| since.is_none_or(|since| input.at >= since))
        .map(|input| (input.answer == "solved", input.at));
    // Who was told the result is not promised it once more.
    let told_now = case.stage_kind == Some(StageKind::Tell) && told.is_some();
    let kind = case.stage_kind.filter(|_| !waiting);
    let kind = if told_now { kind.map(|_| StageKind::FollowUp) } else { kind };
    Ok(Shown {
        number: case.number(),
        title: case.title.clone(),
        received_at: case.received_at,
        archived: case.state == CaseState::Archived,
        waiting,
        meaning: kind.map(|kind| meaning(kind, answered.is_some_and(|(solved, _)| solved), locale)),
        stage: present.map(|stage| stage.name.in_locale(locale).to_owned()),
        due_at: if told_now { None } else { due_of_handling(tx, case, &pinned.plan, now).await? },
        steps: steps.collect(),
        said: said(tx, case).await?,
        asks: late || case.state == CaseState::Archived,
        satisfaction: case.satisfaction,
        answered,
    })
}

/// When the customer was told the result last, since the case came to that stage.
async fn result_told(tx: &Tx<'_>, case: &Case, telling: Option<&StageRun>) -> Result<Option<Timestamp>> {
    let Some(telling) = telling else { return Ok(None) };
    let told = notices::of_case(tx, case.id).await?;
    let results = told.iter().filter(|notice| notice.kind == TemplateKind::Result);
    Ok(results.map(|notice| notice.told_at).filter(|at| *at >= telling.begun_at).max())
}

/// How far the stage at a place is, of a case whose present stage is at another. What comes after that lies ahead, also when
/// the case was there before it was taken up again.
fn step(at: usize, now_at: Option<usize>, passed: Option<Timestamp>) -> Step {
    match now_at {
        Some(now_at) if now_at == at => Step::Now,
        Some(now_at) if now_at < at => Step::Ahead,
        _ => passed.map_or(Step::Ahead, Step::Done),
    }
}

/// By when it will be handled, or the customer told: the deadline that the customer was given, not those inside.
async fn due_of_handling(
    tx: &Tx<'_>,
    case: &Case,
    plan: &plans::Plan,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let clocks = clocks::of_case(tx, case.id, now).await?.clocks;
    let meant =
        [Moment::StageDone { stage: StageKind::Handle }, Moment::StageDone { stage: StageKind::Tell }];
    let due = clocks.iter().filter(|clock| {
        let rule = plan.clock(&clock.key);
        clock.assessment.stopped_at.is_none() && rule.is_some_and(|rule| meant.contains(&rule.stop))
    });
    Ok(due.filter_map(|clock| clock.assessment.due).min().filter(|at| *at > now))
}

/// Notices and public messages of the customer's own conversations, and what they wrote on the page, in order.
async fn said(tx: &Tx<'_>, case: &Case) -> Result<Vec<Said>> {
    let system = Actor::system();
    let mut all = Vec::new();
    let mut shown_messages = Vec::new();
    for (id, _) in cases::store::conversations(tx, case.id).await? {
        let Ok(listed) = conversations::one(tx, &system, id).await else { continue };
        if Some(listed.loaded.conversation.contact_id) != case.contact_id {
            continue;
        }
        let (_, shown) = messages::page(tx, &system, id, Range::Before(i64::MAX), MESSAGES).await?;
        for message in shown.messages {
            let public = message.public && message.kind == MessageKind::Text && message.recalled_at.is_none();
            if public && !message.body.is_empty() {
                let by_customer = message.author_kind == AuthorKind::Contact;
                shown_messages.push(message.id);
                all.push(Said { at: message.created_at, by_customer, text: message.body });
            }
        }
    }
    for notice in notices::of_case(tx, case.id).await? {
        if notice.message_id.is_none_or(|message| !shown_messages.contains(&message)) {
            all.push(Said { at: notice.told_at, by_customer: false, text: notices::text_of(&notice.parts) });
        }
    }
    for input in super::store::inputs(tx, case.id).await? {
        if input.message_id.is_none_or(|message| !shown_messages.contains(&message)) && !input.body.is_empty()
        {
            all.push(Said { at: input.at, by_customer: true, text: input.body });
        }
    }
    all.sort_by_key(|said| said.at);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use heard_kernel::Timestamp;

    use super::{Step, step};

    #[test]
    fn what_a_case_comes_to_again_lies_ahead() {
        let passed = Some(Timestamp::from_millis(1));
        let done = Step::Done(Timestamp::from_millis(1));
        let steps = |now_at| [0, 1, 2].map(|at| step(at, now_at, passed));
        assert_eq!(steps(Some(1)), [done, Step::Now, Step::Ahead]);
        assert_eq!(steps(None), [done; 3], "an archived case is through");
        assert_eq!(step(0, Some(1), None), Step::Ahead, "it was left out of its way");
    }
}
