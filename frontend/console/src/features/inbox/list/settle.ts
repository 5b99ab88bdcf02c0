interface Row {
  id: string;
}

/**
 * What a list shows after news. While a hand is on it (`held`) rows keep their places: known ones are renewed where they
 * are, new and risen ones only counted. `keep` is the open row, which stays although it left the view.
 */
export function settle<T extends Row>(
  shown: readonly T[],
  fresh: readonly T[],
  held: boolean,
  keep: string | null,
): { rows: T[]; waiting: number } {
  if (!held || !shown.length) {
    const rows = [...fresh];
    const place = keep === null ? -1 : shown.findIndex((row) => row.id === keep);
    if (place >= 0 && !rows.some((row) => row.id === keep))
      rows.splice(Math.min(place, rows.length), 0, shown[place] as T);
    return { rows, waiting: 0 };
  }
  const renewed = new Map(fresh.map((row) => [row.id, row]));
  const known = new Set(shown.map((row) => row.id));
  const lastKnown = fresh.findLastIndex((row) => known.has(row.id));
  const rows = [
    ...shown.map((row) => renewed.get(row.id) ?? row),
    ...(lastKnown >= 0 ? fresh.slice(lastKnown + 1) : []),
  ];
  const arrived = fresh
    .slice(0, lastKnown < 0 ? fresh.length : lastKnown + 1)
    .filter((row) => !known.has(row.id)).length;
  const before = shown.filter((row) => renewed.has(row.id)).map((row) => row.id);
  const places = new Map(before.map((id, index) => [id, index]));
  const risen = fresh
    .filter((row) => places.has(row.id))
    .filter((row, index) => index < (places.get(row.id) ?? 0)).length;
  return { rows, waiting: arrived + risen };
}
