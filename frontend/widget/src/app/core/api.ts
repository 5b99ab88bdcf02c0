/** The server's refusal, or the lack of an answer (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retryAfter: number | null = null,
    readonly params: Record<string, unknown> = {},
    readonly fields: { field: string; message: string }[] = [],
    detail = code,
  ) {
    super(detail);
  }

  /** Whether the same request can succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500 || [401, 408, 425, 429].includes(this.status);
  }
}

/** The refusal; anything else that was thrown is a mistake of ours and goes on. */
export function refusalOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}

interface Problem {
  code?: string;
  title?: string;
  detail?: string;
  params?: Record<string, unknown>;
  errors?: { field: string; message: string }[];
}

/** What a request needs from the visitor's session. */
export interface Credentials {
  token(): Promise<string>;
  /** Called when the server no longer takes `token`; the next `token()` gives a fresh one. */
  refuse(token: string): void;
}

const TIMEOUT = 20_000;

async function refusal(response: Response): Promise<ApiError> {
  let problem: Problem = {};
  try {
    problem = (await response.json()) as Problem;
  } catch {
    // A proxy answered in its own words; the status says enough.
  }
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  const detail = problem.detail ?? problem.title;
  return new ApiError(response.status, problem.code ?? "", retryAfter, problem.params, problem.errors, detail);
}

async function read<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError(0, "unreachable"); // Broken off midway, or a proxy's page instead of the answer.
  }
}

/** Calls of the server, with the visitor's token where one is needed. */
export class Api {
  locale = "zh-CN";
  credentials: Credentials | null = null;

  constructor(private readonly base: string) {}

  /** A call without a session. */
  async open<T>(method: string, path: string, body?: unknown): Promise<T> {
    return read<T>(await this.fetch(method, path, body, {}));
  }

  async json<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    const response = await this.raw(method, path, body, headers);
    return response.status === 204 ? (null as T) : read<T>(response);
  }

  /** A call by the visitor; a token that ran out is renewed once. */
  async raw(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const credentials = this.credentials as Credentials;
    for (let attempt = 0; ; attempt++) {
      const token = await credentials.token();
      try {
        return await this.fetch(method, path, body, { ...headers, Authorization: `Visitor ${token}` });
      } catch (error) {
        if (refusalOf(error).status !== 401 || attempt > 0) throw error;
        credentials.refuse(token);
      }
    }
  }

  private async fetch(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
    const binary = body instanceof Blob;
    const init: RequestInit = {
      method,
      cache: "no-store",
      credentials: "omit",
      headers: { "Accept-Language": this.locale, ...headers },
    };
    if (body !== undefined) {
      Object.assign(init.headers as object, {
        "Content-Type": binary ? "application/octet-stream" : "application/json",
      });
      init.body = binary ? body : JSON.stringify(body);
    }
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), binary ? TIMEOUT * 6 : TIMEOUT);
    let response: Response;
    try {
      response = await fetch(this.base + path, { ...init, signal: stop.signal });
    } catch {
      throw new ApiError(0, "unreachable");
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }
}
