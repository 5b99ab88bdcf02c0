//! Random histories against a simulation that walks minute by minute.

use heard_kernel::{
    Timestamp,
    calendar::Calendar,
    clock_policy::{Fact, Limit, PauseReason, Policy, State},
};

use crate::{named, random::Random, sep, standing, working};

const MINUTE: i64 = 60_000;

/// Walks from the first event on and returns when the limit was used up, and when the clock stopped in time.
fn walk(
    calendar: &Calendar,
    policy: &Policy,
    facts: &[(i64, Fact<'_>)],
    last: i64,
) -> (Option<i64>, bool, bool) {
    let origin = sep(17, 0, 0);
    let (limit, plain) = match policy.limit {
        Limit::WorkingMinutes { minutes } => (minutes, false),
        Limit::CalendarMinutes { minutes } => (minutes, true),
        _ => unreachable!(),
    };
    let (mut used, mut running, mut paused, mut due) = (0, false, false, None);
    for minute in 0..=last {
        if running && used == limit && due.is_none() {
            due = Some(minute);
        }
        for (_, fact) in facts.iter().filter(|(when, _)| *when == minute) {
            match fact {
                Fact::Started => running = true,
                Fact::Paused(_) if running => paused = true,
                Fact::Resumed | Fact::CustomerMessage => paused = false,
                Fact::Fulfilled if running => return (due.filter(|due| *due < minute), true, paused),
                _ => {}
            }
        }
        let now = origin.plus_millis(minute * MINUTE);
        let works = plain || calendar.working_time(now, now.plus_millis(MINUTE)) > 0;
        used += i64::from(running && !paused && works);
    }
    (due.filter(|due| *due < last), false, paused)
}

#[test]
fn random_histories_agree_with_a_walk_through_the_minutes() {
    let mut random = Random::new(3);
    let calendars = [named("cn-workday"), named("24x7")];
    let mut outcomes = std::collections::BTreeMap::new();
    for _ in 0..1_500 {
        let calendar = random.one_of(&calendars);
        let minutes = 1 + random.below(3_000);
        let plain = random.chance(30);
        let policy = if plain { Policy::new(Limit::CalendarMinutes { minutes }) } else { working(minutes) };
        let mut facts = vec![(random.below(2_000), Fact::Started)];
        for _ in 0..random.below(8) {
            let fact = match random.below(5) {
                0 | 1 => Fact::Paused(*random.one_of(&[PauseReason::Customer, PauseReason::ThirdParty])),
                2 => Fact::Resumed,
                3 => Fact::CustomerMessage,
                _ if random.chance(40) => Fact::Fulfilled,
                _ => Fact::Resumed,
            };
            facts.push((random.below(8_000), fact));
        }
        facts.sort_by_key(|(when, _)| *when);
        facts.dedup_by_key(|(when, _)| *when);
        let last = facts[0].0.max(2_000) + random.below(9_000);
        let (breach, stopped, paused) = walk(calendar, &policy, &facts, last);
        let instant = |minute: i64| sep(17, 0, 0).plus_millis(minute * MINUTE);
        let given: Vec<_> = facts.iter().map(|(when, fact)| (instant(*when), *fact)).collect();
        let found = standing(&policy, calendar, &given, instant(last));
        assert_eq!(found.breached_at, breach.map(instant), "{policy:?} {given:?}");
        let expected = match (stopped, breach.is_some(), paused) {
            (true, true, _) => State::MetLate,
            (true, false, _) => State::Met,
            (false, true, _) => State::Breached,
            (false, false, true) => State::Paused,
            (false, false, false) => found.state,
        };
        assert_eq!(found.state, expected, "{policy:?} {given:?}");
        assert!(!matches!(found.state, State::NotStarted | State::Cancelled));
        *outcomes.entry(format!("{:?}", found.state)).or_insert(0) += 1;
        assert_looked_at_in_between(&policy, calendar, &given, instant(last));
    }
    assert!(outcomes.len() >= 6 && outcomes.values().all(|count| *count > 10), "{outcomes:?}");
}

/// Looking again exactly when the clock says so finds each change of state, and a breach never goes away.
fn assert_looked_at_in_between(
    policy: &Policy,
    calendar: &Calendar,
    facts: &[(Timestamp, Fact<'_>)],
    last: Timestamp,
) {
    let mut now = facts[0].0;
    let mut breach = None;
    for _ in 0..40 {
        let found = standing(policy, calendar, facts, now);
        assert!(breach.is_none() || found.breached_at == breach, "{facts:?} {now}");
        breach = found.breached_at;
        let next_fact = facts.iter().map(|(at, _)| *at).filter(|at| *at > now).min();
        let Some(next) =
            [found.next_check, next_fact].into_iter().flatten().min().filter(|next| *next <= last)
        else {
            let end = standing(policy, calendar, facts, last);
            assert_eq!(
                (end.state, end.breached_at),
                (found.state, found.breached_at),
                "{facts:?} from {now}"
            );
            return;
        };
        assert!(next > now, "the next look lies ahead");
        let before = standing(policy, calendar, facts, next.plus_millis(-1));
        assert_eq!(before.state, found.state, "{facts:?}: unseen change between {now} and {next}");
        now = next;
    }
}
