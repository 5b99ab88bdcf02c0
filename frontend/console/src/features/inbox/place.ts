import { filterOf, type ListFilter } from "./list/filter";

/** Where the person was in the inbox, to come back to it from elsewhere. */
export const lastPlace: { filter: ListFilter; path: string | undefined } = { filter: filterOf({}), path: undefined };

export function forgetPlace(): void {
  lastPlace.filter = filterOf({});
  lastPlace.path = undefined;
}
