//! Tables (表格): the list of cases with its filters, order and columns, and the list of remedies, as files for spreadsheets.
//!
//! Rows are read page by page and written while they are read, into a file without a name, so that memory does not grow with
//! their number; more than [`MOST`] are refused before anything is handed out. Times are those of the organisation's clock,
//! headings and words are in the language of who asks. Text that a spreadsheet would take for a formula stays text.
//!
//! Events: `case_table.exported`, `remedy_table.exported`. Rights: `case.read`, `case.export`; `case.approve` for remedies.

mod columns;
mod csv;
mod events;
mod http;
mod remedies;
mod service;
mod xlsx;

#[cfg(test)]
pub(crate) use columns::Column;
pub use events::{RemediesExported, TableExported};
pub use http::routes;
pub use remedies::write_remedies;
pub use service::{MOST, Table, TableFormat, write};
