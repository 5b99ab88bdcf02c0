// Generated from docs/openapi.json by `npm run schema -w console`.

/** An invitation to be followed. */
export interface AcceptInvitation {
  /** The language of the console. */
  locale: Locale;
  /** The name that is shown. */
  name: string;
  /** The password. */
  password: string;
  /** The end of the link. */
  token: string;
}

/** What a corrective action is against. */
export interface ActionTarget {
  /** Its key there. */
  key: string;
  /** Of which section of the plan. */
  section: ActionTargetSection;
}

/** Of which section of a plan something is. */
export type ActionTargetSection = "cause" | "category";

/** Something that the caller is told. */
export type Alert = AlertRow & {
  /** What it says, in the language of the answer. */
  text: string;
};

/** How many alerts were not read. */
export interface AlertCount {
  /** How many. */
  unread: number;
}

/** Names an alert. */
export type AlertId = string;

/** What an alert is about. */
export type AlertKind = "clock_warned" | "clock_breached" | "clock_overdue" | "alarm" | "report" | "handover_asked" | "handover_sent_back" | "handover_done" | "handover_reopened" | "task_assigned" | "remedy_asked" | "remedy_granted" | "remedy_refused" | "customer_said" | "not_solved" | "silent" | "low_rating" | "reminder" | "promise_near" | "promise_broken" | "promise_given" | "plan_submitted" | "plan_approved" | "plan_sent_back";

/** What an alert names. */
export interface AlertParams {
  /** Minutes after the deadline. */
  minutes: number | null;
  /** The clock, alarm, task, remedy, promise or plan. */
  name?: PlanText;
  /** Number of the case; of the conversation or the version of the plan when it is about that. */
  number?: string;
  /** Percent of the limit that is used up. */
  share: number | null;
  /** What the case is about. */
  title?: string;
}

/** Something that a user is told. */
export interface AlertRow {
  /** When. */
  at: Timestamp;
  /** The case that it is about. */
  case_id: CaseId | null;
  /** The conversation that it is about, when there is no case. */
  conversation_id: ConversationId | null;
  /** Its id. */
  id: AlertId;
  /** What it is about. */
  kind: AlertKind;
  /** What it names. */
  params: AlertParams;
  /** The plan that it is about. */
  plan_id: PlanId | null;
  /** The version of that plan. */
  plan_version_id: PlanVersionId | null;
  /** When it was read. */
  read_at: Timestamp | null;
  /** Who is told. */
  user_id: UserId;
}

/** Which alerts were read. */
export interface AlertsReadBody {
  /** Which ones; all when absent. */
  ids?: AlertId[] | null;
}

/** Settings of the generic channel. */
export interface ApiConfig {
  /** Where replies are posted to, if anywhere. */
  callback_url: string | null;
}

/** An API token. */
export interface ApiToken {
  /** When it was made. */
  created_at: Timestamp;
  /** When it stops to work. */
  expires_at: Timestamp | null;
  /** Which one. */
  id: string;
  /** When it was last used, to five minutes. */
  last_used_at: Timestamp | null;
  /** What it is for. */
  name: string;
  /** How it begins. */
  prefix: string;
  /** The rights that it has, as far as its user has them. */
  scopes: string[];
  /** The token itself, only in the answer to its making. */
  token: string | null;
  /** For whom it acts. */
  user: UserRef;
}

/** How a case is archived before its last stage is done. */
export interface Archiving {
  /** What became of it. */
  outcome: CaseOutcome;
  /** It is archived although promises made in it are open; they have to be kept all the same. */
  promises_go_on?: boolean;
  /** Why it does not go through the rest of its stages. */
  reason: string;
}

/** A day that is worked in place of another. */
export interface ArrangedWorkday {
  /** The day. */
  date: string;
  /** The day off that it makes up for, whose shifts it uses; absent where that is not known. */
  for?: string | null;
}

/** A year of an official arrangement. */
export type ArrangedYear = ArrangementYear & ({
  /** Whether it is part of the product. A loaded year stands in its place. */
  built_in: boolean;
  /** When it was loaded. */
  loaded_at: Timestamp | null;
  /** Who loaded it. */
  loaded_by: UserRef | null;
  /** Where it came from: the name of a file, a notice. */
  source: string;
});

/** Years of an arrangement that are not stored. */
export interface ArrangementReview {
  /** Events of an iCalendar file that were left out, with the reasons; the first ones of many. */
  left_out: IcsLeftOut[];
  /** The years with their days. */
  years: ArrangementYear[];
}

/** The arrangement of one year, as people edit it and as it is stored. */
export interface ArrangementYear {
  /** Days off. */
  rest?: RestDays[];
  /** Days worked in place of others (调休). */
  work?: ArrangedWorkday[];
  /** The year whose notice it is; its first or last days may lie in the neighbouring year. */
  year: number;
}

/** To whom a conversation goes. */
export interface AssignRequest {
  /** The agent; nobody when `null`. */
  assignee_id?: UserId | null;
  /** What the next one should know. */
  note?: string | null;
  /** The team; it stays when absent, or when an agent is named and this is `null`. */
  team_id?: TeamId | null;
}

/** A stored file, as it is shown. */
export interface Attachment {
  /** Whether there is a thumbnail. */
  has_thumbnail: boolean;
  /** Height in pixels, of an image. */
  height: number | null;
  /** Its id. */
  id: AttachmentId;
  /** Whether a browser may show it in the page. */
  inline: boolean;
  /** Media type, found from the content. */
  kind: string;
  /** File name. */
  name: string;
  /** SHA-256 of the content, in hexadecimal. */
  sha256: string;
  /** Bytes. */
  size: number;
  /** Width in pixels, of an image. */
  width: number | null;
}

/** Names an attachment. */
export type AttachmentId = string;

/** Who did something. */
export interface AuditActor {
  /** Which one. */
  id: string | null;
  /** `user`, `contact`, `bot` or `system`. */
  kind: string;
  /** The present name; empty when there is none. */
  name: string;
}

/** An entry with names. */
export interface AuditEntry {
  /** What was done: the kind of the event. */
  action: string;
  /** Who did it. */
  actor: AuditActor;
  /** The network address that the actor came from. */
  address: string | null;
  /** When it happened. */
  at: Timestamp;
  /** Ids and values of the event. */
  detail: Record<string, unknown>;
  /** SHA-256 over the entry and the hash before it, in hexadecimal digits. */
  hash: string;
  /** Its number, without gaps. */
  seq: number;
  /** To what. */
  subject: AuditSubject;
}

/** What something was done to. */
export interface AuditSubject {
  /** Which one. */
  id: string | null;
  /** A word of the glossary. */
  kind: string;
  /** The present name of a user or team. */
  name: string | null;
}

/** Who can write. */
export type AuthorKind = "contact" | "user" | "bot" | "system";

/** Up to which amount a built-in role may grant. */
export interface Authority {
  /** `agent`, `supervisor`, `manager`, `department_handler` or `administrator`. */
  role: string;
  /** Minor units of money; without limit when absent. */
  up_to?: number | null;
}

/** What is done with many cases. */
export type BulkAction = {
  do: "assign";
  /** Who is responsible; nobody when `null`. */
  owner_id?: UserId | null;
  /** Which team has them; none when `null`. */
  team_id?: TeamId | null;
} | {
  /** Put on. */
  add?: TagId[];
  do: "tag";
  /** Taken off. */
  remove?: TagId[];
} | {
  /** Its key. */
  category_key: string;
  do: "category";
} | {
  do: "severity";
  /** Its key. */
  severity_key: string;
} | {
  do: "urgency";
  /** Its key. */
  urgency_key: string;
} | Archiving & {
  do: "archive";
};

/** Names a change of many cases that can be undone. */
export type BulkId = string;

/** One day of a calendar. */
export type CalendarDay = CalendarDayReason & {
  /** The day. */
  date: string;
  /** Its spans by the wall clock; an end before the start lies on the next day. */
  spans: SpanText[];
  /** Its day of the week. */
  weekday: Weekday;
};

/** Why a day is worked or free. */
export type CalendarDayReason = {
  reason: "weekly";
} | {
  /** Its name, may be empty. */
  name: string;
  reason: "exception";
} | {
  /** Whose shifts it uses. */
  as_weekday: Weekday;
  /** Its name, may be empty. */
  name: string;
  reason: "make_up";
} | {
  /** Its name, may be empty. */
  name: string;
  reason: "holiday";
} | {
  /** The holiday. */
  label: CalendarLabel;
  reason: "arranged_rest";
} | {
  /** Whose shifts it uses. */
  as_weekday: Weekday;
  /** The day off that it makes up for, where the arrangement says so. */
  in_place_of?: string | null;
  reason: "arranged_work";
} | {
  reason: "always_open";
};

/** A calendar as it is written and stored: JSON or TOML. */
export interface CalendarDefinition {
  /** Official arrangement of holidays and make-up workdays, `cn` for mainland China. */
  arrangement?: string | null;
  /** Days with spans of their own, before everything else. */
  exceptions?: ExceptionDay[];
  /** Days off. */
  holidays?: Holiday[];
  /** How it counts. */
  kind?: CalendarKind;
  /** Days worked instead of another weekday (调休). */
  make_up?: MakeUpDay[];
  /** Name for people, unique among calendars. */
  name?: string;
  /** IANA time zone. */
  time_zone?: string;
  /** Weekly shifts by weekday (`mon` … `sun`, also `mon-fri`), several spans a day; days left out are free. */
  week?: Record<string, SpanText[]>;
}

/** Names a calendar in the log; everywhere else its name does. */
export type CalendarId = string;

/** How a calendar counts. */
export type CalendarKind = "shifts" | "24x7";

/** A name in both languages. */
export interface CalendarLabel {
  /** English. */
  en: string;
  /** Chinese. */
  zh: string;
}

/** A document whose days are wanted. */
export interface CalendarPreview {
  /** The document; it needs no name. */
  definition: CalendarDefinition;
  /** The year. */
  year: number;
}

/** Something that counts by a calendar. */
export interface CalendarUse {
  /** Which one. */
  id: string | null;
  /** The kind of thing: `inbox`, `plan`, `clock`. */
  kind: string;
  /** Its name for people. */
  name: string;
}

/** A reason to doubt a result. */
export type CalendarWarning = {
  warning: "year_without_arrangement";
  /** The year. */
  year: number;
} | {
  warning: "year_end_may_change";
  /** The year whose end it is. */
  year: number;
} | {
  /** The weekday whose shifts it was to have. */
  as: Weekday;
  /** The day. */
  date: string;
  warning: "make_up_without_shifts";
} | {
  warning: "due_outside_working_time";
};

/** A year of a calendar, day by day. */
export interface CalendarYear {
  /** Whether an official arrangement is used and known: null when the calendar uses none. */
  arranged: boolean | null;
  /** All days. */
  days: CalendarYearDay[];
  /** The calendar's time zone. */
  time_zone: string;
  /** Days on which work starts. */
  working_days: number;
  /** Minutes of working time that belong to these days. */
  working_minutes: number;
  /** Which year. */
  year: number;
}

/** A day of a calendar with the reason in words. */
export type CalendarYearDay = CalendarDay & {
  /** Why it is worked or free, in the caller's language. */
  why: string;
};

/** Names a canned reply. */
export type CannedId = string;

/** What of a canned reply is to change. */
export interface CannedPatch {
  /** The text. */
  body?: string | null;
  /** Who can use it. */
  scope?: CannedScope | null;
  /** The word after `/`. */
  shortcut?: string | null;
  /** The team that can use it. */
  team_id?: TeamId | null;
  /** The name. */
  title?: string | null;
}

/** A canned reply. */
export interface CannedReply {
  /** The text with variables like `{{contact.name}}`. */
  body: string;
  /** Which one. */
  id: CannedId;
  /** The initials of the title's pinyin. */
  initials: string;
  /** Who made it. */
  owner: UserRef;
  /** The title in pinyin. */
  pinyin: string;
  /** Who can use it. */
  scope: CannedScope;
  /** The word after `/` that brings it. */
  shortcut: string;
  /** The team that can use it. */
  team_id: TeamId | null;
  /** Its name. */
  title: string;
  /** How often it was used. */
  use_count: number;
  /** Rises with each change. */
  version: number;
}

/** Who can use a canned reply. */
export type CannedScope = "own" | "team" | "all";

/** What a card is about. */
export type CardTopic = "listening" | "wording" | "manners" | "tone" | "asking" | "solution" | "soothing" | "reception" | "calm";

/** A case in a list. */
export interface Case {
  /** When it was archived. */
  archived_at: Timestamp | null;
  /** Its category. */
  category: PlanName | null;
  /** Its cause. */
  cause: PlanName | null;
  /** How its clocks stand. */
  clock_state: CaseClockState;
  /** Who is served. */
  contact: CaseContact | null;
  /** Fields of the plan. */
  custom: Record<string, Record<string, unknown>>;
  /** Whether it is taken on. */
  decision: CaseDecision | null;
  /** Whether the demand is reasonable. */
  demand: CaseDemand | null;
  /** The department that the plan names for its category. */
  department: PlanName | null;
  /** Its difficulty. */
  difficulty: PlanName | null;
  /** What another system calls it. */
  external_ref: string | null;
  /** The group complaint that it belongs to. */
  group_id: string | null;
  /** Which one. */
  id: CaseId;
  /** The case that it was merged into. */
  merged_into: CaseId | null;
  /** When its next clock runs out. */
  next_due_at: Timestamp | null;
  /** Its number, as `T-10023`. */
  number: string;
  /** What became of it. */
  outcome: CaseOutcome | null;
  /** Who is responsible. */
  owner: UserRef | null;
  /** The case that it is a part of. */
  parent_id: CaseId | null;
  /** The version of the plan that it follows. */
  plan_version_id: PlanVersionId;
  /** Derived from severity and urgency. */
  priority: CasePriority;
  /** When the customer turned to us. */
  received_at: Timestamp;
  /** How long it took from arrival to record, in milliseconds. */
  record_delay_ms: number;
  /** When it was recorded. */
  recorded_at: Timestamp;
  /** How often it was opened again. */
  reopened_count: number;
  /** How satisfied the customer is, 1 to 5. */
  satisfaction: number | null;
  /** Its severity. */
  severity: PlanName | null;
  /** Whether it can be solved at once. */
  solvable_at_once: boolean | null;
  /** How it came. */
  source: CaseSource;
  /** The stage that it is in. */
  stage: CaseStage | null;
  /** Whether somebody is to act. */
  state: CaseState;
  /** Its tags, by name. */
  tags: TagRef[];
  /** Which team has it. */
  team: TeamRef | null;
  /** What it is about. */
  title: string;
  /** Its type. */
  type: PlanName;
  /** When it last changed. */
  updated_at: Timestamp;
  /** Whether it is upheld. */
  upheld: CaseUpheld | null;
  /** Its urgency. */
  urgency: PlanName | null;
  /** Rises when what people edit changes. */
  version: number;
  /** Since when it waits. */
  waiting_since: Timestamp | null;
}

/** To whom a case is given. What is absent stays as it is. */
export interface CaseAssignment {
  /** Who is responsible; nobody when `null`. */
  owner_id?: UserId | null;
  /** Which team has it; none when `null`. */
  team_id?: TeamId | null;
}

/** Many cases, and what is done with them. */
export interface CaseBulkChange {
  /** What is done. */
  action: BulkAction;
  /** The cases, at most 200. */
  ids: CaseId[];
}

/** What became of one of many cases. */
export interface CaseBulkResult {
  /** Whether that took a change: `false` when it was so already, or was not done. */
  changed: boolean;
  /** The code of why not. */
  code: string | null;
  /** Whether it is as was asked for. */
  done: boolean;
  /** The case. */
  id: CaseId;
  /** Why not, in words. */
  message: string | null;
  /** Values for the text of that code. */
  params: Record<string, Record<string, unknown>>;
}

/** What became of many cases. */
export interface CaseBulkResults {
  /** What became of each. */
  items: CaseBulkResult[];
  /** By which it can be undone within an hour; absent when there is nothing to undo. */
  undo_id: BulkId | null;
}

/** How a case is classified. What is absent stays as it is. */
export interface CaseClassification {
  /** Key of the category. */
  category_key?: string | null;
  /** Key of the difficulty. */
  difficulty_key?: string | null;
  /** Key of the severity. */
  severity_key?: string | null;
  /** Whether it can be solved at once, as judged on receipt. */
  solvable_at_once?: boolean | null;
  /** Key of the type. */
  type_key?: string | null;
  /** Key of the urgency. */
  urgency_key?: string | null;
}

/** How the clocks of a case stand, the worst of them. */
export type CaseClockState = "none" | "running" | "paused" | "soon" | "overdue";

/** The clocks of a case. */
export interface CaseClocks {
  /** In the order of their starts. */
  clocks: Clock[];
  /** What they come to together: late as soon as one is, in time when all are. */
  verdict: ClockVerdict | null;
}

/** What of a case is recorded and what is lacking. */
export interface CaseCompleteness {
  /** Everything that the stages of its flow ask for, in their order. */
  items: CaseCompletenessItem[];
  /** How many of them are there. */
  present: number;
  /** How many they are. */
  total: number;
}

/** What a stage asks for, and whether it is there. */
export interface CaseCompletenessItem {
  /** Whether it is there. */
  present: boolean;
  /** Key of the stage that asks for it. */
  stage: string;
  /** What it is. */
  what: CaseLack;
}

/** Who is served. */
export interface CaseContact {
  /** The name; without one an address, a number or what another system calls them; a word for a visitor else. */
  display_name: string;
  /** Who. */
  id: ContactId;
}

/** A conversation of a case. */
export interface CaseConversation {
  /** Which one. */
  id: ConversationId;
  /** When it was linked. */
  linked_at: Timestamp;
  /** Its number for people; absent when the caller does not see it. */
  no: number | null;
  /** What it is about. */
  subject: string | null;
}

/** A conversation to be linked. */
export interface CaseConversationLink {
  /** Which one. */
  conversation_id: ConversationId;
}

/** The sizes of a user's lists. */
export interface CaseCounts {
  /** Under way, all of the caller's teams; of everybody with the right to see all. */
  all: number;
  /** Of the caller's teams (or all), with a clock that has used up its first share. */
  due_soon: number;
  /** Owned by the caller, with a clock that has used up its first share. */
  due_soon_mine: number;
  /** Under way, owned by the caller. */
  mine: number;
  /** Of the caller's teams (or all), with a breached clock. */
  overdue: number;
  /** Owned by the caller, with a breached clock. */
  overdue_mine: number;
  /** By the caller's teams. */
  teams: TeamCaseCount[];
  /** Under way, of the caller's teams and owned by nobody; of all teams with the right to see all. */
  unassigned: number;
}

/** Whether a case is taken on. */
export type CaseDecision = "accepted" | "refused";

/** Whether what the customer demands is reasonable. */
export type CaseDemand = "reasonable" | "unreasonable";

/** A case with everything that stands around it. */
export type CaseDetail = Case & ({
  /** Who complains, as they said it. */
  complainant: Complainant;
  /** Its conversations, in the order in which they were linked. */
  conversations: CaseConversation[];
  /** Who recorded it. */
  created_by: UserRef | null;
  /** The difficulty that the plan proposes for its category. */
  difficulty_proposed: PlanName | null;
  /** Its evidence, in the order in which it came; removed pieces too. */
  evidence: Evidence[];
  /** Teams that work on it beside the one that has it. */
  joint_teams: TeamRef[];
  /** What the caller may do with it. */
  may: CaseRights;
  /** Everything that is lacking before the present stage can be completed. */
  missing: CaseLack[];
  /** Who works on it too. */
  participants: UserRef[];
  /** Why it has its priority. */
  priority_reason: string;
  /** What is written down. */
  record: CaseRecord;
  /** Who is concerned by it and may neither own nor see it. */
  recused: RecusedUser[];
  /** The severity that the plan proposes for its category. */
  severity_proposed: PlanName | null;
  /** The stages that it goes through, in their order, and those that it was in while it was another kind of case. */
  stages: FlowStage[];
  /** When it waited. */
  waits: CaseWait[];
  /** Who wants to know how it goes on. */
  watchers: UserRef[];
});

/** Everything that is recorded about a case, as in `case.json` of its dossier. */
export interface CaseDossier {
  /** The case with its record, stages, waits, people, evidence. */
  case: CaseDetail;
  /** Its clocks, each with the reasons for its deadline. */
  clocks: ClockExplanation[];
  /** What was escalated. */
  escalations: CaseEscalation[];
  /** Fields of the plan with their names. */
  fields: DossierField[];
  /** The group complaint that it belongs to. */
  group: CaseGroupRow | null;
  /** Hand-overs to departments. */
  handovers: CaseHandover[];
  /** The language of names and of what is said in words. */
  locale: Locale;
  /** When it was taken out. */
  made_at: Timestamp;
  /** By whom. */
  made_by: UserRef | null;
  /** Whether the team's notes are in the transcripts. */
  notes: boolean;
  /** What the customer was told. */
  notices: CaseNotice[];
  /** The organisation. */
  organization: string;
  /** The case that it is a part of. */
  parent: Case | null;
  /** The name of the plan that it follows. */
  plan_name: string;
  /** The number of the version of that plan. */
  plan_no: number;
  /** The product and its version. */
  product: string;
  /** Promises. */
  promises: Promise[];
  /** Links, merges, repeated complaints. */
  related: RelatedCases;
  /** Remedies, with their names in the plan. */
  remedies: DossierRemedy[];
  /** What the customer said on the progress page. */
  said: ProgressInput[];
  /** The form of this document: `heard.dossier/1`. Fields are only ever added within a form. */
  schema: string;
  /** Tasks, also those put aside. */
  tasks: CaseTask[];
  /** The time zone of the readable page; instants here are in UTC. */
  time_zone: string;
  /** What its clocks come to together. */
  verdict: ClockVerdict | null;
}

/** What a case from a conversation would begin with. */
export interface CaseDraft {
  /** Who complains. */
  complainant: Complainant;
  /** Who is served. */
  contact_id: ContactId;
  /** The conversation. */
  conversation_id: ConversationId;
  /** Fields of the plan that the form of the conversation answers. */
  custom: Record<string, Record<string, unknown>>;
  /** Files that the customer sent. */
  evidence: DraftEvidence[];
  /** What the customer said, line by line with its time as the organisation reads it. */
  facts: string;
  /** Cases of this conversation, and cases of the customer that are under way: perhaps it is one of those. */
  known_cases: KnownCase[];
  /** When the customer turned to us. */
  received_at: Timestamp;
  /** How it came. */
  source: CaseSource;
  /** What it is about: the subject, or the beginning of the customer's first words. */
  title: string;
}

/** How satisfied the customer was before the case was taken up again. */
export interface CaseEarlierSatisfaction {
  /** How satisfied, 1 to 5. */
  score: number;
  /** When the case was taken up again. */
  until: Timestamp;
  /** What they said about it. */
  words: string;
}

/** A step of a chain, or an alarm, that was done. */
export interface CaseEscalation {
  /** When. */
  at: Timestamp;
  /** The case. */
  case_id: CaseId;
  /** The clock. */
  clock_id: ClockId | null;
  /** What was done. */
  done: EscalationDeed[];
  /** Its id. */
  id: EscalationId;
  /** Key of the chain or of the alarm. */
  rule_key: string;
  /** The number of the step in its chain, from 1; 0 for an alarm. */
  step_no: number;
}

/** What people may write down. What is absent stays as it is. */
export interface CaseFields {
  /** Key of the cause. */
  cause_key?: string | null;
  /** Who complains, as they said it. */
  complainant?: Complainant | null;
  /** Who is served; nobody when `null`. */
  contact_id?: ContactId | null;
  /** Fields of the plan; `null` removes a value, what is not named stays. */
  custom: Record<string, Record<string, unknown>>;
  /** Whether it is taken on. */
  decision?: CaseDecision | null;
  /** Why it was taken on or refused. */
  decision_reason?: string | null;
  /** Whether the demand is reasonable. */
  demand?: CaseDemand | null;
  /** Why a demand is not reasonable, as the customer is told. */
  demand_explanation?: string | null;
  /** What another system calls it; an empty one removes it. */
  external_ref?: string | null;
  /** What happened, told apart from judgement. */
  facts?: string | null;
  /** Whom and how much it affects. */
  impact?: string | null;
  /** What whoever records it thinks of it. */
  judgement?: string | null;
  /** What was learned. */
  lesson?: string | null;
  /** When it occurred. */
  occurred_at?: Timestamp | null;
  /** What became of it. */
  outcome?: CaseOutcome | null;
  /** What keeps it from happening again. */
  prevention?: string | null;
  /** What the customer wants. */
  remedy_sought?: string | null;
  /** How satisfied the customer is, 1 to 5. */
  satisfaction?: number | null;
  /** The customer was asked and did not say how satisfied they are. */
  satisfaction_unsaid?: boolean | null;
  /** What the customer said about how it was handled. */
  satisfaction_words?: string | null;
  /** How it is solved. */
  solution?: CaseSolution | null;
  /** Whether it can be solved at once. */
  solvable_at_once?: boolean | null;
  /** How it came. */
  source?: CaseSource | null;
  /** What it was about and what came of it. */
  summary?: string | null;
  /** What it is about in a line. */
  title?: string | null;
  /** That the customer agreed they were understood; taken back when `null`. */
  understanding?: UnderstandingConfirmed | null;
  /** Whether it is upheld. */
  upheld?: CaseUpheld | null;
  /** A way round until it is solved. */
  workaround?: string | null;
}

/** Which cases are wanted. At most six filters at once. */
export interface CaseFilters {
  /** Archived at this time or later. */
  archived_from?: Timestamp | null;
  /** Archived before this time. */
  archived_to?: Timestamp | null;
  /** Key of a category, with what lies below it. */
  category?: string | null;
  /** Key of the cause. */
  cause?: string | null;
  /** Class of a view of the categories, as `view/class`. */
  class?: string | null;
  /** How the clocks stand. */
  clock?: CaseClockState | null;
  /** Who is served. */
  contact_id?: ContactId | null;
  /** Whether it was taken on. */
  decision?: CaseDecision | null;
  /** What another system calls it. */
  external_ref?: string | null;
  /** Received at this time or later. */
  from?: Timestamp | null;
  /** The group complaint that it belongs to. */
  group_id?: string | null;
  /** What became of it. */
  outcome?: CaseOutcome | null;
  /** Who is responsible. */
  owner_id?: UserId | null;
  /** The case that it is a part of. */
  parent_id?: CaseId | null;
  /** Priority. */
  priority?: CasePriority | null;
  /** Words in the title or about the complainant, or the number. */
  q?: string | null;
  /** Key of the severity. */
  severity?: string | null;
  /** In which order; archived ones always by the time they were archived, unless `newest` is asked for. */
  sort?: CaseSort | null;
  /** How it came. */
  source?: CaseSource | null;
  /** What the stage is about. */
  stage?: StageKind | null;
  /** State. */
  state?: CaseState | null;
  /** With this tag. */
  tag_id?: TagId | null;
  /** Which team has it. */
  team_id?: TeamId | null;
  /** Received before this time. */
  to?: Timestamp | null;
  /** Key of the type. */
  type_key?: string | null;
  /** Whether it is upheld. */
  upheld?: CaseUpheld | null;
  /** Key of the urgency. */
  urgency?: string | null;
  /** The prepared list; `all` when absent. */
  view?: CaseListName | null;
}

/** What of a group complaint is to change. */
export interface CaseGroupPatch {
  /** Cases that join it. */
  add?: CaseId[];
  /** Anything to add. */
  note?: string | null;
  /** Cases that leave it. */
  remove?: CaseId[];
  /** Who speaks for all. */
  representatives?: GroupRepresentative[] | null;
  /** What it is about. */
  title?: string | null;
}

/** A group complaint. */
export interface CaseGroupRow {
  /** When it was made. */
  created_at: Timestamp;
  /** Who made it. */
  created_by: UserId | null;
  /** Its id. */
  id: GroupId;
  /** Anything to add. */
  note: string;
  /** Who speaks for all. */
  representatives: GroupRepresentative[];
  /** What it is about. */
  title: string;
  /** Rises with each change. */
  version: number;
}

/** A case, or a part of it, in the hands of a department. */
export type CaseHandover = CaseHandoverRow & ({
  /** Who asked. */
  asker: UserRef | null;
  /** Who closed it, sent it back or withdrew it. */
  ender: UserRef | null;
  /** Who deals with it in the department. */
  handler: UserRef | null;
  /** The team that it goes to. */
  team: TeamRef | null;
});

/** Why a hand-over is sent back, reopened or withdrawn. */
export interface CaseHandoverReason {
  /** Why. */
  reason: string;
}

/** What came of a hand-over. */
export interface CaseHandoverResult {
  /** What was done and what came of it. */
  result: string;
}

/** A case, or a part of it, in the hands of a department. */
export interface CaseHandoverRow {
  /** When it was accepted. */
  accepted_at: Timestamp | null;
  /** When it was asked. */
  asked_at: Timestamp;
  /** Who asked; nobody when it was by rule. */
  asked_by: UserId | null;
  /** The case. */
  case_id: CaseId;
  /** Key of the department in the plan. */
  department_key: string | null;
  /** When it was done. */
  done_at: Timestamp | null;
  /** Who did it. */
  done_by: UserId | null;
  /** When it is due, as its clock was started. */
  due_at: Timestamp | null;
  /** When it was closed, sent back or withdrawn. */
  ended_at: Timestamp | null;
  /** Who did that. */
  ended_by: UserId | null;
  /** Who owned the case before the department took it. */
  former_owner_id: UserId | null;
  /** Which team had the case before. */
  former_team_id: TeamId | null;
  /** Who deals with it in the department. */
  handler_id: UserId | null;
  /** Its id. */
  id: HandoverId;
  /** The department works beside the owner, who stays responsible. */
  joint: boolean;
  /** Its number within the case, from 1. */
  no: number;
  /** What is asked. */
  note: string;
  /** Why it was sent back, reopened or withdrawn. */
  reason: string;
  /** What came of it. */
  result: string;
  /** Which part of the case; empty for the whole. */
  scope: string;
  /** Where it stands. */
  state: HandoverState;
  /** The team that it goes to. */
  team_id: TeamId;
}

/** Names a case. */
export type CaseId = string;

/** Something that is lacking, as errors and the API name it. */
export interface CaseLack {
  /** Key of a field of the plan. */
  field: string | null;
  /** What the stage needs. */
  need: Need | null;
  /** In words. */
  text: string;
}

/** A link between cases. */
export interface CaseLink {
  /** When they were linked. */
  at: Timestamp;
  /** The one. */
  case_id: CaseId;
  /** Its id. */
  id: CaseLinkId;
  /** How they belong together. */
  kind: CaseLinkKind;
  /** Who linked them. */
  linked_by: UserId | null;
  /** Why. */
  note: string;
  /** The other. */
  other_id: CaseId;
}

/** Names a link between cases. */
export type CaseLinkId = string;

/** How cases belong together. */
export type CaseLinkKind = "related" | "duplicate" | "split";

/** A prepared list of cases. */
export type CaseListName = "all" | "mine" | "unassigned" | "team" | "due_soon" | "overdue" | "participating" | "watching" | "archived";

/** A merge. */
export interface CaseMerge {
  /** When. */
  at: Timestamp;
  /** The case that was laid into another one. */
  case_id: CaseId;
  /** Conversations that the other one got by it. */
  conversations: ConversationId[];
  /** Pieces of evidence that the other one got by it. */
  evidence: EvidenceId[];
  /** Its id. */
  id: MergeId;
  /** The other one. */
  into_id: CaseId;
  /** Who did it. */
  merged_by: UserId | null;
  /** Why. */
  reason: string;
  /** When it was undone. */
  undone_at: Timestamp | null;
  /** Who undid it. */
  undone_by: UserId | null;
}

/** Into which case a case is merged. */
export interface CaseMerging {
  /** The other case, which goes on. */
  into: CaseId;
  /** Why. */
  reason?: string;
}

/** What a customer was told. */
export type CaseNotice = Notice & ({
  /** Who sent it. */
  sender: UserRef | null;
});

/** A file of a conversation that is no evidence of the case. */
export interface CaseOfferedFile {
  /** When it came. */
  at: Timestamp;
  /** The file. */
  attachment_id: string;
  /** The conversation that it came in. */
  conversation_id: ConversationId;
  /** Who gave it. */
  given_by: EvidenceGiver;
  /** Media type. */
  kind: string;
  /** The message that it came with. */
  message_id: MessageId;
  /** Its name. */
  name: string;
  /** Bytes. */
  size: number;
}

/** What became of the matter. */
export type CaseOutcome = "solved" | "partly" | "unsolved" | "refused" | "withdrawn";

/** Of which case a case is a part. */
export interface CaseParent {
  /** The case above; none when `null`. */
  parent_id?: CaseId | null;
}

/** Users who take a role in a case or give it up. */
export interface CasePeopleChange {
  /** Who takes it. */
  add?: UserId[];
  /** Why; for recusals. */
  reason?: string;
  /** Who gives it up. */
  remove?: UserId[];
  /** The role. */
  role: CaseRole;
}

/** Which version of the plan a case is to follow. */
export interface CasePlanChange {
  /** The version. */
  plan_version_id: PlanVersionId;
  /** Why. */
  reason: string;
}

/** In which order cases are dealt with. */
export type CasePriority = "urgent" | "high" | "normal" | "low";

/** What is written down about a matter. Facts stand apart from judgement. */
export interface CaseRecord {
  /** Why it was taken on or refused. */
  decision_reason?: string;
  /** Why a demand is not reasonable, as the customer is told. */
  demand_explanation?: string;
  /** What happened, told apart from judgement. */
  facts?: string;
  /** Whom and how much it affects. */
  impact?: string;
  /** What whoever recorded it thinks of it. */
  judgement?: string;
  /** What was learned. */
  lesson?: string;
  /** When it occurred. */
  occurred_at: Timestamp | null;
  /** What keeps it from happening again. */
  prevention?: string;
  /** What the customer wants. */
  remedy_sought?: string;
  /** How satisfied the customer was before the case was taken up again, the earliest first. */
  satisfaction_earlier?: CaseEarlierSatisfaction[];
  /** The customer was asked and did not say how satisfied they are. */
  satisfaction_unsaid?: boolean;
  /** What the customer said about how it was handled. */
  satisfaction_words?: string;
  /** How it is solved. */
  solution?: CaseSolution;
  /** What it was about and what came of it. */
  summary?: string;
  /** That the customer agreed they were understood. */
  understanding: Understanding | null;
  /** A way round until it is solved. */
  workaround?: string;
}

/** A case as other things name it. */
export interface CaseRef {
  /** Which one. */
  id: CaseId;
  /** Its number as people write it. */
  number: string;
  /** How it stands. */
  state: CaseState;
  /** Which team has it. */
  team_id: TeamId | null;
  /** Its title. */
  title: string;
}

/** What a customer is granted, or what was asked for them. */
export type CaseRemedy = CaseRemedyRow & ({
  /** Who asked or granted. */
  asker: UserRef | null;
  /** Who decided. */
  decider: UserRef | null;
});

/** How much waits for approval. */
export interface CaseRemedyCounts {
  /** Remedies that others asked for, in cases under way that the caller sees. */
  waiting: number;
}

/** Why the caller cannot decide about a remedy. */
export type CaseRemedyObstacle = "own" | "beyond" | "decided";

/** Why a remedy is refused or taken back. */
export interface CaseRemedyReason {
  /** Why. */
  reason: string;
}

/** What a customer is granted, or what was asked for them. */
export interface CaseRemedyRow {
  /** Amount in minor units of money. */
  amount: number | null;
  /** When it was asked or granted. */
  asked_at: Timestamp;
  /** Who asked or granted. */
  asked_by: UserId | null;
  /** The case. */
  case_id: CaseId;
  /** The currency of the amount, as ISO 4217 calls it. */
  currency: string;
  /** When it was decided. */
  decided_at: Timestamp | null;
  /** Who decided. */
  decided_by: UserId | null;
  /** Its id. */
  id: RemedyId;
  /** Kind. */
  kind: RemedyKind;
  /** What exactly, and why. */
  note: string;
  /** Why it was refused or taken back. */
  reason: string;
  /** Key in the plan. */
  remedy_key: string;
  /** Where it stands. */
  state: RemedyState;
}

/** Why an archived case is opened again. */
export interface CaseReopening {
  /** Why. */
  reason: string;
  /** Key of the stage that begins; where it is handled when absent. */
  stage_key?: string | null;
}

/** Sizes of groups. */
export interface CaseReport {
  /** Counted by month from a day on, for whoever sees all cases: how many conversations there were in each month, the
   * earliest first. Empty otherwise. */
  contacts: CaseReportContacts[];
  /** The groups, by key. */
  rows: CaseReportRow[];
  /** How many cases in all. */
  total: number;
}

/** What rates of a month are reckoned against. */
export interface CaseReportContacts {
  /** Conversations that began in it. Those that were joined to another one do not count. */
  conversations: number;
  /** As `2026-09`, by the calendar of the organisation. */
  month: string;
}

/** The size of a group. */
export interface CaseReportRow {
  /** The key within it. */
  by_key: string | null;
  /** The name within it. */
  by_name: string | null;
  /** How many cases. */
  count: number;
  /** Its key; absent for cases of which it is not known. */
  key: string | null;
  /** Its name. */
  name: string | null;
  /** Cases of the group per 1,000 conversations of its month; absent unless `contacts` tells of the month. */
  per_thousand: number | null;
  /** How many of them said how satisfied they are. */
  rated: number;
  /** How satisfied those are on average, 1 to 5. */
  satisfaction: number | null;
}

/** What the caller may do with a case. */
export interface CaseRights {
  /** Give it to others. */
  assign: boolean;
  /** Take out the dossier. */
  export: boolean;
  /** Merge, split, move to another version of the plan. */
  manage: boolean;
  /** Write down, complete stages, notify. */
  work: boolean;
}

/** What somebody has to do with a case beside owning it. */
export type CaseRole = "participant" | "watcher" | "recused";

/** A saved view. */
export interface CaseSavedView {
  /** The columns that it shows, in their order; fields of the plan as `custom.key`. The usual ones when empty. */
  columns: string[];
  /** What it looks for, with its order. */
  filters: CaseFilters;
  /** Which one. */
  id: CaseViewId;
  /** Its name. */
  name: string;
  /** Whose it is. */
  owner_id: UserId;
  /** Everybody sees it. */
  shared: boolean;
  /** Rises with each change. */
  version: number;
}

/** How the matter is solved. */
export interface CaseSolution {
  /** When it is to be complete. */
  complete_by: Timestamp | null;
  /** The department that does it, in words. */
  department?: string;
  /** Whether it can be done and works. */
  feasibility?: string;
  /** Risks and precautions. */
  risks?: string;
  /** What is done, step by step. */
  steps?: string;
  /** Tools and equipment. */
  tools?: string;
}

/** How a list of cases is sorted. */
export type CaseSort = "due" | "newest" | "priority";

/** How a matter came to us. */
export type CaseSource = "conversation" | "phone" | "visit" | "letter" | "email" | "in_app" | "api" | "other";

/** The stage that a case is in. */
export interface CaseStage {
  /** Key. */
  key: string;
  /** What it is about. */
  kind: StageKind;
  /** Name. */
  name: string;
  /** Since when. */
  since: Timestamp | null;
}

/** The stage that is to be completed. */
export interface CaseStageCompletion {
  /** What became of the case, when this is its last stage. */
  outcome?: CaseOutcome | null;
  /** The case is archived after its last stage although promises made in it are open. */
  promises_go_on?: boolean;
  /** Key of the stage that the case is in, as the caller believes. */
  stage_key: string;
}

/** How a run of a stage ended. */
export type CaseStageEnding = "done" | "skipped" | "returned" | "replaced" | "cut";

/** A stage, and why. */
export interface CaseStageReason {
  /** Why. */
  reason: string;
  /** Key of the stage. */
  stage_key: string;
}

/** The stage that is to be left out, and why. */
export interface CaseStageSkip {
  /** The case is archived after its last stage although promises made in it are open. */
  promises_go_on?: boolean;
  /** Why. */
  reason: string;
  /** Key of the stage that the case is in, as the caller believes. */
  stage_key: string;
}

/** Whether somebody is to act on a case. */
export type CaseState = "open" | "waiting_customer" | "waiting_third_party" | "on_hold" | "archived";

/** Tags to put on a case and take off it. */
export interface CaseTagsChange {
  /** Put on. */
  add?: TagId[];
  /** Take off. */
  remove?: TagId[];
}

/** Something to be done on a case. */
export type CaseTask = CaseTaskRow & ({
  /** Who does it. */
  assignee: UserRef | null;
  /** Who did it or found it not needed. */
  ended_by_user: UserRef | null;
  /** How, in the language of the answer. */
  how: string;
  /** The team that does it. */
  team: TeamRef | null;
  /** What to do, in the language of the answer. */
  words: string;
});

/** How many tasks the caller has. */
export interface CaseTaskCounts {
  /** The caller's open tasks. */
  mine: number;
  /** Of these, those whose time is over. */
  overdue: number;
}

/** How a task was done. */
export interface CaseTaskEnding {
  /** Of a judgement of the demand: what it came to. */
  demand?: CaseDemand | null;
  /** What came of it; of a judgement of the demand the explanation. */
  outcome: string;
}

/** What of a task is to change. */
export interface CaseTaskPatch {
  /** Who does it; nobody by name when `null`. */
  assignee_id?: UserId | null;
  /** Key of the department that does it; none when `null`. */
  department?: string | null;
  /** How; only of a task that somebody added. */
  detail?: string | null;
  /** How long it may take from now on; without limit when `null`. */
  limit?: ClockLimit | null;
  /** What to do; only of a task that somebody added. */
  title?: string | null;
}

/** Why a task is not needed. */
export interface CaseTaskRefusal {
  /** Why. */
  reason: string;
}

/** Something to be done on a case. */
export interface CaseTaskRow {
  /** Who does it; the owner of the case when nobody is named. */
  assignee_id: UserId | null;
  /** The case. */
  case_id: CaseId;
  /** When it was added. */
  created_at: Timestamp;
  /** Who added it; nobody when it came from a playbook. */
  created_by: UserId | null;
  /** Key of the department that does it. */
  department_key: string | null;
  /** How. */
  detail: PlanText;
  /** When it is due, as its clock was started. */
  due_at: Timestamp | null;
  /** When it was done or found not needed. */
  ended_at: Timestamp | null;
  /** Who did that. */
  ended_by: UserId | null;
  /** Its id. */
  id: TaskId;
  /** What it asks for. */
  kind: PlaybookStepKind;
  /** What came of it, or why it is not needed. */
  outcome: string;
  /** Its place in the list. */
  place: number;
  /** Key of the playbook that it comes from; empty for one that somebody added. */
  playbook_key: string;
  /** The stage cannot be completed without it. */
  required: boolean;
  /** The kind of stage at which it is due. */
  stage_kind: StageKind | null;
  /** Where it stands. */
  state: TaskState;
  /** Key of its step there. */
  step_key: string;
  /** The team that does it. */
  team_id: TeamId | null;
  /** What to do in a sentence. */
  title: PlanText;
  /** Rises with each change. */
  version: number;
}

/** Teams that begin or cease to work on a case. */
export interface CaseTeamsChange {
  /** Begin. */
  add?: TeamId[];
  /** Cease. */
  remove?: TeamId[];
}

/** Something that happened. */
export interface CaseTimelineEntry {
  /** Who did it, when it was a user. */
  actor: UserRef | null;
  /** What kind of actor did it: `user`, `contact`, `bot` or `system`. */
  actor_kind: string;
  /** When. */
  at: Timestamp;
  /** Ids, keys and values of it. */
  data: Record<string, unknown>;
  /** What happened, as `case.stage_done`. */
  kind: string;
  /** Its place in the log. */
  seq: number;
  /** Which one. */
  subject_id: string;
  /** What it happened to: `case`, `clock` or `conversation`. */
  subject_kind: string;
}

/** A kind of case: enquiry, complaint, suggestion, report, refund, technical problem, dispute. */
export interface CaseType {
  /** The key of the flow that its cases go through. */
  flow: string;
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
}

/** Whether a complaint is upheld. */
export type CaseUpheld = "yes" | "partly" | "no" | "unjustified";

/** Names a saved view. */
export type CaseViewId = string;

/** A time in which a case waited. */
export interface CaseWait {
  /** When it began. */
  begun_at: Timestamp;
  /** Who said so. */
  begun_by: UserRef | null;
  /** When it ended. */
  ended_at: Timestamp | null;
  /** Why it ended. */
  ending: CaseWaitEnding | null;
  /** What for. */
  note: string;
  /** For whom. */
  reason: ClockPauseReason;
}

/** Why waiting ended. */
export type CaseWaitEnding = "resumed" | "customer_message" | "replaced" | "archived";

/** A node of the tree of categories. */
export interface Category {
  /** The key of the department that is responsible; that of the node above when absent. */
  department?: string | null;
  /** The difficulty that is proposed. */
  difficulty?: string | null;
  /** What belongs here, with examples. */
  hint?: PlanText;
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** The key of the node above. */
  parent?: string | null;
  /** The severity that is proposed. */
  severity?: string | null;
}

/** A class of a view. */
export interface CategoryClass {
  /** Keys of its categories; what lies below them is in it too. */
  categories: string[];
  /** Key, unique within the view. */
  key: string;
  /** Name. */
  name: PlanText;
}

/** A named view of the tree, such as the routing classes. */
export interface CategoryView {
  /** Its classes. A category belongs to the first class that holds it or, failing that, a node above it. */
  classes: CategoryClass[];
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
}

/** A node of the tree of causes. */
export interface CauseNode {
  /** What belongs here. */
  hint?: PlanText;
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** The key of the node above. */
  parent?: string | null;
}

/** A clock that differs. */
export interface ChangedDeadline {
  /** Under the candidate; absent when it has no such clock. */
  candidate: ReplayedClock | null;
  /** The case. */
  case_id: string;
  /** Its number for people. */
  number: string;
  /** As it was; absent when it had no such clock. */
  present: ReplayedClock | null;
}

/** Whose message it is. At least one of `external_id`, `email` and `phone` tells people apart. */
export interface ChannelContact {
  /** The e-mail address. */
  email?: string | null;
  /** What the other system calls them. */
  external_id?: string | null;
  /** The name. */
  name?: string | null;
  /** The telephone number. */
  phone?: string | null;
}

/** A file that comes with a message. */
export interface ChannelFile {
  /** The content in Base64 (RFC 4648, with or without padding). */
  content_base64: string;
  /** File name. */
  name: string;
}

/** A customer's message. */
export interface ChannelPost {
  /** When it was said, when that was earlier. */
  at?: Timestamp | null;
  /** Files. */
  attachments?: ChannelFile[];
  /** Text with light Markdown. */
  body?: string;
  /** Whose message it is. */
  contact: ChannelContact;
  /** What the other system calls the conversation. Without it the contact's latest conversation goes on. */
  conversation_ref?: string | null;
  /** What the other system calls the message; the same again has no second effect. */
  external_id: string;
  /** Values that came with it, such as the app's version. */
  form?: Record<string, unknown> | null;
  /** What a new conversation is about. */
  subject?: string | null;
}

/** What became of a message. */
export interface ChannelReceipt {
  /** Where it stands. */
  conversation_id: string;
  /** Which message it is. */
  message_id: string;
  /** Its number in the conversation. */
  no: number;
}

/** Answers of the team. */
export interface ChannelReplies {
  /** The answers, oldest first. */
  items: ChannelReply[];
  /** Pass it as `after` next time, also when `items` is empty. */
  next_after: number;
}

/** An answer of the team. */
export interface ChannelReply {
  /** Files, to be fetched at `/api/v1/attachments/{id}`. */
  attachments: Attachment[];
  /** Who wrote it: a user or the bot. */
  author: AuthorKind;
  /** The writer's name. */
  author_name: string;
  /** Text with light Markdown; empty when it was taken back. */
  body: string;
  /** Where it stands. */
  conversation_id: string;
  /** What the other system calls the conversation. */
  conversation_ref: string | null;
  /** When it was written. */
  created_at: Timestamp;
  /** Which message it is. */
  message_id: string;
  /** Its number in the conversation. */
  no: number;
  /** Whether it was taken back. */
  recalled: boolean;
  /** Where to go on after it. */
  seq: number;
}

/** One thing that was looked at. */
export interface Check {
  /** What to do. */
  advice: string | null;
  /** Its stable name. */
  id: string;
  /** What was found. */
  message: string;
  /** Whether it is well. */
  ok: boolean;
}

/** A clock and where it stands. */
export interface Clock {
  /** Where it stands. */
  assessment: ClockAssessment;
  /** The calendar that it counts by. */
  calendar: string;
  /** The case that it belongs to. */
  case_id: string | null;
  /** Key of the chain of escalation. */
  escalation: string | null;
  /** When it was last extended. */
  extended_at: Timestamp | null;
  /** Which one. */
  id: ClockId;
  /** Key of its rule. */
  key: string;
  /** Name. */
  name: PlanText;
  /** The limit that the next extension gives; absent when none is left. */
  next_extension: ClockLimit | null;
  /** Who has to keep it, where that is another than who owns the case. */
  owner_id: UserId | null;
  /** How long it may run, what pauses it, when it warns. */
  policy: ClockPolicy;
  /** Where its rule comes from. */
  source: PlanText;
  /** Whether it is the one of those shown with it that drives the alarm. */
  strictest: boolean;
  /** Which one it is on. */
  subject_id: string;
  /** What it is on. */
  subject_kind: ClockSubjectKind;
  /** Rises with each change. */
  version: number;
}

/** Where a clock stands at an instant. */
export interface ClockAssessment {
  /** The instant at which it became late. */
  breached_at?: Timestamp | null;
  /** What is uncertain about the deadline. */
  doubts: CalendarWarning[];
  /** The deadline; absent while a pause holds it up. */
  due?: Timestamp | null;
  /** While paused: the deadline if it went on now. */
  due_if_resumed?: Timestamp | null;
  /** Plain time since the start, pauses included. */
  elapsed_ms: number;
  /** Plain time since the start without the pauses. */
  elapsed_unpaused_ms: number;
  /** Working time since the start without the pauses. */
  elapsed_working_ms: number;
  /** Waits for which the policy does not stop the clock. */
  ignored_pauses: IgnoredPause[];
  /** Warnings, by share. */
  marks: ClockMark[];
  /** When the next mark or the breach will come if nothing happens before. */
  next_check?: Timestamp | null;
  /** The instant of this assessment. */
  now: Timestamp;
  /** The pauses. */
  pauses: ClockPause[];
  /** Plain time left to the deadline, at the stop or now; negative when late. */
  remaining_ms?: number | null;
  /** Working time left to the deadline, at the stop or now; negative when late. */
  remaining_working_ms?: number | null;
  /** Stretches in which it counted as done and that ended because it was reopened. */
  rests: ClockRest[];
  /** When it began. */
  started_at?: Timestamp | null;
  /** State. */
  state: ClockState;
  /** When it was fulfilled or cancelled. */
  stopped_at?: Timestamp | null;
  /** Verdict, once there is one. */
  verdict?: ClockVerdict | null;
}

/** What a calculation is asked for. */
export type ClockDemand = {
  /** Minutes of working time. */
  minutes: number;
  unit: "working_minutes";
} | {
  /** Working days. */
  days: number;
  /** How they are counted. */
  mode?: DayMode;
  unit: "working_days";
};

/** A clock with the reasons for its deadline. */
export type ClockExplanation = Clock & ({
  /** Everything that happened, in the order of the instants. */
  history: ClockFact[];
  /** The calculation of a limit in working time: what counted, which days were special, what is doubtful. */
  outcome: ClockOutcome | null;
  /** The reasons in words, a sentence a line, in the caller's language. */
  words: string[];
});

/** Something that happened to a clock. */
export interface ClockFact {
  /** What kind of actor noted it: `user`, `contact`, `bot` or `system`. */
  actor_kind: string;
  /** When. */
  at: Timestamp;
  /** Before a change: the deadline. */
  former_due_at: Timestamp | null;
  /** Before a change: the limit. */
  former_limit: ClockLimit | null;
  /** Minutes after the breach. */
  minutes: number | null;
  /** When it was noted, if that was later. */
  noted_at: Timestamp | null;
  /** Why, in the words of who noted it. */
  reason: string | null;
  /** Percent of a warning. */
  share: number | null;
  /** The user who noted it. */
  user: UserRef | null;
  /** What a pause waits for. */
  waits_for: ClockPauseReason | null;
  /** What: `started`, `paused`, `resumed`, `customer_wrote`, `fulfilled`, `cancelled`, `reopened`, `breached`,
   * `warned`, `overdue`, `extended`, `changed`, `moved`. */
  what: string;
}

/** Names a clock. */
export type ClockId = string;

/** How long a clock may run. */
export type ClockLimit = {
  /** How many. */
  minutes: number;
  unit: "working_minutes";
} | {
  /** How many. */
  days: number;
  /** How they are counted. */
  mode?: DayMode;
  unit: "working_days";
} | {
  /** How many. */
  minutes: number;
  unit: "calendar_minutes";
} | {
  /** The instant. */
  at: Timestamp;
  unit: "instant";
};

/** A share of the limit at which the clock warns. */
export interface ClockMark {
  /** When it is reached; absent while a pause holds it up. */
  at?: Timestamp | null;
  /** True once it is reached by a clock that runs or ran then. */
  reached: boolean;
  /** Percent of the limit. */
  share: number;
}

/** A result and its reasons. */
export interface ClockOutcome {
  /** Name of the calendar. */
  calendar: string;
  /** The working time that counted. */
  counted: CountedSpan[];
  /** How many more spans counted than are listed. */
  counted_omitted?: number;
  /** The working days that counted, when days were asked for. */
  days?: string[];
  /** What was asked for; absent when time was measured. */
  demand?: ClockDemand | null;
  /** The deadline, or the end of what was measured; absent while a pause lasts. */
  due?: Timestamp | null;
  /** Working time from start to end outside the pauses. */
  minutes: number;
  /** Days that are free or special. */
  notes: DayNote[];
  /** The start, moved to the next opening when it lies outside working time. */
  opening?: Timestamp | null;
  /** The pauses that mattered. */
  pauses: PauseEffect[];
  /** The start that was given. */
  start: Timestamp;
  /** Its time zone. */
  time_zone: string;
  /** Reasons for doubt. */
  warnings: CalendarWarning[];
}

/** A stretch in which the clock stood still. */
export interface ClockPause {
  /** First instant. */
  from: Timestamp;
  /** Why. */
  reason: ClockPauseReason;
  /** First instant after it; absent while it lasts. */
  to?: Timestamp | null;
}

/** What a clock waits for while it stands still. */
export type ClockPauseReason = "customer" | "third_party" | "other";

/** The rules of one clock. */
export type ClockPolicy = ClockLimit & {
  /** The waits that stop it; others are noted and ignored. */
  pause_on?: ClockPauseReason[];
  /** Shares of the limit, in percent, at which it warns. */
  warn_at?: number[];
};

/** A stretch in which the clock counted as done, until it was reopened. It stands still meanwhile, unless its policy stops
 * for nothing; then it runs on and can be late from the reopening on. */
export interface ClockRest {
  /** First instant. */
  from: Timestamp;
  /** First instant after it. */
  to: Timestamp;
}

/** The state of a clock. */
export type ClockState = "not_started" | "running" | "warning" | "paused" | "met" | "breached" | "met_late" | "cancelled";

/** What a clock is on. */
export type ClockSubjectKind = "case" | "promise" | "hand_over" | "task";

/** What a clock comes to in the end. */
export type ClockVerdict = "met" | "breached";

/** When a case is done and what holds after. */
export interface ClosingRules {
  /** The cause must be a leaf of the tree of causes. */
  cause_must_be_leaf?: boolean;
  /** Days in which the customer can have an archived case opened again. */
  reopen_days?: number;
  /** Days in which a second complaint of a contact in the same category is shown as repeated. */
  repeat_days?: number;
  /** Working days after the result was told without an answer of the customer until the case counts as followed up; 0: never. */
  silent_days?: number;
}

/** Who complains, as they said it; beside the contact, who may be somebody acting for them. */
export interface Complainant {
  /** How to reach them. */
  contact?: string;
  /** Name. */
  name?: string;
}

/** A contact. */
export interface Contact {
  /** Whatever the host's own system knows. */
  attributes: Record<string, unknown>;
  /** Whether messages are refused. */
  blocked: boolean;
  /** When they first came. */
  created_at: Timestamp;
  /** The name; without one an address, a number or what another system calls them; a word for a visitor else. */
  display_name: string;
  /** The address to write to. */
  email: string | null;
  /** Who. */
  id: ContactId;
  /** By what they are recognised. */
  identities: Identity[];
  /** When they were last there. */
  last_seen_at: Timestamp | null;
  /** The language. */
  locale: string | null;
  /** The name, when one is known. */
  name: string | null;
  /** What the team should know. */
  note: string;
  /** Whether they are connected now. */
  online: boolean;
  /** The company. */
  organization: string | null;
  /** The number to call. */
  phone: string | null;
  /** Their tags, by name. */
  tags: TagRef[];
  /** An IANA time zone. */
  time_zone: string | null;
  /** Rises with each change. */
  version: number;
}

/** Names a contact. */
export type ContactId = string;

/** A contact to be made, or what of one is to change. `null` empties a field. */
export interface ContactPatch {
  /** Free fields; all of them. */
  attributes?: Record<string, unknown> | null;
  /** Whether messages are refused. */
  blocked?: boolean | null;
  /** The address to write to. */
  email?: string | null;
  /** The language. */
  locale?: string | null;
  /** The name. */
  name?: string | null;
  /** What the team should know. */
  note?: string | null;
  /** The company. */
  organization?: string | null;
  /** The number to call. */
  phone?: string | null;
  /** The tags; all of them. */
  tag_ids?: TagId[] | null;
  /** An IANA time zone. */
  time_zone?: string | null;
}

/** A conversation. */
export interface Conversation {
  /** Who serves it. */
  assignee: UserRef | null;
  /** When it was closed. */
  closed_at: Timestamp | null;
  /** Who is served. */
  contact: ConversationContact;
  /** How far the contact has read. */
  contact_read_no: number;
  /** When it began. */
  created_at: Timestamp;
  /** Fields of the form that it began with. */
  custom: Record<string, unknown>;
  /** Whether the caller has a draft in it. */
  draft: boolean;
  /** Which one. */
  id: ConversationId;
  /** Where it came in. */
  inbox: InboxRef;
  /** The last message that people wrote. */
  last_message: LastMessageView | null;
  /** The number of the last message. */
  last_message_no: number;
  /** The contact's language. */
  locale: string | null;
  /** Whether it mentions the caller, who has not looked yet. */
  mentioned: boolean;
  /** The conversation that it is part of. */
  merged_into: ConversationId | null;
  /** Its number for people. */
  no: number;
  /** The page that the contact wrote from first. */
  page_url: string | null;
  /** Who takes part. */
  participants: UserRef[];
  /** How urgent it is. */
  priority: Priority;
  /** When it comes back. */
  snoozed_until: Timestamp | null;
  /** What it waits for. */
  state: ConversationState;
  /** What it is about. */
  subject: string | null;
  /** Its tags, by name. */
  tags: TagRef[];
  /** Which team serves it. */
  team: TeamRef | null;
  /** How many of the contact's messages the caller has not read. */
  unread: number;
  /** When it last changed. */
  updated_at: Timestamp;
  /** Rises when subject or priority change. */
  version: number;
  /** The first message of the contact that no person has answered yet. */
  waiting_since: Timestamp | null;
}

/** The contact of a conversation. */
export interface ConversationContact {
  /** Whether their messages are refused. */
  blocked: boolean;
  /** The name; without one an address, a number or what another system calls them; a word for a visitor else. */
  display_name: string;
  /** Who. */
  id: ContactId;
  /** The name, when one is known. */
  name: string | null;
  /** Whether they are connected now. */
  online: boolean;
}

/** Names a conversation. */
export type ConversationId = string;

/** What of a conversation is to change. */
export interface ConversationPatch {
  /** A new priority. */
  priority?: Priority | null;
  /** A new subject; an empty one removes it. */
  subject?: string | null;
}

/** What a conversation waits for. */
export type ConversationState = "open" | "waiting" | "snoozed" | "closed";

/** A corrective action. */
export interface CorrectiveAction {
  /** The cause or category whose cases are to become fewer by it. */
  about?: ActionTarget | null;
  /** Whether it is done. */
  done?: boolean;
  /** On which day it was done, as 2026-12-31, when that is known. */
  done_on?: string | null;
  /** By which day, as 2026-12-31. */
  due_on?: string | null;
  /** What came of it. */
  outcome?: string;
  /** Who does it. */
  owner_id?: UserId | null;
  /** What is to be done. */
  title: string;
}

/** A corrective action as it is shown. */
export interface CorrectiveActionView {
  /** The cause or category whose cases are to become fewer by it. */
  about: ActionTarget | null;
  /** Whether it is done. */
  done: boolean;
  /** On which day it was done, when that is known. */
  done_on: string | null;
  /** By which day, as 2026-12-31. */
  due_on: string | null;
  /** What came of it. */
  outcome: string;
  /** Who does it. */
  owner: UserRef | null;
  /** What is to be done. */
  title: string;
}

/** A stretch of working time that counted. */
export interface CountedSpan {
  /** The day that it belongs to. */
  date: string;
  /** First instant. */
  from: Timestamp;
  /** First instant after it. */
  to: Timestamp;
}

/** The sizes of a user's lists. */
export interface Counts {
  /** All active ones. */
  all: number;
  /** Active ones by inbox. */
  inboxes: InboxCount[];
  /** Those that mention the caller, who has not looked yet. */
  mentions: number;
  /** Active ones that the caller serves. */
  mine: number;
  /** Those that are set aside. */
  snoozed: number;
  /** Active ones by team. */
  teams: TeamCount[];
  /** Active ones that nobody serves. */
  unassigned: number;
  /** Active ones that the caller serves with something unread. */
  unread_mine: number;
}

/** The customer's state. */
export type CustomerMood = "calm" | "worried" | "dissatisfied" | "angry";

/** How working days are counted. */
export type DayMode = "same_time" | "end_of_day";

/** A day between start and end that is free, or worked for a reason other than the weekly shifts. */
export type DayNote = CalendarDayReason & {
  /** The day. */
  date: string;
  /** Its day of the week. */
  weekday: Weekday;
  /** True when it is worked. */
  worked: boolean;
};

/** The calendar that counts where none is named. */
export interface DefaultCalendar {
  /** Its name. */
  name: string;
  /** Counts changes of the choice. */
  version: number;
}

/** A choice of the default. */
export interface DefaultChoice {
  /** The name of the calendar. */
  name: string;
}

/** What the sample shop at `/demo` embeds. */
export interface Demo {
  /** The public key of the oldest active web chat. */
  inbox_key: string | null;
}

/** Who solves cases. */
export interface Department {
  /** What it is responsible for. */
  duty?: PlanText;
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** The team that it is here; packs leave it open. */
  team_id?: TeamId | null;
}

/** Width and height in pixels. */
export interface DiagnosedSize {
  /** From top to bottom. */
  height: number;
  /** From left to right. */
  width: number;
}

/** What a device runs, as far as it tells. */
export interface DiagnosedSoftware {
  /** The browser with its version. */
  browser: string | null;
  /** Whether it is so old that much of today's web does not run in it. */
  outdated: boolean;
  /** The system with its version. */
  system: string | null;
}

/** What the widget found out about a device. */
export interface Diagnosis {
  /** Milliseconds by which the device's clock is ahead of the server's. */
  clock_ahead_ms: number | null;
  /** When it was made, by the device's clock. */
  collected_at: string;
  /** What kind of line the browser judges to be used: `4g`, `3g`, `2g`, `slow-2g`. */
  connection: string | null;
  /** Whether cookies are on. */
  cookies: boolean | null;
  /** Round trips that failed. */
  failed_round_trips: number;
  /** The version of this description; 1. */
  heard_diagnosis: number;
  /** The languages that are set, the favourite first. */
  languages: string[];
  /** Whether the live connection stands. */
  live: boolean | null;
  /** What stands out. */
  notes: DiagnosisNote[];
  /** Whether the browser thinks that it is online. */
  online: boolean | null;
  /** Its title. */
  page_title: string;
  /** The page that shows the chat. */
  page_url: string;
  /** Pixels of the screen for one of the page. */
  pixel_ratio: number | null;
  /** Round trips to the server in milliseconds. */
  round_trips_ms: number[];
  /** The screen. */
  screen: DiagnosedSize | null;
  /** The last failures of the widget's scripts. */
  script_errors: string[];
  /** What that means. */
  software: DiagnosedSoftware;
  /** Whether something can be kept in the browser. */
  storage: boolean | null;
  /** The time zone that is set. */
  time_zone: string;
  /** What the browser calls itself. */
  user_agent: string;
  /** The room that the page has. */
  viewport: DiagnosedSize | null;
  /** The version of the widget. */
  widget_version: string;
}

/** What stands out about a device. */
export type DiagnosisNote = "clock_off" | "slow_round_trips" | "lost_round_trips" | "not_live" | "offline" | "storage_blocked" | "cookies_blocked" | "browser_outdated" | "slow_line" | "script_errors";

/** A field of the plan. */
export interface DossierField {
  /** Key. */
  key: string;
  /** Name. */
  name: string;
  /** What it holds, in words. */
  value: string;
}

/** A remedy with its name. */
export type DossierRemedy = CaseRemedy & {
  /** Its name in the plan. */
  name: string;
};

/** A draft. */
export interface Draft {
  /** Files that were uploaded for it. */
  attachment_ids: string[];
  /** Those files. */
  attachments: Attachment[];
  /** The text so far. */
  body: string;
  /** What it is to become. */
  mode: DraftMode;
  /** When it was saved; absent when there is none. */
  updated_at: Timestamp | null;
}

/** A file that may become evidence. */
export interface DraftEvidence {
  /** The file. */
  attachment_id: string;
  /** Media type. */
  kind: string;
  /** The message that it came with. */
  message_id: MessageId;
  /** The number of that message. */
  message_no: number;
  /** Its name. */
  name: string;
  /** Bytes. */
  size: number;
}

/** What a draft is to become. */
export type DraftMode = "reply" | "note";

/** A chain of steps. */
export interface Escalation {
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** Steps. Each is done once for a clock. */
  steps: EscalationStep[];
}

/** What an escalation does. */
export type EscalationAction = {
  do: "notify";
  /** Whom. */
  to: EscalationRecipient[];
} | {
  do: "raise_severity";
} | {
  /** Key of the department. */
  department: string;
  do: "reassign";
} | {
  /** Keys of departments. */
  departments: string[];
  do: "join_departments";
} | {
  do: "report_to_superior";
};

/** An action that was taken. */
export interface EscalationDeed {
  /** What the plan says. */
  action: EscalationAction;
  /** How many people were told or departments asked. */
  count: number;
  /** Whether it could be done. */
  done: boolean;
}

/** Names an escalation. */
export type EscalationId = string;

/** Who is told. */
export type EscalationRecipient = {
  who: "owner";
} | {
  who: "responsible";
} | {
  who: "team";
} | {
  who: "team_lead";
} | {
  who: "watchers";
} | {
  who: "managers";
} | {
  /** Who. */
  user_id: UserId;
  who: "user";
};

/** A step of a chain. */
export interface EscalationStep {
  /** What is done. */
  actions: EscalationAction[];
  /** When. */
  at: StepMoment;
}

/** Names an evaluation or update of a plan. */
export type EvaluationId = string;

/** A piece of evidence. */
export interface Evidence {
  /** When it was added. */
  added_at: Timestamp;
  /** Who added it; nobody when it came by rule or from the customer. */
  added_by: UserRef | null;
  /** The file. */
  attachment_id: string;
  /** The conversation that it came in. */
  conversation_id: ConversationId | null;
  /** Who gave it. */
  given_by: EvidenceGiver;
  /** Which one. */
  id: EvidenceId;
  /** Media type, found from the content. */
  kind: string;
  /** The message that it came with. */
  message_id: MessageId | null;
  /** The name that the file came with. */
  name: string;
  /** What it shows. */
  note: string;
  /** Why it was removed. */
  removal_reason: string | null;
  /** When it was removed. */
  removed_at: Timestamp | null;
  /** Who removed it. */
  removed_by: UserRef | null;
  /** SHA-256 of the content, in hexadecimal. */
  sha256: string;
  /** Bytes. */
  size: number;
}

/** Who gave evidence. */
export type EvidenceGiver = "customer" | "team" | "third_party";

/** Names a piece of evidence. */
export type EvidenceId = string;

/** Why evidence is removed. */
export interface EvidenceRemoval {
  /** Why. */
  reason: string;
}

/** A day with spans of its own; without spans it is free. */
export interface ExceptionDay {
  /** The day. */
  date: string;
  /** Name for people. */
  name?: string;
  /** Its spans. */
  spans?: SpanText[];
}

/** Why a clock gets more time. */
export interface ExtendClock {
  /** Why; the customer is told. */
  reason: string;
}

/** A field of cases beside the fixed ones. */
export interface FieldDef {
  /** Keys of the types of case that have it; all when empty. */
  case_types?: string[];
  /** Keys of the categories (with what lies below) that have it; all when empty. */
  categories?: string[];
  /** What to write there. */
  hint?: PlanText;
  /** Key. */
  key: string;
  /** What it holds. */
  kind: PlanFieldKind;
  /** Greatest number or length. */
  max?: number | null;
  /** Least number or length. */
  min?: number | null;
  /** Name. */
  name: PlanText;
  /** For choices. */
  options?: FieldOption[];
  /** The kind of stage that cannot be completed while it is empty. */
  required_at?: StageKind | null;
}

/** What is asked in a field before the chat. */
export type FieldKind = "text" | "email" | "phone" | "select" | "textarea" | "checkbox";

/** A value to choose. */
export interface FieldOption {
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
}

/** What is wrong with one field. */
export interface FieldProblem {
  /** The stable code, for programs. */
  code: string;
  /** Path of the field, as `contact.email` or `fields[2].key`. */
  field: string;
  /** What is wrong and what to do, in the caller's language. */
  message: string;
  /** Values that belong to the code. */
  params: Record<string, unknown>;
}

/** A stage on the line of a flow. */
export interface FlowStage {
  /** When its last run began. */
  begun_at: Timestamp | null;
  /** The case is in it now. */
  current: boolean;
  /** When its last run ended. */
  ended_at: Timestamp | null;
  /** Who ended its last run. */
  ended_by: UserRef | null;
  /** How its last run ended. */
  ending: CaseStageEnding | null;
  /** What to do there. */
  hint: string;
  /** The case goes through it. Not so for a stage that it was in while it was another kind of case. */
  in_row: boolean;
  /** Key. */
  key: string;
  /** What it is about. */
  kind: StageKind;
  /** Name. */
  name: string;
  /** It may be left out with a reason. */
  optional: boolean;
  /** Why it was left out or begun again. */
  reason: string | null;
}

/** Names a group complaint. */
export type GroupId = string;

/** Somebody who speaks for a group of customers. */
export interface GroupRepresentative {
  /** Their own case. */
  case_id: CaseId | null;
  /** How to reach them. */
  contact: string;
  /** Name. */
  name: string;
}

/** A card of guidance, in the language of the answer. */
export interface GuidanceCard {
  /** How to do it, with examples of wording. */
  body: string;
  /** Key in the plan. */
  key: string;
  /** Its rule in a sentence. */
  title: string;
  /** What it is about. */
  topic: CardTopic;
}

/** Names a hand-over. */
export type HandoverId = string;

/** Where a hand-over stands. */
export type HandoverState = "asked" | "accepted" | "done" | "closed" | "sent_back" | "withdrawn";

/** A day off: one `date`, `from` and `to` inclusive, or `yearly` as `MM-DD`. Also read from a plain date. */
export interface Holiday {
  /** One day. */
  date?: string | null;
  /** First day of several. */
  from?: string | null;
  /** Name for people. */
  name?: string;
  /** Last day of several. */
  to?: string | null;
  /** The same day of each year. */
  yearly?: string | null;
}

/** When somebody is there to answer. */
export interface Hours {
  /** The name of the working calendar. */
  calendar?: string | null;
  /** Official Chinese holidays and make-up workdays (调休) hold. */
  chinese_calendar: boolean;
  /** Around the clock, by the week, or by a working calendar. */
  mode: HoursMode;
  /** An IANA time zone. */
  time_zone: string;
  /** Spans of each weekday. */
  week: Week;
}

/** When somebody is there. */
export type HoursMode = "always" | "custom" | "calendar";

/** An event of an iCalendar file that was left out. */
export interface IcsLeftOut {
  /** When it begins, as the file writes it. */
  date?: string | null;
  /** Its summary; may be empty. */
  name: string;
  /** Why. */
  reason: IcsLeftOutReason;
}

/** Why an event was left out. */
export type IcsLeftOutReason = "time_of_day" | "cancelled" | "repetition" | "no_date" | "too_long" | "not_marked" | "not_an_event" | "cut_off" | "every_year";

/** What an iCalendar file says, to be reviewed and put into a document. */
export interface IcsReview {
  /** Days off. */
  holidays: Holiday[];
  /** The first of them, with the reasons. */
  left_out: IcsLeftOut[];
  /** Days that the file marks as worked (班). It cannot tell whose shifts they use: Monday's are proposed. */
  make_up: MakeUpDay[];
  /** How many events were left out. */
  skipped: number;
}

/** The text of an iCalendar file. */
export interface IcsText {
  /** The text. */
  text: string;
}

/** One way to recognise a contact. */
export interface Identity {
  /** Which one. */
  id: IdentityId;
  /** The inbox in which it holds, when it does not hold everywhere. */
  inbox_id: InboxId | null;
  /** By what. */
  kind: IdentityKind;
  /** The address, number or name. */
  value: string;
  /** Whether it was proved. */
  verified: boolean;
}

/** Names an identity of a contact. */
export type IdentityId = string;

/** By what a contact is recognised. */
export type IdentityKind = "email" | "phone" | "external" | "visitor" | "openid";

/** The proof of the host page that it knows the visitor. */
export interface IdentityProof {
  /** Whatever the host's own system knows. */
  attributes?: Record<string, unknown> | null;
  /** The e-mail address. */
  email?: string | null;
  /** What the host's own system calls the visitor. */
  external_id: string;
  /** HMAC-SHA-256 of `external_id` with the inbox's identity secret, in hexadecimal. */
  hash: string;
  /** The name. */
  name?: string | null;
  /** The telephone number. */
  phone?: string | null;
}

/** A new secret. */
export interface IdentitySecret {
  /** The secret, shown once. */
  secret: string;
}

/** A wait for which the policy does not stop the clock. */
export interface IgnoredPause {
  /** When it was asked for. */
  at: Timestamp;
  /** Why. */
  reason: ClockPauseReason;
}

/** An inbox. */
export interface Inbox {
  /** Settings of the generic channel. */
  api: ApiConfig | null;
  /** Kinds of attachments that are taken; all safe ones when empty. */
  attachment_kinds: string[];
  /** The team that new conversations go to. */
  default_team_id: TeamId | null;
  /** When somebody is there. */
  hours: Hours;
  /** Which one. */
  id: InboxId;
  /** Its name towards the outside. */
  key: string;
  /** Through which channel it receives. */
  kind: InboxKind;
  /** How large an attachment may be. */
  max_attachment_mb: number;
  /** Its name for the team. */
  name: string;
  /** Active conversations. */
  open_count: number;
  /** Whether it takes messages. */
  state: InboxState;
  /** The teams that see it; none means all. */
  team_ids: TeamId[];
  /** Rises with each change. */
  version: number;
  /** Settings of the widget. */
  web_chat: WebChatConfig | null;
}

/** The size of an inbox's list. */
export interface InboxCount {
  /** Which inbox. */
  inbox_id: InboxId;
  /** Active conversations. */
  open: number;
}

/** Names an inbox. */
export type InboxId = string;

/** Through which channel an inbox receives. */
export type InboxKind = "web_chat" | "api";

/** What of an inbox is to change. */
export interface InboxPatch {
  /** Settings of the generic channel. */
  api?: ApiConfig | null;
  /** Kinds of attachments that are taken. */
  attachment_kinds?: string[] | null;
  /** The team that new conversations go to; none when `null`. */
  default_team_id?: TeamId | null;
  /** When somebody is there. */
  hours?: Hours | null;
  /** How large an attachment may be. */
  max_attachment_mb?: number | null;
  /** A new name. */
  name?: string | null;
  /** Pause it or let it go on. */
  state?: InboxState | null;
  /** The teams that see it. */
  team_ids?: TeamId[] | null;
  /** Settings of the widget. */
  web_chat?: WebChatConfig | null;
}

/** An inbox where one is named. */
export interface InboxRef {
  /** Which one. */
  id: InboxId;
  /** Its channel. */
  kind: InboxKind;
  /** Its name. */
  name: string;
}

/** Whether an inbox takes messages. */
export type InboxState = "active" | "paused";

/** Names something that a customer said on the page. */
export type InputId = string;

/** How a page embeds the widget. */
export interface Install {
  /** How the host's server signs an identity. */
  identity_example: string;
  /** What to put into the page. */
  snippet: string;
}

/** What a customer might write, and the rules to hold it against. */
export interface IntakeCheck {
  /** The rules, perhaps of a draft. */
  rules: PlanIntakeRule[];
  /** What a customer might write. */
  text: string;
}

/** Which rule would open a case. */
export interface IntakeMatch {
  /** Key of the first rule with a word that the text holds; `null` when none has. */
  rule_key: string | null;
}

/** An invitation that nobody followed yet. */
export interface Invitation {
  /** Who invites. */
  created_by: UserRef;
  /** Who is invited. */
  email: string;
  /** When it ends. */
  expires_at: Timestamp;
  /** Which one. */
  id: string;
  /** The link, only in the answer to its making. */
  link: string | null;
  /** Whether it is sent by mail. */
  mailed: boolean;
  /** The name that is proposed. */
  name: string | null;
  /** Roles that they will hold. */
  roles: RoleRef[];
  /** Teams that they will belong to. */
  teams: TeamRef[];
}

/** What the page of an invitation shows. */
export interface InvitationInfo {
  /** Who is invited. */
  email: string;
  /** Its language. */
  locale: Locale;
  /** The name that is proposed. */
  name: string | null;
  /** The organisation that invites. */
  organization: string;
}

/** Invitations. */
export interface Invitations {
  /** The newest first. */
  items: Invitation[];
}

/** A job. */
export interface Job {
  /** How often it was tried. */
  attempts: number;
  /** When it was added. */
  created_at: Timestamp;
  /** Which one. */
  id: string;
  /** What kind of work it is. */
  kind: string;
  /** Why the last attempt failed. */
  last_error: string | null;
  /** How often it is tried at most. */
  max_attempts: number;
  /** What is to be done. */
  payload: unknown;
  /** When it runs next. */
  run_at: Timestamp;
  /** What becomes of it. */
  state: JobStateWord;
}

/** What becomes of a job. One that is done is removed. */
export type JobStateWord = "queued" | "running" | "dead";

/** How many jobs there are, and how far everything is that follows the log. */
export interface JobsSummary {
  /** Given up. */
  dead: number;
  /** Waiting. */
  queued: number;
  /** What follows the log. */
  reactors: ReactorInfo[];
  /** Being done. */
  running: number;
}

/** A case that may be about the same matter. */
export interface KnownCase {
  /** Which one. */
  id: CaseId;
  /** It is linked to the conversation already. */
  linked: boolean;
  /** Its number. */
  number: string;
  /** What it is about. */
  title: string;
}

/** The last message that people wrote. */
export interface LastMessageView {
  /** When. */
  at: Timestamp;
  /** Who wrote it. */
  author: AuthorKind;
  /** Whether only the team sees it. */
  note: boolean;
  /** Its beginning on one line; empty when it was taken back. */
  preview: string;
}

/** Clocks that a law demands. They come switched off. */
export interface LawPack {
  /** Whom it binds, and how to use it. */
  about: PlanText;
  /** Its clocks. */
  clocks: PlanClock[];
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** The law: name, who issued it, since when it is in force. */
  source: PlanText;
}

/** Which law. */
export interface LawPackRequest {
  /** The key of the law pack. */
  law_pack: string;
}

/** The law that demands a clock. */
export interface LawSource {
  /** Article and wording in short. */
  citation: PlanText;
  /** Key of the law pack. */
  pack: string;
}

/** Names a link to a progress page. */
export type LinkId = string;

/** The token of a link. */
export interface LinkToken {
  /** The end of the link. */
  token: string;
}

/** A case that is linked to another one. */
export interface LinkedCase {
  /** The other case. */
  case: Case;
  /** The link. */
  link: CaseLink;
}

/** A remedy in the list of all cases. */
export type ListedCaseRemedy = CaseRemedy & ({
  /** The case. */
  case: CaseRef;
  /** Its name in the plan. */
  name: string;
  /** Why the caller cannot approve it. */
  obstacle: CaseRemedyObstacle | null;
});

/** A task with the case that it belongs to. */
export type ListedCaseTask = CaseTask & {
  /** The case. */
  case: CaseRef;
};

/** Years that were stored. */
export interface LoadedYears {
  /** The years. */
  years: number[];
}

/** A language of the interface. */
export type Locale = "zh-CN" | "en";

/** A text in both languages. */
export interface Localized {
  /** English. */
  en: string;
  /** Simplified Chinese. */
  "zh-CN": string;
}

/** How a text was written as bytes. */
export type LogEncoding = "UTF-8" | "UTF-16" | "GB18030";

/** In which format a line is written. */
export type LogFormat = "application" | "syslog" | "access" | "web_server" | "android" | "json" | "plain";

/** How bad an entry says it is, from the least to the worst. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Entries by level. */
export interface LogLevelCounts {
  /** For who wrote the program. */
  debug: number;
  /** Something failed. */
  error: number;
  /** What happened as it should. */
  info: number;
  /** Without a level. */
  none: number;
  /** Something to look at. */
  warn: number;
}

/** A line of a log. */
export interface LogLine {
  /** Whether an entry begins with it; otherwise it goes on with the line above. */
  begins: boolean;
  /** The level of its entry. */
  level: LogLevel | null;
  /** How many characters more there are than are told. */
  more: number;
  /** Its number, from 1. */
  no: number;
  /** What stands there, without colours of terminals and with control characters made visible. */
  text: string;
}

/** What a log holds. */
export interface LogOverview {
  /** Whether its times have a day; otherwise the day is the one on which the file came. */
  dated: boolean;
  /** What it says about a device, when it is a diagnosis. */
  diagnosis: Diagnosis | null;
  /** How it was written as bytes. */
  encoding: LogEncoding;
  /** How many entries it has. */
  entries: number;
  /** The earliest time in it, as it stands there. */
  first_at: string | null;
  /** The format of most of its entries. */
  format: LogFormat;
  /** The latest time in it. */
  last_at: string | null;
  /** Entries by level. */
  levels: LogLevelCounts;
  /** How many lines it has. */
  lines: number;
  /** Whether it was packed. */
  packed: boolean;
  /** How many patterns there are in all. */
  pattern_count: number;
  /** Patterns of entries, the worst and most frequent first, at most 200. */
  patterns: LogPattern[];
  /** Seconds of a slice. */
  slice_seconds: number;
  /** Entries over time; empty without times. */
  slices: LogSlice[];
  /** How many entries hold a stack trace. */
  traces: number;
  /** Minutes before UTC that its times say of themselves. */
  utc_offset_minutes: number | null;
}

/** Lines that were asked for, in their order. */
export interface LogPage {
  /** The lines. */
  lines: LogLine[];
  /** How many entries of the whole file fit the question. */
  matched: number;
  /** Where the next page begins; absent on the last one. */
  next_from: number | null;
  /** What the whole file holds, when the question named no line to begin with. */
  overview: LogOverview | null;
}

/** Entries that differ only in numbers, ids and quoted words. */
export interface LogPattern {
  /** How many there are. */
  count: number;
  /** The first of them: its first lines. */
  example: LogLine[];
  /** When the first was written, as it stands in the file. */
  first_at: string | null;
  /** Its name for the filter. */
  id: string;
  /** When the last was written. */
  last_at: string | null;
  /** Their level. */
  level: LogLevel | null;
  /** What they have in common; `#` stands for numbers and ids. */
  text: string;
}

/** A slice of time. */
export interface LogSlice {
  /** When it begins, as it stands in the file. */
  at: string;
  /** Entries by level. */
  counts: LogLevelCounts;
  /** The first line in it, to go there; absent when it is empty. */
  line: number | null;
}

/** A change of the mail account. */
export interface MailPatch {
  /** The sender's address. */
  from?: string | null;
  /** How the connection is protected. */
  security?: MailSecurity | null;
  /** The server. */
  smtp_host?: string | null;
  /** The password; it is stored encrypted and never given out. */
  smtp_password?: string | null;
  /** The server's port. */
  smtp_port?: number | null;
  /** The account on the server. */
  smtp_user?: string | null;
}

/** How the connection to the mail server is kept from being read. */
export type MailSecurity = "none" | "starttls" | "tls";

/** The mail account that Heard sends from. */
export interface MailSettings {
  /** The sender's address. */
  from: string | null;
  /** How the connection is protected. */
  security: MailSecurity;
  /** The server; without one no mail is sent. */
  smtp_host: string | null;
  /** Whether a password is stored. The password itself is never given out. */
  smtp_password_set: boolean;
  /** The server's port. */
  smtp_port: number;
  /** The account on the server. */
  smtp_user: string | null;
}

/** A day worked with the shifts of another weekday. */
export interface MakeUpDay {
  /** The weekday whose shifts it uses. */
  as: string;
  /** The day. */
  date: string;
  /** Name for people. */
  name?: string;
}

/** Whoever is signed in. */
export interface Me {
  /** The picture. */
  avatar_attachment_id: string | null;
  /** What changing calls repeat in `X-CSRF-Token`; empty for API tokens, which need none. */
  csrf_token: string;
  /** The currency of amounts of money, as ISO 4217 calls it. */
  currency: string;
  /** The address to sign in with. */
  email: string;
  /** Which user. */
  id: UserId;
  /** The language of the console. */
  locale: Locale;
  /** The name that is shown. */
  name: string;
  /** The organisation's name. */
  organization: string;
  /** What the console remembers for them. */
  preferences: Record<string, unknown>;
  /** Whether they are there. */
  presence: Presence;
  /** Where to begin following events. */
  realtime_seq: number;
  /** What they may do. */
  rights: string[];
  /** The roles that they hold. */
  roles: RoleRef[];
  /** The teams that they belong to. */
  teams: TeamRef[];
  /** Light, dark, or as the system is. */
  theme: Theme;
  /** The IANA time zone that times are shown in. */
  time_zone: string;
  /** Whether they sign in with a second factor. */
  totp_enabled: boolean;
}

/** A change of one's own account; what is absent stays. */
export interface MePatch {
  /** The picture, a file of one's own sent with purpose `avatar`; null removes it. */
  avatar_attachment_id?: string | null;
  /** The language of the console. */
  locale?: Locale | null;
  /** The name that is shown. */
  name?: string | null;
  /** Preferences by key; null deletes one, the others stay. */
  preferences?: Record<string, unknown> | null;
  /** Light, dark, or as the system is. */
  theme?: Theme | null;
  /** The IANA time zone that times are shown in. */
  time_zone?: string | null;
}

/** Names a merge. */
export type MergeId = string;

/** Into which conversation another one is merged. */
export interface MergeRequest {
  /** The conversation that goes on. */
  into: ConversationId;
}

/** A case that was merged with another one. */
export interface MergedCase {
  /** The other case. */
  case: Case;
  /** The merge. */
  merge: CaseMerge;
}

/** A message. */
export interface Message {
  /** Its files. */
  attachments: Attachment[];
  /** Who wrote it. */
  author: MessageAuthor;
  /** Text with light Markdown; empty once taken back. */
  body: string;
  /** The writer's own key for it. */
  client_key: string | null;
  /** Where it stands. */
  conversation_id: ConversationId;
  /** When it was written. */
  created_at: Timestamp;
  /** A form that came with it. */
  form: Record<string, unknown> | null;
  /** Which one. */
  id: MessageId;
  /** What kind it is. */
  kind: MessageKind;
  /** Users that it names. */
  mentions: UserId[];
  /** Its number in the conversation, from 1 without gaps. */
  no: number;
  /** The message that it answers. */
  quote: Quote | null;
  /** Whether it was taken back. */
  recalled: boolean;
  /** When it was taken back. */
  recalled_at: Timestamp | null;
  /** What happened, of a system line. */
  system: SystemLine | null;
}

/** Who wrote a message. */
export interface MessageAuthor {
  /** Which contact, user or bot. */
  id: string | null;
  /** What kind of author. */
  kind: AuthorKind;
  /** The name that is shown; empty for system lines. */
  name: string;
}

/** Names a message. */
export type MessageId = string;

/** What kind of message it is. */
export type MessageKind = "text" | "note" | "system";

/** Messages of one conversation. */
export interface MessagePage {
  /** How far messages have reached the contact's device. */
  contact_delivered_no: number;
  /** How far the contact has read. */
  contact_read_no: number;
  /** The first number of the conversation; 0 when it has no message. */
  first_no: number;
  /** The messages, in rising order. */
  items: Message[];
  /** The last number of the conversation. */
  last_no: number;
}

/** What anybody may know about this installation. */
export interface Meta {
  /** The language for everybody who has chosen none. */
  default_locale: Locale;
  /** The product. */
  name: string;
  /** The organisation's name. */
  organization: string | null;
  /** Whether the first run is still to be done. */
  setup_required: boolean;
  /** Whether the first run asks for the token that was printed at start. */
  setup_token_required: boolean;
  /** Whether whoever asks is signed in: `GET /me` tells who it is. */
  signed_in: boolean;
  /** The IANA time zone of the organisation. */
  time_zone: string;
  /** The version of the program. */
  version: string;
}

/** What must be there before a stage can be completed. */
export type Need = "facts" | "occurred_at" | "impact" | "remedy_sought" | "contact" | "understanding_confirmed" | "acknowledgement" | "category" | "severity" | "urgency" | "difficulty" | "decision" | "owner" | "handovers_closed" | "tasks_done" | "solution" | "prevention" | "demand_judged" | "cause" | "upheld" | "remedy" | "result_notice" | "satisfaction" | "summary";

/** A token to be made. */
export interface NewApiToken {
  /** When it stops to work; never when absent. */
  expires_at?: Timestamp | null;
  /** What it is for. */
  name: string;
  /** The rights that it has; one must hold them oneself. */
  scopes: string[];
}

/** Years of an official arrangement: a file in `text`, or entered in `years`. */
export interface NewArrangement {
  /** Whose arrangement, such as `cn`. */
  region: string;
  /** Where it comes from: the name of a file, the title of a notice. */
  source?: string | null;
  /** A file: TOML as in docs/calendar.md, JSON of `holiday-cn`, or iCalendar with 休 and 班. */
  text?: string | null;
  /** Entered years. */
  years?: ArrangementYear[] | null;
}

/** A canned reply to be made. */
export interface NewCannedReply {
  /** The text. */
  body: string;
  /** Who can use it; oneself when absent. */
  scope?: CannedScope | null;
  /** The word after `/` that brings it. */
  shortcut: string;
  /** The team that can use it. */
  team_id?: TeamId | null;
  /** Its name. */
  title: string;
}

/** A case to be opened. */
export interface NewCase {
  /** What kind of case it is; the type must be given. */
  classification: CaseClassification;
  /** Conversations that it is about. */
  conversation_ids?: ConversationId[];
  /** Files that are evidence. */
  evidence?: NewEvidence[];
  /** What is written down; the title must be given. */
  fields: CaseFields;
  /** Only if no conversation that it is about has a case that is under way: whoever opens it knows of none. */
  only_case?: boolean;
  /** Who is responsible; whoever opens it when absent and `take` is set. */
  owner_id?: UserId | null;
  /** The case that it is a part of. */
  parent_id?: CaseId | null;
  /** When the customer turned to us; now when absent. */
  received_at?: Timestamp | null;
  /** Tags. */
  tag_ids?: TagId[];
  /** Whoever opens it is responsible for it. */
  take?: boolean;
  /** Which team has it. When absent: the team of whoever opens it and takes it, until the department is handed the case;
   * else that of the responsible department. */
  team_id?: TeamId | null;
}

/** A group complaint to be made. */
export interface NewCaseGroup {
  /** Its cases. */
  case_ids: CaseId[];
  /** Anything to add. */
  note?: string;
  /** Who speaks for all. */
  representatives?: GroupRepresentative[];
  /** What it is about. */
  title: string;
}

/** To which department a case goes. */
export interface NewCaseHandover {
  /** Keys of departments of the plan; several only in joint handling. */
  departments?: string[];
  /** The departments work beside the owner, who stays responsible. */
  joint?: boolean;
  /** How long it may take from now on. */
  limit?: ClockLimit | null;
  /** What is asked. */
  note: string;
  /** Which part of the case; the whole when empty. */
  scope?: string;
  /** Teams, for what the plan has no department for. */
  team_ids?: TeamId[];
}

/** A link to be made. */
export interface NewCaseLink {
  /** How they belong together. */
  kind: CaseLinkKind;
  /** Why. */
  note?: string;
  /** The other case. */
  other_id: CaseId;
}

/** A remedy to be granted. */
export interface NewCaseRemedy {
  /** Amount in minor units of money, for remedies that have one. */
  amount?: number | null;
  /** What exactly, and why. */
  note?: string;
  /** Key in the plan. */
  remedy: string;
}

/** What a view is made of. */
export interface NewCaseSavedView {
  /** The columns that it shows, in their order. */
  columns?: string[];
  /** What it looks for, with its order. */
  filters: CaseFilters;
  /** Its name. */
  name: string;
  /** Everybody sees it. */
  shared?: boolean;
}

/** A part of a case that becomes a case of its own. */
export interface NewCaseSplit {
  /** Conversations that go along. */
  conversation_ids?: ConversationId[];
  /** What happened, as far as it concerns the new case. */
  facts?: string;
  /** Why it is split. */
  reason?: string;
  /** What the new case is about. */
  title: string;
}

/** A task to be added. */
export interface NewCaseTask {
  /** Who does it. */
  assignee_id?: UserId | null;
  /** Key of the department that does it. */
  department?: string | null;
  /** How. */
  detail?: string;
  /** What it asks for; a plain task when absent. */
  kind?: PlaybookStepKind | null;
  /** How long it may take from now on. */
  limit?: ClockLimit | null;
  /** The stage cannot be completed without it. */
  required?: boolean;
  /** The kind of stage at which it is due. */
  stage_kind?: StageKind | null;
  /** What to do in a sentence. */
  title: string;
}

/** For whom a case waits. */
export interface NewCaseWait {
  /** What for. */
  note?: string;
  /** For whom. */
  reason: ClockPauseReason;
}

/** A conversation that a user begins. */
export interface NewConversation {
  /** With whom. */
  contact_id: ContactId;
  /** In which inbox. */
  inbox_id: InboxId;
  /** The first message. */
  message?: NewMessage | null;
}

/** A draft to be saved. */
export interface NewDraft {
  /** Files that were uploaded for it. */
  attachment_ids?: string[];
  /** The text so far. */
  body: string;
  /** What it is to become. */
  mode: DraftMode;
}

/** A file that becomes evidence. */
export interface NewEvidence {
  /** The file: uploaded for a case, or an attachment of a message. */
  attachment_id: string;
  /** Who gave it; for attachments of messages it follows from the message. */
  given_by?: EvidenceGiver | null;
  /** What it shows. */
  note?: string;
}

/** A file that is about to become evidence. */
export interface NewEvidenceUpload {
  /** File name. */
  name: string;
  /** Bytes. */
  size: number;
}

/** An inbox to be set up. */
export interface NewInbox {
  /** Through which channel it receives. */
  kind: InboxKind;
  /** Its name for the team. */
  name: string;
}

/** Somebody to be invited. */
export interface NewInvitation {
  /** Their address. */
  email: string;
  /** A name to propose. */
  name?: string | null;
  /** Roles that they will hold. */
  role_ids?: RoleId[] | null;
  /** Teams that they will belong to. */
  team_ids?: TeamId[] | null;
}

/** A message that a user writes. */
export interface NewMessage {
  /** Files that were uploaded for it. */
  attachment_ids?: string[];
  /** The text. */
  body?: string;
  /** The writer's own key: the same key means the same message. */
  client_key?: string | null;
  /** Said to the contact, or a note; `text` when absent. */
  kind?: MessageKind | null;
  /** Users that it names; only in notes. */
  mentions?: UserId[];
  /** The message that it answers. */
  quote_id?: MessageId | null;
  /** When it comes back; with `then` being `snooze`. */
  snoozed_until?: Timestamp | null;
  /** What becomes of the conversation after it. */
  then?: Then | null;
}

/** A notice to be sent. */
export interface NewNotice {
  /** How the customer is told. */
  channel: NoticeChannel;
  /** The conversation of the case through which it goes; needed for that way. */
  conversation_id?: ConversationId | null;
  /** Its language; that of the customer when absent, or of the caller where nobody knows it. */
  locale?: Locale | null;
  /** Anything to add, for the team. */
  note?: string;
  /** The words of the parts, by their keys. `{{progress.url}}` becomes a fresh link to the progress page. */
  parts: Record<string, string>;
  /** Key of the template. */
  template: string;
  /** When they were told, for the other ways; now when absent. */
  told_at?: Timestamp | null;
  /** Who was told, for the other ways; the name of who complains when absent. */
  told_to?: string | null;
}

/** A plan to be made. */
export interface NewPlanRequest {
  /** Its key; that of the pack when absent. */
  key?: string | null;
  /** Its name; that of the pack when absent. */
  name?: PlanText | null;
  /** The key of the pack that it begins with. */
  pack: string;
}

/** What a new version begins with: another version, a pack, or the active version when neither is named. */
export interface NewPlanVersion {
  /** A version of the same plan. */
  based_on_id?: PlanVersionId | null;
  /** What it changes and why. */
  note?: string | null;
  /** The key of a pack. */
  pack?: string | null;
}

/** A promise to be made. */
export interface NewPromise {
  /** What is promised. */
  body: string;
  /** The calendar that working time is counted in; the organisation's default when absent. */
  calendar?: string | null;
  /** The case that it is made in. */
  case_id?: string | null;
  /** The conversation that it is made in. */
  conversation_id?: ConversationId | null;
  /** How long it may take, or with the unit `instant` until when it is done. */
  limit: ClockLimit;
  /** The message that it is made with, in that conversation. */
  message_id?: MessageId | null;
  /** Who has to keep it; the caller when absent. */
  owner_id?: UserId | null;
  /** When it was made, if that was earlier; the time of the message when absent. */
  promised_at?: Timestamp | null;
}

/** An own role to be made. */
export interface NewRole {
  /** What it is for. */
  description?: string | null;
  /** The name. */
  name: string;
  /** The rights that it grants. */
  rights: string[];
}

/** A tag to be made. */
export interface NewTag {
  /** Its colour; grey when absent. */
  color?: TagColor | null;
  /** Its name. */
  name: string;
}

/** A team to be made. */
export interface NewTeam {
  /** What people should know about it. */
  description?: string | null;
  /** Whether it serves contacts or solves cases. */
  kind: TeamKind;
  /** Who leads it. */
  lead_id?: UserId | null;
  /** Who belongs to it. */
  member_ids?: UserId[] | null;
  /** The name. */
  name: string;
}

/** A file that a user is about to send. */
export interface NewUpload {
  /** The conversation that it is for, with purpose `message`. */
  conversation_id?: ConversationId | null;
  /** The inbox that it is for, when there is no conversation yet. */
  inbox_id?: InboxId | null;
  /** File name. */
  name: string;
  /** What it is for. */
  purpose: Purpose;
  /** Bytes. */
  size: number;
}

/** A user to be made. */
export interface NewUser {
  /** The address to sign in with. */
  email: string;
  /** The name that is shown. */
  name: string;
  /** The first password. */
  password: string;
  /** Roles to hold. */
  role_ids?: RoleId[] | null;
  /** Teams to belong to. */
  team_ids?: TeamId[] | null;
}

/** What a customer was told. */
export interface Notice {
  /** The case. */
  case_id: CaseId;
  /** How the customer was told. */
  channel: NoticeChannel;
  /** The conversation in which it was said. */
  conversation_id: ConversationId | null;
  /** Its id. */
  id: NoticeId;
  /** What it was for. */
  kind: TemplateKind;
  /** The language, as `zh-CN`. */
  locale: string;
  /** The message in which it was said. */
  message_id: MessageId | null;
  /** Anything to add, for the team. */
  note: string;
  /** Its parts, in their order. */
  parts: NoticePart[];
  /** When it was recorded. */
  sent_at: Timestamp;
  /** Who sent it; nobody when it went by rule. */
  sent_by: UserId | null;
  /** SHA-256 of what was said, in hexadecimal. */
  sha256: string;
  /** Key of the template. */
  template_key: string;
  /** When they were told. */
  told_at: Timestamp;
  /** Who was told, in words. */
  told_to: string;
}

/** How the customer was told. */
export type NoticeChannel = "conversation" | "phone" | "letter" | "email" | "sms" | "in_app" | "visit";

/** A notice to be completed by a person. */
export interface NoticeDraft {
  /** The language of the customer, where the contact or a conversation tells it. */
  customer_locale: Locale | null;
  /** What it is for. */
  kind: TemplateKind;
  /** Its language. */
  locale: Locale;
  /** Name of the template. */
  name: string;
  /** Its parts, in their order. */
  parts: NoticeDraftPart[];
  /** Key of the template. */
  template: string;
}

/** A part of a draft. */
export interface NoticeDraftPart {
  /** What is still open in it, as it stands between the braces. */
  gaps: string[];
  /** Key in the template. */
  key: string;
  /** The notice cannot go without it. */
  mandatory: boolean;
  /** What it must say. */
  name: string;
  /** Words to begin with. */
  text: string;
}

/** Names a notice. */
export type NoticeId = string;

/** A part of a notice. */
export interface NoticePart {
  /** Key in the template. */
  key: string;
  /** The notice could not go without it. */
  mandatory: boolean;
  /** What it says. */
  name: string;
  /** Its words. */
  text: string;
}

/** Whether somebody is there. */
export interface OpenNow {
  /** When that changes; absent when it does not within a year. */
  next_change_at: Timestamp | null;
  /** Somebody is there. */
  open: boolean;
}

/** One's own password once more. */
export interface OwnPassword {
  /** The password. */
  password: string;
}

/** One page of a list. */
export interface Page_Alert {
  /** The items, in the order of the list. */
  items: (AlertRow & {
    /** What it says, in the language of the answer. */
    text: string;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_ApiToken {
  /** The items, in the order of the list. */
  items: ({
    /** When it was made. */
    created_at: Timestamp;
    /** When it stops to work. */
    expires_at: Timestamp | null;
    /** Which one. */
    id: string;
    /** When it was last used, to five minutes. */
    last_used_at: Timestamp | null;
    /** What it is for. */
    name: string;
    /** How it begins. */
    prefix: string;
    /** The rights that it has, as far as its user has them. */
    scopes: string[];
    /** The token itself, only in the answer to its making. */
    token: string | null;
    /** For whom it acts. */
    user: UserRef;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_AuditEntry {
  /** The items, in the order of the list. */
  items: ({
    /** What was done: the kind of the event. */
    action: string;
    /** Who did it. */
    actor: AuditActor;
    /** The network address that the actor came from. */
    address: string | null;
    /** When it happened. */
    at: Timestamp;
    /** Ids and values of the event. */
    detail: Record<string, unknown>;
    /** SHA-256 over the entry and the hash before it, in hexadecimal digits. */
    hash: string;
    /** Its number, without gaps. */
    seq: number;
    /** To what. */
    subject: AuditSubject;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_CannedReply {
  /** The items, in the order of the list. */
  items: ({
    /** The text with variables like `{{contact.name}}`. */
    body: string;
    /** Which one. */
    id: CannedId;
    /** The initials of the title's pinyin. */
    initials: string;
    /** Who made it. */
    owner: UserRef;
    /** The title in pinyin. */
    pinyin: string;
    /** Who can use it. */
    scope: CannedScope;
    /** The word after `/` that brings it. */
    shortcut: string;
    /** The team that can use it. */
    team_id: TeamId | null;
    /** Its name. */
    title: string;
    /** How often it was used. */
    use_count: number;
    /** Rises with each change. */
    version: number;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_Case {
  /** The items, in the order of the list. */
  items: ({
    /** When it was archived. */
    archived_at: Timestamp | null;
    /** Its category. */
    category: PlanName | null;
    /** Its cause. */
    cause: PlanName | null;
    /** How its clocks stand. */
    clock_state: CaseClockState;
    /** Who is served. */
    contact: CaseContact | null;
    /** Fields of the plan. */
    custom: Record<string, Record<string, unknown>>;
    /** Whether it is taken on. */
    decision: CaseDecision | null;
    /** Whether the demand is reasonable. */
    demand: CaseDemand | null;
    /** The department that the plan names for its category. */
    department: PlanName | null;
    /** Its difficulty. */
    difficulty: PlanName | null;
    /** What another system calls it. */
    external_ref: string | null;
    /** The group complaint that it belongs to. */
    group_id: string | null;
    /** Which one. */
    id: CaseId;
    /** The case that it was merged into. */
    merged_into: CaseId | null;
    /** When its next clock runs out. */
    next_due_at: Timestamp | null;
    /** Its number, as `T-10023`. */
    number: string;
    /** What became of it. */
    outcome: CaseOutcome | null;
    /** Who is responsible. */
    owner: UserRef | null;
    /** The case that it is a part of. */
    parent_id: CaseId | null;
    /** The version of the plan that it follows. */
    plan_version_id: PlanVersionId;
    /** Derived from severity and urgency. */
    priority: CasePriority;
    /** When the customer turned to us. */
    received_at: Timestamp;
    /** How long it took from arrival to record, in milliseconds. */
    record_delay_ms: number;
    /** When it was recorded. */
    recorded_at: Timestamp;
    /** How often it was opened again. */
    reopened_count: number;
    /** How satisfied the customer is, 1 to 5. */
    satisfaction: number | null;
    /** Its severity. */
    severity: PlanName | null;
    /** Whether it can be solved at once. */
    solvable_at_once: boolean | null;
    /** How it came. */
    source: CaseSource;
    /** The stage that it is in. */
    stage: CaseStage | null;
    /** Whether somebody is to act. */
    state: CaseState;
    /** Its tags, by name. */
    tags: TagRef[];
    /** Which team has it. */
    team: TeamRef | null;
    /** What it is about. */
    title: string;
    /** Its type. */
    type: PlanName;
    /** When it last changed. */
    updated_at: Timestamp;
    /** Whether it is upheld. */
    upheld: CaseUpheld | null;
    /** Its urgency. */
    urgency: PlanName | null;
    /** Rises when what people edit changes. */
    version: number;
    /** Since when it waits. */
    waiting_since: Timestamp | null;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_CaseEscalation {
  /** The items, in the order of the list. */
  items: ({
    /** When. */
    at: Timestamp;
    /** The case. */
    case_id: CaseId;
    /** The clock. */
    clock_id: ClockId | null;
    /** What was done. */
    done: EscalationDeed[];
    /** Its id. */
    id: EscalationId;
    /** Key of the chain or of the alarm. */
    rule_key: string;
    /** The number of the step in its chain, from 1; 0 for an alarm. */
    step_no: number;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_CaseHandover {
  /** The items, in the order of the list. */
  items: (CaseHandoverRow & ({
    /** Who asked. */
    asker: UserRef | null;
    /** Who closed it, sent it back or withdrew it. */
    ender: UserRef | null;
    /** Who deals with it in the department. */
    handler: UserRef | null;
    /** The team that it goes to. */
    team: TeamRef | null;
  }))[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_CaseNotice {
  /** The items, in the order of the list. */
  items: (Notice & ({
    /** Who sent it. */
    sender: UserRef | null;
  }))[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_CaseOfferedFile {
  /** The items, in the order of the list. */
  items: {
    /** When it came. */
    at: Timestamp;
    /** The file. */
    attachment_id: string;
    /** The conversation that it came in. */
    conversation_id: ConversationId;
    /** Who gave it. */
    given_by: EvidenceGiver;
    /** Media type. */
    kind: string;
    /** The message that it came with. */
    message_id: MessageId;
    /** Its name. */
    name: string;
    /** Bytes. */
    size: number;
  }[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_CaseRemedy {
  /** The items, in the order of the list. */
  items: (CaseRemedyRow & ({
    /** Who asked or granted. */
    asker: UserRef | null;
    /** Who decided. */
    decider: UserRef | null;
  }))[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_CaseSavedView {
  /** The items, in the order of the list. */
  items: {
    /** The columns that it shows, in their order; fields of the plan as `custom.key`. The usual ones when empty. */
    columns: string[];
    /** What it looks for, with its order. */
    filters: CaseFilters;
    /** Which one. */
    id: CaseViewId;
    /** Its name. */
    name: string;
    /** Whose it is. */
    owner_id: UserId;
    /** Everybody sees it. */
    shared: boolean;
    /** Rises with each change. */
    version: number;
  }[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_CaseTask {
  /** The items, in the order of the list. */
  items: (CaseTaskRow & ({
    /** Who does it. */
    assignee: UserRef | null;
    /** Who did it or found it not needed. */
    ended_by_user: UserRef | null;
    /** How, in the language of the answer. */
    how: string;
    /** The team that does it. */
    team: TeamRef | null;
    /** What to do, in the language of the answer. */
    words: string;
  }))[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_CaseTimelineEntry {
  /** The items, in the order of the list. */
  items: ({
    /** Who did it, when it was a user. */
    actor: UserRef | null;
    /** What kind of actor did it: `user`, `contact`, `bot` or `system`. */
    actor_kind: string;
    /** When. */
    at: Timestamp;
    /** Ids, keys and values of it. */
    data: Record<string, unknown>;
    /** What happened, as `case.stage_done`. */
    kind: string;
    /** Its place in the log. */
    seq: number;
    /** Which one. */
    subject_id: string;
    /** What it happened to: `case`, `clock` or `conversation`. */
    subject_kind: string;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_Contact {
  /** The items, in the order of the list. */
  items: ({
    /** Whatever the host's own system knows. */
    attributes: Record<string, unknown>;
    /** Whether messages are refused. */
    blocked: boolean;
    /** When they first came. */
    created_at: Timestamp;
    /** The name; without one an address, a number or what another system calls them; a word for a visitor else. */
    display_name: string;
    /** The address to write to. */
    email: string | null;
    /** Who. */
    id: ContactId;
    /** By what they are recognised. */
    identities: Identity[];
    /** When they were last there. */
    last_seen_at: Timestamp | null;
    /** The language. */
    locale: string | null;
    /** The name, when one is known. */
    name: string | null;
    /** What the team should know. */
    note: string;
    /** Whether they are connected now. */
    online: boolean;
    /** The company. */
    organization: string | null;
    /** The number to call. */
    phone: string | null;
    /** Their tags, by name. */
    tags: TagRef[];
    /** An IANA time zone. */
    time_zone: string | null;
    /** Rises with each change. */
    version: number;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_Conversation {
  /** The items, in the order of the list. */
  items: ({
    /** Who serves it. */
    assignee: UserRef | null;
    /** When it was closed. */
    closed_at: Timestamp | null;
    /** Who is served. */
    contact: ConversationContact;
    /** How far the contact has read. */
    contact_read_no: number;
    /** When it began. */
    created_at: Timestamp;
    /** Fields of the form that it began with. */
    custom: Record<string, unknown>;
    /** Whether the caller has a draft in it. */
    draft: boolean;
    /** Which one. */
    id: ConversationId;
    /** Where it came in. */
    inbox: InboxRef;
    /** The last message that people wrote. */
    last_message: LastMessageView | null;
    /** The number of the last message. */
    last_message_no: number;
    /** The contact's language. */
    locale: string | null;
    /** Whether it mentions the caller, who has not looked yet. */
    mentioned: boolean;
    /** The conversation that it is part of. */
    merged_into: ConversationId | null;
    /** Its number for people. */
    no: number;
    /** The page that the contact wrote from first. */
    page_url: string | null;
    /** Who takes part. */
    participants: UserRef[];
    /** How urgent it is. */
    priority: Priority;
    /** When it comes back. */
    snoozed_until: Timestamp | null;
    /** What it waits for. */
    state: ConversationState;
    /** What it is about. */
    subject: string | null;
    /** Its tags, by name. */
    tags: TagRef[];
    /** Which team serves it. */
    team: TeamRef | null;
    /** How many of the contact's messages the caller has not read. */
    unread: number;
    /** When it last changed. */
    updated_at: Timestamp;
    /** Rises when subject or priority change. */
    version: number;
    /** The first message of the contact that no person has answered yet. */
    waiting_since: Timestamp | null;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_Evidence {
  /** The items, in the order of the list. */
  items: ({
    /** When it was added. */
    added_at: Timestamp;
    /** Who added it; nobody when it came by rule or from the customer. */
    added_by: UserRef | null;
    /** The file. */
    attachment_id: string;
    /** The conversation that it came in. */
    conversation_id: ConversationId | null;
    /** Who gave it. */
    given_by: EvidenceGiver;
    /** Which one. */
    id: EvidenceId;
    /** Media type, found from the content. */
    kind: string;
    /** The message that it came with. */
    message_id: MessageId | null;
    /** The name that the file came with. */
    name: string;
    /** What it shows. */
    note: string;
    /** Why it was removed. */
    removal_reason: string | null;
    /** When it was removed. */
    removed_at: Timestamp | null;
    /** Who removed it. */
    removed_by: UserRef | null;
    /** SHA-256 of the content, in hexadecimal. */
    sha256: string;
    /** Bytes. */
    size: number;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_GuidanceCard {
  /** The items, in the order of the list. */
  items: {
    /** How to do it, with examples of wording. */
    body: string;
    /** Key in the plan. */
    key: string;
    /** Its rule in a sentence. */
    title: string;
    /** What it is about. */
    topic: CardTopic;
  }[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_Inbox {
  /** The items, in the order of the list. */
  items: ({
    /** Settings of the generic channel. */
    api: ApiConfig | null;
    /** Kinds of attachments that are taken; all safe ones when empty. */
    attachment_kinds: string[];
    /** The team that new conversations go to. */
    default_team_id: TeamId | null;
    /** When somebody is there. */
    hours: Hours;
    /** Which one. */
    id: InboxId;
    /** Its name towards the outside. */
    key: string;
    /** Through which channel it receives. */
    kind: InboxKind;
    /** How large an attachment may be. */
    max_attachment_mb: number;
    /** Its name for the team. */
    name: string;
    /** Active conversations. */
    open_count: number;
    /** Whether it takes messages. */
    state: InboxState;
    /** The teams that see it; none means all. */
    team_ids: TeamId[];
    /** Rises with each change. */
    version: number;
    /** Settings of the widget. */
    web_chat: WebChatConfig | null;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_Job {
  /** The items, in the order of the list. */
  items: ({
    /** How often it was tried. */
    attempts: number;
    /** When it was added. */
    created_at: Timestamp;
    /** Which one. */
    id: string;
    /** What kind of work it is. */
    kind: string;
    /** Why the last attempt failed. */
    last_error: string | null;
    /** How often it is tried at most. */
    max_attempts: number;
    /** What is to be done. */
    payload: unknown;
    /** When it runs next. */
    run_at: Timestamp;
    /** What becomes of it. */
    state: JobStateWord;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_LawPack {
  /** The items, in the order of the list. */
  items: {
    /** Whom it binds, and how to use it. */
    about: PlanText;
    /** Its clocks. */
    clocks: PlanClock[];
    /** Key. */
    key: string;
    /** Name. */
    name: PlanText;
    /** The law: name, who issued it, since when it is in force. */
    source: PlanText;
  }[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_ListedCaseRemedy {
  /** The items, in the order of the list. */
  items: (CaseRemedy & ({
    /** The case. */
    case: CaseRef;
    /** Its name in the plan. */
    name: string;
    /** Why the caller cannot approve it. */
    obstacle: CaseRemedyObstacle | null;
  }))[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_ListedCaseTask {
  /** The items, in the order of the list. */
  items: (CaseTask & {
    /** The case. */
    case: CaseRef;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_PlanEvaluationView {
  /** The items, in the order of the list. */
  items: ({
    /** Corrective actions. */
    actions: CorrectiveActionView[];
    /** When. */
    created_at: Timestamp;
    /** Who recorded it. */
    created_by: UserRef | null;
    /** What was written down. */
    findings: PlanFindings;
    /** Which one. */
    id: EvaluationId;
    /** What is recorded. */
    kind: PlanEvaluationKind;
    /** Actions that are not done. */
    open_actions: number;
    /** First day of the period looked at. */
    period_from: string | null;
    /** Its last day. */
    period_to: string | null;
    /** Of which plan. */
    plan_id: PlanId;
    /** The version that was looked at, or that the update led to. */
    plan_version_id: PlanVersionId | null;
    /** Title. */
    title: string;
    /** When it was changed last. */
    updated_at: Timestamp;
    /** Rises with each change. */
    version: number;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_PlanPackSummary {
  /** The items, in the order of the list. */
  items: {
    /** For whom it is, and what is in it. */
    about: PlanText;
    /** Key. */
    key: string;
    /** Name. */
    name: PlanText;
  }[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_PlanSummary {
  /** The items, in the order of the list. */
  items: ({
    /** The version that new cases follow. */
    active_version_id: PlanVersionId | null;
    /** When it was made. */
    created_at: Timestamp;
    /** Which one. */
    id: PlanId;
    /** Cases follow it when nothing else is said. */
    is_default: boolean;
    /** Its key. */
    key: string;
    /** Name. */
    name: PlanText;
    /** The key of the pack that it began with. */
    pack: string;
    /** When it was changed last. */
    updated_at: Timestamp;
    /** Rises with each change. */
    version: number;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_ProgressInput {
  /** The items, in the order of the list. */
  items: ({
    /** `solved`, `unsolved`, or a number from 1 to 5. */
    answer: string;
    /** When. */
    at: Timestamp;
    /** What was written. */
    body: string;
    /** The case. */
    case_id: CaseId;
    /** Names of the files that came with it. */
    file_names: string[];
    /** Its id. */
    id: InputId;
    /** What was done. */
    kind: ProgressInputKind;
    /** The link through which it came. */
    link_id: LinkId;
    /** The message that it became. */
    message_id: MessageId | null;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_ProgressLink {
  /** The items, in the order of the list. */
  items: (ProgressLinkRow & ({
    /** Who made it. */
    creator: UserRef | null;
    /** The address for the customer; only when it was just made. */
    url: string | null;
  }))[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_Promise {
  /** The items, in the order of the list. */
  items: ({
    /** What was promised. */
    body: string;
    /** The case that it was made in. */
    case_id: string | null;
    /** Its clock. */
    clock: Clock;
    /** The conversation that it was made in. */
    conversation_id: ConversationId | null;
    /** When it was entered. */
    created_at: Timestamp;
    /** Who entered it. */
    created_by: UserRef;
    /** When it was done. */
    done_at: Timestamp | null;
    /** Which one. */
    id: PromiseId;
    /** The message that it was made with. */
    message_id: MessageId | null;
    /** Who has to keep it. */
    owner: UserRef;
    /** When it was made, from which its limit counts. */
    promised_at: Timestamp;
    /** Why it was withdrawn. */
    reason: string | null;
    /** What became of it. */
    state: PromiseState;
    /** Rises with each change. */
    version: number;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_SessionInfo {
  /** The items, in the order of the list. */
  items: {
    /** The network address that it was opened from. */
    address: string;
    /** When it was opened. */
    created_at: Timestamp;
    /** Whether it is the one that asks. */
    current: boolean;
    /** Which one. */
    id: string;
    /** When it was last used, to the minute. */
    last_seen_at: Timestamp;
    /** The browser, as it calls itself. */
    user_agent: string;
  }[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_Tag {
  /** The items, in the order of the list. */
  items: {
    /** Its colour. */
    color: TagColor;
    /** Which one. */
    id: TagId;
    /** Its name. */
    name: string;
    /** How many conversations and contacts carry it. */
    use_count: number;
    /** Rises with each change. */
    version: number;
  }[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_Track {
  /** The items, in the order of the list. */
  items: ({
    /** When. */
    at: Timestamp;
    /** Which one. */
    id: TrackId;
    /** What it was. */
    name: string;
    /** On which page. */
    page_url: string | null;
    /** Details. */
    properties: Record<string, unknown>;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_User {
  /** The items, in the order of the list. */
  items: ({
    /** The picture. */
    avatar_attachment_id: string | null;
    /** How many open conversations they take at a time. */
    capacity: number;
    /** When the account was made. */
    created_at: Timestamp;
    /** The address to sign in with. */
    email: string;
    /** Which one. */
    id: UserId;
    /** When they were last there. */
    last_seen_at: Timestamp | null;
    /** The language of the console. */
    locale: Locale;
    /** The name that is shown. */
    name: string;
    /** The roles that they hold. */
    roles: RoleRef[];
    /** Whether they may sign in. */
    state: UserState;
    /** The teams that they belong to. */
    teams: TeamRef[];
    /** Whether they sign in with a second factor. */
    totp_enabled: boolean;
    /** Counts changes. */
    version: number;
  })[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** One page of a list. */
export interface Page_WordingFinding {
  /** The items, in the order of the list. */
  items: {
    /** What to say instead; may be empty. */
    advice: string;
    /** Where they end. */
    end: number;
    /** What is wrong with it. */
    kind: WordingKind;
    /** Name of the rule. */
    name: string;
    /** Key of the rule of the plan. */
    rule: string;
    /** Where they begin, in units of UTF-16 as browsers count. */
    start: number;
    /** The words as they stand in the text. */
    words: string;
  }[];
  /** Where the next page starts; absent on the last page. */
  next_cursor: string | null;
}

/** Users to add and remove. */
export interface ParticipantRequest {
  /** Join. */
  add?: UserId[];
  /** Leave. */
  remove?: UserId[];
}

/** A new password. */
export interface PasswordChange {
  /** The present password. */
  current: string;
  /** The new one. */
  new: string;
}

/** A new password by a link. */
export interface PasswordResetComplete {
  /** The new password. */
  password: string;
  /** The end of the link. */
  token: string;
}

/** Whose password is forgotten. */
export interface PasswordResetRequest {
  /** The address. */
  email: string;
}

/** What a pause did; overlapping pauses are one. */
export interface PauseEffect {
  /** First instant. */
  from: Timestamp;
  /** Working time that it kept from counting. */
  minutes: number;
  /** First instant after it; absent while it lasts. */
  to?: Timestamp | null;
}

/** The plan that a case follows: a version with what it says. Derefs to the [`Plan`]. */
export interface PinnedPlan {
  /** The version's number within the plan. */
  no: number;
  /** What the version says. */
  plan: Plan;
  /** The plan. */
  plan_id: PlanId;
  /** The version. */
  version_id: PlanVersionId;
}

/** The content of one version of a plan (预案). */
export interface Plan {
  /** What happens at once when a case becomes such as described. */
  alarms?: PlanAlarm[];
  /** The calendar that working time is counted in; the organisation's default when absent. */
  calendar?: string | null;
  /** Guidance at the moment of need. */
  cards?: PlanCard[];
  /** Kinds of cases. */
  case_types?: CaseType[];
  /** The one tree of categories, parents before children. */
  categories?: Category[];
  /** The tree of causes, parents before children. */
  causes?: CauseNode[];
  /** The chains of tasks and hand-overs. */
  chains?: PlanWorkChains;
  /** Clocks. */
  clocks?: PlanClock[];
  /** When a case may be archived, and what happens after. */
  closing?: ClosingRules;
  /** Who solves: departments, which an administrator ties to teams. */
  departments?: Department[];
  /** Levels of difficulty, the hardest first. */
  difficulties?: PlanLevel[];
  /** Chains of escalation that clocks name. */
  escalations?: Escalation[];
  /** Fields of cases beside the fixed ones. */
  fields?: FieldDef[];
  /** Stages in their order, by type of case. */
  flows?: PlanFlow[];
  /** Which conversations become cases by themselves; the first that fits counts. */
  intake?: PlanIntakeRule[];
  /** Checklists. */
  playbooks?: Playbook[];
  /** How priority follows from severity and urgency: the first row that fits, normal when none does. */
  priorities?: PriorityRow[];
  /** What can be granted, and by whom. */
  remedies?: PlanRemedy[];
  /** When whoever is responsible for a case is reminded to look how it goes on. */
  reminders?: PlanReminder[];
  /** Levels of severity, the gravest first. */
  severities?: PlanLevel[];
  /** Texts to customers with their mandatory parts. */
  templates?: PlanTemplate[];
  /** Levels of urgency, the most urgent first. */
  urgencies?: PlanLevel[];
  /** Named views of the tree: classes that are sets of categories. */
  views?: CategoryView[];
  /** Words that are better not said to customers. */
  wording?: PlanWordingRule[];
}

/** What happens at once when a case becomes such as described, such as a severe complaint. */
export interface PlanAlarm {
  /** What is done. */
  actions: EscalationAction[];
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** Which cases. Once for a case. */
  when: PlanCondition;
}

/** A card of guidance. */
export interface PlanCard {
  /** How to do it, with examples of wording. */
  body?: PlanText;
  /** Keys of types of case; all when empty. */
  case_types?: string[];
  /** Key. */
  key: string;
  /** States of the customer in which it is shown; all when empty. */
  moods?: CustomerMood[];
  /** Kinds of stages at which it is shown; all when empty. */
  stages?: StageKind[];
  /** Its rule in a sentence. */
  title: PlanText;
  /** What it is about. */
  topic: CardTopic;
}

/** A thing that is in both plans and not the same. */
export interface PlanChange {
  /** What differs in it. */
  fields: PlanFieldChange[];
  /** Its key; empty for a section that is one thing. */
  key: string;
  /** Its present name. */
  name: PlanText | null;
}

/** A clock (时限) that a plan demands. */
export interface PlanClock {
  /** The calendar; that of the plan when absent. */
  calendar?: string | null;
  /** Rules of laws come switched off. */
  enabled?: boolean;
  /** The key of the chain of escalation. */
  escalation?: string | null;
  /** Whether and how it can be extended. */
  extension?: PlanExtension | null;
  /** Rules with the same word exclude each other, such as the 5, 3 and 2 days of the routing classes. */
  group?: string | null;
  /** Key. */
  key: string;
  /** Set for clocks of a law pack: which law, and where it is written. */
  law?: LawSource | null;
  /** Name. */
  name: PlanText;
  /** How long it may run, what pauses it, when it warns. */
  policy: ClockPolicy;
  /** Where it comes from: paragraph of the plan, contract, law. */
  source?: PlanText;
  /** What starts it. */
  start: PlanMoment;
  /** What fulfils it. */
  stop: PlanMoment;
  /** Which cases have it. Of several enabled rules with the same `group` the first that fits counts. */
  when?: PlanCondition;
}

/** What differs between two plans. */
export interface PlanComparison {
  /** The sections that differ. */
  sections: PlanSectionChanges[];
}

/** Which cases a rule is for. An empty list does not restrict; all lists that are not empty must fit. */
export interface PlanCondition {
  /** Keys of types. */
  case_types?: string[];
  /** Keys of categories, with what lies below. */
  categories?: string[];
  /** Classes of views, as `view/class`. */
  classes?: string[];
  /** Keys of difficulties. */
  difficulties?: string[];
  /** Keys of severities. */
  severities?: string[];
  /** Keys of urgencies. */
  urgencies?: string[];
}

/** A thing of a plan. */
export interface PlanEntry {
  /** Its key, or its place in the list when it has none. */
  key: string;
  /** Its name. */
  name: PlanText | null;
  /** All of it. */
  value: unknown;
}

/** What is recorded. */
export type PlanEvaluationKind = "evaluation" | "update";

/** What an evaluation or update is to say. */
export interface PlanEvaluationRequest {
  /** Corrective actions. */
  actions?: CorrectiveAction[];
  /** What was written down. */
  findings?: PlanFindings;
  /** What is recorded. */
  kind: PlanEvaluationKind;
  /** First day of the period looked at, as 2026-07-01. */
  period_from?: string | null;
  /** Its last day. */
  period_to?: string | null;
  /** The version that was looked at, or that the update led to. */
  plan_version_id?: PlanVersionId | null;
  /** Title. */
  title: string;
}

/** An evaluation or update of a plan. */
export interface PlanEvaluationView {
  /** Corrective actions. */
  actions: CorrectiveActionView[];
  /** When. */
  created_at: Timestamp;
  /** Who recorded it. */
  created_by: UserRef | null;
  /** What was written down. */
  findings: PlanFindings;
  /** Which one. */
  id: EvaluationId;
  /** What is recorded. */
  kind: PlanEvaluationKind;
  /** Actions that are not done. */
  open_actions: number;
  /** First day of the period looked at. */
  period_from: string | null;
  /** Its last day. */
  period_to: string | null;
  /** Of which plan. */
  plan_id: PlanId;
  /** The version that was looked at, or that the update led to. */
  plan_version_id: PlanVersionId | null;
  /** Title. */
  title: string;
  /** When it was changed last. */
  updated_at: Timestamp;
  /** Rises with each change. */
  version: number;
}

/** How a clock can be extended: by decision, with a reason that the customer is told. */
export interface PlanExtension {
  /** When that is allowed. */
  hint?: PlanText;
  /** How much longer it then may run in all, counted from its start; one entry for each extension. */
  limits: ClockLimit[];
}

/** A value that differs. */
export interface PlanFieldChange {
  /** What it is; `null` when it is no longer there. */
  new: unknown;
  /** What it was; `null` when it was not there. */
  old: unknown;
  /** Where, as `stages[handle].needs` or `policy.days`; entries of lists by their keys. */
  path: string;
}

/** What a field holds. */
export type PlanFieldKind = "text" | "long_text" | "number" | "money" | "date" | "instant" | "choice" | "choices" | "flag" | "url";

/** What was written down. */
export interface PlanFindings {
  /** What is to change in the plan. */
  changes?: string;
  /** What was found. */
  findings?: string;
  /** What putting it into practice takes. */
  implementation?: string;
  /** How: figures, samples of cases, interviews. */
  method?: string;
  /** What principles guided it. */
  principles?: string;
  /** What for. */
  purpose?: string;
  /** What was looked at. */
  scope?: string;
  /** Who sees to it that it happens, and how. */
  supervision?: string;
}

/** A flow: stages in their order. */
export interface PlanFlow {
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** Its stages. The first begins when the case is opened; completing the last archives the case. Those between can be for
   * some cases only, so that a class has a row of stages of its own. */
  stages: PlanStage[];
}

/** Names a plan. */
export type PlanId = string;

/** Opens a case from a conversation when a customer writes certain words or somebody puts a tag on it. Of the rules of a plan
 * the first that fits counts. */
export interface PlanIntakeRule {
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** What kind of case it is. */
  then: PlanIntakeThen;
  /** When a case is opened. Words or tags must be given. */
  when?: PlanIntakeWhen;
}

/** What kind of case is opened. */
export interface PlanIntakeThen {
  /** Key of the type. */
  case_type: string;
  /** Key of the category; left to people when absent. */
  category?: string | null;
  /** Key of the severity; the one that is proposed for the category when absent. */
  severity?: string | null;
}

/** When a case is opened from a conversation: on one of the words or one of the tags, in one of the inboxes. */
export interface PlanIntakeWhen {
  /** Inboxes; all when empty. */
  inbox_ids?: string[];
  /** The conversation gets one of these tags. */
  tags?: string[];
  /** A message of the customer holds one of these. Upper and lower case, full and half width, simplified and traditional are
   * the same; Latin words count only as whole words. */
  words?: string[];
}

/** A level of severity, urgency or difficulty. */
export interface PlanLevel {
  /** How to tell it. */
  hint?: PlanText;
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
}

/** A moment in the life of a case that starts or stops a clock. */
export type PlanMoment = {
  on: "received";
} | {
  on: "stage_begun";
  /** Its kind. */
  stage: StageKind;
} | {
  on: "stage_done";
  /** Its kind. */
  stage: StageKind;
} | {
  on: "archived";
};

/** Something of the plan, by its key, with its name in the language of the answer. */
export interface PlanName {
  /** Key. */
  key: string;
  /** Name; the key when the plan does not have it. */
  name: string;
}

/** A plan for a line of business to begin with. */
export interface PlanPack {
  /** For whom it is, and what is in it. */
  about: PlanText;
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** The plan. */
  plan: Plan;
}

/** A pack without its plan. */
export interface PlanPackSummary {
  /** For whom it is, and what is in it. */
  about: PlanText;
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
}

/** What of a plan is to change. */
export interface PlanPatch {
  /** Cases follow it when nothing else is said. Another plan gives this up by it, so only `true` means something. */
  is_default?: boolean | null;
  /** The name. */
  name?: PlanText | null;
}

/** Something that is wrong with a plan. */
export interface PlanProblem {
  /** The stable code. */
  code: string;
  /** Where, as `clocks[2].policy.days`. */
  field: string;
  /** What is wrong and what to do, in the caller's language. */
  message: string;
  /** Values that belong to the code. */
  params: Record<string, unknown>;
}

/** What can be granted. */
export interface PlanRemedy {
  /** Who may grant it; others ask for approval. Nobody needs approval when empty. */
  authority?: Authority[];
  /** It has an amount of money. */
  has_amount?: boolean;
  /** Key. */
  key: string;
  /** Kind. */
  kind: RemedyKind;
  /** Name. */
  name: PlanText;
}

/** Whoever is responsible for a case is told at intervals to look how it goes on, as long as it is in certain stages. While it
 * waits for the customer or others nobody is told. */
export interface PlanReminder {
  /** How long after the beginning of the stage, and then again and again. */
  every: ClockLimit;
  /** Key. */
  key: string;
  /** What to look at. */
  name: PlanText;
  /** Kinds of stages during which it comes. */
  stages: StageKind[];
  /** Which cases. */
  when?: PlanCondition;
}

/** What a version of a plan would have meant for the cases of a period. */
export interface PlanReplay {
  /** When. */
  asked_at: Timestamp;
  /** Who asked for it. */
  asked_by: UserRef | null;
  /** Only cases of this category and what lies below it. */
  category_key: string | null;
  /** How many are done. */
  done: number;
  /** The code of what went wrong. */
  error: string | null;
  /** When it was finished. */
  finished_at: Timestamp | null;
  /** Cases received at this time or later. */
  from: Timestamp;
  /** Which one. */
  id: ReplayId;
  /** The candidate. */
  plan_version_id: PlanVersionId;
  /** What would have happened; absent until it is done, and in lists. */
  result: PlanReplayResult | null;
  /** Where it stands. */
  state: PlanReplayState;
  /** Cases received before this time. */
  to: Timestamp;
  /** How many cases there are. */
  total: number;
  /** Only cases of this type. */
  type_key: string | null;
}

/** What is to be replayed. */
export interface PlanReplayRequest {
  /** Only cases of this category and what lies below it, by the tree of the candidate. */
  category_key?: string | null;
  /** Cases received at this time or later. */
  from: Timestamp;
  /** Cases received before this time. */
  to: Timestamp;
  /** Only cases of this type. */
  type_key?: string | null;
}

/** What would have happened. */
export interface PlanReplayResult {
  /** How many cases were looked at. */
  cases: number;
  /** Of how many a deadline or a verdict differs. */
  changed_cases: number;
  /** For each rule of either plan, in the order of the candidate. */
  rules: RuleReplay[];
}

/** Where a replay stands. */
export type PlanReplayState = "queued" | "running" | "done" | "failed";

/** Replays. */
export interface PlanReplays {
  /** The latest first. */
  items: PlanReplay[];
}

/** What differs in one section of two plans. */
export interface PlanSectionChanges {
  /** What is new. */
  added: PlanEntry[];
  /** What is different. */
  changed: PlanChange[];
  /** What is gone. */
  removed: PlanEntry[];
  /** What is in both stands in another order. */
  reordered: boolean;
  /** The section: `categories`, `clocks`, `closing` … */
  section: string;
}

/** A step of a flow. */
export interface PlanStage {
  /** `when` names the cases that go without it, instead of those that go through it. */
  except?: boolean;
  /** What to do here. */
  hint?: PlanText;
  /** Key, unique within the flow. */
  key: string;
  /** What it is about. */
  kind: StageKind;
  /** Name. */
  name: PlanText;
  /** What must be there before it is completed. */
  needs?: Need[];
  /** It may be skipped with a reason. */
  optional?: boolean;
  /** Which cases go through it; every case when it restricts nothing. */
  when?: PlanCondition;
}

/** What was done with a version of a plan. */
export type PlanStepKind = "created" | "submitted" | "sent_back" | "approved" | "activated" | "retired";

/** Why a step is taken. */
export interface PlanStepRequest {
  /** The reason; needed for sending back. */
  reason?: string;
}

/** A plan. */
export interface PlanSummary {
  /** The version that new cases follow. */
  active_version_id: PlanVersionId | null;
  /** When it was made. */
  created_at: Timestamp;
  /** Which one. */
  id: PlanId;
  /** Cases follow it when nothing else is said. */
  is_default: boolean;
  /** Its key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** The key of the pack that it began with. */
  pack: string;
  /** When it was changed last. */
  updated_at: Timestamp;
  /** Rises with each change. */
  version: number;
}

/** A text to customers, made of parts. */
export interface PlanTemplate {
  /** Key. */
  key: string;
  /** What it is for. */
  kind: TemplateKind;
  /** Name. */
  name: PlanText;
  /** Parts in their order. The notice is sent only when every mandatory part has words and no variable is left open. */
  parts: TemplatePart[];
}

/** What cases are called and sorted by in all plans. */
export interface PlanTerms {
  /** Kinds of cases. */
  case_types: CaseType[];
  /** Categories; the parent of one may stand behind it. */
  categories: Category[];
  /** Causes. */
  causes: CauseNode[];
  /** Levels of severity. */
  severities: PlanLevel[];
  /** Levels of urgency. */
  urgencies: PlanLevel[];
  /** Views of the categories. */
  views: CategoryView[];
}

/** A text in both languages of the product. */
export interface PlanText {
  /** English. */
  en?: string;
  /** Simplified Chinese. */
  zh?: string;
}

/** What is wrong with a plan document. */
export interface PlanValidation {
  /** What holds together and is likely meant otherwise; in the way of nothing. */
  hints: PlanProblem[];
  /** Everything that is wrong, in the order of the document; empty when it holds together. */
  problems: PlanProblem[];
}

/** Names a version of a plan. */
export type PlanVersionId = string;

/** A version of a plan, without what it says. */
export interface PlanVersionInfo {
  /** The version that it was begun from. */
  based_on_id: PlanVersionId | null;
  /** When it was begun. */
  created_at: Timestamp;
  /** Who saved it last; absent for Heard itself. */
  edited_by: UserRef | null;
  /** Which one. */
  id: PlanVersionId;
  /** Its number within the plan. */
  no: number;
  /** What it changes and why. */
  note: string;
  /** Of which plan. */
  plan_id: PlanId;
  /** Where it stands. */
  state: PlanVersionState;
  /** Who gave it to review last. */
  submitted_by: UserRef | null;
  /** When it was changed last. */
  updated_at: Timestamp;
  /** Rises with each change. */
  version: number;
}

/** What of a draft is to change. */
export interface PlanVersionPatch {
  /** All that it says. */
  content?: Plan | null;
  /** What it changes and why. */
  note?: string | null;
}

/** Where a version of a plan stands. */
export type PlanVersionState = "draft" | "review" | "approved" | "active" | "retired";

/** A thing that was done with a version. */
export interface PlanVersionStep {
  /** When. */
  at: Timestamp;
  /** Why. */
  reason: string;
  /** What. */
  step: PlanStepKind;
  /** Who; absent for Heard itself. */
  user: UserRef | null;
}

/** A version of a plan with all that it says. */
export interface PlanVersionView {
  /** What it says. */
  content: Plan;
  /** What holds together and is likely meant otherwise, such as clocks that no chain of escalation answers to; in the way
   * of nothing. */
  hints: PlanProblem[];
  /** The version. */
  info: PlanVersionInfo;
  /** What is still wrong with it. */
  problems: PlanProblem[];
  /** What was done with it, oldest first. */
  steps: PlanVersionStep[];
}

/** A plan with its versions. */
export interface PlanView {
  /** The plan. */
  plan: PlanSummary;
  /** Its versions, the newest first. */
  versions: PlanVersionInfo[];
}

/** Words that are better not said to customers, and what to say instead. Whoever writes them is told before sending. */
export interface PlanWordingRule {
  /** What to say instead. */
  advice?: PlanText;
  /** Key. */
  key: string;
  /** What is wrong with them. */
  kind: WordingKind;
  /** Name. */
  name: PlanText;
  /** Longer words that hold one of these and are fine, such as 亲自 for 亲. */
  unless?: string[];
  /** The words, in any language. Upper and lower case are the same; Latin words count only as whole words. */
  words: string[];
}

/** The chains that answer to clocks which no rule of the plan starts: those of tasks and of hand-overs. */
export interface PlanWorkChains {
  /** Key of the chain of hand-overs. */
  handovers?: string | null;
  /** Key of the chain of tasks; a step of a playbook can name another. */
  tasks?: string | null;
}

/** A checklist for cases of a kind. All playbooks that fit a case apply to it. */
export interface Playbook {
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** Steps in their order. */
  steps: PlaybookStep[];
  /** Which cases. */
  when?: PlanCondition;
}

/** A step of a playbook; becomes a task of the case. */
export interface PlaybookStep {
  /** Key of the department that does it; the owner when absent. */
  department?: string | null;
  /** How. */
  detail?: PlanText;
  /** Key of the chain of escalation; that of all tasks when absent. */
  escalation?: string | null;
  /** Key, unique within the playbook. */
  key: string;
  /** What it asks for. */
  kind: PlaybookStepKind;
  /** How long it may take from the beginning of its stage. */
  limit?: ClockLimit | null;
  /** The stage cannot be completed without it. */
  required?: boolean;
  /** The kind of stage at which it is due. */
  stage?: StageKind | null;
  /** What to do in a sentence. */
  title: PlanText;
}

/** What a step of a playbook asks for. */
export type PlaybookStepKind = "task" | "diagnosis" | "workaround" | "solution" | "prevention" | "demand_judgement" | "tracking" | "lesson" | "training";

/** What is asked before the chat. */
export interface Prechat {
  /** What the visitor must agree to. */
  consent: Localized | null;
  /** Whether anything is asked. */
  enabled: boolean;
  /** What is asked. */
  fields: PrechatField[];
}

/** A field before the chat. */
export interface PrechatField {
  /** Its name for programs. */
  key: string;
  /** What is asked. */
  kind: FieldKind;
  /** Its name for people. */
  label: Localized;
  /** What can be chosen. */
  options: string[];
  /** Whether it must be filled. */
  required: boolean;
}

/** The presence of a user. */
export interface Presence {
  /** Whether they have a connection. */
  connected: boolean;
  /** Why they are away. */
  reason: string | null;
  /** Since when. */
  since: Timestamp;
  /** What they are. */
  status: Status;
}

/** A status to be chosen. */
export interface PresenceChoice {
  /** Why one is away. */
  reason?: string | null;
  /** Which one. */
  status: Status;
}

/** What a user was in a time. */
export interface PresenceTimeline {
  /** Each with its beginning, the oldest first. */
  items: Presence[];
}

/** The presence of everybody. */
export interface Presences {
  /** All active users by name. */
  items: UserPresence[];
}

/** How urgent a conversation is. */
export type Priority = "low" | "normal" | "high" | "urgent";

/** A row of the table that derives priority. */
export interface PriorityRow {
  /** What follows. */
  priority: CasePriority;
  /** Keys of severities; any when empty, also while none is judged. */
  severities?: string[];
  /** Keys of urgencies; any when empty, also while none is judged. */
  urgencies?: string[];
}

/** The body of a problem (RFC 9457). */
export interface Problem {
  /** The stable code, for programs. */
  code: string;
  /** What was kept and what to do, in the caller's language. */
  detail?: string | null;
  /** The wrong fields, when the code is `validation_failed`. */
  errors?: FieldProblem[];
  /** Values that belong to the code, such as `right` or `retry_after`. */
  params: Record<string, unknown>;
  /** Names the request in the server's log. */
  request_id: string;
  /** The HTTP status. */
  status: number;
  /** What happened, in the caller's language. */
  title: string;
  /** A name for the kind of problem: `urn:heard:problem:` and the code. */
  type: string;
}

/** What a customer said on the page, word for word. */
export interface ProgressInput {
  /** `solved`, `unsolved`, or a number from 1 to 5. */
  answer: string;
  /** When. */
  at: Timestamp;
  /** What was written. */
  body: string;
  /** The case. */
  case_id: CaseId;
  /** Names of the files that came with it. */
  file_names: string[];
  /** Its id. */
  id: InputId;
  /** What was done. */
  kind: ProgressInputKind;
  /** The link through which it came. */
  link_id: LinkId;
  /** The message that it became. */
  message_id: MessageId | null;
}

/** What a customer did on the page. */
export type ProgressInputKind = "words" | "answer" | "rating";

/** A link to the progress page of a case. */
export type ProgressLink = ProgressLinkRow & ({
  /** Who made it. */
  creator: UserRef | null;
  /** The address for the customer; only when it was just made. */
  url: string | null;
});

/** A link to the progress page of a case. Its secret is known to who has the link alone. */
export interface ProgressLinkRow {
  /** The case. */
  case_id: CaseId;
  /** When it was made. */
  created_at: Timestamp;
  /** Who made it; nobody when it was by rule. */
  created_by: UserId | null;
  /** Its id. */
  id: LinkId;
  /** When the customer first opened it. */
  opened_at: Timestamp | null;
  /** When it was revoked. */
  revoked_at: Timestamp | null;
  /** Who revoked it. */
  revoked_by: UserId | null;
}

/** A promise and its clock. */
export interface Promise {
  /** What was promised. */
  body: string;
  /** The case that it was made in. */
  case_id: string | null;
  /** Its clock. */
  clock: Clock;
  /** The conversation that it was made in. */
  conversation_id: ConversationId | null;
  /** When it was entered. */
  created_at: Timestamp;
  /** Who entered it. */
  created_by: UserRef;
  /** When it was done. */
  done_at: Timestamp | null;
  /** Which one. */
  id: PromiseId;
  /** The message that it was made with. */
  message_id: MessageId | null;
  /** Who has to keep it. */
  owner: UserRef;
  /** When it was made, from which its limit counts. */
  promised_at: Timestamp;
  /** Why it was withdrawn. */
  reason: string | null;
  /** What became of it. */
  state: PromiseState;
  /** Rises with each change. */
  version: number;
}

/** Names a promise. */
export type PromiseId = string;

/** What became of a promise. */
export type PromiseState = "open" | "kept" | "broken" | "withdrawn";

/** What a file is for. */
export type Purpose = "message" | "avatar" | "branding" | "evidence";

/** The message that another one answers. */
export interface Quote {
  /** Who wrote it. */
  author_name: string;
  /** Which one. */
  id: MessageId;
  /** Its number. */
  no: number;
  /** Its beginning on one line; empty when it was taken back. */
  preview: string;
}

/** How far a reactor is. */
export interface ReactorInfo {
  /** Events after that, by their numbers in the log. Up to 1,000 of them, for up to ten seconds, may have been passed over
   * already: what does not concern a reactor moves its cursor later. */
  behind: number;
  /** Why its last attempt failed. */
  failing: string | null;
  /** Its name. */
  name: string;
  /** The last event that its stored cursor covers: it acted on it or passed it over. */
  position: number;
}

/** How far the caller has read. */
export interface ReadRequest {
  /** Up to which message. */
  no: number;
}

/** Codes for when the telephone is gone, shown once. */
export interface RecoveryCodes {
  /** Each works once. */
  recovery_codes: string[];
}

/** Somebody who is recused. */
export interface RecusedUser {
  /** Why. */
  reason: string;
  /** Since when. */
  since: Timestamp;
  /** Who. */
  user: UserRef;
}

/** The official arrangement of a region. */
export interface RegionArrangement {
  /** This year and the next one where they are not known yet. */
  missing_years: number[];
  /** The name by which calendars refer to it. */
  region: string;
  /** Its years, the latest first. */
  years: ArrangedYear[];
}

/** All arrangements. */
export interface RegionList {
  /** By region. */
  items: RegionArrangement[];
}

/** What belongs to a case, as far as the caller sees it. */
export interface RelatedCases {
  /** Links. */
  links: LinkedCase[];
  /** Merges, undone ones too. */
  merges: MergedCase[];
  /** Cases of the same contact in the same category within the days that the plan names. */
  repeats: Case[];
}

/** Names a remedy. */
export type RemedyId = string;

/** Kinds of remedies (ISO 10002:2018, clause 7.7 and annex). */
export type RemedyKind = "refund" | "replacement" | "repair" | "substitution" | "technical_assistance" | "information" | "referral" | "financial_assistance" | "other_assistance" | "compensation" | "apology" | "goodwill" | "change";

/** Where a remedy stands. */
export type RemedyState = "asked" | "granted" | "refused" | "withdrawn";

/** For which conversation a reply is filled. */
export interface RenderRequest {
  /** The conversation. */
  conversation_id: ConversationId;
}

/** A filled text. */
export interface RenderedReply {
  /** The text; variables without a value stay as they are. */
  body: string;
  /** The variables without a value. */
  missing: string[];
}

/** Names a replay. */
export type ReplayId = string;

/** How often a rule was kept. */
export interface ReplayTally {
  /** Late. */
  breached: number;
  /** Called off. */
  cancelled: number;
  /** Clocks. */
  clocks: number;
  /** In time. */
  met: number;
  /** Neither yet. */
  open: number;
}

/** What a clock comes to. */
export interface ReplayedClock {
  /** When it is due; absent while it is on hold. */
  due_at: Timestamp | null;
  /** When it starts. */
  started_at: Timestamp;
  /** Where it stands. */
  state: ClockState;
  /** What it comes to. */
  verdict: ClockVerdict | null;
}

/** An address for a new password, shown once. */
export interface ResetLink {
  /** The address, valid for a day. */
  link: string;
}

/** Days off that belong together. */
export interface RestDays {
  /** The first day. */
  from: string;
  /** The holiday. */
  name: CalendarLabel;
  /** The last day. */
  to: string;
}

/** How many jobs are done again. */
export interface Retried {
  /** How many. */
  count: number;
}

/** Which failed jobs to do again. */
export interface RetryAll {
  /** Only those of this kind. */
  kind?: string | null;
}

/** A right with its name in the caller's language. */
export interface RightInfo {
  /** What it allows. */
  description: string;
  /** What it is about. */
  group: string;
  /** The stable name. */
  id: string;
  /** The name that is shown. */
  name: string;
}

/** All rights. */
export interface Rights {
  /** In the order of the product's parts. */
  items: RightInfo[];
}

/** A role with its rights. */
export interface Role {
  /** Whether it is part of the product and cannot be changed. */
  built_in: boolean;
  /** What it is for. */
  description: string;
  /** Which one. */
  id: RoleId;
  /** The key of a built-in role, by which its name is translated. */
  key: string | null;
  /** The name that is shown. */
  name: string;
  /** The rights that it grants. */
  rights: string[];
  /** How many users hold it. */
  user_count: number;
  /** Counts changes. */
  version: number;
}

/** Names a role. */
export type RoleId = string;

/** A change of an own role; what is absent stays. */
export interface RolePatch {
  /** What it is for. */
  description?: string | null;
  /** The name. */
  name?: string | null;
  /** All rights that it grants from now on. */
  rights?: string[] | null;
}

/** A role where one is mentioned. */
export interface RoleRef {
  /** Which one. */
  id: RoleId;
  /** The key of a built-in role, by which its name is translated. */
  key: string | null;
  /** The name that is shown. */
  name: string;
}

/** All roles. */
export interface Roles {
  /** The built-in ones first, then the own ones by name. */
  items: Role[];
}

/** A rule under both plans. */
export interface RuleReplay {
  /** Under the candidate. */
  candidate: ReplayTally;
  /** How many deadlines or verdicts differ. */
  changed: number;
  /** Some of them, those whose verdict differs first. */
  examples: ChangedDeadline[];
  /** Key. */
  key: string;
  /** Name. */
  name: PlanText;
  /** As it was. */
  present: ReplayTally;
}

/** Something found. */
export interface SearchHit {
  /** When it was written, or when the contact was last there. */
  at: Timestamp | null;
  /** The conversation of a message. */
  conversation_id: string | null;
  /** Which one. */
  id: string;
  /** `message`, `contact`, `user` or `case`. */
  kind: string;
  /** The number of a message in its conversation. */
  message_no: number | null;
  /** The part of the text that was found, as HTML in which only `<mark>` is an element. */
  snippet: string;
  /** What it is called. */
  title: string;
}

/** What was found. */
export interface SearchHits {
  items: SearchHit[];
}

/** A session of one's own. */
export interface SessionInfo {
  /** The network address that it was opened from. */
  address: string;
  /** When it was opened. */
  created_at: Timestamp;
  /** Whether it is the one that asks. */
  current: boolean;
  /** Which one. */
  id: string;
  /** When it was last used, to the minute. */
  last_seen_at: Timestamp;
  /** The browser, as it calls itself. */
  user_agent: string;
}

/** The settings of the organisation. */
export interface Settings {
  /** The currency of amounts of money, as ISO 4217 calls it. */
  currency: string;
  /** The language for everybody who has chosen none. */
  default_locale: Locale;
  /** The mail account. */
  mail: MailSettings;
  /** The organisation's name. */
  organization: string;
  /** The fewest characters of a password. */
  password_min_length: number;
  /** The address under which browsers reach Heard, without a slash at the end. */
  public_url: string | null;
  /** Hours without use after which a session ends. */
  session_hours: number;
  /** The IANA time zone of the organisation. */
  time_zone: string;
  /** Whether everybody must use a second factor: until then an account has no rights. */
  totp_required: boolean;
  /** Counts changes. */
  version: number;
}

/** A change of the settings; what is absent stays. An empty text clears a field that may be empty. */
export interface SettingsPatch {
  /** The currency of amounts of money, as ISO 4217 calls it. Amounts on record keep theirs. */
  currency?: string | null;
  /** The language for everybody who has chosen none. */
  default_locale?: Locale | null;
  /** The mail account. */
  mail?: MailPatch | null;
  /** The organisation's name. */
  organization?: string | null;
  /** The fewest characters of a password, 8 to 64. */
  password_min_length?: number | null;
  /** The address under which browsers reach Heard. */
  public_url?: string | null;
  /** Hours without use after which a session ends, 1 to 720. */
  session_hours?: number | null;
  /** The IANA time zone of the organisation. */
  time_zone?: string | null;
  /** Whether everybody must use a second factor. */
  totp_required?: boolean | null;
}

/** What the first run asks for. */
export interface Setup {
  /** The administrator's address. */
  email: string;
  /** The language for everybody who has chosen none. */
  locale: Locale;
  /** The administrator's name. */
  name: string;
  /** The organisation's name. */
  organization: string;
  /** The administrator's password. */
  password: string;
  /** The IANA time zone of the organisation. */
  time_zone: string;
  /** The token that was printed at start, when it is asked for. */
  token?: string | null;
}

/** On which side of the page the widget stands. */
export type Side = "left" | "right";

/** What somebody signs in with. */
export interface SignIn {
  /** The address. */
  email: string;
  /** The password. */
  password: string;
  /** A recovery code instead of the digits. */
  recovery_code?: string | null;
  /** Whether to stay signed in when the browser is closed. */
  remember?: boolean | null;
  /** Six digits from the authenticator app. */
  totp?: string | null;
}

/** How signing in went. */
export interface SignInResult {
  /** Whoever is signed in now. */
  me: Me | null;
  /** Whether a second factor is still to be given. */
  state: SignInState;
}

/** Whether somebody is signed in. */
export type SignInState = "signed_in" | "totp_required";

/** From and to, as `09:00` and `18:00`; the end may be `24:00`. */
export type Span = [string, string];

/** A span as a document writes it: `"09:00-18:00"`. Also read from `["09:00", "18:00"]` and
 * `{"from": "09:00", "to": "18:00"}`. */
export type SpanText = string;

/** What a stage (环节) is about. Clocks, templates and metrics go by it, whatever a plan calls its stages. */
export type StageKind = "record" | "acknowledge" | "classify" | "accept" | "answer" | "hand_over" | "examine" | "handle" | "tell" | "follow_up" | "archive";

/** The state that is wanted. */
export interface StateRequest {
  /** When it comes back; with `snoozed`. */
  snoozed_until?: Timestamp | null;
  /** The state. */
  state: ConversationState;
}

/** Whether somebody is there. */
export type Status = "online" | "busy" | "away" | "offline";

/** When a step is due. */
export type StepMoment = {
  on: "share";
  /** Percent. */
  share: number;
} | {
  /** Minutes. */
  minutes: number;
  on: "overdue";
};

/** The state of the system. */
export interface System {
  /** Bytes that the attachments take. */
  attachments_bytes: number;
  /** What is well and what is not. */
  checks: Check[];
  /** Open live connections of the console. */
  connections: number;
  /** Bytes that the database takes. */
  database_bytes: number;
  /** Bytes that are free where the data directory is. */
  disk_free_bytes: number;
  /** `sqlite` or `postgres`. */
  engine: string;
  /** Bytes of memory that the process takes. */
  rss_bytes: number;
  /** Seconds since the start. */
  uptime_seconds: number;
  /** The version of the program. */
  version: string;
}

/** A line that tells what happened; clients translate it by its code. */
export interface SystemLine {
  /** Which line. */
  code: string;
  /** Names and values in it. */
  params: Record<string, unknown>;
}

/** A tag as it is set up. */
export interface Tag {
  /** Its colour. */
  color: TagColor;
  /** Which one. */
  id: TagId;
  /** Its name. */
  name: string;
  /** How many conversations and contacts carry it. */
  use_count: number;
  /** Rises with each change. */
  version: number;
}

/** The colour of a tag. */
export type TagColor = "gray" | "red" | "amber" | "green" | "teal" | "blue" | "violet" | "pink";

/** Names a tag. */
export type TagId = string;

/** What of a tag is to change. */
export interface TagPatch {
  /** A new colour. */
  color?: TagColor | null;
  /** A new name. */
  name?: string | null;
}

/** A tag where one is shown. */
export interface TagRef {
  /** Its colour. */
  color: TagColor;
  /** Which one. */
  id: TagId;
  /** Its name. */
  name: string;
}

/** Tags to put on and take off. */
export interface TagRequest {
  /** Put on. */
  add?: TagId[];
  /** Take off. */
  remove?: TagId[];
}

/** Names a task. */
export type TaskId = string;

/** Where a task stands. */
export type TaskState = "open" | "done" | "not_needed" | "aside";

/** A team or department with its members. */
export interface Team {
  /** What people should know about it. */
  description: string;
  /** Which one. */
  id: TeamId;
  /** Whether it serves contacts or solves cases. */
  kind: TeamKind;
  /** Who leads it. */
  lead: UserRef | null;
  /** Who belongs to it, by name. */
  members: UserRef[];
  /** The name that is shown. */
  name: string;
  /** Counts changes. */
  version: number;
}

/** The sizes of a team's lists. */
export interface TeamCaseCount {
  /** Under way. */
  open: number;
  /** With a breached clock. */
  overdue: number;
  /** Which team. */
  team_id: TeamId;
  /** Under way and owned by nobody. */
  unassigned: number;
}

/** The size of a team's list. */
export interface TeamCount {
  /** Active conversations. */
  open: number;
  /** Which team. */
  team_id: TeamId;
}

/** Names a team or department. */
export type TeamId = string;

/** What a team is for. */
export type TeamKind = "team" | "department";

/** A change of a team; what is absent stays. */
export interface TeamPatch {
  /** What people should know about it. */
  description?: string | null;
  /** Whether it serves contacts or solves cases. */
  kind?: TeamKind | null;
  /** Who leads it; `null` for nobody. */
  lead_id?: UserId | null;
  /** Everybody who belongs to it from now on. */
  member_ids?: UserId[] | null;
  /** The name. */
  name?: string | null;
}

/** A team or department where one is mentioned. */
export interface TeamRef {
  /** Which one. */
  id: TeamId;
  /** Whether it serves contacts or solves cases. */
  kind: TeamKind;
  /** The name that is shown. */
  name: string;
}

/** All teams. */
export interface Teams {
  /** By name. */
  items: Team[];
}

/** What a template is for. */
export type TemplateKind = "acknowledgement" | "progress" | "delay" | "question" | "result" | "explanation" | "follow_up";

/** A part of a template. */
export interface TemplatePart {
  /** Words to begin with. Variables: `{{contact.name}}`, `{{case.number}}`, `{{case.title}}`, `{{case.category}}`,
   * `{{case.solution}}` (its steps), `{{agent.name}}`, `{{organisation.name}}`, `{{due.handle}}`, `{{due.tell}}`,
   * `{{due.extended}}` (of the clock that was extended last), `{{progress.url}}`; `{{?}}` is a
   * gap that a person must fill. */
  body: PlanText;
  /** Key, unique within the template. */
  key: string;
  /** The notice cannot go without it. */
  mandatory?: boolean;
  /** What it must say. */
  name: PlanText;
}

/** Where a test mail goes. */
export interface TestMail {
  /** The address. */
  to: string;
}

/** How the console looks. */
export type Theme = "system" | "light" | "dark";

/** What becomes of the conversation after a message. */
export type Then = "close" | "wait" | "snooze";

export type Timestamp = string;

/** A code of the app. */
export interface TotpCode {
  /** Six digits. */
  code: string;
}

/** A second factor to be added to an authenticator app. */
export interface TotpStart {
  /** The address as a picture. */
  qr_svg: string;
  /** The secret as people type it. */
  secret: string;
  /** The address that apps read from the picture. */
  uri: string;
}

/** Something that a contact did on a page. */
export interface Track {
  /** When. */
  at: Timestamp;
  /** Which one. */
  id: TrackId;
  /** What it was. */
  name: string;
  /** On which page. */
  page_url: string | null;
  /** Details. */
  properties: Record<string, unknown>;
}

/** Names something that a contact did on a page. */
export type TrackId = string;

/** That the customer agreed they were understood. */
export interface Understanding {
  /** When. */
  at: Timestamp;
  /** Who asked. */
  by: UserId | null;
  /** How, in words. */
  how: string;
}

/** That the customer agreed they were understood. */
export interface UnderstandingConfirmed {
  /** When; now when absent. */
  at?: Timestamp | null;
  /** How, in words. */
  how: string;
}

/** A file on its way. */
export interface Upload {
  /** The attachment, once all bytes have arrived. */
  attachment: Attachment | null;
  /** Its id. */
  id: UploadId;
  /** File name as the sender gave it, cleaned. */
  name: string;
  /** Bytes that have arrived; the next chunk starts here. */
  offset: number;
  /** Bytes that were announced. */
  size: number;
}

/** Names an upload. */
export type UploadId = string;

/** A user. */
export interface User {
  /** The picture. */
  avatar_attachment_id: string | null;
  /** How many open conversations they take at a time. */
  capacity: number;
  /** When the account was made. */
  created_at: Timestamp;
  /** The address to sign in with. */
  email: string;
  /** Which one. */
  id: UserId;
  /** When they were last there. */
  last_seen_at: Timestamp | null;
  /** The language of the console. */
  locale: Locale;
  /** The name that is shown. */
  name: string;
  /** The roles that they hold. */
  roles: RoleRef[];
  /** Whether they may sign in. */
  state: UserState;
  /** The teams that they belong to. */
  teams: TeamRef[];
  /** Whether they sign in with a second factor. */
  totp_enabled: boolean;
  /** Counts changes. */
  version: number;
}

/** Names a user. */
export type UserId = string;

/** A change of a user; what is absent stays. */
export interface UserPatch {
  /** How many open conversations they take at a time, 0 to 100. */
  capacity?: number | null;
  /** The name that is shown. */
  name?: string | null;
  /** All roles to hold from now on. */
  role_ids?: RoleId[] | null;
  /** Whether they may sign in. */
  state?: UserState | null;
  /** All teams to belong to from now on. */
  team_ids?: TeamId[] | null;
}

/** The presence of one of many. */
export interface UserPresence {
  /** How many open conversations they have. */
  open_chats: number;
  /** Whether they are there. */
  presence: Presence;
  /** Who. */
  user_id: UserId;
}

/** A user where one is mentioned. */
export interface UserRef {
  /** The picture. */
  avatar_attachment_id: string | null;
  /** Which one. */
  id: UserId;
  /** The name that is shown. */
  name: string;
}

/** Whether a user may sign in. */
export type UserState = "active" | "disabled";

/** A plan document to be looked at. */
export interface ValidatePlan {
  /** What the plan says. */
  content: Plan;
}

/** Whether the chain is whole. */
export interface Verification {
  /** The first entry that is not what it was, or is missing. */
  broken_at: number | null;
  /** How many entries were looked at. */
  checked: number;
  /** Whether it is. */
  ok: boolean;
}

/** Who looks at a conversation now. */
export interface Viewers {
  /** The users. */
  items: UserRef[];
}

/** How the widget looks and behaves. */
export interface WebChatConfig {
  /** Whether agents see what the visitor types before it is sent. */
  allow_preview: boolean;
  /** Pages that may show the widget, as `https://shop.example.com`; all when empty. */
  allowed_origins: string[];
  /** The name above the chat. */
  brand_name: string;
  /** The main colour, as `#1f6feb`. */
  color: string;
  /** The first words. */
  greeting: Localized;
  /** After how long the greeting shows by itself; never when absent. */
  greeting_delay_seconds: number | null;
  /** Whether the host page must prove who the visitor is. */
  identity_required: boolean;
  /** The logo. */
  logo_attachment_id: string | null;
  /** What is said when nobody is there. */
  offline_text: Localized;
  /** On which side it stands. */
  position: Side;
  /** What is asked before the chat. */
  prechat: Prechat;
  /** How soon one answers. */
  reply_time: Localized;
  /** Whether visitors see the agent's name. */
  show_agent_name: boolean;
  /** Whether a new message makes a sound. */
  sound: boolean;
}

/** Spans of each weekday. */
export interface Week {
  /** Friday. */
  fri: Span[];
  /** Monday. */
  mon: Span[];
  /** Saturday. */
  sat: Span[];
  /** Sunday. */
  sun: Span[];
  /** Thursday. */
  thu: Span[];
  /** Tuesday. */
  tue: Span[];
  /** Wednesday. */
  wed: Span[];
}

/** A day of the week. Written `mon` … `sun`; long names and 周一 … 周日 are understood. */
export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** The agent that a visitor talks to. */
export interface WidgetAgent {
  /** The name as shown. */
  name: string;
}

/** An attachment with addresses that its visitor may open for a while. */
export type WidgetAttachment = Attachment & ({
  /** Where the thumbnail is. */
  thumbnail_url: string | null;
  /** Where the file is. */
  url: string;
});

/** Who wrote a message. */
export interface WidgetAuthor {
  /** What kind of writer. */
  kind: AuthorKind;
  /** Whether the visitor wrote it. */
  mine: boolean;
  /** The name as shown, unless the inbox hides it. */
  name: string | null;
}

/** How the widget looks and behaves, in the visitor's language. */
export interface WidgetConfig {
  /** Whether agents see what is typed before it is sent. */
  allow_preview: boolean;
  /** The name above the chat. */
  brand_name: string;
  /** The main colour. */
  color: string;
  /** The first words. */
  greeting: string;
  /** After how long the greeting shows by itself. */
  greeting_delay_seconds: number | null;
  /** Whether the host page must prove who the visitor is. */
  identity_required: boolean;
  /** The public key of the inbox. */
  inbox_key: string;
  /** The language of the texts. */
  locale: Locale;
  /** Where the logo is. */
  logo_url: string | null;
  /** How large a file may be. */
  max_attachment_mb: number;
  /** When somebody is there again. */
  next_open_at: Timestamp | null;
  /** What is said when nobody is there. */
  offline_text: string;
  /** Whether somebody is there now. */
  open: boolean;
  /** On which side of the page it stands. */
  position: Side;
  /** What is asked before the chat. */
  prechat: WidgetPrechat;
  /** How soon one answers. */
  reply_time: string;
  /** Whether a new message makes a sound. */
  sound: boolean;
}

/** Who the visitor is. */
export interface WidgetContact {
  /** The e-mail address, if it is known. */
  email: string | null;
  /** The contact. */
  id: string;
  /** Whether the host page proved who it is. */
  identified: boolean;
  /** The name, if it is known. */
  name: string | null;
}

/** A conversation as its visitor sees it. */
export interface WidgetConversation {
  /** Who answers. */
  agent: WidgetAgent | null;
  /** When it began. */
  created_at: Timestamp;
  /** Its id. */
  id: string;
  /** The last words. */
  last_message: WidgetLastMessage | null;
  /** The number of the last message. */
  last_message_no: number;
  /** Up to which message the visitor has read. */
  read_no: number;
  /** Its state. */
  state: ConversationState;
  /** How many messages of the team are unread. */
  unread: number;
}

/** A visitor's conversations. */
export interface WidgetConversations {
  items: WidgetConversation[];
}

/** A question before the chat, in the visitor's language. */
export interface WidgetField {
  /** Its name for programs. */
  key: string;
  /** What is asked. */
  kind: FieldKind;
  /** Its name for people. */
  label: string;
  /** What can be chosen. */
  options: string[];
  /** Whether it must be filled. */
  required: boolean;
}

/** The last words of a conversation. */
export interface WidgetLastMessage {
  /** When. */
  at: Timestamp;
  /** Who said it. */
  author: AuthorKind;
  /** The beginning of it. */
  preview: string;
}

/** A message as its visitor sees it. */
export interface WidgetMessage {
  /** Its files. */
  attachments: WidgetAttachment[];
  /** Who wrote it. */
  author: WidgetAuthor;
  /** Text with light Markdown. */
  body: string;
  /** The writer's own key, for one's own messages. */
  client_key: string | null;
  /** When it was written. */
  created_at: Timestamp;
  /** Its id. */
  id: string;
  /** Its number; rising, with gaps where the team talks to itself. */
  no: number;
  /** The message that it answers. */
  quote: WidgetQuote | null;
  /** Whether it was taken back. */
  recalled: boolean;
  /** What happened, of a system line. */
  system: SystemLine | null;
}

/** Messages of one's own conversation. */
export interface WidgetMessages {
  /** Up to which message the team has read. */
  agent_read_no: number;
  /** The messages, in rising order. */
  items: WidgetMessage[];
  /** The number of the last message of the conversation. */
  last_no: number;
}

/** A conversation that a visitor begins. */
export interface WidgetOpen {
  /** The visitor's own key for the first message. */
  client_key: string;
  /** The answers to what was asked before the chat. */
  form?: Record<string, unknown> | null;
  /** The visitor's language. */
  locale?: Locale | null;
  /** The first message. */
  message: WidgetWords;
  /** The form for when nobody is there. */
  offline?: boolean;
  /** The page that the widget is on. */
  page_url?: string | null;
}

/** A conversation with its first message. */
export interface WidgetOpened {
  conversation: WidgetConversation;
  message: WidgetMessage;
}

/** A message with the visitor's own key for it. */
export interface WidgetPost {
  attachment_ids?: string[];
  body?: string;
  client_key: string;
  quote_id?: string | null;
}

/** What is asked before the chat. */
export interface WidgetPrechat {
  /** What the visitor must agree to. */
  consent: string | null;
  /** Whether anything is asked. */
  enabled: boolean;
  /** What is asked. */
  fields: WidgetField[];
}

/** The message that another one answers. */
export interface WidgetQuote {
  /** Who wrote it. */
  author_name: string;
  /** Its number. */
  no: number;
  /** The beginning of it. */
  preview: string;
}

/** How far somebody has read. */
export interface WidgetRead {
  no: number;
}

/** The start of a visit. */
export interface WidgetSession {
  /** Who the visitor is. */
  contact: WidgetContact;
  /** The visitor's conversations, the latest first. */
  conversations: WidgetConversation[];
  /** When the token ends. */
  expires_at: Timestamp;
  /** Where the realtime connection goes on. */
  realtime_seq: number;
  /** What the visitor's calls carry as `Authorization: Visitor …`. */
  token: string;
}

/** A visit that begins. */
export interface WidgetSessionRequest {
  /** Who the visitor is, proved by the host page. */
  identity?: IdentityProof | null;
  /** The visitor's language. */
  locale?: Locale | null;
  /** The page that the widget is on. */
  page_url?: string | null;
  /** The page that the visitor came from. */
  referrer?: string | null;
  /** The token of an earlier visit. */
  token?: string | null;
}

/** Something that the visitor did on the host page. */
export interface WidgetTrack {
  name: string;
  page_url?: string | null;
  properties?: Record<string, unknown>;
}

/** A file that a visitor is about to send. */
export interface WidgetUpload {
  /** The conversation that it is for, when there is one already. */
  conversation_id?: string | null;
  /** File name. */
  name: string;
  /** Bytes. */
  size: number;
}

/** What a visitor says. */
export interface WidgetWords {
  /** Files that were sent before. */
  attachment_ids?: string[];
  /** Text with light Markdown. */
  body?: string;
  /** The message that it answers. */
  quote_id?: string | null;
}

/** Why a promise is taken back. */
export interface WithdrawPromise {
  /** Why. */
  reason: string;
}

/** What somebody is about to send. */
export interface WordingCheck {
  /** The case that it is about, whose plan then counts; the plan that new cases follow when absent. */
  case_id?: CaseId | null;
  /** The text. */
  text: string;
}

/** A discouraged word in a text. */
export interface WordingFinding {
  /** What to say instead; may be empty. */
  advice: string;
  /** Where they end. */
  end: number;
  /** What is wrong with it. */
  kind: WordingKind;
  /** Name of the rule. */
  name: string;
  /** Key of the rule of the plan. */
  rule: string;
  /** Where they begin, in units of UTF-16 as browsers count. */
  start: number;
  /** The words as they stand in the text. */
  words: string;
}

/** Why words are better not said to customers. */
export type WordingKind = "dialect" | "slang" | "cold" | "vague" | "jargon";

/** A working calendar. */
export interface WorkingCalendar {
  /** Whether it is part of the product: it can be copied, not changed. */
  built_in: boolean;
  /** The document. */
  definition: CalendarDefinition;
  /** Names it in the log. */
  id: CalendarId;
  /** Whether it counts where none is named. */
  is_default: boolean;
  /** This year and the next one where they have no arrangement yet; empty for a calendar that uses none. */
  missing_years: number[];
  /** Its name, by which clocks and documents refer to it. */
  name: string;
  /** When it was changed last; null for a built-in one. */
  updated_at: Timestamp | null;
  /** Where it is used. */
  uses: CalendarUse[];
  /** Counts changes. */
  version: number;
}

/** All calendars. */
export interface WorkingCalendars {
  /** Which one counts where none is named. */
  default: DefaultCalendar;
  /** The built-in ones, then the own ones by name. */
  items: WorkingCalendar[];
}
