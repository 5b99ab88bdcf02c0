/** Words that the plan discourages, shown before they are sent. */
export { default as FoundWords } from "./FoundWords.vue";
export { default as WordingHint } from "./WordingHint.vue";
export { useWording } from "./useWording";
