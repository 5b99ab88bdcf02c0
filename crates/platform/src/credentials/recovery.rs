//! Recovery codes: for somebody whose telephone is gone. Each works once.

use sha2::{Digest as _, Sha256};

use crate::directory::UserId;

/// How many codes a user gets.
pub(crate) const COUNT: usize = 10;
/// Letters and digits that are not mistaken for each other.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// A code of 79 bits in four groups. `random` must be new each time.
pub(crate) fn make(random: [u8; 32]) -> String {
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 31)]);
    let groups: Vec<String> =
        random[..16].chunks(4).map(|group| group.iter().map(letter).collect()).collect();
    groups.join("-")
}

/// What is stored of a code, and what one that was typed is compared by.
pub(crate) fn digest(user: UserId, code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut digest = Sha256::new();
    digest.update(user.0.as_bytes());
    digest.update(plain.to_ascii_lowercase());
    digest.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let user = UserId(Uuid::from_u128(1));
        let code = make([200; 32]);
        assert_eq!(code.len(), 19);
        assert_eq!(digest(user, &code), digest(user, &code.to_uppercase().replace('-', " ")));
        assert_ne!(digest(user, &code), digest(UserId(Uuid::from_u128(2)), &code));
    }
}
