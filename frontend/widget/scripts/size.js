// Holds the builds against their budgets: what a visitor loads, compressed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url).pathname;
const gzip = (path) => gzipSync(readFileSync(path), { level: 9 }).length;
const below = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name));

// The texts are one file a language; a visitor loads one of them, so the larger counts.
const app = below(join(dist, "app"));
const languages = app.filter((path) => /\/(zh|en)-[^/]+\.js$/.test(path)).sort((a, b) => gzip(b) - gzip(a));
if (languages.length !== 2) throw new Error("expected the texts of two languages");
// What few conversations need is fetched when one does: it counts by itself.
const later = app.filter((path) => /\/(diagnosis|transcript)-[^/]+\.(js|css)$/i.test(path));
if (later.length !== 3) throw new Error("expected the diagnosis and the transcript in files of their own");
const budgets = [
  ["loader", [join(dist, "widget.js")], 3 * 1024],
  ["app", app.filter((path) => !languages.slice(1).includes(path) && !later.includes(path)), 30 * 1024],
  ["on demand", later, 5 * 1024],
];
for (const [name, files, limit] of budgets) {
  const size = files.map(gzip).reduce((sum, bytes) => sum + bytes, 0);
  process.stdout.write(`${name}: ${size} of ${limit} bytes gzipped\n`);
  if (size > limit) process.exitCode = 1;
}
