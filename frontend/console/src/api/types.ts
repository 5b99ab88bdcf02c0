/** What the server's API takes and gives, under /api/v1. Times are RFC 3339 with milliseconds, ids are UUIDs, absent values are null. */
export type Id = string;
export type Time = string;
export type Json = unknown;

export interface Problem {
  type: string;
  status: number;
  code: string;
  title: string;
  detail?: string;
  params: Record<string, Json>;
  request_id: string;
  errors?: { field: string; code: string; message: string; params: Record<string, Json> }[];
}
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Meta {
  name: "Heard";
  version: string;
  setup_required: boolean;
  setup_token_required: boolean;
  organization: string | null;
  default_locale: Locale;
  time_zone: string;
}
export type Locale = "zh-CN" | "en";
export interface Setup {
  token?: string;
  locale: Locale;
  organization: string;
  time_zone: string;
  name: string;
  email: string;
  password: string;
}

export interface SignIn {
  email: string;
  password: string;
  totp?: string;
  recovery_code?: string;
  remember?: boolean;
}
export interface SignInResult {
  state: "signed_in" | "totp_required";
  me: Me | null;
}
export interface SessionInfo {
  id: Id;
  created_at: Time;
  last_seen_at: Time;
  address: string;
  user_agent: string;
  current: boolean;
}
export interface Me {
  id: Id;
  name: string;
  email: string;
  locale: Locale;
  time_zone: string;
  theme: "system" | "light" | "dark";
  avatar_attachment_id: Id | null;
  rights: string[];
  roles: RoleRef[];
  teams: TeamRef[];
  presence: Presence;
  csrf_token: string;
  totp_enabled: boolean;
  preferences: Record<string, Json>;
  organization: string;
  realtime_seq: number;
}
export interface MePatch {
  name?: string;
  locale?: Locale;
  time_zone?: string;
  theme?: "system" | "light" | "dark";
  preferences?: Record<string, Json>;
}
export interface TotpStart {
  secret: string;
  uri: string;
  qr_svg: string;
}
export interface Presence {
  status: "online" | "busy" | "away" | "offline";
  reason: string | null;
  since: Time;
  connected: boolean;
}
export interface UserPresence {
  user_id: Id;
  presence: Presence;
  open_chats: number;
}
export interface Invitation {
  id: Id;
  email: string;
  name: string | null;
  roles: RoleRef[];
  teams: TeamRef[];
  expires_at: Time;
  created_by: UserRef;
  link: string | null;
  mailed: boolean;
}

export interface UserRef {
  id: Id;
  name: string;
  avatar_attachment_id: Id | null;
}
export interface User extends UserRef {
  email: string;
  state: "active" | "disabled";
  roles: RoleRef[];
  teams: TeamRef[];
  locale: Locale;
  last_seen_at: Time | null;
  totp_enabled: boolean;
  capacity: number;
  created_at: Time;
  version: number;
}
export interface RoleRef {
  id: Id;
  key: string | null;
  name: string;
}
export interface Role extends RoleRef {
  description: string;
  rights: string[];
  built_in: boolean;
  user_count: number;
  version: number;
}
export interface RightInfo {
  id: string;
  group: string;
  name: string;
  description: string;
}
export interface TeamRef {
  id: Id;
  name: string;
  kind: "team" | "department";
}
export interface Team extends TeamRef {
  description: string;
  lead: UserRef | null;
  members: UserRef[];
  version: number;
}

export interface ApiToken {
  id: Id;
  name: string;
  prefix: string;
  scopes: string[];
  expires_at: Time | null;
  last_used_at: Time | null;
  created_at: Time;
  user: UserRef;
  token: string | null;
}

export interface Settings {
  organization: string;
  default_locale: Locale;
  time_zone: string;
  public_url: string | null;
  password_min_length: number;
  session_hours: number;
  totp_required: boolean;
  mail: {
    from: string | null;
    smtp_host: string | null;
    smtp_port: number;
    smtp_user: string | null;
    smtp_password_set: boolean;
    security: "none" | "starttls" | "tls";
  };
  version: number;
}

export interface Upload {
  id: Id;
  name: string;
  size: number;
  offset: number;
  attachment: Attachment | null;
}
export interface Attachment {
  id: Id;
  name: string;
  kind: string;
  size: number;
  sha256: string;
  width: number | null;
  height: number | null;
  has_thumbnail: boolean;
  inline: boolean;
}

export interface Identity {
  id: Id;
  kind: "email" | "phone" | "external" | "visitor" | "openid";
  value: string;
  verified: boolean;
  inbox_id: Id | null;
}
export interface ContactRef {
  id: Id;
  name: string | null;
  display_name: string;
}
export interface Contact extends ContactRef {
  email: string | null;
  phone: string | null;
  identities: Identity[];
  note: string;
  locale: string | null;
  time_zone: string | null;
  attributes: Record<string, Json>;
  organization: string | null;
  tags: TagRef[];
  blocked: boolean;
  last_seen_at: Time | null;
  online: boolean;
  created_at: Time;
  version: number;
}
export interface Track {
  id: Id;
  name: string;
  properties: Record<string, Json>;
  page_url: string | null;
  at: Time;
}

export interface Hours {
  mode: "always" | "custom";
  time_zone: string;
  chinese_calendar: boolean;
  week: { mon: Span[]; tue: Span[]; wed: Span[]; thu: Span[]; fri: Span[]; sat: Span[]; sun: Span[] };
}
export type Span = [string, string];
export interface Localized {
  "zh-CN": string;
  en: string;
}
export interface WebChatConfig {
  brand_name: string;
  color: string;
  logo_attachment_id: Id | null;
  position: "left" | "right";
  greeting: Localized;
  greeting_delay_seconds: number | null;
  reply_time: Localized;
  offline_text: Localized;
  prechat: {
    enabled: boolean;
    fields: {
      key: string;
      kind: "text" | "email" | "phone" | "select" | "textarea" | "checkbox";
      label: Localized;
      required: boolean;
      options: string[];
    }[];
    consent: Localized | null;
  };
  allow_preview: boolean;
  allowed_origins: string[];
  identity_required: boolean;
  show_agent_name: boolean;
  sound: boolean;
}
export interface Inbox {
  id: Id;
  kind: "web_chat" | "api";
  name: string;
  key: string;
  state: "active" | "paused";
  team_ids: Id[];
  default_team_id: Id | null;
  hours: Hours;
  max_attachment_mb: number;
  attachment_kinds: string[];
  web_chat: WebChatConfig | null;
  api: { callback_url: string | null } | null;
  open_count: number;
  version: number;
}

export type ConversationState = "open" | "waiting" | "snoozed" | "closed";
export interface Conversation {
  id: Id;
  no: number;
  inbox: { id: Id; name: string; kind: string };
  contact: ContactRef & { online: boolean; blocked: boolean };
  subject: string | null;
  state: ConversationState;
  snoozed_until: Time | null;
  assignee: UserRef | null;
  team: TeamRef | null;
  tags: TagRef[];
  priority: "low" | "normal" | "high" | "urgent";
  last_message_no: number;
  last_message: { author: AuthorKind; preview: string; at: Time; note: boolean } | null;
  waiting_since: Time | null;
  unread: number;
  contact_read_no: number;
  mentioned: boolean;
  participants: UserRef[];
  merged_into: Id | null;
  created_at: Time;
  updated_at: Time;
  closed_at: Time | null;
  draft: boolean;
  version: number;
  page_url: string | null;
  locale: string | null;
  custom: Record<string, Json>;
}
export interface Counts {
  mine: number;
  unassigned: number;
  all: number;
  mentions: number;
  snoozed: number;
  teams: { team_id: Id; open: number }[];
  inboxes: { inbox_id: Id; open: number }[];
  unread_mine: number;
}
export interface Draft {
  mode: "reply" | "note";
  body: string;
  attachment_ids: Id[];
  attachments: Attachment[];
  updated_at: Time | null;
}

export type AuthorKind = "contact" | "user" | "bot" | "system";
export interface Message {
  id: Id;
  conversation_id: Id;
  no: number /* 1.. gap-free in the conversation */;
  kind: "text" | "note" | "system";
  author: { kind: AuthorKind; id: Id | null; name: string };
  body: string /* light Markdown subset, plain text safe */;
  attachments: Attachment[];
  quote: { id: Id; no: number; author_name: string; preview: string } | null;
  mentions: Id[];
  client_key: string | null;
  recalled: boolean;
  recalled_at: Time | null;
  system: { code: string; params: Record<string, Json> } | null;
  form: Record<string, Json> | null;
  created_at: Time;
}

export interface TagRef {
  id: Id;
  name: string;
  color: "gray" | "red" | "amber" | "green" | "teal" | "blue" | "violet" | "pink";
}
export interface Tag extends TagRef {
  use_count: number;
  version: number;
}
export interface CannedReply {
  id: Id;
  shortcut: string;
  title: string;
  body: string /* {{contact.name}} {{agent.name}} {{conversation.no}} {{organization}} {{contact.email}} */;
  scope: "own" | "team" | "all";
  team_id: Id | null;
  owner: UserRef;
  use_count: number;
  pinyin: string;
  initials: string;
  version: number;
}

export interface SearchHit {
  kind: "conversation" | "message" | "contact" | "user" | "canned";
  id: Id;
  title: string;
  snippet: string /* <mark> escaped elsewhere */;
  conversation_id: Id | null;
  message_no: number | null;
  at: Time | null;
}

export interface AuditEntry {
  seq: number;
  at: Time;
  actor: { kind: string; id: Id | null; name: string };
  action: string;
  subject: { kind: string; id: Id | null; name: string | null };
  detail: Record<string, Json>;
  address: string | null;
  hash: string;
}
export interface Job {
  id: Id;
  kind: string;
  state: "queued" | "running" | "dead" | "done";
  attempts: number;
  max_attempts: number;
  run_at: Time;
  last_error: string | null;
  payload: Json;
  created_at: Time;
}

export type ConversationView = "mine" | "unassigned" | "team" | "all" | "mentions" | "snoozed" | "closed";
export interface Items<T> {
  items: T[];
}
export interface MessagesPage {
  items: Message[];
  first_no: number;
  last_no: number;
  contact_read_no: number;
  contact_delivered_no: number;
}
export interface JobsSummary {
  queued: number;
  running: number;
  dead: number;
  reactors: { name: string; position: number; behind: number; failing: string | null }[];
}
export interface SystemInfo {
  version: string;
  engine: string;
  database_bytes: number;
  attachments_bytes: number;
  disk_free_bytes: number;
  uptime_seconds: number;
  rss_bytes: number;
  connections: number;
  checks: { id: string; ok: boolean; message: string; advice: string | null }[];
}
export interface AuditCheck {
  ok: boolean;
  checked: number;
  broken_at: number | null;
}
export interface Install {
  snippet: string;
  identity_example: string | null;
}
export interface OpenNow {
  open: boolean;
  next_change_at: Time | null;
}
