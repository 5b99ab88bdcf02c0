//! What services are given: the database, the clock, ids, configuration.

use std::sync::Arc;

use heard_kernel::{Actor, Clock, Error, Ids, Result, Timestamp, codes};
use heard_store::{Db, params};
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    config::Config,
    event::StoredEvent,
    log,
    tail::Tail,
    tx::{Tx, Wake},
};

/// What services are given. Cheap to clone.
#[derive(Clone)]
pub struct Ctx(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    config: Arc<Config>,
    tail: Tail,
    /// Names this process among those on one database.
    node: String,
    log: watch::Sender<u64>,
    jobs: watch::Sender<u64>,
    deadlines: watch::Sender<u64>,
}

/// A caller's key for a creating call, with a fingerprint of what was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdempotencyKey {
    /// The caller's key.
    pub key: String,
    /// Digest of method, path and body.
    pub fingerprint: String,
}

/// A name for this process.
#[expect(clippy::disallowed_methods, reason = "no two processes may share it, whatever ids they are given")]
fn node() -> String {
    Uuid::new_v4().to_string()
}

impl Ctx {
    /// Puts the parts together.
    pub fn new(db: Db, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>, config: Arc<Config>) -> Self {
        let channel = || watch::channel(0).0;
        Self(Arc::new(Inner {
            db,
            clock,
            ids,
            config,
            tail: Tail::default(),
            node: node(),
            log: channel(),
            jobs: channel(),
            deadlines: channel(),
        }))
    }

    /// What a slice keeps in memory as long as the process lives, such as a cache: one value of each type, made when
    /// it is first asked for.
    pub fn shared<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.0.db.shared().get()
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The configuration that the process was started with.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The clock.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.0.clock)
    }

    /// A new id.
    pub fn new_id<I: From<Uuid>>(&self) -> I {
        self.0.ids.uuid(self.now()).into()
    }

    /// 32 unpredictable bytes.
    pub fn secret(&self) -> [u8; 32] {
        self.0.ids.secret()
    }

    /// Runs a command's transaction for an actor: state, events, jobs and deadlines become visible together, durably,
    /// or not at all. The closure may run again after losing against another transaction.
    ///
    /// # Errors
    /// What the closure fails with; `overloaded`; the storage codes.
    pub async fn tx<T, F>(&self, actor: &Actor, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + Sync + 'static,
    {
        let (inner, actor) = (Arc::clone(&self.0), actor.clone());
        let (value, wake) = self
            .0
            .db
            .tx(async move |db| {
                let tx = Tx::new(db, &actor, inner.clock.now(), &*inner.ids, &inner.node);
                let value = f(&tx).await?;
                let wake = tx.finish().await?;
                Ok((value, wake))
            })
            .await?;
        self.wake(wake);
        Ok(value)
    }

    /// Like [`Ctx::tx`], but the same key of the same actor gets the first answer again instead of a second effect.
    ///
    /// # Errors
    /// `idempotency_key_reused` when the key came before with another request; as [`Ctx::tx`] otherwise.
    pub async fn tx_once<T, F>(&self, actor: &Actor, key: Option<IdempotencyKey>, f: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + Sync + 'static,
    {
        let Some(key) = key else { return self.tx(actor, f).await };
        self.tx(actor, async move |tx| {
            let owner = tx.actor().id.map_or_else(|| tx.actor().kind.as_str().to_owned(), |id| id.to_string());
            let earlier: Option<(String, heard_store::Json<serde_json::Value>)> = tx
                .optional(
                    "SELECT fingerprint, response FROM idempotency_keys WHERE actor = $1 AND idempotency_key = $2",
                    &params![&owner, &key.key],
                )
                .await?;
            if let Some((fingerprint, response)) = earlier {
                if fingerprint != key.fingerprint {
                    return Err(Error::new(codes::IDEMPOTENCY_KEY_REUSED));
                }
                return serde_json::from_value(response.0).map_err(Error::internal);
            }
            let value = f(tx).await?;
            let response = serde_json::to_string(&value).map_err(Error::internal)?;
            // Two at once: on PostgreSQL the second waits here for the first, fails on the key, and finds it when it runs again.
            tx.execute(
                "INSERT INTO idempotency_keys (actor, idempotency_key, fingerprint, response, at) VALUES ($1, $2, $3, $4, $5)",
                &params![&owner, &key.key, &key.fingerprint, response, tx.now()],
            )
            .await?;
            Ok(value)
        })
        .await
    }

    /// Reads. See [`Db::read`].
    ///
    /// # Errors
    /// What the closure fails with; the storage codes.
    pub async fn read<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t heard_store::Tx<'t>) -> Result<T> + Send + Sync + 'static,
    {
        self.0.db.read(f).await
    }

    /// Events after a place in the log, oldest first.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn events_after(&self, seq: i64, limit: usize) -> Result<Vec<StoredEvent>> {
        self.read(async move |tx| log::after(tx, seq, limit).await).await
    }

    /// The next events for somebody who follows the log and is at a place: fewer than there are perhaps, but none only
    /// at the end. What was just written is read once for all who follow.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn next_events(&self, seq: i64, limit: usize) -> Result<Vec<Arc<StoredEvent>>> {
        let growth = *self.0.log.borrow();
        self.0.tail.next(&self.0.db, growth, seq, limit).await
    }

    /// Looks at the log anew, also when nobody told that it has grown.
    pub(crate) async fn forget_log_end(&self) {
        self.0.tail.forget_end().await;
    }

    /// One event of the log.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn event(&self, seq: i64) -> Result<Option<StoredEvent>> {
        self.read(async move |tx| log::one(tx, seq).await).await
    }

    /// The last place of the log, 0 when it is empty.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn log_end(&self) -> Result<i64> {
        self.read(async |tx| log::end(tx).await).await
    }

    /// Changes whenever the log has grown, here or (on PostgreSQL) on another node.
    pub fn log_watch(&self) -> watch::Receiver<u64> {
        self.0.log.subscribe()
    }

    pub(crate) fn jobs_watch(&self) -> watch::Receiver<u64> {
        self.0.jobs.subscribe()
    }

    pub(crate) fn deadlines_watch(&self) -> watch::Receiver<u64> {
        self.0.deadlines.subscribe()
    }

    pub(crate) fn wake(&self, wake: Wake) {
        let bump = |wanted: bool, channel: &watch::Sender<u64>| {
            if wanted {
                channel.send_modify(|count| *count = count.wrapping_add(1));
            }
        };
        bump(wake.log, &self.0.log);
        bump(wake.jobs, &self.0.jobs);
        bump(wake.deadlines, &self.0.deadlines);
    }

    /// Wakes everybody when another process than this one has written to the log.
    pub(crate) fn heard_from(&self, node: Option<&str>) {
        if node != Some(&self.0.node) {
            self.wake_all();
        }
    }

    /// Wakes everybody who follows the log or waits for work.
    pub(crate) fn wake_all(&self) {
        self.wake(Wake { log: true, jobs: true, deadlines: true });
    }
}
