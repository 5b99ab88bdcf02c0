//! What a log holds, at a glance.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    decode::{Decoded, Encoding},
    diagnosis::Diagnosis,
    entries::{Entry, Log},
    head::Format,
    level::Level,
    page::{LogLine, shown_line},
    pattern::{Class, Classes},
    stamp::shown,
};

/// Patterns that are told at most; the worst and most frequent ones.
const MAX_PATTERNS: usize = 200;
/// Slices of time at most.
const MAX_SLICES: i64 = 60;
/// Lengths that a slice may have, in seconds.
const STEPS: [i64; 17] = [
    1, 5, 10, 30, 60, 300, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000, 7_776_000,
    31_536_000,
];

/// Entries by level.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
#[schema(as = LogLevelCounts)]
pub struct LevelCounts {
    /// Something failed.
    pub error: usize,
    /// Something to look at.
    pub warn: usize,
    /// What happened as it should.
    pub info: usize,
    /// For who wrote the program.
    pub debug: usize,
    /// Without a level.
    pub none: usize,
}

impl LevelCounts {
    fn add(&mut self, level: Option<Level>) {
        let count = match level {
            Some(Level::Error) => &mut self.error,
            Some(Level::Warn) => &mut self.warn,
            Some(Level::Info) => &mut self.info,
            Some(Level::Debug) => &mut self.debug,
            None => &mut self.none,
        };
        *count += 1;
    }
}

/// A slice of time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LogSlice {
    /// When it begins, as it stands in the file.
    #[schema(example = "2026-11-22T14:58:00")]
    pub at: String,
    /// Entries by level.
    pub counts: LevelCounts,
    /// The first line in it, to go there; absent when it is empty.
    #[schema(required = true)]
    pub line: Option<usize>,
}

/// Entries that differ only in numbers, ids and quoted words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LogPattern {
    /// Its name for the filter.
    pub id: String,
    /// What they have in common; `#` stands for numbers and ids.
    pub text: String,
    /// Their level.
    #[schema(required = true)]
    pub level: Option<Level>,
    /// How many there are.
    pub count: usize,
    /// When the first was written, as it stands in the file.
    #[schema(required = true)]
    pub first_at: Option<String>,
    /// When the last was written.
    #[schema(required = true)]
    pub last_at: Option<String>,
    /// The first of them: its first lines.
    pub example: Vec<LogLine>,
}

/// What a log holds.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LogOverview {
    /// The format of most of its entries.
    pub format: Format,
    /// How it was written as bytes.
    pub encoding: Encoding,
    /// Whether it was packed.
    pub packed: bool,
    /// How many lines it has.
    pub lines: usize,
    /// How many entries it has.
    pub entries: usize,
    /// Entries by level.
    pub levels: LevelCounts,
    /// How many entries hold a stack trace.
    pub traces: usize,
    /// The earliest time in it, as it stands there.
    #[schema(required = true, example = "2026-11-22T14:58:37.123")]
    pub first_at: Option<String>,
    /// The latest time in it.
    #[schema(required = true)]
    pub last_at: Option<String>,
    /// Whether its times have a day; otherwise the day is the one on which the file came.
    pub dated: bool,
    /// Minutes before UTC that its times say of themselves.
    #[schema(required = true)]
    pub utc_offset_minutes: Option<i32>,
    /// Entries over time; empty without times.
    pub slices: Vec<LogSlice>,
    /// Seconds of a slice.
    pub slice_seconds: i64,
    /// Patterns of entries, the worst and most frequent first, at most 200.
    pub patterns: Vec<LogPattern>,
    /// How many patterns there are in all.
    pub pattern_count: usize,
    /// What it says about a device, when it is a diagnosis.
    #[schema(required = true)]
    pub diagnosis: Option<Diagnosis>,
}

/// What a log holds.
pub(crate) fn overview(decoded: &Decoded<'_>, log: &Log<'_>, classes: &Classes) -> LogOverview {
    let mut levels = LevelCounts::default();
    log.entries.iter().for_each(|entry| levels.add(entry.level));
    let stamps = || log.entries.iter().filter_map(|entry| entry.stamp);
    let times = || stamps().map(|stamp| stamp.millis);
    let range = times().min().zip(times().max());
    let (slices, slice_seconds) = range.map(|range| slices(log, range)).unwrap_or_default();
    LogOverview {
        format: most(&log.entries),
        encoding: decoded.encoding,
        packed: decoded.packed,
        lines: log.lines.len(),
        entries: log.entries.len(),
        levels,
        traces: log.entries.iter().filter(|entry| entry.trace).count(),
        first_at: range.map(|range| shown(range.0)),
        last_at: range.map(|range| shown(range.1)),
        dated: stamps().all(|stamp| stamp.dated),
        utc_offset_minutes: stamps().next().and_then(|stamp| stamp.offset),
        slices,
        slice_seconds,
        patterns: patterns(log, classes),
        pattern_count: classes.patterns.len(),
        diagnosis: None,
    }
}

fn most(entries: &[Entry<'_>]) -> Format {
    let formats = [
        Format::Application,
        Format::Syslog,
        Format::Access,
        Format::WebServer,
        Format::Android,
        Format::Json,
    ];
    let count = |format: &Format| entries.iter().filter(|entry| entry.format == *format).count();
    let found = formats.into_iter().map(|format| (count(&format), format)).max_by_key(|(count, _)| *count);
    found.filter(|(count, _)| *count > 0).map_or(Format::Plain, |(_, format)| format)
}

/// Entries over time, in steps that people read easily.
fn slices(log: &Log<'_>, (first, last): (i64, i64)) -> (Vec<LogSlice>, i64) {
    let span = (last - first) / 1000;
    let fits = |step: &i64| (last.div_euclid(step * 1000) - first.div_euclid(step * 1000)) < MAX_SLICES;
    let step = STEPS.into_iter().find(fits).unwrap_or(span / (MAX_SLICES - 2) + 1);
    let start = first.div_euclid(step * 1000);
    let count = usize::try_from(last.div_euclid(step * 1000) - start + 1).unwrap_or(1);
    let mut slices: Vec<LogSlice> = (0..count)
        .map(|at| LogSlice {
            at: shown((start + i64::try_from(at).unwrap_or(0)) * step * 1000),
            counts: LevelCounts::default(),
            line: None,
        })
        .collect();
    for entry in &log.entries {
        let Some(stamp) = entry.stamp else { continue };
        let at = usize::try_from(stamp.millis.div_euclid(step * 1000) - start).unwrap_or(0);
        if let Some(slice) = slices.get_mut(at) {
            slice.counts.add(entry.level);
            slice.line.get_or_insert(entry.first + 1);
        }
    }
    (slices, step)
}

fn patterns(log: &Log<'_>, classes: &Classes) -> Vec<LogPattern> {
    let mut order: Vec<&Class> = classes.patterns.iter().collect();
    // Failures before warnings before all else; what is frequent first, and in the order of the file.
    let weight = |class: &Class| class.level.filter(|level| *level >= Level::Warn);
    order.sort_by(|a, b| (weight(b), b.count, a.first).cmp(&(weight(a), a.count, b.first)));
    let time = |at: usize| Some(shown(log.entries.get(at)?.stamp?.millis));
    let told = order.into_iter().filter(|class| !class.text.is_empty()).take(MAX_PATTERNS);
    told.map(|class| LogPattern {
        id: class.id(),
        text: class.text.clone(),
        level: class.level,
        count: class.count,
        first_at: time(class.first),
        last_at: time(class.last),
        example: example(log, class),
    })
    .collect()
}

/// The first lines of the first entry of a pattern.
fn example(log: &Log<'_>, class: &Class) -> Vec<LogLine> {
    let Some(entry) = log.entries.get(class.first) else { return Vec::new() };
    let lines = log.lines_of(entry).iter().take(4).enumerate();
    lines.map(|(at, line)| shown_line(entry.first + at, line, entry, 300)).collect()
}

#[cfg(test)]
mod tests {
    use heard_kernel::Timestamp;

    use super::*;
    use crate::{entries::cut, pattern::classify, stamp::Day};

    fn of(text: &str) -> LogOverview {
        let log = cut(text, Day::of(Timestamp::from_millis(1_772_323_200_000))).unwrap();
        let decoded = Decoded { text: text.into(), encoding: Encoding::Utf8, packed: false };
        overview(&decoded, &log, &classify(&log))
    }

    #[test]
    fn counts_and_slices_add_up() {
        let mut text = String::new();
        for minute in 0..50 {
            let level = if minute % 10 == 0 { "ERROR" } else { "INFO" };
            text.push_str(&format!("2026-02-03 04:{minute:02}:30 {level} item {minute}\n"));
        }
        text.push_str("\tat a.B.c(B.java:1)\n");
        let overview = of(&text);
        assert_eq!((overview.lines, overview.entries, overview.traces), (51, 50, 1));
        assert_eq!((overview.levels.error, overview.levels.info), (5, 45));
        assert_eq!((overview.slice_seconds, overview.slices.len()), (60, 50));
        let total: usize = overview.slices.iter().map(|slice| slice.counts.error + slice.counts.info).sum();
        assert_eq!(total, 50);
        assert_eq!(overview.slices[10].at, "2026-02-03T04:10:00");
        assert_eq!((overview.slices[10].counts.error, overview.slices[10].line), (1, Some(11)));
        assert_eq!(overview.first_at.as_deref(), Some("2026-02-03T04:00:30"));
        assert_eq!((overview.format, overview.dated), (Format::Application, true));
    }

    #[test]
    fn failures_come_first_whatever_their_number() {
        let text = "INFO up 1\nINFO up 2\nINFO up 3\nWARN slow 1\nWARN slow 2\nERROR no\n";
        let found: Vec<_> =
            of(text).patterns.into_iter().map(|pattern| (pattern.text, pattern.count)).collect();
        assert_eq!(found, [("no".to_owned(), 1), ("slow #".to_owned(), 2), ("up #".to_owned(), 3)]);
    }

    #[test]
    fn any_range_of_times_is_cut_into_few_slices() {
        let overview = of("0001-01-01 00:00:00 a\n9998-12-31 23:59:59 b\n2026-02-03 04:05:06 c\n");
        assert!(overview.slices.len() <= 60, "{}", overview.slices.len());
        let counted: usize = overview.slices.iter().map(|slice| slice.counts.none).sum();
        assert_eq!(counted, 3);
        let empty = of("");
        assert!(empty.slices.is_empty() && empty.patterns.is_empty() && empty.first_at.is_none());
    }
}
