//! Words for documents that are read without the console, in both languages: `words.json`, a key and its texts.

use std::{collections::HashMap, sync::LazyLock};

use heard_kernel::Locale;

static TEXTS: LazyLock<HashMap<String, [String; 2]>> =
    LazyLock::new(|| serde_json::from_str(include_str!("words.json")).unwrap_or_default());

/// The words of one language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Words(pub(crate) Locale);

impl Words {
    /// The text of a key, if there is one.
    pub(crate) fn find(self, key: &str) -> Option<&'static str> {
        TEXTS.get(key).map(|[zh, en]| match self.0 {
            Locale::ZhCn => zh.as_str(),
            Locale::En => en.as_str(),
        })
    }

    /// The text of a key; the key itself when there is none.
    pub(crate) fn get(self, key: &str) -> &str {
        self.find(key).unwrap_or(key)
    }

    /// The text of a key with values in it.
    pub(crate) fn with(self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// The text of a word of a group, as `state.open`.
    pub(crate) fn of(self, group: &str, word: &str) -> String {
        self.find(&format!("{group}.{word}")).unwrap_or(word).to_owned()
    }

    /// A length of time in days, hours and minutes.
    pub(crate) fn span(self, millis: i64) -> String {
        let minutes = millis.abs() / 60_000;
        let parts = [("span.d", minutes / 1_440), ("span.h", minutes / 60 % 24), ("span.m", minutes % 60)];
        let said: Vec<String> = parts
            .iter()
            .filter(|(_, n)| *n > 0)
            .map(|(key, n)| self.with(key, &[("n", &n.to_string())]))
            .collect();
        if said.is_empty() { self.get("span.now").to_owned() } else { said.join(" ") }
    }
}

/// Puts values between the braces of a text; values are not looked into again.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        out.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cases::{
            CaseState, ClockState, Decision, Demand, Giver, Outcome, Source, StageEnding, Upheld, WaitEnding,
        },
        handovers::HandoverState,
        notices::Channel,
        plans::{Priority, TemplateKind},
        promises::PromiseState,
        remedies::RemedyState,
        tasks::TaskState,
    };

    #[test]
    fn every_word_has_its_texts() {
        assert!(TEXTS.len() > 300 && TEXTS.values().flatten().all(|text| !text.is_empty()));
        let mut keys: Vec<String> = Vec::new();
        let mut all = |group: &str, words: Vec<&'static str>| {
            keys.extend(words.into_iter().map(|word| format!("{group}.{word}")));
        };
        macro_rules! group {
            ($group:literal, $words:ty) => {
                all($group, <$words>::ALL.iter().map(|word| word.as_str()).collect())
            };
        }
        group!("state", CaseState);
        group!("clockstate", ClockState);
        group!("source", Source);
        group!("decision", Decision);
        group!("demand", Demand);
        group!("upheld", Upheld);
        group!("outcome", Outcome);
        group!("giver", Giver);
        group!("ending", StageEnding);
        group!("waitend", WaitEnding);
        group!("priority", Priority);
        group!("notice", TemplateKind);
        group!("channel", Channel);
        group!("handover", HandoverState);
        group!("task", TaskState);
        group!("remedy", RemedyState);
        group!("promise", PromiseState);
        group!("col", crate::table::Column);
        let missing: Vec<&String> = keys.iter().filter(|key| !TEXTS.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn values_stay_values() {
        assert_eq!(fill("{a} 与 {b}", &[("a", "{b}"), ("b", "乙")]), "{b} 与 乙");
        assert_eq!(Words(Locale::En).span(93_600_000), "1 d 2 h");
        assert_eq!(Words(Locale::ZhCn).span(59_000), "不到 1 分");
    }
}
