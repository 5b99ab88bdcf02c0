/** A line of the dossier. */
export interface Row {
  label: string;
  value: string;
}

/** The lines that say something. */
export function rowsOf(pairs: readonly (readonly [string, string | null | undefined])[]): Row[] {
  return pairs.flatMap(([label, value]) => (value?.trim() ? [{ label, value }] : []));
}
