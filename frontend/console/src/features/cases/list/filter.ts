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
  "archived_from",
  "archived_to",
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

/** Filters that name days; where they end, the last day counts too. */
const dayNames = [
  ["from", 0],
  ["to", 1],
  ["archived_from", 0],
  ["archived_to", 1],
] as const;

const ofArchive: ReadonlySet<FilterName> = new Set(["outcome", "cause", "archived_from", "archived_to"] as const);
const ofOpen: ReadonlySet<FilterName> = new Set(["stage", "state", "clock"] as const);

/** What of a filter makes sense in a view: cases that are archived have no clocks, those that are open no result. */
export function fitting(view: CaseView, by: CaseFilter["by"]): CaseFilter["by"] {
  const idle = view === "archived" ? ofOpen : ofArchive;
  return Object.fromEntries(Object.entries(by).filter(([name]) => !idle.has(name as FilterName)));
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
  const { by } = filter;
  const days = dayNames.map(([name, last]) => [name, by[name] ? dayStart(by[name], last) : undefined] as const);
  return {
    view: filter.view,
    ...by,
    ...Object.fromEntries(days),
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
  const days = dayNames.map(([name, last]) => [name, dayBefore(text(saved[name]), last) ?? null] as const);
  return filterOf({ ...(saved as LocationQuery), ...Object.fromEntries(days) }, "all");
}

export const filterKey = (filter: CaseFilter): string => JSON.stringify(addressOf(filter));

/** How many filters narrow the view. */
export const narrowed = (filter: CaseFilter): number => Object.keys(filter.by).length + (filter.q ? 1 : 0);
