//! A place in a line, moved forward by what is recognised.

/// A place in a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// What is left. The place is always between characters, as only ASCII is stepped over.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over one of these characters.
    pub(crate) fn any(&mut self, wanted: &[u8]) -> Option<u8> {
        let found = self.peek().filter(|byte| byte.is_ascii() && wanted.contains(byte))?;
        self.at += 1;
        Some(found)
    }

    /// Steps over this text.
    pub(crate) fn eat(&mut self, wanted: &str) -> Option<()> {
        if !self.rest().starts_with(wanted) {
            return None;
        }
        self.at += wanted.len();
        Some(())
    }

    pub(crate) fn spaces(&mut self) {
        while self.any(b" \t").is_some() {}
    }

    /// Exactly so many digits, as a number.
    pub(crate) fn number(&mut self, digits: usize) -> Option<u32> {
        let end = self.at + digits;
        let found = self.text.as_bytes().get(self.at..end)?;
        let mut value = 0_u32;
        for byte in found {
            value = value * 10 + u32::from(byte.is_ascii_digit().then(|| byte - b'0')?);
        }
        self.at = end;
        Some(value)
    }

    /// All digits that follow, at least one.
    pub(crate) fn digits(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let count = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.at += count;
        (count > 0).then(|| &rest[..count])
    }

    /// One of these words, as its place in the list.
    pub(crate) fn word(&mut self, words: &[&str]) -> Option<u32> {
        let index = words.iter().position(|word| self.eat(word).is_some())?;
        u32::try_from(index).ok()
    }
}
