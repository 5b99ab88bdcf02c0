import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Realtime, type RealtimeEvent } from "./realtime";

class Line {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static all: Line[] = [];
  readyState = 0;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor() {
    Line.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
    this.say({ type: "welcome", seq: (this.sent[0] as { after: number }).after });
  }
  say(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  breakOff() {
    this.readyState = 3;
    this.onclose?.();
  }
}
const event = (seq: number) => ({
  type: "event",
  seq,
  kind: "message.posted",
  subject: { kind: "conversation", id: "c" },
  at: "",
  data: {},
});
const listeners = { addEventListener() {}, removeEventListener() {} };

beforeEach(() => {
  vi.useFakeTimers();
  Line.all = [];
  vi.stubGlobal("WebSocket", Line);
  vi.stubGlobal("location", { protocol: "http:", host: "h" });
  vi.stubGlobal("window", listeners);
  vi.stubGlobal("document", { ...listeners, hidden: false });
});
afterEach(() => vi.useRealTimers());

function started() {
  const realtime = new Realtime();
  const seen: number[] = [];
  realtime.onEvent((one: RealtimeEvent) => seen.push(one.seq));
  realtime.start(5);
  return { realtime, seen };
}

it("takes each event once and resumes after the last", () => {
  const { realtime, seen } = started();
  Line.all[0]?.open();
  expect(Line.all[0]?.sent).toEqual([{ type: "hello", after: 5 }]);
  Line.all[0]?.say(event(6));
  Line.all[0]?.say(event(7));
  Line.all[0]?.breakOff();
  expect(realtime.state.value).toBe("lost");
  vi.advanceTimersByTime(1000);
  Line.all[1]?.open();
  expect(Line.all[1]?.sent).toEqual([{ type: "hello", after: 7 }]);
  Line.all[1]?.say(event(7));
  Line.all[1]?.say(event(8));
  expect(seen).toEqual([6, 7, 8]);
  expect(realtime.state.value).toBe("open");
});

it("asks for everything anew when too much was missed", () => {
  const { realtime, seen } = started();
  const resync = vi.fn();
  realtime.onResync(resync);
  Line.all[0]?.open();
  Line.all[0]?.say({ type: "resync", seq: 900 });
  Line.all[0]?.say(event(899));
  Line.all[0]?.say(event(901));
  expect(resync).toHaveBeenCalledOnce();
  expect(seen).toEqual([901]);
});

it("remembers how far it has heard", () => {
  started();
  Line.all[0]?.open();
  Line.all[0]?.say({ type: "pong", seq: 40 });
  Line.all[0]?.breakOff();
  vi.advanceTimersByTime(1000);
  Line.all[1]?.open();
  expect(Line.all[1]?.sent).toEqual([{ type: "hello", after: 40 }]);
});

it("notices a line that is silent", () => {
  const { realtime } = started();
  Line.all[0]?.open();
  vi.advanceTimersByTime(90_000);
  expect(Line.all[0]?.sent).toContainEqual({ type: "ping" });
  expect(realtime.state.value).toBe("lost");
});

it("says again what is being looked at, and stops for good", () => {
  const { realtime } = started();
  Line.all[0]?.open();
  realtime.send({ type: "viewing", conversation_id: "c" });
  Line.all[0]?.breakOff();
  vi.advanceTimersByTime(1000);
  Line.all[1]?.open();
  expect(Line.all[1]?.sent).toContainEqual({ type: "viewing", conversation_id: "c" });
  realtime.stop();
  vi.advanceTimersByTime(60_000);
  expect(Line.all).toHaveLength(2);
});
