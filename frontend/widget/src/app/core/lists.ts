// What newer browsers have built in; customers' phones often do not.

/** The last one. */
export const last = <T>(list: readonly T[]): T | undefined => list[list.length - 1];

/** The last one that fits. */
export const findLast = <T>(list: readonly T[], fits: (item: T) => boolean): T | undefined => last(list.filter(fits));
