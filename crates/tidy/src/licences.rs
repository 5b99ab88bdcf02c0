//! What is built into Heard may be given on under Heard's own licence.

/// Licences that ask for no more than to be named.
const PERMISSIVE: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Whether a licence expression offers a permissive choice.
pub fn is_permissive(expression: &str) -> bool {
    let text = expression.replace('/', " OR ");
    let parts = split(text.trim(), " OR ");
    if parts.len() > 1 {
        return parts.iter().any(|part| is_permissive(part));
    }
    let parts = split(text.trim(), " AND ");
    if parts.len() > 1 {
        return parts.iter().all(|part| is_permissive(part));
    }
    let text = text.trim();
    match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        Some(inner) => is_permissive(inner),
        None => PERMISSIVE.contains(&text),
    }
}

/// Splits at the operator where no bracket is open.
fn split<'a>(text: &'a str, operator: &str) -> Vec<&'a str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0_i32, 0);
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && at >= from && text[at..].starts_with(operator) => {
                parts.push(&text[from..at]);
                from = at + operator.len();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_permissive_choice_is_enough() {
        for expression in
            ["MIT", "GPL-3.0 OR MIT", "Apache-2.0 / MIT / MPL-2.0", "(MIT OR GPL-3.0) AND Unicode-3.0"]
        {
            assert!(is_permissive(expression), "{expression}");
        }
    }

    #[test]
    fn all_parts_of_a_sum_must_be_permissive() {
        for expression in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT AND GPL-3.0) OR MPL-2.0", "SSPL-1.0"] {
            assert!(!is_permissive(expression), "{expression}");
        }
    }
}
