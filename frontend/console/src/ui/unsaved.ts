import { computed, ref, watch, type Ref } from "vue";
import { t } from "@/lib/i18n";
import { confirm } from "./confirm";

/**
 * Guards a dialog against losing what was typed: Escape, a click beside it and its cross ask first; its button *cancel* does not.
 * `shown` is what the dialog binds to, `touch` is called when somebody types in it.
 */
export function useUnsaved(open: Ref<boolean>) {
  const touched = ref(false);
  watch(open, (now) => {
    if (now) touched.value = false;
  });
  const shown = computed({
    get: () => open.value,
    set: (now) => {
      if (now || !touched.value) open.value = now;
      else void ask();
    },
  });
  async function ask() {
    const question = {
      title: t("ui.unsaved.close"),
      body: t("ui.unsaved.closeBody"),
      confirm: t("ui.unsaved.closeAnyway"),
    };
    if (await confirm(question)) open.value = false;
  }
  const touch = () => {
    touched.value = true;
  };
  return { shown, touch };
}
