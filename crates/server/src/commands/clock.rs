//! `heard clock eval`: working-time calculations for whoever doubts a deadline.

use std::{
    io::{BufRead, Write},
    path::Path,
};

use heard_kernel::{
    Error, Result,
    calendar::{Calendars, eval_line},
};

/// Reads questions from standard input and writes a line for each; a bad line gets an error line.
///
/// # Errors
/// When the file with calendars cannot be read, or the output breaks.
pub fn eval(calendars: Option<&Path>, explain: bool) -> Result<()> {
    let mut known = Calendars::builtin();
    if let Some(path) = calendars {
        let text = std::fs::read_to_string(path)
            .map_err(|e| Error::internal(format!("{} cannot be read: {e}", path.display())))?;
        known.load(&text)?;
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
