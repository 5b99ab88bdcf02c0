//! Two clocks on one matter: the stricter one drives the alarm, and both must be kept.

use super::assess::{Assessment, State, Verdict};

/// The index of the clock whose deadline comes first among those that are not stopped; of equals the first. A paused
/// clock counts by the deadline that it would have now, after those that run.
pub fn stricter(clocks: &[&Assessment]) -> Option<usize> {
    let open = |clock: &Assessment| {
        matches!(clock.state, State::Running | State::Warning | State::Breached | State::Paused)
    };
    let rank = |clock: &Assessment| match (clock.due, clock.due_if_resumed) {
        (Some(due), _) => Some((false, due)),
        (None, Some(due)) => Some((true, due)),
        (None, None) => None,
    };
    let ranked = clocks.iter().enumerate().filter(|(_, clock)| open(clock));
    ranked.filter_map(|(index, clock)| Some((rank(clock)?, index))).min().map(|(_, index)| index)
}

/// The verdict over all clocks: late as soon as one is, in time when all that were not cancelled are.
pub fn combined_verdict(clocks: &[&Assessment]) -> Option<Verdict> {
    if clocks.iter().any(|clock| clock.verdict == Some(Verdict::Breached)) {
        return Some(Verdict::Breached);
    }
    let mut counted = clocks.iter().filter(|clock| clock.state != State::Cancelled).peekable();
    counted.peek()?;
    counted.all(|clock| clock.verdict == Some(Verdict::Met)).then_some(Verdict::Met)
}
