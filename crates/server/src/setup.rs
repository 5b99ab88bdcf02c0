//! From options to a configuration and an open database.

use std::sync::Arc;

use heard_kernel::{Error, RandomIds, Result, SystemClock};
use heard_runtime::{Config, Ctx, config::CONFIG_INVALID};
use heard_store::{Db, DbConfig, Sizing};

use crate::cli::Options;

/// The configuration: defaults, file, environment, and the command line above all.
///
/// # Errors
/// `config_invalid`.
pub fn configuration(options: &Options) -> Result<Config> {
    let file = match &options.config {
        Some(path) => Some(std::fs::read_to_string(path).map_err(|e| {
            Error::new(CONFIG_INVALID).with("reason", format!("{} cannot be read: {e}", path.display()))
        })?),
        None => None,
    };
    let mut config = Config::load(file.as_deref(), std::env::vars())?;
    if let Some(data) = &options.data {
        config.storage.data.clone_from(data);
    }
    if let Some(database) = &options.database {
        config.storage.database.clone_from(database);
    }
    if let Some(listen) = options.listen {
        config.server.listen = listen;
    }
    Ok(config)
}

/// Opens the database that the configuration names.
///
/// # Errors
/// `data_dir_in_use` when another process holds the directory; the storage codes.
pub async fn open(config: &Config) -> Result<Ctx> {
    let storage = &config.storage;
    let db = Db::open(&if storage.database.is_empty() {
        DbConfig::Sqlite { dir: storage.data.clone(), sizing: Sizing::default() }
    } else {
        DbConfig::Postgres { url: storage.database.clone(), connections: storage.connections }
    })
    .await?;
    Ok(context(db, config))
}

/// The database of a running process, to read beside it: for backups and checks.
///
/// # Errors
/// `no_database` when the data directory has none; the storage codes.
pub(crate) async fn open_beside(config: &Config) -> Result<Ctx> {
    if !config.storage.database.is_empty() {
        return open(config).await;
    }
    let db = Db::open(&DbConfig::SqliteReadOnly { dir: config.storage.data.clone() }).await?;
    Ok(context(db, config))
}

fn context(db: Db, config: &Config) -> Ctx {
    Ctx::new(db, Arc::new(SystemClock), Arc::new(RandomIds), Arc::new(config.clone()))
}
