//! A case goes through the stages of its flow.

use heard_kernel::{Code, Error, REQUIRED, Result, clean_text};
use heard_runtime::Tx;
use serde::Serialize;

use super::super::{
    edit::Edit,
    events::{StageBegun, StageDone, StageLeft, StageSkipped},
    model::{Case, CaseId, Outcome, StageEnding, StageRun},
    rules::{self, Lack, Tallies},
    store,
};
use super::{SHORT, again, archive, check_active, clocks};
use crate::{
    plans::{Need, Row, Stage},
    rights,
};

/// The case is in another stage by now (`params.current`); look at it again.
pub(crate) const STAGE_NOT_CURRENT: Code = Code::new("stage_not_current", 409);
/// Something is lacking before the stage can be completed (`params.missing` names all of it).
pub(crate) const STAGE_INCOMPLETE: Code = Code::new("stage_incomplete", 409);
/// The stage cannot be left out; it is not optional.
pub(crate) const STAGE_NOT_OPTIONAL: Code = Code::new("stage_not_optional", 409);
/// The plan has no such stage before the present one.
pub(crate) const STAGE_NOT_BEFORE: Code = Code::new("stage_not_before", 422);

/// Something that is lacking, as errors and the API name it.
#[derive(Clone, PartialEq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = CaseLack)]
pub struct LackView {
    /// What the stage needs.
    #[schema(required = true)]
    pub need: Option<Need>,
    /// Key of a field of the plan.
    #[schema(required = true)]
    pub field: Option<String>,
    /// In words.
    pub text: String,
}

impl LackView {
    /// What is lacking in the words of a language.
    pub(crate) fn of(lack: &Lack<'_>, locale: heard_kernel::Locale) -> Self {
        match lack {
            Lack::Need(need) => {
                Self { need: Some(*need), field: None, text: rules::need_name(*need, locale).to_owned() }
            }
            Lack::Field(field) => Self {
                need: None,
                field: Some(field.key.clone()),
                text: field.name.in_locale(locale).to_owned(),
            },
        }
    }
}

/// The row of stages that a case goes through.
pub(crate) fn row_of(edit: &Edit) -> Result<Row<'_>> {
    let row = edit.plan.plan.row_of(&edit.facts());
    row.ok_or_else(|| Error::internal(format!("the plan has no flow for type {}", edit.after.type_key)))
}

/// The stage that a case is in.
fn current(edit: &Edit) -> Result<&Stage> {
    let key = edit.after.stage_key.as_deref().unwrap_or_default();
    let stage = row_of(edit)?.stage(key);
    stage.ok_or_else(|| Error::internal(format!("the flow has no stage {key}")))
}

/// A stage begins; the caller saves.
pub(crate) async fn begin(tx: &Tx<'_>, edit: &mut Edit, stage: &Stage) -> Result<()> {
    let no = edit.after.stage_no + 1;
    edit.after.stage_key = Some(stage.key.clone());
    edit.after.stage_kind = Some(stage.kind);
    edit.after.stage_no = no;
    edit.after.stage_since = Some(tx.now());
    let run = StageRun {
        case_id: edit.after.id,
        no,
        stage_key: stage.key.clone(),
        stage_kind: stage.kind,
        begun_at: tx.now(),
        done_at: None,
        done_by: None,
        ending: None,
        reason: None,
    };
    store::begin_stage(tx, &run).await?;
    tx.emit(&StageBegun {
        standing: (&edit.after).into(),
        stage_key: run.stage_key,
        stage_kind: run.stage_kind,
        stage_no: no,
    })
}

/// The present run of a stage ends.
pub(crate) async fn end(tx: &Tx<'_>, edit: &Edit, ending: StageEnding, reason: Option<&str>) -> Result<()> {
    let (Some(stage_key), Some(stage_kind)) = (edit.after.stage_key.clone(), edit.after.stage_kind) else {
        return Ok(());
    };
    let (id, no) = (edit.after.id, edit.after.stage_no);
    let by = super::acting_user(tx.actor()).map(|user| user.0);
    store::end_stage(tx, id, no, tx.now(), by, (ending, reason)).await?;
    let standing = (&edit.after).into();
    match ending {
        StageEnding::Done => tx.emit(&StageDone { standing, stage_key, stage_kind, stage_no: no }),
        StageEnding::Skipped => tx.emit(&StageSkipped { standing, stage_key, stage_kind }),
        _ => tx.emit(&StageLeft { standing, stage_key, stage_kind, ending }),
    }
}

/// Goes on to the stage after the present one; the case is archived after the last.
async fn go_on(tx: &Tx<'_>, edit: &mut Edit, promises_go_on: bool) -> Result<()> {
    let key = current(edit)?.key.clone();
    let next = row_of(edit)?.next(&key).cloned();
    match next {
        Some(stage) => begin(tx, edit, &stage).await,
        None => {
            archive::check_promises(tx, edit.after.id, promises_go_on).await?;
            archive::finish(tx, edit).await
        }
    }
}

/// Everything that is lacking before the present stage can be completed.
pub(crate) async fn lacking<'e>(tx: &heard_store::Tx<'_>, edit: &'e Edit) -> Result<Vec<Lack<'e>>> {
    let tallies = Tallies(store::tallies(tx, edit.after.id).await?);
    Ok(rules::lacking(&edit.plan.plan, current(edit)?, &edit.after, &tallies))
}

fn check_current(edit: &Edit, stage: &str) -> Result<()> {
    if edit.after.stage_key.as_deref() == Some(stage) {
        return Ok(());
    }
    Err(Error::new(STAGE_NOT_CURRENT).with("current", &edit.after.stage_key))
}

/// What is said with completing the last stage, which archives the case.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StageDoneWith {
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// It is archived although promises made in it are open.
    pub promises_go_on: bool,
}

/// Completes the present stage; the next one begins, or the case is archived. `stage` is the stage that the caller
/// believes it is in.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `stage_not_current`, `stage_incomplete` naming everything that
/// is lacking, `case_promises_open` after the last one; the storage codes.
pub async fn complete_stage(
    tx: &Tx<'_>,
    id: CaseId,
    stage: &str,
    done: StageDoneWith,
    locale: heard_kernel::Locale,
) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let mut edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    check_current(&edit, stage)?;
    let lacks = lacking(tx, &edit).await?;
    if !lacks.is_empty() {
        let missing: Vec<LackView> = lacks.iter().map(|lack| LackView::of(lack, locale)).collect();
        let words: Vec<&str> = missing.iter().map(|lack| lack.text.as_str()).collect();
        let between = if locale == heard_kernel::Locale::ZhCn { "、" } else { ", " };
        return Err(Error::new(STAGE_INCOMPLETE)
            .with("words", words.join(between))
            .with("missing", &missing));
    }
    edit.after.outcome = done.outcome.or(edit.after.outcome);
    end(tx, &edit, StageEnding::Done, None).await?;
    go_on(tx, &mut edit, done.promises_go_on).await?;
    clocks::sync(tx, &mut edit, "").await?;
    edit.save(tx).await
}

/// Leaves an optional stage out, with a reason. After the last one the case is archived, for which `promises_go_on` says that
/// promises made in it may be open.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `stage_not_current`, `stage_not_optional`,
/// `case_promises_open` after the last one, `validation_failed`; the storage codes.
pub async fn skip_stage(
    tx: &Tx<'_>,
    id: CaseId,
    stage: &str,
    reason: &str,
    promises_go_on: bool,
) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let mut edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    check_current(&edit, stage)?;
    if !current(&edit)?.optional {
        return Err(Error::new(STAGE_NOT_OPTIONAL));
    }
    let reason = given_reason(reason)?;
    end(tx, &edit, StageEnding::Skipped, Some(&reason)).await?;
    go_on(tx, &mut edit, promises_go_on).await?;
    clocks::sync(tx, &mut edit, &reason).await?;
    edit.save(tx).await
}

/// Goes back to an earlier stage, with a reason.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `stage_not_before`, `validation_failed`; the storage codes.
pub async fn return_to_stage(tx: &Tx<'_>, id: CaseId, stage: &str, reason: &str) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let mut edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    let present = edit.after.stage_key.clone().unwrap_or_default();
    let earlier = rules::stage_before(&row_of(&edit)?, stage, &present).cloned();
    let earlier = earlier.ok_or_else(|| Error::field("stage_key", STAGE_NOT_BEFORE).with("key", stage))?;
    let reason = given_reason(reason)?;
    end(tx, &edit, StageEnding::Returned, Some(&reason)).await?;
    again::ask_again(tx, &mut edit, &earlier).await?;
    begin(tx, &mut edit, &earlier).await?;
    clocks::sync(tx, &mut edit, &reason).await?;
    edit.save(tx).await
}

/// A reason that was given.
pub(crate) fn given_reason(reason: &str) -> Result<String> {
    let reason = clean_text("reason", reason, SHORT)?;
    if reason.is_empty() { Err(Error::field("reason", REQUIRED)) } else { Ok(reason) }
}

/// Another flow holds: the case goes on at the place in it that answers to the present one. The caller saves.
pub(crate) async fn replace_flow(tx: &Tx<'_>, edit: &mut Edit, reason: &str) -> Result<()> {
    let runs = store::stages(tx, edit.after.id).await?;
    let present = runs.iter().rev().find(|run| run.done_at.is_none());
    let stage = rules::place_in(&row_of(edit)?, present, &runs).cloned();
    let stage = stage.ok_or_else(|| Error::internal("the flow has no stages"))?;
    replace(tx, edit, &stage, reason).await
}

/// It is another kind of case, for which its flow may have another row than before (`former`): the case goes on there. The
/// caller saves.
pub(crate) async fn follow_row(tx: &Tx<'_>, edit: &mut Edit, former: &Row<'_>) -> Result<()> {
    if row_of(edit)? == *former {
        return Ok(());
    }
    let runs = store::stages(tx, edit.after.id).await?;
    let Some(present) = runs.iter().rev().find(|run| run.done_at.is_none()) else { return Ok(()) };
    let stage = rules::place_in_row(&row_of(edit)?, former, present, &runs).cloned();
    let stage = stage.ok_or_else(|| Error::internal("the flow has no stages"))?;
    replace(tx, edit, &stage, "").await
}

/// The case goes on at a stage of another row, unless it is in it already.
async fn replace(tx: &Tx<'_>, edit: &mut Edit, stage: &Stage, reason: &str) -> Result<()> {
    let same = edit.after.stage_key.as_ref() == Some(&stage.key) && edit.after.stage_kind == Some(stage.kind);
    if same {
        return Ok(());
    }
    end(tx, edit, StageEnding::Replaced, Some(reason)).await?;
    begin(tx, edit, stage).await
}
