//! What can be done with remedies.

use heard_kernel::{Actor, ActorKind, Code, Error, REQUIRED, Result, clean_text};
use heard_platform::{directory::UserId, rights::BuiltIn, roles};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::{RemedyAsked, RemedyGranted, RemedyRefused, RemedyWithdrawn},
    model::{GrantedRemedy, NewRemedy, RemedyId, RemedyState},
    store,
};
use crate::{
    cases::{self, Case, CaseId, SHORT, Tally, acting_user, check_active, edit::Edit, given_reason},
    ground::{at_work, readable},
    plans::Remedy,
    rights,
};

/// The plan of the case has no such remedy (`params.key`).
pub(crate) const REMEDY_UNKNOWN: Code = Code::new("remedy_unknown", 422);
/// The amount must be more than nothing, and only remedies with an amount have one.
pub(crate) const REMEDY_AMOUNT: Code = Code::new("remedy_amount", 422);
/// It was decided already (`params.state`).
pub(crate) const REMEDY_DECIDED: Code = Code::new("remedy_decided", 409);
/// Nobody approves what they asked for themselves.
pub(crate) const REMEDY_OWN: Code = Code::new("remedy_own", 403);
/// The plan does not let the caller grant so much; somebody with more authority can.
pub(crate) const REMEDY_BEYOND: Code = Code::new("remedy_beyond", 403);

/// Whether the plan lets the acting user grant it.
async fn may_grant(tx: &Tx<'_>, remedy: &Remedy, amount: Option<i64>) -> Result<bool> {
    Ok(Authority::of(tx, tx.actor()).await?.grants(remedy, amount))
}

/// What an actor may grant.
pub(super) struct Authority {
    system: bool,
    held: Vec<BuiltIn>,
}

impl Authority {
    pub(super) async fn of(tx: &StoreTx<'_>, actor: &Actor) -> Result<Self> {
        let held = match acting_user(actor) {
            Some(user) => roles::built_in_of(tx, user).await?,
            None => Vec::new(),
        };
        Ok(Self { system: actor.kind == ActorKind::System, held })
    }

    pub(super) fn grants(&self, remedy: &Remedy, amount: Option<i64>) -> bool {
        self.system || remedy.may_grant(self.held.iter().map(|role| role.key()), amount)
    }
}

/// Whether the plan lets a user grant a remedy, for slices that know who is told of it.
pub(crate) async fn user_may_grant(
    tx: &StoreTx<'_>,
    user: UserId,
    remedy: &Remedy,
    amount: Option<i64>,
) -> Result<bool> {
    let held = roles::built_in_of(tx, user).await?;
    Ok(Authority { system: false, held }.grants(remedy, amount))
}

fn remedy_of<'e>(edit: &'e Edit, key: &str) -> Result<&'e Remedy> {
    let unknown = || Error::field("remedy", REMEDY_UNKNOWN).with("key", key);
    edit.plan.plan.remedy(key).ok_or_else(unknown)
}

/// Grants a remedy in a currency, or asks for approval when it goes beyond the authority of the caller.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub async fn grant(tx: &Tx<'_>, id: CaseId, currency: &str, new: NewRemedy) -> Result<GrantedRemedy> {
    let edit = at_work(tx, id).await?;
    let remedy = remedy_of(&edit, &new.remedy)?;
    match (remedy.has_amount, new.amount) {
        (true, None) => return Err(Error::field("amount", REQUIRED)),
        (true, Some(amount)) if amount <= 0 => return Err(Error::field("amount", REMEDY_AMOUNT)),
        (false, Some(_)) => return Err(Error::field("amount", REMEDY_AMOUNT)),
        _ => {}
    }
    let at_once = may_grant(tx, remedy, new.amount).await?;
    let me = acting_user(tx.actor());
    let granted = GrantedRemedy {
        id: tx.new_id(),
        case_id: id,
        remedy_key: remedy.key.clone(),
        kind: remedy.kind,
        amount: new.amount,
        currency: currency.to_owned(),
        note: clean_text("note", &new.note, SHORT)?,
        state: if at_once { RemedyState::Granted } else { RemedyState::Asked },
        reason: String::new(),
        asked_at: tx.now(),
        asked_by: me,
        decided_at: at_once.then(|| tx.now()),
        decided_by: me.filter(|_| at_once),
    };
    store::insert(tx, &granted).await?;
    if at_once {
        count(tx, &edit.after, &granted).await?;
    } else {
        tx.emit(&RemedyAsked {
            standing: (&edit.after).into(),
            remedy_id: granted.id,
            remedy_key: granted.remedy_key.clone(),
            amount: granted.amount,
            currency: granted.currency.clone(),
            asked_by: me,
        })?;
    }
    Ok(granted)
}

async fn count(tx: &Tx<'_>, case: &Case, remedy: &GrantedRemedy) -> Result<()> {
    cases::tally(tx, case.id, Tally::Remedies, None, 1).await?;
    tx.emit(&RemedyGranted {
        standing: case.into(),
        remedy_id: remedy.id,
        remedy_key: remedy.remedy_key.clone(),
        amount: remedy.amount,
        currency: remedy.currency.clone(),
        asked_by: remedy.asked_by,
    })
}

/// A remedy that waits for a decision of the actor, who did not ask for it.
async fn to_decide(tx: &Tx<'_>, case: CaseId, id: RemedyId) -> Result<(Edit, GrantedRemedy)> {
    tx.actor().require(rights::APPROVE)?;
    let edit = Edit::open(tx, case).await?;
    check_active(&edit.after)?;
    let remedy = store::one(tx, case, id).await?.ok_or_else(|| Error::not_found("remedy"))?;
    if remedy.state != RemedyState::Asked {
        return Err(Error::new(REMEDY_DECIDED).with("state", remedy.state));
    }
    if remedy.asked_by.is_some() && remedy.asked_by == acting_user(tx.actor()) {
        return Err(Error::new(REMEDY_OWN));
    }
    Ok((edit, remedy))
}

async fn decide(tx: &Tx<'_>, remedy: &mut GrantedRemedy, state: RemedyState, reason: String) -> Result<()> {
    remedy.state = state;
    remedy.reason = reason;
    remedy.decided_at = Some(tx.now());
    remedy.decided_by = acting_user(tx.actor());
    store::save(tx, remedy).await
}

/// Approves a remedy.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `remedy_decided`, `remedy_own`, `remedy_beyond`; the storage codes.
pub async fn approve(tx: &Tx<'_>, case: CaseId, id: RemedyId) -> Result<GrantedRemedy> {
    let (edit, mut remedy) = to_decide(tx, case, id).await?;
    let allowed = match edit.plan.plan.remedy(&remedy.remedy_key) {
        Some(rule) => may_grant(tx, rule, remedy.amount).await?,
        None => true,
    };
    if !allowed {
        return Err(Error::new(REMEDY_BEYOND));
    }
    decide(tx, &mut remedy, RemedyState::Granted, String::new()).await?;
    count(tx, &edit.after, &remedy).await?;
    Ok(remedy)
}

/// Refuses a remedy, with a reason.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `remedy_decided`, `remedy_own`, `validation_failed`; the storage codes.
pub async fn refuse(tx: &Tx<'_>, case: CaseId, id: RemedyId, reason: &str) -> Result<GrantedRemedy> {
    let (edit, mut remedy) = to_decide(tx, case, id).await?;
    decide(tx, &mut remedy, RemedyState::Refused, given_reason(reason)?).await?;
    tx.emit(&RemedyRefused {
        standing: (&edit.after).into(),
        remedy_id: id,
        remedy_key: remedy.remedy_key.clone(),
        asked_by: remedy.asked_by,
    })?;
    Ok(remedy)
}

/// Takes a remedy back, asked or granted, with a reason.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `remedy_decided`, `validation_failed`; the storage codes.
pub async fn withdraw(tx: &Tx<'_>, case: CaseId, id: RemedyId, reason: &str) -> Result<GrantedRemedy> {
    let edit = at_work(tx, case).await?;
    let mut remedy = store::one(tx, case, id).await?.ok_or_else(|| Error::not_found("remedy"))?;
    let mine: Option<UserId> = acting_user(tx.actor()).filter(|me| remedy.asked_by == Some(*me));
    if mine.is_none() {
        tx.actor().require(rights::APPROVE)?;
    }
    if !matches!(remedy.state, RemedyState::Asked | RemedyState::Granted) {
        return Err(Error::new(REMEDY_DECIDED).with("state", remedy.state));
    }
    if remedy.state == RemedyState::Granted {
        cases::tally(tx, edit.after.id, Tally::Remedies, None, -1).await?;
    }
    decide(tx, &mut remedy, RemedyState::Withdrawn, given_reason(reason)?).await?;
    tx.emit(&RemedyWithdrawn {
        standing: (&edit.after).into(),
        remedy_id: id,
        remedy_key: remedy.remedy_key.clone(),
    })?;
    Ok(remedy)
}

/// The remedies of a case that the actor sees.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn list(tx: &StoreTx<'_>, actor: &Actor, id: CaseId) -> Result<Vec<GrantedRemedy>> {
    readable(tx, actor, id).await?;
    of_case(tx, id).await
}

/// The remedies of a case, for slices that know who asks.
pub(crate) async fn of_case(tx: &StoreTx<'_>, id: CaseId) -> Result<Vec<GrantedRemedy>> {
    store::of_case(tx, id).await
}
