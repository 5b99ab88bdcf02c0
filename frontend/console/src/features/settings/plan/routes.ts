import type { RouteRecordRaw } from "vue-router";
import type { TextKey } from "@/lib/i18n";

const meta = { title: "plan.title" as TextKey, wide: true, rights: ["plan.read"] };

/** The pages of plans below the settings, beside their list. */
export const planRoutes: RouteRecordRaw[] = [
  { path: "plan/versions/:id/compare", component: () => import("./compare/ComparePage.vue"), meta },
  { path: "plan/versions/:id/:section?", component: () => import("./version/VersionPage.vue"), meta },
  { path: "plan/evaluations/:id", component: () => import("./evaluations/EvaluationPage.vue"), meta },
  { path: "plan/:id", component: () => import("./list/PlanPage.vue"), meta },
];
