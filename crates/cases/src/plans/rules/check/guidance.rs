//! Templates, cards and wording.

use heard_kernel::Code;

use super::{Findings, Keys, REFERENCE_UNKNOWN};
use crate::plans::model::{Plan, Template, TemplateKind, WordingRule};

/// A text names a variable that there is not (`params.name`, `params.known`).
const VARIABLE_UNKNOWN: Code = Code::new("plan_variable_unknown", 422);
/// A `{{` has no `}}`.
const VARIABLE_OPEN: Code = Code::new("plan_variable_open", 422);
/// The template has no mandatory part, so nothing would hold back an empty notice.
const NOTHING_MANDATORY: Code = Code::new("plan_nothing_mandatory", 422);

/// What texts to customers can name; `?` is a gap that a person fills.
pub(crate) const VARIABLES: &[&str] = &[
    "contact.name",
    "case.number",
    "case.title",
    "case.category",
    "case.solution",
    "agent.name",
    "organisation.name",
    "due.extended",
    "due.handle",
    "due.tell",
    "progress.url",
    "?",
];

pub(super) fn check(findings: &mut Findings, keys: &Keys<'_>, plan: &Plan) {
    findings.keys("templates", plan.templates.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.templates.iter().enumerate() {
        template(findings, &format!("templates[{index}]"), item);
    }
    findings.keys("cards", plan.cards.iter().map(|item| item.key.as_str()));
    for (index, card) in plan.cards.iter().enumerate() {
        let path = format!("cards[{index}]");
        findings.name(format!("{path}.title"), &card.title);
        findings.text(format!("{path}.body"), &card.body);
        for (place, key) in card.case_types.iter().enumerate() {
            if !keys.case_types.contains(key.as_str()) {
                let path = format!("{path}.case_types[{place}]");
                findings.add_with(path, REFERENCE_UNKNOWN, [("key", key.as_str().into())]);
            }
        }
    }
    findings.keys("wording", plan.wording.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.wording.iter().enumerate() {
        wording(findings, &format!("wording[{index}]"), item);
    }
}

fn wording(findings: &mut Findings, path: &str, rule: &WordingRule) {
    findings.name(format!("{path}.name"), &rule.name);
    findings.text(format!("{path}.advice"), &rule.advice);
    findings.some(&format!("{path}.words"), &rule.words);
    for (name, list) in [("words", &rule.words), ("unless", &rule.unless)] {
        findings.words(&format!("{path}.{name}"), list);
    }
}

fn template(findings: &mut Findings, path: &str, template: &Template) {
    findings.name(format!("{path}.name"), &template.name);
    findings.some(&format!("{path}.parts"), &template.parts);
    findings.keys(&format!("{path}.parts"), template.parts.iter().map(|part| part.key.as_str()));
    let notice = matches!(template.kind, TemplateKind::Acknowledgement | TemplateKind::Result);
    if notice && !template.parts.is_empty() && template.parts.iter().all(|part| !part.mandatory) {
        findings.add(format!("{path}.parts"), NOTHING_MANDATORY);
    }
    for (index, part) in template.parts.iter().enumerate() {
        let path = format!("{path}.parts[{index}]");
        findings.name(format!("{path}.name"), &part.name);
        findings.text(format!("{path}.body"), &part.body);
        for (language, words) in [("zh", &part.body.zh), ("en", &part.body.en)] {
            variables(findings, &format!("{path}.body.{language}"), words);
        }
    }
}

fn variables(findings: &mut Findings, path: &str, words: &str) {
    let mut rest = words;
    while let Some((_, from)) = rest.split_once("{{") {
        let Some((name, after)) = from.split_once("}}") else {
            findings.add(path, VARIABLE_OPEN);
            return;
        };
        let name = name.trim();
        if !VARIABLES.contains(&name) {
            let known = VARIABLES.join(", ");
            findings.add_with(path, VARIABLE_UNKNOWN, [("name", name.into()), ("known", known.into())]);
        }
        rest = after;
    }
}
