import type { ToApp, ToHost } from "../../protocol";

/** The page around the frame. Only the window that embeds us is heard, and once known only its origin. */
export class Host {
  private origin: string | null = null;

  constructor(private readonly self: Window) {}

  /** Hands on what the page says. */
  listen(received: (message: ToApp) => void): void {
    const { self } = this;
    self.addEventListener("message", (event: MessageEvent<ToApp>) => {
      if (this.alone || event.source !== self.parent) return;
      if (typeof event.data !== "object" || typeof event.data?.t !== "string") return;
      if (this.origin === null) {
        // The server lets only the inbox's allowed origins frame this page, so the first greeting tells whom to trust.
        if (event.data.t !== "hello" || !/^https?:/.test(event.origin)) return;
        this.origin = event.origin;
      }
      if (event.origin === this.origin) received(event.data);
    });
  }

  /** Opened in a tab of its own, without a page around it. */
  get alone(): boolean {
    return this.self.parent === this.self;
  }

  post(message: ToHost): void {
    if (this.origin) this.self.parent.postMessage(message, this.origin);
  }
}
