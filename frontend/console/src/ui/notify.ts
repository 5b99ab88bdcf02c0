import { useToast } from "@nuxt/ui/composables";
import { ApiError } from "@/api/client";
import { t } from "@/lib/i18n";

let saving = 0;

/** Does what a dialog was asked for: should it fail, the dialog stays open with its own button, and no toast offers the same. */
export async function inDialog<T>(work: () => Promise<T>): Promise<T> {
  saving += 1;
  try {
    return await work();
  } finally {
    saving -= 1;
  }
}

/** The one way to tell that something was done or failed. */
export function useNotify() {
  const toast = useToast();
  return {
    /** Done; with `undo` the toast offers to take it back. */
    done(title: string, undo?: () => void) {
      toast.add({
        title,
        color: "neutral",
        icon: "i-lucide-check",
        duration: undo ? 8000 : 3500,
        ...(undo
          ? {
              actions: [
                { label: t("ui.undo"), color: "neutral" as const, variant: "outline" as const, onClick: () => undo() },
              ],
            }
          : {}),
      });
    },
    info(title: string, description?: string) {
      toast.add({
        title,
        ...(description ? { description } : {}),
        color: "neutral",
        icon: "i-lucide-info",
        duration: 6000,
      });
    },
    /** Failed; says why and, with `retry`, offers to try again. */
    failed(error: unknown, retry?: () => void) {
      const problem = error instanceof ApiError ? error : undefined;
      if (!problem) console.error(error);
      const title = problem?.title ?? t("error.screen.title");
      const description = problem?.errors[0]?.message ?? problem?.detail ?? (problem ? "" : t("error.screen.detail"));
      toast.add({
        // Failing again in the same way is not told beside the first time.
        id: `failed ${title} ${description}`,
        title,
        description,
        color: "error",
        icon: "i-lucide-circle-alert",
        duration: 10_000,
        ...(retry && !saving
          ? {
              actions: [
                {
                  label: t("ui.retry"),
                  color: "neutral" as const,
                  variant: "outline" as const,
                  onClick: () => retry(),
                },
              ],
            }
          : {}),
      });
    },
  };
}
