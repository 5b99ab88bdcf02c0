//! The course of the case: stages, clocks with the reasons for their deadlines, waits, and what happened in order.

use std::fmt::Write;

use heard_kernel::{Locale, clock_policy::State, escape_html};

use super::{
    super::{gather::Gathered, model::Dossier},
    log::{actor, said},
    opening::{is_late, name_of},
    sheet::Sheet,
};
use crate::clocks::{ClockExplanation, ClockFact};

/// Stages, clocks, waits.
pub(super) fn parts(sheet: &mut Sheet<'_>, found: &Gathered) {
    let dossier = &found.dossier;
    sheet.part("stages", |sheet| stages(sheet, found));
    sheet.part("clocks", |sheet| clocks(sheet, dossier));
    if !dossier.case.waits.is_empty() {
        sheet.part("waits", |sheet| waits(sheet, dossier));
    }
}

fn stages(sheet: &mut Sheet<'_>, found: &Gathered) {
    let dossier = &found.dossier;
    let row = dossier.case.stages.iter().filter(|stage| stage.in_row).map(|stage| stage.name.as_str());
    let text = sheet.words.with("stages.row", &[("text", &row.collect::<Vec<_>>().join(" → "))]);
    sheet.raw(&format!("<p class=\"meta\">{}</p>\n", escape_html(&text)));
    // A stage that began again stands there as often as the case was in it.
    let flow = found.plan.flow_of(&dossier.case.case.r#type.key);
    let rows = found.runs.iter().map(|run| {
        let known = dossier.case.stages.iter().find(|stage| stage.key == run.stage_key);
        let planned = flow.and_then(|flow| flow.stage(&run.stage_key));
        let name = known.map(|stage| stage.name.as_str());
        let name = name.or_else(|| planned.map(|stage| stage.name.in_locale(sheet.words.0)));
        let ending = run.ending.map_or("open", |ending| ending.as_str());
        let who = run.done_by.and_then(|id| found.names.get(&id).cloned());
        vec![
            escape_html(name.unwrap_or(&run.stage_key)),
            escape_html(&sheet.time(run.begun_at)),
            escape_html(&sheet.when(run.done_at)),
            escape_html(&sheet.words.of("ending", ending)),
            run.done_at.map(|_| escape_html(&who.unwrap_or_else(|| sheet.by(None)))).unwrap_or_default(),
            escape_html(run.reason.as_deref().unwrap_or_default()),
        ]
    });
    let rows = rows.collect();
    sheet.table(&["stage", "begun", "ended", "how", "who", "why"], rows);
}

/// The word of a state of a clock.
fn state_key(state: State) -> &'static str {
    match state {
        State::NotStarted => "not_started",
        State::Running => "running",
        State::Warning => "warning",
        State::Paused => "paused",
        State::Met => "met",
        State::Breached => "breached",
        State::MetLate => "met_late",
        State::Cancelled => "cancelled",
    }
}

fn verdict(sheet: &Sheet<'_>, clock: &ClockExplanation) -> String {
    let assessment = &clock.clock.assessment;
    let mut text = escape_html(&sheet.words.of("cstate", state_key(assessment.state)));
    if let (true, Some(from)) = (is_late(clock), assessment.breached_at) {
        let until = assessment.stopped_at.unwrap_or(assessment.now);
        let span = sheet.words.span(until.millis_since(from));
        let late = escape_html(&sheet.words.with("clock.late_by", &[("span", &span)]));
        text = format!("<span class=\"bad\">{text} · {late}</span>");
    } else if assessment.state == State::Met {
        text = format!("<span class=\"good\">✓ {text}</span>");
    }
    text
}

fn clocks(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let rows = dossier.clocks.iter().map(|clock| {
        let assessment = &clock.clock.assessment;
        vec![
            format!(
                "<a href=\"#clock-{}\">{}</a>",
                clock.clock.id,
                escape_html(&name_of(clock, sheet.words))
            ),
            escape_html(&sheet.when(assessment.started_at)),
            escape_html(&sheet.when(assessment.due.or(assessment.due_if_resumed))),
            escape_html(&sheet.when(assessment.stopped_at)),
            verdict(sheet, clock),
        ]
    });
    let rows = rows.collect();
    sheet.table(&["clock", "begun", "due", "stopped", "verdict"], rows);
    for clock in &dossier.clocks {
        explanation(sheet, clock);
    }
}

fn explanation(sheet: &mut Sheet<'_>, clock: &ClockExplanation) {
    let words = sheet.words;
    let class = if is_late(clock) { " class=\"late\"" } else { "" };
    // One that comes with the product has a name in words.
    let key = &clock.clock.calendar;
    let calendar = words.find(&format!("calname.{key}")).unwrap_or(key);
    let mut out = format!(
        "<article id=\"clock-{}\"{class}>\n<h3>{} · {}</h3>\n<p class=\"meta\">{}",
        clock.clock.id,
        escape_html(&name_of(clock, words)),
        escape_html(words.get("clock.why")),
        escape_html(&words.with("clock.calendar", &[("text", calendar)])),
    );
    let source = clock.clock.source.in_locale(words.0);
    if !source.is_empty() {
        let text = words.with("clock.source", &[("text", source)]);
        let _ = write!(out, "{}{}", escape_html(words.get("sep")), escape_html(&text));
    }
    out.push_str("</p>\n<ul>\n");
    for line in &clock.words {
        let _ = writeln!(out, "<li>{}</li>", escape_html(&line.replace(key.as_str(), calendar)));
    }
    let _ = writeln!(
        out,
        "</ul>\n<p class=\"meta\">{}</p>\n<ul class=\"meta\">",
        escape_html(words.get("clock.history"))
    );
    for fact in &clock.history {
        let _ = writeln!(out, "<li>{}</li>", escape_html(&fact_words(sheet, fact)));
    }
    out.push_str("</ul>\n</article>\n");
    sheet.raw(&out);
}

/// What happened to a clock, in a line.
fn fact_words(sheet: &Sheet<'_>, fact: &ClockFact) -> String {
    let words = sheet.words;
    let mut parts = vec![sheet.time(fact.at), words.of("fact", &fact.what)];
    parts.extend(fact.share.map(|share| format!("{share}%")));
    parts.extend(fact.minutes.map(|minutes| words.span(i64::from(minutes) * 60_000)));
    parts.extend(fact.waits_for.map(|reason| reason.text(words.0).to_owned()));
    parts.extend(fact.user.as_ref().map(|user| user.name.clone()));
    parts.extend(fact.reason.clone());
    parts.extend(fact.former_due_at.map(|due| words.with("clock.former", &[("time", &sheet.time(due))])));
    parts.join(if words.0 == Locale::En { ", " } else { "，" })
}

fn waits(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let rows = dossier.case.waits.iter().map(|wait| {
        let reason = match wait.reason {
            heard_kernel::clock_policy::PauseReason::Customer => "customer",
            heard_kernel::clock_policy::PauseReason::ThirdParty => "third_party",
            heard_kernel::clock_policy::PauseReason::Other => "other",
        };
        vec![
            escape_html(&sheet.words.of("wait", reason)),
            escape_html(&sheet.time(wait.begun_at)),
            escape_html(&sheet.when(wait.ended_at)),
            wait.ending
                .map(|ending| escape_html(&sheet.words.of("waitend", ending.as_str())))
                .unwrap_or_default(),
            escape_html(&sheet.by(wait.begun_by.as_ref())),
            escape_html(&wait.note),
        ]
    });
    let rows = rows.collect();
    sheet.table(&["waits_for", "begun", "ended", "how", "who", "note"], rows);
}

/// What happened, in order.
pub(super) fn timeline(sheet: &mut Sheet<'_>, found: &Gathered) {
    sheet.part("timeline", |sheet| {
        let told = found.timeline.iter().filter_map(|entry| Some((entry, said(found, entry)?)));
        let rows = told.map(|(entry, text)| {
            vec![escape_html(&sheet.exactly(entry.at)), escape_html(&text), escape_html(&actor(found, entry))]
        });
        let rows = rows.collect();
        sheet.table(&["when", "event", "who"], rows);
    });
}
