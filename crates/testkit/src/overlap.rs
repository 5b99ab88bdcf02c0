//! Two transactions that overlap, as those of two processes do.

use std::sync::Arc;

use tokio::{
    sync::{Semaphore, watch},
    time::{Duration, sleep},
};

use crate::TestDb;

/// Where the first transaction waits, its work done and not committed, until the second one cannot go on without it.
#[derive(Clone)]
pub struct Gate {
    reached: Arc<watch::Sender<bool>>,
    shut: Arc<Semaphore>,
}

impl Gate {
    /// Waits here. A transaction that runs again later goes straight on.
    pub async fn hold(&self) {
        self.reached.send_replace(true);
        let _ = self.shut.acquire().await;
    }
}

/// Runs `first` until its transaction reaches the gate, then `second` until it waits for a lock or is done, and lets both
/// end. PostgreSQL only: the embedded database has one writer.
pub async fn overlap<A, B, F>(db: &TestDb, first: impl FnOnce(Gate) -> F, second: B) -> (F::Output, B::Output)
where
    F: Future<Output = A> + Send + 'static,
    B: Future + Send + 'static,
    A: Send + 'static,
    B::Output: Send + 'static,
{
    let (reached, mut arrives) = watch::channel(false);
    let gate = Gate { reached: Arc::new(reached), shut: Arc::new(Semaphore::new(0)) };
    let first = tokio::spawn(first(gate.clone()));
    arrives.wait_for(|reached| *reached).await.unwrap();
    let second = tokio::spawn(second);
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while !second.is_finished() {
        let locked = db.db.read(async move |tx| tx.scalar::<i64>(waiting, &[]).await).await.unwrap();
        if locked.unwrap_or_default() > 0 {
            break;
        }
        sleep(Duration::from_millis(2)).await;
    }
    gate.shut.close();
    (first.await.unwrap(), second.await.unwrap())
}
