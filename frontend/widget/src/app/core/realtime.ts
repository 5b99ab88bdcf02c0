import { backoff } from "./outbox";

/** A fact from the server. */
export interface RealtimeEvent {
  kind: string;
  data: Record<string, unknown>;
}

/** Somebody of the team begins or stops to write. */
export interface TypingFrame {
  conversation_id: string;
  name: string | null;
  on: boolean;
}

interface Frame {
  type: string;
  seq?: number;
  kind?: string;
  data?: Record<string, unknown>;
}

export interface RealtimePort {
  connect(): WebSocket;
  token(): Promise<string>;
  event(event: RealtimeEvent): void;
  typing(frame: TypingFrame): void;
  /** Too much was missed, or it is unknown what: look at everything again. */
  resync(): void;
  state(online: boolean): void;
  /** The server no longer knows who connects. */
  refused(): void;
  random(): number;
}

const PING_EVERY = 25_000;
const PONG_WITHIN = 10_000;
/** Close code for a token that is not valid. */
const REFUSED = 4401;

/** The live connection: resumes after the last seen seq, takes each event once, notices a dead line by itself. */
export class Realtime {
  private socket: WebSocket | null = null;
  private failures = 0;
  private wanted = false;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pingTimer: ReturnType<typeof setTimeout> | undefined;
  private deadTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly port: RealtimePort,
    private seq: number,
  ) {}

  start(): void {
    this.wanted = true;
    if (!this.socket) void this.open();
  }

  stop(): void {
    this.wanted = false;
    clearTimeout(this.retryTimer);
    this.drop();
  }

  /** The network is back or the page is looked at again: do not wait for the timer, and test a line that seems to live. */
  wake(): void {
    if (!this.wanted) return;
    this.failures = 0;
    if (this.socket?.readyState === WebSocket.OPEN) this.ping();
    else this.reconnect();
  }

  /** The network is gone. */
  lost(): void {
    if (this.wanted) this.failed();
  }

  send(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private reconnect(): void {
    clearTimeout(this.retryTimer);
    this.drop();
    void this.open();
  }

  private async open(): Promise<void> {
    let token: string;
    try {
      token = await this.port.token();
    } catch {
      return this.failed();
    }
    if (!this.wanted || this.socket) return;
    const socket = this.port.connect();
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ type: "hello", token, after: this.seq }));
    socket.onmessage = (event) => {
      if (this.socket === socket) this.receive(JSON.parse(String(event.data)) as Frame);
    };
    socket.onclose = ({ code }) => {
      if (this.socket !== socket) return;
      if (code === REFUSED) this.port.refused();
      this.failed();
    };
    this.watch();
  }

  /** Every sign of life counts; silence for too long means that the line is dead. */
  private watch(): void {
    clearTimeout(this.pingTimer);
    clearTimeout(this.deadTimer);
    this.pingTimer = setTimeout(() => this.ping(), PING_EVERY);
    this.deadTimer = setTimeout(() => this.failed(), PING_EVERY + PONG_WITHIN);
  }

  private ping(): void {
    this.send({ type: "ping" });
    clearTimeout(this.pingTimer);
    clearTimeout(this.deadTimer);
    this.deadTimer = setTimeout(() => this.failed(), PONG_WITHIN);
  }

  private receive(frame: Frame): void {
    this.watch();
    switch (frame.type) {
      case "welcome":
        this.failures = 0;
        return this.port.state(true);
      case "event":
        if ((frame.seq ?? 0) <= this.seq) return;
        this.seq = frame.seq as number;
        return this.port.event({ kind: frame.kind ?? "", data: frame.data ?? {} });
      case "pong":
        // Everything up to here that concerns the visitor has been sent.
        this.seq = Math.max(this.seq, frame.seq ?? 0);
        return;
      case "resync":
        this.seq = frame.seq ?? this.seq;
        return this.port.resync();
      case "typing":
        return this.port.typing(frame as unknown as TypingFrame);
    }
  }

  private failed(): void {
    this.drop();
    if (!this.wanted) return;
    this.failures++;
    this.port.state(false);
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => void this.open(), backoff(this.failures, this.port.random()));
  }

  private drop(): void {
    clearTimeout(this.pingTimer);
    clearTimeout(this.deadTimer);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
