import type { RouteRecordRaw } from "vue-router";
import type { TextKey } from "@/lib/i18n";

/** A page of the settings; without rights it is everybody's own. */
interface SettingsPage {
  id: string;
  label: TextKey;
  icon: string;
  rights: string[];
}
export interface SettingsSection {
  label: TextKey;
  items: (SettingsPage & { to: string })[];
}

const sections: { label: TextKey; pages: SettingsPage[] }[] = [
  {
    label: "settings.sections.own",
    pages: [{ id: "profile", label: "settings.profile.title", icon: "i-lucide-circle-user-round", rights: [] }],
  },
];

/** The tree at the left, without what the person may not use. */
export function settingsSections(can: (right: string) => boolean): SettingsSection[] {
  return sections
    .map((section) => ({ label: section.label, items: section.pages.filter((page) => !page.rights.length || page.rights.some(can)).map((page) => ({ ...page, to: `/settings/${page.id}` })) }))
    .filter((section) => section.items.length > 0);
}

export const routes: RouteRecordRaw[] = [
  {
    path: "settings",
    component: () => import("./SettingsLayout.vue"),
    children: [
      { path: "", name: "settings", component: () => import("./SettingsHome.vue"), meta: { title: "nav.settings" } },
      { path: "profile", component: () => import("./profile/ProfilePage.vue"), meta: { title: "settings.profile.title" } },
    ],
  },
];
