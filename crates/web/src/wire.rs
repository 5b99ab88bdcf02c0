//! Small helpers for request and response types.

use heard_kernel::{Error, codes};
use serde::{Deserialize, Deserializer, Serialize};

/// Tells a field that is `null` from one that is absent: `#[serde(default, deserialize_with = "given")]`.
///
/// # Errors
/// What the value's own reading refuses.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// Adds the present state to a version conflict, so that the client can show what changed.
pub fn with_current(error: Error, current: impl Serialize) -> Error {
    if error.is(codes::VERSION_CONFLICT) { error.with("current", current) } else { error }
}
