import { defineAsyncComponent } from "vue";
import type { RouteRecordRaw } from "vue-router";

export { follow as followInbox } from "./follow";
export { useContact } from "./context/useContact";
export { usePeople, type PersonItem } from "./actions/people";
export { useBeginning } from "./list/useBeginning";
export { useCounts } from "./list/useViews";

/** Parts for other features; loaded when they are first shown. */
export const ContactCard = defineAsyncComponent(() => import("./context/ContactCard.vue"));
export const ContactConversations = defineAsyncComponent(() => import("./context/ContactConversations.vue"));
export const FirstCustomer = defineAsyncComponent(() => import("./list/FirstCustomer.vue"));
export const ContactTracks = defineAsyncComponent(() => import("./context/ContactTracks.vue"));

export const routes: RouteRecordRaw[] = [
  {
    path: "inbox/:id?",
    name: "inbox",
    component: () => import("./InboxPage.vue"),
    meta: { rights: ["conversation.read"], title: "nav.inbox", wide: true },
  },
];
