//! What can be done with calendars and arrangements.

use std::sync::Arc;

use heard_kernel::{
    Actor, Error, Locale, Result, Timestamp,
    calendar::{ArrangementYear, Calendars, Definition, IcsDays, Question, Weekday, parse_ics},
    clean_text, codes,
};
use heard_runtime::{Ctx, IdempotencyKey, Tx};
use heard_store::Tx as StoreTx;
use serde_json::{Map, Value};

use super::{
    events::{
        ARRANGEMENTS, ArrangementLoaded, ArrangementRemoved, CalendarCreated, CalendarDefaultChanged,
        CalendarDeleted, CalendarUpdated,
    },
    http::{ArrangementReview, DefaultCalendar, IcsReview, NewArrangement},
    library::{assemble, library, library_and_default},
    model::{
        BUILT_IN, CALENDAR_BUILT_IN, CALENDAR_IN_USE, CalendarId, CalendarRow, CalendarView, CalendarYear,
        Region, StateRow, built_in,
    },
    regions, rules, store,
    users::{Use, Users},
    years,
};
use crate::rights::{CALENDAR_MANAGE, CALENDAR_READ};

/// All calendars: the built-in ones, then the own ones by name.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(crate) async fn list(ctx: &Ctx, actor: &Actor) -> Result<(Vec<CalendarView>, StateRow)> {
    actor.require(CALENDAR_READ)?;
    let now = ctx.now();
    ctx.read(async move |tx| {
        let show = Show::of(tx, now).await?;
        let mut views = Vec::new();
        for (name, id) in BUILT_IN {
            views.push(show.built_in(tx, name, id).await?);
        }
        for row in store::all(tx).await? {
            views.push(show.own(tx, row).await?);
        }
        Ok((views, show.state))
    })
    .await
}

/// The year by China's clocks, which is at most a day off anywhere.
fn year_of(now: Timestamp) -> i32 {
    i32::from(now.plus_seconds(8 * 3_600).to_jiff().to_zoned(jiff::tz::TimeZone::UTC).year())
}

/// What is needed to show calendars.
struct Show {
    state: StateRow,
    calendars: Arc<Calendars>,
    this_year: i32,
}

impl Show {
    async fn of(tx: &StoreTx<'_>, now: Timestamp) -> Result<Self> {
        Ok(Self { state: store::state(tx).await?, calendars: library(tx).await?, this_year: year_of(now) })
    }

    async fn built_in(&self, tx: &StoreTx<'_>, name: &str, id: CalendarId) -> Result<CalendarView> {
        let definition = self.calendars.definition(name)?.spelled_out();
        let row = CalendarRow { id, definition, version: 1, updated_at: Timestamp::default() };
        Ok(CalendarView { built_in: true, updated_at: None, ..self.own(tx, row).await? })
    }

    async fn own(&self, tx: &StoreTx<'_>, row: CalendarRow) -> Result<CalendarView> {
        let name = row.definition.name.clone();
        let region = row.definition.arrangement.as_deref();
        let arrangements = self.calendars.arrangements();
        Ok(CalendarView {
            id: row.id,
            built_in: false,
            is_default: self.state.default_calendar == name,
            missing_years: rules::missing_years(arrangements, region, self.this_year),
            uses: uses(tx, &name).await?,
            definition: row.definition,
            updated_at: Some(row.updated_at),
            version: row.version,
            name,
        })
    }
}

/// One calendar.
///
/// # Errors
/// `forbidden`; `not_found`; the storage codes.
pub(crate) async fn get(ctx: &Ctx, actor: &Actor, name: String) -> Result<CalendarView> {
    actor.require(CALENDAR_READ)?;
    let now = ctx.now();
    ctx.read(async move |tx| view(tx, &name, now).await).await
}

async fn view(tx: &StoreTx<'_>, name: &str, now: Timestamp) -> Result<CalendarView> {
    let show = Show::of(tx, now).await?;
    match built_in(name) {
        Some(id) => show.built_in(tx, name, id).await,
        None => show.own(tx, own(tx, name).await?).await,
    }
}

async fn own(tx: &StoreTx<'_>, name: &str) -> Result<CalendarRow> {
    store::by_name(tx, name).await?.ok_or_else(|| Error::not_found("calendar"))
}

/// Makes a calendar.
///
/// # Errors
/// `forbidden`; `validation_failed`; `already_exists`; the storage codes.
pub(crate) async fn create(
    ctx: &Ctx,
    actor: &Actor,
    key: Option<IdempotencyKey>,
    definition: Definition,
) -> Result<CalendarView> {
    actor.require(CALENDAR_MANAGE)?;
    let definition = rules::clean(&definition)?;
    let name = ctx
        .tx_once(actor, key, async move |tx| {
            store::touch(tx).await?;
            if store::by_name(tx, &definition.name).await?.is_some() {
                return Err(Error::field("name", codes::ALREADY_EXISTS));
            }
            let row = CalendarRow {
                id: tx.new_id(),
                definition: definition.clone(),
                version: 1,
                updated_at: tx.now(),
            };
            store::insert(tx, &row).await?;
            check(tx, &row.definition.name).await?;
            tx.emit(&CalendarCreated { calendar_id: row.id })?;
            Ok(row.definition.name)
        })
        .await?;
    get(ctx, actor, name).await
}

/// The library after the changes of this transaction. What is wrong with the calendar `named` is told at the fields of
/// its document.
async fn check(tx: &Tx<'_>, named: &str) -> Result<Calendars> {
    let (years, rows) = (store::years(tx).await?, store::all(tx).await?);
    let (calendars, problems) = assemble(&years, &rows);
    match problems.into_iter().find(|(name, _)| name == named) {
        Some((_, problems)) => Err(problems.into()),
        None => Ok(calendars),
    }
}

/// Changes a version of an own calendar; its name can change as long as nobody refers to it.
///
/// # Errors
/// `forbidden`; `not_found`; `calendar_built_in`; `calendar_in_use`; `validation_failed`; `version_conflict`; the storage
/// codes.
pub(crate) async fn update(
    ctx: &Ctx,
    actor: &Actor,
    name: String,
    version: i64,
    definition: Definition,
) -> Result<CalendarView> {
    actor.require(CALENDAR_MANAGE)?;
    refuse_built_in(&name)?;
    let definition = rules::clean(&definition)?;
    let name = ctx
        .tx(actor, async move |tx| {
            store::touch(tx).await?;
            let before = own(tx, &name).await?;
            let after = CalendarRow {
                id: before.id,
                definition: definition.clone(),
                version: version + 1,
                updated_at: tx.now(),
            };
            if before.version != version {
                let current = view(tx, &name, tx.now()).await?;
                return Err(Error::new(codes::VERSION_CONFLICT).with("current", current));
            }
            if after.definition.name != before.definition.name {
                rename(tx, &before, &after.definition.name).await?;
            }
            if !store::update(tx, &after).await? {
                return Err(Error::new(codes::VERSION_CONFLICT));
            }
            check(tx, &after.definition.name).await?;
            tx.emit(&CalendarUpdated { calendar_id: after.id })?;
            Ok(after.definition.name)
        })
        .await?;
    get(ctx, actor, name).await
}

async fn rename(tx: &Tx<'_>, before: &CalendarRow, name: &str) -> Result<()> {
    if store::by_name(tx, name).await?.is_some_and(|other| other.id != before.id) {
        return Err(Error::field("name", codes::ALREADY_EXISTS));
    }
    refuse_used(&uses(tx, &before.definition.name).await?)?;
    let state = store::state(tx).await?;
    if state.default_calendar == before.definition.name {
        store::set_default(tx, name, state.version).await?;
    }
    Ok(())
}

fn refuse_built_in(name: &str) -> Result<()> {
    built_in(name).map_or(Ok(()), |_| Err(Error::new(CALENDAR_BUILT_IN).with("name", name)))
}

async fn uses(tx: &StoreTx<'_>, name: &str) -> Result<Vec<Use>> {
    tx.shared::<Users>().of(tx, name).await
}

fn refuse_used(uses: &[Use]) -> Result<()> {
    if uses.is_empty() {
        return Ok(());
    }
    let names = uses.iter().map(|used| used.name.clone()).collect::<Vec<_>>();
    Err(Error::new(CALENDAR_IN_USE).with("uses", names))
}

/// Deletes an own calendar that nothing uses.
///
/// # Errors
/// `forbidden`; `not_found`; `calendar_built_in`; `calendar_in_use`; the storage codes.
pub(crate) async fn delete(ctx: &Ctx, actor: &Actor, name: String) -> Result<()> {
    actor.require(CALENDAR_MANAGE)?;
    refuse_built_in(&name)?;
    ctx.tx(actor, async move |tx| {
        store::touch(tx).await?;
        let row = own(tx, &name).await?;
        let name = &row.definition.name;
        let mut used = uses(tx, name).await?;
        if store::state(tx).await?.default_calendar == *name {
            used.push(Use { kind: "default".to_owned(), id: None, name: name.clone() });
        }
        refuse_used(&used)?;
        store::delete(tx, row.id).await?;
        tx.emit(&CalendarDeleted { calendar_id: row.id })
    })
    .await
}

/// Which calendar counts where none is named.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(crate) async fn default(ctx: &Ctx, actor: &Actor) -> Result<DefaultCalendar> {
    actor.require(CALENDAR_READ)?;
    let state = ctx.read(async |tx| store::state(tx).await).await?;
    Ok(DefaultCalendar { name: state.default_calendar, version: state.version })
}

/// Chooses the default of a version.
///
/// # Errors
/// `forbidden`; `validation_failed` with `calendar_unknown`; `version_conflict`; the storage codes.
pub(crate) async fn set_default(
    ctx: &Ctx,
    actor: &Actor,
    version: i64,
    name: String,
) -> Result<DefaultCalendar> {
    actor.require(CALENDAR_MANAGE)?;
    ctx.tx(actor, async move |tx| {
        store::touch(tx).await?;
        let state = store::state(tx).await?;
        let chosen = check_known(tx, &name).await?;
        if state.default_calendar == chosen.1 && state.version == version {
            return Ok(DefaultCalendar { name: chosen.1, version });
        }
        if !store::set_default(tx, &chosen.1, version).await? {
            let current = DefaultCalendar { name: state.default_calendar, version: state.version };
            return Err(Error::new(codes::VERSION_CONFLICT).with("current", current));
        }
        tx.emit(&CalendarDefaultChanged { calendar_id: chosen.0 })?;
        Ok(DefaultCalendar { name: chosen.1, version: version + 1 })
    })
    .await
}

async fn check_known(tx: &Tx<'_>, name: &str) -> Result<(CalendarId, String)> {
    if let Some(id) = built_in(name) {
        return Ok((id, name.to_owned()));
    }
    match store::by_name(tx, name).await? {
        Some(row) => Ok((row.id, row.definition.name)),
        None => {
            let calendars = library(tx).await?;
            let mut problem = calendars.get(name).err().ok_or_else(|| Error::not_found("calendar"))?;
            "name".clone_into(&mut problem.path);
            Err(problem.into())
        }
    }
}

/// The days of a year of a calendar.
///
/// # Errors
/// `forbidden`; `not_found`; `validation_failed`; the storage codes.
pub(crate) async fn year(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    year: i32,
    locale: Locale,
) -> Result<CalendarYear> {
    actor.require(CALENDAR_READ)?;
    let calendars = calendars(ctx).await?;
    let missing = |_| Error::not_found("calendar");
    let (calendar, definition) =
        (calendars.get(name).map_err(missing)?, calendars.definition(name).map_err(missing)?);
    years::of(calendar, calendars.arrangements(), definition.arrangement.as_deref(), year, locale)
}

async fn calendars(ctx: &Ctx) -> Result<Arc<Calendars>> {
    ctx.read(async |tx| library(tx).await).await
}

/// The days of a year of a document that is not stored.
///
/// # Errors
/// `forbidden`; `validation_failed`; the storage codes.
pub(crate) async fn preview(
    ctx: &Ctx,
    actor: &Actor,
    mut definition: Definition,
    year: i32,
    locale: Locale,
) -> Result<CalendarYear> {
    actor.require(CALENDAR_READ)?;
    if definition.name.trim().is_empty() {
        "preview".clone_into(&mut definition.name);
    }
    let calendars = calendars(ctx).await?;
    let arrangements = calendars.arrangements();
    let compiled = definition.compile(arrangements).map_err(|problems| problems.below("definition"))?;
    years::of(&compiled, arrangements, definition.arrangement.as_deref(), year, locale)
}

/// Reads an iCalendar file for review. Nothing is stored.
///
/// # Errors
/// `forbidden`; `validation_failed`.
pub(crate) fn review_ics(actor: &Actor, text: &str) -> Result<IcsReview> {
    actor.require(CALENDAR_READ)?;
    let days = parse_ics(text).map_err(|problems| problems.below("text"))?;
    Ok(IcsReview {
        holidays: days.holidays(),
        make_up: days.make_up_days(Weekday::Mon),
        skipped: u32::try_from(days.skipped).unwrap_or(u32::MAX),
        left_out: days.left_out,
    })
}

/// The arrangements with their years.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(crate) async fn arrangements(ctx: &Ctx, actor: &Actor) -> Result<Vec<Region>> {
    actor.require(CALENDAR_READ)?;
    let this_year = year_of(ctx.now());
    let read = ctx.read(async move |tx| {
        let calendars = library(tx).await?;
        Ok(regions::of(&calendars, &store::years(tx).await?, this_year))
    });
    regions::with_people(ctx, read.await?).await
}

/// What a file or an entry says about years, without storing it.
///
/// # Errors
/// `forbidden`; `validation_failed`; the storage codes.
pub(crate) async fn preview_arrangement(
    ctx: &Ctx,
    actor: &Actor,
    new: &NewArrangement,
) -> Result<ArrangementReview> {
    actor.require(CALENDAR_MANAGE)?;
    let calendars = calendars(ctx).await?;
    let (_, years) = read_years(&calendars, new)?;
    // Other files are refused where something in them does not fit.
    let left_out = new.text.as_deref().and_then(|text| parse_ics(text).ok());
    Ok(ArrangementReview {
        years,
        left_out: left_out.map(IcsDays::left_out_of_arrangement).unwrap_or_default(),
    })
}

/// Reads the years of a file or an entry in the light of the arrangement that is known.
fn read_years(known: &Calendars, new: &NewArrangement) -> Result<(String, Vec<ArrangementYear>)> {
    let region = rules::clean_region(&new.region)?;
    let mut arrangements = known.arrangements().clone();
    let read = match (&new.text, &new.years) {
        (Some(text), None) => arrangements.merge(&region, text).map_err(|problems| problems.below("text"))?,
        (None, Some(years)) => arrangements.put_years(&region, &rules::clean_years(years)?)?,
        _ => return Err(Error::field("text", heard_kernel::REQUIRED)),
    };
    let Some(arrangement) = arrangements.get(&region) else { return Ok((region, Vec::new())) };
    let years = read.into_iter().filter_map(|year| arrangement.year(year)).collect();
    Ok((region, years))
}

/// Stores years of an arrangement in the place of the same years. Returns the years.
///
/// # Errors
/// `forbidden`; `validation_failed`; the storage codes.
pub(crate) async fn load_arrangement(ctx: &Ctx, actor: &Actor, new: NewArrangement) -> Result<Vec<i32>> {
    actor.require(CALENDAR_MANAGE)?;
    let source = clean_text("source", new.source.as_deref().unwrap_or_default(), 300)?;
    ctx.tx(actor, async move |tx| {
        let known = library(tx).await?;
        let (region, days) = read_years(&known, &new)?;
        store::touch(tx).await?;
        for year in &days {
            store::put_year(tx, &region, year, &source, (tx.actor().id, tx.now())).await?;
        }
        let years: Vec<i32> = days.iter().map(|year| year.year).collect();
        tx.emit(&ArrangementLoaded { arrangement_id: ARRANGEMENTS, region, years: years.clone() })?;
        Ok(years)
    })
    .await
}

/// Takes a loaded year away; what is built in counts again.
///
/// # Errors
/// `forbidden`; `not_found`; `calendar_in_use` when a calendar needs the region; the storage codes.
pub(crate) async fn remove_year(ctx: &Ctx, actor: &Actor, region: String, year: i32) -> Result<()> {
    actor.require(CALENDAR_MANAGE)?;
    ctx.tx(actor, async move |tx| {
        store::touch(tx).await?;
        if !store::delete_year(tx, &region, year).await? {
            return Err(Error::not_found("arrangement"));
        }
        if check(tx, &region).await?.arrangements().get(&region).is_none() {
            let needs = |row: &CalendarRow| row.definition.arrangement.as_ref() == Some(&region);
            let needed = store::all(tx).await?.into_iter().filter(needs);
            let name = |row: CalendarRow| Use {
                kind: "calendar".to_owned(),
                id: Some(row.id.0),
                name: row.definition.name,
            };
            refuse_used(&needed.map(name).collect::<Vec<_>>())?;
        }
        let removed =
            ArrangementRemoved { arrangement_id: ARRANGEMENTS, region: region.clone(), years: vec![year] };
        tx.emit(&removed)
    })
    .await
}

/// Answers questions about deadlines, with their reasons in the caller's language.
///
/// # Errors
/// `forbidden`; `validation_failed`; the storage codes.
pub(crate) async fn calculate(
    ctx: &Ctx,
    actor: &Actor,
    question: Value,
    locale: Locale,
) -> Result<Map<String, Value>> {
    actor.require(CALENDAR_READ)?;
    let id = question.get("id").cloned();
    let question = Question::read(question)?;
    let (calendars, default) = ctx.read(async |tx| library_and_default(tx).await).await?;
    let mut answer = question.answer(&calendars, &default, true)?;
    let words = answer.get_mut("explanation").and_then(|both| both.get_mut(locale.as_str())).map(Value::take);
    if let Some(words) = words {
        answer.insert("explanation".to_owned(), words);
    }
    if let Some(id) = id {
        answer.insert("id".to_owned(), id);
    }
    Ok(answer)
}
