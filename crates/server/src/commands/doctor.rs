//! `heard doctor`: what is wrong, and what to do about it.

use heard_cases::cases::repair_counts;
use heard_kernel::{Locale, Result};
use heard_platform::system::{Check, checks};
use heard_runtime::{Config, Ctx};

/// Checks database, disk, time, mail, audit and kept counts beside the running process, and prints advice.
///
/// # Errors
/// `doctor_found` when something is wrong; as opening the database fails.
pub async fn run(config: Config) -> Result<()> {
    let ctx = crate::setup::open_beside(&config).await?;
    let found = look(&ctx, super::terminal_locale()).await;
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

async fn look(ctx: &Ctx, locale: Locale) -> Result<Vec<Check>> {
    let mut found = checks(ctx, locale).await?;
    found.push(case_counts(ctx, locale).await?);
    Ok(found)
}

/// Kept counts of cases that are wrong are put right at once, and told: something must have made them so.
async fn case_counts(ctx: &Ctx, locale: Locale) -> Result<Check> {
    let wrong = repair_counts(ctx).await?.len();
    let (message, advice) = match (locale, wrong) {
        (Locale::ZhCn, 0) => ("工单数量与实际一致".to_owned(), None),
        (Locale::En, 0) => ("the counts of cases are right".to_owned(), None),
        (Locale::ZhCn, n) => {
            (format!("有 {n} 项工单数量与实际不符，已经更正"), Some("如果再次出现，请把它作为缺陷报告。"))
        }
        (Locale::En, n) => (
            format!("{n} counts of cases were wrong and have been put right"),
            Some("If it happens again, report it as a defect."),
        ),
    };
    Ok(Check { id: "case_counts", ok: wrong == 0, message, advice: advice.map(str::to_owned) })
}
