//! Cases with running clocks by the hundred thousand.

use heard_kernel::{
    Result, Timestamp,
    calendar::{Calendar, Calendars, Demand},
    clock_policy::{Limit, Policy},
};
use heard_store::{Db, Value, params};
use serde_json::json;
use uuid::Uuid;

use super::{CHUNK, id, pick, store, words};

/// What cases to fill in. All are under way.
#[derive(Clone, Debug)]
pub struct CasePlan {
    /// The version of the plan that they follow.
    pub version: Uuid,
    /// Who owns them, one after the other.
    pub owners: Vec<Uuid>,
    /// The first of them. More can be put beside those of an earlier fill.
    pub first: u64,
    /// How many.
    pub cases: u64,
    /// Each so many-th case has [`CLOCKS`] clocks, the others one.
    pub many_of: u64,
    /// When each clock began, the last a minute later; spread over the last hours when absent.
    pub started_at: Option<Timestamp>,
    /// Minutes of working time of each clock.
    pub minutes: i64,
    /// The instant of the last case.
    pub now: Timestamp,
}

impl CasePlan {
    /// The case with a number, counted from the first.
    pub fn case(&self, number: u64) -> Uuid {
        id(4, self.first + number)
    }

    /// The first clock of the case with a number.
    pub fn clock(&self, number: u64) -> Uuid {
        id(5, (self.first + number) * CLOCKS)
    }
}

/// Clocks of a case that has many.
pub const CLOCKS: u64 = 5;
/// Numbers for people begin behind it, away from those that commands give.
const NUMBERS: u64 = 1_000_000_000;
/// The calendar that all clocks count by.
const CALENDAR: &str = "cn-workday";

const TYPES: [&str; 4] = ["complaint", "enquiry", "refund", "technical"];
const CATEGORIES: [&str; 5] = ["account", "payment", "product", "service", "other"];
const SEVERITIES: [&str; 3] = ["severe", "serious", "general"];
const PRIORITIES: [&str; 4] = ["urgent", "high", "normal", "low"];

/// Fills the database with cases.
///
/// # Errors
/// `validation_failed` when the clocks cannot be calculated; the storage codes.
pub async fn fill_cases(db: &Db, plan: &CasePlan) -> Result<()> {
    let calendars = Calendars::builtin();
    let calendar = calendars.get(CALENDAR)?;
    let mut start = 0;
    while start < plan.cases {
        let end = (start + CHUNK).min(plan.cases);
        let mut rows = CaseRows::default();
        for number in start..end {
            rows.add(plan, number, calendar)?;
        }
        db.tx(async move |tx| store::insert_cases(tx, &rows).await).await?;
        start = end;
    }
    let counts = counts(plan);
    db.tx(async move |tx| store::finish_cases(tx, &counts).await).await
}

/// The sizes of views that the cases add to: name, whose, how many.
fn counts(plan: &CasePlan) -> Vec<(&'static str, Uuid, u64)> {
    let mut counts = vec![("all", Uuid::nil(), plan.cases), ("team", Uuid::nil(), plan.cases)];
    let owners = plan.owners.len() as u64;
    for (place, owner) in plan.owners.iter().enumerate() {
        let more = u64::from((place as u64) < plan.cases % owners);
        counts.push(("mine", *owner, plan.cases / owners + more));
    }
    counts
}

/// The rows of some cases.
#[derive(Default)]
pub(super) struct CaseRows {
    pub(super) cases: Vec<Value>,
    pub(super) stages: Vec<Value>,
    pub(super) clocks: Vec<Value>,
    pub(super) deadlines: Vec<Value>,
}

impl CaseRows {
    fn add(&mut self, plan: &CasePlan, number: u64, calendar: &Calendar) -> Result<()> {
        let case = plan.case(number);
        let ago = i64::try_from(plan.cases - number).unwrap_or(0) % 20_000;
        let later = if number + 1 == plan.cases { 60 } else { 0 };
        let received =
            plan.started_at.map_or(plan.now.plus_seconds(-ago), |started| started.plus_seconds(later));
        let due = calendar.due(received, Demand::WorkingMinutes { minutes: plan.minutes }, &[])?;
        let due = due.unwrap_or(plan.now);
        let clocks = if plan.many_of > 0 && number.is_multiple_of(plan.many_of) { CLOCKS } else { 1 };
        for clock in 0..clocks {
            self.add_clock(plan, case, (plan.first + number) * CLOCKS + clock, received, due);
        }
        self.stages.extend(params![
            case,
            1,
            "record",
            "record",
            received,
            None::<i64>,
            None::<Uuid>,
            None::<String>,
            None::<String>
        ]);
        self.add_case(plan, number, received, due);
        Ok(())
    }

    fn add_case(&mut self, plan: &CasePlan, number: u64, received: Timestamp, due: Timestamp) {
        // Multiplied, so that the values of neighbours do not go together.
        let word =
            |list: &[&'static str], factor: u64| list[(number * factor / 3 % list.len() as u64) as usize];
        let priority = word(&PRIORITIES, 13);
        let rank = PRIORITIES.iter().position(|known| *known == priority).unwrap_or(0);
        let (none, no_id, no_number) = (|| None::<String>, || None::<Uuid>, || None::<i64>);
        let (name, title) = (words::name(number), words::sentence(number * 31));
        self.cases.extend(params![
            plan.case(number),
            NUMBERS + plan.first + number,
            word(&TYPES, 5),
            &title,
            "open",
            "active",
            "record",
            "record",
            1,
            received,
            plan.version,
            word(&CATEGORIES, 7),
            word(&SEVERITIES, 11),
            none(),
            none(),
            priority,
            rank,
            "phone",
            received,
            received,
            no_id(),
            pick(&plan.owners, number),
            no_id(),
            none(),
            due
        ]);
        self.cases.extend(params![
            due,
            "running",
            no_number(),
            no_id(),
            no_id(),
            no_id(),
            none(),
            None::<bool>,
            none(),
            none(),
            none(),
            none(),
            no_number(),
            0,
            no_number(),
            none(),
            no_id(),
            received,
            no_number(),
            1,
            format!("{title} {name}").to_lowercase(),
            json!({"name": name}).to_string(),
            "{}",
            "{}"
        ]);
    }

    fn add_clock(&mut self, plan: &CasePlan, case: Uuid, number: u64, started: Timestamp, due: Timestamp) {
        let clock = id(5, number);
        let policy = Policy::new(Limit::WorkingMinutes { minutes: plan.minutes });
        // What runs out is late one millisecond after it.
        let check = due.plus_millis(1);
        self.clocks.extend(params![
            clock,
            "case",
            case,
            case,
            None::<Uuid>,
            format!("handle-{}", number % CLOCKS),
            json!({"zh": "处理", "en": "Handling"}).to_string(),
            json!({ "policy": policy }).to_string(),
            CALENDAR,
            "running",
            None::<String>,
            true,
            false,
            started,
            due,
            None::<i64>,
            None::<i64>,
            check,
            json!([{"t": started.millis(), "f": "started"}]).to_string(),
            1
        ]);
        self.deadlines.extend(params!["clock.check", clock, check, "null"]);
    }
}
