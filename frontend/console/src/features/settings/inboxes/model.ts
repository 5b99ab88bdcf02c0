import type { Hours, Inbox, Span, WebChatConfig } from "@/api/types";

/** What the tabs edit; lists that are typed as text are kept as text. */
export interface InboxForm {
  name: string;
  active: boolean;
  team_ids: string[];
  default_team_id: string | undefined;
  hours: Hours;
  max_attachment_mb: number;
  attachment_kinds: string[];
  web_chat: WebChatForm | null;
  callback_url: string;
}
export interface WebChatForm extends Omit<WebChatConfig, "allowed_origins"> {
  origins: string;
}

export const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof days)[number];

export function fromInbox(inbox: Inbox): InboxForm {
  let web_chat: WebChatForm | null = null;
  if (inbox.web_chat) {
    const { allowed_origins, ...rest } = inbox.web_chat;
    web_chat = { ...rest, origins: allowed_origins.join("\n") };
  }
  return {
    name: inbox.name,
    active: inbox.state === "active",
    team_ids: inbox.team_ids,
    default_team_id: inbox.default_team_id ?? undefined,
    hours: inbox.hours,
    max_attachment_mb: inbox.max_attachment_mb,
    attachment_kinds: inbox.attachment_kinds,
    web_chat,
    callback_url: inbox.api?.callback_url ?? "",
  };
}

export function toPatch(form: InboxForm): object {
  let web_chat: WebChatConfig | undefined;
  if (form.web_chat) {
    const { origins, ...rest } = form.web_chat;
    web_chat = { ...rest, allowed_origins: lines(origins) };
  }
  return {
    name: form.name.trim(),
    state: form.active ? "active" : "paused",
    team_ids: form.team_ids,
    default_team_id: form.default_team_id ?? null,
    hours: form.hours,
    max_attachment_mb: form.max_attachment_mb,
    attachment_kinds: form.attachment_kinds,
    ...(web_chat ? { web_chat } : { api: { callback_url: form.callback_url.trim() || null } }),
  };
}

/** One entry a line, without blanks and doubles. */
export function lines(text: string): string[] {
  return [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
}

/** Minutes since midnight; `24:00` is the end of the day. */
export function minutes(time: string): number | undefined {
  const found = /^(\d{1,2}):(\d{2})$/.exec(time);
  if (!found) return undefined;
  const value = Number(found[1]) * 60 + Number(found[2]);
  return Number(found[2]) < 60 && value <= 1440 ? value : undefined;
}

/** What is wrong with a day's spans: each must end after it begins, and none may overlap. */
export function spansProblem(spans: Span[]): "order" | "overlap" | undefined {
  const known = spans.map(([from, to]) => [minutes(from), minutes(to)] as const);
  if (known.some(([from, to]) => from === undefined || to === undefined || from >= to)) return "order";
  const sorted = known.map(([from, to]) => [from ?? 0, to ?? 0] as const).sort((a, b) => a[0] - b[0]);
  return sorted.some((span, index) => index > 0 && span[0] < (sorted[index - 1]?.[1] ?? 0)) ? "overlap" : undefined;
}

/** Contrast of a `#rrggbb` colour with white, as WCAG counts it. */
export function contrastWithWhite(color: string): number {
  const channel = (at: number) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  if (!/^#[0-9a-f]{6}$/i.test(color)) return 0;
  return 1.05 / (0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) + 0.05);
}

/** The tab on which a complaint of the server stands. */
export function tabOf(field: string): string {
  const places: [RegExp, string][] = [
    [/^web_chat\.(brand_name|color|logo|position|sound|allow_preview|show_agent)/, "appearance"],
    [/^web_chat\.(greeting|reply_time|offline_text)/, "texts"],
    [/^web_chat\.prechat/, "prechat"],
    [/^web_chat\.(allowed_origins|identity)/, "security"],
    [/^hours/, "hours"],
    [/attachment/, "attachments"],
    [/^api/, "install"],
  ];
  return places.find(([pattern]) => pattern.test(field))?.[1] ?? "general";
}
