//! Joins the hubs of several processes on one PostgreSQL database: what is not in the log (typing, who looks, who is
//! there) reaches the connections of the other nodes by LISTEN and NOTIFY.
//!
//! Frames may get lost, as they may on the way to a slow client. Signs may not: a node that could not say one says all
//! of its signs again, and so does every node when one appears or comes back.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, watch},
    time::Instant,
};
use uuid::Uuid;

use super::{
    Hub, Topic,
    roster::{Change, Roster},
    words::{self, Letter, SIGNS, Sign, Word},
};

/// The channel on which hubs talk.
const CHANNEL: &str = "heard_live";
/// Words that may wait. More are dropped, and the signs among them made up for.
const CAPACITY: usize = 2_048;
/// How often a node says that it is still there.
const PULSE: Duration = Duration::from_secs(5);
/// How long the others get to say what they show, after this node has said hello.
const ACQUAINTANCE: Duration = Duration::from_secs(2);

/// What this node has to say and what it heard.
pub(super) struct Relay {
    node: Uuid,
    state: Mutex<State>,
    /// There is something to say.
    outgoing: Notify,
    /// Something changed elsewhere.
    incoming: Notify,
    acquainted: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    roster: Roster,
    waiting: VecDeque<String>,
    /// The connection stands. Without it nothing is kept to be said later.
    connected: bool,
    /// All signs are to be said.
    roster_wanted: bool,
    /// What observers have not been told yet, the latest of each sign.
    changes: HashMap<Sign, Change>,
}

impl Relay {
    pub(super) fn new(node: Uuid) -> Self {
        Self {
            node,
            state: Mutex::default(),
            outgoing: Notify::new(),
            incoming: Notify::new(),
            acquainted: watch::channel(false).0,
        }
    }

    /// Tells the other nodes a frame, unless it is too long or too much waits already.
    pub(super) fn frame(&self, to: &[Topic], frame: &str) {
        match words::write_frame(to, frame) {
            Some(word) => self.say(&mut self.lock(), word),
            None => tracing::debug!(bytes = frame.len(), "a frame is too long for other nodes"),
        }
    }

    /// A connection of this node shows a sign.
    pub(super) fn show(&self, sign: Sign) {
        let mut state = self.lock();
        if state.roster.show(sign) {
            self.say_sign(&mut state, &Word::Shown { sign });
        }
    }

    /// A connection of this node shows a sign no more.
    pub(super) fn hide(&self, sign: Sign) {
        let mut state = self.lock();
        if state.roster.hide(sign) {
            let last = state.roster.elsewhere(sign) == 0;
            self.say_sign(&mut state, &Word::Gone { sign, last });
        }
    }

    /// The other nodes that show a sign.
    pub(super) fn elsewhere(&self, sign: Sign) -> usize {
        self.lock().roster.elsewhere(sign)
    }

    /// Who has a thing on the screen on other nodes.
    pub(super) fn lookers(&self, thing: Uuid) -> Vec<Uuid> {
        self.lock().roster.lookers(thing)
    }

    /// Waits until the other nodes have said what they show, at most a few seconds.
    pub(super) async fn acquainted(&self) {
        let mut known = self.acquainted.subscribe();
        let known = known.wait_for(|known| *known);
        let _ = tokio::time::timeout(ACQUAINTANCE * 3, known).await;
    }

    /// Talks with the other nodes until the hub stops.
    pub(super) async fn run(&self, hub: &Hub, mut stop: watch::Receiver<bool>) {
        let talking = async {
            loop {
                let heard = |letter: Option<&str>| match letter {
                    None => self.joined(),
                    Some(letter) => self.hear(hub, letter),
                };
                let result = hub.ctx().db().exchange(CHANNEL, || self.letter(), heard).await;
                self.parted();
                if let Err(error) = result {
                    tracing::warn!(%error, "talking with other nodes broke off; trying again");
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        };
        let pulse = async {
            let mut tick = tokio::time::interval(PULSE);
            loop {
                tick.tick().await;
                self.pulse(Instant::now());
            }
        };
        let telling = async {
            loop {
                self.incoming.notified().await;
                let changes = std::mem::take(&mut self.lock().changes);
                for change in changes.into_values() {
                    hub.tell_observers(&change).await;
                }
            }
        };
        let work = async { tokio::join!(talking, pulse, telling) };
        tokio::pin!(work);
        tokio::select! {
            _ = &mut work => return,
            _ = stop.wait_for(|stop| *stop) => {}
        }
        // The last word needs the connection for a moment longer.
        self.last_word();
        let _ = tokio::time::timeout(Duration::from_millis(500), work).await;
    }

    /// The connection stands: everybody says everything once.
    fn joined(&self) {
        let mut state = self.lock();
        state.connected = true;
        state.roster_wanted = true;
        state.waiting.extend(words::write(&Word::Hello));
        drop(state);
        self.outgoing.notify_one();
        let acquainted = self.acquainted.clone();
        tokio::spawn(async move {
            tokio::time::sleep(ACQUAINTANCE).await;
            acquainted.send_replace(true);
        });
    }

    fn parted(&self) {
        let mut state = self.lock();
        state.connected = false;
        state.waiting = VecDeque::new();
    }

    fn pulse(&self, now: Instant) {
        let mut state = self.lock();
        if let Some(word) = words::write(&Word::Alive) {
            self.say(&mut state, word);
        }
        // Whoever cannot hear does not know who is silent.
        if state.connected {
            let changes = state.roster.sweep(now);
            self.note(&mut state, changes);
        }
    }

    fn last_word(&self) {
        let mut state = self.lock();
        state.waiting = VecDeque::new();
        state.roster_wanted = false;
        if let Some(word) = words::write(&Word::Bye) {
            self.say(&mut state, word);
        }
    }

    fn hear(&self, hub: &Hub, letter: &str) {
        let Some((from, words)) = words::read(letter) else {
            tracing::debug!("another node said what cannot be read");
            return;
        };
        if from == self.node {
            return;
        }
        for word in words {
            if let Word::Frame { to, frame } = &word {
                hub.publish_here(to, frame, None);
                continue;
            }
            let mut state = self.lock();
            let changes = state.roster.hear(from, &word, Instant::now());
            self.note(&mut state, changes);
            if matches!(word, Word::Hello) {
                state.roster_wanted = true;
                self.outgoing.notify_one();
            }
        }
    }

    fn note(&self, state: &mut State, changes: Vec<Change>) {
        if !changes.is_empty() {
            state.changes.extend(changes.into_iter().map(|change| (change.sign, change)));
            self.incoming.notify_one();
        }
    }

    fn say_sign(&self, state: &mut State, word: &Word) {
        if state.waiting.len() >= CAPACITY {
            state.roster_wanted = true;
        } else if let Some(word) = words::write(word) {
            self.say(state, word);
        }
    }

    fn say(&self, state: &mut State, word: String) {
        if state.connected && state.waiting.len() < CAPACITY {
            state.waiting.push_back(word);
            self.outgoing.notify_one();
        }
    }

    /// The next letter, as soon as there is something to say. What waits goes before all signs, which are newer.
    async fn letter(&self) -> String {
        loop {
            let noticed = self.outgoing.notified();
            if let Some(letter) = self.compose() {
                return letter;
            }
            noticed.await;
        }
    }

    fn compose(&self) -> Option<String> {
        let mut state = self.lock();
        if state.waiting.is_empty() && std::mem::take(&mut state.roster_wanted) {
            let own = state.roster.own();
            let parts = own.chunks(SIGNS).len().max(1);
            // One part, though an empty one, says that there are none.
            let mut signs = own.chunks(SIGNS);
            for part in 0..parts {
                let signs = signs.next().unwrap_or_default().to_vec();
                let word = Word::Roster { signs, begin: part == 0, end: part + 1 == parts };
                state.waiting.extend(words::write(&word));
            }
        }
        let mut letter = Letter::new(self.node);
        while let Some(word) = state.waiting.front() {
            if !letter.add(word) {
                break;
            }
            state.waiting.pop_front();
        }
        (!letter.is_empty()).then(|| letter.close())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined() -> Relay {
        let relay = Relay::new(Uuid::from_u128(1));
        relay.lock().connected = true;
        relay
    }

    fn words(relay: &Relay) -> Vec<Word> {
        let letters = std::iter::from_fn(|| relay.compose());
        letters.flat_map(|letter| words::read(&letter).unwrap().1).collect()
    }

    #[test]
    fn signs_that_found_no_room_are_made_up_for() {
        let relay = joined();
        for number in 0..3_000 {
            relay.show(Sign::Contact(Uuid::from_u128(number)));
        }
        relay.frame(&[Topic::Everyone], "{\"type\":\"typing\"}");
        let mut other = Roster::default();
        let said = words(&relay);
        assert!(!said.iter().any(|word| matches!(word, Word::Frame { .. })));
        for word in &said {
            other.hear(Uuid::from_u128(1), word, Instant::now());
        }
        let known = (0..3_000).filter(|n| other.elsewhere(Sign::Contact(Uuid::from_u128(*n))) == 1).count();
        assert_eq!(known, 3_000);
    }

    #[test]
    fn nothing_is_kept_while_nobody_hears() {
        let relay = Relay::new(Uuid::from_u128(1));
        relay.show(Sign::User(Uuid::from_u128(2)));
        relay.frame(&[Topic::Everyone], "{}");
        assert!(relay.compose().is_none());
    }
}
