/** Where lists were scrolled to, by their name, for as long as the tab lives. */
export const scrollMemory = new Map<string, number>();

/** Which row of a list was last gone to, by the name of the list: who comes back from it goes on there. */
export const rowMemory = new Map<string, string>();
