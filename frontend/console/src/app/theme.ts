import { useColorMode } from "@vueuse/core";

export type Theme = "system" | "light" | "dark";

const mode = useColorMode({ storageKey: "heard.theme", initialValue: "auto" });

/** Shows everything light, dark, or as the system says. */
export function applyTheme(theme: Theme): void {
  mode.value = theme === "system" ? "auto" : theme;
}

/** What is chosen now. */
export function currentTheme(): Theme {
  return mode.store.value === "auto" ? "system" : mode.store.value;
}
