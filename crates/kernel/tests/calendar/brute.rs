//! 2,000 random cases against a judge that knows nothing of tables: it asks of every single minute whether the wall
//! clock lies in a shift.

use std::{collections::BTreeMap, fmt::Write};

use heard_kernel::{
    Timestamp,
    calendar::{Calendar, DayMode, Demand, Pause},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};

use crate::{compile, random::Random};

const DAYS: i64 = 36;
const MINUTE: i64 = 60_000;

/// A calendar as the judge sees it, and each minute of some weeks.
struct Judge {
    zone: TimeZone,
    origin: i64,
    /// For each minute: the day whose work it is.
    minutes: Vec<Option<Date>>,
}

type Spans = Vec<(i64, i64)>;

struct Shifts {
    week: [Spans; 7],
    special: BTreeMap<Date, Spans>,
}

impl Shifts {
    fn of(&self, date: Date) -> &[(i64, i64)] {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap();
        self.special.get(&date).unwrap_or(&self.week[weekday])
    }
}

impl Judge {
    fn new(zone: TimeZone, origin: i64, shifts: &Shifts) -> Self {
        let mut known: Option<(Date, Spans, Spans)> = None;
        let judge = |minute: i64| {
            let instant = jiff::Timestamp::from_millisecond(origin + minute * MINUTE).unwrap();
            let wall = zone.to_offset(instant).to_datetime(instant);
            let (today, time) = (wall.date(), i64::from(wall.hour()) * 60 + i64::from(wall.minute()));
            if known.as_ref().is_none_or(|(date, ..)| *date != today) {
                let yesterday = today.yesterday().unwrap();
                known = Some((today, shifts.of(yesterday).to_vec(), shifts.of(today).to_vec()));
            }
            let (_, late, own) = known.as_ref().unwrap();
            let inside =
                |spans: &[(i64, i64)], time: i64| spans.iter().any(|(from, to)| (*from..*to).contains(&time));
            let late = inside(late, time + 1_440).then(|| today.yesterday().unwrap());
            late.or_else(|| inside(own, time).then_some(today))
        };
        let minutes = (0..DAYS * 1_440).map(judge).collect();
        Self { zone, origin, minutes }
    }

    fn opening(&self, start: usize) -> Option<usize> {
        (start..self.minutes.len()).find(|minute| self.minutes[*minute].is_some())
    }

    fn elapse(&self, start: usize, need: i64, paused: impl Fn(usize) -> bool) -> Option<usize> {
        let mut left = need;
        let mut minute = self.opening(start)?;
        while left > 0 {
            left -= i64::from(self.minutes.get(minute)?.is_some() && !paused(minute));
            minute += 1;
        }
        Some(minute)
    }

    fn days_after(&self, start: usize, count: usize, mode: DayMode) -> Option<jiff::Timestamp> {
        let mut days: Vec<Date> = self.minutes.iter().flatten().copied().collect();
        days.sort();
        days.dedup();
        let instant = |minute: usize| {
            jiff::Timestamp::from_millisecond(self.origin + i64::try_from(minute).unwrap() * MINUTE).unwrap()
        };
        let opening = self.opening(start)?;
        let moved = self.minutes[opening].unwrap();
        if mode == DayMode::EndOfDay {
            let base = self.minutes[start].unwrap_or(instant(start).to_zoned(self.zone.clone()).date());
            let target = *days.iter().filter(|day| **day > base).nth(count - 1)?;
            let last = self.minutes.iter().rposition(|day| *day == Some(target))?;
            // The last day of the window may go on behind it.
            return (last + 2_880 < self.minutes.len()).then(|| instant(last + 1));
        }
        if count == 0 {
            return Some(instant(opening));
        }
        let target = *days.iter().filter(|day| **day >= moved).nth(count)?;
        let shift = moved.until(target).unwrap().get_days();
        let wall = instant(opening).to_zoned(self.zone.clone()).datetime() + shift.days();
        Some(self.zone.to_ambiguous_timestamp(wall).compatible().unwrap())
    }
}

fn random_spans(random: &mut Random) -> Spans {
    let templates: [&[(i64, i64)]; 9] = [
        &[(540, 1_080)],
        &[(540, 720), (780, 1_080)],
        &[(480, 600), (660, 725), (900, 1_439)],
        &[(1_320, 1_800)],
        &[(0, 1_440)],
        &[(60, 200)],
        &[(1_380, 1_441)],
        &[(120, 180), (1_200, 1_440 + 100)],
        &[],
    ];
    random.one_of(&templates).to_vec()
}

struct Scenario {
    calendar: Calendar,
    json: String,
    zone: TimeZone,
    origin: i64,
    shifts: Shifts,
}

fn scenario(random: &mut Random) -> Scenario {
    let places = [
        ("Asia/Shanghai", "2026-09-10"),
        ("Asia/Shanghai", "1990-04-05"),
        ("America/New_York", "2026-02-25"),
        ("America/New_York", "2026-10-20"),
        ("Europe/Berlin", "2026-03-15"),
        ("Europe/Berlin", "2025-12-10"),
        ("Australia/Lord_Howe", "2026-03-25"),
        ("America/St_Johns", "2009-10-15"),
        ("America/Havana", "2026-10-20"),
        ("Pacific/Apia", "2011-12-15"),
        ("Asia/Kathmandu", "2026-12-15"),
        ("UTC", "2024-02-15"),
    ];
    let (zone_name, first) = random.one_of(&places);
    let zone = jiff::tz::TimeZoneDatabase::bundled().get(zone_name).unwrap();
    let first: Date = first.parse().unwrap();
    let origin = first.to_zoned(zone.clone()).unwrap().timestamp().as_millisecond();
    let mut shifts = Shifts { week: Default::default(), special: BTreeMap::new() };
    // One template for the working week, sometimes another for single days that do not overlap their neighbours.
    let usual = random_spans(random);
    let weekend = random.chance(30);
    for day in 0..7 {
        if day < 5 || weekend {
            shifts.week[day] = usual.clone();
        }
    }
    if shifts.week.iter().all(Vec::is_empty) {
        shifts.week[2] = vec![(600, 660)];
    }
    for _ in 0..random.below(8) {
        let date = first + random.below(DAYS).days();
        let spans = if random.chance(50) { Vec::new() } else { random_spans(random) };
        shifts.special.insert(date, spans);
    }
    let text = |spans: &[(i64, i64)]| {
        let mut list = String::new();
        for (from, to) in spans {
            let comma = if list.is_empty() { "" } else { "," };
            let to = if *to > 1_440 { to - 1_440 } else { *to };
            write!(list, "{comma}\"{:02}:{:02}-{:02}:{:02}\"", from / 60, from % 60, to / 60, to % 60)
                .unwrap();
        }
        format!("[{list}]")
    };
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let week: Vec<_> =
        names.iter().zip(&shifts.week).map(|(name, day)| format!("\"{name}\":{}", text(day))).collect();
    let special =
        shifts.special.iter().map(|(date, day)| format!(r#"{{"date":"{date}","spans":{}}}"#, text(day)));
    let special: Vec<_> = special.collect();
    let json = format!(
        r#"{{"name":"random","tz":"{zone_name}","week":{{{}}},"exceptions":[{}]}}"#,
        week.join(","),
        special.join(",")
    );
    Scenario { calendar: compile(&json), json, zone, origin, shifts }
}

#[test]
fn two_thousand_random_cases_agree_with_brute_force_over_minutes() {
    let mut random = Random::new(20_260_918);
    let (mut judged, mut beyond) = (0, 0);
    while judged < 2_000 {
        let Scenario { calendar, json, zone, origin, shifts } = scenario(&mut random);
        let judge = Judge::new(zone, origin, &shifts);
        for _ in 0..40 {
            match case(&calendar, &judge, &json, &mut random) {
                true => judged += 1,
                false => beyond += 1,
            }
        }
    }
    assert!(beyond < judged, "too many cases left the judge's window: {beyond}");
}

/// One case of each question; false when an answer lies beyond the judge's window.
fn case(calendar: &Calendar, judge: &Judge, json: &str, random: &mut Random) -> bool {
    let instant =
        |minute: usize| Timestamp::from_millis(judge.origin + i64::try_from(minute).unwrap() * MINUTE);
    let start = usize::try_from(2_880 + random.below((DAYS - 20) * 1_440)).unwrap();
    let place = || format!("{json} from {}", calendar.local(instant(start)));
    // Pauses, some overlapping, some empty.
    let mut pauses = Vec::new();
    for _ in 0..random.below(4) {
        let from = usize::try_from(random.below(DAYS * 1_440 / 2)).unwrap();
        pauses.push((from, from + usize::try_from(random.below(4_000)).unwrap()));
    }
    let given: Vec<_> =
        pauses.iter().map(|(from, to)| Pause { from: instant(*from), to: Some(instant(*to)) }).collect();
    let paused = |minute: usize| pauses.iter().any(|(from, to)| (*from..*to).contains(&minute));

    // Time between, plain and with pauses.
    let end = start + usize::try_from(random.below(15 * 1_440)).unwrap();
    let worked = (start..end).filter(|minute| judge.minutes[*minute].is_some());
    let between = calendar.working_minutes_between(instant(start), instant(end)).unwrap();
    assert_eq!(between.millis, i64::try_from(worked.clone().count()).unwrap() * MINUTE, "{}", place());
    let net = calendar.measure(instant(start), instant(end), &given).unwrap();
    let counted = i64::try_from(worked.filter(|minute| !paused(*minute)).count()).unwrap() * MINUTE;
    assert_eq!(net.millis, counted, "{} pauses {pauses:?}", place());
    let listed: i64 = net.counted.iter().map(|span| span.to.millis_since(span.from)).sum();
    assert_eq!(listed, counted, "the spans listed are what counted: {} pauses {pauses:?}", place());

    // Minutes added, plain and with pauses.
    let minutes = random.below(4_000);
    let Some(due) = judge.elapse(start, minutes, |_| false) else { return false };
    let plain = calendar.add_working_minutes(instant(start), minutes).unwrap();
    assert_eq!(plain.due, Some(instant(due)), "{} + {minutes}", place());
    let Some(due) = judge.elapse(start, minutes, paused) else { return false };
    let demand = Demand::WorkingMinutes { minutes };
    let clock = calendar.clock_with_pauses(instant(start), demand, &given).unwrap();
    assert_eq!(clock.due, Some(instant(due)), "{} + {minutes} pauses {pauses:?}", place());

    // Days added.
    for mode in [DayMode::SameTime, DayMode::EndOfDay] {
        let days = usize::try_from(random.below(9)).unwrap() + usize::from(mode == DayMode::EndOfDay);
        let Some(due) = judge.days_after(start, days, mode) else { return false };
        let outcome = calendar.add_working_days(instant(start), days.try_into().unwrap(), mode).unwrap();
        assert_eq!(outcome.due.map(Timestamp::to_jiff), Some(due), "{} + {days} {mode:?}", place());
    }
    true
}

#[test]
fn adding_is_monotone_and_measuring_is_its_inverse() {
    let mut random = Random::new(7);
    for _ in 0..60 {
        let Scenario { calendar, json, origin, .. } = scenario(&mut random);
        for _ in 0..20 {
            let start = Timestamp::from_millis(origin + random.below(20 * 1_440 * MINUTE));
            let later = start.plus_millis(random.below(3 * 1_440 * MINUTE));
            let (less, more) = (random.below(3_000), random.below(3_000));
            let due = |start, minutes| calendar.add_working_minutes(start, minutes).unwrap().due.unwrap();
            let measure = |from, to| calendar.working_minutes_between(from, to).unwrap().millis;
            assert!(due(start, less) <= due(start, less + more), "{json}");
            assert!(due(start, less) <= due(later, less), "{json}");
            assert_eq!(measure(start, due(start, less)), less * MINUTE, "{json}");
            assert_eq!(
                due(due(start, less), more),
                if more == 0 { due(due(start, less), 0) } else { due(start, less + more) },
                "{json}"
            );
            let end = start.plus_millis(random.below(9 * 1_440 * MINUTE));
            let middle = start.plus_millis(random.below(end.millis_since(start).max(1)));
            assert_eq!(measure(start, middle) + measure(middle, end), measure(start, end), "{json}");
            let passed = measure(start, end);
            if passed > 0 && passed % MINUTE == 0 {
                assert!(due(start, passed / MINUTE) <= end, "{json}");
            }
        }
    }
}
