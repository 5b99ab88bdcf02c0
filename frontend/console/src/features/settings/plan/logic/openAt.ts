import { onMounted, watch } from "vue";
import { useRoute } from "vue-router";

/** The place in a list that a path names, as 2 for `clocks[2].policy` in the list `clocks`. */
export function indexIn(path: string, list: string): number | undefined {
  if (!path.startsWith(`${list}[`)) return undefined;
  const found = /^\d+/.exec(path.slice(list.length + 1));
  return found ? Number(found[0]) : undefined;
}

/** Opens what the address names with `?at=`, such as the thing that has a problem. */
export function useOpenAt(list: () => string, open: (index: number, path: string) => void): void {
  const route = useRoute();
  const look = () => {
    const path = String(route.query["at"] ?? "");
    const index = indexIn(path, list());
    if (index !== undefined) open(index, path);
  };
  onMounted(look);
  watch(() => route.query["at"], look);
}
