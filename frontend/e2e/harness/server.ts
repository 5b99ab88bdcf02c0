import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const binary = process.env["HEARD_BIN"] ?? resolve(import.meta.dirname, "../../../target/debug/heard");

/** A `heard serve` of its own: fresh data directory, free port, and a way to kill it like a power cut. */
export class Server {
  readonly url: string;
  readonly data: string;
  private readonly listen: string;
  private process: ChildProcess | undefined;
  private output = "";

  private constructor(data: string, port: number) {
    this.data = data;
    this.listen = `127.0.0.1:${port}`;
    this.url = `http://${this.listen}`;
  }

  /** Starts a server on an empty data directory and waits until it is ready. */
  static async fresh(): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), "heard-e2e-"));
    const server = new Server(data, await freePort());
    await server.start();
    return server;
  }

  /** Starts the process and waits for `/readyz`. */
  async start(): Promise<void> {
    const child = spawn(binary, ["serve", "--listen", this.listen, "--data", this.data], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = child;
    child.stdout.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    child.on("error", (error) => (this.output += `${binary}: ${error.message}\n`));
    const deadline = Date.now() + 30_000;
    while (!(await this.ready())) {
      if (child.exitCode !== null || child.pid === undefined || Date.now() > deadline) {
        throw new Error(`heard did not become ready:\n${this.output}`);
      }
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** Ends the process with the signal and waits until it is gone; SIGKILL leaves it no time to tidy up. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }

  /** Stops the server and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
  }

  /** What the process has written so far. */
  get log(): string {
    return this.output;
  }

  private async ready(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`)).ok;
    } catch {
      return false;
    }
  }
}

async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}
