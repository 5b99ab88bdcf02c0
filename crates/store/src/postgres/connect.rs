//! Ways to the server.

use std::{str::FromStr, time::Duration};

use deadpool_postgres::{
    ClientWrapper, Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime,
};
use heard_kernel::{Error, Result, codes};
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::tls::Options;
use crate::error::{from_connect, from_postgres};

/// How long a caller waits for a free connection, and a new connection for the server.
const WAIT: Duration = Duration::from_secs(10);

/// Limits that hold unless the address or the server sets others. They keep one stuck statement, or a process that
/// stopped in the middle of a transaction, from holding locks for ever.
const LIMITS: &str = "SELECT set_config(name, CASE name WHEN 'statement_timeout' THEN '30s' ELSE '60s' END, false) \
     FROM pg_settings WHERE name IN ('statement_timeout', 'idle_in_transaction_session_timeout') AND setting = '0'";

/// Where the server is, and how to speak to it.
#[derive(Clone)]
pub(super) struct Server {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Server {
    pub(super) fn new(url: &str) -> Result<Self> {
        // The address holds a password: its text never goes into an error.
        let (url, tls) = Options::split(url)?;
        let mut config = Config::from_str(&url).map_err(|_| {
            Error::new(codes::STORAGE_UNAVAILABLE).because("the PostgreSQL address is malformed")
        })?;
        config.application_name("heard").connect_timeout(WAIT);
        // A server that vanished without a word is noticed within a minute.
        config.keepalives(true).keepalives_idle(Duration::from_secs(30));
        config.keepalives_interval(Duration::from_secs(10)).keepalives_retries(3);
        config.tcp_user_timeout(Duration::from_secs(60));
        Ok(Self { config, tls: tls.connector()? })
    }

    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    pub(super) fn tls(&self) -> MakeRustlsConnect {
        self.tls.clone()
    }

    /// A connection of its own, without a limit on the time of a statement: for migrations and backups.
    pub(super) async fn alone(&self) -> Result<ClientWrapper> {
        let (client, connection) = self.config.connect(self.tls()).await.map_err(from_connect)?;
        let task = tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a connection to PostgreSQL broke");
            }
        });
        let client = ClientWrapper::new(client, task);
        client.batch_execute("SET statement_timeout = 0").await.map_err(from_postgres)?;
        Ok(client)
    }

    pub(super) fn pool(&self, connections: usize) -> Result<Pool> {
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        Pool::builder(Manager::from_config(self.config.clone(), self.tls(), recycling))
            .max_size(connections.max(2))
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .post_create(Hook::async_fn(|client, _| {
                Box::pin(async move { client.batch_execute(LIMITS).await.map_err(HookError::Backend) })
            }))
            .build()
            .map_err(|e| Error::internal(format!("cannot make the connection pool: {e}")))
    }
}
