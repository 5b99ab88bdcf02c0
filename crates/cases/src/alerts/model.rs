//! Alerts as they are stored.

use heard_desk::conversations::ConversationId;
use heard_kernel::{Locale, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{id_type, words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    cases::{CaseId, stored},
    plans::{PlanId, PlanVersionId, Text},
};

id_type!(
    /// Names an alert.
    AlertId
);

words! {
    /// What an alert is about.
    AlertKind {
        /// A clock has used up a share of its limit.
        ClockWarned => "clock_warned",
        /// A clock ran out.
        ClockBreached => "clock_breached",
        /// A clock is late and still open.
        ClockOverdue => "clock_overdue",
        /// A case became such that the plan has it told at once.
        Alarm => "alarm",
        /// It is reported to a superior.
        Report => "report",
        /// A department is asked to take a case.
        HandoverAsked => "handover_asked",
        /// A department sent a case back.
        HandoverSentBack => "handover_sent_back",
        /// A department has done its part.
        HandoverDone => "handover_done",
        /// The result of a hand-over is not accepted; the department goes on.
        HandoverReopened => "handover_reopened",
        /// A task was given to somebody.
        TaskAssigned => "task_assigned",
        /// A remedy needs approval.
        RemedyAsked => "remedy_asked",
        /// A remedy that one asked for was granted.
        RemedyGranted => "remedy_granted",
        /// A remedy that one asked for was refused.
        RemedyRefused => "remedy_refused",
        /// The customer wrote on the progress page.
        CustomerSaid => "customer_said",
        /// The customer said on the progress page that it is not solved.
        NotSolved => "not_solved",
        /// The customer did not answer to the result: the case counts as followed up.
        Silent => "silent",
        /// The customer is not satisfied with how it was handled.
        LowRating => "low_rating",
        /// It is time to look how a case goes on.
        Reminder => "reminder",
        /// A promise to the customer must be kept soon.
        PromiseNear => "promise_near",
        /// A promise to the customer was not kept in time.
        PromiseBroken => "promise_broken",
        /// A promise to the customer is one's to keep now: whoever made it is recused from the case.
        PromiseGiven => "promise_given",
        /// A version of a plan waits for one's review.
        PlanSubmitted => "plan_submitted",
        /// A version of a plan that one wrote was approved.
        PlanApproved => "plan_approved",
        /// A version of a plan that one wrote was sent back.
        PlanSentBack => "plan_sent_back",
    }
}

impl AlertKind {
    /// Whether a clock says it.
    pub(crate) const fn of_clock(self) -> bool {
        matches!(self, Self::ClockWarned | Self::ClockBreached | Self::ClockOverdue)
    }

    /// What it says.
    pub(crate) const fn words(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::ClockWarned, Locale::ZhCn) => "时限即将到期",
            (Self::ClockWarned, Locale::En) => "A deadline is near",
            (Self::ClockBreached, Locale::ZhCn) => "已超过时限",
            (Self::ClockBreached, Locale::En) => "A deadline has passed",
            (Self::ClockOverdue, Locale::ZhCn) => "超时仍未完成",
            (Self::ClockOverdue, Locale::En) => "Late and still not done",
            (Self::Alarm, Locale::ZhCn) => "需要立即关注",
            (Self::Alarm, Locale::En) => "Needs attention at once",
            (Self::Report, Locale::ZhCn) => "上报给您",
            (Self::Report, Locale::En) => "Reported to you",
            (Self::HandoverAsked, Locale::ZhCn) => "转办给您的部门",
            (Self::HandoverAsked, Locale::En) => "Handed over to your department",
            (Self::HandoverSentBack, Locale::ZhCn) => "转办被退回",
            (Self::HandoverSentBack, Locale::En) => "A hand-over was sent back",
            (Self::HandoverDone, Locale::ZhCn) => "转办已办结，请查看结果",
            (Self::HandoverDone, Locale::En) => "A hand-over is done; look at its result",
            (Self::HandoverReopened, Locale::ZhCn) => "处理结果未获认可，请继续处理",
            (Self::HandoverReopened, Locale::En) => "A result was not accepted; please go on with it",
            (Self::TaskAssigned, Locale::ZhCn) => "有任务交给您",
            (Self::TaskAssigned, Locale::En) => "A task was given to you",
            (Self::RemedyAsked, Locale::ZhCn) => "有补救措施待审批",
            (Self::RemedyAsked, Locale::En) => "A remedy needs approval",
            (Self::RemedyGranted, Locale::ZhCn) => "补救措施已批准",
            (Self::RemedyGranted, Locale::En) => "A remedy was approved",
            (Self::RemedyRefused, Locale::ZhCn) => "补救措施未获批准",
            (Self::RemedyRefused, Locale::En) => "A remedy was refused",
            (Self::CustomerSaid, Locale::ZhCn) => "客户在进度页补充了信息",
            (Self::CustomerSaid, Locale::En) => "The customer wrote on the progress page",
            (Self::NotSolved, Locale::ZhCn) => "客户表示问题没有解决",
            (Self::NotSolved, Locale::En) => "The customer says that it is not solved",
            (Self::Silent, Locale::ZhCn) => "客户未答复处理结果，视为已回访",
            (Self::Silent, Locale::En) => "No answer to the result; it counts as followed up",
            (Self::LowRating, Locale::ZhCn) => "客户对处理不满意",
            (Self::LowRating, Locale::En) => "The customer is not satisfied",
            (Self::Reminder, Locale::ZhCn) => "请跟进处理进展",
            (Self::Reminder, Locale::En) => "Time to look how it goes on",
            (Self::PromiseNear, Locale::ZhCn) => "对客户的承诺即将到期",
            (Self::PromiseNear, Locale::En) => "A promise to the customer is due soon",
            (Self::PromiseBroken, Locale::ZhCn) => "对客户的承诺没有按时兑现",
            (Self::PromiseBroken, Locale::En) => "A promise to the customer was not kept in time",
            (Self::PromiseGiven, Locale::ZhCn) => "有一项对客户的承诺转由您兑现",
            (Self::PromiseGiven, Locale::En) => "A promise to the customer is now yours to keep",
            (Self::PlanSubmitted, Locale::ZhCn) => "有预案版本待您审批",
            (Self::PlanSubmitted, Locale::En) => "A version of a plan waits for your review",
            (Self::PlanApproved, Locale::ZhCn) => "您编写的预案版本已批准",
            (Self::PlanApproved, Locale::En) => "Your version of a plan was approved",
            (Self::PlanSentBack, Locale::ZhCn) => "您编写的预案版本被退回修改",
            (Self::PlanSentBack, Locale::En) => "Your version of a plan was sent back",
        }
    }
}

/// What an alert names.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = AlertParams)]
pub struct Params {
    /// Number of the case; of the conversation or the version of the plan when it is about that.
    pub number: String,
    /// What the case is about.
    pub title: String,
    /// The clock, alarm, task, remedy, promise or plan.
    pub name: Text,
    /// Percent of the limit that is used up.
    #[schema(required = true)]
    pub share: Option<u16>,
    /// Minutes after the deadline.
    #[schema(required = true)]
    pub minutes: Option<u32>,
}

/// What an alert is about beside its words: where following it leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum About {
    /// A case.
    Case(CaseId),
    /// A conversation that has no case.
    Conversation(ConversationId),
    /// A version of a plan.
    Plan(PlanId, PlanVersionId),
    /// Nothing that can be opened.
    Nothing,
}

stored! {
    /// Something that a user is told.
    #[derive(Serialize, ToSchema)]
    #[schema(as = AlertRow)]
    Alert {
        /// Its id.
        id: AlertId,
        /// Who is told.
        user_id: UserId,
        /// What it is about.
        kind: AlertKind,
        /// The case that it is about.
        #[schema(required = true)]
        case_id: Option<CaseId>,
        /// The conversation that it is about, when there is no case.
        #[schema(required = true)]
        conversation_id: Option<ConversationId>,
        /// The plan that it is about.
        #[schema(required = true)]
        plan_id: Option<PlanId>,
        /// The version of that plan.
        #[schema(required = true)]
        plan_version_id: Option<PlanVersionId>,
        /// When.
        at: Timestamp,
        /// When it was read.
        #[schema(required = true)]
        read_at: Option<Timestamp>,
    }
    json {
        /// What it names.
        params: Params,
    }
}
