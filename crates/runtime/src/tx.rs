//! The transaction that commands work in.

use std::{
    cell::{Cell, RefCell},
    ops::Deref,
};

use heard_kernel::{Actor, Error, Ids, Result, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    deadline,
    event::{Event, StoredEvent},
    job::{self, JobKind},
    log::{self, Pending},
};

/// A transaction with everything that a command may do in it: statements (it derefs to [`heard_store::Tx`]), events,
/// jobs, deadlines. All of it becomes visible together.
pub struct Tx<'t> {
    db: &'t heard_store::Tx<'t>,
    actor: &'t Actor,
    now: Timestamp,
    ids: &'t dyn Ids,
    node: &'t str,
    pending: RefCell<Vec<Pending>>,
    /// Deadlines that were set, moved or cleared. They are written right before the commit, all together.
    deadlines: RefCell<deadline::Changes>,
    wake: Cell<Wake>,
}

/// Who must be woken after the commit.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Wake {
    pub(crate) log: bool,
    pub(crate) jobs: bool,
    pub(crate) deadlines: bool,
}

impl<'t> Deref for Tx<'t> {
    type Target = heard_store::Tx<'t>;
    fn deref(&self) -> &Self::Target {
        self.db
    }
}

impl<'t> Tx<'t> {
    pub(crate) fn new(
        db: &'t heard_store::Tx<'t>,
        actor: &'t Actor,
        now: Timestamp,
        ids: &'t dyn Ids,
        node: &'t str,
    ) -> Self {
        Self {
            db,
            actor,
            now,
            ids,
            node,
            pending: RefCell::default(),
            deadlines: RefCell::default(),
            wake: Cell::default(),
        }
    }

    /// Who acts.
    pub fn actor(&self) -> &'t Actor {
        self.actor
    }

    /// The instant of the transaction, the same for everything in it.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A new id.
    pub fn new_id<I: From<Uuid>>(&self) -> I {
        self.ids.uuid(self.now).into()
    }

    /// 32 unpredictable bytes.
    pub fn secret(&self) -> [u8; 32] {
        self.ids.secret()
    }

    /// Adds an event to the log. It is written last, right before the commit.
    ///
    /// # Errors
    /// `internal` when the event cannot be written as JSON.
    pub fn emit<E: Event>(&self, event: &E) -> Result<()> {
        let subject = event.subject();
        self.pending.borrow_mut().push(Pending {
            id: self.new_id(),
            kind: E::KIND,
            version: E::VERSION,
            subject_kind: subject.kind,
            subject_id: subject.id,
            data: serde_json::to_string(event).map_err(Error::internal)?,
        });
        self.wake_also(|wake| wake.log = true);
        Ok(())
    }

    /// Adds a job that runs as soon as a worker is free.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn enqueue<J: JobKind>(&self, job: &J) -> Result<()> {
        self.enqueue_at(job, self.now).await
    }

    /// Adds a job that runs at a time. One with the same key that still waits is moved instead.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn enqueue_at<J: JobKind>(&self, job: &J, run_at: Timestamp) -> Result<()> {
        job::enqueue(self, job, run_at).await?;
        self.wake_also(|wake| wake.jobs = true);
        Ok(())
    }

    /// Sets or moves the deadline of a kind on a subject.
    ///
    /// # Errors
    /// `internal` when the data cannot be written as JSON.
    pub fn set_deadline(
        &self,
        kind: &'static str,
        subject: impl Into<Uuid>,
        due_at: Timestamp,
        data: &impl Serialize,
    ) -> Result<()> {
        let data = serde_json::to_string(data).map_err(Error::internal)?;
        self.deadlines.borrow_mut().insert((kind, subject.into()), Some((due_at, data)));
        self.wake_also(|wake| wake.deadlines = true);
        Ok(())
    }

    /// Removes the deadline of a kind on a subject, if there is one.
    pub fn clear_deadline(&self, kind: &'static str, subject: impl Into<Uuid>) {
        self.deadlines.borrow_mut().insert((kind, subject.into()), None);
    }

    /// Whether this transaction has set, moved or cleared the deadline of a kind on a subject.
    pub fn has_set_deadline(&self, kind: &str, subject: Uuid) -> bool {
        self.deadlines.borrow().keys().any(|(of, about)| *of == kind && *about == subject)
    }

    /// Events about one thing, oldest first, after a place in the log.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn events_about(
        &self,
        subject: impl Into<Uuid>,
        after: i64,
        limit: usize,
    ) -> Result<Vec<StoredEvent>> {
        log::about(self, subject.into(), after, limit).await
    }

    pub(crate) fn wake_jobs(&self) {
        self.wake_also(|wake| wake.jobs = true);
    }

    fn wake_also(&self, change: impl FnOnce(&mut Wake)) {
        let mut wake = self.wake.get();
        change(&mut wake);
        self.wake.set(wake);
    }

    /// Writes the deadlines, appends the events and tells who must be woken. The last thing before the commit.
    pub(crate) async fn finish(&self) -> Result<Wake> {
        deadline::write(self.db, &self.deadlines.take()).await?;
        let events = self.pending.take();
        log::append(self.db, self.actor, self.now, self.node, &events).await?;
        Ok(self.wake.get())
    }
}
