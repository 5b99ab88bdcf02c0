import { t } from "./i18n";

/** What a button that shows a choice is called: what is chosen there and what is chosen now, so that its name holds what is seen. */
export const choiceName = (label: string, items: readonly { value: string; label: string }[], chosen: string): string =>
  [label, items.find((item) => item.value === chosen)?.label].filter(Boolean).join(t("plan.colon"));
