import { defineAsyncComponent } from "vue";
import type { RouteRecordRaw } from "vue-router";

/** Parts for other features; loaded when they are first shown. */
export const AlertBell = defineAsyncComponent(() => import("./AlertBell.vue"));
export const MyCases = defineAsyncComponent(() => import("./MyCases.vue"));
export const ConversationCases = defineAsyncComponent(() => import("./ConversationCases.vue"));
export const MessagePromise = defineAsyncComponent(() => import("./MessagePromise.vue"));

export const routes: RouteRecordRaw[] = [
  {
    path: "cases",
    name: "cases",
    component: () => import("./CasesPage.vue"),
    meta: { rights: ["case.read"], title: "nav.cases", wide: true },
  },
  {
    path: "cases/:number/dossier",
    name: "case-dossier",
    component: () => import("./dossier/DossierPage.vue"),
    meta: { rights: ["case.export"], title: "cases.dossier.title", wide: true },
  },
  {
    path: "cases/statistics",
    name: "case-statistics",
    component: () => import("./statistics/StatisticsPage.vue"),
    meta: { rights: ["case.read"], title: "cases.statistics.title", wide: true },
  },
  {
    path: "cases/tasks",
    name: "case-tasks",
    component: () => import("./across/TasksPage.vue"),
    meta: { rights: ["case.read"], title: "cases.across.tasks", wide: true },
  },
  {
    path: "cases/remedies",
    name: "case-remedies",
    component: () => import("./across/RemediesPage.vue"),
    meta: { rights: ["case.approve"], title: "cases.across.remedies", wide: true },
  },
  {
    path: "cases/:number",
    name: "case",
    component: () => import("./case/CasePage.vue"),
    meta: { rights: ["case.read"], title: "nav.cases", wide: true },
  },
];
