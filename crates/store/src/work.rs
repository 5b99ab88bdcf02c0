//! Closures over transactions, without their types.
//!
//! Each caller's closure has a type of its own. Were it carried down to the engines, everything that runs transactions
//! would be compiled anew for each of the hundreds of callers; so it is boxed at the door and leaves its answer in a slot.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use heard_kernel::{Error, Result};

use crate::tx::Tx;

type Done<'t> = Pin<Box<dyn Future<Output = Result<()>> + 't>>;

type Boxed = Box<dyn for<'t> Fn(&'t Tx<'t>) -> Done<'t> + Send + Sync>;

/// What is to be done in a transaction.
pub(crate) struct Work(pub(crate) Boxed);

/// Tells the compiler that the closure is for transactions of any lifetime.
fn boxed(f: impl for<'t> Fn(&'t Tx<'t>) -> Done<'t> + Send + Sync + 'static) -> Boxed {
    Box::new(f)
}

/// Where the answer of the work will be.
pub(crate) struct Answer<T>(Arc<Mutex<Option<T>>>);

impl Work {
    pub(crate) fn of<T, F>(f: F) -> (Self, Answer<T>)
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + Sync + 'static,
    {
        let slot = Arc::new(Mutex::new(None));
        let (f, place) = (Arc::new(f), Arc::clone(&slot));
        let work = boxed(move |tx| {
            let (f, place) = (Arc::clone(&f), Arc::clone(&place));
            Box::pin(async move {
                let value = f(tx).await?;
                // The last attempt counts: one that lost against another transaction left an answer that never was.
                *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                Ok(())
            })
        });
        (Self(work), Answer(slot))
    }
}

impl<T> Answer<T> {
    /// The answer, once the work was done.
    pub(crate) fn take(self) -> Result<T> {
        let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        answer.ok_or_else(|| Error::internal("a transaction ended without an answer"))
    }
}
