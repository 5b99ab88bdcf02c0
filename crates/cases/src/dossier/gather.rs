//! Reading everything that a dossier says.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use heard_desk::messages;
use heard_kernel::{Actor, Locale, Page, PageRequest, Result, Timestamp, money};
use heard_platform::{
    directory::{Directory, UserId, acting_user},
    settings,
};
use heard_runtime::{Ctx, StoredEvent};
use heard_store::Tx;
use jiff::tz::TimeZone;
use serde_json::Value;
use uuid::Uuid;

use super::model::{Dossier, DossierField, DossierRemedy, SCHEMA};
use crate::{
    cases::{self, CaseDetail, CaseId, CaseView, Detail, StageRun, TimelineEntry},
    clocks::{self, CaseClocks, ClockExplanation},
    escalations::{self, Escalation},
    handovers::{self, Handover},
    links::{self, CaseGroup},
    notices::{self, Notice},
    plans::{self, FieldDef, FieldKind, Pinned},
    progress::{self, Input},
    promises::{self, Promise},
    remedies::{self, GrantedRemedy},
    rights,
    tasks::{self, Task},
    words::Words,
};

/// Events that are read at once.
const STEP: u32 = 200;

/// A dossier with what the page needs beside it.
pub(super) struct Gathered {
    pub(super) dossier: Dossier,
    pub(super) plan: Arc<Pinned>,
    pub(super) zone: TimeZone,
    /// What happened, in order.
    pub(super) timeline: Vec<TimelineEntry>,
    /// Each time that the case was in a stage, in order.
    pub(super) runs: Vec<StageRun>,
    /// Pieces of evidence whose message was taken back.
    pub(super) recalled: HashSet<Uuid>,
    /// Users and teams that events and stages name.
    pub(super) names: HashMap<Uuid, String>,
}

/// What one transaction reads, so that all of it is of one moment.
struct Read {
    detail: Detail,
    plan: Arc<Pinned>,
    plan_name: String,
    clocks: Vec<ClockExplanation>,
    together: CaseClocks,
    notices: Vec<Notice>,
    handovers: Vec<Handover>,
    tasks: Vec<Task>,
    remedies: Vec<GrantedRemedy>,
    promises: Vec<Promise>,
    escalations: Vec<Escalation>,
    said: Vec<Input>,
    group: Option<CaseGroup>,
    parent: Option<cases::Batch>,
    timeline: Vec<StoredEvent>,
    runs: Vec<StageRun>,
    recalled: HashSet<Uuid>,
}

/// Reads everything about a case that the actor sees and may take out.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub(super) async fn gather(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    id: CaseId,
    notes: bool,
) -> Result<Gathered> {
    actor.require(rights::EXPORT)?;
    let (now, reader) = (ctx.now(), actor.clone());
    let mut read = ctx.read(async move |tx| read(tx, &reader, locale, id, now).await).await?;
    clocks::name_people(ctx, &mut read.clocks).await?;
    let settings = settings::find(ctx).await?;
    let zone_name = settings.as_ref().map_or("Asia/Shanghai", |settings| settings.time_zone.as_str());
    let currency = crate::ground::currency(ctx).await?;
    let plan = read.plan;
    let case: CaseDetail = read.detail.show(ctx, locale).await?;
    let name = |key: &str| {
        let found = plan.remedies.iter().find(|remedy| remedy.key == key);
        found.map_or(key, |remedy| remedy.name.in_locale(locale)).to_owned()
    };
    let remedies = remedies::show(ctx, read.remedies).await?.into_iter();
    let dossier = Dossier {
        schema: SCHEMA.to_owned(),
        product: concat!("Heard ", env!("CARGO_PKG_VERSION")).to_owned(),
        made_at: now,
        made_by: maker(ctx, actor).await?,
        organization: settings.as_ref().map(|known| known.organization.clone()).unwrap_or_default(),
        time_zone: zone_name.to_owned(),
        locale,
        notes,
        plan_name: read.plan_name,
        plan_no: plan.no,
        fields: fields(&plan, &case, locale, &currency),
        case,
        verdict: read.together.verdict,
        clocks: read.clocks,
        notices: notices::show(ctx, read.notices).await?,
        handovers: handovers::show(ctx, read.handovers).await?,
        tasks: tasks::show(ctx, locale, read.tasks).await?,
        remedies: remedies
            .map(|remedy| DossierRemedy { name: name(&remedy.remedy.remedy_key), remedy })
            .collect(),
        promises: promises::show(ctx, read.promises).await?,
        escalations: read.escalations,
        said: read.said,
        related: links::related_of(ctx, actor, locale, id).await?,
        parent: shown(ctx, locale, read.parent).await?,
        group: read.group,
    };
    let all = Page { items: read.timeline, next_cursor: None };
    let timeline = cases::show_timeline(ctx, all).await?.items;
    let zone = TimeZone::get(zone_name).unwrap_or(TimeZone::UTC);
    let names = names(ctx, &timeline, &read.runs).await?;
    Ok(Gathered { dossier, zone, timeline, runs: read.runs, recalled: read.recalled, plan, names })
}

/// Ids below a key of what an event says: one, or a list of them.
pub(super) fn ids_in(data: &Value, key: &str) -> Vec<Uuid> {
    let texts = match data.get(key) {
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        Some(one) => one.as_str().into_iter().collect(),
        None => Vec::new(),
    };
    texts.into_iter().filter_map(|text| text.parse().ok()).collect()
}

/// The names of users and teams that events name, and of whoever ended a stage.
async fn names(ctx: &Ctx, timeline: &[TimelineEntry], runs: &[StageRun]) -> Result<HashMap<Uuid, String>> {
    let of = |keys: &[&str]| -> BTreeSet<Uuid> {
        timeline.iter().flat_map(|entry| keys.iter().flat_map(|key| ids_in(&entry.data, key))).collect()
    };
    let directory = Directory::of(ctx);
    let people: Vec<Uuid> =
        of(&["owner_id"]).into_iter().chain(runs.iter().filter_map(|run| run.done_by)).collect();
    let users = directory.users(ctx, &people).await?;
    let wanted: Vec<Uuid> = of(&["team_id", "to_team_id", "added", "removed"]).into_iter().collect();
    let teams = directory.teams(ctx, &wanted).await?;
    let users = users.into_iter().map(|(id, user)| (id, user.name));
    Ok(users.chain(teams.into_iter().map(|(id, team)| (id, team.name))).collect())
}

async fn read(tx: &Tx<'_>, actor: &Actor, locale: Locale, id: CaseId, now: Timestamp) -> Result<Read> {
    let detail = Detail::load(tx, actor, id).await?;
    let case = detail.case().clone();
    let of_case = promises::Filter { case_id: Some(id.0), ..promises::Filter::default() };
    let group = match case.group_id {
        Some(group) => Some(links::group(tx, actor, links::GroupId(group)).await?),
        None => None,
    };
    let parent = match case.parent_id {
        Some(parent) => match cases::visible(tx, actor, parent).await {
            Ok((parent, _)) => Some(cases::Batch::load(tx, vec![parent]).await?),
            Err(_) => None,
        },
        None => None,
    };
    let plan = plans::find_version(tx, case.plan_version_id).await?;
    Ok(Read {
        plan_name: plan.map(|(line, _)| line.name.in_locale(locale).to_owned()).unwrap_or_default(),
        plan: plans::pinned(tx, case.plan_version_id).await?,
        clocks: clocks::explain_case(tx, id, now, locale).await?,
        together: clocks::of_case(tx, id, now).await?,
        notices: notices::list(tx, actor, id).await?,
        handovers: handovers::list(tx, actor, id).await?,
        tasks: tasks::list(tx, actor, id).await?,
        remedies: remedies::list(tx, actor, id).await?,
        promises: all_promises(tx, actor, of_case).await?,
        escalations: escalations::list(tx, actor, id).await?,
        said: progress::inputs(tx, actor, id).await?,
        timeline: whole_timeline(tx, actor, id, now).await?,
        runs: cases::store::stages(tx, id).await?,
        recalled: recalled(tx, &detail).await?,
        group,
        parent,
        detail,
    })
}

async fn all_promises(tx: &Tx<'_>, actor: &Actor, filter: promises::Filter) -> Result<Vec<Promise>> {
    let (mut all, mut page) = (Vec::new(), PageRequest { limit: Some(STEP), ..PageRequest::default() });
    loop {
        let found = promises::list(tx, actor, filter.clone(), &page).await?;
        all.extend(found.items);
        match found.next_cursor {
            Some(next) => page.cursor = Some(next),
            None => break,
        }
    }
    all.reverse();
    Ok(all)
}

/// The whole timeline, the first event first.
async fn whole_timeline(tx: &Tx<'_>, actor: &Actor, id: CaseId, now: Timestamp) -> Result<Vec<StoredEvent>> {
    let (mut all, mut page) = (Vec::new(), PageRequest { limit: Some(STEP), ..PageRequest::default() });
    loop {
        let found = cases::timeline_page(tx, actor, id, now, &page).await?;
        all.extend(found.items);
        match found.next_cursor {
            Some(next) => page.cursor = Some(next),
            None => break,
        }
    }
    all.reverse();
    Ok(all)
}

/// Pieces of evidence that came with a message which its writer took back.
async fn recalled(tx: &Tx<'_>, detail: &Detail) -> Result<HashSet<Uuid>> {
    let mut gone = HashSet::new();
    for piece in detail.evidence() {
        let Some((conversation, message)) = piece.conversation_id.zip(piece.message_id) else { continue };
        let found = messages::one(tx, &Actor::system(), conversation, message).await;
        if found.is_ok_and(|message| message.recalled_at.is_some()) {
            gone.insert(piece.id.0);
        }
    }
    Ok(gone)
}

async fn maker(ctx: &Ctx, actor: &Actor) -> Result<Option<heard_platform::directory::UserRef>> {
    let Some(UserId(id)) = acting_user(actor) else { return Ok(None) };
    Ok(Directory::of(ctx).users(ctx, &[id]).await?.remove(&id))
}

async fn shown(ctx: &Ctx, locale: Locale, batch: Option<cases::Batch>) -> Result<Option<CaseView>> {
    match batch {
        Some(batch) => Ok(batch.show(ctx, locale).await?.pop()),
        None => Ok(None),
    }
}

/// The fields of the plan that are filled, with their names, in the order of the plan.
fn fields(plan: &Pinned, case: &CaseDetail, locale: Locale, currency: &str) -> Vec<DossierField> {
    let custom = &case.case.custom;
    let known = plan.fields.iter().filter_map(|field| Some((field, custom.get(&field.key)?)));
    known
        .filter(|(_, value)| !value.is_null())
        .map(|(field, value)| DossierField {
            key: field.key.clone(),
            name: field.name.in_locale(locale).to_owned(),
            value: field_words(field, value, locale, currency),
        })
        .collect()
}

fn field_words(field: &FieldDef, value: &Value, locale: Locale, currency: &str) -> String {
    let option = |key: &str| {
        let found = field.options.iter().find(|option| option.key == key);
        found.map_or(key, |option| option.name.in_locale(locale)).to_owned()
    };
    match (field.kind, value) {
        (FieldKind::Money, Value::Number(minor)) => {
            minor.as_i64().map_or_else(|| minor.to_string(), |minor| money(minor, currency))
        }
        (_, Value::String(text)) => option(text),
        (_, Value::Array(many)) => {
            many.iter().filter_map(Value::as_str).map(option).collect::<Vec<_>>().join(", ")
        }
        (_, Value::Bool(flag)) => Words(locale).get(if *flag { "yes" } else { "no" }).to_owned(),
        (_, other) => other.to_string(),
    }
}
