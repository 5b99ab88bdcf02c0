//! Which passwords are good enough: long, and not one that everybody tries first. No rules about kinds of characters:
//! they make passwords harder to remember and not harder to guess (NIST SP 800-63B, 3.1.1.2).

use std::{collections::HashSet, sync::OnceLock};

use heard_kernel::{Code, Error, Result};

/// The password has fewer characters than the settings ask for (`params.min`).
pub const PASSWORD_TOO_SHORT: Code = Code::new("password_too_short", 422);
/// The password is longer than anybody types (`params.max`).
pub const PASSWORD_TOO_LONG: Code = Code::new("password_too_long", 422);
/// The password is among the first that an attacker tries, or is the name or address of its owner.
pub const PASSWORD_COMMON: Code = Code::new("password_common", 422);

/// The passwords that are tried first, world-wide and in China, in lower case.
const COMMON: &str = include_str!("common.txt");
const MAX: usize = 256;

/// Checks a password for somebody with these names and addresses.
///
/// # Errors
/// `password_too_short`, `password_too_long`, `password_common`, naming `field`.
pub fn check(field: &str, password: &str, min: u32, own_words: &[&str]) -> Result<()> {
    let length = password.chars().count();
    if length < min as usize {
        return Err(Error::field(field, PASSWORD_TOO_SHORT).with("min", min));
    }
    if length > MAX {
        return Err(Error::field(field, PASSWORD_TOO_LONG).with("max", MAX));
    }
    if is_common(password, own_words) { Err(Error::field(field, PASSWORD_COMMON)) } else { Ok(()) }
}

fn is_common(password: &str, own_words: &[&str]) -> bool {
    static LIST: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let list = LIST.get_or_init(|| COMMON.lines().collect());
    let lower = password.to_lowercase();
    let bare = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    if list.contains(lower.as_str()) || list.contains(bare) || is_simple(&lower) {
        return true;
    }
    own_words.iter().any(|word| {
        let word = word.to_lowercase();
        let local = word.split('@').next().unwrap_or_default();
        let rest =
            |own: &str| (own.chars().count() >= 3).then(|| lower.replace(own, "")).map(|r| r.chars().count());
        lower == word || rest(local).is_some_and(|left| left < 6)
    })
}

/// One or two characters again and again, or a run such as 123456789 or abcdefgh.
fn is_simple(lower: &str) -> bool {
    let kinds: HashSet<char> = lower.chars().collect();
    if kinds.len() <= 2 {
        return true;
    }
    let codes: Vec<i64> = lower.chars().map(|c| i64::from(u32::from(c))).collect();
    let run = |step: i64| codes.windows(2).all(|pair| pair[1] - pair[0] == step);
    run(1) || run(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(password: &str) -> Option<&'static str> {
        let own = ["王小明", "xiaoming.wang@example.com"];
        check("password", password, 10, &own).err().map(|error| error.field_errors()[0].code.id)
    }

    #[test]
    fn long_uncommon_passwords_are_good() {
        for good in ["correct horse battery", "秋天的落叶真好看呀今天", "K7#vq-22pLx!", "          x y z"]
        {
            assert_eq!(refused(good), None, "{good}");
        }
    }

    #[test]
    fn short_or_common_ones_are_not() {
        assert_eq!(refused("short"), Some("password_too_short"));
        assert_eq!(refused(&"x1".repeat(200)), Some("password_too_long"));
        for bad in [
            "1234567890",
            "Password123",
            "woaini1314",
            "qwertyuiop",
            "5201314520",
            "aaaaaaaaaaaa",
            "abcdefghijk",
            "Admin@123456",
            "password123!!!",
            "xiaoming.wang1",
            "woaini5201314",
        ] {
            assert_eq!(refused(bad), Some("password_common"), "{bad}");
        }
    }

    #[test]
    fn the_list_is_lower_case_and_sorted() {
        let lines: Vec<&str> = COMMON.lines().collect();
        assert!(lines.len() > 3_000);
        assert!(lines.is_sorted());
        assert!(lines.iter().all(|line| line.to_lowercase() == **line && line.len() >= 8));
    }
}
