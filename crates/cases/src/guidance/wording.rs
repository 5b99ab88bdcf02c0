//! What somebody is about to send, looked through for words that the plan discourages.

use std::collections::HashMap;

use axum::{Json, extract::State};
use heard_kernel::{Actor, Error, Locale, Page, Result, TOO_LONG};
use heard_store::Tx;
use heard_web::{Answer, AppState, Auth, JsonBody, Lang};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    cases::CaseId,
    ground::readable,
    plans::{self, WordingKind, WordingRule},
    rights,
};

/// Characters that are looked through at once: a message and more.
const MAX_TEXT: usize = 20_000;
/// Findings that are told at once; whoever wrote more has enough to do.
const MAX_FINDINGS: usize = 20;

/// A discouraged word in a text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct WordingFinding {
    /// Key of the rule of the plan.
    pub rule: String,
    /// What is wrong with it.
    pub kind: WordingKind,
    /// Name of the rule.
    pub name: String,
    /// The words as they stand in the text.
    pub words: String,
    /// Where they begin, in units of UTF-16 as browsers count.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// What to say instead; may be empty.
    pub advice: String,
}

/// Finds discouraged words, from the beginning of the text on. Of words that overlap the one that begins first counts, and of
/// those the longest.
pub fn find(rules: &[WordingRule], text: &str, locale: Locale) -> Vec<WordingFinding> {
    let written: Vec<char> = text.chars().collect();
    let folded: Vec<char> = written.iter().map(|one| fold(*one)).collect();
    let words = by_first(rules.iter().flat_map(|rule| rule.words.iter().map(move |word| (word, rule))));
    let fine = by_first(rules.iter().flat_map(|rule| rule.unless.iter().map(move |word| (word, rule))));
    let mut found = Vec::new();
    let (mut at, mut units) = (0, 0);
    while at < folded.len() && found.len() < MAX_FINDINGS {
        let here = words.get(&folded[at]).into_iter().flatten().filter(|(word, rule)| {
            stands(&folded, at, word) && !excused(&folded, at..at + word.len(), rule, &fine)
        });
        let length = match here.max_by_key(|(word, _)| word.len()) {
            Some((word, rule)) => {
                let said: String = written[at..at + word.len()].iter().collect();
                found.push(WordingFinding {
                    rule: rule.key.clone(),
                    kind: rule.kind,
                    name: rule.name.in_locale(locale).to_owned(),
                    start: units,
                    end: units + said.encode_utf16().count(),
                    words: said,
                    advice: rule.advice.in_locale(locale).to_owned(),
                });
                word.len()
            }
            None => 1,
        };
        units += written[at..at + length].iter().map(|one| one.len_utf16()).sum::<usize>();
        at += length;
    }
    found
}

type Words<'r> = HashMap<char, Vec<(Vec<char>, &'r WordingRule)>>;

/// Words by their first character, so that a text is gone through once however many words there are.
fn by_first<'r>(words: impl Iterator<Item = (&'r String, &'r WordingRule)>) -> Words<'r> {
    let mut found: Words<'r> = HashMap::new();
    for (word, rule) in words {
        let folded: Vec<char> = word.trim().chars().map(fold).collect();
        if let Some(first) = folded.first() {
            found.entry(*first).or_default().push((folded, rule));
        }
    }
    found
}

/// Lower case, and half width of what keyboards of Chinese also write in full width. One character stays one.
fn fold(one: char) -> char {
    let narrow = match one {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(one) - 0xfee0).unwrap_or(one),
        '\u{3000}' => ' ',
        '\u{2019}' => '\'',
        other => other,
    };
    narrow.to_lowercase().next().unwrap_or(narrow)
}

/// Whether a word stands at a place; one of letters with a boundary only where the text has one too.
fn stands(text: &[char], at: usize, word: &[char]) -> bool {
    let end = at + word.len();
    if text.get(at..end) != Some(word) {
        return false;
    }
    let letter = |index: Option<usize>| index.and_then(|index| text.get(index)).is_some_and(is_letter);
    let begins = word.first().is_some_and(is_letter) && letter(at.checked_sub(1));
    let ends = word.last().is_some_and(is_letter) && letter(Some(end));
    !begins && !ends
}

/// Letters and digits of scripts that part their words.
fn is_letter(one: &char) -> bool {
    one.is_alphanumeric() && u32::from(*one) < 0x2e80
}

/// Whether the words are part of longer ones that the same rule finds fine.
fn excused(text: &[char], place: std::ops::Range<usize>, rule: &WordingRule, fine: &Words<'_>) -> bool {
    let longest = rule.unless.iter().map(|word| word.chars().count()).max().unwrap_or(0);
    (place.end.saturating_sub(longest)..=place.start).any(|from| {
        let candidates = text.get(from).and_then(|first| fine.get(first)).into_iter().flatten();
        candidates
            .filter(|(_, own)| own.key == rule.key)
            .any(|(word, _)| from + word.len() >= place.end && stands(text, from, word))
    })
}

/// What somebody is about to send.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
pub(crate) struct WordingCheck {
    /// The text.
    pub text: String,
    /// The case that it is about, whose plan then counts; the plan that new cases follow when absent.
    pub case_id: Option<CaseId>,
}

async fn rules_for(tx: &Tx<'_>, actor: &Actor, case: Option<CaseId>) -> Result<Vec<WordingRule>> {
    actor.require(rights::READ)?;
    Ok(match case {
        Some(id) => {
            let (case, _) = readable(tx, actor, id).await?;
            plans::pinned(tx, case.plan_version_id).await?.plan.wording.clone()
        }
        // Before a plan is active nothing is discouraged.
        None => plans::current(tx, None).await.map(|found| found.plan.wording.clone()).unwrap_or_default(),
    })
}

/// Look through a text for words that the plan discourages, before it is sent
///
/// A hint, in the way of nothing: what is found can be sent all the same.
#[utoipa::path(post, path = "/wording_checks", tag = "cases", request_body = WordingCheck,
    responses((status = 200, body = Page<WordingFinding>)))]
pub(super) async fn check_wording(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    JsonBody(body): JsonBody<WordingCheck>,
) -> Answer<Json<Page<WordingFinding>>> {
    if body.text.chars().count() > MAX_TEXT {
        return Err(Error::field("text", TOO_LONG).with("max", MAX_TEXT).into());
    }
    let rules = state.ctx.read(async move |tx| rules_for(tx, &actor, body.case_id).await).await?;
    Ok(Json(Page { items: find(&rules, &body.text, locale), next_cursor: None }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::Text;

    fn rule(key: &str, words: &[&str], unless: &[&str]) -> WordingRule {
        let owned = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        WordingRule {
            key: key.to_owned(),
            kind: WordingKind::Cold,
            name: Text { zh: "冷淡".to_owned(), en: "Cold".to_owned() },
            words: owned(words),
            unless: owned(unless),
            advice: Text::default(),
        }
    }

    fn said(rules: &[WordingRule], text: &str) -> Vec<String> {
        find(rules, text, Locale::En).into_iter().map(|found| found.words).collect()
    }

    #[test]
    fn words_are_found_in_their_order_the_longest_first() {
        let rules = [rule("a", &["不知道", "不归我管"], &[]), rule("b", &["不知道啊"], &[])];
        assert_eq!(said(&rules, "这个我不知道啊，也不归我管。"), ["不知道啊", "不归我管"]);
        assert_eq!(said(&rules, "我知道了"), Vec::<String>::new());
        assert_eq!(said(&[], "不知道"), Vec::<String>::new());
    }

    #[test]
    fn latin_words_count_only_as_a_whole_in_either_case_and_width() {
        let rules = [rule("a", &["yyds", "api", "calm down"], &[])];
        assert_eq!(
            said(&rules, "YYDS！rapid, apis; ＡＰＩ超时, Calm Down!"),
            ["YYDS", "ＡＰＩ", "Calm Down"]
        );
        assert_eq!(said(&rules, "调用api失败"), ["api"]);
    }

    #[test]
    fn longer_words_of_the_rule_are_fine() {
        let rules = [rule("a", &["亲"], &["亲自", "父亲", "亲属"]), rule("b", &["自己看"], &[])];
        assert_eq!(said(&rules, "亲，我会亲自问您父亲，亲。"), ["亲", "亲"]);
        assert_eq!(said(&rules, "亲自己看"), ["自己看"], "what is fine by one rule is not by another");
    }

    #[test]
    fn places_are_counted_as_browsers_do() {
        let found = find(&[rule("a", &["你自己看"], &[])], "😀好的，你自己看吧", Locale::ZhCn);
        assert_eq!((found[0].start, found[0].end, found[0].name.as_str()), (5, 9, "冷淡"));
    }

    #[test]
    fn only_so_many_are_told() {
        assert_eq!(said(&[rule("a", &["喂"], &[])], &"喂".repeat(500)).len(), MAX_FINDINGS);
    }
}
