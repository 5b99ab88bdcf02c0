import type { Identity, Page } from "../../protocol";
import { refusalOf, type Api, type Credentials } from "./api";
import type { Keep } from "./keep";
import type { SessionAnswer, SessionRequest } from "./types";
import type { Locale } from "@heard/shared";

interface Kept {
  token: string;
  /** Whose token it is: on a shared computer the next person must not inherit it. */
  external: string | null;
}

/** The visitor's session: begun when first needed, kept for the next visit, renewed when it runs out. */
export class Session implements Credentials {
  identity: Identity | null = null;
  page: Page = { url: "", referrer: "" };
  locale: Locale = "zh-CN";
  private current: string | null = null;
  private pending: Promise<SessionAnswer> | null = null;

  constructor(
    private readonly api: Api,
    private readonly inbox: string,
    private readonly keep: Keep,
    private readonly begun: (answer: SessionAnswer) => void,
  ) {}

  get kept(): boolean {
    return this.keep.get<Kept>("visitor") !== null;
  }

  async token(): Promise<string> {
    return this.current ?? (await this.begin()).token;
  }

  refuse(token: string): void {
    if (this.current !== token) return;
    this.current = null;
    this.keep.set("visitor", null);
  }

  /** Begins or renews the session; one at a time. */
  begin(): Promise<SessionAnswer> {
    this.pending ??= this.ask().finally(() => (this.pending = null));
    return this.pending;
  }

  /** Forgets the visitor. */
  forget(): void {
    this.current = null;
    this.identity = null;
    this.keep.set("visitor", null);
  }

  private async ask(): Promise<SessionAnswer> {
    const kept = this.keep.get<Kept>("visitor");
    const external = this.identity?.external_id ?? null;
    const other = kept?.external && external && kept.external !== external;
    const request: SessionRequest = { locale: this.locale, page_url: this.page.url, referrer: this.page.referrer };
    if (this.identity) request.identity = this.identity;
    if (kept && !other) request.token = kept.token;
    const path = `/widget/${encodeURIComponent(this.inbox)}/session`;
    let answer: SessionAnswer;
    try {
      answer = await this.api.open<SessionAnswer>("POST", path, request);
    } catch (error) {
      if (refusalOf(error).status !== 401 || !request.token) throw error;
      delete request.token;
      answer = await this.api.open<SessionAnswer>("POST", path, request);
    }
    this.current = answer.token;
    const owner = external ?? (other ? null : (kept?.external ?? null));
    this.keep.set("visitor", { token: answer.token, external: owner } satisfies Kept);
    this.begun(answer);
    return answer;
  }
}
