import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { CaseRemedyCounts, CaseTaskCounts } from "@/api/types";
import { useSession } from "@/app/session";
import { t } from "@/lib/i18n";

/** A list of work across cases, as the views name it. */
export interface WorkItem {
  at: "case-tasks" | "case-remedies";
  label: string;
  icon: string;
  count: number | undefined;
  alarming: boolean;
}

/** What waits for the reader across cases. It changes with cases, so it is asked for anew with them. */
export function useWork() {
  const session = useSession();
  const approves = computed(() => session.can("case.approve"));
  const tasks = useQuery({
    queryKey: [...keys.cases, "task_counts"],
    queryFn: ({ signal }) => api.get<CaseTaskCounts>("/case_tasks/counts", {}, signal),
  });
  const remedies = useQuery({
    queryKey: [...keys.cases, "remedy_counts"],
    queryFn: ({ signal }) => api.get<CaseRemedyCounts>("/case_remedies/counts", {}, signal),
    enabled: approves,
  });
  return computed<WorkItem[]>(() => [
    {
      at: "case-tasks",
      label: t("cases.across.tasks"),
      icon: "i-lucide-list-checks",
      count: tasks.data.value?.mine,
      alarming: (tasks.data.value?.overdue ?? 0) > 0,
    },
    ...(approves.value
      ? [
          {
            at: "case-remedies" as const,
            label: t("cases.across.remedies"),
            icon: "i-lucide-badge-check",
            count: remedies.data.value?.waiting,
            alarming: false,
          },
        ]
      : []),
  ]);
}
