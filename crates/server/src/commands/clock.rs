//! `heard clock eval`: working-time calculations for whoever doubts a deadline.

use std::{
    io::{BufRead, Write},
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
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line.map_err(Error::internal)?;
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            continue;
        }
        writeln!(out, "{}", eval_line(&text, &known, explain)).map_err(Error::internal)?;
    }
    out.flush().map_err(Error::internal)
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
