import { ref } from "vue";

/** The numbers of the list that was looked at last, to go on to the next one from a case. */
export const listOrder = ref<string[]>([]);

/** The case before or after another one in a list. */
export function neighbour(order: readonly string[], number: string, by: 1 | -1): string | undefined {
  const at = order.indexOf(number);
  return at < 0 ? undefined : order[at + by];
}
