/** Where lists were scrolled to, by their name, for as long as the tab lives. */
export const scrollMemory = new Map<string, number>();
