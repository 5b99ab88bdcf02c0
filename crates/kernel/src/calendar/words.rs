//! Results in words, in both languages.

use jiff::civil::Date;

use crate::{Locale, Timestamp};

use super::{
    civil::Weekday,
    compiled::Calendar,
    days::{DayMode, DayPlan, DayReason},
    outcome::{CountedSpan, DayNote, Demand, Outcome, Warning},
};

/// How many days of spans are written out.
const MAX_LINES: usize = 31;

impl Calendar {
    /// Why a day is as it is, in words.
    pub fn why(&self, day: &DayPlan, locale: Locale) -> String {
        Words { calendar: self, locale, exact: false }.reason(!day.spans.is_empty(), &day.reason)
    }
}

/// Writes instants, dates and durations as a reader of one language expects them, in the zone of a calendar.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) calendar: &'a Calendar,
    pub(crate) locale: Locale,
    /// With the fractions of seconds that there are; otherwise seconds are whole.
    pub(crate) exact: bool,
}

impl Words<'_> {
    /// The Chinese or the English text.
    pub(crate) fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.locale {
            Locale::ZhCn => zh,
            Locale::En => en,
        }
    }

    fn weekday(&self, weekday: Weekday) -> &'static str {
        const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
        match self.locale {
            Locale::ZhCn => ZH[weekday.index()],
            Locale::En => EN[weekday.index()],
        }
    }

    fn date(&self, date: Date) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self.locale {
            Locale::ZhCn => format!("{year}年{month}月{day}日"),
            Locale::En => {
                let name = MONTHS[usize::from(month.unsigned_abs()).saturating_sub(1) % 12];
                format!("{day} {name} {year}")
            }
        }
    }

    fn day(&self, date: Date) -> String {
        let weekday = self.weekday(Weekday::of(super::civil::day_number(date)));
        match self.locale {
            Locale::ZhCn => format!("{}（{weekday}）", self.date(date)),
            Locale::En => format!("{weekday} {}", self.date(date)),
        }
    }

    fn time(&self, at: Timestamp) -> String {
        let local = self.calendar.local(at);
        let (hour, minute, second) = (local.hour(), local.minute(), local.second());
        let millis = if self.exact { local.millisecond() } else { 0 };
        match (second, millis) {
            (0, 0) => format!("{hour:02}:{minute:02}"),
            (_, 0) => format!("{hour:02}:{minute:02}:{second:02}"),
            _ => format!("{hour:02}:{minute:02}:{second:02}{}", fraction(millis.unsigned_abs().into())),
        }
    }

    /// Day and time of an instant.
    pub(crate) fn instant(&self, at: Timestamp) -> String {
        let gap = self.pick("", " ");
        format!("{}{gap}{}", self.day(self.calendar.local(at).date()), self.time(at))
    }

    /// A length of time; the sign is left out.
    pub(crate) fn duration(&self, millis: i64) -> String {
        let millis = millis.unsigned_abs();
        let (seconds, rest) =
            if self.exact { (millis / 1_000, millis % 1_000) } else { (millis.div_ceil(1_000), 0) };
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        let mut parts = Vec::new();
        if hours > 0 {
            parts.push(format!("{hours} {}", self.pick("小时", "h")));
        }
        if minutes > 0 {
            parts.push(format!("{minutes} {}", self.pick("分钟", "min")));
        }
        if seconds > 0 || rest > 0 {
            parts.push(format!("{seconds}{} {}", fraction(rest), self.pick("秒", "s")));
        }
        if parts.is_empty() { format!("0 {}", self.pick("分钟", "min")) } else { parts.join(" ") }
    }

    /// A length of plain time; from three days on in days, and then to the minute unless exactness is asked for.
    pub(crate) fn long_duration(&self, millis: i64) -> String {
        const DAY: u64 = 24 * 3_600_000;
        let length = millis.unsigned_abs();
        if length < 3 * DAY {
            return self.duration(millis);
        }
        let length = if self.exact { length } else { length.div_ceil(60_000) * 60_000 };
        let days = format!("{} {}", length / DAY, self.pick("天", "days"));
        match length % DAY {
            0 => days,
            rest => format!("{days} {}", self.duration(rest.cast_signed())),
        }
    }

    fn reason(&self, worked: bool, reason: &DayReason) -> String {
        let named = |name: &str, zh: &str, en: &str| match (name.is_empty(), self.locale) {
            (true, _) => self.pick(zh, en).to_owned(),
            (false, Locale::ZhCn) => format!("{name}，{zh}"),
            (false, Locale::En) => format!("{name}, {en}"),
        };
        match reason {
            DayReason::Weekly if worked => self.pick("正常上班", "regular shifts").to_owned(),
            DayReason::Weekly => self.pick("每周休息日", "weekly day off").to_owned(),
            DayReason::AlwaysOpen => self.pick("全天计时", "every day counts").to_owned(),
            DayReason::Exception { name } if worked => named(name, "当日另定班次", "hours of its own"),
            DayReason::Exception { name } => named(name, "当日另定休息", "closed by exception"),
            DayReason::Holiday { name } => named(name, "放假", "holiday"),
            DayReason::ArrangedRest { label } => match self.locale {
                Locale::ZhCn => format!("{}放假", label.zh),
                Locale::En => label.en.to_string(),
            },
            DayReason::MakeUp { as_weekday, name } => {
                let weekday = self.weekday(*as_weekday);
                match self.locale {
                    Locale::ZhCn if !worked => {
                        named(name, &format!("调休上班日，但日历中{weekday}没有班次，因此不上班"), "")
                    }
                    Locale::En if !worked => named(
                        name,
                        "",
                        &format!("make-up workday with the shifts of {weekday}, which has none: free"),
                    ),
                    Locale::ZhCn => named(name, &format!("调休上班，按{weekday}班次"), ""),
                    Locale::En => named(name, "", &format!("make-up workday with the shifts of {weekday}")),
                }
            }
            DayReason::ArrangedWork { as_weekday, in_place_of } => {
                let weekday = self.weekday(*as_weekday);
                match (self.locale, in_place_of.map(|date| self.date(date))) {
                    (Locale::ZhCn, Some(date)) => format!("调休上班，补{date}，按{weekday}班次"),
                    (Locale::ZhCn, None) => format!("调休上班，按{weekday}班次"),
                    (Locale::En, Some(date)) => {
                        format!("make-up workday for {date} with the shifts of {weekday}")
                    }
                    (Locale::En, None) => format!("make-up workday with the shifts of {weekday}"),
                }
            }
        }
    }

    /// A warning as a sentence.
    pub(crate) fn warning(&self, warning: Warning) -> String {
        match (warning, self.locale) {
            (Warning::YearWithoutArrangement { year }, Locale::ZhCn) => {
                format!("{year} 年的放假安排尚未载入，仅按每周班次计算；载入后会重新计算。")
            }
            (Warning::YearWithoutArrangement { year }, Locale::En) => format!(
                "The holiday arrangement of {year} is not loaded: only weekly shifts were used; the result is computed again once it is."
            ),
            (Warning::YearEndMayChange { year }, Locale::ZhCn) => {
                format!("{} 年的放假安排尚未载入，可能调整 {year} 年年末几天。", year + 1)
            }
            (Warning::YearEndMayChange { year }, Locale::En) => {
                format!(
                    "The arrangement of {} is not loaded and may still change the last days of {year}.",
                    year + 1
                )
            }
            (Warning::MakeUpWithoutShifts { date, as_weekday }, Locale::ZhCn) => {
                let (date, weekday) = (self.day(date), self.weekday(as_weekday));
                format!(
                    "{date}按{weekday}班次调休上班，但日历中{weekday}没有班次，当日不计；请改用有班次的一天或写为例外日。"
                )
            }
            (Warning::MakeUpWithoutShifts { date, as_weekday }, Locale::En) => {
                let (date, weekday) = (self.day(date), self.weekday(as_weekday));
                format!(
                    "{date} is a make-up workday with the shifts of {weekday}, which has none, so it counts nothing; name a weekday with shifts, or write the day as an exception."
                )
            }
            (Warning::DueOutsideWorkingTime, Locale::ZhCn) => {
                "到期当日的班次不同，到期时刻在工作时间之外。".to_owned()
            }
            (Warning::DueOutsideWorkingTime, Locale::En) => {
                "The day of the deadline has other hours; the deadline lies outside them.".to_owned()
            }
        }
    }

    pub(crate) fn demand(&self, demand: Demand) -> String {
        match (demand, self.locale) {
            (Demand::WorkingMinutes { minutes }, Locale::ZhCn) => {
                format!("{}的工作时间", self.duration(minutes.saturating_mul(60_000)))
            }
            (Demand::WorkingMinutes { minutes }, Locale::En) => {
                format!("{} of working time", self.duration(minutes.saturating_mul(60_000)))
            }
            (Demand::WorkingDays { days, mode: DayMode::SameTime }, Locale::ZhCn) => {
                format!("{days} 个工作日，到同一时刻")
            }
            (Demand::WorkingDays { days, mode: DayMode::SameTime }, Locale::En) => {
                format!("{days} working {}, at the same time of day", if days == 1 { "day" } else { "days" })
            }
            (Demand::WorkingDays { days, mode: DayMode::EndOfDay }, Locale::ZhCn) => {
                format!("{days} 个工作日，开始当日不计，到最后一个工作日下班")
            }
            (Demand::WorkingDays { days, mode: DayMode::EndOfDay }, Locale::En) => {
                let unit = if days == 1 { "day" } else { "days" };
                format!("{days} working {unit}, not counting the day of the start, at the close of the last")
            }
        }
    }

    fn spans(&self, spans: &[CountedSpan], notes: &[DayNote]) -> String {
        let date = spans[0].date;
        // Between the instants as they are shown, so that the days add up to what stands under them.
        let grain = if self.exact { 1 } else { 1_000 };
        let shown = |at: Timestamp| at.millis().div_euclid(grain);
        let millis = spans.iter().map(|span| (shown(span.to) - shown(span.from)) * grain).sum();
        let end = |at: Timestamp| {
            let local = self.calendar.local(at);
            match local.date() == date {
                true => self.time(at),
                false if local.date() == date.tomorrow().unwrap_or(date) && self.time(at) == "00:00" => {
                    "24:00".to_owned()
                }
                false => self.instant(at),
            }
        };
        let list: Vec<_> = spans.iter().map(|span| format!("{}–{}", end(span.from), end(span.to))).collect();
        let note = notes.iter().find(|note| note.date == date && note.worked);
        let note = note.map(|note| self.reason(true, &note.reason));
        match self.locale {
            Locale::ZhCn => {
                let note = note.map(|note| format!("，{note}")).unwrap_or_default();
                format!("计入 {}{note}：{}，共 {}。", self.day(date), list.join("、"), self.duration(millis))
            }
            Locale::En => {
                let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
                format!(
                    "Counted on {}{note}: {}, {}.",
                    self.day(date),
                    list.join(", "),
                    self.duration(millis)
                )
            }
        }
    }

    /// Free days, neighbours with the same reason joined.
    fn free_days(&self, notes: &[DayNote]) -> Vec<String> {
        let mut groups: Vec<(Date, Date, &DayReason)> = Vec::new();
        for note in notes.iter().filter(|note| !note.worked) {
            match groups.last_mut() {
                Some((_, last, reason))
                    if **reason == note.reason && last.tomorrow().ok() == Some(note.date) =>
                {
                    *last = note.date;
                }
                _ => groups.push((note.date, note.date, &note.reason)),
            }
        }
        let line = |(first, last, reason): (Date, Date, &DayReason)| {
            let days = if first == last {
                self.day(first)
            } else {
                format!("{}{}{}", self.day(first), self.pick("至", " to "), self.day(last))
            };
            let why = self.reason(false, reason);
            match self.locale {
                Locale::ZhCn => format!("不计 {days}：{why}。"),
                Locale::En => format!("Not counted: {days} ({why})."),
            }
        };
        groups.into_iter().map(line).collect()
    }
}

impl Outcome {
    /// The reasons in words, a sentence a line; seconds are whole.
    pub fn words(&self, calendar: &Calendar, locale: Locale) -> Vec<String> {
        self.told(Words { calendar, locale, exact: false })
    }

    /// The same with the fractions of seconds that there are.
    pub fn exact_words(&self, calendar: &Calendar, locale: Locale) -> Vec<String> {
        self.told(Words { calendar, locale, exact: true })
    }

    fn told(&self, words: Words<'_>) -> Vec<String> {
        let locale = words.locale;
        let zh = locale == Locale::ZhCn;
        let mut lines = vec![if zh {
            format!("日历“{}”，时区 {}。", self.calendar, self.time_zone)
        } else {
            format!("Calendar \"{}\", time zone {}.", self.calendar, self.time_zone)
        }];
        let start = words.instant(self.start);
        lines.push(if zh { format!("开始：{start}。") } else { format!("Start: {start}.") });
        if let Some(opening) = self.opening.filter(|opening| *opening != self.start) {
            let opening = words.instant(opening);
            lines.push(if zh {
                format!("开始时刻在工作时间之外，移到下一个上班时刻：{opening}。")
            } else {
                format!("The start lies outside working time and moves to the next opening: {opening}.")
            });
        }
        if let Some(demand) = self.demand {
            let demand = words.demand(demand);
            lines.push(if zh { format!("时限：{demand}。") } else { format!("Limit: {demand}.") });
        }
        let by_day: Vec<_> = self.counted.chunk_by(|one, two| one.date == two.date).collect();
        lines.extend(by_day.iter().take(MAX_LINES).map(|spans| words.spans(spans, &self.notes)));
        if by_day.len() > MAX_LINES || self.counted_omitted > 0 {
            let more: usize =
                by_day.iter().skip(MAX_LINES).map(|spans| spans.len()).sum::<usize>() + self.counted_omitted;
            lines.push(if zh {
                format!("其后还有 {more} 段计入。")
            } else {
                format!("{more} more spans counted.")
            });
        }
        lines.extend(words.free_days(&self.notes).into_iter().take(MAX_LINES));
        for pause in &self.pauses {
            let (from, lost) = (words.instant(pause.from), words.duration(pause.millis));
            lines.push(match (pause.to.map(|to| words.instant(to)), zh) {
                (Some(to), true) => format!("暂停 {from} 至 {to}：其间 {lost}的工作时间不计。"),
                (Some(to), false) => format!("Paused {from} to {to}: {lost} of working time not counted."),
                (None, true) => format!("自 {from} 起暂停，尚未恢复。"),
                (None, false) => format!("Paused since {from} and not resumed."),
            });
        }
        let total = words.duration(self.millis);
        lines.push(match (self.due.map(|due| words.instant(due)), self.demand.is_some(), zh) {
            (Some(due), true, true) => format!("到期：{due}（计入工作时间 {total}）。"),
            (Some(due), true, false) => format!("Due: {due} ({total} of working time)."),
            (Some(end), false, true) => format!("结束：{end}；工作时间 {total}。"),
            (Some(end), false, false) => format!("End: {end}; {total} of working time."),
            (None, _, true) => format!("暂停中，没有到期时刻；已计入工作时间 {total}。"),
            (None, _, false) => format!("On hold, no deadline; {total} of working time so far."),
        });
        lines.extend(self.warnings.iter().map(|warning| words.warning(*warning)));
        lines
    }
}

/// `.5` of 500 milliseconds.
fn fraction(millis: u64) -> String {
    match millis {
        0 => String::new(),
        millis => format!(".{millis:03}").trim_end_matches('0').to_owned(),
    }
}
