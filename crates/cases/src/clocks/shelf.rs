//! The calendars that clocks count by.

use std::sync::Arc;

use heard_kernel::{
    Result,
    calendar::{Calendar, Calendars},
};
use heard_platform::calendars;
use heard_store::Tx;

/// The calendars of the organisation as they stand in a transaction.
#[derive(Clone, Debug)]
pub struct Shelf {
    calendars: Arc<Calendars>,
    default: String,
}

impl Shelf {
    /// The calendars as they stand in a transaction.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn at(tx: &Tx<'_>) -> Result<Self> {
        let (calendars, default) = calendars::library_and_default(tx).await?;
        Ok(Self { calendars, default })
    }

    /// Some calendars and the name of the default one.
    pub fn of(calendars: Arc<Calendars>, default: impl Into<String>) -> Self {
        Self { calendars, default: default.into() }
    }

    /// The calendar of a name, or the default one without a name and where the name is gone: a clock never stops
    /// because somebody took its calendar away.
    ///
    /// # Errors
    /// `validation_failed` when the default is gone.
    pub fn calendar(&self, name: Option<&str>) -> Result<&Arc<Calendar>> {
        match name.map(|name| self.calendars.get(name)) {
            Some(Ok(calendar)) => Ok(calendar),
            _ => Ok(self.calendars.get(&self.default)?),
        }
    }
}
