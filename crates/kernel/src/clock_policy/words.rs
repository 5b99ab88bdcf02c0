//! Where a clock stands, in words.

use crate::{
    Locale, Timestamp,
    calendar::{Problem, Words},
};

use super::{
    assess::{Assessment, State},
    history::Terms,
    policy::{Limit, PauseReason},
};

impl PauseReason {
    /// The reason in words.
    pub fn text(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Customer, Locale::ZhCn) => "等待客户",
            (Self::Customer, Locale::En) => "waiting for the customer",
            (Self::ThirdParty, Locale::ZhCn) => "等待第三方",
            (Self::ThirdParty, Locale::En) => "waiting for a third party",
            (Self::Other, Locale::ZhCn) => "其他原因",
            (Self::Other, Locale::En) => "another reason",
        }
    }
}

impl Assessment {
    /// Why the deadline is what it is and where the clock stands, a sentence a line. `terms` are those that apply now.
    pub fn words(&self, terms: Terms<'_>, locale: Locale) -> Result<Vec<String>, Problem> {
        let words = Words { calendar: terms.calendar, locale, exact: false };
        let Some(started) = self.started_at else {
            return Ok(vec![words.pick("时限尚未开始。", "The clock has not started.").to_owned()]);
        };
        let mut lines = match self.outcome(terms)? {
            Some(mut outcome) => {
                // A pause that goes on is named below, with its reason.
                outcome.pauses.retain(|pause| pause.to.is_some());
                outcome.words(terms.calendar, locale)
            }
            None => self.plain_lines(started, terms, &words),
        };
        let zh = locale == Locale::ZhCn;
        for pause in &self.pauses {
            let (from, why) = (words.instant(pause.from), pause.reason.text(locale));
            lines.push(match (pause.to.map(|to| words.instant(to)), zh) {
                (Some(to), true) => format!("{from} 至 {to} 暂停：{why}。"),
                (Some(to), false) => format!("On hold from {from} to {to}: {why}."),
                (None, true) => format!("{from} 起暂停：{why}。"),
                (None, false) => format!("On hold since {from}: {why}."),
            });
        }
        for ignored in &self.ignored_pauses {
            let (at, why) = (words.instant(ignored.at), ignored.reason.text(locale));
            lines.push(if zh {
                format!("{at} 的暂停（{why}）不影响此时限。")
            } else {
                format!("The wait from {at} ({why}) does not stop this clock.")
            });
        }
        for rest in &self.rests {
            let (from, to) = (words.instant(rest.from), words.instant(rest.to));
            lines.push(match (terms.policy.pause_on.is_empty(), zh) {
                (false, true) => format!("{from} 至 {to} 视为已完成，不计时；撤销后从此前的用时继续。"),
                (false, false) => {
                    format!("It counted as done from {from} to {to}, which is left out; then it went on with its history.")
                }
                (true, true) => format!("{from} 至 {to} 视为已完成；此时限不因任何原因停止，照常计时。"),
                (true, false) => {
                    format!("It counted as done from {from} to {to}; it stops for nothing, so this time counts.")
                }
            });
        }
        lines.push(self.standing(&words));
        Ok(lines)
    }

    fn plain_lines(&self, started: Timestamp, terms: Terms<'_>, words: &Words<'_>) -> Vec<String> {
        let zh = words.locale == Locale::ZhCn;
        let start = words.instant(started);
        let mut lines = vec![if zh { format!("开始：{start}。") } else { format!("Start: {start}.") }];
        match terms.policy.limit {
            Limit::CalendarMinutes { minutes } => {
                let length = words.long_duration(minutes.saturating_mul(60_000));
                lines.push(if zh {
                    format!("时限：{length}的自然时间，夜间和假日都计入。")
                } else {
                    format!("Limit: {length} of plain time; nights and holidays count.")
                });
            }
            _ => lines.push(
                words
                    .pick(
                        "时限：约定的时刻，暂停不顺延。",
                        "Limit: an agreed instant; pauses do not move it.",
                    )
                    .to_owned(),
            ),
        }
        if let Some(due) = self.due.map(|due| words.instant(due)) {
            lines.push(if zh { format!("到期：{due}。") } else { format!("Due: {due}.") });
        }
        lines
    }

    fn standing(&self, words: &Words<'_>) -> String {
        let zh = words.locale == Locale::ZhCn;
        let instant = |at: Option<Timestamp>| at.map(|at| words.instant(at)).unwrap_or_default();
        let (plain, working) = (self.remaining_ms.unwrap_or(0), self.remaining_working_ms.unwrap_or(0));
        let (left, left_working) = (words.long_duration(plain), words.duration(working));
        let (stopped, breached) = (instant(self.stopped_at), instant(self.breached_at));
        match (self.state, zh) {
            (State::NotStarted, true) => "时限尚未开始。".to_owned(),
            (State::NotStarted, false) => "The clock has not started.".to_owned(),
            (State::Running | State::Warning, true) => format!("剩余 {left}，其中工作时间 {left_working}。"),
            (State::Running | State::Warning, false) => {
                format!("{left} left, {left_working} of it working time.")
            }
            (State::Paused, true) => {
                format!("暂停中；如现在恢复，到期为 {}。", instant(self.due_if_resumed.or(self.due)))
            }
            (State::Paused, false) => {
                format!(
                    "On hold; if it went on now, it would be due {}.",
                    instant(self.due_if_resumed.or(self.due))
                )
            }
            (State::Met, true) => format!("{stopped} 按时完成。"),
            (State::Met, false) => format!("Done in time on {stopped}."),
            (State::Breached, true) => {
                format!("{breached} 超时，至今已超 {left}，其中工作时间 {left_working}。")
            }
            (State::Breached, false) => {
                format!("Late since {breached}, by now by {left}, {left_working} of it working time.")
            }
            (State::MetLate, true) => format!("{breached} 超时，{stopped} 完成；按超时计。"),
            (State::MetLate, false) => format!("Late on {breached}, done on {stopped}; it counts as late."),
            (State::Cancelled, true) => format!("{stopped} 取消。"),
            (State::Cancelled, false) => format!("Called off on {stopped}."),
        }
    }
}
