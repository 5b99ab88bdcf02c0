//! The compiled calendars of the organisation, kept in memory as long as nothing changes.

use std::sync::{Arc, PoisonError, RwLock};

use heard_kernel::{
    Result,
    calendar::{Calendar, Calendars, Problems},
};
use heard_store::Tx;

use super::{
    model::{BUILT_IN, CalendarId, CalendarRow, YearRow},
    store,
};

/// The compiled calendars of a process, with the revision that they are of.
#[derive(Default)]
pub struct Library(RwLock<Option<(String, Arc<Calendars>)>>);

impl Library {
    /// The calendars as they stand in a transaction. Reads one small row, and all documents after a change.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn at(&self, tx: &Tx<'_>) -> Result<Arc<Calendars>> {
        Ok(self.with_default(tx).await?.0)
    }

    /// The same with the name of the default calendar.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn with_default(&self, tx: &Tx<'_>) -> Result<(Arc<Calendars>, String)> {
        let state = store::state(tx).await?;
        Ok((self.of(tx, state.revision).await?, state.default_calendar))
    }

    async fn of(&self, tx: &Tx<'_>, revision: String) -> Result<Arc<Calendars>> {
        if let Some((known, calendars)) = &*self.0.read().unwrap_or_else(PoisonError::into_inner)
            && *known == revision
        {
            return Ok(Arc::clone(calendars));
        }
        let calendars = Arc::new(load(tx).await?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some((revision, Arc::clone(&calendars)));
        Ok(calendars)
    }
}

/// The calendars of the organisation as they stand in a transaction: the built-in and the own ones with the loaded
/// arrangements. Reads one small row; ask once per transaction. A name that nobody has: [`Calendars::get`] answers
/// with `calendar_unknown`.
///
/// # Errors
/// The storage codes.
pub async fn library(tx: &Tx<'_>) -> Result<Arc<Calendars>> {
    tx.shared::<Library>().at(tx).await
}

/// [`library`] and [`default_name`] with one look.
///
/// # Errors
/// The storage codes.
pub async fn library_and_default(tx: &Tx<'_>) -> Result<(Arc<Calendars>, String)> {
    tx.shared::<Library>().with_default(tx).await
}

/// One calendar of the library: the named one, or the default.
///
/// # Errors
/// `validation_failed` with `calendar_unknown`; the storage codes.
pub async fn calendar(tx: &Tx<'_>, name: Option<&str>) -> Result<Arc<Calendar>> {
    let calendars = library(tx).await?;
    match name {
        Some(name) => Ok(Arc::clone(calendars.get(name)?)),
        None => Ok(Arc::clone(calendars.get(&default_name(tx).await?)?)),
    }
}

/// The name of the calendar that counts where none is named.
///
/// # Errors
/// The storage codes.
pub async fn default_name(tx: &Tx<'_>) -> Result<String> {
    Ok(store::state(tx).await?.default_calendar)
}

/// The name of the calendar that an event tells of; none when it is gone.
///
/// # Errors
/// The storage codes.
pub async fn name_of(tx: &Tx<'_>, id: CalendarId) -> Result<Option<String>> {
    if let Some((name, _)) = BUILT_IN.iter().find(|(_, known)| *known == id) {
        return Ok(Some((*name).to_owned()));
    }
    Ok(store::by_id(tx, id).await?.map(|row| row.definition.name))
}

async fn load(tx: &Tx<'_>) -> Result<Calendars> {
    let (years, rows) = (store::years(tx).await?, store::all(tx).await?);
    let (calendars, problems) = assemble(&years, &rows);
    for (name, problem) in problems {
        // What is stored was checked; it can be wrong only when another release wrote it.
        tracing::error!(name, %problem, "a stored calendar or arrangement cannot be used");
    }
    Ok(calendars)
}

/// Puts the library together. What cannot be used is left out and named.
pub(super) fn assemble(years: &[YearRow], rows: &[CalendarRow]) -> (Calendars, Vec<(String, Problems)>) {
    let (mut calendars, mut problems) = (Calendars::builtin(), Vec::new());
    for region in years.chunk_by(|one, two| one.region == two.region) {
        let name = &region[0].region;
        let days: Vec<_> = region.iter().map(|year| year.days.clone()).collect();
        if let Err(problem) = calendars.put_years(name, &days) {
            problems.push((name.clone(), problem));
        }
    }
    for row in rows {
        if let Err(problem) = calendars.insert(row.definition.clone()) {
            problems.push((row.definition.name.clone(), problem));
        }
    }
    (calendars, problems)
}
