import { ref, watchEffect } from "vue";
import { t, type TextKey } from "@/lib/i18n";

const page = ref<TextKey>();
const unread = ref(0);

/** What the tab is called: unread first, then the page. */
export function setPageTitle(key: TextKey | undefined): void {
  page.value = key;
}
export function setUnread(count: number): void {
  unread.value = count;
}

/** Keeps the tab's name true, also when the language changes. */
export function followTitle(): void {
  watchEffect(() => {
    const name = page.value ? `${t(page.value)} · Heard` : "Heard";
    document.title = unread.value > 0 ? `(${unread.value}) ${name}` : name;
  });
}
