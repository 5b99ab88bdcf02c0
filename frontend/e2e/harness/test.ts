import { test as base } from "@playwright/test";
import { Server } from "./server.ts";

/** Playwright's `test` with a server per test; its log is attached to a failure. */
export const test = base.extend<{ server: Server }>({
  server: async ({}, use, info) => {
    const server = await Server.fresh();
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach("heard.log", { body: server.log, contentType: "text/plain" });
    }
    await server.remove();
  },
});

export { expect } from "@playwright/test";
