//! What the database says about itself.

use heard_kernel::{Result, Timestamp};
use heard_store::{Engine, Tx};

/// Bytes that the database takes.
pub(crate) async fn database_bytes(tx: &Tx<'_>) -> Result<i64> {
    let bytes = match tx.engine() {
        Engine::Sqlite => {
            let sql = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
            tx.scalar(sql, &[]).await?
        }
        Engine::Postgres => tx.scalar("SELECT pg_database_size(current_database())", &[]).await?,
    };
    Ok(bytes.unwrap_or(0))
}

/// Bytes that the attachments take: the same content is kept once.
pub(crate) async fn attachment_bytes(tx: &Tx<'_>) -> Result<i64> {
    let sql = "SELECT CAST(sum(size) AS BIGINT) FROM (SELECT DISTINCT sha256, size FROM attachments) kept";
    Ok(tx.scalar::<Option<i64>>(sql, &[]).await?.flatten().unwrap_or(0))
}

/// What time the database server has; the embedded database has none of its own.
pub(crate) async fn server_time(tx: &Tx<'_>) -> Result<Option<Timestamp>> {
    match tx.engine() {
        Engine::Sqlite => Ok(None),
        Engine::Postgres => {
            tx.scalar("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", &[]).await
        }
    }
}
