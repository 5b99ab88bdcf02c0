import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "inbox/:id?", name: "inbox", component: () => import("./InboxPage.vue"), meta: { rights: ["conversation.read"], title: "nav.inbox" } },
];
