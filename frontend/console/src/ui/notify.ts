import { useToast } from "@nuxt/ui/composables";
import { ApiError } from "@/api/client";
import { t } from "@/lib/i18n";

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
      toast.add({
        title: problem?.title ?? t("error.screen.title"),
        description: problem?.errors[0]?.message ?? problem?.detail ?? (problem ? "" : t("error.screen.detail")),
        color: "error",
        icon: "i-lucide-circle-alert",
        duration: 10_000,
        ...(retry
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
