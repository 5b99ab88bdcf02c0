//! Which rule fits. No storage.

use heard_desk::{inboxes::InboxId, tags::TagId};

use crate::plans::IntakeRule;

/// Characters of a message that are looked through: more than anybody writes before saying what it is about.
const LOOKED_AT: usize = 5_000;

/// The first rule of an inbox with a word that a message holds.
pub(crate) fn by_words<'r>(
    rules: &'r [IntakeRule],
    inbox: Option<InboxId>,
    text: &str,
) -> Option<&'r IntakeRule> {
    let shown: String = text.chars().take(LOOKED_AT).collect();
    let folded = heard_search::fold(&shown);
    rules.iter().filter(|rule| is_for(rule, inbox)).find(|rule| {
        rule.when.words.iter().any(|word| {
            let word = heard_search::fold(word.trim());
            holds(&folded, &word)
        })
    })
}

/// The first rule of an inbox with one of the tags that a conversation got.
pub(super) fn by_tags<'r>(
    rules: &'r [IntakeRule],
    inbox: InboxId,
    added: &[TagId],
) -> Option<&'r IntakeRule> {
    let mut here = rules.iter().filter(|rule| is_for(rule, Some(inbox)));
    here.find(|rule| rule.when.tags.iter().any(|tag| added.contains(tag)))
}

/// Whether a rule is for an inbox; where none is named, it is as if each were.
fn is_for(rule: &IntakeRule, inbox: Option<InboxId>) -> bool {
    let inboxes = &rule.when.inbox_ids;
    inboxes.is_empty() || inbox.is_none_or(|inbox| inboxes.contains(&inbox))
}

/// Whether a word stands in a text; one of letters with a boundary only where the text has one too.
fn holds(text: &str, word: &str) -> bool {
    let (first, last) = (word.chars().next(), word.chars().next_back());
    text.match_indices(word).filter(|(_, found)| !found.is_empty()).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        let runs_on = |one: Option<char>, other: Option<char>| {
            one.is_some_and(parts_words) && other.is_some_and(parts_words)
        };
        !runs_on(before, first) && !runs_on(last, after)
    })
}

/// Letters and digits of scripts that part their words.
fn parts_words(one: char) -> bool {
    one.is_alphanumeric() && u32::from(one) < 0x2e80
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::plans::{IntakeThen, IntakeWhen, Text};

    fn inbox(n: u128) -> InboxId {
        InboxId(Uuid::from_u128(n))
    }

    fn rule(key: &str, inboxes: &[u128], words: &[&str], tags: &[u128]) -> IntakeRule {
        IntakeRule {
            key: key.to_owned(),
            name: Text::default(),
            when: IntakeWhen {
                inbox_ids: inboxes.iter().map(|n| inbox(*n)).collect(),
                words: words.iter().map(|word| (*word).to_owned()).collect(),
                tags: tags.iter().map(|n| TagId(Uuid::from_u128(*n))).collect(),
            },
            then: IntakeThen { case_type: "complaint".to_owned(), category: None, severity: None },
        }
    }

    fn keys(rules: &[IntakeRule], text: &str) -> Option<String> {
        by_words(rules, Some(inbox(1)), text).map(|rule| rule.key.clone())
    }

    #[test]
    fn the_first_rule_with_a_word_counts() {
        let rules = [
            rule("legal", &[], &["12315", "律师"], &[]),
            rule("complaint", &[], &["投诉", "refund now"], &[]),
        ];
        for (text, expected) in [
            ("我要投诉，还会打12315", Some("legal")),
            ("我要投訴你们", Some("complaint")),
            ("ＲＥＦＵＮＤ　ＮＯＷ!", Some("complaint")),
            ("我想咨询一下", None),
            ("单号 412315", None),
            ("", None),
        ] {
            assert_eq!(keys(&rules, text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn latin_words_count_only_as_a_whole() {
        let rules = [rule("legal", &[], &["sue"], &[])];
        assert_eq!(keys(&rules, "I have an issue, no tissues"), None);
        assert_eq!(keys(&rules, "an issue; I will SUE you"), Some("legal".to_owned()));
        assert_eq!(keys(&rules, "我要sue你们"), Some("legal".to_owned()));
    }

    #[test]
    fn words_that_say_nothing_fit_nothing() {
        assert_eq!(keys(&[rule("none", &[], &["", "  "], &[]), rule("tags", &[], &[], &[5])], "投诉"), None);
    }

    #[test]
    fn rules_of_other_inboxes_do_not_count() {
        let rules = [rule("shop", &[2], &["投诉"], &[5]), rule("any", &[], &["投诉"], &[5, 6])];
        let found = |n: Option<u128>| by_words(&rules, n.map(inbox), "投诉").map(|rule| rule.key.as_str());
        assert_eq!((found(Some(1)), found(Some(2)), found(None)), (Some("any"), Some("shop"), Some("shop")));
        let tagged = |n: u128, tag: u128| {
            by_tags(&rules, inbox(n), &[TagId(Uuid::from_u128(tag))]).map(|rule| rule.key.as_str())
        };
        assert_eq!(
            (tagged(1, 5), tagged(2, 5), tagged(2, 6), tagged(2, 7)),
            (Some("any"), Some("shop"), Some("any"), None)
        );
    }
}
