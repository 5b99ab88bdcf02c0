//! What the widget found out about a device, when the customer agreed to send it.
//!
//! It comes from the customer's browser, so it is what that browser says, no more.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::browser::{self, Seen};

/// A clock may be off by so much before it is told.
const CLOCK_MILLIS: i64 = 60_000;
/// A round trip that people feel.
const SLOW_MILLIS: u32 = 800;
/// Characters of a value that are told.
const LONGEST: usize = 2000;
/// Failures of scripts that are told.
const MAX_ERRORS: usize = 20;

/// Width and height in pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = DiagnosedSize)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// What stands out about a device.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DiagnosisNote)]
pub enum Note {
    /// The clock differs from the server's by more than a minute.
    ClockOff,
    /// Round trips to the server take long.
    SlowRoundTrips,
    /// Round trips to the server failed.
    LostRoundTrips,
    /// The live connection does not stand.
    NotLive,
    /// The browser says it is offline.
    Offline,
    /// Nothing can be kept in the browser.
    StorageBlocked,
    /// Cookies are off.
    CookiesBlocked,
    /// The browser is very old.
    BrowserOutdated,
    /// The line is slow, as the browser judges it.
    SlowLine,
    /// Scripts of the widget failed.
    ScriptErrors,
}

/// What the widget found out about a device.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Diagnosis {
    /// The version of this description; 1.
    pub heard_diagnosis: u32,
    /// When it was made, by the device's clock.
    #[serde(default)]
    #[schema(required = true)]
    pub collected_at: String,
    /// What the browser calls itself.
    #[serde(default)]
    #[schema(required = true)]
    pub user_agent: String,
    /// What that means.
    #[serde(default)]
    #[schema(required = true)]
    pub software: Seen,
    /// The languages that are set, the favourite first.
    #[serde(default)]
    #[schema(required = true)]
    pub languages: Vec<String>,
    /// The time zone that is set.
    #[serde(default)]
    #[schema(required = true)]
    pub time_zone: String,
    /// Milliseconds by which the device's clock is ahead of the server's.
    #[serde(default)]
    #[schema(required = true)]
    pub clock_ahead_ms: Option<i64>,
    /// The screen.
    #[serde(default)]
    #[schema(required = true)]
    pub screen: Option<Size>,
    /// The room that the page has.
    #[serde(default)]
    #[schema(required = true)]
    pub viewport: Option<Size>,
    /// Pixels of the screen for one of the page.
    #[serde(default)]
    #[schema(required = true)]
    pub pixel_ratio: Option<f64>,
    /// The page that shows the chat.
    #[serde(default)]
    #[schema(required = true)]
    pub page_url: String,
    /// Its title.
    #[serde(default)]
    #[schema(required = true)]
    pub page_title: String,
    /// Whether cookies are on.
    #[serde(default)]
    #[schema(required = true)]
    pub cookies: Option<bool>,
    /// Whether something can be kept in the browser.
    #[serde(default)]
    #[schema(required = true)]
    pub storage: Option<bool>,
    /// Whether the browser thinks that it is online.
    #[serde(default)]
    #[schema(required = true)]
    pub online: Option<bool>,
    /// What kind of line the browser judges to be used: `4g`, `3g`, `2g`, `slow-2g`.
    #[serde(default)]
    #[schema(required = true)]
    pub connection: Option<String>,
    /// Round trips to the server in milliseconds.
    #[serde(default)]
    #[schema(required = true)]
    pub round_trips_ms: Vec<u32>,
    /// Round trips that failed.
    #[serde(default)]
    #[schema(required = true)]
    pub failed_round_trips: u32,
    /// Whether the live connection stands.
    #[serde(default)]
    #[schema(required = true)]
    pub live: Option<bool>,
    /// The version of the widget.
    #[serde(default)]
    #[schema(required = true)]
    pub widget_version: String,
    /// The last failures of the widget's scripts.
    #[serde(default)]
    #[schema(required = true)]
    pub script_errors: Vec<String>,
    /// What stands out.
    #[serde(default)]
    #[schema(required = true)]
    pub notes: Vec<Note>,
}

/// The diagnosis that a text is, if it is one.
pub(crate) fn find(text: &str) -> Option<Diagnosis> {
    // Nothing that the widget writes is longer.
    if text.len() > 256 * 1024 || !text.trim_start().starts_with('{') {
        return None;
    }
    let mut found: Diagnosis =
        serde_json::from_str(text).ok().filter(|found: &Diagnosis| found.heard_diagnosis == 1)?;
    found.software = browser::read(&found.user_agent);
    found.languages.truncate(MAX_ERRORS);
    found.script_errors.truncate(MAX_ERRORS);
    found.round_trips_ms.truncate(MAX_ERRORS);
    let texts = [
        &mut found.collected_at,
        &mut found.user_agent,
        &mut found.time_zone,
        &mut found.page_url,
        &mut found.page_title,
        &mut found.widget_version,
    ];
    for text in texts.into_iter().chain(&mut found.languages).chain(&mut found.script_errors) {
        shorten(text);
    }
    found.connection.iter_mut().for_each(shorten);
    found.notes = notes(&found);
    Some(found)
}

fn shorten(text: &mut String) {
    if let Some((at, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(at);
    }
}

/// What stands out about a device.
fn notes(found: &Diagnosis) -> Vec<Note> {
    let mut trips = found.round_trips_ms.clone();
    trips.sort_unstable();
    let middle = trips.get(trips.len() / 2);
    let slow_line = found.connection.as_deref().is_some_and(|kind| kind.ends_with("2g") || kind == "3g");
    let all = [
        (found.clock_ahead_ms.is_some_and(|ahead| ahead.saturating_abs() > CLOCK_MILLIS), Note::ClockOff),
        (found.online == Some(false), Note::Offline),
        (found.failed_round_trips > 0, Note::LostRoundTrips),
        (middle.is_some_and(|middle| *middle > SLOW_MILLIS), Note::SlowRoundTrips),
        (found.live == Some(false), Note::NotLive),
        (slow_line, Note::SlowLine),
        (found.storage == Some(false), Note::StorageBlocked),
        (found.cookies == Some(false), Note::CookiesBlocked),
        (found.software.outdated, Note::BrowserOutdated),
        (!found.script_errors.is_empty(), Note::ScriptErrors),
    ];
    all.into_iter().filter(|(stands_out, _)| *stands_out).map(|(_, note)| note).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_healthy_device_has_nothing_that_stands_out() {
        let text = r#"{
            "heard_diagnosis": 1, "collected_at": "2026-11-22T06:58:37.123Z", "user_agent": "Firefox/142.0",
            "languages": ["zh-CN"], "time_zone": "Asia/Shanghai", "clock_ahead_ms": -59000,
            "screen": {"width": 1440, "height": 900}, "viewport": {"width": 400, "height": 600}, "pixel_ratio": 2,
            "cookies": true, "storage": true, "online": true, "connection": "4g", "round_trips_ms": [20, 30, 3000],
            "failed_round_trips": 0, "live": true, "widget_version": "0.1.0", "script_errors": [], "later": 1
        }"#;
        let found = find(text).unwrap();
        assert_eq!(found.notes, []);
        assert_eq!(found.software.browser.as_deref(), Some("Firefox 142"));
        assert_eq!(found.pixel_ratio, Some(2.0));
    }

    #[test]
    fn what_stands_out_is_noted() {
        let text = r#"{"heard_diagnosis":1,"user_agent":"Trident/7.0","clock_ahead_ms":61000,"cookies":false,"storage":false,
            "online":false,"connection":"slow-2g","round_trips_ms":[900,1000,10],"failed_round_trips":1,"live":false,
            "script_errors":["x is undefined"]}"#;
        assert_eq!(
            find(text).unwrap().notes,
            [
                Note::ClockOff,
                Note::Offline,
                Note::LostRoundTrips,
                Note::SlowRoundTrips,
                Note::NotLive,
                Note::SlowLine,
                Note::StorageBlocked,
                Note::CookiesBlocked,
                Note::BrowserOutdated,
                Note::ScriptErrors
            ]
        );
    }

    #[test]
    fn other_files_are_none() {
        for text in [
            "",
            "{}",
            "{\"heard_diagnosis\":2}",
            "{\"heard_diagnosis\":\"1\"}",
            "[1]",
            "{\"heard_diagnosis\":1} x",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
        let long = format!(r#"{{"heard_diagnosis":1,"page_title":"{}"}}"#, "很".repeat(3000));
        assert_eq!(find(&long).unwrap().page_title.chars().count(), LONGEST);
    }
}
