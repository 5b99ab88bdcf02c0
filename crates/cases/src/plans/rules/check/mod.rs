//! Whether a plan document holds together. Everything that is wrong is told with its path, not only the first.

mod catalogue;
mod guidance;
mod intake;
mod process;
mod rows;
mod rules;

use std::collections::{BTreeMap, HashSet};

use heard_kernel::{
    Code, FieldError, REQUIRED, TOO_LONG,
    clock_policy::{Limit, Policy},
};
use serde_json::Value;

use crate::plans::model::{Plan, Text};

/// A key holds something other than small letters, digits, `_` and `-`, or is too long (`params.max`).
const KEY_INVALID: Code = Code::new("plan_key_invalid", 422);
/// Two things of a kind have the same key (`params.key`).
const KEY_TWICE: Code = Code::new("plan_key_twice", 422);
/// The plan has nothing of this key (`params.key`).
const REFERENCE_UNKNOWN: Code = Code::new("plan_reference_unknown", 422);
/// The node above must stand before this one (`params.key`).
const PARENT_LATER: Code = Code::new("plan_parent_later", 422);
/// The list needs at least one entry.
const LIST_EMPTY: Code = Code::new("plan_list_empty", 422);
/// The list is longer than allowed (`params.max`).
const LIST_TOO_LONG: Code = Code::new("plan_list_too_long", 422);
/// The number is out of range (`params.min`, `params.max`).
const NUMBER_INVALID: Code = Code::new("plan_number_invalid", 422);

/// A plan cannot name a fixed instant as a limit.
const LIMIT_FIXED: Code = Code::new("plan_limit_fixed", 422);

/// Characters of a key.
const MAX_KEY: usize = 60;
/// Characters of a name in one language.
const MAX_NAME: usize = 200;
/// Characters of a text in one language.
const MAX_TEXT: usize = 8_000;
/// Characters of a word that texts are looked through for.
const MAX_WORD: usize = 60;
/// Words of a rule.
const MAX_WORDS: usize = 200;
/// Entries of a list.
const MAX_ENTRIES: usize = 1_000;
/// Errors that are told at once.
const MAX_ERRORS: usize = 100;

/// Everything that is wrong with a plan, by path, in the order of the document.
pub(crate) fn check(plan: &Plan) -> Vec<FieldError> {
    let mut findings = Findings { errors: Vec::new() };
    let keys = Keys::of(plan);
    catalogue::check(&mut findings, &keys, plan);
    intake::check(&mut findings, &keys, plan);
    process::check(&mut findings, &keys, plan);
    rules::check(&mut findings, &keys, plan);
    guidance::check(&mut findings, &keys, plan);
    findings.errors.truncate(MAX_ERRORS);
    findings.errors
}

/// The keys that others refer to.
struct Keys<'p> {
    case_types: HashSet<&'p str>,
    categories: HashSet<&'p str>,
    /// As `view/class`.
    classes: HashSet<String>,
    severities: HashSet<&'p str>,
    urgencies: HashSet<&'p str>,
    difficulties: HashSet<&'p str>,
    departments: HashSet<&'p str>,
    flows: HashSet<&'p str>,
    escalations: HashSet<&'p str>,
}

impl<'p> Keys<'p> {
    fn of(plan: &'p Plan) -> Self {
        let classes = plan
            .views
            .iter()
            .flat_map(|view| view.classes.iter().map(|class| format!("{}/{}", view.key, class.key)));
        Self {
            case_types: plan.case_types.iter().map(|item| item.key.as_str()).collect(),
            categories: plan.categories.iter().map(|item| item.key.as_str()).collect(),
            classes: classes.collect(),
            severities: plan.severities.iter().map(|item| item.key.as_str()).collect(),
            urgencies: plan.urgencies.iter().map(|item| item.key.as_str()).collect(),
            difficulties: plan.difficulties.iter().map(|item| item.key.as_str()).collect(),
            departments: plan.departments.iter().map(|item| item.key.as_str()).collect(),
            flows: plan.flows.iter().map(|item| item.key.as_str()).collect(),
            escalations: plan.escalations.iter().map(|item| item.key.as_str()).collect(),
        }
    }
}

/// What was found so far.
struct Findings {
    errors: Vec<FieldError>,
}

impl Findings {
    fn add(&mut self, path: impl Into<String>, code: Code) {
        self.add_with(path, code, []);
    }

    fn add_with<const N: usize>(
        &mut self,
        path: impl Into<String>,
        code: Code,
        params: [(&'static str, Value); N],
    ) {
        self.errors.push(FieldError { field: path.into(), code, params: BTreeMap::from(params) });
    }

    /// The keys of a list: well formed, each once; the list not endless.
    fn keys<'k>(&mut self, path: &str, keys: impl IntoIterator<Item = &'k str>) {
        let mut seen = HashSet::new();
        let mut count = 0;
        for (index, key) in keys.into_iter().enumerate() {
            count += 1;
            let place = format!("{path}[{index}].key");
            let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
            if key.is_empty() {
                self.add(place, REQUIRED);
            } else if key.len() > MAX_KEY || !key.chars().all(letter) {
                self.add_with(place, KEY_INVALID, [("max", MAX_KEY.into())]);
            } else if !seen.insert(key) {
                self.add_with(place, KEY_TWICE, [("key", key.into())]);
            }
        }
        if count > MAX_ENTRIES {
            self.add_with(path, LIST_TOO_LONG, [("max", MAX_ENTRIES.into())]);
        }
    }

    /// A list that cannot be empty.
    fn some<T>(&mut self, path: &str, list: &[T]) {
        if list.is_empty() {
            self.add(path, LIST_EMPTY);
        }
    }

    /// A name: there in one language at least.
    fn name(&mut self, path: String, name: &Text) {
        if name.zh.trim().is_empty() && name.en.trim().is_empty() {
            self.add(path, REQUIRED);
        } else {
            self.length(&path, name, MAX_NAME);
        }
    }

    /// A text, which may be empty.
    fn text(&mut self, path: String, text: &Text) {
        self.length(&path, text, MAX_TEXT);
    }

    fn length(&mut self, path: &str, text: &Text, max: usize) {
        for (language, words) in [("zh", &text.zh), ("en", &text.en)] {
            if words.chars().count() > max {
                self.add_with(format!("{path}.{language}"), TOO_LONG, [("max", max.into())]);
            }
        }
    }

    /// Words that texts are looked through for.
    fn words(&mut self, path: &str, words: &[String]) {
        if words.len() > MAX_WORDS {
            self.add_with(path, LIST_TOO_LONG, [("max", MAX_WORDS.into())]);
        }
        for (index, word) in words.iter().enumerate() {
            if word.trim().is_empty() {
                self.add(format!("{path}[{index}]"), REQUIRED);
            } else if word.chars().count() > MAX_WORD {
                self.add_with(format!("{path}[{index}]"), TOO_LONG, [("max", MAX_WORD.into())]);
            }
        }
    }

    /// A key that must be known.
    fn known(&mut self, path: String, keys: &HashSet<&str>, key: &str) {
        if !keys.contains(key) {
            self.add_with(path, REFERENCE_UNKNOWN, [("key", key.into())]);
        }
    }

    /// Keys that must be known.
    fn all_known(&mut self, path: &str, keys: &HashSet<&str>, list: &[String]) {
        for (index, key) in list.iter().enumerate() {
            self.known(format!("{path}[{index}]"), keys, key);
        }
    }

    /// A number within bounds.
    fn within(&mut self, path: String, value: i64, min: i64, max: i64) {
        if !(min..=max).contains(&value) {
            self.add_with(path, NUMBER_INVALID, [("min", min.into()), ("max", max.into())]);
        }
    }

    /// The numbers of a clock's policy.
    fn policy(&mut self, path: &str, policy: &Policy) {
        if matches!(policy.limit, Limit::Instant { .. }) {
            self.add(path, LIMIT_FIXED);
        }
        let Err(problems) = policy.check() else { return };
        for problem in problems.all() {
            let max = problem.params.iter().find(|(name, _)| *name == "max").map(|(_, max)| max.clone());
            let min = i64::from(problem.path.starts_with("warn_at["));
            let params = [("min", min.into()), ("max", max.into())];
            self.add_with(format!("{path}.{}", problem.path), NUMBER_INVALID, params);
        }
    }
}
