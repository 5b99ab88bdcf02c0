//! Lines of a log, those that are asked for.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    entries::{Entry, Log},
    level::Level,
    overview::LogOverview,
    pattern::Classes,
};

/// Lines of a page at most.
pub const MAX_LINES_OF_PAGE: usize = 1000;
/// Lines of a page when nothing else is asked for.
const USUAL_LINES: usize = 200;
/// Characters of a line that are told.
const LONGEST_LINE: usize = 4000;

/// Which lines are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Question {
    /// Only entries of this level and worse ones.
    pub level: Option<Level>,
    /// Only entries with these words in one of their lines, in any case.
    pub q: Option<String>,
    /// Only entries of this pattern.
    pub pattern: Option<String>,
    /// From this line on, counted from 1; without it the answer begins at the first line and tells the overview.
    pub from: Option<usize>,
    /// How many lines, 1 to 1000; 200 when absent.
    pub limit: Option<usize>,
}

/// A line of a log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LogLine {
    /// Its number, from 1.
    pub no: usize,
    /// What stands there, without colours of terminals and with control characters made visible.
    pub text: String,
    /// How many characters more there are than are told.
    pub more: usize,
    /// The level of its entry.
    #[schema(required = true)]
    pub level: Option<Level>,
    /// Whether an entry begins with it; otherwise it goes on with the line above.
    pub begins: bool,
}

/// Lines that were asked for, in their order.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LogPage {
    /// What the whole file holds, when the question named no line to begin with.
    #[schema(required = true)]
    pub overview: Option<LogOverview>,
    /// The lines.
    pub lines: Vec<LogLine>,
    /// How many entries of the whole file fit the question.
    pub matched: usize,
    /// Where the next page begins; absent on the last one.
    #[schema(required = true)]
    pub next_from: Option<usize>,
}

/// The lines that a question asks for.
pub(crate) fn page(log: &Log<'_>, classes: &Classes, question: &Question) -> LogPage {
    let limit = question.limit.unwrap_or(USUAL_LINES).clamp(1, MAX_LINES_OF_PAGE);
    let from = question.from.unwrap_or(1).max(1) - 1;
    let words =
        question.q.as_deref().map(|words| words.trim().to_lowercase()).filter(|words| !words.is_empty());
    let wanted =
        question.pattern.as_ref().map(|id| classes.patterns.iter().position(|class| class.id() == *id));
    let (mut lines, mut matched, mut next_from) = (Vec::new(), 0, None);
    for (at, entry) in log.entries.iter().enumerate() {
        let level = question.level.is_none_or(|least| entry.level.is_some_and(|level| level >= least));
        let pattern =
            wanted.is_none_or(|wanted| wanted.is_some_and(|wanted| classes.of.get(at) == Some(&wanted)));
        if !level || !pattern || !has(log, entry, words.as_deref()) {
            continue;
        }
        matched += 1;
        for (within, line) in log.lines_of(entry).iter().enumerate() {
            let no = entry.first + within;
            if no < from || next_from.is_some() {
                continue;
            }
            if lines.len() == limit {
                next_from = Some(no + 1);
            } else {
                lines.push(shown_line(no, line, entry, LONGEST_LINE));
            }
        }
    }
    LogPage { overview: None, lines, matched, next_from }
}

fn has(log: &Log<'_>, entry: &Entry<'_>, words: Option<&str>) -> bool {
    words.is_none_or(|words| log.lines_of(entry).iter().any(|line| line.to_lowercase().contains(words)))
}

/// A line as it is told, with so many characters at most.
pub(crate) fn shown_line(at: usize, line: &str, entry: &Entry<'_>, longest: usize) -> LogLine {
    let clean = visible(line);
    let end = clean.char_indices().nth(longest).map_or(clean.len(), |(at, _)| at);
    let (told, rest) = clean.split_at(end);
    LogLine {
        no: at + 1,
        text: told.to_owned(),
        more: rest.chars().count(),
        level: entry.level,
        begins: at == entry.first,
    }
}

/// A line with control characters, and what turns the direction of writing, made visible: it shows nothing that it does not
/// say.
fn visible(line: &str) -> String {
    let hidden = |character: char| {
        (character.is_control() && character != '\t')
            || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    line.chars().map(|character| if hidden(character) { '␦' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use heard_kernel::Timestamp;

    use super::*;
    use crate::{entries::cut, pattern::classify, stamp::Day};

    const TEXT: &str =
        "INFO up 1\nERROR no 1\n\tat a.B.c(B.java:1)\nWARN slow\nERROR no 2\n\tat a.B.c(B.java:2)\n";

    fn asked(question: &Question) -> (Vec<usize>, usize, Option<usize>) {
        let log = cut(TEXT, Day::of(Timestamp::default())).unwrap();
        let page = page(&log, &classify(&log), question);
        (page.lines.iter().map(|line| line.no).collect(), page.matched, page.next_from)
    }

    #[test]
    fn entries_are_filtered_with_their_traces() {
        let all = Question::default();
        assert_eq!(asked(&all), (vec![1, 2, 3, 4, 5, 6], 4, None));
        let bad = Question { level: Some(Level::Error), ..all.clone() };
        assert_eq!(asked(&bad), (vec![2, 3, 5, 6], 2, None));
        let worse = Question { level: Some(Level::Warn), ..all.clone() };
        assert_eq!(asked(&worse).1, 3);
        let words = Question { q: Some(" b.JAVA:2 ".to_owned()), ..all.clone() };
        assert_eq!(asked(&words), (vec![5, 6], 1, None), "an entry is found by any of its lines");
        let log = cut(TEXT, Day::of(Timestamp::default())).unwrap();
        let id = classify(&log).patterns[1].id();
        assert_eq!(asked(&Question { pattern: Some(id), ..all.clone() }), (vec![2, 3, 5, 6], 2, None));
        assert_eq!(asked(&Question { pattern: Some("x".to_owned()), ..all }), (vec![], 0, None));
    }

    #[test]
    fn pages_go_on_where_the_last_one_ended() {
        let mut question = Question { level: Some(Level::Error), limit: Some(3), ..Question::default() };
        assert_eq!(asked(&question), (vec![2, 3, 5], 2, Some(6)));
        question.from = Some(6);
        assert_eq!(asked(&question), (vec![6], 2, None));
        question.from = Some(100);
        assert_eq!(asked(&question), (vec![], 2, None));
    }

    #[test]
    fn a_line_shows_nothing_that_it_does_not_say() {
        assert_eq!(visible("a\u{8}b\u{202E}c\td"), "a␦b␦c\td");
        let log = cut("很长", Day::of(Timestamp::default())).unwrap();
        let line = shown_line(0, "很长的一行", &log.entries[0], 2);
        assert_eq!((line.text.as_str(), line.more, line.begins), ("很长", 3, true));
    }
}
