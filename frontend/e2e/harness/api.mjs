// A small client of Heard's API for journeys and the demo: plain JavaScript, so that Node runs it as it is.

/** What the server answered instead of success. */
export class ApiError extends Error {
  /**
   * @param {string} call
   * @param {number} status
   * @param {{ code?: string, title?: string, errors?: unknown }} problem
   */
  constructor(call, status, problem) {
    super(`${call}: ${status} ${problem.code ?? ""} ${problem.title ?? ""} ${JSON.stringify(problem.errors ?? "")}`);
    this.status = status;
    this.code = problem.code ?? "";
  }
}

/** A client with the rights of whoever signs in through it. */
export class Api {
  /** @type {Record<string, string>} */
  #headers;
  #base;

  /**
   * @param {string} url address of the server
   * @param {string} locale
   */
  constructor(url, locale = "zh-CN") {
    this.#base = `${url}/api/v1`;
    this.#headers = { "Accept-Language": locale, Origin: url };
  }

  /**
   * Calls the API and answers the body; throws ApiError on anything but success.
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @param {Record<string, string>} [headers]
   * @returns {Promise<any>}
   */
  call(method, path, body, headers = {}) {
    /** @type {Record<string, string>} */
    const json = body === undefined ? {} : { "Content-Type": "application/json" };
    return this.#fetch(method, path, body === undefined ? null : JSON.stringify(body), { ...json, ...headers });
  }

  /**
   * Sends bytes as they are, a piece of an upload.
   * @param {string} method
   * @param {string} path
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @param {Record<string, string>} [headers]
   * @returns {Promise<any>}
   */
  send(method, path, bytes, headers = {}) {
    return this.#fetch(method, path, bytes, { "Content-Type": "application/octet-stream", ...headers });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {BodyInit | null} body
   * @param {Record<string, string>} headers
   * @returns {Promise<any>}
   */
  async #fetch(method, path, body, headers) {
    const response = await fetch(this.#base + path, { method, headers: { ...this.#headers, ...headers }, body });
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith("heard_session="));
    if (cookie) this.#headers["Cookie"] = cookie.split(";", 1)[0] ?? "";
    const text = await response.text();
    const answer = text.startsWith("{") ? JSON.parse(text) : text;
    if (!response.ok) throw new ApiError(`${method} ${path}`, response.status, answer);
    const me = answer.csrf_token ? answer : answer.me;
    if (me?.csrf_token) this.#headers["X-CSRF-Token"] = me.csrf_token;
    return answer;
  }

  /**
   * First run: makes the organisation and its administrator, who is signed in afterwards.
   * @param {{ organization: string, name: string, email: string, password: string, locale?: string, time_zone?: string }} setup
   */
  setup(setup) {
    return this.call("POST", "/setup", { locale: "zh-CN", time_zone: "Asia/Shanghai", ...setup });
  }

  /**
   * @param {string} email
   * @param {string} password
   */
  signIn(email, password) {
    return this.call("POST", "/session", { email, password });
  }
}

/** A customer in the chat widget of one inbox. */
export class Visitor {
  #api;
  /** @type {Record<string, string>} */
  #headers = {};
  #sent = 0;

  /** @param {string} url */
  constructor(url) {
    this.#api = new Api(url);
  }

  /**
   * @param {string} inboxKey
   * @param {{ page_url?: string }} [page]
   */
  async begin(inboxKey, page = {}) {
    const session = await this.#api.call("POST", `/widget/${inboxKey}/session`, page);
    this.#headers = { Authorization: `Visitor ${session.token}` };
    return session;
  }

  /**
   * Opens a conversation with a first message.
   * @param {string} body
   * @param {Record<string, unknown>} [form]
   */
  async open(body, form) {
    const message = { client_key: this.#key(), message: { body }, form: form ?? null };
    return (await this.#api.call("POST", "/widget/conversations", message, this.#headers)).conversation;
  }

  /**
   * @param {string} conversation
   * @param {string} body
   */
  say(conversation, body) {
    const message = { client_key: this.#key(), body };
    return this.#api.call("POST", `/widget/conversations/${conversation}/messages`, message, this.#headers);
  }

  #key() {
    this.#sent += 1;
    return `${process.pid}-${Date.now()}-${this.#sent}`;
  }
}
