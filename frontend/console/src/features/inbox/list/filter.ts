import type { LocationQuery } from "vue-router";
import type { Query } from "@/api/client";
import type { Id } from "@/api/types";

export const views = ["mine", "unassigned", "team", "all", "mentions", "snoozed", "closed"] as const;
export type View = (typeof views)[number];
export const sorts = ["recent", "oldest", "waiting"] as const;
export type Sort = (typeof sorts)[number];

/** Which conversations a list shows; kept in the address, so that a link opens the same list. */
export interface ListFilter {
  view: View;
  team: Id | null;
  inbox: Id | null;
  assignee: Id | null;
  tag: Id | null;
  sort: Sort;
  q: string;
}

const text = (value: unknown) => (typeof value === "string" && value ? value : null);

/** Reads the filter of an address; whatever is unknown falls back. */
export function filterOf(query: LocationQuery, usual: View = "mine"): ListFilter {
  const team = text(query["team"]);
  const view = views.find((name) => name === query["view"]) ?? usual;
  return {
    view: view === "team" && !team ? usual : view,
    team: view === "team" ? team : null,
    inbox: text(query["inbox"]),
    assignee: text(query["assignee"]),
    tag: text(query["tag"]),
    sort: sorts.find((name) => name === query["sort"]) ?? "recent",
    q: text(query["q"]) ?? "",
  };
}

/** The address of a filter, without what is usual. */
export function addressOf(filter: ListFilter): Record<string, string> {
  const address: Record<string, string> = { view: filter.view };
  for (const name of ["team", "inbox", "assignee", "tag", "q"] as const) {
    const value = filter[name];
    if (value) address[name] = value;
  }
  if (filter.sort !== "recent") address["sort"] = filter.sort;
  return address;
}

/** What the server is asked. */
export function filterQuery(filter: ListFilter): Query {
  return {
    view: filter.view,
    team_id: filter.team,
    inbox_id: filter.inbox,
    assignee_id: filter.assignee,
    tag_id: filter.tag,
    q: filter.q.trim(),
    sort: filter.sort,
  };
}

export const filterKey = (filter: ListFilter): string => JSON.stringify(filterQuery(filter));

/** How many filters narrow the view. */
export const narrowed = (filter: ListFilter): number =>
  [filter.inbox, filter.assignee, filter.tag].filter(Boolean).length;
