//! Looking into a log without taking it out of its place.

use std::{fs::File, io::Read as _, sync::LazyLock};

use heard_kernel::{Error, Result};
use heard_logs::{LIMIT, LogPage, Question};
use heard_runtime::Ctx;
use heard_store::storage_error;
use tokio::sync::Semaphore;

use super::{model::StoredAttachment, serve::at_hand, service::blocking};

/// Logs that are read at the same time, so that memory stays bounded.
static READING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// What stands in a file that is a log. Whether the actor may see the file is decided by the caller.
///
/// # Errors
/// `log_too_large`, `log_not_text`, `log_encoding_unreadable`, `not_found` when the content is gone; the storage codes.
pub async fn read_log(ctx: &Ctx, stored: &StoredAttachment, question: Question) -> Result<LogPage> {
    if stored.attachment.size > LIMIT {
        return Err(heard_logs::too_large());
    }
    let path = at_hand(ctx, &stored.attachment.sha256).await?;
    let stored_at = stored.created_at;
    let _permit = READING.acquire().await.map_err(Error::internal)?;
    blocking(move || {
        let file = File::open(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::not_found("attachment").because(&error),
            _ => storage_error(&error),
        })?;
        let mut bytes = Vec::new();
        // One byte more than is taken, so that a file that grew on the disk is refused and not cut.
        file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| storage_error(&error))?;
        heard_logs::read(&bytes, &question, stored_at)
    })
    .await
}
