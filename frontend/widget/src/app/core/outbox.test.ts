import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "./api";
import { backoff, nextOutgoing, Outbox, type OutboxPort, type Outgoing, type Sent } from "./outbox";
import type { Conversation, Message } from "./types";

const item = (key: string, conversation: string, more: Partial<Outgoing> = {}): Outgoing => ({
  key,
  conversation,
  body: key,
  attachments: [],
  quote: null,
  form: null,
  offline: false,
  pageUrl: null,
  at: "2026-09-20T08:00:00.000Z",
  refused: null,
  ...more,
});

/** A server that takes each key once, and a store that outlives the outbox, as localStorage does. */
class World {
  stored = "[]";
  taken: string[] = [];
  opened: Record<string, string> = {};
  answers: (ApiError | "lost" | null)[] = [];
  attempts: string[] = [];
  concurrent = 0;
  keys = 0;
  private lock: Promise<void> = Promise.resolve();

  outbox(): Outbox {
    const port: OutboxPort = {
      load: () => JSON.parse(this.stored) as Outgoing[],
      save: (items) => (this.stored = JSON.stringify(items)),
      send: (outgoing) => this.send(outgoing),
      opened: (from, to) => (this.opened[from] = to),
      sent: () => undefined,
      changed: () => undefined,
      newKey: () => `k${++this.keys}`,
      random: () => 0.5,
      exclusively: (task) => (this.lock = this.lock.then(task)),
    };
    return new Outbox(port);
  }

  private async send(outgoing: Outgoing): Promise<Sent> {
    this.attempts.push(outgoing.key);
    expect(++this.concurrent).toBe(1);
    await Promise.resolve();
    this.concurrent--;
    const answer = this.answers.shift();
    if (answer instanceof ApiError) throw answer;
    if (!this.taken.includes(outgoing.key)) this.taken.push(outgoing.key);
    if (answer === "lost") throw new ApiError(0, "unreachable");
    const conversationId = outgoing.conversation.startsWith("new:")
      ? `c-${outgoing.conversation.slice(4)}`
      : outgoing.conversation;
    const conversation = { id: conversationId } as Conversation;
    return { conversation, conversationId, message: { client_key: outgoing.key } as Message };
  }
}

describe("Outbox", () => {
  let world: World;
  beforeEach(() => {
    vi.useFakeTimers();
    world = new World();
  });
  afterEach(() => vi.useRealTimers());
  const settle = () => vi.advanceTimersByTimeAsync(120_000);

  it("sends in order, one at a time", async () => {
    const outbox = world.outbox();
    for (const key of ["a", "b", "c", "d"]) outbox.add(item(key, "x"));
    await settle();
    expect(world.taken).toEqual(["a", "b", "c", "d"]);
    expect(outbox.items()).toEqual([]);
  });

  it("sends again after failures that pass, keeping the order", async () => {
    const outbox = world.outbox();
    world.answers = [
      new ApiError(0, "unreachable"),
      new ApiError(503, "storage_unavailable"),
      new ApiError(429, "rate_limited", 2),
    ];
    for (const key of ["a", "b", "c"]) outbox.add(item(key, "x"));
    await settle();
    expect(world.attempts).toEqual(["a", "a", "a", "a", "b", "c"]);
    expect(world.taken).toEqual(["a", "b", "c"]);
  });

  it("sends again with the same key when the answer was lost", async () => {
    const outbox = world.outbox();
    world.answers = ["lost"];
    outbox.add(item("a", "x"));
    outbox.add(item("b", "x"));
    await settle();
    expect(world.attempts).toEqual(["a", "a", "b"]);
    expect(world.taken).toEqual(["a", "b"]);
  });

  it("goes on after a reload", async () => {
    world.answers = Array.from({ length: 3 }, () => new ApiError(0, "unreachable"));
    world.outbox().add(item("a", "new:1"));
    await vi.advanceTimersByTimeAsync(10);
    vi.clearAllTimers(); // The page is gone.
    const outbox = world.outbox();
    outbox.add(item("b", "new:1"));
    await settle();
    expect(world.taken).toEqual(["a", "b"]);
    expect(outbox.items()).toEqual([]);
  });

  it("gives what follows an opening the conversation's id", async () => {
    const outbox = world.outbox();
    const seen: string[] = [];
    outbox.add(item("a", "new:1"));
    outbox.add(item("b", "new:1"));
    await vi.advanceTimersByTimeAsync(0);
    for (const one of outbox.items()) seen.push(one.conversation);
    await settle();
    expect(seen.every((id) => id === "c-1")).toBe(true);
    expect(world.opened).toEqual({ "new:1": "c-1" });
    expect(world.taken).toEqual(["a", "b"]);
  });

  it("leaves a refused message aside and sends the others; retrying sends it", async () => {
    const outbox = world.outbox();
    world.answers = [new ApiError(422, "validation_failed", null, {}, [], "too long")];
    outbox.add(item("a", "x"));
    outbox.add(item("b", "x"));
    await settle();
    expect(world.taken).toEqual(["b"]);
    expect(outbox.items()[0]?.refused).toEqual({ code: "validation_failed", detail: "too long" });
    outbox.retry("a");
    await settle();
    expect(world.taken).toEqual(["b", "a"]);
  });

  it("discards a message", async () => {
    const outbox = world.outbox();
    world.answers = [new ApiError(422, "validation_failed")];
    outbox.add(item("a", "new:1"));
    outbox.add(item("b", "new:1"));
    await settle();
    expect(outbox.items().map((i) => i.key)).toEqual(["a", "b"]);
    outbox.discard("a");
    await settle();
    expect(world.taken).toEqual(["b"]);
  });

  it("moves the words of a forgotten conversation into a new one", async () => {
    const outbox = world.outbox();
    world.answers = [new ApiError(404, "not_found")];
    outbox.add(item("a", "gone"));
    outbox.add(item("b", "gone"));
    await settle();
    expect(world.taken).toEqual(["a", "b"]);
    expect(world.opened["gone"]).toBe("new:k1");
  });

  it("does not send twice from two tabs", async () => {
    const [one, two] = [world.outbox(), world.outbox()];
    one.add(item("a", "x"));
    two.add(item("b", "x"));
    one.add(item("c", "x"));
    void two.run();
    await settle();
    expect(world.attempts).toEqual(["a", "b", "c"]);
  });

  it("survives a random bad line without loss, doubles or disorder", async () => {
    const outbox = world.outbox();
    let seed = 7;
    const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8;
    const sent = Array.from({ length: 200 }, (_, i) => `m${i}`);
    for (const [i, key] of sent.entries()) {
      outbox.add(item(key, i < 50 ? "new:1" : "x"));
      world.answers.push(
        ...Array.from({ length: next() % 3 }, () => (next() % 2 ? new ApiError(0, "unreachable") : ("lost" as const))),
      );
      if (next() % 4 === 0) await vi.advanceTimersByTimeAsync(next() % 2000);
      if (next() % 10 === 0) outbox.wake();
    }
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect(outbox.items()).toEqual([]);
    expect(world.taken).toEqual(sent);
  });
});

describe("nextOutgoing", () => {
  const refused = { code: "x", detail: "" };
  it("holds back what follows a refused opening, and only that", () => {
    expect(nextOutgoing([item("a", "new:1", { refused }), item("b", "new:1"), item("c", "x")])?.key).toBe("c");
    expect(nextOutgoing([item("a", "x", { refused }), item("b", "x")])?.key).toBe("b");
    expect(nextOutgoing([])).toBeNull();
  });
});

describe("backoff", () => {
  it("grows to half a minute and keeps to Retry-After", () => {
    const waits = [1, 2, 3, 6, 20].map((n) => backoff(n, 0.5));
    expect(waits).toEqual([1000, 2000, 4000, 30_000, 30_000]);
    expect(backoff(1, 0, 7)).toBe(7000);
  });
});
