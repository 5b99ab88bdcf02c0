//! Fields that nobody knows, and which known one may be meant.

use super::problem::{Problem, codes};

/// What others call the fields.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("timezone", "tz"),
    ("time_zone", "tz"),
    ("zone", "tz"),
    ("from", "start"),
    ("begin", "start"),
    ("started_at", "start"),
    ("start_time", "start"),
    ("to", "end"),
    ("until", "end"),
    ("end_time", "end"),
    ("mins", "minutes"),
    ("working_minutes", "minutes"),
    ("working_days", "days"),
    ("workdays", "days"),
    ("day_mode", "mode"),
    ("type", "kind"),
    ("cal", "calendar"),
    ("calendar_name", "calendar"),
    ("definition", "calendar"),
    ("hours", "week"),
    ("shifts", "week"),
    ("weekly", "week"),
    ("weekdays", "week"),
    ("days_off", "holidays"),
    ("workdays", "make_up"),
    ("make_up_days", "make_up"),
    ("makeup_days", "make_up"),
    ("weekday", "as"),
];

/// The problem with a field that is not among the known ones.
pub(super) fn unknown(path: &str, given: &str, known: &[&str]) -> Problem {
    let problem = Problem::new(path, codes::FIELD_UNKNOWN).with("value", given);
    match nearest(given, known) {
        Some(name) => problem
            .with("hint", format!("is \"{name}\" meant?"))
            .with("hint_zh", format!("是否应为“{name}”？")),
        None => {
            let known = known.join(", ");
            problem.with("hint", format!("known: {known}")).with("hint_zh", format!("可用：{known}"))
        }
    }
}

/// The known field that a mistyped one, or the name that others use, stands for.
pub(super) fn nearest<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    // Nobody means something by a name longer than any field.
    if given.len() > 40 {
        return None;
    }
    let written = given.trim().to_lowercase().replace(['-', ' '], "_");
    let other = |name: &&&str| OTHER_NAMES.contains(&(written.as_str(), **name));
    let close = || {
        let plain = written.replace('_', "");
        let far = |name: &&'a str| (mistakes(&plain, &name.replace('_', "")), *name);
        let allowed = |(mistakes, name): &(usize, &str)| {
            *mistakes <= name.len().saturating_sub(1) / 5 + usize::from(name.len() > 2)
        };
        known.iter().map(far).filter(allowed).min_by_key(|(mistakes, _)| *mistakes).map(|(_, name)| name)
    };
    known.iter().find(other).copied().or_else(close)
}

/// How many letters are left out, added, changed, or swapped with their neighbour.
fn mistakes(one: &str, two: &str) -> usize {
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=two.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, other) in two.iter().enumerate() {
            let mut least =
                (last[column] + usize::from(letter != other)).min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *letter == two[column - 1] && one[row - 1] == *other {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[two.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyped_names_find_the_field_and_others_do_not() {
        let known = ["kind", "calendar", "tz", "start", "end", "minutes", "days", "mode", "pauses"];
        for (given, found) in [
            ("Minutes", Some("minutes")),
            ("minuts", Some("minutes")),
            ("minute", Some("minutes")),
            ("mniutes", Some("minutes")),
            ("pause", Some("pauses")),
            ("day", Some("days")),
            ("calender", Some("calendar")),
            ("timezone", Some("tz")),
            ("time-zone", Some("tz")),
            ("TZ", Some("tz")),
            ("from", Some("start")),
            ("strat", Some("start")),
            ("note", None),
            ("state", None),
            ("tag", None),
            ("ts", None),
            ("expect", None),
            ("comment", None),
            ("case", None),
            ("name", None),
            ("source", None),
            ("", None),
        ] {
            assert_eq!(nearest(given, &known), found, "{given}");
        }
        assert_eq!(nearest(&"x".repeat(5_000), &known), None);
    }
}
