//! The one row of settings.

use heard_kernel::Result;
use heard_store::{Json, Tx, params};

use super::model::Document;

/// The settings, the encrypted mail password, the version.
pub(crate) type Stored = (Document, Option<Vec<u8>>, i64);

pub(crate) async fn load(tx: &Tx<'_>) -> Result<Option<Stored>> {
    let sql = "SELECT document, mail_password, version FROM settings WHERE id = 1";
    let row: Option<(Json<Document>, Option<Vec<u8>>, i64)> = tx.optional(sql, &[]).await?;
    Ok(row.map(|(document, password, version)| (document.0, password, version)))
}

/// Stores the settings of the first run. Fails with `already_exists` when there are some.
pub(crate) async fn insert(tx: &Tx<'_>, document: &Document) -> Result<()> {
    let sql = "INSERT INTO settings (id, document, mail_password, version) VALUES (1, $1, $2, 1)";
    tx.later(sql, &params![Json(document), None::<Vec<u8>>]).await
}

/// Stores a change of the version that was read, and tells whether it still stood.
pub(crate) async fn update(
    tx: &Tx<'_>,
    document: &Document,
    mail_password: Option<&[u8]>,
    version: i64,
) -> Result<bool> {
    let sql = "UPDATE settings SET document = $1, mail_password = $2, version = version + 1 WHERE id = 1 AND version = $3";
    Ok(tx.execute(sql, &params![Json(document), mail_password, version]).await? > 0)
}

/// Holds the row until the end of the transaction: what must not happen twice at once is done behind it.
pub(crate) async fn lock(tx: &Tx<'_>) -> Result<()> {
    tx.later("UPDATE settings SET id = id WHERE id = 1", &[]).await
}
