import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  {
    path: "contacts/:id?",
    name: "contacts",
    component: () => import("./ContactsPage.vue"),
    meta: { rights: ["contact.read"], title: "nav.contacts", wide: true },
  },
];
