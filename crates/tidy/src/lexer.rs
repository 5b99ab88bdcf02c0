//! Splits Rust source into code, comments and string literals: as much as the rules need to know.

/// What a piece of source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anything that is neither comment nor string literal.
    Code,
    /// A comment that is not documentation, without its marks.
    Comment,
    /// A documentation comment, without its marks.
    Doc,
    /// The content of a string or byte string literal, escapes left as written.
    Text,
}

/// A piece of source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: Kind,
    /// The line where it begins, counted from 1.
    pub line: usize,
    /// The source itself.
    pub text: &'a str,
}

/// Splits `source`; joined with their marks the pieces are the source again.
pub fn split(source: &str) -> Vec<Piece<'_>> {
    let mut lexer = Lexer { source, at: 0, code_from: 0, line: 1, pieces: Vec::new() };
    lexer.run();
    lexer.pieces
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    code_from: usize,
    line: usize,
    pieces: Vec<Piece<'a>>,
}

impl<'a> Lexer<'a> {
    fn run(&mut self) {
        while self.at < self.source.len() {
            let rest = &self.source[self.at..];
            if rest.starts_with("//") {
                let length = rest.find('\n').unwrap_or(rest.len());
                self.comment(length, 0);
            } else if rest.starts_with("/*") {
                self.comment(block_length(rest), 2);
            } else if let Some(hashes) = raw_hashes(rest).filter(|_| !self.follows_word()) {
                self.raw_string(hashes);
            } else if rest.starts_with('"') {
                self.string();
            } else if rest.starts_with('\'') {
                self.at += character_length(rest);
            } else {
                self.at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        self.flush_code(self.source.len());
    }

    /// Whether the current place continues an identifier, so that `for"x"` is not taken for `r"x"`.
    fn follows_word(&self) -> bool {
        self.source[..self.at]
            .chars()
            .next_back()
            .is_some_and(|c| (c.is_alphanumeric() && c != 'b') || c == '_')
    }

    fn comment(&mut self, length: usize, tail: usize) {
        let whole = &self.source[self.at..self.at + length];
        let doc = (whole.starts_with("///") && !whole.starts_with("////"))
            || whole.starts_with("//!")
            || (whole.starts_with("/**") && !whole.starts_with("/**/"))
            || whole.starts_with("/*!");
        let (kind, marks) = if doc { (Kind::Doc, 3) } else { (Kind::Comment, 2) };
        self.piece(kind, marks, length, tail);
    }

    fn string(&mut self) {
        let rest = &self.source[self.at..];
        let mut end = 1;
        while let Some(found) = rest[end..].find(['"', '\\']) {
            end += found + 1;
            if rest.as_bytes()[end - 1] == b'"' {
                return self.piece(Kind::Text, 1, end, 1);
            }
            end += rest[end..].chars().next().map_or(0, char::len_utf8);
        }
        self.piece(Kind::Text, 1, rest.len(), 0);
    }

    fn raw_string(&mut self, hashes: usize) {
        let rest = &self.source[self.at..];
        let closing = format!("\"{}", "#".repeat(hashes));
        let open = hashes + 2;
        match rest[open..].find(&closing) {
            Some(found) => self.piece(Kind::Text, open, open + found + closing.len(), closing.len()),
            None => self.piece(Kind::Text, open, rest.len(), 0),
        }
    }

    /// Ends the running code and adds a piece of `length` whose first `head` and last `tail` bytes are marks.
    fn piece(&mut self, kind: Kind, head: usize, length: usize, tail: usize) {
        self.flush_code(self.at);
        let inner = (self.at + head).min(self.at + length)..(self.at + length - tail).max(self.at + head);
        self.pieces.push(Piece { kind, line: self.line, text: &self.source[inner] });
        self.line += self.source[self.at..self.at + length].matches('\n').count();
        self.at += length;
        self.code_from = self.at;
    }

    fn flush_code(&mut self, end: usize) {
        if self.code_from < end {
            let text = &self.source[self.code_from..end];
            self.pieces.push(Piece { kind: Kind::Code, line: self.line, text });
            self.line += text.matches('\n').count();
            self.code_from = end;
        }
    }
}

/// The number of hashes of a raw string that begins here.
fn raw_hashes(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.bytes().take_while(|byte| *byte == b'#').count();
    after[hashes..].starts_with('"').then_some(hashes)
}

/// The length of a block comment, which may hold others.
fn block_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// The length of a character literal, or 1 for the mark of a lifetime.
fn character_length(rest: &str) -> usize {
    let mut chars = rest[1..].char_indices();
    match chars.next() {
        Some((_, '\\')) => {
            rest[2..].find('\'').map_or(1, |end| if end == 0 { 4 } else { end + 3 }).min(rest.len())
        }
        Some((_, first)) if rest[1 + first.len_utf8()..].starts_with('\'') => first.len_utf8() + 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<(Kind, usize, &str)> {
        split(source).into_iter().map(|piece| (piece.kind, piece.line, piece.text)).collect()
    }

    #[test]
    fn strings_comments_and_code_are_told_apart() {
        let source = "let a = \"x\\\"y\"; // why\n/// doc\nlet b = r#\"q\"q\"#;";
        assert_eq!(
            kinds(source),
            [
                (Kind::Code, 1, "let a = "),
                (Kind::Text, 1, "x\\\"y"),
                (Kind::Code, 1, "; "),
                (Kind::Comment, 1, " why"),
                (Kind::Code, 1, "\n"),
                (Kind::Doc, 2, " doc"),
                (Kind::Code, 2, "\nlet b = "),
                (Kind::Text, 3, "q\"q"),
                (Kind::Code, 3, ";"),
            ]
        );
    }

    #[test]
    fn quotes_in_characters_and_lifetimes_open_nothing() {
        for source in
            ["let c = '\"';", "let c = '\\'';", "fn f<'a>(x: &'a str) {}", "let c = '中';", "b'\\\\'"]
        {
            assert_eq!(kinds(source), [(Kind::Code, 1, source)], "{source}");
        }
    }

    #[test]
    fn block_comments_nest_and_lines_are_counted() {
        assert_eq!(
            kinds("/* a /* b\n */ c */x"),
            [(Kind::Comment, 1, " a /* b\n */ c "), (Kind::Code, 2, "x")]
        );
    }

    #[test]
    fn an_unclosed_string_ends_with_the_file() {
        assert_eq!(kinds("\"abc"), [(Kind::Text, 1, "abc")]);
    }
}
