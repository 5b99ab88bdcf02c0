import type { LocationQuery } from "vue-router";
import type { Query } from "@/api/client";

export const taskStates = ["open", "done", "not_needed"] as const;
type TaskListState = (typeof taskStates)[number];
export const remedyStates = ["asked", "granted", "refused", "withdrawn"] as const;

/** Which tasks the list across cases shows; kept in the address. */
export interface TaskFilter {
  whose: "mine" | "all";
  state: TaskListState;
  team: string;
  person: string;
  overdue: boolean;
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** Reads the filter of an address; whatever is unknown falls back. */
export const taskFilterOf = (query: LocationQuery): TaskFilter => ({
  whose: query["whose"] === "all" ? "all" : "mine",
  state: taskStates.find((state) => state === query["state"]) ?? "open",
  team: text(query["team"]),
  person: text(query["person"]),
  overdue: query["overdue"] === "true",
});

/** The address of a filter, without what is usual. Teams and people narrow all tasks, not one's own. */
export function taskAddress(filter: TaskFilter): Record<string, string> {
  const all = filter.whose === "all";
  return {
    ...(all ? { whose: "all" } : {}),
    ...(filter.state === "open" ? {} : { state: filter.state }),
    ...(all && filter.team ? { team: filter.team } : {}),
    ...(all && filter.person ? { person: filter.person } : {}),
    ...(filter.overdue && filter.state === "open" ? { overdue: "true" } : {}),
  };
}

/** What the server is asked. */
export function taskQuery(filter: TaskFilter): Query {
  const { team, person, ...rest } = taskAddress(filter) as Partial<Record<string, string>>;
  return { whose: "mine", state: "open", ...rest, team_id: team, assignee_id: person };
}

/** Whether something beside whose tasks it shows narrows the list. */
export const isNarrowed = (filter: TaskFilter): boolean =>
  Object.keys(taskAddress({ ...filter, whose: "all", state: "open" })).length > 1;
