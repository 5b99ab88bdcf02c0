//! Why something is so, in words.

use heard_kernel::Locale;

use crate::{
    cases::model::Case,
    plans::{Level, Need, Plan, Priority},
};

/// What a stage needs, in words.
pub(crate) const fn need_name(need: Need, locale: Locale) -> &'static str {
    let (zh, en) = match need {
        Need::Facts => ("事实经过", "the facts"),
        Need::OccurredAt => ("发生时间", "when it occurred"),
        Need::Impact => ("影响范围", "whom and how much it affects"),
        Need::RemedySought => ("客户诉求", "what the customer wants"),
        Need::Contact => ("投诉人及联系方式", "who complains, with a way to reach them"),
        Need::UnderstandingConfirmed => {
            ("与客户确认理解一致", "the customer's confirmation that they were understood")
        }
        Need::Acknowledgement => ("已发送的受理确认", "an acknowledgement that was sent"),
        Need::Category => ("分类", "the category"),
        Need::Severity => ("严重程度", "the severity"),
        Need::Urgency => ("紧急程度", "the urgency"),
        Need::Difficulty => ("难度", "the difficulty"),
        Need::Decision => (
            "是否受理的决定（不受理须说明理由）",
            "the decision to take it on or, with a reason, to refuse it",
        ),
        Need::Owner => ("负责人", "an owner"),
        Need::HandoversClosed => ("转办全部办结", "all hand-overs closed"),
        Need::TasksDone => ("本环节的必做任务全部完成", "all required tasks of this stage done"),
        Need::Solution => ("解决方案", "the solution"),
        Need::Prevention => ("预防措施", "what keeps it from happening again"),
        Need::DemandJudged => (
            "诉求是否合理的判断（不合理须有说明）",
            "whether the demand is reasonable, with an explanation when not",
        ),
        Need::Cause => ("原因（须选到最末级）", "the cause, down to the last level"),
        Need::Upheld => ("投诉是否成立", "whether the complaint is upheld"),
        Need::Remedy => ("给予的补救", "the remedy that was granted"),
        Need::ResultNotice => ("已发送的结果告知", "a notice of the result that was sent"),
        Need::Satisfaction => {
            ("客户满意度（或注明未表态）", "how satisfied the customer is, or that they did not say")
        }
        Need::Summary => ("处理总结", "a summary"),
    };
    match locale {
        Locale::ZhCn => zh,
        Locale::En => en,
    }
}

const fn priority_name(priority: Priority, locale: Locale) -> &'static str {
    let (zh, en) = match priority {
        Priority::Urgent => ("紧急", "urgent"),
        Priority::High => ("高", "high"),
        Priority::Normal => ("普通", "normal"),
        Priority::Low => ("低", "low"),
    };
    match locale {
        Locale::ZhCn => zh,
        Locale::En => en,
    }
}

/// Why a case has its priority: the row of the plan's table that fits.
pub(crate) fn priority_reason(plan: &Plan, case: &Case, locale: Locale) -> String {
    let fits = |keys: &[String], key: Option<&str>| {
        keys.is_empty() || keys.iter().any(|known| Some(known.as_str()) == key)
    };
    let (severity, urgency) = (case.severity_key.as_deref(), case.urgency_key.as_deref());
    let row = plan
        .priorities
        .iter()
        .position(|row| fits(&row.severities, severity) && fits(&row.urgencies, urgency));
    let level = |level: Option<&Level>| level.map(|level| level.name.in_locale(locale).to_owned());
    let severity = level(severity.and_then(|key| plan.severity(key)));
    let urgency = level(urgency.and_then(|key| plan.urgency(key)));
    let name = priority_name(case.priority, locale);
    match locale {
        Locale::ZhCn => {
            let severity = severity.unwrap_or_else(|| "未定".to_owned());
            let urgency = urgency.unwrap_or_else(|| "未定".to_owned());
            let row = row.map_or("优先级表中没有对应行".to_owned(), |row| {
                format!("优先级表第 {} 行", row + 1)
            });
            format!("严重程度：{severity}；紧急程度：{urgency}。{row}，因此优先级为“{name}”。")
        }
        Locale::En => {
            let severity = severity.unwrap_or_else(|| "not set".to_owned());
            let urgency = urgency.unwrap_or_else(|| "not set".to_owned());
            let row = row.map_or("No row of the table of priorities fits".to_owned(), |row| {
                format!("Row {} of the table of priorities fits", row + 1)
            });
            format!("Severity: {severity}; urgency: {urgency}. {row}, so the priority is {name}.")
        }
    }
}
