import { cleanName, fullTime, relativeTime, stripMessage } from "@heard/shared";
import type { JSX } from "#tiny/jsx-runtime";
import { useState } from "../tiny";
import { draftOf } from "../core/compose";
import { session, store, words } from "../core/context";
import { findLast } from "../core/lists";
import { isNew } from "../core/outbox";
import { show } from "../core/threads";
import type { Conversation } from "../core/types";
import { close } from "../core/widget";
import { Icon } from "./icons";
import { Avatar, Logo } from "./parts";

const SHOWN_AT_FIRST = 3;

/** Where a new conversation goes first: outside hours and with a pre-chat form there is a form before it. */
export function startConversation(): void {
  const state = store.get();
  const { config, fresh, contact } = state;
  if (!config) return;
  const draft = draftOf(fresh);
  const asks = config.prechat.enabled && (config.prechat.fields.length > 0 || config.prechat.consent !== null);
  const name = !config.open ? "offline" : asks && !draft.form ? "form" : "thread";
  if (!contact) void session.begin().catch(() => null); // Saves the round trip when the first message is sent.
  store.set({ view: { name, conversation: fresh } });
}

/** Greeting, recent conversations, and the way into a new one. */
export function Home(): JSX.Element {
  const state = store.get();
  const { config, contact, phase } = state;
  const t = words();
  const name = contact?.identified && contact.name ? cleanName(contact.name) : "";
  const locked = config?.identity_required && !state.identified;
  return (
    <div class="home" data-panel tabIndex={-1}>
      <header class="hero">
        <div class="hero-bar">
          <Logo config={config} />
          {state.alone ? null : (
            <button
              type="button"
              class="icon-button"
              aria-label={t.close}
              onClick={() => close()}
              data-testid="widget-close"
            >
              <Icon name="close" />
            </button>
          )}
        </div>
        <h1>
          {name ? t.helloNamed(name) : t.hello} <span aria-hidden="true">👋</span>
        </h1>
        {config ? <p class="greeting">{config.greeting}</p> : null}
      </header>
      <div class="cards">
        {phase !== "ready" || !config ? (
          <p class="card notice">{phase === "blocked" ? t.blocked : t.unavailable}</p>
        ) : locked ? (
          <p class="card notice">{t.signInFirst}</p>
        ) : (
          <>
            <StartCard />
            <Recent />
          </>
        )}
      </div>
      <footer class="brandline">{t.poweredBy}</footer>
    </div>
  );
}

function StartCard(): JSX.Element | null {
  const state = store.get();
  const { config } = state;
  const t = words();
  if (!config) return null;
  const back = config.next_open_at ? t.backAt(fullTime(config.next_open_at, state.locale)) : "";
  return (
    <button type="button" class="card start" data-testid="widget-new" onClick={startConversation}>
      <span class="grow">
        <strong>{config.open ? t.startTitle : t.startOffline}</strong>
        <span class="meta">
          <i class={config.open ? "dot on" : "dot"} aria-hidden="true" />
          {config.open ? config.reply_time || t.online : back || t.away}
        </span>
      </span>
      <span class="round" aria-hidden="true">
        <Icon name="plane" />
      </span>
    </button>
  );
}

function Recent(): JSX.Element | null {
  const state = store.get();
  const [all, setAll] = useState(false);
  const t = words();
  const unsent = [...new Set(state.outbox.map((item) => item.conversation).filter(isNew))];
  const sorted = [...state.conversations].sort((a, b) =>
    (b.last_message?.at ?? b.created_at).localeCompare(a.last_message?.at ?? a.created_at),
  );
  if (!sorted.length && !unsent.length) return null;
  const shown = all ? sorted : sorted.slice(0, SHOWN_AT_FIRST);
  return (
    <section class="card list" aria-label={t.recent}>
      <h2>{t.recent}</h2>
      {unsent.map((id) => {
        const newest = findLast(state.outbox, (item) => item.conversation === id);
        const preview = stripMessage(newest?.body ?? "") || (newest?.attachments[0]?.name ?? "");
        return <Row key={id} id={id} name={t.you} preview={preview} time={t.waiting} unread={0} />;
      })}
      {shown.map((conversation) => (
        <Row key={conversation.id} {...describe(conversation)} />
      ))}
      {shown.length < sorted.length ? (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {t.seeAll(sorted.length)}
        </button>
      ) : null}
    </section>
  );
}

function describe(conversation: Conversation) {
  const t = words();
  const last = conversation.last_message;
  const text = stripMessage(last?.preview ?? "") || (!last || last.author === "system" ? "" : `[${t.file}]`);
  const { config, locale } = store.get();
  const closed = conversation.state === "closed";
  return {
    id: conversation.id,
    name: cleanName(conversation.agent?.name ?? "") || config?.brand_name || t.someone,
    preview: last?.author === "contact" ? `${t.you}: ${text}` : text,
    time: (closed ? `${t.closedState} · ` : "") + relativeTime(last?.at ?? conversation.created_at, Date.now(), locale),
    unread: conversation.unread,
  };
}

interface RowProps {
  id: string;
  name: string;
  preview: string;
  time: string;
  unread: number;
}

function Row({ id, name, preview, time, unread }: RowProps): JSX.Element {
  return (
    <button
      type="button"
      class={unread ? "row unread" : "row"}
      onClick={() => void show(id)}
      data-testid="widget-conversation"
    >
      <Avatar name={name} />
      <span class="grow">
        <span class="row-top">
          <strong>{name}</strong>
          <span class="meta">{time}</span>
        </span>
        <span class="preview" dir="auto">
          {preview}
        </span>
      </span>
      {unread ? (
        <span class="count" aria-label={words().unread(unread)}>
          {unread}
        </span>
      ) : null}
    </button>
  );
}
