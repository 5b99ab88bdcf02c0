//! What nodes say to each other, as text.

use heard_store::NOTICE_BYTES;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::Topic;

/// Something that holds as long as connections of a node show it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// A user is connected.
    User(Uuid),
    /// A contact is connected.
    Contact(Uuid),
    /// A user has something on the screen: the thing, the user.
    Looks(Uuid, Uuid),
}

/// One thing that a node says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "word", rename_all = "snake_case")]
pub(super) enum Word {
    /// A frame that is not in the log, for the subscribers of any of these topics.
    Frame { to: Vec<Topic>, frame: Value },
    /// A sign is there now.
    Shown { sign: Sign },
    /// A sign is there no more; `last` when the node knows of no other that shows it.
    Gone { sign: Sign, last: bool },
    /// A part of all signs of the node; with `begin` the first, with `end` the last.
    Roster { signs: Vec<Sign>, begin: bool, end: bool },
    /// The node is new or was away: the others are to say all their signs.
    Hello,
    /// The node is still there.
    Alive,
    /// The node stops.
    Bye,
}

/// Signs in one word, so that it fits.
pub(super) const SIGNS: usize = 60;

/// Puts words together while they fit into one text.
pub(super) struct Letter {
    text: String,
    empty: bool,
}

impl Letter {
    pub(super) fn new(node: Uuid) -> Self {
        Self { text: format!("{{\"node\":\"{node}\",\"words\":["), empty: true }
    }

    /// Adds a word and tells whether there was room for it.
    pub(super) fn add(&mut self, word: &str) -> bool {
        if self.text.len() + word.len() + 3 > NOTICE_BYTES {
            return false;
        }
        if !self.empty {
            self.text.push(',');
        }
        self.text.push_str(word);
        self.empty = false;
        true
    }

    pub(super) fn is_empty(&self) -> bool {
        self.empty
    }

    pub(super) fn close(mut self) -> String {
        self.text.push_str("]}");
        self.text
    }
}

/// A word as text; `None` when it can never fit into a letter.
pub(super) fn write(word: &Word) -> Option<String> {
    let text = serde_json::to_string(word).ok()?;
    Letter::new(Uuid::nil()).add(&text).then_some(text)
}

/// A frame on its way, of which the text is there already; `None` when it is too long.
pub(super) fn write_frame(to: &[Topic], frame: &str) -> Option<String> {
    let text = format!("{{\"word\":\"frame\",\"to\":{},\"frame\":{frame}}}", serde_json::to_string(to).ok()?);
    Letter::new(Uuid::nil()).add(&text).then_some(text)
}

#[derive(Deserialize)]
struct Written {
    node: Uuid,
    words: Vec<Value>,
}

/// Who says what. Words that a newer version may say are left out.
pub(super) fn read(letter: &str) -> Option<(Uuid, Vec<Word>)> {
    let written: Written = serde_json::from_str(letter).ok()?;
    let words = written.words.into_iter().filter_map(|word| serde_json::from_value(word).ok()).collect();
    Some((written.node, words))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn letters_hold_what_fits_and_are_read_again() {
        let id = Uuid::from_u128(7);
        let frame = json!({"type": "typing", "preview": "你好"});
        let said = write_frame(&[Topic::Inbox(id), Topic::Everyone], &frame.to_string()).unwrap();
        let mut letter = Letter::new(id);
        assert!(letter.is_empty() && letter.add(&said));
        assert!(letter.add("{\"word\":\"of a newer version\"}"));
        assert!(letter.add(&write(&Word::Gone { sign: Sign::Looks(id, id), last: true }).unwrap()));
        let (node, words) = read(&letter.close()).unwrap();
        assert_eq!(node, id);
        let frame = Word::Frame { to: vec![Topic::Inbox(id), Topic::Everyone], frame };
        assert_eq!(words, [frame, Word::Gone { sign: Sign::Looks(id, id), last: true }]);
    }

    #[test]
    fn a_letter_never_passes_the_limit() {
        let most = vec![Sign::Looks(Uuid::max(), Uuid::max()); SIGNS];
        let word = write(&Word::Roster { signs: most, begin: false, end: false }).unwrap();
        let mut letter = Letter::new(Uuid::max());
        assert!(letter.add(&word));
        while letter.add("{}") {}
        assert!(letter.close().len() <= NOTICE_BYTES);
        assert!(write_frame(&[], &json!("x".repeat(NOTICE_BYTES - 60)).to_string()).is_none());
    }
}
