import { readFileSync } from "node:fs";
import { defineConfig, type Plugin, type UserConfig } from "vite";

const here = (path: string) => new URL(path, import.meta.url).pathname;

/** The version of the product, which the widget is part of. */
const version = /^version = "([^"]+)"/m.exec(readFileSync(here("../../Cargo.toml"), "utf8"))?.[1] ?? "";

/** What is fetched on demand has neither styles nor imports of its own, so nothing is to be preloaded: without this Vite's helper weighs half a kilobyte. */
const plainImports: Plugin = {
  name: "plain-imports",
  enforce: "pre",
  resolveId: (id) => (id.endsWith("vite/preload-helper.js") ? id : null),
  load: (id) => (id.endsWith("vite/preload-helper.js") ? "export const __vitePreload = (load) => load();" : null),
};

const page = (name: "app" | "demo", base: string): UserConfig => ({
  root: here(`./${name}`),
  base,
  build: {
    outDir: here(`./dist/${name}`),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

/** Three outputs: the loader (one classic script), the app in the frame, and the sample shop. */
export default defineConfig(({ mode }): UserConfig => {
  const builds: Record<string, UserConfig> = {
    app: page("app", "/widget/"),
    demo: page("demo", "/demo/"),
    loader: {
      publicDir: false,
      build: {
        outDir: here("./dist"),
        emptyOutDir: false,
        lib: {
          entry: here("./src/loader/index.ts"),
          formats: ["iife"],
          name: "heardLoader",
          fileName: () => "widget.js",
        },
      },
    },
  };
  // Customers' phones are older than agents' computers: Chrome 80, Safari 14.
  const target = "es2020";
  const chosen = builds[mode] ?? {};
  const terserOptions = {
    module: mode !== "loader",
    compress: { passes: 3, ecma: 2020 as const, unsafe_arrows: true, pure_getters: true },
    format: { ecma: 2020 as const },
  };
  const define = { __HEARD_VERSION__: JSON.stringify(version) };
  return {
    ...chosen,
    plugins: [plainImports],
    define,
    build: { ...chosen.build, target, cssTarget: "esnext", minify: "terser", terserOptions },
  };
});
