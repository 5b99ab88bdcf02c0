import type { Id, Json, TagRef, TeamRef, Time, UserRef } from "./types";
export type ClockLimit = { unit: "working_minutes" | "calendar_minutes"; minutes: number } | { unit: "working_days"; days: number; mode?: string } | { unit: "instant"; at: Time };
export type CaseState = "open" | "waiting_customer" | "waiting_third_party" | "on_hold" | "archived";
export type CaseSource = "conversation" | "phone" | "visit" | "letter" | "email" | "in_app" | "api" | "other";
export type CaseDecision = "accepted" | "refused";
export type CaseDemand = "reasonable" | "unreasonable";
export type CaseUpheld = "yes" | "partly" | "no" | "unjustified";
export type CaseOutcome = "solved" | "partly" | "unsolved" | "refused" | "withdrawn";
export type CaseClockState = "none" | "running" | "paused" | "soon" | "overdue";
export type CaseRole = "participant" | "watcher" | "recused";
export type CaseStageEnding = "done" | "skipped" | "returned" | "replaced" | "cut";
export type CaseWaitEnding = "resumed" | "customer_message" | "replaced" | "archived";
export type EvidenceGiver = "customer" | "team" | "third_party";
export type CasePriority = "urgent" | "high" | "normal" | "low";
export type StageKind = "record" | "acknowledge" | "classify" | "accept" | "answer" | "hand_over" | "handle" | "tell" | "follow_up" | "archive";
export type ClockPauseReason = "customer" | "third_party" | "other";
export interface PlanName { key: string; name: string }
export interface CaseContact { id: Id; display_name: string }
export interface CaseStage { key: string; name: string; kind: StageKind; since: Time | null }
export interface Case {
  id: Id; number: string; title: string; type: PlanName; state: CaseState; stage: CaseStage | null; plan_version_id: Id;
  category: PlanName | null; severity: PlanName | null; urgency: PlanName | null; difficulty: PlanName | null; priority: CasePriority;
  source: CaseSource; received_at: Time; recorded_at: Time; record_delay_ms: number; contact: CaseContact | null; owner: UserRef | null;
  team: TeamRef | null; department: PlanName | null; next_due_at: Time | null; clock_state: CaseClockState; waiting_since: Time | null;
  tags: TagRef[]; group_id: Id | null; parent_id: Id | null; merged_into: Id | null; decision: CaseDecision | null;
  solvable_at_once: boolean | null; demand: CaseDemand | null; cause: PlanName | null; upheld: CaseUpheld | null; outcome: CaseOutcome | null;
  satisfaction: number | null; reopened_count: number; external_ref: string | null; custom: Record<string, Json>; updated_at: Time;
  archived_at: Time | null; version: number;
}
export interface Complainant { name: string; contact: string }
export interface Understanding { at: Time; by: Id | null; how: string }
export interface CaseSolution { steps: string; tools: string; risks: string; feasibility: string; department: string; complete_by: Time | null }
export interface CaseRecord {
  facts: string; judgement: string; occurred_at: Time | null; impact: string; remedy_sought: string; understanding: Understanding | null;
  decision_reason: string; demand_explanation: string; solution: CaseSolution; workaround: string; prevention: string; summary: string;
  lesson: string; satisfaction_words: string; satisfaction_unsaid: boolean;
}
export interface FlowStage {
  key: string; name: string; hint: string; kind: StageKind; optional: boolean; current: boolean; begun_at: Time | null; ended_at: Time | null;
  ending: CaseStageEnding | null; reason: string | null; ended_by: UserRef | null;
}
export interface CaseConversation { id: Id; no: number | null; subject: string | null; linked_at: Time }
export interface Evidence {
  id: Id; attachment_id: Id; name: string; kind: string; size: number; sha256: string; note: string; given_by: EvidenceGiver;
  conversation_id: Id | null; message_id: Id | null; added_at: Time; added_by: UserRef | null; removed_at: Time | null; removed_by: UserRef | null;
  removal_reason: string | null;
}
export interface CaseWait { reason: ClockPauseReason; note: string; begun_at: Time; begun_by: UserRef | null; ended_at: Time | null; ending: CaseWaitEnding | null }
export interface RecusedUser { user: UserRef; reason: string; since: Time }
export interface CaseRights { work: boolean; assign: boolean; manage: boolean; export: boolean }
export interface CaseLack { need: string | null; field: string | null; text: string }
export type CaseDetail = Case & {
  complainant: Complainant; record: CaseRecord; priority_reason: string; severity_proposed: PlanName | null; stages: FlowStage[];
  missing: CaseLack[]; waits: CaseWait[]; participants: UserRef[]; watchers: UserRef[]; recused: RecusedUser[]; joint_teams: TeamRef[];
  conversations: CaseConversation[]; evidence: Evidence[]; created_by: UserRef | null; may: CaseRights;
};
export interface CaseCompletenessItem { stage: string; what: CaseLack; present: boolean }
export interface CaseCompleteness { items: CaseCompletenessItem[]; present: number; total: number }
export interface TeamCaseCount { team_id: Id; open: number; unassigned: number; overdue: number }
export interface CaseCounts {
  all: number; mine: number; unassigned: number; due_soon_mine: number; overdue_mine: number; due_soon: number; overdue: number; teams: TeamCaseCount[];
}
export interface DraftEvidence { attachment_id: Id; name: string; kind: string; size: number; message_id: Id; message_no: number }
export interface KnownCase { id: Id; number: string; title: string; linked: boolean }
export interface CaseDraft {
  conversation_id: Id; title: string; contact_id: Id; complainant: Complainant; source: CaseSource; received_at: Time; facts: string;
  evidence: DraftEvidence[]; custom: Record<string, Json>; known_cases: KnownCase[];
}
export interface CaseClassification {
  type_key?: string | null; category_key?: string | null; severity_key?: string | null; urgency_key?: string | null; difficulty_key?: string | null;
  solvable_at_once?: boolean | null;
}
export interface UnderstandingConfirmed { how: string; at?: Time | null }
export interface CaseFields {
  title?: string; contact_id?: Id | null; complainant?: Complainant; source?: CaseSource; facts?: string; judgement?: string;
  occurred_at?: Time | null; impact?: string; remedy_sought?: string; understanding?: UnderstandingConfirmed | null; decision?: CaseDecision | null;
  decision_reason?: string; solvable_at_once?: boolean | null; demand?: CaseDemand | null; demand_explanation?: string; solution?: CaseSolution;
  workaround?: string; prevention?: string; cause_key?: string | null; upheld?: CaseUpheld | null; outcome?: CaseOutcome | null; summary?: string;
  lesson?: string; satisfaction?: number | null; satisfaction_words?: string; satisfaction_unsaid?: boolean; custom?: Record<string, Json>;
  external_ref?: string;
}
export interface NewCase {
  classification: CaseClassification; fields: CaseFields; received_at?: Time | null; conversation_ids?: Id[];
  evidence?: { attachment_id: Id; note?: string; given_by?: EvidenceGiver | null }[]; tag_ids?: Id[]; owner_id?: Id | null; team_id?: Id | null;
  take?: boolean; parent_id?: Id | null;
}
export interface PlanText { zh: string; en: string }
export type ClockState = "not_started" | "running" | "warning" | "paused" | "met" | "breached" | "met_late" | "cancelled";
export interface ClockPause { from: Time; to: Time | null; reason: ClockPauseReason }
export interface ClockAssessment {
  now: Time; state: ClockState; verdict: "met" | "breached" | null; started_at: Time | null; due: Time | null; due_if_resumed: Time | null;
  stopped_at: Time | null; breached_at: Time | null; remaining_ms: number | null; remaining_working_ms: number | null; elapsed_ms: number;
  elapsed_unpaused_ms: number; elapsed_working_ms: number; pauses: ClockPause[];
}
export interface Clock {
  id: Id; subject_kind: "case" | "promise" | "hand_over" | "task"; subject_id: Id; case_id: Id | null; owner_id: Id | null; key: string; name: PlanText;
  source: PlanText; policy: ClockLimit & { pause_on?: ClockPauseReason[]; warn_at?: number[] }; calendar: string; escalation: string | null;
  next_extension: ClockLimit | null; strictest: boolean; assessment: ClockAssessment; version: number;
}
export interface CaseClocks { clocks: Clock[]; verdict: "met" | "breached" | null }
export interface ClockFact {
  what: string; at: Time; noted_at: Time | null; actor_kind: string; user: UserRef | null; reason: string | null; waits_for: ClockPauseReason | null;
  share: number | null; minutes: number | null; former_due_at: Time | null;
}
export interface CountedSpan { date: string; from: Time; to: Time }
export type ClockExplanation = Clock & {
  outcome: { calendar: string; time_zone: string; counted: CountedSpan[]; counted_omitted?: number; days?: string[]; pauses: { from: Time; to: Time | null; minutes: number }[] } | null;
  words: string[]; history: ClockFact[];
};
export interface PlanLevel { key: string; name: PlanText; hint?: PlanText }
export interface PlanCaseType { key: string; name: PlanText; flow: string }
export interface PlanCategory { key: string; parent?: string | null; name: PlanText; hint?: PlanText; department?: string | null; severity?: string | null }
export interface PlanCategoryView { key: string; name: PlanText; classes: { key: string; name: PlanText; categories: string[] }[] }
export interface PlanCauseNode { key: string; parent?: string | null; name: PlanText; hint?: PlanText }
export interface PlanFieldDef {
  key: string; name: PlanText; hint?: PlanText; kind: "text" | "long_text" | "number" | "money" | "date" | "instant" | "choice" | "choices" | "flag" | "url";
  options?: { key: string; name: PlanText }[]; min?: number | null; max?: number | null; case_types?: string[]; categories?: string[]; required_at?: StageKind | null;
}
export type CustomerMood = "calm" | "worried" | "dissatisfied" | "angry";
export interface PlanCard { key: string; topic: string; title: PlanText; body: PlanText; stages?: StageKind[]; moods?: CustomerMood[]; case_types?: string[] }
export interface PlanTemplatePart { key: string; name: PlanText; body: PlanText; mandatory?: boolean }
export interface PlanTemplate { key: string; kind: string; name: PlanText; parts: PlanTemplatePart[] }
export interface PlanFlow { key: string; name: PlanText; stages: { key: string; kind: StageKind; name: PlanText; hint?: PlanText; optional?: boolean }[] }
export interface Plan {
  case_types: PlanCaseType[]; categories: PlanCategory[]; views: PlanCategoryView[]; severities: PlanLevel[]; urgencies: PlanLevel[];
  difficulties: PlanLevel[]; departments: { key: string; name: PlanText; duty?: PlanText; team_id?: Id | null }[]; fields: PlanFieldDef[];
  flows: PlanFlow[]; templates: PlanTemplate[]; causes: PlanCauseNode[]; cards: PlanCard[];
  remedies: { key: string; kind: string; name: PlanText; has_amount?: boolean }[];
}
export interface PinnedPlan { plan_id: Id; version_id: Id; no: number; plan: Plan }
export type TemplateKind = "acknowledgement" | "progress" | "delay" | "question" | "result" | "explanation" | "follow_up";
export type NoticeChannel = "conversation" | "phone" | "letter" | "email" | "sms" | "in_app" | "visit";
export interface NoticePart { key: string; name: string; mandatory: boolean; text: string }
export interface CaseNotice {
  id: Id; case_id: Id; template_key: string; kind: TemplateKind; locale: string; channel: NoticeChannel; conversation_id: Id | null; message_id: Id | null;
  told_to: string; told_at: Time; note: string; sha256: string; sent_by: Id | null; sent_at: Time; parts: NoticePart[]; sender: UserRef | null;
}
export interface NoticeDraftPart { key: string; name: string; mandatory: boolean; text: string; gaps: string[] }
export interface NoticeDraft { template: string; kind: TemplateKind; name: string; locale: "zh-CN" | "en"; parts: NoticeDraftPart[] }
export interface NewNotice {
  template: string; locale?: "zh-CN" | "en" | null; parts: Record<string, string>; channel: NoticeChannel; conversation_id?: Id | null; told_to?: string | null;
  told_at?: Time | null; note?: string;
}
export type TaskState = "open" | "done" | "not_needed" | "aside";
export type PlaybookStepKind = "task" | "diagnosis" | "workaround" | "solution" | "prevention" | "demand_judgement" | "tracking" | "lesson" | "training";
export interface CaseTask {
  id: Id; case_id: Id; playbook_key: string; step_key: string; kind: PlaybookStepKind; stage_kind: StageKind | null; required: boolean; department_key: string | null;
  team_id: Id | null; assignee_id: Id | null; state: TaskState; outcome: string; place: number; due_at: Time | null; created_at: Time; created_by: Id | null;
  ended_at: Time | null; ended_by: Id | null; version: number; words: string; how: string; assignee: UserRef | null; team: TeamRef | null; ended_by_user: UserRef | null;
}
export type HandoverState = "asked" | "accepted" | "done" | "closed" | "sent_back" | "withdrawn";
export interface CaseHandover {
  id: Id; case_id: Id; no: number; department_key: string | null; team_id: Id; scope: string; joint: boolean; state: HandoverState; note: string; handler_id: Id | null;
  due_at: Time | null; result: string; reason: string; asked_at: Time; asked_by: Id | null; accepted_at: Time | null; done_at: Time | null; ended_at: Time | null;
  team: TeamRef | null; asker: UserRef | null; handler: UserRef | null; ender: UserRef | null;
}
export type RemedyState = "asked" | "granted" | "refused" | "withdrawn";
export interface CaseRemedy {
  id: Id; case_id: Id; remedy_key: string; kind: string; amount: number | null; note: string; state: RemedyState; reason: string; asked_at: Time; asked_by: Id | null;
  decided_at: Time | null; decided_by: Id | null; asker: UserRef | null; decider: UserRef | null;
}
export interface ProgressLink { id: Id; created_at: Time; created_by: Id | null; opened_at: Time | null; revoked_at: Time | null; revoked_by: Id | null; creator: UserRef | null; url: string | null }
export interface ProgressInput { id: Id; kind: "words" | "answer" | "rating"; body: string; answer: string; at: Time; file_names: string[] }
export interface CaseTimelineEntry { seq: number; kind: string; at: Time; actor_kind: string; actor: UserRef | null; subject_kind: string; subject_id: Id; data: Record<string, Json> }
export interface CaseSavedView { id: Id; owner_id: Id; name: string; shared: boolean; filters: Record<string, string>; columns: string[]; version: number }
export interface Alert { id: Id; user_id: Id; kind: string; case_id: Id; at: Time; read_at: Time | null; params: { number: string; title: string; name: PlanText }; text: string }
export interface AlertCount { unread: number }
export type PromiseState = "open" | "kept" | "broken" | "withdrawn";
export interface CasePromise { id: Id; body: string; state: string; owner: UserRef; case_id: Id | null; conversation_id: Id | null; message_id: Id | null; created_by: UserRef; promised_at: Time; done_at: Time | null; reason: string | null; created_at: Time; clock: Clock; version: number }
