export { renderMessage, stripMessage } from "./message";
export { cleanName, cleanText, escapeHtml } from "./text";
export { safeHref } from "./links";
export { clockTime, dayLabel, formatBytes, fullTime, pickLocale, relativeTime, type Locale } from "./format";
