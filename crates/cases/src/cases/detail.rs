//! One case with everything that stands around it.

use std::collections::HashMap;

use heard_desk::{
    conversations::{self, ConversationId},
    messages::MessageId,
};
use heard_kernel::{Actor, Locale, Result, Timestamp, clock_policy::PauseReason};
use heard_platform::{
    directory::{Directory, TeamRef, UserId, UserRef},
    files::AttachmentId,
};
use heard_runtime::Ctx;
use heard_store::Tx;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    edit::{self, facts},
    model::{
        Case, CaseId, Complainant, Evidence, EvidenceId, Giver, People, Record, Role, StageEnding, StageRun,
        Wait, WaitEnding,
    },
    rules::{self, Tallies},
    service::{LackView, may_work},
    store,
    view::{Batch, CaseView, PlanName},
};
use crate::{
    plans::{self, Pinned, StageKind},
    rights,
};

/// A stage on the line of a flow.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct FlowStage {
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// What to do there.
    pub hint: String,
    /// What it is about.
    pub kind: StageKind,
    /// It may be left out with a reason.
    pub optional: bool,
    /// The case goes through it. Not so for a stage that it was in while it was another kind of case.
    pub in_row: bool,
    /// The case is in it now.
    pub current: bool,
    /// When its last run began.
    #[schema(required = true)]
    pub begun_at: Option<Timestamp>,
    /// When its last run ended.
    #[schema(required = true)]
    pub ended_at: Option<Timestamp>,
    /// How its last run ended.
    #[schema(required = true)]
    pub ending: Option<StageEnding>,
    /// Why it was left out or begun again.
    #[schema(required = true)]
    pub reason: Option<String>,
    /// Who ended its last run.
    #[schema(required = true)]
    pub ended_by: Option<UserRef>,
}

/// A conversation of a case.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CaseConversation {
    /// Which one.
    pub id: ConversationId,
    /// Its number for people; absent when the caller does not see it.
    #[schema(required = true)]
    pub no: Option<i64>,
    /// What it is about.
    #[schema(required = true)]
    pub subject: Option<String>,
    /// When it was linked.
    pub linked_at: Timestamp,
}

/// A piece of evidence.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Evidence)]
pub struct EvidenceView {
    /// Which one.
    pub id: EvidenceId,
    /// The file.
    #[schema(value_type = String, format = Uuid)]
    pub attachment_id: AttachmentId,
    /// The name that the file came with.
    pub name: String,
    /// Media type, found from the content.
    pub kind: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// What it shows.
    pub note: String,
    /// Who gave it.
    pub given_by: Giver,
    /// The conversation that it came in.
    #[schema(required = true)]
    pub conversation_id: Option<ConversationId>,
    /// The message that it came with.
    #[schema(required = true)]
    pub message_id: Option<MessageId>,
    /// When it was added.
    pub added_at: Timestamp,
    /// Who added it; nobody when it came by rule or from the customer.
    #[schema(required = true)]
    pub added_by: Option<UserRef>,
    /// When it was removed.
    #[schema(required = true)]
    pub removed_at: Option<Timestamp>,
    /// Who removed it.
    #[schema(required = true)]
    pub removed_by: Option<UserRef>,
    /// Why it was removed.
    #[schema(required = true)]
    pub removal_reason: Option<String>,
}

/// A time in which a case waited.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CaseWait {
    /// For whom.
    pub reason: PauseReason,
    /// What for.
    pub note: String,
    /// When it began.
    pub begun_at: Timestamp,
    /// Who said so.
    #[schema(required = true)]
    pub begun_by: Option<UserRef>,
    /// When it ended.
    #[schema(required = true)]
    pub ended_at: Option<Timestamp>,
    /// Why it ended.
    #[schema(required = true)]
    pub ending: Option<WaitEnding>,
}

/// Somebody who is recused.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RecusedUser {
    /// Who.
    pub user: UserRef,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

/// What the caller may do with a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct CaseRights {
    /// Write down, complete stages, notify.
    pub work: bool,
    /// Give it to others.
    pub assign: bool,
    /// Merge, split, move to another version of the plan.
    pub manage: bool,
    /// Take out the dossier.
    pub export: bool,
}

/// A case with everything that stands around it.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CaseDetail {
    /// What lists show.
    #[serde(flatten)]
    pub case: CaseView,
    /// Who complains, as they said it.
    pub complainant: Complainant,
    /// What is written down.
    pub record: Record,
    /// Why it has its priority.
    pub priority_reason: String,
    /// The severity that the plan proposes for its category.
    #[schema(required = true)]
    pub severity_proposed: Option<PlanName>,
    /// The difficulty that the plan proposes for its category.
    #[schema(required = true)]
    pub difficulty_proposed: Option<PlanName>,
    /// The stages that it goes through, in their order, and those that it was in while it was another kind of case.
    pub stages: Vec<FlowStage>,
    /// Everything that is lacking before the present stage can be completed.
    pub missing: Vec<LackView>,
    /// When it waited.
    pub waits: Vec<CaseWait>,
    /// Who works on it too.
    pub participants: Vec<UserRef>,
    /// Who wants to know how it goes on.
    pub watchers: Vec<UserRef>,
    /// Who is concerned by it and may neither own nor see it.
    pub recused: Vec<RecusedUser>,
    /// Teams that work on it beside the one that has it.
    pub joint_teams: Vec<TeamRef>,
    /// Its conversations, in the order in which they were linked.
    pub conversations: Vec<CaseConversation>,
    /// Its evidence, in the order in which it came; removed pieces too.
    pub evidence: Vec<EvidenceView>,
    /// Who recorded it.
    #[schema(required = true)]
    pub created_by: Option<UserRef>,
    /// What the caller may do with it.
    pub may: CaseRights,
}

/// A case with everything, as read from storage.
pub(crate) struct Detail {
    case: Case,
    plan: std::sync::Arc<Pinned>,
    batch: Batch,
    people: People,
    runs: Vec<StageRun>,
    waits: Vec<Wait>,
    tallies: Tallies,
    conversations: Vec<CaseConversation>,
    evidence: Vec<Evidence>,
    may: CaseRights,
}

impl Detail {
    /// Reads a case that the actor sees.
    pub(crate) async fn load(tx: &Tx<'_>, actor: &Actor, id: CaseId) -> Result<Self> {
        actor.require(rights::READ)?;
        let (case, people) = edit::visible(tx, actor, id).await?;
        Self::around(tx, actor, case, people).await
    }

    /// Reads a case that the actor has just changed and may not see any more after that.
    pub(crate) async fn load_changed(tx: &Tx<'_>, actor: &Actor, id: CaseId) -> Result<Self> {
        let case = store::load(tx, id).await?.ok_or_else(edit::not_found)?;
        let people = store::people(tx, &[id]).await?.remove(&id).unwrap_or_default();
        Self::around(tx, actor, case, people).await
    }

    async fn around(tx: &Tx<'_>, actor: &Actor, case: Case, people: People) -> Result<Self> {
        let mut linked = Vec::new();
        for (id, linked_at) in store::conversations(tx, case.id).await? {
            // What the caller does not see is named, not told about.
            let seen = conversations::one(tx, actor, id).await.ok().map(|listed| listed.loaded.conversation);
            let (no, subject) = seen.map(|seen| (seen.no, seen.subject)).unzip();
            linked.push(CaseConversation { id, no, subject: subject.flatten(), linked_at });
        }
        Ok(Self {
            plan: plans::pinned(tx, case.plan_version_id).await?,
            batch: Batch::load(tx, vec![case.clone()]).await?,
            runs: store::stages(tx, case.id).await?,
            waits: store::waits(tx, case.id).await?,
            tallies: Tallies(store::tallies(tx, case.id).await?),
            conversations: linked,
            evidence: store::evidence(tx, case.id).await?,
            may: may_work(actor),
            people,
            case,
        })
    }

    /// The case.
    pub(crate) fn case(&self) -> &Case {
        &self.case
    }

    /// Its evidence, removed pieces too.
    pub(crate) fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    fn user_ids(&self) -> Vec<Uuid> {
        let mut ids: Vec<Uuid> = self.people.users.iter().map(|person| person.user_id.0).collect();
        ids.extend(self.runs.iter().filter_map(|run| run.done_by));
        ids.extend(self.waits.iter().filter_map(|wait| wait.begun_by));
        ids.extend(self.evidence.iter().filter_map(|piece| piece.added_by));
        ids.extend(self.evidence.iter().filter_map(|piece| piece.removed_by).map(|user| user.0));
        ids.extend(self.case.created_by);
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Adds names and shows it.
    pub(crate) async fn show(self, ctx: &Ctx, locale: Locale) -> Result<CaseDetail> {
        let directory = Directory::of(ctx);
        let users = directory.users(ctx, &self.user_ids()).await?;
        let teams: Vec<Uuid> = self.people.teams.iter().map(|team| team.0).collect();
        let named_teams = directory.teams(ctx, &teams).await?;
        let lacking = self.lacking(locale);
        let Self { case, plan, batch, people, runs, waits, conversations, evidence, may, .. } = self;
        let of_role = |role: Role| -> Vec<UserRef> {
            people.of(role).filter_map(|user| users.get(&user.0).cloned()).collect()
        };
        let category = case.category_key.as_deref();
        let named = |level: &plans::Level| PlanName {
            key: level.key.clone(),
            name: level.name.in_locale(locale).to_owned(),
        };
        let recused = people.users.iter().filter(|person| person.role == Role::Recused);
        Ok(CaseDetail {
            case: batch.show(ctx, locale).await?.remove(0),
            priority_reason: rules::priority_reason(&plan.plan, &case, locale),
            severity_proposed: category.and_then(|key| plan.plan.severity_proposed(key)).map(named),
            difficulty_proposed: category.and_then(|key| plan.plan.difficulty_proposed(key)).map(named),
            stages: line(&plan, &case, &runs, &users, locale),
            missing: lacking,
            waits: waits.into_iter().map(|wait| shown_wait(wait, &users)).collect(),
            participants: of_role(Role::Participant),
            watchers: of_role(Role::Watcher),
            recused: recused
                .filter_map(|person| {
                    let user = users.get(&person.user_id.0)?.clone();
                    Some(RecusedUser { user, reason: person.reason.clone(), since: person.since })
                })
                .collect(),
            joint_teams: teams
                .iter()
                // A team that was brought in and has the case by now no longer helps: it is responsible.
                .filter(|team| case.team_id.is_none_or(|own| own.0 != **team))
                .filter_map(|team| named_teams.get(team).cloned())
                .collect(),
            conversations,
            evidence: evidence.into_iter().map(|piece| shown_evidence(piece, &users)).collect(),
            created_by: case.created_by.and_then(|user| users.get(&user).cloned()),
            complainant: case.complainant,
            record: case.record,
            may,
        })
    }

    fn lacking(&self, locale: Locale) -> Vec<LackView> {
        let plan = &self.plan.plan;
        let row = plan.row_of(&facts(&self.case));
        let stage = self.case.stage_key.as_deref().and_then(|key| row?.stage(key));
        let lacks = stage.map(|stage| rules::lacking(plan, stage, &self.case, &self.tallies));
        lacks.unwrap_or_default().iter().map(|lack| LackView::of(lack, locale)).collect()
    }
}

/// The stages that a case goes through, with how far each is; and those that it was in while it was another kind of case.
fn line(
    plan: &Pinned,
    case: &Case,
    runs: &[StageRun],
    users: &HashMap<Uuid, UserRef>,
    locale: Locale,
) -> Vec<FlowStage> {
    let stages = plan.plan.flow_of(&case.type_key).map(|flow| flow.stages.as_slice()).unwrap_or_default();
    stages
        .iter()
        .filter_map(|stage| {
            let run = runs.iter().rev().find(|run| run.stage_key == stage.key);
            let in_row = stage.is_for(&plan.plan, &facts(case));
            (in_row || run.is_some()).then(|| FlowStage {
                in_row,
                key: stage.key.clone(),
                name: stage.name.in_locale(locale).to_owned(),
                hint: stage.hint.in_locale(locale).to_owned(),
                kind: stage.kind,
                optional: stage.optional,
                current: case.stage_key.as_ref() == Some(&stage.key),
                begun_at: run.map(|run| run.begun_at),
                ended_at: run.and_then(|run| run.done_at),
                ending: run.and_then(|run| run.ending),
                reason: run.and_then(|run| run.reason.clone()),
                ended_by: run.and_then(|run| run.done_by).and_then(|user| users.get(&user).cloned()),
            })
        })
        .collect()
}

fn shown_wait(wait: Wait, users: &HashMap<Uuid, UserRef>) -> CaseWait {
    CaseWait {
        reason: wait.reason,
        note: wait.note,
        begun_at: wait.begun_at,
        begun_by: wait.begun_by.and_then(|user| users.get(&user).cloned()),
        ended_at: wait.ended_at,
        ending: wait.ending,
    }
}

fn shown_evidence(piece: Evidence, users: &HashMap<Uuid, UserRef>) -> EvidenceView {
    let named = |user: Option<UserId>| user.and_then(|user| users.get(&user.0).cloned());
    EvidenceView {
        id: piece.id,
        attachment_id: piece.attachment_id,
        name: piece.name,
        kind: piece.kind,
        size: piece.size,
        sha256: piece.sha256,
        note: piece.note,
        given_by: piece.given_by,
        conversation_id: piece.conversation_id,
        message_id: piece.message_id,
        added_at: piece.added_at,
        added_by: named(piece.added_by.map(UserId)),
        removed_at: piece.removed_at,
        removed_by: named(piece.removed_by),
        removal_reason: piece.removal_reason,
    }
}
