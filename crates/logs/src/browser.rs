//! Browsers and systems, read from what a browser calls itself.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a device runs, as far as it tells.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = DiagnosedSoftware)]
pub struct Seen {
    /// The browser with its version.
    #[schema(required = true, example = "Chrome 142")]
    pub browser: Option<String>,
    /// The system with its version.
    #[schema(required = true, example = "Android 16")]
    pub system: Option<String>,
    /// Whether it is so old that much of today's web does not run in it.
    pub outdated: bool,
}

/// How browsers call themselves, the particular before the general: nearly all of them also claim to be Chrome or Safari.
/// With each the oldest major version that still runs what pages of 2021 are made of.
const BROWSERS: [(&str, &str, u32); 14] = [
    ("MicroMessenger/", "WeChat", 8),
    ("AlipayClient/", "Alipay", 10),
    ("DingTalk/", "DingTalk", 6),
    ("HuaweiBrowser/", "Huawei Browser", 12),
    ("MiuiBrowser/", "MIUI Browser", 14),
    ("QQBrowser/", "QQ Browser", 12),
    ("SamsungBrowser/", "Samsung Internet", 14),
    ("OPR/", "Opera", 76),
    ("Edg/", "Edge", 90),
    ("EdgA/", "Edge", 90),
    ("FxiOS/", "Firefox", 90),
    ("Firefox/", "Firefox", 88),
    ("CriOS/", "Chrome", 90),
    ("Chrome/", "Chrome", 90),
];
/// The oldest version of the engine below browsers that have one of their own name.
const OLDEST_ENGINE: u32 = 80;
const OLDEST_SAFARI: u32 = 14;

/// What a user agent says of itself.
pub(crate) fn read(agent: &str) -> Seen {
    let (browser, outdated) = browser(agent);
    Seen { browser, system: system(agent), outdated }
}

fn browser(agent: &str) -> (Option<String>, bool) {
    if agent.contains("Trident/") || agent.contains("MSIE ") {
        return (Some("Internet Explorer".to_owned()), true);
    }
    let engine = version(agent, "Chrome/");
    for (mark, name, oldest) in BROWSERS {
        if let Some(major) = version(agent, mark) {
            let old = major < oldest || engine.is_some_and(|engine| engine < OLDEST_ENGINE);
            return (Some(format!("{name} {major}")), old);
        }
    }
    match version(agent, "Version/").filter(|_| agent.contains("Safari/")) {
        Some(major) => (Some(format!("Safari {major}")), major < OLDEST_SAFARI),
        None => (None, false),
    }
}

fn system(agent: &str) -> Option<String> {
    let dotted = |mark: &str| {
        let rest = agent.split_once(mark)?.1;
        let end =
            rest.find(|character: char| !(character.is_ascii_digit() || matches!(character, '.' | '_')));
        let number = rest[..end.unwrap_or(rest.len())].replace('_', ".");
        (!number.is_empty() && number.len() <= 12).then_some(number)
    };
    let with = |name: &str, number: Option<String>| match number {
        Some(number) => format!("{name} {number}"),
        None => name.to_owned(),
    };
    if agent.contains("OpenHarmony") {
        return Some(with("OpenHarmony", dotted("OpenHarmony ")));
    }
    if agent.contains("Android") {
        return Some(with("Android", dotted("Android ")));
    }
    if agent.contains("iPhone") || agent.contains("iPad") {
        return Some(with("iOS", dotted("OS ").or_else(|| dotted("CPU OS "))));
    }
    // Windows 11 calls itself 10.0 too, so the number of either is not told.
    match dotted("Windows NT ").as_deref() {
        Some("10.0") => return Some("Windows 10 / 11".to_owned()),
        Some("6.3" | "6.2") => return Some("Windows 8".to_owned()),
        Some("6.1") => return Some("Windows 7".to_owned()),
        Some(_) => return Some("Windows".to_owned()),
        None => {}
    }
    // macOS has called itself 10.15.7 since version 11.
    let known = [("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];
    known.into_iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| name.to_owned())
}

/// The major version after a mark.
fn version(agent: &str, mark: &str) -> Option<u32> {
    let rest = agent.split_once(mark)?.1;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_particular_name_counts() {
        let cases = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                "Edge 142",
                "Windows 10 / 11",
                false,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 12_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1",
                "Safari 12",
                "iOS 12.4",
                true,
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; Pixel) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.44",
                "WeChat 8",
                "Android 14",
                false,
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko",
                "Internet Explorer",
                "Windows 7",
                true,
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:60.0) Gecko/20100101 Firefox/60.0",
                "Firefox 60",
                "Linux",
                true,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                "Safari 18",
                "macOS",
                false,
            ),
        ];
        for (agent, browser, system, outdated) in cases {
            let seen = read(agent);
            assert_eq!(
                (seen.browser.as_deref(), seen.system.as_deref(), seen.outdated),
                (Some(browser), Some(system), outdated)
            );
        }
        assert_eq!(read("curl"), Seen::default());
        assert_eq!(read("Chrome/"), Seen::default());
    }
}
