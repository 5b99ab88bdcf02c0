import type { JSX } from "#tiny/jsx-runtime";
import { ApiError, refusalOf } from "../core/api";
import { port } from "../core/compose";
import { api, inbox, session, store, toast, words } from "../core/context";
import { outbox } from "../core/delivery";
import { failures } from "../core/errors";
import { ownStorage } from "../core/keep";
import { catchUp, current } from "../core/threads";
import type { Message } from "../core/types";
import { uploadFile } from "../core/uploads";
import { useState } from "../tiny";
import { collect, fileName } from "./collect";
import { failureText } from "./failures";
import { isOpen, keyOf } from "./request";
import { textsOf } from "./texts";
import styles from "./diagnosis.css?url";

// Added here, so that those who are never asked do not load what would add it.
document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles }));

interface Props {
  id: string;
  message: Message;
}

type Phase = "asked" | "working" | "waiting" | "failed";

/** A request of the team for technical details. Nothing is collected before the customer says yes. */
export function Diagnosis({ id, message }: Props): JSX.Element {
  const state = store.get();
  const t = textsOf(state.locale);
  const [phase, setPhase] = useState<Phase>("asked");
  const [problem, setProblem] = useState("");
  const line = message.system?.code === "diagnosis_declined" ? t.declined : t.asked;
  const closed = state.conversations.find((c) => c.id === id)?.state === "closed";
  if (
    closed ||
    message.system?.code !== "diagnosis_requested" ||
    !isOpen(message, state.threads[id]?.items ?? [], state.outbox)
  ) {
    return (
      <p class="system" data-testid="widget-system">
        {line}
      </p>
    );
  }
  const busy = phase === "working" || phase === "waiting";
  const agree = () => {
    setPhase("working");
    setProblem("");
    send(id, message.id, (waiting) => setPhase(waiting ? "waiting" : "working")).then(
      () => setPhase("asked"),
      (error: unknown) => {
        setProblem(error instanceof ApiError && error.code ? error.message : t.failed);
        setPhase("failed");
      },
    );
  };
  return (
    <div class="diagnosis" role="group" aria-label={t.asked} data-testid="widget-diagnosis">
      <strong>{t.asked}</strong>
      <p>{t.why}</p>
      <details>
        <summary>{t.what}</summary>
        <ul>
          {t.list.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
        <p>{t.not}</p>
      </details>
      <div role="status">
        {busy ? (
          <p class="meta">{phase === "waiting" ? t.waiting : t.working}</p>
        ) : !state.network ? (
          <p class="meta">{t.offline}</p>
        ) : problem ? (
          <p class="problem">{problem}</p>
        ) : null}
      </div>
      {busy ? null : (
        <div class="diagnosis-actions">
          <button
            type="button"
            class="primary"
            disabled={!state.network}
            data-testid="widget-diagnosis-send"
            onClick={agree}
          >
            {phase === "failed" ? words().retry : t.send}
          </button>
          <button
            type="button"
            class="quiet"
            disabled={!state.network}
            data-testid="widget-diagnosis-decline"
            onClick={() => void decline(id)}
          >
            {t.no}
          </button>
        </div>
      )}
    </div>
  );
}

/** Collects, uploads as any file, and leaves the message to the outbox. */
async function send(id: string, request: string, progress: (waiting: boolean) => void): Promise<void> {
  const found = await collect({
    navigator,
    screen,
    viewport: [innerWidth, innerHeight],
    pixelRatio: devicePixelRatio,
    page: session.page,
    storage: ownStorage() !== null,
    live: store.get().live,
    version: __HEARD_VERSION__,
    errors: failures.map((event) => failureText(event, performance.timeOrigin)),
    ask: async () => {
      const answer = await fetch(`/api/v1/widget/${encodeURIComponent(inbox)}/config`, {
        cache: "no-store",
        credentials: "omit",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      await answer.text();
      return answer.headers.get("Date");
    },
    now: Date.now,
    steady: () => performance.now(),
  });
  const file = new File([JSON.stringify(found, null, 2)], fileName(new Date()), { type: "application/json" });
  const stop = new AbortController();
  const attachment = await uploadFile(
    file,
    port(id, keyOf(request), stop.signal),
    (_, waiting) => progress(waiting),
    stop.signal,
  );
  outbox.add({
    key: keyOf(request),
    conversation: current(id),
    body: "",
    attachments: [attachment],
    quote: null,
    form: null,
    offline: false,
    pageUrl: session.page.url,
    at: new Date().toISOString(),
    refused: null,
  });
}

async function decline(id: string): Promise<void> {
  try {
    await api.json("POST", `/widget/conversations/${id}/diagnosis_refusal`);
    await catchUp(id);
  } catch (error) {
    refusalOf(error);
    toast(words().actionFailed);
  }
}
