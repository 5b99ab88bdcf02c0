//! What people do to jobs.

use uuid::Uuid;

use crate::event::event;

event!(
    /// Somebody had a job done again.
    JobRetried = "job.retried" about job job_id {
        /// Which one.
        job_id: Uuid,
    }
);
event!(
    /// Somebody gave a job up.
    JobDiscarded = "job.discarded" about job job_id {
        /// Which one.
        job_id: Uuid,
    }
);
event!(
    /// Somebody had all failed jobs done again.
    JobsRetried = "job.all_retried" about job job_id {
        /// The nil id: it is about many.
        job_id: Uuid,
        /// Only those of this kind.
        kind: Option<String>,
        /// How many they were.
        count: u64,
    }
);
