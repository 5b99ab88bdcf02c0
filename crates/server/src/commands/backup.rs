//! `heard backup` and `heard restore`.

use std::{path::Path, sync::Arc};

use heard_kernel::{Error, Result};
use heard_platform::{
    backup::{self as archive, Contents, Progress, Stage, Watch},
    files::Bucket,
};
use heard_runtime::Config;
use indicatif::{ProgressBar, ProgressStyle};

/// Copies database and attachments into one archive, also while Heard serves.
///
/// # Errors
/// `archive_exists`, `archive_folder_missing`; `attachments_damaged` when the archive is there, but not all attachments were sound; the storage
/// codes.
pub async fn backup(config: Config, file: &Path) -> Result<()> {
    let ctx = crate::setup::open_beside(&config).await?;
    let manifest = archive::backup(ctx.db(), place(&config)?, file, ctx.now(), watch()).await;
    ctx.db().close().await;
    let manifest = manifest?;
    println!("{} holds the backup", file.display());
    let (damaged, missing) = (&manifest.files.damaged, &manifest.missing);
    for (word, names) in [("damaged", damaged), ("missing", missing)] {
        for name in names {
            eprintln!("{word} attachment: {name}");
        }
    }
    match damaged.len() + missing.len() {
        0 => Ok(()),
        count => Err(Error::new(super::ATTACHMENTS_DAMAGED).with("count", count)),
    }
}

/// Fills an empty database and data directory from an archive.
///
/// # Errors
/// `archive_unreadable`, `archive_damaged`, `archive_newer`, `already_exists` when something is there; the storage codes.
pub async fn restore(config: Config, file: &Path) -> Result<()> {
    let ctx = crate::open(&config).await?;
    let done =
        archive::restore(file, ctx.db(), place(&config)?, &crate::features::migrations(), watch()).await;
    ctx.db().close().await;
    done?;
    println!("restored from {}", file.display());
    Ok(())
}

/// Where attachments lie.
fn place(config: &Config) -> Result<Contents> {
    let bucket = Bucket::configured(&config.storage)?;
    Ok(Contents { data_dir: config.storage.data.clone(), bucket })
}

/// A bar for each stage.
fn watch() -> Watch {
    let style = ProgressStyle::with_template("{prefix:>12} {wide_bar} {pos}/{len}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(0).with_style(style);
    Arc::new(move |progress: Progress| {
        bar.set_prefix(match progress.stage {
            Stage::Rows => "rows",
            Stage::Files => "attachments",
            Stage::Checking => "checking",
            Stage::Loading => "loading",
        });
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    })
}
