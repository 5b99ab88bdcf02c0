//! Looking up who asked for a new password, apart from the request.

use heard_kernel::{Error, Result};
use heard_runtime::{Ctx, JOB_HOPELESS, Job, JobHandler, JobKind, SendFuture};
use serde::{Deserialize, Serialize};

use super::reset;
use crate::vault::Vault;

/// Somebody asked for a new password. The address is encrypted: whoever looks at the jobs need not learn it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResetJob {
    sealed: String,
}

impl JobKind for ResetJob {
    const KIND: &'static str = "password_reset.request";
    const MAX_ATTEMPTS: u32 = 5;
}

impl ResetJob {
    pub(super) fn new(ctx: &Ctx, email: &str) -> Result<Self> {
        let sealed = Vault::of(ctx)?.seal(Self::KIND, email.as_bytes(), ctx.secret())?;
        Ok(Self { sealed: hex::encode(sealed) })
    }

    fn open(&self, ctx: &Ctx) -> Result<String> {
        let hopeless = |error: &dyn std::fmt::Display| Error::new(JOB_HOPELESS).because(error);
        let sealed = hex::decode(&self.sealed).map_err(|error| hopeless(&error))?;
        let email = Vault::of(ctx)?.open(Self::KIND, &sealed)?;
        String::from_utf8(email).map_err(|error| hopeless(&error))
    }
}

/// Answers wishes for a new password.
pub struct AnswerReset;

impl JobHandler for AnswerReset {
    fn kind(&self) -> &'static str {
        ResetJob::KIND
    }

    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Job) -> SendFuture<'a, ()> {
        Box::pin(async move { reset::answer(ctx, job.decode::<ResetJob>()?.open(ctx)?).await })
    }
}
