import { ref, readonly } from "vue";
import type { Id, Json, Presence, Time, UserRef } from "./types";

/** A fact of the log: ids and values only; what it changed is asked for afterwards. */
export interface RealtimeEvent {
  type: "event";
  seq: number;
  kind: string;
  subject: { kind: string; id: Id };
  at: Time;
  data: Record<string, Json>;
}

/** What passes and is not kept. */
type Signal =
  | {
      type: "typing";
      conversation_id: Id;
      who: "contact" | "user";
      name: string | null;
      on: boolean;
      preview: string | null;
    }
  | { type: "viewing"; conversation_id: Id; users: UserRef[] }
  | { type: "presence"; user_id: Id; presence: Presence }
  | { type: "contact_online"; contact_id: Id; online: boolean };

type Incoming =
  | RealtimeEvent
  | Signal
  | { type: "welcome"; seq: number }
  | { type: "resync"; seq: number }
  | { type: "pong"; seq?: number };
export type Outgoing =
  { type: "typing"; conversation_id: Id; on: boolean } | { type: "viewing"; conversation_id: Id | null };

/** `connecting` is only the first attempt; `lost` shows the banner. */
type LineState = "off" | "connecting" | "open" | "lost";

const pingEvery = 25_000;
const silence = 60_000;

/** The wait before the next attempt: doubling from half a second to 15 s, with up to a third of jitter. */
export function backoff(attempt: number, random: number): number {
  const base = Math.min(15_000, 500 * 2 ** attempt);
  return Math.round(base * (1 + random / 3));
}

/** One WebSocket to the server that survives sleep, restarts and network changes and misses nothing: it resumes after the last seq. */
export class Realtime {
  private socket: WebSocket | undefined;
  private seq = 0;
  private readonly tries = ref(0);
  private retry: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;
  private heardAt = 0;
  private viewing: Id | null = null;
  private readonly line = ref<LineState>("off");
  private readonly onEvents = new Set<(event: RealtimeEvent) => void>();
  private readonly onSignals = new Set<(signal: Signal) => void>();
  private readonly onResyncs = new Set<() => void>();

  readonly state = readonly(this.line);
  /** How often in a row the line could not be had; each may mean that the session is over. */
  readonly failures = readonly(this.tries);

  /** Begins after the given seq, usually `Me.realtime_seq`. */
  start(after: number): void {
    this.stop();
    this.seq = after;
    this.tries.value = 0;
    this.line.value = "connecting";
    window.addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.connect();
  }

  stop(): void {
    window.removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.line.value = "off";
    this.drop();
  }

  /** Tries at once instead of waiting for the next attempt. */
  readonly reconnect = (): void => {
    if (this.line.value === "off") return;
    this.drop();
    this.connect();
  };

  /** Says what the person does; lost silently while the line is down. */
  send(message: Outgoing): void {
    if (message.type === "viewing") this.viewing = message.conversation_id;
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** Each returns the function that ends the subscription. */
  onEvent(handler: (event: RealtimeEvent) => void): () => void {
    this.onEvents.add(handler);
    return () => this.onEvents.delete(handler);
  }
  onSignal(handler: (signal: Signal) => void): () => void {
    this.onSignals.add(handler);
    return () => this.onSignals.delete(handler);
  }
  onResync(handler: () => void): () => void {
    this.onResyncs.add(handler);
    return () => this.onResyncs.delete(handler);
  }

  // A tab that slept may hold a socket that is dead without knowing it.
  private readonly wake = (): void => {
    if (document.hidden || this.line.value === "off") return;
    if (this.socket?.readyState === WebSocket.CONNECTING && Date.now() - this.heardAt < 5000) return;
    if (this.line.value !== "open" || Date.now() - this.heardAt > pingEvery * 1.5) {
      this.tries.value = 0;
      this.reconnect();
    }
  };

  private connect(): void {
    clearTimeout(this.retry);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/v1/realtime`);
    this.socket = socket;
    this.heardAt = Date.now();
    socket.onopen = () => {
      socket.send(JSON.stringify({ type: "hello", after: this.seq }));
      this.ping = setInterval(() => this.beat(socket), pingEvery);
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      this.heardAt = Date.now();
      this.take(JSON.parse(message.data) as Incoming);
    };
    socket.onclose = () => {
      if (this.socket === socket) this.later();
    };
  }

  private beat(socket: WebSocket): void {
    if (Date.now() - this.heardAt > silence) {
      this.drop();
      this.later();
    } else if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: "ping" }));
  }

  private take(frame: Incoming): void {
    switch (frame.type) {
      case "welcome":
        // Everything after it will follow; a server that was restored may stand before what this client knows.
        this.seq = frame.seq;
        this.tries.value = 0;
        this.line.value = "open";
        if (this.viewing) this.send({ type: "viewing", conversation_id: this.viewing });
        break;
      case "pong":
        if (frame.seq !== undefined) this.seq = Math.max(this.seq, frame.seq);
        break;
      case "resync":
        this.seq = frame.seq;
        this.onResyncs.forEach((handler) => handler());
        break;
      case "event":
        // After a reconnect the server may repeat what was on the wire.
        if (frame.seq <= this.seq) break;
        this.seq = frame.seq;
        this.onEvents.forEach((handler) => handler(frame));
        break;
      default:
        this.onSignals.forEach((handler) => handler(frame));
    }
  }

  private later(): void {
    this.drop();
    if (this.line.value === "off") return;
    this.line.value = "lost";
    this.retry = setTimeout(() => this.connect(), backoff(this.tries.value, Math.random()));
    this.tries.value += 1;
  }

  private drop(): void {
    clearTimeout(this.retry);
    clearInterval(this.ping);
    const socket = this.socket;
    this.socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}

export const realtime = new Realtime();
