//! What the engine itself finds wrong with a database.

use heard_kernel::Result;

use crate::{Engine, Tx};

/// Findings of one kind at most; a damaged file has thousands.
const MOST: usize = 20;

pub(crate) async fn check(tx: &Tx<'_>) -> Result<Vec<String>> {
    match tx.engine() {
        Engine::Sqlite => sqlite(tx).await,
        Engine::Postgres => postgres(tx).await,
    }
}

async fn sqlite(tx: &Tx<'_>) -> Result<Vec<String>> {
    let pages = tx.query::<(String,)>("PRAGMA integrity_check(20)", &[]).await?;
    let mut found: Vec<String> = pages.into_iter().map(|(line,)| line).filter(|line| line != "ok").collect();
    let sql = "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY \"table\", parent";
    let orphans = tx.query::<(String, String, i64)>(sql, &[]).await?;
    let told = |(table, parent, count)| format!("{count} rows of {table} refer to missing rows of {parent}");
    found.extend(orphans.into_iter().take(MOST).map(told));
    Ok(found)
}

async fn postgres(tx: &Tx<'_>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let sql = "SELECT CAST(current_setting('server_version_num') AS BIGINT), current_setting('server_encoding'), \
               current_setting('fsync'), pg_is_in_recovery()";
    let (version, encoding, fsync, standby) = tx.one::<(i64, String, String, bool)>(sql, &[]).await?;
    if version < 140_000 {
        found.push(format!("PostgreSQL {} is older than 14", version / 10_000));
    }
    if encoding != "UTF8" {
        found.push(format!("the database is encoded in {encoding} instead of UTF8"));
    }
    if fsync == "off" {
        found.push("fsync is off: a power failure loses acknowledged data".to_owned());
    }
    if standby {
        found.push("the server is a standby and takes no changes".to_owned());
    }
    let invalid = "SELECT CAST(CAST(indexrelid AS regclass) AS TEXT) FROM pg_index WHERE NOT indisvalid";
    let invalid = tx.query::<(String,)>(invalid, &[]).await?;
    found.extend(invalid.into_iter().take(MOST).map(|(index,)| format!("index {index} is not valid")));
    Ok(found)
}
