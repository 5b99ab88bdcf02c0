//! `heard clock eval`: working-time calculations for whoever doubts a deadline.

use std::{
    io::{BufRead, BufReader, ErrorKind, Write},
    path::Path,
};

use heard_kernel::{
    Code, Error, Result,
    calendar::{Calendars, Problem, Problems, eval_line},
};

use super::terminal_locale;

/// The file given with `--calendars` cannot be used (`params.path`, `params.reason`).
const CALENDARS_FILE_UNUSABLE: Code = Code::new("calendars_file_unusable", 422);

/// Reads questions from standard input and writes a line for each; a bad line gets an error line.
///
/// # Errors
/// `calendars_file_unusable` when the file with calendars cannot be read or is wrong; and when the output breaks.
pub fn eval(calendars: Option<&Path>, explain: bool) -> Result<()> {
    let mut known = Calendars::builtin();
    if let Some(path) = calendars {
        let text = std::fs::read_to_string(path).map_err(|e| unusable(path, &e.to_string()))?;
        known.load(&text).map_err(|e| unusable(path, &places(&e)))?;
    }
    match answer_all(&known, explain) {
        // Whoever read the answers has seen enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(Error::internal),
    }
}

/// Answers are written at once when no further question waits, so that a program can ask and read by turns.
fn answer_all(known: &Calendars, explain: bool) -> std::io::Result<()> {
    let mut questions = BufReader::with_capacity(1 << 16, std::io::stdin().lock());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut line = Vec::new();
    while questions.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_start_matches('\u{feff}').trim();
        if !text.is_empty() {
            writeln!(out, "{}", eval_line(text, known, explain))?;
        }
        line.clear();
        if questions.buffer().is_empty() {
            out.flush()?;
        }
    }
    out.flush()
}

fn unusable(path: &Path, reason: &str) -> Error {
    Error::new(CALENDARS_FILE_UNUSABLE)
        .with("path", path.display().to_string())
        .with("reason", reason.trim_end())
}

/// What is wrong with a document, a line for each place.
fn places(problems: &Problems) -> String {
    let locale = terminal_locale();
    let line = |problem: &Problem| {
        let colon = if problem.path.is_empty() { "" } else { ": " };
        format!("{}{colon}{}", problem.path, problem.text(locale))
    };
    problems.all().iter().map(line).collect::<Vec<_>>().join("\n  ")
}
