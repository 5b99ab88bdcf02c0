import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { last } from "./lists";
import { Realtime, type RealtimePort } from "./realtime";

/** The browser's socket as far as it is used, driven by the test. */
class Line {
  static readonly OPEN = 1;
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  open(): void {
    this.readyState = Line.OPEN;
    this.onopen?.();
  }
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.closed = true;
  }
}

describe("Realtime", () => {
  let lines: Line[];
  let events: unknown[];
  let states: boolean[];
  let refused: number;
  let resyncs: number;
  let realtime: Realtime;
  const line = () => lines[lines.length - 1] as Line;
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.stubGlobal("WebSocket", Line);
    [lines, events, states, refused, resyncs] = [[], [], [], 0, 0];
    const port: RealtimePort = {
      connect: () => {
        lines.push(new Line());
        return line() as unknown as WebSocket;
      },
      token: () => Promise.resolve("t"),
      event: (event) => events.push(event.data["no"]),
      typing: () => undefined,
      resync: () => resyncs++,
      state: (online) => states.push(online),
      refused: () => refused++,
      random: () => 0.5,
    };
    realtime = new Realtime(port, 5);
    realtime.start();
    await pass(0);
    line().open();
    line().say({ type: "welcome", seq: 5 });
  });
  afterEach(() => {
    realtime.stop();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it("takes each event once and resumes after the last", async () => {
    expect(line().sent[0]).toEqual({ type: "hello", token: "t", after: 5 });
    for (const seq of [6, 7, 7, 6, 8]) line().say({ type: "event", seq, kind: "message.posted", data: { no: seq } });
    expect(events).toEqual([6, 7, 8]);
    line().onclose?.({ code: 1006 });
    await pass(2000);
    line().open();
    expect(line().sent[0]).toEqual({ type: "hello", token: "t", after: 8 });
    expect(states).toEqual([true, false]);
  });

  it("asks for everything after a resync and goes on from there", async () => {
    line().say({ type: "resync", seq: 100 });
    line().say({ type: "event", seq: 99, kind: "x", data: { no: 99 } });
    line().say({ type: "event", seq: 101, kind: "x", data: { no: 101 } });
    expect(resyncs).toBe(1);
    expect(events).toEqual([101]);
  });

  it("notices a line that is dead without saying so", async () => {
    await pass(25_000);
    expect(last(line().sent)).toEqual({ type: "ping" });
    await pass(9_000);
    line().say({ type: "pong", seq: 40 });
    await pass(25_000);
    expect(states).toEqual([true]);
    await pass(10_000);
    expect(states).toEqual([true, false]);
    expect(lines[0]?.closed).toBe(true);
    await pass(2000);
    line().open();
    expect(line().sent[0]).toMatchObject({ after: 40 });
  });

  it("waits longer and longer, and comes back at once when woken", async () => {
    line().onclose?.({ code: 1006 });
    for (let i = 0; i < 8; i++) {
      await pass(40_000);
      line().onclose?.({ code: 1006 });
    }
    const before = lines.length;
    await pass(5_000);
    expect(lines.length).toBe(before);
    realtime.wake();
    await pass(0);
    expect(lines.length).toBe(before + 1);
  });

  it("tells when the server does not know the visitor, and stops when told", async () => {
    line().onclose?.({ code: 4401 });
    expect(refused).toBe(1);
    realtime.stop();
    const before = lines.length;
    await pass(100_000);
    expect(lines.length).toBe(before);
  });
});
