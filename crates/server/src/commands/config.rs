//! `heard config`: what Heard would be started with.

use heard_kernel::{Error, Result};
use heard_runtime::{Config, config::DEFAULTS};

/// Prints the configuration in force without secrets, or the commented defaults.
///
/// # Errors
/// `internal` when it cannot be written as TOML.
pub fn run(config: &Config, defaults: bool) -> Result<()> {
    if defaults {
        print!("{DEFAULTS}");
        return Ok(());
    }
    let mut shown = config.clone();
    shown.storage.database = without_password(&shown.storage.database);
    for secret in [&mut shown.storage.secret_key, &mut shown.storage.s3_secret_key] {
        *secret = secret.take().map(|_| "********".to_owned());
    }
    shown.server.metrics_token = shown.server.metrics_token.map(|_| "********".to_owned());
    print!("{}", toml::to_string_pretty(&shown).map_err(Error::internal)?);
    Ok(())
}

/// The address with its password hidden.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((who, host)) => {
            let user = who.split(':').next().unwrap_or_default();
            let hidden = if who.contains(':') { ":********" } else { "" };
            format!("{scheme}://{user}{hidden}@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(
            without_password("postgres://heard:ge@heim@db:5432/x"),
            "postgres://heard:********@db:5432/x"
        );
        assert_eq!(without_password("postgres://heard@db/x"), "postgres://heard@db/x");
        assert_eq!(without_password(""), "");
    }
}
