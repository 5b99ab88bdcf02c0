import { defineConfig } from "@playwright/test";

/** Chromium must not look for hosts outside this machine; root cannot have its sandbox. */
const flags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

export default defineConfig({
  testDir: "journeys",
  outputDir: "results",
  timeout: 120_000,
  expect: { timeout: 10_000 },
  workers: 1,
  forbidOnly: process.env["CI"] === "true",
  reporter: "list",
  use: {
    browserName: "chromium",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: process.env["HEARD_CHROMIUM"] ?? "/usr/bin/chromium",
      args: flags,
    },
  },
});
