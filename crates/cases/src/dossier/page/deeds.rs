//! What was done: solution, hand-overs, tasks, remedies, promises, escalations, notices, the result.

use std::fmt::Write;

use heard_kernel::{escape_html, money};

use super::{
    super::{gather::Gathered, model::Dossier},
    sheet::Sheet,
};
use crate::{
    escalations::{Deed, Escalation},
    notices::NoticeView,
    plans::Action,
    progress::{Input, InputKind},
};

/// Everything that was done about the matter, and what came of it.
pub(super) fn parts(sheet: &mut Sheet<'_>, found: &Gathered) {
    let dossier = &found.dossier;
    sheet.part("solution", |sheet| solution(sheet, dossier));
    if !dossier.handovers.is_empty() {
        sheet.part("handovers", |sheet| handovers(sheet, dossier));
    }
    if !dossier.tasks.is_empty() {
        sheet.part("tasks", |sheet| tasks(sheet, dossier));
    }
    sheet.part("remedies", |sheet| remedies(sheet, dossier));
    if !dossier.promises.is_empty() {
        sheet.part("promises", |sheet| promises(sheet, dossier));
    }
    if !dossier.escalations.is_empty() {
        sheet.part("escalations", |sheet| escalations(sheet, found));
    }
    sheet.part("notices", |sheet| {
        for notice in &dossier.notices {
            one_notice(sheet, notice);
        }
    });
    sheet.part("result", |sheet| result(sheet, dossier));
}

fn solution(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let record = &dossier.case.record;
    let solution = &record.solution;
    sheet.rows(&[
        ("steps", solution.steps.clone()),
        ("tools", solution.tools.clone()),
        ("risks", solution.risks.clone()),
        ("feasibility", solution.feasibility.clone()),
        ("by_department", solution.department.clone()),
        ("complete_by", sheet.when(solution.complete_by)),
        ("workaround", record.workaround.clone()),
        ("prevention", record.prevention.clone()),
    ]);
}

/// Words that say something, a line each.
fn lines(parts: &[&str]) -> String {
    escape_html(&parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"))
}

fn handovers(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let rows = dossier.handovers.iter().map(|view| {
        let one = &view.handover;
        vec![
            escape_html(view.team.as_ref().map_or("—", |team| team.name.as_str())),
            lines(&[&one.scope, &one.note]),
            escape_html(&format!("{}\n{}", sheet.time(one.asked_at), sheet.by(view.asker.as_ref()))),
            escape_html(&sheet.when(one.due_at)),
            escape_html(&sheet.words.of("handover", one.state.as_str())),
            lines(&[&sheet.when(one.done_at.or(one.ended_at)), &one.result, &one.reason]),
        ]
    });
    let rows = rows.collect();
    sheet.table(&["to", "what", "asked", "due", "state", "result"], rows);
}

fn tasks(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let rows = dossier.tasks.iter().map(|view| {
        let who = view.ended_by_user.as_ref().or(view.assignee.as_ref());
        vec![
            lines(&[&view.words, &view.how]),
            escape_html(&sheet.words.of("task", view.task.state.as_str())),
            escape_html(who.map_or("", |user| user.name.as_str())),
            escape_html(&sheet.when(view.task.due_at)),
            escape_html(&sheet.when(view.task.ended_at)),
            escape_html(&view.task.outcome),
        ]
    });
    let rows = rows.collect();
    sheet.table(&["what", "state", "who", "due", "ended", "result"], rows);
}

fn remedies(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let rows = dossier.remedies.iter().map(|named| {
        let (view, one) = (&named.remedy, &named.remedy.remedy);
        let decided =
            one.decided_at.map(|at| format!("{}\n{}", sheet.time(at), sheet.by(view.decider.as_ref())));
        vec![
            escape_html(&named.name),
            escape_html(&one.amount.map(|minor| money(minor, &one.currency)).unwrap_or_default()),
            escape_html(&sheet.words.of("remedy", one.state.as_str())),
            escape_html(&format!("{}\n{}", sheet.time(one.asked_at), sheet.by(view.asker.as_ref()))),
            escape_html(&decided.unwrap_or_default()),
            lines(&[&one.note, &one.reason]),
        ]
    });
    let rows = rows.collect();
    sheet.table(&["what", "amount", "state", "asked", "decided", "note"], rows);
}

fn promises(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let rows = dossier.promises.iter().map(|one| {
        vec![
            escape_html(&one.body),
            escape_html(&one.owner.name),
            escape_html(&sheet.time(one.promised_at)),
            escape_html(&sheet.when(one.clock.assessment.due)),
            escape_html(&sheet.when(one.done_at)),
            format!(
                "{}\n<span class=\"free\">{}</span>",
                escape_html(&sheet.words.of("promise", one.state.as_str())),
                escape_html(one.reason.as_deref().unwrap_or_default())
            ),
        ]
    });
    let rows = rows.collect();
    sheet.table(&["what", "who", "promised", "due", "ended", "state"], rows);
}

fn escalations(sheet: &mut Sheet<'_>, found: &Gathered) {
    let locale = found.dossier.locale;
    let rows = found.dossier.escalations.iter().map(|one: &Escalation| {
        let chains = found.plan.escalations.iter().map(|chain| (&chain.key, &chain.name));
        let alarms = found.plan.alarms.iter().map(|alarm| (&alarm.key, &alarm.name));
        let rule = chains.chain(alarms).find(|(key, _)| **key == one.rule_key);
        let rule = rule.map_or(one.rule_key.as_str(), |(_, name)| name.in_locale(locale));
        let step = if one.step_no > 0 { format!("{rule} · {}", one.step_no) } else { rule.to_owned() };
        let done: Vec<String> = one.done.iter().map(|deed| deed_words(sheet, deed)).collect();
        vec![escape_html(&sheet.time(one.at)), escape_html(&step), escape_html(&done.join("\n"))]
    });
    let rows = rows.collect();
    sheet.table(&["when", "rule", "done"], rows);
}

fn deed_words(sheet: &Sheet<'_>, deed: &Deed) -> String {
    let key = match &deed.action {
        Action::Notify { .. } => "deed.notify",
        Action::RaiseSeverity => "deed.raise_severity",
        Action::Reassign { .. } => "deed.reassign",
        Action::JoinDepartments { .. } => "deed.join_departments",
        Action::ReportToSuperior => "deed.report_to_superior",
    };
    let text = sheet.words.with(key, &[("n", &deed.count.to_string())]);
    if deed.done { text } else { format!("{text}{}", sheet.words.get("deed.failed")) }
}

fn one_notice(sheet: &mut Sheet<'_>, view: &NoticeView) {
    let (words, notice) = (sheet.words, &view.notice);
    let head = words.with(
        "notices.head",
        &[
            ("time", &sheet.time(notice.told_at)),
            ("name", &notice.told_to),
            ("channel", &words.of("channel", notice.channel.as_str())),
        ],
    );
    let by = words.with("notices.by", &[("name", &sheet.by(view.sender.as_ref()))]);
    let mut out = format!(
        "<article>\n<h3>{} · {}</h3>\n",
        escape_html(&words.of("notice", notice.kind.as_str())),
        escape_html(&head)
    );
    for part in &notice.parts {
        let _ = writeln!(
            out,
            "<p class=\"meta\">{}</p>\n<p class=\"words\" dir=\"auto\">{}</p>",
            escape_html(&part.name),
            escape_html(&part.text)
        );
    }
    let note = if notice.note.is_empty() { String::new() } else { format!(" · {}", notice.note) };
    let _ = writeln!(
        out,
        "<p class=\"meta\">{}<br><code>SHA-256 {}</code></p>\n</article>",
        escape_html(&format!("{by}{note}")),
        escape_html(&notice.sha256)
    );
    sheet.raw(&out);
}

fn result(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let (words, case, record) = (sheet.words, &dossier.case.case, &dossier.case.record);
    let unsaid = || record.satisfaction_unsaid.then(|| words.get("f.unsaid").to_owned());
    let score = case.satisfaction.map(|score| format!("{score} / 5")).or_else(unsaid);
    let said: Vec<String> = dossier.said.iter().map(|input| input_words(sheet, input)).collect();
    sheet.rows(&[
        ("outcome", case.outcome.map(|word| words.of("outcome", word.as_str())).unwrap_or_default()),
        ("satisfaction", score.unwrap_or_default()),
        ("words", record.satisfaction_words.clone()),
        ("said", said.join("\n")),
        ("summary", record.summary.clone()),
        ("lesson", record.lesson.clone()),
    ]);
}

fn input_words(sheet: &Sheet<'_>, input: &Input) -> String {
    let key = match (input.kind, input.answer.as_str()) {
        (InputKind::Words, _) => "said.words",
        (InputKind::Answer, "solved") => "said.answer_solved",
        (InputKind::Answer, _) => "said.answer_unsolved",
        (InputKind::Rating, _) => "said.rating",
    };
    let files = if input.file_names.is_empty() {
        String::new()
    } else {
        format!(" [{}]", input.file_names.join(", "))
    };
    let text = sheet.words.with(key, &[("text", &input.body), ("n", &input.answer)]);
    format!("{} {}{files}", sheet.time(input.at), text.trim())
}
