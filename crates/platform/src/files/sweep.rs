//! Removes uploads that were given up, attachments that were never sent, and evidence that was added to nothing, once a day.

use std::time::Duration;

use heard_kernel::{Actor, Result};
use heard_runtime::{Ctx, Deadline, DeadlineHandler, Job, JobHandler, JobKind, LocalFuture, SendFuture, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{blobs::Blobs, bucket::Bucket, service::blocking, store};

/// An upload that stood still for so long is given up.
const UPLOAD_LIFE: Duration = Duration::from_secs(24 * 3_600);
/// An attachment may wait in a draft for so long.
const LOOSE_LIFE: Duration = Duration::from_secs(30 * 24 * 3_600);
/// A copy of what lies in the file store stays on the disk for so long.
const COPY_LIFE: Duration = Duration::from_secs(7 * 24 * 3_600);
/// Evidence that was uploaded may wait for so long until it is added to something.
const UNKEPT_LIFE: Duration = Duration::from_secs(24 * 3_600);
const EVERY: Duration = Duration::from_secs(24 * 3_600);

/// The kind of the daily deadline. Its subject is nil: there is one.
const DUE: &str = "files.sweep";

/// The daily sweep.
#[derive(Serialize, Deserialize)]
pub struct Sweep;

impl JobKind for Sweep {
    const KIND: &'static str = "files.sweep";
}

/// Plans the next sweep. At every start this only moves the one deadline there is.
///
/// # Errors
/// `internal` when it cannot be written.
pub fn schedule(tx: &Tx<'_>) -> Result<()> {
    tx.set_deadline(DUE, Uuid::nil(), tx.now() + EVERY, &())
}

/// Starts the sweep when its time has come, and plans the next.
pub struct SweepDue;

impl DeadlineHandler for SweepDue {
    fn kind(&self) -> &'static str {
        DUE
    }

    fn fire<'a>(&'a self, tx: &'a Tx<'a>, _: &'a Deadline) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            schedule(tx)?;
            tx.enqueue(&Sweep).await
        })
    }
}

impl JobHandler for Sweep {
    fn kind(&self) -> &'static str {
        Self::KIND
    }

    fn run<'a>(&'a self, ctx: &'a Ctx, _: &'a Job) -> SendFuture<'a, ()> {
        Box::pin(async move {
            let orphans = ctx.tx(&Actor::system(), async |tx| forget(tx).await).await?;
            let blobs = Blobs::new(&ctx.config().storage.data);
            let known = ctx.read(async |tx| store::all_upload_ids(tx).await).await?;
            if let Some(bucket) = Bucket::of(ctx)? {
                for sha256 in &orphans {
                    bucket.remove(sha256).await?;
                }
                drop_copies(ctx, &bucket, &blobs).await?;
            }
            blocking(move || {
                for sha256 in orphans {
                    blobs.remove(&sha256)?;
                }
                let known: Vec<_> = known.into_iter().map(|(id,)| id).collect();
                blobs.remove_parts_except(&known).map(drop)
            })
            .await
        })
    }
}

/// Removes old copies of what lies in the file store. What is not there yet, because it was stored before there was one
/// or came from a backup, is brought there first.
async fn drop_copies(ctx: &Ctx, bucket: &Bucket, blobs: &Blobs) -> Result<()> {
    let (walking, before) = (blobs.clone(), (ctx.now() - COPY_LIFE).millis());
    for sha256 in blocking(move || walking.older_than(before)).await? {
        bucket.put(&sha256, &blobs.path(&sha256)?).await?;
        blobs.remove(&sha256)?;
    }
    Ok(())
}

/// Forgets what is old and tells which contents nobody refers to any more.
async fn forget(tx: &Tx<'_>) -> Result<Vec<String>> {
    for (id,) in store::old_uploads(tx, tx.now() - UPLOAD_LIFE).await? {
        store::delete_upload(tx, id).await?;
    }
    let mut given_up = store::loose(tx, tx.now() - LOOSE_LIFE).await?;
    given_up.extend(store::unkept(tx, tx.now() - UNKEPT_LIFE).await?);
    let mut orphans = Vec::new();
    for stored in given_up {
        // It may have been sent, or added to something, just now.
        if !store::delete_unused(tx, stored.attachment.id).await? {
            continue;
        }
        for sha256 in [Some(stored.attachment.sha256), stored.thumbnail_sha256].into_iter().flatten() {
            if !store::is_referred_to(tx, &sha256).await? && !orphans.contains(&sha256) {
                orphans.push(sha256);
            }
        }
    }
    Ok(orphans)
}
