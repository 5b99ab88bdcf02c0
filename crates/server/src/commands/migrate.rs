//! `heard migrate`: bring the database up to date.

use heard_kernel::Result;
use heard_runtime::Config;

/// Runs the migrations that have not run yet.
///
/// # Errors
/// As opening and migrating fail.
pub async fn run(config: Config) -> Result<()> {
    let ctx = crate::open(&config).await?;
    let count = ctx.db().migrate(&crate::features::migrations()).await?;
    ctx.db().close().await;
    println!("{}", if count == 0 { "up to date".to_owned() } else { format!("{count} migrations ran") });
    Ok(())
}
