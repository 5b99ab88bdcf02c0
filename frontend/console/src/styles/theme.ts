/** What every component of the console looks like: Nuxt UI's parts in Heard's measures. Colours are in tokens.css. */
export const theme = {
  colors: { primary: "teal", success: "green", warning: "amber", error: "red", info: "blue", note: "yellow", neutral: "zinc" as const },
};
