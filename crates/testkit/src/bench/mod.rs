//! Measuring the floor and the product in one run: a small load generator, processes and what they cost.

pub mod floor;
mod load;
mod process;

pub use load::{Answer, Client, Load, Outcome, Request};
pub use process::Served;

/// The value below which a share of the sorted `values` lies; 0 without values.
pub fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = ((values.len() as f64 - 1.0) * share).round();
    values.get(place.max(0.0) as usize).copied().unwrap_or(0.0)
}

/// Prints a line at once, also into a pipe.
pub fn say(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}
