//! How things fail: a stable code, a status, and values for the translated text.

use std::{collections::BTreeMap, fmt, panic::Location};

use serde::Serialize;
use serde_json::Value;

/// A result with Heard's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A stable name for a way to fail, with its HTTP status. Slices declare theirs as constants; every one has a text
/// in each language under `crates/web/locales`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Code {
    /// Name in snake_case, never changed once released.
    pub id: &'static str,
    /// HTTP status of the answer.
    pub status: u16,
}

impl Code {
    /// A code and its status.
    pub const fn new(id: &'static str, status: u16) -> Self {
        Self { id, status }
    }
}

/// Codes that any part may use.
pub mod codes {
    use super::Code;

    /// Nobody is signed in.
    pub const UNAUTHENTICATED: Code = Code::new("unauthenticated", 401);
    /// The actor lacks a right (`params.right`).
    pub const FORBIDDEN: Code = Code::new("forbidden", 403);
    /// Only a signed-in user can do this.
    pub const USER_REQUIRED: Code = Code::new("user_required", 403);
    /// The thing is not there, or not visible to the actor.
    pub const NOT_FOUND: Code = Code::new("not_found", 404);
    /// Something of that name or key exists already.
    pub const ALREADY_EXISTS: Code = Code::new("already_exists", 409);
    /// The thing changed since it was read (`params.current` holds its present state).
    pub const VERSION_CONFLICT: Code = Code::new("version_conflict", 409);
    /// Fields of the request are wrong (`errors` names each).
    pub const VALIDATION_FAILED: Code = Code::new("validation_failed", 422);
    /// A changing call came without `If-Match`.
    pub const PRECONDITION_REQUIRED: Code = Code::new("precondition_required", 428);
    /// The same idempotency key came with another body.
    pub const IDEMPOTENCY_KEY_REUSED: Code = Code::new("idempotency_key_reused", 422);
    /// Too many requests (`params.retry_after` seconds).
    pub const RATE_LIMITED: Code = Code::new("rate_limited", 429);
    /// The page cursor was not made by this list.
    pub const CURSOR_INVALID: Code = Code::new("cursor_invalid", 400);
    /// The number is not within the allowed ones (`params.min`, `params.max`).
    pub const OUT_OF_RANGE: Code = Code::new("out_of_range", 422);
    /// The server takes no more work for the moment (`params.retry_after` seconds).
    pub const OVERLOADED: Code = Code::new("overloaded", 503);
    /// Storage cannot be reached or written.
    pub const STORAGE_UNAVAILABLE: Code = Code::new("storage_unavailable", 503);
    /// The disk is full; nothing was stored.
    pub const STORAGE_FULL: Code = Code::new("storage_full", 507);
    /// The disk or the database is read-only; nothing was stored.
    pub const STORAGE_READ_ONLY: Code = Code::new("storage_read_only", 503);
    /// The database file is damaged.
    pub const STORAGE_DAMAGED: Code = Code::new("storage_damaged", 500);
    /// A defect or an unforeseen state; the log knows more.
    pub const INTERNAL: Code = Code::new("internal", 500);
}

/// What is wrong with one field of a request.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FieldError {
    /// Path of the field, as `contact.email` or `fields[2].key`.
    pub field: String,
    /// Stable code of what is wrong: a [`Code`] like any other.
    #[serde(serialize_with = "code_id")]
    pub code: Code,
    /// Values for the text.
    pub params: BTreeMap<&'static str, Value>,
}

fn code_id<S: serde::Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.id)
}

/// An error: what the caller is told (code, values) and, apart from it, what only the log is told (detail, places).
pub struct Error(Box<Inner>);

struct Inner {
    code: Code,
    params: BTreeMap<&'static str, Value>,
    fields: Vec<FieldError>,
    detail: Option<String>,
    places: Vec<&'static Location<'static>>,
}

impl Error {
    /// An error with a code; remembers where it was made.
    #[track_caller]
    pub fn new(code: Code) -> Self {
        Self(Box::new(Inner {
            code,
            params: BTreeMap::new(),
            fields: Vec::new(),
            detail: None,
            places: vec![Location::caller()],
        }))
    }

    /// A defect or an unforeseen state. `detail` goes to the log only.
    #[track_caller]
    pub fn internal(detail: impl fmt::Display) -> Self {
        Self::new(codes::INTERNAL).because(detail)
    }

    /// The thing named by `kind` is not there.
    #[track_caller]
    pub fn not_found(kind: &'static str) -> Self {
        Self::new(codes::NOT_FOUND).with("kind", kind)
    }

    /// One wrong field.
    #[track_caller]
    pub fn field(field: impl Into<String>, code: Code) -> Self {
        Self::fields(vec![FieldError { field: field.into(), code, params: BTreeMap::new() }])
    }

    /// Wrong fields.
    #[track_caller]
    pub fn fields(fields: Vec<FieldError>) -> Self {
        let mut error = Self::new(codes::VALIDATION_FAILED);
        error.0.fields = fields;
        error
    }

    /// Adds a value for the text. On a single wrong field the value belongs to that field.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or(Value::Null);
        match self.0.fields.as_mut_slice() {
            [only] => only.params.insert(name, value),
            _ => self.0.params.insert(name, value),
        };
        self
    }

    /// Adds a cause for the log. Never shown to the caller.
    #[must_use]
    pub fn because(mut self, detail: impl fmt::Display) -> Self {
        self.0.detail = Some(match self.0.detail {
            Some(earlier) => format!("{detail}: {earlier}"),
            None => detail.to_string(),
        });
        self
    }

    /// Remembers that the error passed here.
    #[track_caller]
    #[must_use]
    pub fn passed(mut self) -> Self {
        self.0.places.push(Location::caller());
        self
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Whether the code is `code`.
    pub fn is(&self, code: Code) -> bool {
        self.0.code.id == code.id
    }

    /// Values for the text.
    pub fn params(&self) -> &BTreeMap<&'static str, Value> {
        &self.0.params
    }

    /// The wrong fields.
    pub fn field_errors(&self) -> &[FieldError] {
        &self.0.fields
    }

    /// The cause, for the log.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code.id)?;
        for (name, value) in &self.0.params {
            write!(f, " {name}={value}")?;
        }
        for field in &self.0.fields {
            write!(f, " {}:{}", field.field, field.code.id)?;
        }
        if let Some(detail) = &self.0.detail {
            write!(f, " ({detail})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)?;
        for place in &self.0.places {
            write!(f, " at {}:{}", place.file(), place.line())?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detail_is_for_the_log_only() {
        let error = Error::new(codes::NOT_FOUND).with("kind", "case").because("no row").because("loading");
        assert_eq!(error.to_string(), "not_found kind=\"case\" (loading: no row)");
        assert!(format!("{error:?}").contains("error.rs"));
    }

    #[test]
    fn values_of_a_single_wrong_field_belong_to_it() {
        let error = Error::field("name", Code::new("too_long", 422)).with("max", 10);
        assert_eq!(error.field_errors()[0].params["max"], 10);
        assert!(error.params().is_empty());
    }
}
