//! What can be done from the command line.

pub mod backup;
pub mod clock;
pub mod config;
pub mod doctor;
pub mod migrate;
pub mod openapi;
pub mod serve;
pub mod user;

use std::process::ExitCode;

use heard_kernel::{Code, Error, Locale};
use heard_web::texts::{field_message, translate};

/// The address cannot be listened on (`params.address`).
const ADDRESS_NOT_USABLE: Code = Code::new("address_in_use", 500);
/// The checks found something (`params.count`).
const DOCTOR_FOUND: Code = Code::new("doctor_found", 500);

/// The backup was made, but some attachments were damaged or missing before (`params.count`).
const ATTACHMENTS_DAMAGED: Code = Code::new("attachments_damaged", 500);
/// The exit status for it: scripts can tell it from a backup that was not made.
const STATUS_ATTACHMENTS: u8 = 3;

/// Tells why a command failed, in the language of the terminal, and gives the exit status.
pub fn report(error: &Error) -> ExitCode {
    let locale = terminal_locale();
    let (title, detail) = translate(locale, error.code().id, error.params());
    eprintln!("heard: {title}");
    if let Some(detail) = detail {
        eprintln!("  {detail}");
    }
    for field in error.field_errors() {
        eprintln!("  {}: {}", field.field, field_message(locale, field.code.id, &field.params));
    }
    if let Some(cause) = error.detail() {
        eprintln!("  ({}: {cause})", error.code().id);
    }
    if error.is(ATTACHMENTS_DAMAGED) { ExitCode::from(STATUS_ATTACHMENTS) } else { ExitCode::FAILURE }
}

/// English unless the terminal speaks Chinese (POSIX: `LC_ALL` before `LC_MESSAGES` before `LANG`).
fn terminal_locale() -> Locale {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|value| Locale::parse(&value))
        .unwrap_or(Locale::En)
}
