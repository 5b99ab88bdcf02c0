import type { RouteRecordRaw } from "vue-router";

export { default as PasswordField } from "./PasswordField.vue";

/** The pages in front of the door. */
export const routes: RouteRecordRaw[] = [
  {
    path: "/setup",
    name: "setup",
    component: () => import("./SetupPage.vue"),
    meta: { open: true, title: "access.setup.title" },
  },
  {
    path: "/login",
    name: "login",
    component: () => import("./LoginPage.vue"),
    meta: { open: true, title: "access.login.title" },
  },
  {
    path: "/invite/:token",
    name: "invite",
    component: () => import("./InvitePage.vue"),
    meta: { open: true, title: "access.invite.title" },
  },
  {
    path: "/reset/:token?",
    name: "reset",
    component: () => import("./ResetPage.vue"),
    meta: { open: true, title: "access.reset.title" },
  },
];
