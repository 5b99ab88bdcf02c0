//! The head of the page: what it is, the matter in a few sentences, the parties, what was recorded and decided.

use heard_kernel::clock_policy::{State, Verdict};
use heard_kernel::escape_html;

use super::{
    super::{
        gather::Gathered,
        model::{Dossier, Packed},
    },
    log::{category_path, cause_path},
    sheet::{Sheet, instant},
};
use crate::{
    cases::{CaseState, PlanName},
    clocks::ClockExplanation,
    words::Words,
};

pub(super) fn is_late(clock: &ClockExplanation) -> bool {
    clock.clock.assessment.verdict == Some(Verdict::Breached)
}

/// The time zone with its distance from UTC, as it was when the dossier was taken out.
fn zone(found: &Gathered, words: Words) -> String {
    let made = found.dossier.made_at.to_jiff().to_zoned(found.zone.clone());
    let half_a_year = made.checked_sub(jiff::Span::new().days(183));
    let steady = half_a_year.is_ok_and(|then| then.offset() == made.offset());
    let offset = made.strftime("%:z").to_string();
    let key = if steady { "head.zone" } else { "head.zone_dst" };
    words.with(key, &[("zone", &found.dossier.time_zone), ("offset", &offset)])
}

/// Title, who took it out, and the summary.
pub(super) fn head(found: &Gathered, packed: &Packed) -> String {
    let (dossier, words) = (&found.dossier, Words(found.dossier.locale));
    let case = &dossier.case.case;
    let kicker = [dossier.organization.as_str(), words.get("head.title"), &case.number];
    let kicker: Vec<&str> = kicker.into_iter().filter(|part| !part.is_empty()).collect();
    let name = dossier.made_by.as_ref().map_or_else(|| words.get("by_rule"), |user| user.name.as_str());
    let at = instant(words, &found.zone, dossier.made_at);
    let note = match (packed.alone, dossier.notes) {
        (true, _) => "head.page",
        (false, true) => "head.notes",
        (false, false) => "head.no_notes",
    };
    let meta = [
        words.with("head.made", &[("time", &at), ("name", name)]),
        zone(found, words),
        words.with("head.product", &[("product", &dossier.product)]),
        words.get(note).to_owned(),
    ];
    let mut out = format!(
        "<header>\n<p class=\"kicker\">{}</p>\n<h1 dir=\"auto\">{}</h1>\n<p class=\"meta\">{}</p>\n<p class=\"summary\">{}</p>\n\
         <p class=\"meta guide\">{} <a href=\"#terms\">{}</a> · <a href=\"#files\">{}</a></p>\n",
        escape_html(&kicker.join(" · ")),
        escape_html(&case.title),
        escape_html(&meta.join(words.get("sep"))),
        escape_html(&summary(found)),
        escape_html(words.get("head.guide")),
        escape_html(words.get("head.guide_terms")),
        escape_html(words.get("head.guide_files")),
    );
    let late: Vec<String> =
        dossier.clocks.iter().filter(|clock| is_late(clock)).map(|clock| link(clock, words)).collect();
    if !late.is_empty() {
        let intro = escape_html(words.get("sum.late"));
        out.push_str(&format!("<p class=\"bad\">{intro}{}</p>\n", late.join(&escape_html(words.get("sep")))));
    }
    let altered = packed.evidence.values().filter(|(_, intact)| !intact).count();
    if altered > 0 {
        out.push_str(&format!("<p class=\"notice\">{}</p>\n", escape_html(words.get("ev.altered"))));
    }
    if !packed.left.is_empty() {
        let n = packed.left.len().to_string();
        let text = words.with("sum.left", &[("n", &n)]);
        out.push_str(&format!("<p class=\"notice\"><a href=\"#files\">{}</a></p>\n", escape_html(&text)));
    }
    out.push_str("</header>\n");
    out
}

fn link(clock: &ClockExplanation, words: Words) -> String {
    let name = name_of(clock, words);
    format!("<a href=\"#clock-{}\">{}</a>", clock.clock.id, escape_html(&name))
}

/// The name of a clock; its key when it has none.
pub(super) fn name_of(clock: &ClockExplanation, words: Words) -> String {
    let name = clock.clock.name.in_locale(words.0);
    if name.is_empty() { clock.clock.key.clone() } else { name.to_owned() }
}

/// The matter in a few sentences.
fn summary(found: &Gathered) -> String {
    let (dossier, words) = (&found.dossier, Words(found.dossier.locale));
    let case = &dossier.case.case;
    let time = |at| instant(words, &found.zone, at);
    let contact = case.contact.as_ref().map(|contact| contact.display_name.as_str());
    let who = Some(dossier.case.complainant.name.as_str()).filter(|name| !name.is_empty()).or(contact);
    let mut said = vec![words.with(
        "sum.received",
        &[
            ("time", &time(case.received_at)),
            ("who", who.unwrap_or(words.get("sum.someone"))),
            ("source", &words.of("source", case.source.as_str())),
            ("type", &case.r#type.name),
            ("recorded", &time(case.recorded_at)),
        ],
    )];
    let outcome = case.outcome.map(|outcome| words.of("outcome", outcome.as_str()));
    said.push(match (case.archived_at, outcome, &case.stage) {
        _ if case.merged_into.is_some() => merged(dossier, words),
        (Some(at), Some(outcome), _) => {
            words.with("sum.archived", &[("time", &time(at)), ("outcome", &outcome)])
        }
        (Some(at), None, _) => words.with("sum.archived_plain", &[("time", &time(at))]),
        (None, _, Some(stage)) => {
            let owner = case.owner.as_ref().map_or(words.get("nobody"), |owner| owner.name.as_str());
            words.with("sum.open", &[("stage", &stage.name), ("owner", owner)])
        }
        (None, _, None) => String::new(),
    });
    if case.reopened_count > 0 {
        said.push(words.with("sum.reopened", &[("n", &case.reopened_count.to_string())]));
    }
    said.push(clocks(dossier, words));
    if let Some(score) = case.satisfaction {
        said.push(words.with("sum.satisfaction", &[("n", &score.to_string())]));
    }
    said.retain(|sentence| !sentence.is_empty());
    said.join(if words.0 == heard_kernel::Locale::En { " " } else { "" })
}

fn merged(dossier: &Dossier, words: Words) -> String {
    let open = dossier.related.merges.iter().find(|merge| merge.merge.undone_at.is_none());
    let number = open.map_or("—", |merge| merge.case.number.as_str());
    words.with("sum.merged", &[("number", number)])
}

fn clocks(dossier: &Dossier, words: Words) -> String {
    let count = |wanted: &dyn Fn(&ClockExplanation) -> bool| {
        dossier.clocks.iter().filter(|clock| wanted(clock)).count().to_string()
    };
    let state = |clock: &ClockExplanation| clock.clock.assessment.state;
    if dossier.clocks.is_empty() {
        return words.get("sum.no_clocks").to_owned();
    }
    let late = count(&is_late);
    let met = count(&|clock| state(clock) == State::Met);
    let cancelled = count(&|clock| state(clock) == State::Cancelled && !is_late(clock));
    let open = count(&|clock| {
        !is_late(clock) && !matches!(state(clock), State::Met | State::MetLate | State::Cancelled)
    });
    let n = dossier.clocks.len().to_string();
    words.with(
        "sum.clocks",
        &[("n", &n), ("met", &met), ("late", &late), ("open", &open), ("cancelled", &cancelled)],
    )
}

fn name(of: Option<&PlanName>) -> String {
    of.map(|known| known.name.clone()).unwrap_or_default()
}

/// Overview, parties, record, judgement and decisions.
pub(super) fn parts(sheet: &mut Sheet<'_>, found: &Gathered) {
    let dossier = &found.dossier;
    sheet.part("overview", |sheet| overview(sheet, found));
    sheet.part("parties", |sheet| parties(sheet, dossier));
    sheet.part("record", |sheet| record(sheet, dossier));
    sheet.part("decisions", |sheet| decisions(sheet, found));
}

fn overview(sheet: &mut Sheet<'_>, found: &Gathered) {
    let dossier = &found.dossier;
    let (words, case) = (sheet.words, &dossier.case.case);
    let tags: Vec<&str> = case.tags.iter().map(|tag| tag.name.as_str()).collect();
    let category = case.category.as_ref().map(|category| category_path(found, &category.key));
    let stage = case.stage.as_ref().filter(|_| case.state != CaseState::Archived);
    sheet.rows(&[
        ("number", case.number.clone()),
        ("type", case.r#type.name.clone()),
        ("category", category.unwrap_or_default()),
        ("severity", name(case.severity.as_ref())),
        ("urgency", name(case.urgency.as_ref())),
        ("difficulty", name(case.difficulty.as_ref())),
        ("priority", words.of("priority", case.priority.as_str())),
        ("priority_reason", dossier.case.priority_reason.clone()),
        ("state", words.of("state", case.state.as_str())),
        ("stage", stage.map(|stage| stage.name.clone()).unwrap_or_default()),
        ("source", words.of("source", case.source.as_str())),
        ("received", sheet.time(case.received_at)),
        ("recorded", sheet.time(case.recorded_at)),
        ("delay", words.span(case.record_delay_ms)),
        ("archived", sheet.when(case.archived_at)),
        ("plan", plan(dossier, words)),
        ("external", case.external_ref.clone().unwrap_or_default()),
        ("tags", tags.join(", ")),
    ]);
    let custom: Vec<(String, String)> =
        dossier.fields.iter().map(|field| (field.name.clone(), field.value.clone())).collect();
    sheet.named_rows(&custom);
}

/// The plan by its name with the version; the version alone of a plan that has no name.
fn plan(dossier: &Dossier, words: Words) -> String {
    let version = words.with("f.plan_no", &[("n", &dossier.plan_no.to_string())]);
    if dossier.plan_name.is_empty() {
        return version;
    }
    words.with("f.plan_named", &[("name", &dossier.plan_name), ("version", &version)])
}

fn parties(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let (detail, case) = (&dossier.case, &dossier.case.case);
    let users = |of: &[heard_platform::directory::UserRef]| {
        of.iter().map(|user| user.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let told = [detail.complainant.name.as_str(), &detail.complainant.contact];
    let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
    let joint: Vec<&str> = detail.joint_teams.iter().map(|team| team.name.as_str()).collect();
    let recused: Vec<String> = detail
        .recused
        .iter()
        .map(|one| format!("{} ({}) {}", one.user.name, one.reason, sheet.time(one.since)))
        .collect();
    sheet.rows(&[
        ("complainant", told.join(" · ")),
        ("contact", case.contact.as_ref().map(|contact| contact.display_name.clone()).unwrap_or_default()),
        ("owner", case.owner.as_ref().map(|owner| owner.name.clone()).unwrap_or_default()),
        ("team", case.team.as_ref().map(|team| team.name.clone()).unwrap_or_default()),
        ("department", name(case.department.as_ref())),
        ("joint", joint.join(", ")),
        ("participants", users(&detail.participants)),
        ("watchers", users(&detail.watchers)),
        ("created_by", sheet.by(detail.created_by.as_ref())),
        ("recused", recused.join("\n")),
    ]);
}

fn record(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let record = &dossier.case.record;
    let understood = record.understanding.as_ref();
    sheet.rows(&[
        ("facts", record.facts.clone()),
        ("occurred", sheet.when(record.occurred_at)),
        ("impact", record.impact.clone()),
        ("sought", record.remedy_sought.clone()),
        ("judgement", record.judgement.clone()),
        (
            "understood",
            understood.map(|said| format!("{} · {}", sheet.time(said.at), said.how)).unwrap_or_default(),
        ),
    ]);
}

fn decisions(sheet: &mut Sheet<'_>, found: &Gathered) {
    let dossier = &found.dossier;
    let (words, case, record) = (sheet.words, &dossier.case.case, &dossier.case.record);
    let both = |word: Option<String>, reason: &str| {
        let parts = [word.unwrap_or_default(), reason.to_owned()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let at_once = case.solvable_at_once.map(|yes| words.get(if yes { "yes" } else { "no" }).to_owned());
    sheet.rows(&[
        ("at_once", at_once.unwrap_or_default()),
        ("severity_proposed", name(dossier.case.severity_proposed.as_ref())),
        ("difficulty_proposed", name(dossier.case.difficulty_proposed.as_ref())),
        (
            "decision",
            both(case.decision.map(|word| words.of("decision", word.as_str())), &record.decision_reason),
        ),
        (
            "demand",
            both(case.demand.map(|word| words.of("demand", word.as_str())), &record.demand_explanation),
        ),
        ("upheld", case.upheld.map(|word| words.of("upheld", word.as_str())).unwrap_or_default()),
        ("cause", case.cause.as_ref().map(|cause| cause_path(found, &cause.key)).unwrap_or_default()),
    ]);
}
