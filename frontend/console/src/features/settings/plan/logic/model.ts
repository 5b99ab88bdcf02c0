import type * as schema from "@/api/schema";

/** A document with everything there that a writer may leave out: what the server gives and the forms edit. */
type Whole<T> = T extends (infer E)[]
  ? Whole<E>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T;

/** What a version of a plan says. */
export type Doc = Whole<schema.Plan>;
export type DocText = Whole<schema.PlanText>;
export type DocCategory = Doc["categories"][number];
export type DocView = Doc["views"][number];
export type DocType = Doc["case_types"][number];
export type DocField = Doc["fields"][number];
export type DocLevel = Doc["severities"][number];
export type DocDepartment = Doc["departments"][number];
export type DocFlow = Doc["flows"][number];
export type DocStage = DocFlow["stages"][number];
export type DocClock = Doc["clocks"][number];
export type DocLimit = Whole<schema.ClockLimit>;
export type DocMoment = DocClock["start"];
export type DocCondition = DocClock["when"];
export type DocEscalation = Doc["escalations"][number];
export type DocStep = DocEscalation["steps"][number];
export type DocAction = DocStep["actions"][number];
export type DocRecipient = Whole<schema.EscalationRecipient>;
export type DocAlarm = Doc["alarms"][number];
export type DocTemplate = Doc["templates"][number];
export type DocPart = DocTemplate["parts"][number];
export type DocPlaybook = Doc["playbooks"][number];
export type DocRemedy = Doc["remedies"][number];
export type DocCause = Doc["causes"][number];
export type DocCard = Doc["cards"][number];
export type DocWording = Doc["wording"][number];
export type DocIntake = Doc["intake"][number];
export type DocReminder = Doc["reminders"][number];
export type DocPriority = Doc["priorities"][number];

/** A version with its history, as the editor has it. */
export type VersionView = Omit<schema.PlanVersionView, "content"> & { content: Doc };

/** A section of the document. */
export type Section = keyof Doc;

/** Every section in the order of the document. */
export const sectionNames: readonly Section[] = [
  "calendar",
  "case_types",
  "categories",
  "views",
  "severities",
  "urgencies",
  "difficulties",
  "priorities",
  "departments",
  "fields",
  "intake",
  "flows",
  "clocks",
  "reminders",
  "escalations",
  "chains",
  "alarms",
  "templates",
  "playbooks",
  "remedies",
  "causes",
  "cards",
  "wording",
  "closing",
];

/** A copy that shares nothing with what it was made of. */
export const copyOf = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T));
export const stageKinds = [
  "record",
  "acknowledge",
  "classify",
  "accept",
  "answer",
  "hand_over",
  "examine",
  "handle",
  "tell",
  "follow_up",
  "archive",
] as const satisfies readonly schema.StageKind[];
export const needs = [
  "contact",
  "facts",
  "occurred_at",
  "impact",
  "remedy_sought",
  "understanding_confirmed",
  "acknowledgement",
  "category",
  "severity",
  "urgency",
  "difficulty",
  "decision",
  "owner",
  "handovers_closed",
  "tasks_done",
  "solution",
  "prevention",
  "demand_judged",
  "cause",
  "upheld",
  "remedy",
  "result_notice",
  "satisfaction",
  "summary",
] as const satisfies readonly schema.Need[];
export const priorities = ["urgent", "high", "normal", "low"] as const satisfies readonly schema.CasePriority[];
export const moods = ["calm", "worried", "dissatisfied", "angry"] as const satisfies readonly schema.CustomerMood[];
export const topics = [
  "listening",
  "wording",
  "manners",
  "tone",
  "asking",
  "solution",
  "soothing",
  "reception",
  "calm",
] as const satisfies readonly schema.CardTopic[];
export const wordingKinds = [
  "dialect",
  "slang",
  "cold",
  "vague",
  "jargon",
] as const satisfies readonly schema.WordingKind[];
export const templateKinds = [
  "acknowledgement",
  "progress",
  "delay",
  "question",
  "result",
  "explanation",
  "follow_up",
] as const satisfies readonly schema.TemplateKind[];
export const remedyKinds = [
  "refund",
  "replacement",
  "repair",
  "substitution",
  "technical_assistance",
  "information",
  "referral",
  "financial_assistance",
  "other_assistance",
  "compensation",
  "apology",
  "goodwill",
  "change",
] as const satisfies readonly schema.RemedyKind[];
export const stepKinds = [
  "task",
  "diagnosis",
  "workaround",
  "solution",
  "prevention",
  "demand_judgement",
  "tracking",
  "lesson",
  "training",
] as const satisfies readonly schema.PlaybookStepKind[];
export const fieldKinds = [
  "text",
  "long_text",
  "number",
  "money",
  "date",
  "instant",
  "choice",
  "choices",
  "flag",
  "url",
] as const satisfies readonly schema.PlanFieldKind[];
export const pauseReasons = ["customer", "third_party", "other"] as const satisfies readonly schema.ClockPauseReason[];
/** Built-in roles that can have authority, the least first. */
export const authorityRoles = ["agent", "department_handler", "supervisor", "manager", "administrator"] as const;
