import { useInboxes, useTags, useTeams, useUsers } from "@/api/queries";
import type { Id } from "@/api/types";
import { useSession } from "@/app/session";
import { t } from "@/lib/i18n";

/** Things that a plan names by their ids because they live outside it. */
type OutsideKind = "user" | "team" | "inbox" | "tag";
/** What a thing outside the plan is called now. */
export type Outside = (kind: OutsideKind, id: Id) => string;

const properties: Record<string, OutsideKind> = { user_id: "user", team_id: "team", inbox_ids: "inbox", tags: "tag" };
/** Which kind of thing outside the plan a property of this name points to. */
export const outsideOf = (property: string): OutsideKind | undefined => properties[property];

interface Known {
  /** The list; absent while it is being asked for or may not be seen. */
  items: readonly { id: Id; name: string }[] | undefined;
  /** Whether it may be seen at all. */
  readable: boolean;
}

/** The name of a thing by what is known of its kind: what is not in the list any more was removed. */
export function outsideName({ items, readable }: Known, kind: OutsideKind, id: Id): string {
  const found = items?.find((one) => one.id === id)?.name;
  if (found) return found;
  if (!readable) return t(`plan.compare.hidden.${kind}`);
  return items ? t(`plan.compare.gone.${kind}`) : "…";
}

/** Names of what plans name by id, as far as the reader may see it. */
export function useOutside(): Outside {
  const session = useSession();
  const readable = { user: true, team: true, inbox: session.can("inbox.read"), tag: true };
  const lists = { user: useUsers(), team: useTeams(), inbox: useInboxes(() => readable.inbox), tag: useTags() };
  return (kind, id) =>
    outsideName({ items: lists[kind].data.value, readable: readable[kind] && !lists[kind].isError.value }, kind, id);
}
