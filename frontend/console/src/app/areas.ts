import type { TextKey } from "@/lib/i18n";

/** An area of work on the rail; shown to who may use it. */
export interface Area {
  id: string;
  to: string;
  icon: string;
  label: TextKey;
  /** Needs one of these rights. */
  rights: string[];
  keys: string;
}

export const areas: Area[] = [
  { id: "home", to: "/", icon: "i-lucide-house", label: "nav.home", rights: ["conversation.read"], keys: "g h" },
  { id: "inbox", to: "/inbox", icon: "i-lucide-inbox", label: "nav.inbox", rights: ["conversation.read"], keys: "g i" },
  {
    id: "cases",
    to: "/cases",
    icon: "i-lucide-clipboard-list",
    label: "nav.cases",
    rights: ["case.read"],
    keys: "g c",
  },
  {
    id: "contacts",
    to: "/contacts",
    icon: "i-lucide-users-round",
    label: "nav.contacts",
    rights: ["contact.read"],
    keys: "g p",
  },
];

export const settingsArea: Area = {
  id: "settings",
  to: "/settings",
  icon: "i-lucide-settings",
  label: "nav.settings",
  rights: [],
  keys: "g s",
};
