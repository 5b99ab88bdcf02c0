import { cleanName } from "@heard/shared";
import type { JSX } from "#tiny/jsx-runtime";
import { useEffect, useLayoutEffect, useRef, useState } from "../tiny";
import { addFiles } from "../core/compose";
import { store, toast, words } from "../core/context";
import { last } from "../core/lists";
import { isNew } from "../core/outbox";
import { threadRows } from "../core/rows";
import { load, loadEarlier } from "../core/threads";
import { close } from "../core/widget";
import { Composer } from "./Composer";
import { Icon } from "./icons";
import { MessageRow } from "./MessageRow";
import { DiagnosisRow } from "./DiagnosisRow";
import { Avatar, Bar, IconButton } from "./parts";
import { ThreadMenu } from "./ThreadMenu";

interface Props {
  id: string;
}

const NEAR_END = 60;

/** One conversation. */
export function Thread({ id }: Props): JSX.Element {
  const state = store.get();
  const [dropping, setDropping] = useState(0);
  const t = words();
  const { config } = state;
  const conversation = state.conversations.find((c) => c.id === id);
  const agent = cleanName(conversation?.agent?.name ?? "");
  const name = agent || config?.brand_name || t.someone;
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

  return (
    <div
      class="view"
      data-panel
      tabIndex={-1}
      onDragEnter={(e) => hasFiles(e) && setDropping((n) => n + 1)}
      onDragLeave={(e) => hasFiles(e) && setDropping((n) => Math.max(0, n - 1))}
      onDragOver={(e) => hasFiles(e) && e.preventDefault()}
      onDrop={(e) => {
        if (!hasFiles(e)) return;
        e.preventDefault();
        setDropping(0);
        addFiles(id, e.dataTransfer?.files ?? []);
      }}
    >
      <Bar
        back={t.back}
        onBack={() => store.set({ view: { name: "home" } })}
        actions={
          <>
            {conversation ? <ThreadMenu conversation={conversation} /> : null}
            {state.alone ? null : <IconButton icon="close" label={t.close} onClick={() => close()} />}
          </>
        }
      >
        <div class="who">
          <Avatar name={name} />
          <div class="grow">
            <strong>{name}</strong>
            <span class="meta">{config?.open ? config.reply_time || t.online : t.away}</span>
          </div>
        </div>
      </Bar>
      <Line />
      <Messages id={id} name={name} />
      <Composer id={id} closed={conversation?.state === "closed"} />
      {dropping ? <div class="drop">{t.dropHere}</div> : null}
    </div>
  );
}

/** Says when the line is down; a short interruption is not worth a word. */
function Line(): JSX.Element {
  const state = store.get();
  const [late, setLate] = useState(false);
  const down = !state.network || state.live === false;
  useEffect(() => {
    if (!down) return setLate(false);
    const timer = setTimeout(() => setLate(true), state.network ? 2500 : 0);
    return () => clearTimeout(timer);
  }, [down, state.network]);
  return (
    <div role="status" class="line">
      {down && late ? (
        <span data-testid="widget-offline-banner">
          <Icon name="alert" />
          {state.network && !state.outbox.length ? words().reconnecting : words().offlineBanner}
        </span>
      ) : null}
    </div>
  );
}

function Messages({ id, name }: Props & { name: string }): JSX.Element {
  const state = store.get();
  const t = words();
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const top = useRef(0);
  const [below, setBelow] = useState(false);
  const [now, setNow] = useState(Date.now);
  const thread = state.threads[id];
  const outbox = state.outbox.filter((item) => item.conversation === id);
  const rows = threadRows(thread?.items ?? [], outbox, {
    t,
    locale: state.locale,
    now,
    agentReadNo: thread?.agentReadNo ?? 0,
  });
  const first = thread?.items[0]?.no;
  const end = last(rows);
  const endsMine = end?.t === "message" && end.message.author.mine;
  const typing = state.typing[id];

  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000); // Day labels and the end of the time for recalling.
    return () => clearInterval(timer);
  }, []);
  useLayoutEffect(() => {
    // Earlier messages grow above: what is looked at stays where it is.
    const element = list.current as HTMLDivElement;
    if (!atEnd.current) element.scrollTop += element.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => {
    const element = list.current as HTMLDivElement;
    if (atEnd.current || endsMine) element.scrollTop = element.scrollHeight;
    else if (end) setBelow(true);
  }, [end?.key, typing !== undefined]);
  useLayoutEffect(() => {
    height.current = list.current?.scrollHeight ?? 0;
  });
  useEffect(() => {
    // A keyboard or a growing composer takes room away: stay at the end.
    const element = list.current as HTMLDivElement;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    observer.observe(element.firstElementChild as Element);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = list.current as HTMLDivElement;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    // Away from the end only by the reader's hand: content that has just grown is caught up with by itself.
    if (near || element.scrollTop < top.current) atEnd.current = near;
    top.current = element.scrollTop;
    if (near) setBelow(false);
  };
  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight, behavior: "smooth" });

  return (
    <div class="scroll" ref={list} onScroll={onScroll} tabIndex={0} aria-label={t.messages}>
      <div class="messages" role="log" aria-live="polite" data-testid="widget-messages">
        {thread?.earlier ? (
          <button type="button" class="link" onClick={() => void loadEarlier(id).catch(() => toast(t.actionFailed))}>
            {t.earlier}
          </button>
        ) : null}
        {state.broken[id] ? (
          <p class="empty">
            {t.loadFailed}{" "}
            <button type="button" class="link" onClick={() => void load(id)}>
              {t.again}
            </button>
          </p>
        ) : null}
        {!thread && !isNew(id) && !state.broken[id] ? <Skeleton /> : null}
        {!rows.length && isNew(id) && state.config ? <Welcome name={name} text={state.config.greeting} /> : null}
        {rows.map((row) =>
          row.t === "message" ? (
            <MessageRow key={row.key} id={id} row={row} now={now} brand={name} offline={!state.network} />
          ) : row.t === "diagnosis" ? (
            <DiagnosisRow key={row.key} id={id} message={row.message} />
          ) : (
            <p key={row.key} class={row.t} data-testid={row.t === "system" ? "widget-system" : undefined}>
              {row.t === "day" ? row.label : row.text}
            </p>
          ),
        )}
        {typing !== undefined ? (
          <div class="typing" data-testid="widget-typing">
            <span class="visually-hidden">{t.typing(cleanName(typing) || name)}</span>
            <i />
            <i />
            <i />
          </div>
        ) : null}
      </div>
      {below ? (
        <button type="button" class="below" onClick={toEnd}>
          <Icon name="down" />
          {t.newBelow}
        </button>
      ) : null}
    </div>
  );
}

function Welcome({ name, text }: { name: string; text: string }): JSX.Element {
  return (
    <div class="message theirs first last">
      <Avatar name={name} />
      <div class="stack">
        <div class="bubble">
          <p>{text}</p>
        </div>
      </div>
    </div>
  );
}

const Skeleton = (): JSX.Element => (
  <div class="skeleton" aria-hidden="true">
    <i />
    <i />
    <i />
  </div>
);
