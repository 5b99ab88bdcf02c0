//! Where a case stands in a flow.

use crate::{
    cases::model::{StageEnding, StageRun},
    plans::{Flow, Stage},
};

/// The stage of another flow at which a case goes on: the one of the same key, the one about the same, or the first that is
/// not about something that is behind it already; the last when all is.
pub(crate) fn place_in<'f>(
    flow: &'f Flow,
    current: Option<&StageRun>,
    runs: &[StageRun],
) -> Option<&'f Stage> {
    let passed = |stage: &&Stage| {
        runs.iter().any(|run| {
            run.stage_kind == stage.kind
                && matches!(run.ending, Some(StageEnding::Done | StageEnding::Skipped))
        })
    };
    let same_key = current.and_then(|run| flow.stage(&run.stage_key));
    let same_kind = || current.and_then(|run| flow.stage_of(run.stage_kind));
    same_key
        .or_else(same_kind)
        .or_else(|| flow.stages.iter().find(|stage| !passed(stage)))
        .or_else(|| flow.stages.last())
}

/// The stage of a key, when it comes before another one.
pub(crate) fn stage_before<'f>(flow: &'f Flow, key: &str, current: &str) -> Option<&'f Stage> {
    let place = |wanted: &str| flow.stages.iter().position(|stage| stage.key == wanted);
    let (wanted, now) = (place(key)?, place(current)?);
    if wanted < now { flow.stages.get(wanted) } else { None }
}
