import { api } from "@/api/client";
import type { PlanSummary } from "@/api/types";
import { planText } from "@/features/cases/plan";
import { t } from "@/lib/i18n";
import { confirm, useAction } from "@/ui";
import { useRefresh } from "./api";

/** Makes a plan the one that new cases follow, after asking. */
export function useDefault() {
  const refresh = useRefresh();
  const { run } = useAction();
  return async (plan: PlanSummary | undefined) => {
    if (!plan) return;
    const name = planText(plan.name);
    const sure = await confirm({
      title: t("plan.makeDefaultTitle", { name }),
      body: t("plan.makeDefaultText"),
      confirm: t("plan.makeDefault"),
      tone: "neutral",
    });
    if (!sure) return;
    await run(
      () => api.patch(`/plans/${plan.id}`, { is_default: true }, { version: plan.version }),
      t("plan.defaultSet", { name }),
    );
    await refresh();
  };
}
