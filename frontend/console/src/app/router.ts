import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import { routes as access } from "@/features/access";
import { routes as cases } from "@/features/cases";
import { routes as contacts } from "@/features/contacts";
import { routes as home } from "@/features/home";
import { routes as inbox } from "@/features/inbox";
import { routes as settings } from "@/features/settings";
import type { TextKey } from "@/lib/i18n";
import { areas } from "./areas";
import { useSession } from "./session";
import { setPageTitle } from "./title";

declare module "vue-router" {
  interface RouteMeta {
    /** Reachable without a session. */
    open?: boolean;
    /** Needs one of these rights. */
    rights?: string[];
    title?: TextKey;
    /** Uses the full width of the window. */
    wide?: boolean;
  }
}

const pages: RouteRecordRaw[] = [
  ...access,
  {
    path: "/",
    component: () => import("./shell/ShellLayout.vue"),
    children: [
      ...home,
      ...inbox,
      ...cases,
      ...contacts,
      ...settings,
      {
        path: "forbidden",
        name: "forbidden",
        component: () => import("./pages/ForbiddenPage.vue"),
        meta: { title: "pages.forbidden.title" },
      },
      {
        path: ":rest(.*)*",
        name: "not-found",
        component: () => import("./pages/NotFoundPage.vue"),
        meta: { title: "pages.notFound.title" },
      },
    ],
  },
];

export const router = createRouter({ history: createWebHistory(), routes: pages });

/** A path of this console, or its start; never another site. */
export function returnPath(next: unknown): string {
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : "/";
}

router.beforeEach(async (to) => {
  const session = useSession();
  if (!session.loaded) await session.load();
  if (session.meta?.setup_required) return to.name === "setup" ? true : { name: "setup" };
  if (to.name === "setup") return "/";
  if (!session.me && !to.meta.open) return { name: "login", query: to.fullPath === "/" ? {} : { next: to.fullPath } };
  if (session.me && to.name === "login") return returnPath(to.query["next"]);
  if (to.name === "home" && session.needsSecondFactor) return "/settings/security";
  if (to.name === "home" && !session.can("conversation.read"))
    return areas.find((area) => area.rights.some(session.can))?.to ?? "/settings";
  if (to.meta.rights && !to.meta.rights.some(session.can)) return { name: "forbidden", query: { from: to.fullPath } };
  return true;
});

router.afterEach((to) => {
  setPageTitle(to.meta.title);
});

// After an upgrade of the server the parts of the old console are gone; loading the page anew brings the new one.
window.addEventListener("vite:preloadError", () => {
  const last = Number(sessionStorage.getItem("heard.reloaded"));
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem("heard.reloaded", String(Date.now()));
  location.reload();
});
