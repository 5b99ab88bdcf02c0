//! Days of silence that are over.

use heard_runtime::{Deadline, DeadlineHandler, LocalFuture, Tx};

use super::service;
use crate::cases::CaseId;

/// The days in which the customer could answer are over.
pub(super) const OVER: &str = "case.silence";

/// Looks whether the customer answered, and goes on without them when not.
pub(super) struct Over;

impl DeadlineHandler for Over {
    fn kind(&self) -> &'static str {
        OVER
    }

    fn fire<'a>(&'a self, tx: &'a Tx<'a>, deadline: &'a Deadline) -> LocalFuture<'a, ()> {
        Box::pin(async move { service::over(tx, CaseId(deadline.subject_id), deadline.decode()?).await })
    }
}
