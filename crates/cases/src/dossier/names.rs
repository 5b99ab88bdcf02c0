//! Names of files in the archive: whoever unpacks it gets files below the folder that they chose, under names that every
//! system takes.

/// Names that Windows keeps for devices.
const DEVICES: [&str; 22] = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
    "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];
/// Bytes of a name at most.
const LONGEST: usize = 120;
/// Bytes of an ending that is kept when a name is shortened.
const ENDING: usize = 12;

/// A name without anything that leads elsewhere, breaks a link or a list of sums, or hides what it is.
pub(super) fn safe(name: &str) -> String {
    let kept: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let trimmed = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let short = shorten(if trimmed.is_empty() { "file" } else { trimmed });
    let stem = short.split('.').next().unwrap_or_default();
    if DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem)) { format!("_{short}") } else { short }
}

fn is_plain(c: char) -> bool {
    let refused = "/\\:*?\"<>|#%&'`$";
    let reorders =
        matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    let line = matches!(c, '\u{2028}' | '\u{2029}');
    !(c.is_control() || refused.contains(c) || reorders || line)
}

/// Shortens a name and keeps its ending.
fn shorten(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = name.rfind('.').map(|dot| &name[dot..]).filter(|ending| ending.len() <= ENDING);
    let ending = ending.unwrap_or_default();
    let mut end = LONGEST - ending.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", name[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_and_hide_nothing() {
        for (given, kept) in [
            ("截图 1.png", "截图 1.png"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..\\..\\evil.exe", "_.._evil.exe"),
            ("/absolute", "_absolute"),
            ("C:\\x.txt", "C__x.txt"),
            ("a\nb\tc", "a_b_c"),
            ("..", "file"),
            ("", "file"),
            ("nul.txt", "_nul.txt"),
            ("com1", "_com1"),
            ("invoice\u{202E}fdp.exe", "invoice_fdp.exe"),
            ("100% #1?.txt", "100_ _1_.txt"),
            ("tail. . ", "tail"),
        ] {
            assert_eq!(safe(given), kept, "{given:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        let name = safe(&format!("{}.png", "长".repeat(200)));
        assert!(name.len() <= LONGEST && name.ends_with("长.png"), "{name}");
        assert!(safe(&"x".repeat(300)).len() <= LONGEST);
    }
}
