//! The ways in which a request itself can be wrong.

use heard_kernel::Code;

/// The request cannot be understood and no other code says why.
pub const BAD_REQUEST: Code = Code::new("bad_request", 400);
/// The body is not of a type that this call reads.
pub const CONTENT_TYPE_UNSUPPORTED: Code = Code::new("content_type_unsupported", 415);
/// The body is not JSON (`params.line`, `params.column`).
pub const MALFORMED_JSON: Code = Code::new("malformed_json", 400);
/// The text holds a NUL or half of a surrogate pair (`params.line`, `params.column` for a body).
pub const INVALID_CHARACTER: Code = Code::new("invalid_character", 400);
/// Objects and lists are nested deeper than anything that Heard reads (`params.max`).
pub const NESTED_TOO_DEEPLY: Code = Code::new("nested_too_deeply", 400);
/// The body is larger than this call takes (`params.limit` bytes).
pub const BODY_TOO_LARGE: Code = Code::new("body_too_large", 413);
/// The connection broke before the whole body had arrived.
pub const BODY_INCOMPLETE: Code = Code::new("body_incomplete", 400);
/// The body has a field that this call does not know (`params.field`).
pub const UNKNOWN_FIELD: Code = Code::new("unknown_field", 422);
/// A field has a value of another type (`params.expected`).
pub const WRONG_TYPE: Code = Code::new("wrong_type", 422);
/// A field has a word that is not one of the allowed ones (`params.allowed`).
pub const UNKNOWN_VALUE: Code = Code::new("unknown_value", 422);
/// A field has a value that cannot be read (`params.expected`).
pub const INVALID_VALUE: Code = Code::new("invalid_value", 422);
/// A field is there twice.
pub const DUPLICATE_FIELD: Code = Code::new("duplicate_field", 422);
/// `If-Match` is not a version in quotation marks.
pub const IF_MATCH_INVALID: Code = Code::new("if_match_invalid", 400);
/// `Idempotency-Key` is not 1 to 128 visible ASCII characters.
pub const IDEMPOTENCY_KEY_INVALID: Code = Code::new("idempotency_key_invalid", 400);
/// A changing call by cookie came without the token of its session.
pub const CSRF_FAILED: Code = Code::new("csrf_failed", 403);
/// The path does not know this method.
pub const METHOD_NOT_ALLOWED: Code = Code::new("method_not_allowed", 405);
/// The answer took too long (`params.retry_after` seconds).
pub const TIMED_OUT: Code = Code::new("timed_out", 503);
/// The page that opens the connection belongs to another site.
pub const ORIGIN_REFUSED: Code = Code::new("origin_refused", 403);
/// The path answers to WebSocket connections only.
pub const WEBSOCKET_REQUIRED: Code = Code::new("websocket_required", 426);
/// One person holds too many live connections (`params.max`).
pub const TOO_MANY_CONNECTIONS: Code = Code::new("too_many_connections", 429);
/// The binary was built without the console's pages.
pub const CONSOLE_MISSING: Code = Code::new("console_missing", 404);
