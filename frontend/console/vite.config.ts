import ui from "@nuxt/ui/vite";
import vue from "@vitejs/plugin-vue";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { theme } from "./src/styles/theme.ts";

/** The server that `npm run dev` talks to. */
const server = process.env["HEARD_SERVER"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [
    vue(),
    ui({
      autoImport: false,
      components: { dts: "src/components.d.ts" },
      // The console chooses light or dark by itself (src/app/theme.ts); two choosers undo each other.
      colorMode: false,
      ui: theme,
      theme: { colors: ["primary", "success", "warning", "error", "info", "note"] },
      experimental: { componentDetection: true },
      // Every icon named in the sources is in the bundle: the console asks no other host.
      icon: { clientBundle: { scan: { globInclude: ["src/**/*.{vue,ts}"], globExclude: [] }, sizeLimitKb: 512 } },
    }),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    proxy: {
      "/api": { target: server, ws: true },
      "/widget": { target: server },
      "/widget.js": { target: server },
      "/demo": { target: server },
    },
  },
  build: { outDir: "dist", target: "es2022", chunkSizeWarningLimit: 600 },
  // A busy machine is no failure: what hangs is still ended.
  test: { environment: "node", include: ["src/**/*.test.ts"], testTimeout: 60_000 },
});
