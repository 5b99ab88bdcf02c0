//! Who is connected and what is looked at, here and on the other nodes.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use tokio::time::Instant;
use uuid::Uuid;

use super::words::{Sign, Word};

/// A node that said nothing for so long is gone.
pub(super) const SILENCE: Duration = Duration::from_secs(20);

/// A sign of another node came or went.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Change {
    /// What it is about.
    pub sign: Sign,
    /// Whether it is there now.
    pub shown: bool,
    /// It went, and the node has already acted on it as the last that showed it.
    pub settled: bool,
}

/// The signs of all nodes.
#[derive(Debug, Default)]
pub(super) struct Roster {
    own: HashMap<Sign, usize>,
    others: HashMap<Uuid, Node>,
}

#[derive(Debug)]
struct Node {
    heard_at: Instant,
    signs: HashSet<Sign>,
    /// The parts of its roster that have come so far.
    incoming: Option<HashSet<Sign>>,
}

impl Roster {
    /// A connection of this node shows a sign. Tells whether it is the first here.
    pub(super) fn show(&mut self, sign: Sign) -> bool {
        let count = self.own.entry(sign).or_default();
        *count += 1;
        *count == 1
    }

    /// A connection of this node does not show a sign any more. Tells whether it was the last here.
    pub(super) fn hide(&mut self, sign: Sign) -> bool {
        match self.own.get_mut(&sign) {
            Some(count) if *count > 1 => {
                *count -= 1;
                false
            }
            Some(_) => self.own.remove(&sign).is_some(),
            None => false,
        }
    }

    /// The other nodes that show a sign.
    pub(super) fn elsewhere(&self, sign: Sign) -> usize {
        self.others.values().filter(|node| node.signs.contains(&sign)).count()
    }

    /// Who has a thing on the screen on other nodes.
    pub(super) fn lookers(&self, thing: Uuid) -> Vec<Uuid> {
        let signs = self.others.values().flat_map(|node| &node.signs);
        let lookers = signs.filter_map(|sign| match sign {
            Sign::Looks(shown, user) if *shown == thing => Some(*user),
            _ => None,
        });
        lookers.collect()
    }

    /// All signs of this node.
    pub(super) fn own(&self) -> Vec<Sign> {
        self.own.keys().copied().collect()
    }

    /// Takes in what another node says about its signs, and tells what that changes.
    pub(super) fn hear(&mut self, from: Uuid, word: &Word, now: Instant) -> Vec<Change> {
        if matches!(word, Word::Bye) {
            return self.forget(from);
        }
        let fresh = || Node { heard_at: now, signs: HashSet::new(), incoming: None };
        let node = self.others.entry(from).or_insert_with(fresh);
        node.heard_at = now;
        match word {
            Word::Shown { sign } => {
                node.incoming.as_mut().map(|incoming| incoming.insert(*sign));
                let new = node.signs.insert(*sign);
                new.then_some(Change { sign: *sign, shown: true, settled: false }).into_iter().collect()
            }
            Word::Gone { sign, last } => {
                node.incoming.as_mut().map(|incoming| incoming.remove(sign));
                let went = node.signs.remove(sign);
                went.then_some(Change { sign: *sign, shown: false, settled: *last }).into_iter().collect()
            }
            Word::Roster { signs, begin, end } => {
                if *begin {
                    node.incoming = Some(HashSet::new());
                }
                // Without the beginning it is worth nothing.
                let Some(incoming) = &mut node.incoming else { return Vec::new() };
                incoming.extend(signs);
                if !end {
                    return Vec::new();
                }
                let now = node.incoming.take().unwrap_or_default();
                let before = std::mem::replace(&mut node.signs, now);
                let came = node.signs.difference(&before).map(|sign| (sign, true));
                let went = before.difference(&node.signs).map(|sign| (sign, false));
                came.chain(went).map(|(&sign, shown)| Change { sign, shown, settled: false }).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Forgets nodes that have been silent too long, and tells what that changes.
    pub(super) fn sweep(&mut self, now: Instant) -> Vec<Change> {
        let silent: Vec<Uuid> =
            self.others.iter().filter(|(_, node)| now - node.heard_at > SILENCE).map(|(id, _)| *id).collect();
        silent.into_iter().flat_map(|node| self.forget(node)).collect()
    }

    fn forget(&mut self, node: Uuid) -> Vec<Change> {
        let signs = self.others.remove(&node).map(|node| node.signs).unwrap_or_default();
        signs.into_iter().map(|sign| Change { sign, shown: false, settled: false }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: Sign = Sign::User(Uuid::from_u128(1));
    const LOOK: Sign = Sign::Looks(Uuid::from_u128(2), Uuid::from_u128(1));
    const NODE: Uuid = Uuid::from_u128(9);

    fn change(sign: Sign, shown: bool) -> Change {
        Change { sign, shown, settled: false }
    }

    #[test]
    fn own_signs_count_connections() {
        let mut roster = Roster::default();
        assert!(roster.show(ANNA) && !roster.show(ANNA));
        assert!(!roster.hide(ANNA) && roster.own() == [ANNA]);
        assert!(roster.hide(ANNA) && !roster.hide(ANNA) && roster.own().is_empty());
    }

    #[test]
    fn a_whole_roster_replaces_what_was_known() {
        let (mut roster, now) = (Roster::default(), Instant::now());
        let said = [
            (Word::Shown { sign: ANNA }, vec![change(ANNA, true)]),
            (Word::Shown { sign: ANNA }, vec![]),
            // A part whose beginning was missed.
            (Word::Roster { signs: vec![], begin: false, end: true }, vec![]),
            (Word::Roster { signs: vec![], begin: true, end: false }, vec![]),
            (
                Word::Roster { signs: vec![LOOK], begin: false, end: true },
                vec![change(LOOK, true), change(ANNA, false)],
            ),
        ];
        for (word, changes) in said {
            assert_eq!(roster.hear(NODE, &word, now), changes, "{word:?}");
        }
        assert_eq!((roster.elsewhere(ANNA), roster.elsewhere(LOOK)), (0, 1));
        assert_eq!(roster.lookers(Uuid::from_u128(2)), [Uuid::from_u128(1)]);
        let gone = Word::Gone { sign: LOOK, last: true };
        assert_eq!(roster.hear(NODE, &gone, now), [Change { settled: true, ..change(LOOK, false) }]);
    }

    #[test]
    fn nodes_that_stop_or_fall_silent_are_forgotten() {
        let (mut roster, begin) = (Roster::default(), Instant::now());
        let shown = Word::Shown { sign: ANNA };
        roster.hear(NODE, &shown, begin);
        assert_eq!(roster.hear(NODE, &Word::Bye, begin), [change(ANNA, false)]);
        roster.hear(NODE, &shown, begin);
        roster.hear(NODE, &Word::Alive, begin + SILENCE);
        assert_eq!(roster.sweep(begin + SILENCE * 2), []);
        assert_eq!(roster.sweep(begin + SILENCE * 3), [change(ANNA, false)]);
        assert_eq!(roster.elsewhere(ANNA), 0);
    }
}
