//! Where a case stands in its row of stages.

use crate::{
    cases::model::{StageEnding, StageRun},
    plans::{Row, Stage, StageKind},
};

fn is_passed(runs: &[StageRun], kind: StageKind) -> bool {
    runs.iter().any(|run| {
        run.stage_kind == kind && matches!(run.ending, Some(StageEnding::Done | StageEnding::Skipped))
    })
}

/// The stage of another flow at which a case goes on: the one of the same key, the one about the same, or the first that is
/// not about something that is behind it already; the last when all is.
pub(crate) fn place_in<'p>(
    row: &Row<'p>,
    current: Option<&StageRun>,
    runs: &[StageRun],
) -> Option<&'p Stage> {
    let same_key = current.and_then(|run| row.stage(&run.stage_key));
    let same_kind = || current.and_then(|run| row.stage_of(run.stage_kind));
    let stages = || row.stages().iter().copied();
    same_key
        .or_else(same_kind)
        .or_else(|| stages().find(|stage| !is_passed(runs, stage.kind)))
        .or_else(|| stages().next_back())
}

/// The stage at which a case goes on when it is another kind of case by now and its flow has another row for such cases.
///
/// It stays where it is; when that stage is not for it any more, it goes on at the one about the same or, failing that, at the
/// next. But first comes a required stage before that place which its former row did not have and which is about nothing that
/// is behind it, unless the customer has been told the result.
pub(crate) fn place_in_row<'p>(
    row: &Row<'p>,
    former: &Row<'_>,
    current: &StageRun,
    runs: &[StageRun],
) -> Option<&'p Stage> {
    let key = current.stage_key.as_str();
    let answers = row.stage(key).or_else(|| row.stage_of(current.stage_kind)).or_else(|| row.next(key));
    let place = answers.or_else(|| row.stages().last().copied())?;
    let behind = row.before(&place.key);
    if behind.iter().any(|stage| stage.kind == StageKind::Tell) {
        return Some(place);
    }
    let missed = |stage: &&'p Stage| {
        former.stage(&stage.key).is_none() && !stage.optional && !is_passed(runs, stage.kind)
    };
    behind.iter().copied().find(missed).or(Some(place))
}

/// The stage of a key, when it comes before another one.
pub(crate) fn stage_before<'p>(row: &Row<'p>, key: &str, current: &str) -> Option<&'p Stage> {
    row.before(current).iter().copied().find(|stage| stage.key == key)
}

#[cfg(test)]
#[path = "flow_tests.rs"]
mod tests;
