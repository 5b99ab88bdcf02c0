import { type BrowserContextOptions, type Page, test as base, expect } from "@playwright/test";
import { Server } from "./server.ts";

interface Fixtures {
  /** A server of the test's own; its log is attached to a failure. */
  server: Server;
  /**
   * Opens a path of the server as another person: a browser profile of its own. The test fails when such a page asks
   * another host for anything, breaks its content security policy, or throws an error that nobody catches.
   */
  visit: (path: string, options?: BrowserContextOptions) => Promise<Page>;
}

/** Playwright's `test` with a running server. */
export const test = base.extend<Fixtures>({
  server: async ({}, use, info) => {
    const server = await Server.fresh();
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach("heard.log", { body: server.log, contentType: "text/plain" });
    }
    await server.remove();
  },

  visit: async ({ browser, server }, use) => {
    const strangers: string[] = [];
    const errors: string[] = [];
    const pages: Page[] = [];
    await use(async (path, options = {}) => {
      const context = await browser.newContext({ baseURL: server.url, ...options });
      context.on("request", (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith("http") && url.host !== new URL(server.url).host) strangers.push(request.url());
      });
      context.on("console", (message) => {
        if (message.type() === "error" && message.text().includes("Content Security Policy"))
          errors.push(message.text());
      });
      context.on("weberror", (error) => errors.push(error.error().stack ?? error.error().message));
      const page = await context.newPage();
      pages.push(page);
      await page.goto(path);
      return page;
    });
    for (const page of pages) await page.context().close();
    expect(strangers, "requests to other hosts").toEqual([]);
    expect(errors, "errors that nobody caught").toEqual([]);
  },
});

export { expect };
