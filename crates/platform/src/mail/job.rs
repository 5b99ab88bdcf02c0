//! Mail as a job: it is sent when the server can be reached.

use heard_kernel::{Error, Result};
use heard_runtime::{Ctx, JOB_HOPELESS, Job, JobHandler, JobKind, SendFuture};
use serde::{Deserialize, Serialize};

use super::{
    send::{MAIL_NOT_SET_UP, send},
    texts::Mail,
};
use crate::vault::Vault;

/// A mail to be sent. It holds a link that lets somebody in, and jobs can be seen by who looks after the system: so it is
/// stored encrypted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MailJob {
    sealed: String,
}

impl JobKind for MailJob {
    const KIND: &'static str = "mail.send";
    /// About two hours: after that the link in it is of no use.
    const MAX_ATTEMPTS: u32 = 9;
}

const PLACE: &str = "mail.send";

impl MailJob {
    pub(crate) fn new(ctx: &Ctx, mail: &Mail) -> Result<Self> {
        let text = serde_json::to_vec(mail).map_err(Error::internal)?;
        Ok(Self { sealed: hex::encode(Vault::of(ctx)?.seal(PLACE, &text, ctx.secret())?) })
    }

    fn open(&self, ctx: &Ctx) -> Result<Mail> {
        let sealed = hex::decode(&self.sealed).map_err(|error| Error::new(JOB_HOPELESS).because(error))?;
        serde_json::from_slice(&Vault::of(ctx)?.open(PLACE, &sealed)?).map_err(Error::internal)
    }
}

/// Sends mails.
pub struct DeliverMail;

impl JobHandler for DeliverMail {
    fn kind(&self) -> &'static str {
        MailJob::KIND
    }

    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Job) -> SendFuture<'a, ()> {
        Box::pin(async move {
            let mail = job.decode::<MailJob>()?.open(ctx)?;
            match send(ctx, &mail, job.id).await {
                Err(error) if error.is(MAIL_NOT_SET_UP) => Err(Error::new(JOB_HOPELESS).because(error)),
                other => other,
            }
        })
    }
}
