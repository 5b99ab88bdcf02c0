//! Random histories against a walk over every minute.

use std::sync::Arc;

use heard_kernel::{
    Timestamp,
    calendar::Calendars,
    clock_policy::{Limit, PauseReason, Policy, State},
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    history::{Entry, Former, What},
    model::{Clock, ClockTerms, Subject, SubjectKind},
    rules::{self, News},
    shelf::Shelf,
};
use crate::plans::Text;

/// Friday 2026-09-18 09:00 in Shanghai; the Sunday after it is worked.
const FRIDAY: i64 = 1_789_693_200_000;
const MINUTE: i64 = 60_000;
/// Minutes that are looked at: until Monday evening.
const HORIZON: i64 = 3 * 1_440 + 600;
const SHARES: [u16; 3] = [50, 80, 150];
const OVERDUE: [u32; 2] = [30, 120];

#[derive(Clone, Copy, PartialEq, Debug)]
enum Op {
    Wait(PauseReason),
    GoOn,
    Limit(i64),
    Fulfil,
}

type Script = Vec<(i64, Op)>;

fn script() -> impl Strategy<Value = Script> {
    let op = prop_oneof![
        3 => Just(Op::Wait(PauseReason::Customer)),
        1 => Just(Op::Wait(PauseReason::Other)),
        4 => Just(Op::GoOn),
        2 => (1_i64..9).prop_map(|hundreds| Op::Limit(hundreds * 100)),
        1 => Just(Op::Fulfil),
    ];
    prop::collection::btree_map(1..HORIZON, op, 0..9).prop_map(|ops| ops.into_iter().collect())
}

fn shelf() -> Shelf {
    Shelf::of(Arc::new(Calendars::builtin()), "cn-workday")
}

fn minute(number: i64) -> Timestamp {
    Timestamp::from_millis(FRIDAY + number * MINUTE)
}

fn policy(minutes: i64) -> Policy {
    Policy {
        limit: Limit::WorkingMinutes { minutes },
        pause_on: vec![PauseReason::Customer],
        warn_at: SHARES.into_iter().chain([100]).collect(),
    }
}

/// A clock that is told what happens, and what it told.
struct Told {
    clock: Clock,
    shelf: Shelf,
    told: Vec<News>,
}

impl Told {
    fn start(at: i64, limit: i64) -> Self {
        let name = Text::default();
        let terms = ClockTerms { overdue: OVERDUE.to_vec(), ..ClockTerms::new("k", name, policy(limit)) };
        let started_at = minute(at);
        let clock = Clock {
            id: Uuid::nil().into(),
            subject: Subject::new(SubjectKind::Case, Uuid::nil()),
            case_id: None,
            owner_id: None,
            terms,
            state: State::Running,
            verdict: None,
            open: true,
            paused: false,
            started_at,
            due_at: None,
            breached_at: None,
            stopped_at: None,
            check_at: None,
            history: vec![Entry { at: started_at, noted_at: None, by: None, what: What::Started }],
            version: 1,
        };
        let mut told = Self { clock, shelf: shelf(), told: Vec::new() };
        told.look(started_at);
        told
    }

    fn look(&mut self, now: Timestamp) {
        let news = rules::settle(&mut self.clock, &self.shelf, now).unwrap();
        self.told.extend(news);
    }

    fn hear(&mut self, at: Timestamp, op: Op) {
        if !self.clock.open {
            return;
        }
        if op != Op::Fulfil {
            self.look(at);
        }
        let clock = &mut self.clock;
        let former = Former {
            key: clock.terms.key.clone(),
            policy: clock.terms.policy.clone(),
            calendar: None,
            due: clock.due_at,
        };
        let what = match op {
            Op::Wait(reason) => What::Paused { reason, note: String::new() },
            Op::GoOn => What::Resumed,
            Op::Fulfil => What::Fulfilled,
            Op::Limit(minutes) => {
                clock.terms.policy = policy(minutes);
                What::Extended { reason: String::new(), former }
            }
        };
        clock.history.push(Entry { at, noted_at: None, by: None, what });
        self.look(at);
    }

    fn news(&self) -> Vec<News> {
        let mut news: Vec<News> = self.told.clone();
        news.sort_by_key(|piece| format!("{piece:?}"));
        news
    }
}

/// Notes the shares that are reached, each with the minute in which it was.
fn warn(news: &mut Vec<News>, limit: i64, worked: i64, reached: &[Option<i64>]) {
    for share in SHARES.into_iter().filter(|share| worked >= limit * i64::from(*share) / 100) {
        let need = usize::try_from(limit * i64::from(share) / 100).unwrap();
        if !news.iter().any(|piece| matches!(piece, News::Warned { share: told, .. } if *told == share)) {
            news.push(News::Warned { share, at: minute(reached[need].unwrap()) });
        }
    }
}

/// Walks over every minute and counts.
fn walk(start: i64, limit: i64, script: &Script) -> (Vec<News>, Option<Timestamp>) {
    let shelf = shelf();
    let calendar = shelf.calendar(None).unwrap();
    let (mut limit, mut worked, mut paused, mut open) = (limit, 0, false, true);
    let mut reached = vec![None; usize::try_from(HORIZON * 2).unwrap()];
    let (mut news, mut breach): (Vec<News>, Option<i64>) = (Vec::new(), None);
    for now in start..=HORIZON {
        for slot in reached.iter_mut().take(usize::try_from(worked).unwrap() + 1) {
            slot.get_or_insert(now);
        }
        let heard = open && now > start;
        // What is due is told before the terms change.
        let before = script.iter().any(|(at, op)| *at == now && *op != Op::Fulfil) && heard;
        if before {
            warn(&mut news, limit, worked, &reached);
        }
        for (_, op) in script.iter().filter(|(at, _)| heard && *at == now) {
            match op {
                Op::Wait(reason) => paused |= *reason == PauseReason::Customer,
                Op::GoOn => paused = false,
                Op::Limit(minutes) => limit = *minutes,
                Op::Fulfil => open = false,
            }
        }
        if open {
            warn(&mut news, limit, worked, &reached);
            if worked >= limit && breach.is_none() {
                breach = Some(now);
                news.push(News::Breached { at: minute(now) });
            }
            for minutes in OVERDUE.into_iter().filter(|minutes| breach == Some(now - i64::from(*minutes))) {
                news.push(News::Overdue { minutes, at: minute(now) });
            }
        }
        if !paused && calendar.working_time(minute(now), minute(now + 1)) > 0 {
            worked += 1;
        }
    }
    news.sort_by_key(|piece| format!("{piece:?}"));
    (news, breach.map(minute))
}

/// Plays a script, looking at the clock whenever `look` says so, each time after what happens at that instant.
fn play(start: i64, limit: i64, script: &Script, look: impl Fn(&Clock, i64) -> bool) -> Told {
    let mut told = Told::start(start, limit);
    for now in start..=HORIZON + 1 {
        for (at, op) in script.iter().filter(|(at, _)| *at == now && now > start) {
            told.hear(minute(*at), *op);
        }
        if look(&told.clock, now) {
            // Just after the minute, when a deadline at it is over; in the end before the minute that the walk does not see.
            told.look(minute(now).plus_millis(if now > HORIZON { -1 } else { 1 }));
        }
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn tells_what_a_walk_over_every_minute_finds(start in 0_i64..1_440, limit in 1_i64..7, script in script()) {
        let limit = limit * 100;
        let (news, breach) = walk(start, limit, &script);
        let always = play(start, limit, &script, |clock, _| clock.open);
        prop_assert_eq!(always.news(), news);
        prop_assert_eq!(always.clock.breached_at, breach);
        // Looking only when the deadline says so comes to the same.
        let asked = play(start, limit, &script, |clock, now| clock.check_at.is_some_and(|at| at <= minute(now).plus_millis(1)));
        prop_assert_eq!(asked.news(), always.news());
        prop_assert_eq!(asked.clock.due_at, always.clock.due_at);
        // Who slept all the time tells the same lateness in the end, nothing twice, and nothing that was not so.
        let slept = play(start, limit, &script, |_, now| now > HORIZON);
        prop_assert_eq!(slept.clock.breached_at, breach);
        prop_assert_eq!(slept.clock.state, always.clock.state);
        let (told, mut once) = (slept.news(), slept.news());
        once.dedup();
        prop_assert_eq!(&told, &once);
        prop_assert!(!slept.clock.open || told == always.news());
    }
}
