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

/** A day that is worked in place of another. */
export interface ArrangedWorkday {
  /** The day. */
  date: string;
  /** The day off that it makes up for, whose shifts it uses; absent where that is not known. */
  for?: string | null;
}

/** A year of an official arrangement. */
export type ArrangedYear = ArrangementYear & {
  /** Whether it is part of the product. A loaded year stands in its place. */
  built_in: boolean;
  /** When it was loaded. */
  loaded_at: Timestamp | null;
  /** Who loaded it. */
  loaded_by: UserRef | null;
  /** Where it came from: the name of a file, a notice. */
  source: string;
};

/** Years of an arrangement that are not stored. */
export interface ArrangementReview {
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

/** A contact. */
export interface Contact {
  /** Whatever the host's own system knows. */
  attributes: Record<string, unknown>;
  /** Whether messages are refused. */
  blocked: boolean;
  /** When they first came. */
  created_at: Timestamp;
  /** The name, or a word for a visitor. */
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
  /** The name, or a word for a visitor. */
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

/** What a draft is to become. */
export type DraftMode = "reply" | "note";

/** A day with spans of its own; without spans it is free. */
export interface ExceptionDay {
  /** The day. */
  date: string;
  /** Name for people. */
  name?: string;
  /** Its spans. */
  spans?: SpanText[];
}

/** What is asked in a field before the chat. */
export type FieldKind = "text" | "email" | "phone" | "select" | "textarea" | "checkbox";

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

/** What an iCalendar file says, to be reviewed and put into a document. */
export interface IcsReview {
  /** Days off. */
  holidays: Holiday[];
  /** Days that the file marks as worked (班). It cannot tell whose shifts they use: Monday's are proposed. */
  make_up: MakeUpDay[];
  /** Events that were left out: with a time of day, cancelled, or repeated in another way than yearly. */
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

/** How a page embeds the widget. */
export interface Install {
  /** How the host's server signs an identity. */
  identity_example: string;
  /** What to put into the page. */
  snippet: string;
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

/** The token of a link. */
export interface LinkToken {
  /** The end of the link. */
  token: string;
}

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

/** Into which conversation another one is merged. */
export interface MergeRequest {
  /** The conversation that goes on. */
  into: ConversationId;
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
  /** The IANA time zone of the organisation. */
  time_zone: string;
  /** The version of the program. */
  version: string;
}

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
export interface Page_Contact {
  /** The items, in the order of the list. */
  items: ({
    /** Whatever the host's own system knows. */
    attributes: Record<string, unknown>;
    /** Whether messages are refused. */
    blocked: boolean;
    /** When they first came. */
    created_at: Timestamp;
    /** The name, or a word for a visitor. */
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

/** What a file is for. */
export type Purpose = "message" | "avatar" | "branding";

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
  /** Events that it has not seen yet. */
  behind: number;
  /** Why its last attempt failed. */
  failing: string | null;
  /** Its name. */
  name: string;
  /** The last event that it acted on. */
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

/** Something found. */
export interface SearchHit {
  /** When it was written, or when the contact was last there. */
  at: Timestamp | null;
  /** The conversation of a message. */
  conversation_id: string | null;
  /** Which one. */
  id: string;
  /** `message`, `contact` or `user`. */
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

/** The state that is wanted. */
export interface StateRequest {
  /** When it comes back; with `snoozed`. */
  snoozed_until?: Timestamp | null;
  /** The state. */
  state: ConversationState;
}

/** Whether somebody is there. */
export type Status = "online" | "busy" | "away" | "offline";

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
