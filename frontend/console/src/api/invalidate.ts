import type { QueryClient, QueryKey } from "@tanstack/vue-query";
import { keys } from "./keys";
import { realtime, type RealtimeEvent } from "./realtime";

const byPrefix: Record<string, QueryKey[]> = {
  // Who accepts an invitation becomes a user; of invitations themselves nobody is told.
  user: [keys.users, keys.teams, keys.invitations],
  team: [keys.teams, keys.users],
  role: [keys.roles, keys.users],
  inbox: [keys.inboxes],
  tag: [keys.tags],
  canned: [keys.canned],
  settings: [keys.settings],
  presence: [keys.presence],
  contact: [keys.contacts, keys.conversations],
  api_token: [keys.tokens],
  session: [keys.sessions],
  plan: [keys.plan],
  calendar: [keys.calendars],
  arrangement: [keys.arrangements, keys.calendars],
  case_view: [keys.caseViews],
  alert: [keys.alerts],
};

/** What changes nothing that is shown; asking again for what was looked at would be looked at again. */
const silent = new Set(["conversation.viewed", "conversation.exported", "conversation.contact_read"]);

/** What changes how many conversations somebody serves, which stands beside their presence. */
const loads = new Set(["assigned", "state_changed", "merged", "unmerged"].map((kind) => `conversation.${kind}`));

/** What an event about a case, or about something that hangs on one, made old. */
function caseTouched(data: RealtimeEvent["data"]): QueryKey[] | undefined {
  if (typeof data["case_id"] !== "string") return undefined;
  const number = typeof data["no"] === "number" ? keys.case(`T-${data["no"]}`) : ["case"];
  return [number, keys.cases, keys.caseCounts];
}

/** A draft concerns the pages of plans alone; what cases go by changes with the version in force or another default. */
const inForce = new Set(["plan.version_activated", "plan.updated"]);
const planPages: QueryKey[] = ["list", "line", "version", "evaluations", "evaluation", "replays", "replay"].map(
  (part) => [...keys.plan, part],
);

/** What in the cache an event made old. Messages are not among it: the thread fetches those after its last number. */
export function touchedBy(event: Pick<RealtimeEvent, "kind" | "data">): QueryKey[] {
  if (silent.has(event.kind)) return [];
  if (event.kind.startsWith("plan.") && !inForce.has(event.kind)) return planPages;
  const ofCase = event.kind.startsWith("alert.") ? undefined : caseTouched(event.data);
  if (ofCase) return ofCase;
  const conversation = event.data["conversation_id"];
  if (typeof conversation === "string") {
    if (event.kind === "draft.saved") return [keys.draft(conversation)];
    const touched: QueryKey[] = [keys.conversation(conversation), keys.conversations, keys.counts];
    return loads.has(event.kind) ? [...touched, keys.presence] : touched;
  }
  const contact = event.data["contact_id"];
  const found = byPrefix[event.kind.split(".")[0] ?? ""] ?? [];
  return typeof contact === "string" ? [keys.contact(contact), ...found] : found;
}

/** Keeps the cache true: collects what events touched for a moment, then refetches what is on screen of it. */
export function followRealtime(client: QueryClient): void {
  const touched = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const all = [...touched.values()];
    touched.clear();
    for (const queryKey of all) void client.invalidateQueries({ queryKey });
  };
  realtime.onEvent((event) => {
    for (const key of touchedBy(event)) touched.set(JSON.stringify(key), key);
    if (touched.size && timer === undefined) timer = setTimeout(flush, 120);
  });
  realtime.onResync(() => void client.invalidateQueries());
}
