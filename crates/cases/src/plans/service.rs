//! What can be done with plans and their versions.

use heard_kernel::{Actor, Code, Error, FieldError, Result, clean_name, clean_text, codes};
use heard_platform::rights::ROLE_MANAGE;
use heard_runtime::{Ctx, Tx};
use heard_store::Tx as StoreTx;

use super::{
    events::{
        PlanCreated, PlanUpdated, VersionActivated, VersionApproved, VersionDeleted, VersionDrafted,
        VersionSaved, VersionSentBack, VersionSubmitted,
    },
    model::{Plan, Text},
    packs::{self, Pack},
    records::{PlanId, PlanLine, PlanVersion, PlanVersionId, StepDone, VersionState, VersionStep},
    rules::{self, SectionChanges},
    store,
};
use crate::rights::{PLAN_APPROVE, PLAN_EDIT, PLAN_READ};

/// The version is not in the state that this needs (`params.state`).
pub(crate) const STATE_UNFIT: Code = Code::new("plan_state_unfit", 409);
/// Nobody approves what they wrote or submitted themselves.
pub(crate) const OWN_APPROVAL: Code = Code::new("plan_own_approval", 403);
/// There is no pack of this key (`params.key`).
pub(crate) const PACK_UNKNOWN: Code = Code::new("plan_pack_unknown", 422);
/// The default plan needs an active version.
pub(crate) const DEFAULT_INACTIVE: Code = Code::new("plan_default_inactive", 409);

/// The pack that a new installation works by.
const FIRST_PACK: &str = "general";

/// Makes sure that there is a plan: on the first start the general pack becomes an active plan. Later starts, and
/// other processes that start at the same time, change nothing.
///
/// # Errors
/// The storage codes.
pub async fn install(ctx: &Ctx) -> Result<()> {
    if ctx.read(async |tx| store::any(tx).await).await? {
        return Ok(());
    }
    ctx.tx(&Actor::system(), async |tx| {
        if store::any(tx).await? {
            return Ok(());
        }
        let pack = packs::pack(FIRST_PACK).ok_or_else(|| Error::internal("the general pack is missing"))?;
        let version = first_version(tx, tx.new_id(), VersionState::Active, "");
        let mut line = new_line(tx, pack, version.plan_id);
        line.is_default = true;
        line.active_version_id = Some(version.id);
        if !store::insert_line(tx, &line).await? {
            return Ok(());
        }
        store::insert_version(tx, &version, &pack.plan).await?;
        for step in [StepDone::Created, StepDone::Activated] {
            store::add_step(tx, version.id, step, "").await?;
        }
        tx.emit(&PlanCreated { plan_id: line.id, key: line.key, pack: line.pack })?;
        tx.emit(&VersionActivated { plan_id: line.id, plan_version_id: version.id, retired_id: None })
    })
    .await
}

fn new_line(tx: &Tx<'_>, pack: &Pack, id: PlanId) -> PlanLine {
    PlanLine {
        id,
        key: pack.key.clone(),
        name: pack.name.clone(),
        pack: pack.key.clone(),
        is_default: false,
        active_version_id: None,
        last_no: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    }
}

fn first_version(tx: &Tx<'_>, plan_id: PlanId, state: VersionState, note: &str) -> PlanVersion {
    PlanVersion {
        id: tx.new_id(),
        plan_id,
        no: 1,
        state,
        based_on_id: None,
        note: note.to_owned(),
        edited_by: store::user_of(tx),
        submitted_by: None,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    }
}

/// All plans, the default one first.
///
/// # Errors
/// `forbidden`; the storage codes.
pub async fn list(tx: &StoreTx<'_>, actor: &Actor) -> Result<Vec<PlanLine>> {
    actor.require(PLAN_READ)?;
    store::lines(tx).await
}

/// A plan with its versions, the newest first.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn get(tx: &StoreTx<'_>, actor: &Actor, id: PlanId) -> Result<(PlanLine, Vec<PlanVersion>)> {
    actor.require(PLAN_READ)?;
    Ok((line(tx, id).await?, store::versions(tx, id).await?))
}

/// A version with what it says and what was done with it.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn version(
    tx: &StoreTx<'_>,
    actor: &Actor,
    id: PlanVersionId,
) -> Result<(PlanVersion, Plan, Vec<VersionStep>)> {
    actor.require(PLAN_READ)?;
    let found = version_of(tx, id).await?;
    let content = store::content(tx, id).await?.unwrap_or_default();
    Ok((found, content, store::steps(tx, id).await?))
}

/// A version with its plan, for slices that tell of it.
pub(crate) async fn find_version(
    tx: &StoreTx<'_>,
    id: PlanVersionId,
) -> Result<Option<(PlanLine, PlanVersion)>> {
    let Some(version) = store::version(tx, id).await? else { return Ok(None) };
    Ok(store::line(tx, version.plan_id).await?.map(|line| (line, version)))
}

async fn line(tx: &StoreTx<'_>, id: PlanId) -> Result<PlanLine> {
    store::line(tx, id).await?.ok_or_else(|| Error::not_found("plan"))
}

async fn version_of(tx: &StoreTx<'_>, id: PlanVersionId) -> Result<PlanVersion> {
    store::version(tx, id).await?.ok_or_else(|| Error::not_found("plan_version"))
}

/// A plan to be made.
#[derive(Clone, PartialEq, Debug)]
pub struct NewPlan {
    /// The key of the pack that it begins with.
    pub pack: String,
    /// Its key; that of the pack when absent.
    pub key: Option<String>,
    /// Its name; that of the pack when absent.
    pub name: Option<Text>,
}

/// Makes a plan from a pack, with a draft as its first version.
///
/// # Errors
/// `forbidden`, `validation_failed`, `already_exists`; the storage codes.
pub async fn create(tx: &Tx<'_>, new: NewPlan) -> Result<PlanId> {
    tx.actor().require(PLAN_EDIT)?;
    let pack =
        packs::pack(&new.pack).ok_or_else(|| Error::field("pack", PACK_UNKNOWN).with("key", &new.pack))?;
    let version = first_version(tx, tx.new_id(), VersionState::Draft, "");
    let mut line = new_line(tx, pack, version.plan_id);
    if let Some(key) = &new.key {
        line.key = clean_name("key", key, 60)?;
    }
    if let Some(name) = &new.name {
        line.name = clean_plan_name(name)?;
    }
    if !store::insert_line(tx, &line).await? {
        return Err(Error::field("key", codes::ALREADY_EXISTS));
    }
    tx.emit(&PlanCreated { plan_id: line.id, key: line.key, pack: line.pack })?;
    draft(tx, &version, &pack.plan).await?;
    Ok(line.id)
}

fn clean_plan_name(name: &Text) -> Result<Text> {
    let one = |field: &str, text: &str| -> Result<String> {
        if text.trim().is_empty() { Ok(String::new()) } else { clean_name(field, text, 200) }
    };
    let name = Text { zh: one("name.zh", &name.zh)?, en: one("name.en", &name.en)? };
    if name == Text::default() { Err(Error::field("name", heard_kernel::REQUIRED)) } else { Ok(name) }
}

async fn draft(tx: &Tx<'_>, version: &PlanVersion, content: &Plan) -> Result<()> {
    store::insert_version(tx, version, content).await?;
    store::add_step(tx, version.id, StepDone::Created, &version.note).await?;
    tx.emit(&VersionDrafted {
        plan_id: version.plan_id,
        plan_version_id: version.id,
        no: version.no,
        based_on_id: version.based_on_id,
    })
}

/// Renames a plan, or makes it the default one.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `validation_failed`, `plan_default_inactive`; the storage codes.
pub async fn update(
    tx: &Tx<'_>,
    id: PlanId,
    version: i64,
    name: Option<Text>,
    make_default: bool,
) -> Result<()> {
    if name.is_some() || !make_default {
        tx.actor().require(PLAN_EDIT)?;
    }
    if make_default {
        tx.actor().require(PLAN_APPROVE)?;
        // Of two plans that are made the default one at once, one comes after the other.
        store::hold_lines(tx).await?;
    }
    let mut line = line(tx, id).await?;
    if line.version != version {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    if let Some(name) = &name {
        line.name = clean_plan_name(name)?;
    }
    if make_default {
        if line.active_version_id.is_none() {
            return Err(Error::new(DEFAULT_INACTIVE));
        }
        line.is_default = true;
        store::clear_default(tx, id, tx.now()).await?;
    }
    write_line(tx, &mut line).await?;
    tx.emit(&PlanUpdated { plan_id: id, is_default: line.is_default })
}

async fn write_line(tx: &Tx<'_>, line: &mut PlanLine) -> Result<()> {
    line.version += 1;
    if store::update_line(tx, line, tx.now()).await? {
        Ok(())
    } else {
        Err(Error::new(codes::VERSION_CONFLICT))
    }
}

/// What a new draft begins with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A version of the same plan.
    Version(PlanVersionId),
    /// A pack.
    Pack(String),
}

/// Begins a version.
///
/// # Errors
/// `forbidden`, `not_found`, `validation_failed`; the storage codes.
pub async fn begin(tx: &Tx<'_>, plan: PlanId, origin: Origin, note: &str) -> Result<PlanVersionId> {
    tx.actor().require(PLAN_EDIT)?;
    let mut line = line(tx, plan).await?;
    let (content, based_on_id) = match &origin {
        Origin::Version(id) => {
            let from = version_of(tx, *id).await?;
            if from.plan_id != plan {
                return Err(Error::not_found("plan_version"));
            }
            (store::content(tx, *id).await?.unwrap_or_default(), Some(*id))
        }
        Origin::Pack(key) => {
            let pack = packs::pack(key).ok_or_else(|| Error::field("pack", PACK_UNKNOWN).with("key", key))?;
            (pack.plan.clone(), None)
        }
    };
    line.last_no += 1;
    write_line(tx, &mut line).await?;
    let note = clean_text("note", note, 2_000)?;
    let version =
        PlanVersion { no: line.last_no, based_on_id, ..first_version(tx, plan, VersionState::Draft, &note) };
    draft(tx, &version, &content).await?;
    Ok(version.id)
}

/// Loads a version of a counter that is in one of these states.
async fn expect(
    tx: &Tx<'_>,
    id: PlanVersionId,
    counter: i64,
    states: &[VersionState],
) -> Result<PlanVersion> {
    let version = version_of(tx, id).await?;
    if version.version != counter {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    check_state(&version, states)?;
    Ok(version)
}

fn check_state(version: &PlanVersion, states: &[VersionState]) -> Result<()> {
    if states.contains(&version.state) {
        Ok(())
    } else {
        Err(Error::new(STATE_UNFIT).with("state", version.state))
    }
}

async fn write(tx: &Tx<'_>, mut version: PlanVersion) -> Result<()> {
    version.version += 1;
    if store::update_version(tx, &version, tx.now()).await? {
        Ok(())
    } else {
        Err(Error::new(codes::VERSION_CONFLICT))
    }
}

/// Saves a draft. What it says may still be wrong; only giving it to review asks for a sound plan.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `plan_state_unfit`, `validation_failed`; the storage codes.
pub async fn save(
    tx: &Tx<'_>,
    id: PlanVersionId,
    counter: i64,
    content: Option<&Plan>,
    note: Option<&str>,
) -> Result<()> {
    tx.actor().require(PLAN_EDIT)?;
    let mut version = expect(tx, id, counter, &[VersionState::Draft]).await?;
    let mut sections = Vec::new();
    if let Some(content) = content {
        let before = store::content(tx, id).await?.unwrap_or_default();
        sections = rules::compare(&before, content)?.into_iter().map(|change| change.section).collect();
        store::set_content(tx, id, content).await?;
        version.edited_by = store::user_of(tx);
    }
    if let Some(note) = note {
        version.note = clean_text("note", note, 2_000)?;
    }
    let plan_id = version.plan_id;
    write(tx, version).await?;
    tx.emit(&VersionSaved { plan_id, plan_version_id: id, sections })
}

/// Adds the clocks of a law pack to a draft, switched off. Clocks that are there already stay as they are.
///
/// # Errors
/// As [`save`].
pub async fn add_law(tx: &Tx<'_>, id: PlanVersionId, counter: i64, law: &str) -> Result<()> {
    tx.actor().require(PLAN_EDIT)?;
    let pack = packs::law(law).ok_or_else(|| Error::field("law_pack", PACK_UNKNOWN).with("key", law))?;
    expect(tx, id, counter, &[VersionState::Draft]).await?;
    let mut content = store::content(tx, id).await?.unwrap_or_default();
    for clock in &pack.clocks {
        if content.clock(&clock.key).is_none() {
            content.clocks.push(clock.clone());
        }
    }
    save(tx, id, counter, Some(&content), None).await
}

/// Throws a draft away.
///
/// # Errors
/// `forbidden`, `not_found`, `plan_state_unfit`, `version_conflict` when somebody changed it meanwhile; the storage codes.
pub async fn delete(tx: &Tx<'_>, id: PlanVersionId) -> Result<()> {
    tx.actor().require(PLAN_EDIT)?;
    let version = version_of(tx, id).await?;
    check_state(&version, &[VersionState::Draft])?;
    if !store::delete_version(tx, &version).await? {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    tx.emit(&VersionDeleted { plan_id: version.plan_id, plan_version_id: id, no: version.no })
}

/// Gives a draft to review.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `plan_state_unfit`; `validation_failed` with everything that is wrong
/// with the plan; the storage codes.
pub async fn submit(tx: &Tx<'_>, id: PlanVersionId, counter: i64, reason: &str) -> Result<()> {
    tx.actor().require(PLAN_EDIT)?;
    let mut version = expect(tx, id, counter, &[VersionState::Draft]).await?;
    check_content(tx, id).await?;
    let plan_id = version.plan_id;
    version.state = VersionState::Review;
    version.submitted_by = store::user_of(tx);
    write(tx, version).await?;
    step(tx, id, StepDone::Submitted, reason).await?;
    tx.emit(&VersionSubmitted { plan_id, plan_version_id: id })
}

async fn check_content(tx: &Tx<'_>, id: PlanVersionId) -> Result<()> {
    let content = store::content(tx, id).await?.unwrap_or_default();
    let errors: Vec<FieldError> = rules::check(&content)
        .into_iter()
        .map(|error| FieldError { field: format!("content.{}", error.field), ..error })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::fields(errors)) }
}

async fn step(tx: &Tx<'_>, id: PlanVersionId, step: StepDone, reason: &str) -> Result<()> {
    let reason = clean_text("reason", reason, 2_000)?;
    store::add_step(tx, id, step, &reason).await
}

/// Sends a version back from review, with a reason.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `plan_state_unfit`, `validation_failed`; the storage codes.
pub async fn send_back(tx: &Tx<'_>, id: PlanVersionId, counter: i64, reason: &str) -> Result<()> {
    tx.actor().require(PLAN_APPROVE)?;
    if reason.trim().is_empty() {
        return Err(Error::field("reason", heard_kernel::REQUIRED));
    }
    let mut version = expect(tx, id, counter, &[VersionState::Review]).await?;
    let plan_id = version.plan_id;
    version.state = VersionState::Draft;
    write(tx, version).await?;
    step(tx, id, StepDone::SentBack, reason).await?;
    tx.emit(&VersionSentBack { plan_id, plan_version_id: id })
}

/// Approves a version. Two pairs of eyes: whoever saved or submitted it last needs somebody else for that. Only who
/// may change roles too, an administrator, can do without; the record says so.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `plan_state_unfit`, `plan_own_approval`; the storage codes.
pub async fn approve(tx: &Tx<'_>, id: PlanVersionId, counter: i64, reason: &str) -> Result<()> {
    tx.actor().require(PLAN_APPROVE)?;
    let mut version = expect(tx, id, counter, &[VersionState::Review]).await?;
    let me = store::user_of(tx);
    let own = me.is_some() && (version.submitted_by == me || version.edited_by == me);
    if own && !tx.actor().may(ROLE_MANAGE) {
        return Err(Error::new(OWN_APPROVAL));
    }
    let plan_id = version.plan_id;
    version.state = VersionState::Approved;
    write(tx, version).await?;
    step(tx, id, StepDone::Approved, reason).await?;
    tx.emit(&VersionApproved { plan_id, plan_version_id: id, own })
}

/// Makes an approved version the one that new cases follow; a retired one can come back. The former one is retired.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `plan_state_unfit`, `validation_failed`; the storage codes.
pub async fn activate(tx: &Tx<'_>, id: PlanVersionId, counter: i64, reason: &str) -> Result<()> {
    tx.actor().require(PLAN_APPROVE)?;
    let mut version = expect(tx, id, counter, &[VersionState::Approved, VersionState::Retired]).await?;
    check_content(tx, id).await?;
    let mut line = line(tx, version.plan_id).await?;
    let retired_id = line.active_version_id;
    if let Some(former) = retired_id {
        let mut former = version_of(tx, former).await?;
        let former_id = former.id;
        former.state = VersionState::Retired;
        write(tx, former).await?;
        step(tx, former_id, StepDone::Retired, "").await?;
    }
    version.state = VersionState::Active;
    line.active_version_id = Some(id);
    write(tx, version).await?;
    write_line(tx, &mut line).await?;
    step(tx, id, StepDone::Activated, reason).await?;
    tx.emit(&VersionActivated { plan_id: line.id, plan_version_id: id, retired_id })
}

/// What differs between two versions.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn compare(
    tx: &StoreTx<'_>,
    actor: &Actor,
    old: PlanVersionId,
    new: PlanVersionId,
) -> Result<Vec<SectionChanges>> {
    actor.require(PLAN_READ)?;
    let missing = || Error::not_found("plan_version");
    let before = store::content(tx, old).await?.ok_or_else(missing)?;
    let after = store::content(tx, new).await?.ok_or_else(missing)?;
    rules::compare(&before, &after)
}

/// Everything that is wrong with a plan document, and everything that is likely meant otherwise.
///
/// # Errors
/// `forbidden`.
pub fn problems(actor: &Actor, content: &Plan) -> Result<(Vec<FieldError>, Vec<FieldError>)> {
    actor.require(PLAN_READ)?;
    Ok((rules::check(content), rules::hints(content)))
}
