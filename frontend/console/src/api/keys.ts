import type { QueryKey } from "@tanstack/vue-query";
import type { Id } from "./types";

/** The names of what is in the query cache. A prefix names everything under it: `["conversations"]` is every list. */
export const keys = {
  meta: ["meta"] as const,
  users: ["users"] as const,
  user: (id: Id) => ["users", id] as const,
  presence: ["presence"] as const,
  roles: ["roles"] as const,
  rights: ["rights"] as const,
  teams: ["teams"] as const,
  invitations: ["invitations"] as const,
  sessions: ["sessions"] as const,
  tokens: ["api_tokens"] as const,
  settings: ["settings"] as const,
  inboxes: ["inboxes"] as const,
  inbox: (id: Id) => ["inboxes", id] as const,
  calendars: ["calendars"] as const,
  arrangements: ["arrangements"] as const,
  tags: ["tags"] as const,
  canned: ["canned"] as const,
  audit: ["audit"] as const,
  jobs: ["jobs"] as const,
  system: ["system"] as const,
  search: ["search"] as const,
  contacts: ["contacts"] as const,
  contact: (id: Id) => ["contact", id] as const,
  counts: ["counts"] as const,
  conversations: ["conversations"] as const,
  conversation: (id: Id) => ["conversation", id] as const,
  messages: (id: Id) => ["messages", id] as const,
  draft: (id: Id) => ["draft", id] as const,
  plan: ["plan"] as const,
  cases: ["cases"] as const,
  caseCounts: ["case_counts"] as const,
  /** A case by its number, with everything that hangs on it. */
  case: (number: string) => ["case", number] as const,
} satisfies Record<string, QueryKey | ((id: Id) => QueryKey)>;
