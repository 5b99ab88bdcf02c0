// The widget's part of the API.
import type { Locale } from "@heard/shared";
import type { Identity } from "../../protocol";

export type Id = string;

export interface Field {
  key: string;
  kind: "text" | "email" | "phone" | "select" | "textarea" | "checkbox";
  label: string;
  required: boolean;
  options: string[];
}

export interface Config {
  inbox_key: string;
  brand_name: string;
  color: string;
  logo_url: string | null;
  position: "left" | "right";
  greeting: string;
  greeting_delay_seconds: number | null;
  reply_time: string;
  offline_text: string;
  open: boolean;
  next_open_at: string | null;
  prechat: { enabled: boolean; fields: Field[]; consent: string | null };
  allow_preview: boolean;
  identity_required: boolean;
  sound: boolean;
  max_attachment_mb: number;
  locale: Locale;
}

export interface Contact {
  id: Id;
  name: string | null;
  email: string | null;
  identified: boolean;
}

export type AuthorKind = "contact" | "user" | "bot" | "system";

export interface Conversation {
  id: Id;
  state: "open" | "waiting" | "snoozed" | "closed";
  last_message: { author: AuthorKind; preview: string; at: string } | null;
  last_message_no: number;
  read_no: number;
  unread: number;
  created_at: string;
  agent: { name: string } | null;
}

export interface SessionRequest {
  token?: string;
  locale?: Locale;
  page_url?: string;
  referrer?: string;
  identity?: Identity;
}

export interface SessionAnswer {
  token: string;
  expires_at: string;
  contact: Contact;
  conversations: Conversation[];
  realtime_seq: number;
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
  url?: string;
  thumbnail_url?: string | null;
}

export interface Quote {
  no: number;
  author_name: string;
  preview: string;
}

export interface Message {
  id: Id;
  no: number;
  author: { kind: AuthorKind; name: string | null; mine: boolean };
  body: string;
  attachments: Attachment[];
  quote: Quote | null;
  recalled: boolean;
  system: { code: string; params: Record<string, unknown> } | null;
  client_key: string | null;
  created_at: string;
}

export interface MessagePage {
  items: Message[];
  last_no: number;
  agent_read_no: number;
}

export interface Upload {
  id: Id;
  name: string;
  size: number;
  offset: number;
  attachment: Attachment | null;
}
