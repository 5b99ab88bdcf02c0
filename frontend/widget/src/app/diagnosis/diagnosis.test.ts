import { describe, expect, it } from "vitest";
import type { Outgoing } from "../core/outbox";
import type { Message } from "../core/types";
import { collect, fileName, type Surroundings } from "./collect";
import { failureText } from "./failures";
import { isOpen, keyOf } from "./request";
import { textsOf } from "./texts";

function surroundings(change: Partial<Surroundings> = {}): Surroundings {
  let steady = 0;
  return {
    navigator: {
      userAgent: "Test/1",
      languages: ["zh-CN", "en"],
      cookieEnabled: true,
      onLine: true,
      connection: { effectiveType: "4g" },
    },
    screen: { width: 1440, height: 900 },
    viewport: [400.4, 600],
    pixelRatio: 2,
    page: { url: "https://shop.example/cart", title: "Cart" },
    storage: true,
    live: true,
    version: "1.2.3",
    errors: ["x is undefined"],
    ask: () => Promise.resolve("Sun, 22 Nov 2026 06:58:37 GMT"),
    now: () => Date.parse("2026-11-22T07:00:37.500Z"),
    steady: () => (steady += 40),
    ...change,
  };
}

describe("what is collected", () => {
  it("is told by the browser and by three round trips", async () => {
    const found = await collect(surroundings());
    expect(found).toMatchObject({
      heard_diagnosis: 1,
      user_agent: "Test/1",
      languages: ["zh-CN", "en"],
      round_trips_ms: [40, 40, 40],
      failed_round_trips: 0,
    });
    expect(found).toMatchObject({
      page_url: "https://shop.example/cart",
      page_title: "Cart",
      viewport: { width: 400, height: 600 },
      connection: "4g",
      widget_version: "1.2.3",
    });
    expect(found.clock_ahead_ms).toBe(120_000 - 20);
    expect(found.script_errors).toEqual(["x is undefined"]);
  });

  it("says so when the server cannot be reached or names no time", async () => {
    let asked = 0;
    const flaky = await collect(
      surroundings({ ask: () => (++asked === 2 ? Promise.reject(new Error("lost")) : Promise.resolve(null)) }),
    );
    expect(flaky).toMatchObject({ round_trips_ms: [40, 40], failed_round_trips: 1, clock_ahead_ms: null });
    const cut = await collect(surroundings({ ask: () => Promise.reject(new Error("lost")) }));
    expect(cut).toMatchObject({ round_trips_ms: [], failed_round_trips: 3, clock_ahead_ms: null });
  });

  it("tells the failures of scripts in lines", () => {
    const failure = Object.assign(new Event("error"), { message: "x is undefined", filename: "app.js", lineno: 3 });
    expect(failureText(failure, 0)).toMatch(/^1970-01-01T\S+Z x is undefined \(app\.js:3\)$/);
    expect(failureText(Object.assign(new Event("unhandledrejection"), { reason: new Error("no") }), 0)).toMatch(
      /Error: no$/,
    );
  });

  it("has a name by which the console knows it", () => {
    expect(fileName(new Date("2026-11-22T06:58:37.123Z"))).toBe("diagnosis-20261122-065837.json");
  });
});

describe("a request", () => {
  const line = (no: number, code: string): Message => ({
    id: `m${no}`,
    no,
    author: { kind: "system", name: null, mine: false },
    body: "",
    attachments: [],
    quote: null,
    recalled: false,
    system: { code, params: {} },
    client_key: null,
    created_at: "",
  });
  const asked = line(3, "diagnosis_requested");

  it("waits until it is answered, declined or asked anew", () => {
    expect(isOpen(asked, [asked, line(4, "assigned")], [])).toBe(true);
    expect(isOpen(asked, [asked, line(4, "diagnosis_declined")], [])).toBe(false);
    expect(isOpen(asked, [asked, line(9, "diagnosis_requested")], [])).toBe(false);
    expect(isOpen(line(9, "diagnosis_requested"), [asked, line(4, "diagnosis_declined")], [])).toBe(true);
    const answer: Message = { ...line(4, ""), system: null, client_key: keyOf(asked.id) };
    expect(isOpen(asked, [asked, answer], [])).toBe(false);
    expect(isOpen(asked, [asked], [{ key: keyOf(asked.id) } as Outgoing])).toBe(false);
  });

  it("lists the same things in both languages", () => {
    expect(textsOf("en").list).toHaveLength(textsOf("zh-CN").list.length);
  });
});
