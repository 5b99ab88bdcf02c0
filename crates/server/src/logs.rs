//! Log output.

use std::io::IsTerminal as _;

use heard_kernel::{Error, Result};
use heard_runtime::config::{CONFIG_INVALID, Log, LogFormat};
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// Starts writing logs to standard error.
///
/// # Errors
/// `config_invalid` when the level cannot be read.
pub(crate) fn start(config: &Log) -> Result<()> {
    let invalid = |e: tracing_subscriber::filter::ParseError| {
        Error::new(CONFIG_INVALID).with("reason", format!("log.level: {e}"))
    };
    let filter = EnvFilter::try_new(&config.level).map_err(invalid)?;
    let registry = tracing_subscriber::registry().with(filter);
    let result = match config.format {
        LogFormat::Pretty => {
            // Colours are for people: a file or the journal would show them as escape codes.
            let colours = std::io::stderr().is_terminal();
            registry
                .with(fmt::layer().with_writer(std::io::stderr).with_ansi(colours).with_target(false))
                .try_init()
        }
        LogFormat::Json => registry.with(fmt::layer().json().with_writer(std::io::stderr)).try_init(),
    };
    result.map_err(Error::internal)
}
