import { computed, ref, watch } from "vue";
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

/** The person's own columns, or those of the saved view that is shown: what is changed there is no one else's list. */
export function useColumns() {
  const own = ref<ColumnName[]>(chosenColumns(recall<unknown>("cases.columns", usual)));
  const borrowed = ref<ColumnName[]>();
  watch(own, (now) => remember("cases.columns", now));
  const chosen = computed(() => borrowed.value ?? own.value);
  const toggle = (name: ColumnName) => {
    const now = columns.filter((one) => (one === name ? !chosen.value.includes(name) : chosen.value.includes(one)));
    if (borrowed.value) borrowed.value = now;
    else own.value = now;
  };
  const show = (names: readonly string[] | undefined) => {
    borrowed.value = names?.length ? chosenColumns(names) : undefined;
  };
  return { chosen, toggle, show };
}
