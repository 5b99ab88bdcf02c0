import { beforeAll, expect, it } from "vitest";
import education from "../../../../../../../crates/cases/packs/education.json";
import { setLocale } from "@/lib/i18n";
import { complete } from "./blank";
import {
  contents,
  difference,
  differing,
  entryName,
  inOrder,
  pathText,
  priorityChanges,
  sizeOf,
  valueText,
} from "./compare";
import { outsideName } from "./outside";
import { withCell } from "./priority";

/** Nothing outside the plan is named, but for one team. */
const outside = (kind: string, id: string) => (id === "7" ? "Course team" : `no ${kind}`);
const plan = complete(education.plan);
beforeAll(async () => {
  globalThis.localStorage ??= { setItem: () => {}, getItem: () => null } as unknown as Storage;
  globalThis.document ??= { documentElement: {} } as unknown as Document;
  await setLocale("en");
});

it("tells values by their names", () => {
  expect(valueText(plan, "severity", "severe", outside)).toBe("Severe");
  expect(valueText(plan, "needs", ["facts", "category"], outside)).toBe("Facts, Category");
  expect(valueText(plan, "department", null, outside)).toBe("nothing");
  expect(valueText(plan, "limit", { unit: "working_minutes", minutes: 120 }, outside)).toBe("2 working hours");
  expect(valueText(plan, "enabled", false, outside)).toBe("no");
  expect(valueText(plan, "actions", [{ do: "notify", to: [{ who: "owner" }] }], outside)).toBe("Notify: owner");
  expect(valueText(plan, "classes", ["routing/account"], outside)).toBe("Routing classes: Account");
});

it("names what stands outside the plan, also what is gone", () => {
  expect(difference(plan, { path: "team_id", old: "7", new: "8" }, outside)).toEqual({
    label: "Team",
    from: "Course team",
    to: "no team",
  });
  const rule = { key: "r", when: { words: [], tags: ["8", "9"], inbox_ids: ["7"] } };
  expect(contents(plan, rule, outside).map((line) => line.text)).toEqual(["no tag, no tag", "Course team"]);
  expect(valueText(plan, "actions", [{ do: "notify", to: [{ who: "user", user_id: "7" }] }], outside)).toBe(
    "Notify: Course team",
  );
  expect(outsideName({ items: [{ id: "1", name: "VIP" }], readable: true }, "tag", "1")).toBe("VIP");
  expect(outsideName({ items: [], readable: true }, "tag", "1")).toBe("a tag that was removed");
  expect(outsideName({ items: undefined, readable: true }, "tag", "1")).toBe("…");
  expect(outsideName({ items: undefined, readable: false }, "inbox", "1")).toBe("an inbox that you do not see");
});

it("names what is above a node in the tree that it belongs to, and shares with their sign", () => {
  const under = (section: string, parent: string) =>
    contents(plan, { key: "new", parent }, outside, [], section)[0]?.text;
  const shared = plan.causes.find((cause) => plan.categories.some((category) => category.key === cause.key));
  expect(under("causes", shared?.key ?? "")).toBe(shared?.name.en);
  expect(under("categories", shared?.key ?? "")).toBe(plan.categories.find((one) => one.key === shared?.key)?.name.en);
  expect(difference(plan, { path: "parent", old: null, new: shared?.key }, outside, "causes").to).toBe(shared?.name.en);
  expect(valueText(plan, "warn_at", [50, 100], outside)).toBe("50%, 100%");
});

it("tells where a value stands", () => {
  expect(pathText(plan, "stages[hand-over].needs")).toBe("Stages › Hand over › Needed to complete");
  expect(pathText(plan, "name.en")).toBe("Name › English");
  expect(difference(plan, { path: "policy.days", old: 5, new: 4 }, outside)).toEqual({
    label: "Limit › Working days",
    from: "5",
    to: "4",
  });
});

it("tells what a new thing says", () => {
  const rule = {
    key: "leak",
    name: { zh: "泄露", en: "Leak" },
    when: { words: ["leaked"], tags: [], inbox_ids: [] },
    then: { case_type: "complaint", category: null, severity: "severe" },
  };
  expect(contents(plan, rule, outside)).toEqual([
    { label: "For which cases › Words", text: "leaked" },
    { label: "What is opened › Type of case", text: "Complaint" },
    { label: "What is opened › Severity", text: "Severe" },
  ]);
  const clock = {
    key: "law",
    name: { en: "Law" },
    enabled: false,
    start: { on: "received" },
    policy: { unit: "working_minutes", minutes: 120, pause_on: [], warn_at: [50, 100] },
  };
  expect(contents(plan, clock, outside).map((line) => line.text)).toEqual([
    "no",
    valueText(plan, "start", clock.start, outside),
    "2 working hours",
    "50%, 100%",
  ]);
  const book = {
    key: "b",
    name: { en: "Book" },
    steps: [{ key: "one", title: { en: "Look" }, detail: { zh: "", en: "" }, required: true }],
  };
  expect(contents(plan, book, outside)).toEqual([{ label: "Steps › Look › Required", text: "yes" }]);
});

it("names what has no name", () => {
  const row = { severities: ["severe"], urgencies: ["urgent"], priority: "urgent" };
  expect(entryName(plan, "priorities", { key: "0", name: null, value: row })).toBe("Severe × Urgent → Urgent");
  expect(
    sizeOf([
      { section: "x", added: [], removed: [], changed: [{ key: "a", name: null, fields: [] }], reordered: false },
    ]),
  ).toEqual({
    added: 0,
    removed: 0,
    changed: 1,
  });
});

it("finds what differs in a long text", () => {
  expect(differing("within five days", "within three days")).toEqual({
    head: "within ",
    old: "fiv",
    fresh: "thre",
    tail: "e days",
  });
  expect(differing("同样", "同样")).toEqual({ head: "同样", old: "", fresh: "", tail: "" });
});

it("tells the table of priorities by its cells", () => {
  const keys = (levels: { key: string }[]) => levels.map((level) => level.key);
  const cell = { severity: "general", urgency: "low", priority: "high" } as const;
  const now = { ...plan, priorities: withCell(plan.priorities, keys(plan.severities), keys(plan.urgencies), cell) };
  expect(priorityChanges(plan, now)).toEqual([{ label: "General × Not urgent", from: "Low", to: "High" }]);
  expect(priorityChanges(plan, plan)).toEqual([]);
});

it("tells sections in the order of the plan", () => {
  const section = (name: string) => ({ section: name, added: [], removed: [], changed: [], reordered: false });
  expect(inOrder(["causes", "clocks", "case_types"].map(section)).map((one) => one.section)).toEqual([
    "case_types",
    "clocks",
    "causes",
  ]);
});
