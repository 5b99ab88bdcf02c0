//! A connection within one transaction or read. Statements whose answer nobody waits for are kept and sent together with
//! the next that somebody does, or with `COMMIT`: each journey to the server and back costs more than the statement.

use std::{cell::RefCell, future::Future, panic::Location, pin::Pin};

use deadpool_postgres::ClientWrapper;
use futures_util::{
    TryStreamExt,
    future::{join, join_all},
};
use heard_kernel::{Error, Result};
use tokio::sync::OnceCell;
use tokio_postgres::{Error as DriverError, Statement, types::BorrowToSql};

use super::value::PgValue;
use crate::{error::from_postgres, row::Row, value::Value};

/// Statements that are sent together at most.
const TOGETHER: usize = 100;

/// The client's side of a transaction.
pub(crate) struct Line<'t> {
    client: &'t ClientWrapper,
    /// How the transaction begins, if it is one.
    begin: Option<&'static str>,
    /// That the server has begun it. Whoever comes while it is on its way waits for the same answer.
    begun: OnceCell<()>,
    later: RefCell<Vec<Later>>,
}

/// A statement that is yet to be sent.
struct Later {
    sql: String,
    params: Vec<Value>,
    place: &'static Location<'static>,
}

impl<'t> Line<'t> {
    /// A line that sends `begin` with its first statement, if there is one.
    pub(crate) fn new(client: &'t ClientWrapper, begin: Option<&'static str>) -> Self {
        Self { client, begin, begun: OnceCell::new(), later: RefCell::default() }
    }

    /// The connection itself, for what needs no transaction.
    pub(crate) fn client(&self) -> &ClientWrapper {
        self.client
    }

    /// Whether the server knows of the transaction.
    pub(crate) fn begun(&self) -> bool {
        self.begun.initialized()
    }

    pub(crate) async fn later(
        &self,
        sql: &str,
        params: &[Value],
        place: &'static Location<'static>,
    ) -> Result<()> {
        let later = Later { sql: sql.to_owned(), params: params.to_vec(), place };
        self.later.borrow_mut().push(later);
        if self.later.borrow().len() < TOGETHER { Ok(()) } else { self.flush().await }
    }

    pub(crate) async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64> {
        let statement = self.prepared(sql).await?;
        self.begin_now().await?;
        self.with_later(async {
            self.client.execute_raw(&statement, parameters(params)).await.map_err(from_postgres)
        })
        .await
    }

    pub(crate) async fn each(
        &self,
        sql: &str,
        params: &[Value],
        mut see: impl FnMut(&Row<'_>),
    ) -> Result<()> {
        let statement = self.prepared(sql).await?;
        let query = async {
            let rows = self.client.query_raw(&statement, parameters(params)).await.map_err(from_postgres)?;
            let mut rows = std::pin::pin!(rows);
            while let Some(row) = rows.try_next().await.map_err(from_postgres)? {
                see(&Row::postgres(&row));
            }
            Ok(())
        };
        if !self.later.borrow().is_empty() {
            self.begin_now().await?;
        }
        if self.begin.is_some() && !self.begun() {
            // A statement that only reads may travel with BEGIN: should that fail, it has changed nothing.
            let (begun, result) = join(self.begin_now(), query).await;
            begun.and(result)
        } else {
            self.with_later(query).await
        }
    }

    pub(crate) async fn batch(&self, sql: &str) -> Result<()> {
        self.begin_now().await?;
        self.with_later(async { self.client.batch_execute(sql).await.map_err(from_postgres) }).await
    }

    /// Begins a transaction in which everything waits for `COMMIT`. When the connection breaks here, nothing was written.
    pub(crate) async fn begin(&self) -> Result<()> {
        if self.later.borrow().is_empty() { Ok(()) } else { self.begin_now().await }
    }

    /// Sends what is left, and `COMMIT` in the same journey. After a failed statement the server answers `COMMIT` with a
    /// silent rollback, and the statement's own answer tells.
    pub(crate) async fn commit(&self) -> Result<()> {
        if !self.begun() && self.later.borrow().is_empty() {
            return Ok(());
        }
        self.batch("COMMIT").await
    }

    /// Sends what waits.
    pub(crate) async fn flush(&self) -> Result<()> {
        if self.later.borrow().is_empty() {
            return Ok(());
        }
        self.begin_now().await?;
        self.with_later(async { Ok(()) }).await
    }

    /// Begins before anything is written: were BEGIN to fail on its way with a statement that writes, that would be
    /// committed by itself.
    async fn begin_now(&self) -> Result<()> {
        let Some(begin) = self.begin else { return Ok(()) };
        let send = async || self.client.batch_execute(begin).await.map_err(from_postgres);
        self.begun.get_or_try_init(send).await.copied()
    }

    async fn prepared(&self, sql: &str) -> Result<Statement> {
        self.client.prepare_cached(sql).await.map_err(from_postgres)
    }

    /// Sends what waited and then `last`, and answers with what failed first or with what `last` gave.
    async fn with_later<T>(&self, last: impl Future<Output = Result<T>>) -> Result<T> {
        let later = self.later.take();
        if later.is_empty() {
            return last.await;
        }
        // All are prepared before the first is sent, so that they arrive in their order.
        let mut statements = Vec::with_capacity(later.len());
        for Later { sql, place, .. } in &later {
            statements.push(self.prepared(sql).await.map_err(|error| error.because(place))?);
        }
        let sent = later.iter().zip(&statements).map(|(later, statement)| self.send(later, statement));
        let (answers, last) = join(join_all(sent), last).await;
        answers.into_iter().collect::<Result<()>>()?;
        last
    }

    fn send<'a>(
        &'a self,
        later: &'a Later,
        statement: &'a Statement,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + 'a>> {
        Box::pin(async {
            let sent = self.client.execute_raw(statement, parameters(&later.params)).await;
            sent.map(drop)
                .map_err(|error: DriverError| -> Error { from_postgres(error).because(later.place) })
        })
    }
}

fn parameters(params: &[Value]) -> impl ExactSizeIterator<Item = impl BorrowToSql> {
    params.iter().map(PgValue)
}
