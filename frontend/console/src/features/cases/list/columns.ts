import { ref, watch } from "vue";
import { recall, remember } from "@/lib/store";

/** Columns beside title and clock; what a row shows there is chosen by each person. */
export const columns = [
  "severity",
  "urgency",
  "category",
  "stage",
  "priority",
  "owner",
  "team",
  "received",
  "updated",
  "satisfaction",
] as const;
export type ColumnName = (typeof columns)[number];

/** Widths in pixels. */
export const widths: Record<ColumnName, number> = {
  severity: 88,
  urgency: 72,
  category: 132,
  stage: 116,
  priority: 72,
  owner: 124,
  team: 124,
  received: 84,
  updated: 84,
  satisfaction: 64,
};
/** What a row needs in pixels to show these columns beside a title that can still be read. */
export const widthOf = (names: readonly ColumnName[]): number =>
  names.reduce((sum, name) => sum + widths[name] + 12, 500);
const usual: ColumnName[] = ["severity", "category", "stage", "owner"];

/** The columns that this person wants, in their fixed order. */
function chosenColumns(stored: unknown): ColumnName[] {
  if (!Array.isArray(stored)) return usual;
  return columns.filter((name) => stored.includes(name));
}

export function useColumns() {
  const chosen = ref<ColumnName[]>(chosenColumns(recall<unknown>("cases.columns", usual)));
  watch(chosen, (now) => remember("cases.columns", now));
  const toggle = (name: ColumnName) => {
    chosen.value = columns.filter((one) => (one === name ? !chosen.value.includes(name) : chosen.value.includes(one)));
  };
  const show = (names: unknown) => {
    chosen.value = chosenColumns(names);
  };
  return { chosen, toggle, show };
}
