//! Where a clock stands.

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    calendar::{Calendar, Outcome, Pause, Problem, Stretch, Warning, last_touched, merge},
};

use super::{
    history::{ClockPause, ClockRest, Course, Event, IgnoredPause, Stop, Terms},
    policy::Limit,
};

/// The state of a clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ClockState)]
pub enum State {
    /// It has not begun.
    NotStarted,
    /// It runs.
    Running,
    /// It runs and a share under 100 % is reached at which it warns.
    Warning,
    /// It stands still.
    Paused,
    /// Done in time.
    Met,
    /// Late and not done.
    Breached,
    /// Done, but late.
    MetLate,
    /// Called off.
    Cancelled,
}

/// What a clock comes to in the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ClockVerdict)]
pub enum Verdict {
    /// Done in time.
    Met,
    /// Late, whatever came after.
    Breached,
}

/// A share of the limit at which the clock warns.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ClockMark)]
pub struct Mark {
    /// Percent of the limit.
    pub share: u16,
    /// When it is reached; absent while a pause holds it up.
    pub at: Option<Timestamp>,
    /// True once it is reached by a clock that runs or ran then.
    pub reached: bool,
}

/// Where a clock stands at an instant.
#[derive(Clone, PartialEq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ClockAssessment)]
pub struct Assessment {
    /// The instant of this assessment.
    pub now: Timestamp,
    /// State.
    pub state: State,
    /// Verdict, once there is one.
    pub verdict: Option<Verdict>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// The deadline; absent while a pause holds it up.
    pub due: Option<Timestamp>,
    /// While paused: the deadline if it went on now.
    pub due_if_resumed: Option<Timestamp>,
    /// When it was fulfilled or cancelled.
    pub stopped_at: Option<Timestamp>,
    /// The instant at which it became late.
    pub breached_at: Option<Timestamp>,
    /// Plain time left to the deadline, at the stop or now; negative when late.
    pub remaining_ms: Option<i64>,
    /// Working time left to the deadline, at the stop or now; negative when late.
    pub remaining_working_ms: Option<i64>,
    /// Plain time since the start, pauses included.
    pub elapsed_ms: i64,
    /// Plain time since the start without the pauses.
    pub elapsed_unpaused_ms: i64,
    /// Working time since the start without the pauses.
    pub elapsed_working_ms: i64,
    /// Warnings, by share.
    pub marks: Vec<Mark>,
    /// The pauses.
    pub pauses: Vec<ClockPause>,
    /// Waits for which the policy does not stop the clock.
    pub ignored_pauses: Vec<IgnoredPause>,
    /// Stretches in which it counted as done and that ended because it was reopened.
    pub rests: Vec<ClockRest>,
    /// What is uncertain about the deadline.
    pub doubts: Vec<Warning>,
    /// When the next mark or the breach will come if nothing happens before.
    pub next_check: Option<Timestamp>,
}

/// The deadline of a limit and how to find its shares.
struct Plan {
    from: i64,
    need: i64,
    due: Option<i64>,
}

/// Tells where a clock with these terms and this history stands at `now`.
pub fn assess(terms: Terms<'_>, events: &[Event<'_>], now: Timestamp) -> Result<Assessment, Problem> {
    let course = Course::follow(terms, events, now);
    let Some(started) = course.started else { return Ok(Assessment::not_started(now)) };
    let stretches = merge(&course.still())?;
    let current = course.current();
    let plan = plan(current, started, &stretches)?;
    let until = course.stop.map_or(now, Stop::at);
    let breached_at = breach(&course, started, &stretches, until)?;
    let paused = course.pauses.last().is_some_and(|pause| pause.to.is_none());
    let due_if_resumed = match (plan.due, paused) {
        (None, true) => due_if_resumed(current, started, &stretches, now)?,
        _ => None,
    };
    let marks = marks(current, &plan, &stretches, until)?;
    let warned = marks.iter().any(|mark| mark.reached && mark.share < 100);
    let state = match (course.stop, breached_at.is_some()) {
        (Some(Stop::Cancelled(_)), _) => State::Cancelled,
        (Some(Stop::Fulfilled(_)), true) => State::MetLate,
        (Some(Stop::Fulfilled(_)), false) => State::Met,
        (None, true) => State::Breached,
        (None, false) if paused => State::Paused,
        (None, false) if warned => State::Warning,
        (None, false) => State::Running,
    };
    let verdict = match state {
        _ if breached_at.is_some() => Some(Verdict::Breached),
        State::Met => Some(Verdict::Met),
        _ => None,
    };
    let (from, to) = (started.millis(), until.millis());
    let target = plan.due.or(due_if_resumed.map(Timestamp::millis));
    let calendar = current.calendar;
    let due = plan.due.map(Timestamp::from_millis);
    // A fulfilled or broken clock has nothing more to wait for than its later marks.
    let breach_check = due.filter(|_| breached_at.is_none()).map(|due| due.max(now).plus_millis(1));
    let coming = marks.iter().filter(|mark| !mark.reached).filter_map(|mark| mark.at);
    let next_check = match course.stop {
        Some(_) => None,
        None => coming.chain(breach_check).min(),
    };
    Ok(Assessment {
        now,
        state,
        verdict,
        started_at: Some(started),
        due,
        due_if_resumed,
        stopped_at: course.stop.map(Stop::at),
        breached_at,
        remaining_ms: target.map(|target| target - to),
        remaining_working_ms: target.map(|target| calendar.worked(to, target) - calendar.worked(target, to)),
        elapsed_ms: to - from,
        elapsed_unpaused_ms: to - from - paused_time(&stretches, from, to),
        elapsed_working_ms: calendar.worked_with(from, to, &stretches),
        marks,
        pauses: course.pauses,
        ignored_pauses: course.ignored,
        rests: course.rests,
        doubts: doubts(current, from, target.unwrap_or(to)),
        next_check,
    })
}

fn plan(terms: Terms<'_>, started: Timestamp, pauses: &[Stretch]) -> Result<Plan, Problem> {
    let start = started.millis();
    Calendar::check_instant(start, "start")?;
    match (terms.policy.limit, terms.policy.limit.demand()) {
        (_, Some(demand)) => {
            let reckoned = terms.calendar.reckon(start, demand, pauses)?;
            Ok(Plan { from: reckoned.from, need: reckoned.need, due: reckoned.due })
        }
        (Limit::Instant { at }, _) => {
            Ok(Plan { from: start, need: (at.millis() - start).max(0), due: Some(at.millis()) })
        }
        (Limit::CalendarMinutes { minutes }, _) => {
            let need = minutes.saturating_mul(60_000);
            Ok(Plan { from: start, need, due: elapse_plain(start, need, pauses) })
        }
        (Limit::WorkingMinutes { .. } | Limit::WorkingDays { .. }, None) => Err(crate::calendar::too_far()),
    }
}

/// The instant at which so much plain time has passed outside the pauses; `None` when an open pause comes before.
fn elapse_plain(start: i64, need: i64, pauses: &[Stretch]) -> Option<i64> {
    let (mut from, mut left) = (start, need);
    for &(begun, to) in pauses {
        if begun >= from.saturating_add(left) {
            break;
        }
        left -= (begun - from).max(0);
        from = from.max(to?);
    }
    Some(from.saturating_add(left))
}

fn paused_time(pauses: &[Stretch], from: i64, to: i64) -> i64 {
    pauses.iter().map(|&(begun, end)| (end.unwrap_or(to).min(to) - begun.max(from)).max(0)).sum()
}

fn due_if_resumed(
    terms: Terms<'_>,
    started: Timestamp,
    pauses: &[Stretch],
    now: Timestamp,
) -> Result<Option<Timestamp>, Problem> {
    let mut ended = pauses.to_vec();
    if let Some(last) = ended.last_mut() {
        last.1 = Some(now.millis());
    }
    Ok(plan(terms, started, &ended)?.due.map(Timestamp::from_millis))
}

/// The first instant at which the clock was late under the terms of that time.
fn breach(
    course: &Course<'_>,
    started: Timestamp,
    pauses: &[Stretch],
    until: Timestamp,
) -> Result<Option<Timestamp>, Problem> {
    let ends = course.terms.iter().skip(1).map(|(at, _)| *at).chain([until]);
    for ((since, terms), end) in course.terms.iter().zip(ends) {
        let due = plan(*terms, started, pauses)?.due.map(Timestamp::from_millis);
        // What counted as done was not late: it is so from the reopening on.
        let awake = |late: Timestamp| {
            course.rests.iter().fold(late, |late, rest| match rest.from <= late && late < rest.to {
                true => rest.to,
                false => late,
            })
        };
        let late = due.map(|due| awake(due.max(*since).max(started))).filter(|late| *late < end);
        if let Some(late) = late {
            return Ok(Some(course.recorded_breach.map_or(late, |recorded| recorded.min(late))));
        }
    }
    Ok(course.recorded_breach)
}

fn marks(terms: Terms<'_>, plan: &Plan, pauses: &[Stretch], until: Timestamp) -> Result<Vec<Mark>, Problem> {
    let mut shares = terms.policy.warn_at.clone();
    shares.sort_unstable();
    shares.dedup();
    let mark = |share: u16| {
        let need = plan.need.saturating_mul(i64::from(share)).div_euclid(100);
        let at = match terms.policy.limit {
            _ if share == 100 => plan.due,
            Limit::Instant { .. } => elapse_plain(plan.from, need, &[]),
            Limit::CalendarMinutes { .. } => elapse_plain(plan.from, need, pauses),
            Limit::WorkingMinutes { .. } | Limit::WorkingDays { .. } => {
                terms.calendar.elapse_with(plan.from, need, pauses)?
            }
        };
        // Hours of another length on the last day must not bring a warning behind the deadline.
        let at = at.map(|at| if share < 100 { plan.due.map_or(at, |due| at.min(due)) } else { at });
        let at = at.map(Timestamp::from_millis);
        Ok(Mark { share, at, reached: at.is_some_and(|at| at <= until) })
    };
    shares.into_iter().map(mark).collect()
}

fn doubts(terms: Terms<'_>, from: i64, to: i64) -> Vec<Warning> {
    match terms.policy.limit.demand() {
        Some(demand) => terms.calendar.doubts(from, last_touched(Some(demand), from, to.max(from))),
        None => Vec::new(),
    }
}

impl Assessment {
    fn not_started(now: Timestamp) -> Self {
        Self {
            now,
            state: State::NotStarted,
            verdict: None,
            started_at: None,
            due: None,
            due_if_resumed: None,
            stopped_at: None,
            breached_at: None,
            remaining_ms: None,
            remaining_working_ms: None,
            elapsed_ms: 0,
            elapsed_unpaused_ms: 0,
            elapsed_working_ms: 0,
            marks: Vec::new(),
            pauses: Vec::new(),
            ignored_pauses: Vec::new(),
            rests: Vec::new(),
            doubts: Vec::new(),
            next_check: None,
        }
    }

    /// The deadline with its spans and reasons, for limits in working time.
    pub fn outcome(&self, terms: Terms<'_>) -> Result<Option<Outcome>, Problem> {
        let (Some(started), Some(demand)) = (self.started_at, terms.policy.limit.demand()) else {
            return Ok(None);
        };
        let pauses = self.pauses.iter().map(|pause| Pause { from: pause.from, to: pause.to });
        let rests = self.rests.iter().filter(|_| !terms.policy.pause_on.is_empty());
        let rests = rests.map(|rest| Pause { from: rest.from, to: Some(rest.to) });
        let still: Vec<_> = pauses.chain(rests).collect();
        terms.calendar.clock_with_pauses(started, demand, &still).map(Some)
    }
}
