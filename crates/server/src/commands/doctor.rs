//! `heard doctor`: what is wrong, and what to do about it.

use heard_kernel::Result;
use heard_platform::system::{Check, checks};
use heard_runtime::Config;

/// Checks database, disk, time, mail and audit beside the running process, and prints advice.
///
/// # Errors
/// `doctor_found` when something is wrong; as opening the database fails.
pub async fn run(config: Config) -> Result<()> {
    let ctx = crate::setup::open_beside(&config).await?;
    let found = checks(&ctx, super::terminal_locale()).await;
    ctx.db().close().await;
    let found = found?;
    for Check { id, ok, message, advice, .. } in &found {
        println!("{} {id:<12} {message}", if *ok { "ok  " } else { "WARN" });
        if let Some(advice) = advice.as_ref().filter(|_| !ok) {
            println!("     {advice}");
        }
    }
    let wrong = found.iter().filter(|check| !check.ok).count();
    if wrong == 0 { Ok(()) } else { Err(heard_kernel::Error::new(super::DOCTOR_FOUND).with("count", wrong)) }
}
