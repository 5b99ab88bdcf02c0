//! Tokens that are shown once and stored as digests.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// A token of 256 bits as text. `random` must be new each time.
pub(crate) fn token(random: [u8; 32]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(random)
}

/// What is stored of a token. It needs no slow hash: 256 random bits cannot be guessed.
pub(crate) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
