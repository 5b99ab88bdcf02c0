import type { Component } from "vue";
import type { RouteRecordRaw } from "vue-router";
import type { TextKey } from "@/lib/i18n";
import { planRoutes } from "./plan/routes";

/** A page of the settings; without rights it is everybody's own. */
interface SettingsPage {
  id: string;
  label: TextKey;
  icon: string;
  rights: string[];
  page: () => Promise<{ default: Component }>;
  /** Pages under it, such as one user's. */
  below?: { path: string; page: () => Promise<{ default: Component }> };
  /** Uses the full width: a table, not a form. */
  wide?: boolean;
}
interface SettingsSection {
  label: TextKey;
  items: { id: string; label: TextKey; icon: string; to: string }[];
}

const sections: { label: TextKey; pages: SettingsPage[] }[] = [
  {
    label: "settings.sections.own",
    pages: [
      {
        id: "profile",
        label: "settings.profile.title",
        icon: "i-lucide-circle-user-round",
        rights: [],
        page: () => import("./profile/ProfilePage.vue"),
      },
      {
        id: "security",
        label: "settings.security.title",
        icon: "i-lucide-shield",
        rights: [],
        page: () => import("./security/SecurityPage.vue"),
      },
      {
        id: "notifications",
        label: "settings.notifications.title",
        icon: "i-lucide-bell",
        rights: [],
        page: () => import("./notifications/NotificationsPage.vue"),
      },
      {
        id: "tokens",
        label: "settings.tokens.title",
        icon: "i-lucide-key-round",
        rights: [],
        page: () => import("./tokens/TokensPage.vue"),
      },
    ],
  },
  {
    label: "settings.sections.organization",
    pages: [
      {
        id: "organization",
        label: "settings.organization.title",
        icon: "i-lucide-building-2",
        rights: ["setting.manage"],
        page: () => import("./organization/OrganizationPage.vue"),
      },
      {
        id: "mail",
        label: "settings.mail.title",
        icon: "i-lucide-mail",
        rights: ["setting.manage"],
        page: () => import("./mail/MailPage.vue"),
      },
      {
        id: "users",
        label: "settings.users.title",
        icon: "i-lucide-users",
        rights: ["user.manage"],
        page: () => import("./users/UsersPage.vue"),
        below: { path: ":id", page: () => import("./users/UserPage.vue") },
      },
      {
        id: "teams",
        label: "settings.teams.title",
        icon: "i-lucide-network",
        rights: ["team.manage"],
        page: () => import("./teams/TeamsPage.vue"),
      },
      {
        id: "roles",
        label: "settings.roles.title",
        icon: "i-lucide-shield-check",
        rights: ["role.manage"],
        page: () => import("./roles/RolesPage.vue"),
        below: { path: ":id", page: () => import("./roles/RolePage.vue") },
      },
    ],
  },
  {
    label: "settings.sections.service",
    pages: [
      {
        id: "inboxes",
        label: "settings.inboxes.title",
        icon: "i-lucide-inbox",
        rights: ["inbox.manage"],
        page: () => import("./inboxes/InboxesPage.vue"),
        below: { path: ":id/:tab?", page: () => import("./inboxes/InboxPage.vue") },
      },
      {
        id: "plan",
        label: "plan.title",
        icon: "i-lucide-route",
        rights: ["plan.read"],
        page: () => import("./plan/list/PlansPage.vue"),
        wide: true,
      },
      {
        id: "calendars",
        label: "calendars.title",
        icon: "i-lucide-calendar-days",
        rights: ["calendar.read"],
        page: () => import("./calendars/CalendarsPage.vue"),
        below: { path: ":id", page: () => import("./calendars/CalendarPage.vue") },
        wide: true,
      },
      {
        id: "calculator",
        label: "calendars.calculator.title",
        icon: "i-lucide-calculator",
        rights: ["calendar.read"],
        page: () => import("./calculator/CalculatorPage.vue"),
        wide: true,
      },
      {
        id: "tags",
        label: "settings.tags.title",
        icon: "i-lucide-tags",
        rights: ["tag.manage"],
        page: () => import("./tags/TagsPage.vue"),
      },
      {
        id: "canned",
        label: "settings.canned.title",
        icon: "i-lucide-zap",
        rights: ["canned.manage", "conversation.reply"],
        page: () => import("./canned/CannedPage.vue"),
      },
    ],
  },
  {
    label: "settings.sections.system",
    pages: [
      {
        id: "audit",
        label: "settings.audit.title",
        icon: "i-lucide-scroll-text",
        rights: ["audit.read"],
        page: () => import("./audit/AuditPage.vue"),
        wide: true,
      },
      {
        id: "jobs",
        label: "settings.jobs.title",
        icon: "i-lucide-list-checks",
        rights: ["job.manage"],
        page: () => import("./jobs/JobsPage.vue"),
      },
      {
        id: "system",
        label: "settings.system.title",
        icon: "i-lucide-activity",
        rights: ["job.manage", "setting.manage"],
        page: () => import("./system/SystemPage.vue"),
      },
    ],
  },
];

/** The tree at the left, without what the person may not use. */
export function settingsSections(can: (right: string) => boolean): SettingsSection[] {
  return sections
    .map((section) => ({
      label: section.label,
      items: section.pages
        .filter((page) => !page.rights.length || page.rights.some(can))
        .map(({ id, label, icon }) => ({ id, label, icon, to: `/settings/${id}` })),
    }))
    .filter((section) => section.items.length > 0);
}

function routesOf(page: SettingsPage): RouteRecordRaw[] {
  const meta = { title: page.label, wide: page.wide === true, ...(page.rights.length ? { rights: page.rights } : {}) };
  return [
    { path: page.id, component: page.page, meta },
    ...(page.below ? [{ path: `${page.id}/${page.below.path}`, component: page.below.page, meta }] : []),
  ];
}

export const routes: RouteRecordRaw[] = [
  {
    path: "settings",
    component: () => import("./SettingsLayout.vue"),
    children: [
      { path: "", name: "settings", component: () => import("./SettingsHome.vue"), meta: { title: "nav.settings" } },
      ...sections.flatMap((section) => section.pages.flatMap(routesOf)),
      {
        path: "plan/versions/:id/replay",
        name: "plan-replay",
        component: () => import("./plan-replay/ReplayPage.vue"),
        meta: { title: "planReplay.title", wide: true, rights: ["plan.read"] },
      },
      ...planRoutes,
    ],
  },
];
