export { renderMessage, stripMessage } from "./message";
export { cleanName, cleanText, escapeHtml, initials } from "./text";
export { safeHref } from "./links";
export { clockTime, dayLabel, formatBytes, fullTime, pickLocale, relativeTime, type Locale } from "./format";
