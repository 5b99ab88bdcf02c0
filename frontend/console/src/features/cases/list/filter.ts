import type { LocationQuery } from "vue-router";
import type { Query } from "@/api/client";

export const views = [
  "mine",
  "unassigned",
  "due_soon",
  "overdue",
  "team",
  "participating",
  "watching",
  "all",
  "archived",
] as const;
export type CaseView = (typeof views)[number];
export const sorts = ["due", "newest", "priority"] as const;
export type CaseSort = (typeof sorts)[number];

/** What narrows a view; the words of the API. */
export const filterNames = [
  "type_key",
  "category",
  "class",
  "severity",
  "urgency",
  "priority",
  "state",
  "stage",
  "clock",
  "owner_id",
  "team_id",
  "tag_id",
  "source",
  "outcome",
  "cause",
  "from",
  "to",
] as const;
export type FilterName = (typeof filterNames)[number];

/** Which cases a list shows; kept in the address, so that a link opens the same list. */
export interface CaseFilter {
  view: CaseView;
  sort: CaseSort;
  q: string;
  by: Partial<Record<FilterName, string>>;
}

const text = (value: unknown) => (typeof value === "string" && value ? value : undefined);

/** Reads the filter of an address; whatever is unknown falls back. */
export function filterOf(query: LocationQuery, usual: CaseView = "mine"): CaseFilter {
  const by: CaseFilter["by"] = {};
  for (const name of filterNames) {
    const value = text(query[name]);
    if (value) by[name] = value;
  }
  return {
    view: views.find((name) => name === query["view"]) ?? usual,
    sort: sorts.find((name) => name === query["sort"]) ?? "due",
    q: text(query["q"]) ?? "",
    by,
  };
}

/** The address of a filter, without what is usual. */
export function addressOf(filter: CaseFilter): Record<string, string> {
  const address: Record<string, string> = { view: filter.view };
  for (const name of filterNames) {
    const value = filter.by[name];
    if (value) address[name] = value;
  }
  if (filter.q) address["q"] = filter.q;
  if (filter.sort !== "due") address["sort"] = filter.sort;
  return address;
}

/** The start of a day, and of the day after it, in the person's zone. */
const dayStart = (day: string, after = 0): string | undefined => {
  const date = new Date(`${day}T00:00:00`);
  if (Number.isNaN(date.getTime())) return undefined;
  date.setDate(date.getDate() + after);
  return date.toISOString();
};

/** What the server is asked. Days are given as days and asked for as instants; the last day counts too. */
export function filterQuery(filter: CaseFilter): Query {
  const { from, to, ...rest } = filter.by;
  return {
    view: filter.view,
    ...rest,
    from: from ? dayStart(from) : undefined,
    to: to ? dayStart(to, 1) : undefined,
    q: filter.q.trim(),
    sort: filter.sort,
  };
}

/** A filter as saved views keep it: the words of the API, days as instants. */
export function asked(filter: CaseFilter): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filterQuery(filter)).flatMap(([name, value]) =>
      typeof value === "string" && value ? [[name, value]] : [],
    ),
  );
}

const dayBefore = (at: string | null | undefined, by: number): string | undefined => {
  if (!at) return undefined;
  const date = new Date(at);
  date.setDate(date.getDate() - by);
  return [
    date.getFullYear(),
    String(date.getMonth() + 1).padStart(2, "0"),
    String(date.getDate()).padStart(2, "0"),
  ].join("-");
};

/** The filter that a saved view keeps. */
export function fromAsked(saved: Record<string, unknown>): CaseFilter {
  const from = dayBefore(text(saved["from"]), 0);
  const to = dayBefore(text(saved["to"]), 1);
  return filterOf({ ...(saved as LocationQuery), from: from ?? null, to: to ?? null }, "all");
}

export const filterKey = (filter: CaseFilter): string => JSON.stringify(addressOf(filter));

/** How many filters narrow the view. */
export const narrowed = (filter: CaseFilter): number => Object.keys(filter.by).length + (filter.q ? 1 : 0);
