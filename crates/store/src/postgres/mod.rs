//! The PostgreSQL engine: one pooled connection per transaction.

mod value;

use std::{str::FromStr, sync::Arc, time::Duration};

use deadpool_postgres::{Client, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use heard_kernel::{Error, Result, codes};
use tokio_postgres::{AsyncMessage, Config};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_util::task::LocalPoolHandle;

pub(crate) use self::value::PgValue;
use crate::{
    db::{closed, retry},
    error::{from_pool, from_postgres},
    tx::Tx,
};

/// The advisory lock that lets one process at a time change the schema ("hrdM").
const MIGRATION_LOCK: i64 = 0x6872_644d;

pub(crate) struct Postgres {
    pool: Pool,
    config: Config,
    tls: MakeRustlsConnect,
    threads: LocalPoolHandle,
}

impl Postgres {
    pub(crate) async fn open(url: &str, connections: usize) -> Result<Self> {
        // The address holds a password: its text never goes into an error.
        let mut config = Config::from_str(url).map_err(|_| {
            Error::new(codes::STORAGE_UNAVAILABLE).because("the PostgreSQL address is malformed")
        })?;
        config.application_name("heard").connect_timeout(Duration::from_secs(10));
        let tls = tls();
        let manager = Manager::from_config(
            config.clone(),
            tls.clone(),
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let pool = Pool::builder(manager)
            .max_size(connections.max(2))
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(Duration::from_secs(10)))
            .create_timeout(Some(Duration::from_secs(10)))
            .build()
            .map_err(|e| Error::internal(format!("cannot make the connection pool: {e}")))?;
        let threads = std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8));
        let this = Self { pool, config, tls, threads: LocalPoolHandle::new(threads) };
        drop(this.pool.get().await.map_err(from_pool)?);
        Ok(this)
    }

    pub(crate) async fn migrate(&self, runner: refinery::Runner) -> Result<usize> {
        let mut client = self.pool.get().await.map_err(from_pool)?;
        client.execute("SELECT pg_advisory_lock($1)", &[&MIGRATION_LOCK]).await.map_err(from_postgres)?;
        let report = runner.run_async(&mut **client.as_mut()).await;
        client.execute("SELECT pg_advisory_unlock($1)", &[&MIGRATION_LOCK]).await.map_err(from_postgres)?;
        let report = report.map_err(|e| Error::internal(format!("migration failed: {e}")))?;
        Ok(report.applied_migrations().len())
    }

    /// Runs the closure in a transaction (`write`) or statement by statement.
    pub(crate) async fn run<T, F>(&self, write: bool, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + Sync + 'static,
    {
        self.with_begin(write.then_some("BEGIN"), f).await
    }

    pub(crate) async fn snapshot<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + Sync + 'static,
    {
        self.with_begin(Some("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"), f).await
    }

    async fn with_begin<T, F>(&self, begin: Option<&'static str>, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + Sync + 'static,
    {
        let f = Arc::new(f);
        let mut attempt = 0;
        loop {
            let client = self.pool.get().await.map_err(from_pool)?;
            let f = Arc::clone(&f);
            // Pinned to a thread: the closure's future need not be `Send`. It goes on when the caller goes away.
            let result =
                self.threads.spawn_pinned(move || async move { once(client, begin, &*f).await }).await;
            match result.map_err(|e| Error::internal(format!("a transaction panicked: {e}")))? {
                Err(error) if retry(&error, attempt) => {
                    tokio::time::sleep(Duration::from_millis(2 << attempt)).await;
                    attempt += 1;
                }
                done => return done,
            }
        }
    }

    pub(crate) async fn listen(&self, channel: &'static str, heard: impl Fn() + Send) -> Result<()> {
        let (client, mut connection) = self.config.connect(self.tls.clone()).await.map_err(from_postgres)?;
        let subscribe = format!("LISTEN {channel}");
        let mut ready = std::pin::pin!(client.batch_execute(&subscribe));
        let mut subscribed = false;
        let mut messages =
            std::pin::pin!(futures_util::stream::poll_fn(move |cx| connection.poll_message(cx)));
        loop {
            tokio::select! {
                done = &mut ready, if !subscribed => {
                    done.map_err(from_postgres)?;
                    subscribed = true;
                    // Whatever was said before the subscription stood is made up for by looking once.
                    heard();
                }
                message = futures_util::StreamExt::next(&mut messages) => match message {
                    Some(Ok(AsyncMessage::Notification(_))) => heard(),
                    Some(Ok(_)) => {}
                    Some(Err(error)) => return Err(from_postgres(error)),
                    None => return Err(closed()),
                },
            }
        }
    }

    pub(crate) fn close(&self) {
        self.pool.close();
    }
}

/// Takes the connection out of the pool when a transaction is left half-way (a panic), so that nobody goes on in it.
struct Held(Option<Client>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(client) = self.0.take() {
            drop(Object::take(client));
        }
    }
}

async fn once<T, F>(client: Client, begin: Option<&'static str>, f: &F) -> Result<T>
where
    F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T>,
{
    let mut held = Held(Some(client));
    let Some(client) = held.0.as_ref() else { return Err(closed()) };
    let result = match begin {
        None => f(&Tx::postgres(client)).await,
        Some(begin) => {
            client.batch_execute(begin).await.map_err(from_postgres)?;
            match f(&Tx::postgres(client)).await {
                Ok(value) => client.batch_execute("COMMIT").await.map(|()| value).map_err(from_postgres),
                Err(error) => {
                    client.batch_execute("ROLLBACK").await.map_err(from_postgres)?;
                    Err(error)
                }
            }
        }
    };
    // The transaction is over: the connection goes back to the pool.
    drop(held.0.take());
    result
}

fn tls() -> MakeRustlsConnect {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider);
    let config = match builder.with_safe_default_protocol_versions() {
        Ok(builder) => builder.with_root_certificates(roots).with_no_client_auth(),
        Err(error) => unreachable!("ring supports the default protocol versions: {error}"),
    };
    MakeRustlsConnect::new(config)
}
