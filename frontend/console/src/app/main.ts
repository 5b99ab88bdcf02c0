import "@/styles/main.css";
import { addAPIProvider } from "@iconify/vue";
import ui from "@nuxt/ui/vue-plugin";
import { VueQueryPlugin } from "@tanstack/vue-query";
import { createPinia } from "pinia";
import { createApp } from "vue";
import { whenSignedOut } from "@/api/client";
import { followRealtime } from "@/api/invalidate";
import { followInbox } from "@/features/inbox";
import { preferredLocale, setLocale } from "@/lib/i18n";
import { listenToKeys } from "@/lib/keyboard";
import { queryClient } from "@/lib/query";
import { giveFocusBack } from "./focus";
import { followNotices } from "./notices";
import App from "./App.vue";
import { router } from "./router";
import { followSession, useSession } from "./session";
import { followTitle } from "./title";

// Icons come with the bundle; one that is missing stays empty instead of being asked of another host.
addAPIProvider("", { resources: [] });

await setLocale(preferredLocale());
const app = createApp(App);
app.use(createPinia());
app.use(router);
app.use(ui);
app.use(VueQueryPlugin, { queryClient });

whenSignedOut(() => {
  const session = useSession();
  if (!session.me) return;
  session.leave();
  const here = router.currentRoute.value;
  if (!here.meta.open) void router.push({ name: "login", query: { next: here.fullPath, ended: "1" } });
});
followRealtime(queryClient);
followSession();
followTitle();
followNotices(router);
followInbox();
listenToKeys();
giveFocusBack();
app.mount("#app");
