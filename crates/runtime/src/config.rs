//! What the process is started with. What an administrator changes while it runs lives in `platform::settings`.

use std::{net::SocketAddr, path::PathBuf};

use heard_kernel::{Code, Error, Result};
use serde::{Deserialize, Serialize};

/// The configuration cannot be read (`params.reason`).
pub const CONFIG_INVALID: Code = Code::new("config_invalid", 500);

/// The commented defaults, also printed by `heard config`.
pub const DEFAULTS: &str = include_str!("config.default.toml");

/// The whole configuration: the defaults, a file over them, the environment over both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Listening.
    pub server: Server,
    /// Where things are kept.
    pub storage: Storage,
    /// How often visitors may do what costs something.
    pub limits: Limits,
    /// Log output.
    pub log: Log,
}

/// How often visitors may do what costs something. More is answered with 429 and `Retry-After`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Messages of one visitor.
    pub visitor_messages_per_minute: u32,
    /// Files of one visitor.
    pub visitor_uploads_per_minute: u32,
    /// Visits and new conversations from one address.
    pub visits_per_address_per_minute: u32,
}

/// Listening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// Addresses of proxies whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Seconds that running requests get when the process stops.
    pub drain_seconds: u64,
    /// Token that `/metrics` asks for from other machines; without one only this machine may read it.
    pub metrics_token: Option<String>,
}

/// Where things are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    /// The data directory: attachments, search index and the embedded database.
    pub data: PathBuf,
    /// `postgres://…`; empty for the embedded database.
    pub database: String,
    /// Connections to PostgreSQL at most.
    pub connections: usize,
    /// 64 hexadecimal digits that secrets in the database are encrypted with; without them the file `secret.key` in the
    /// data directory, made at the first start.
    pub secret_key: Option<String>,
    /// `https://…` of an S3-compatible store for attachments; empty to keep them in the data directory alone.
    pub s3_endpoint: String,
    /// The bucket.
    pub s3_bucket: String,
    /// The region that requests are signed for.
    pub s3_region: String,
    /// Whether the bucket stands in the path or before the host.
    pub s3_style: BucketStyle,
    /// Who Heard is for the store.
    pub s3_access_key: String,
    /// What proves it.
    pub s3_secret_key: Option<String>,
}

/// How addresses of an S3-compatible store name the bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BucketStyle {
    /// `https://host/bucket/…`
    Path,
    /// `https://bucket.host/…`
    Host,
}

/// Log output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// `pretty` or `json`.
    pub format: LogFormat,
    /// A level, or directives as `info,heard_web=debug`.
    pub level: String,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// Puts the defaults, a file's text and the environment together. `HEARD_SERVER_LISTEN` sets `server.listen`.
    ///
    /// # Errors
    /// `config_invalid` with the reason and the name of the option.
    pub fn load(file: Option<&str>, environment: impl IntoIterator<Item = (String, String)>) -> Result<Self> {
        let invalid = |reason: String| Error::new(CONFIG_INVALID).with("reason", reason);
        let mut table: toml::Table =
            DEFAULTS.parse().map_err(|e: toml::de::Error| invalid(e.message().to_owned()))?;
        if let Some(text) = file {
            let over: toml::Table = text.parse().map_err(|e: toml::de::Error| invalid(e.to_string()))?;
            for (section, values) in over {
                match (table.get_mut(&section), values) {
                    (Some(toml::Value::Table(known)), toml::Value::Table(values)) => known.extend(values),
                    _ => return Err(invalid(format!("there is no section [{section}]"))),
                }
            }
        }
        for (name, value) in environment {
            apply_variable(&mut table, &name, &value).map_err(invalid)?;
        }
        toml::Value::Table(table).try_into().map_err(|e: toml::de::Error| invalid(e.message().to_owned()))
    }
}

impl Default for Config {
    /// The embedded defaults, which a test reads.
    #[allow(clippy::expect_used, reason = "the embedded text is a constant that a test reads")]
    fn default() -> Self {
        Self::load(None, []).expect("the embedded defaults are valid")
    }
}

/// Applies `HEARD_SECTION_KEY`. Variables of other sections (`HEARD_TEST_…`) are not ours.
fn apply_variable(table: &mut toml::Table, name: &str, value: &str) -> Result<(), String> {
    let Some((section, key)) = name.strip_prefix("HEARD_").and_then(|rest| rest.split_once('_')) else {
        return Ok(());
    };
    let Some(toml::Value::Table(values)) = table.get_mut(&section.to_lowercase()) else { return Ok(()) };
    let key = key.to_lowercase();
    let parsed = match values.get(&key) {
        Some(toml::Value::Integer(_)) => {
            value.parse().map(toml::Value::Integer).map_err(|_| format!("{name} must be a number"))?
        }
        Some(toml::Value::Array(_)) => {
            let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
            toml::Value::Array(parts.map(|part| toml::Value::String(part.to_owned())).collect())
        }
        _ => toml::Value::String(value.to_owned()),
    };
    values.insert(key, parsed);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_stands_over_the_file_over_the_defaults() {
        let file = "[server]\nlisten = \"127.0.0.1:9000\"\n[log]\nlevel = \"debug\"\n";
        let environment = [
            ("HEARD_SERVER_LISTEN".to_owned(), "0.0.0.0:80".to_owned()),
            ("HEARD_TEST_X".to_owned(), "1".to_owned()),
        ];
        let config = Config::load(Some(file), environment).unwrap();
        assert_eq!(config.server.listen.port(), 80);
        assert_eq!(config.log.level, "debug");
        assert_eq!(config.storage.database, "");
        assert_eq!(Config::default().server.listen.port(), 8080);
    }

    #[test]
    fn unknown_options_are_named() {
        let error = Config::load(Some("[server]\nlistne = \"x\"\n"), []).unwrap_err();
        assert!(error.params()["reason"].as_str().unwrap().contains("listne"), "{error}");
    }
}
