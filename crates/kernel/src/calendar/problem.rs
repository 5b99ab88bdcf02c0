//! What can be wrong with a calendar, an arrangement, an import or a calculation, with texts in both languages.

use std::fmt;

use serde::Serialize;

use crate::{Code, Error, FieldError, Locale};

/// Codes of this module. Their texts are in [`codes::TEXTS`].
pub mod codes {
    use crate::Code;

    macro_rules! codes {
        ($($name:ident $id:literal $zh:literal $en:literal)*) => {
            $(#[doc = $en] pub const $name: Code = Code::new($id, 422);)*
            /// Code, Chinese and English text; `{name}` stands for a value.
            pub const TEXTS: &[(Code, &str, &str)] = &[$(($name, $zh, $en)),*];
        };
    }

    codes! {
        SYNTAX "calendar_syntax"
            "第 {line} 行第 {column} 列：应为{expected_zh}" "line {line}, column {column}: expected {expected}"
        SHAPE "calendar_shape_invalid"
            "写法不对，应为{expected_zh}" "expected {expected}"
        FIELD_UNKNOWN "calendar_field_unknown"
            "没有字段“{value}”；{hint_zh}" "unknown field \"{value}\"; {hint}"
        NAME_INVALID "calendar_name_invalid"
            "日历名称须为 1 到 {max} 个字符" "a calendar's name has 1 to {max} characters"
        NAMES_DIFFER "calendar_names_differ"
            "名称“{value}”与所在的键“{key}”不同，请删去其一" "the name \"{value}\" differs from its key \"{key}\"; leave one out"
        TIME_ZONE_UNKNOWN "calendar_time_zone_unknown"
            "时区“{value}”不存在，请使用 IANA 名称，例如 Asia/Shanghai" "time zone \"{value}\" is unknown; use an IANA name such as Asia/Shanghai"
        WEEKDAY_INVALID "calendar_weekday_invalid"
            "“{value}”不是星期，请写 mon 至 sun、mon-fri 或 周一" "\"{value}\" is not a weekday; write mon to sun, mon-fri or 周一"
        WEEKDAY_TWICE "calendar_weekday_twice"
            "“{value}”的班次写了两次，请合并" "the shifts of \"{value}\" are given twice; merge them"
        SPAN_INVALID "calendar_span_invalid"
            "“{value}”不是时间段，请写 09:00-18:00；结束不晚于开始表示次日，全天写 00:00-24:00"
            "\"{value}\" is not a span; write 09:00-18:00, an end before the start lies on the next day, a whole day is 00:00-24:00"
        SPANS_OVERLAP "calendar_spans_overlap"
            "时间段 {first} 与 {second} 重叠，请调整" "the spans {first} and {second} overlap; change one"
        DATE_INVALID "calendar_date_invalid"
            "“{value}”不是日期，请写 2026-10-01" "\"{value}\" is not a date; write 2026-10-01"
        YEARLY_INVALID "calendar_yearly_invalid"
            "“{value}”不是每年的日期，请写 12-25" "\"{value}\" is not a day of the year; write 12-25"
        RANGE_INVALID "calendar_range_invalid"
            "{from} 至 {to} 不是有效的日期范围（最多 {max} 天）" "{from} to {to} is not a range of at most {max} days"
        HOLIDAY_INVALID "calendar_holiday_invalid"
            "假日须且只须写 date、from 和 to、yearly 三者之一" "a holiday has exactly one of date, from with to, or yearly"
        DATE_TWICE "calendar_date_twice"
            "{date} 写了两次，请只保留一项" "{date} is given twice; keep one"
        TOO_MANY "calendar_too_many"
            "条目过多，最多 {max} 条" "too many entries, at most {max}"
        NO_WORKING_TIME "calendar_no_working_time"
            "日历中没有工作时间，请添加班次" "the calendar has no working time; add shifts"
        ALWAYS_OPEN_WITH_SHIFTS "calendar_always_open_with_shifts"
            "24x7 日历每天都算，不能再写班次、假日或调休，请删去或把 kind 改为 shifts"
            "a 24x7 calendar counts every day and takes no shifts, holidays or arrangement; remove them or set kind to shifts"
        ARRANGEMENT_UNKNOWN "calendar_arrangement_unknown"
            "没有名为“{value}”的放假安排，可用：{known}" "there is no arrangement \"{value}\"; known: {known}"
        CALENDAR_UNKNOWN "calendar_unknown"
            "没有名为“{value}”的日历，可用：{known}" "there is no calendar \"{value}\"; known: {known}"
        ARRANGEMENT_CONFLICT "arrangement_conflict"
            "{date} 既是休息日又是上班日，请改正" "{date} is both a day off and a workday; correct it"
        ARRANGEMENT_NAME_UNKNOWN "arrangement_name_unknown"
            "节日“{value}”没有在 [names] 中写明" "the holiday \"{value}\" is not in [names]"
        ARRANGEMENT_YEAR_MISMATCH "arrangement_year_mismatch"
            "{date} 不属于 {year} 年的安排" "{date} does not belong to the arrangement of {year}"
        ARRANGEMENT_YEAR_INVALID "arrangement_year_invalid"
            "年份须在 {first} 至 {last} 之间，且每年只写一次" "a year lies between {first} and {last} and is given once"
        ARRANGEMENT_EMPTY "arrangement_empty"
            "文件中没有任何年份的安排" "the file holds no year"
        ICS_NOT_A_CALENDAR "ics_not_a_calendar"
            "不是 iCalendar 文件（缺少 BEGIN:VCALENDAR）" "this is no iCalendar file (BEGIN:VCALENDAR is missing)"
        FILE_TOO_LARGE "calendar_file_too_large"
            "文件超过 {max} 字节" "the file has more than {max} bytes"
        FIELD_MISSING "clock_field_missing"
            "缺少字段 {field}" "the field {field} is missing"
        KIND_UNKNOWN "clock_kind_unknown"
            "未知的 kind“{value}”，可用：{known}" "unknown kind \"{value}\"; known: {known}"
        INSTANT_INVALID "clock_instant_invalid"
            "“{value}”不是带时区的时刻，请写 2026-09-18T17:00:00+08:00" "\"{value}\" is not an instant with an offset; write 2026-09-18T17:00:00+08:00"
        INSTANT_OUT_OF_RANGE "clock_instant_out_of_range"
            "时刻超出可计算的年份 {first} 至 {last}" "the instant lies outside the years {first} to {last}"
        AMOUNT_INVALID "clock_amount_invalid"
            "{field} 须为 0 到 {max} 的整数" "{field} is a whole number from 0 to {max}"
        END_BEFORE_START "clock_end_before_start"
            "结束早于开始" "the end lies before the start"
        PAUSE_REVERSED "clock_pause_reversed"
            "暂停的结束早于开始" "a pause ends before it starts"
        TOO_FAR "clock_too_far"
            "到 {last} 年为止工作时间不够" "there is not enough working time until the year {last}"
    }
}

/// One thing that is wrong.
#[derive(Clone, PartialEq, Debug)]
pub struct Problem {
    /// Where in the document, as `week.fri[1]`; empty for the whole.
    pub path: String,
    /// What is wrong.
    pub code: Code,
    /// Values for the text.
    pub params: Vec<(&'static str, String)>,
}

impl Problem {
    pub(crate) fn new(path: impl Into<String>, code: Code) -> Self {
        Self { path: path.into(), code, params: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    /// The problem in words, without its place.
    pub fn text(&self, locale: Locale) -> String {
        let found = codes::TEXTS.iter().find(|(code, ..)| *code == self.code);
        let mut text = found
            .map_or(self.code.id, |(_, zh, en)| match locale {
                Locale::ZhCn => zh,
                Locale::En => en,
            })
            .to_owned();
        for (name, value) in &self.params {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, colon) = (&self.path, if self.path.is_empty() { "" } else { ": " });
        write!(f, "{path}{colon}{}", self.text(Locale::En))
    }
}

impl std::error::Error for Problem {}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Problems::from(problem).into()
    }
}

/// Everything that is wrong with a document or a calculation; never empty.
#[derive(Clone, PartialEq, Debug)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// All of them, in the order of the document.
    pub fn all(&self) -> &[Problem] {
        &self.0
    }

    /// The first one.
    pub fn first(&self) -> &Problem {
        &self.0[0]
    }

    /// `Ok` when nothing is wrong.
    pub(crate) fn none_of(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self(problems)) }
    }

    /// The same problems with their places moved below `prefix`.
    #[must_use]
    pub fn below(mut self, prefix: &str) -> Self {
        for problem in &mut self.0 {
            let joint = if problem.path.is_empty() || problem.path.starts_with('[') { "" } else { "." };
            problem.path = format!("{prefix}{joint}{}", problem.path);
        }
        self
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        let fields = problems.0.into_iter().map(|problem| FieldError {
            field: problem.path,
            code: problem.code,
            params: problem.params.into_iter().map(|(name, value)| (name, value.into())).collect(),
        });
        Self::fields(fields.collect())
    }
}

/// The first problem as JSON of an error line.
#[derive(Serialize)]
pub(crate) struct ProblemLine<'a> {
    code: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    field: &'a str,
    message: String,
    message_zh: String,
}

impl<'a> From<&'a Problem> for ProblemLine<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            code: problem.code.id,
            field: &problem.path,
            message: problem.text(Locale::En),
            message_zh: problem.text(Locale::ZhCn),
        }
    }
}
