//! A case goes back: what the customer was told of the result and how satisfied they were belongs to the handling before.

use heard_kernel::Result;
use heard_runtime::Tx;

use super::super::{
    edit::Edit,
    model::{CaseId, EarlierSatisfaction, Tally},
    rules::Tallies,
    store,
};
use super::{stages::row_of, tally};
use crate::plans::{Need, Stage};

/// A case begins again at a stage. Stages from there on that ask for a notice of the result or for satisfaction ask anew: the
/// notices stay as they are and do not count any longer, the satisfaction is kept as an earlier one. The caller saves.
pub(super) async fn ask_again(tx: &Tx<'_>, edit: &mut Edit, begins: &Stage) -> Result<()> {
    if is_ahead(edit, begins, Need::ResultNotice)? {
        let told = told(tx, edit.after.id).await?;
        if told > 0 {
            tally(tx, edit.after.id, Tally::ResultNotices, None, -told).await?;
        }
    }
    if is_ahead(edit, begins, Need::Satisfaction)? {
        let case = &mut edit.after;
        case.record.satisfaction_unsaid = false;
        let words = std::mem::take(&mut case.record.satisfaction_words);
        if let Some(score) = case.satisfaction.take() {
            case.record.satisfaction_earlier.push(EarlierSatisfaction { score, words, until: tx.now() });
        }
    }
    Ok(())
}

/// Whether the stage that asks for something is this one or comes after it.
fn is_ahead(edit: &Edit, begins: &Stage, need: Need) -> Result<bool> {
    let row = row_of(edit)?;
    let from = row.before(&begins.key).len();
    Ok(row.stages()[from..].iter().any(|stage| stage.needs.contains(&need)))
}

/// How many notices of the result count.
async fn told(tx: &Tx<'_>, id: CaseId) -> Result<i64> {
    Ok(Tallies(store::tallies(tx, id).await?).of(Tally::ResultNotices))
}
