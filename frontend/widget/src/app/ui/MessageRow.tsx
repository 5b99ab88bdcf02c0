import { cleanName, clockTime, fullTime, renderMessage, stripMessage } from "@heard/shared";
import type { JSX } from "#tiny/jsx-runtime";
import { useMemo, useState } from "../tiny";
import { changeDraft, quote as quoteIn, write } from "../core/compose";
import { store, toast, words } from "../core/context";
import { outbox } from "../core/delivery";
import type { Row } from "../core/rows";
import { recall } from "../core/threads";
import { Attachments } from "./Attachments";
import { Avatar, IconButton } from "./parts";

interface Props {
  id: string;
  row: Extract<Row, { t: "message" }>;
  now: number;
  /** What stands for an author without a name. */
  brand: string;
  offline: boolean;
}

const RECALL_WITHIN = 2 * 60_000;

/** One message with its state and what can be done with it. */
export function MessageRow({ id, row, now, brand, offline }: Props): JSX.Element {
  const [chosen, setChosen] = useState(false);
  const { message, outgoing, fate } = row;
  const { mine } = message.author;
  const t = words();
  const html = useMemo(() => renderMessage(message.body), [message.body]);
  const name = cleanName(message.author.name ?? "") || brand;
  const classes = ["message", mine ? "mine" : "theirs", row.first && "first", row.last && "last", chosen && "chosen"];
  const choose = (event: MouseEvent) => {
    if (!(event.target as Element).closest("a,button")) setChosen(!chosen);
  };
  return (
    <div
      class={classes.filter(Boolean).join(" ")}
      data-testid="widget-message"
      data-mine={mine}
      data-fate={fate ?? undefined}
    >
      {mine ? null : row.last ? <Avatar name={name} /> : <span class="avatar none" />}
      <div class="stack">
        {row.first && !mine && message.author.name ? <span class="author">{name}</span> : null}
        <div class="body-line">
          <div class="bubbles" onClick={choose}>
            {message.body || message.quote ? (
              <div class="bubble">
                {message.quote ? (
                  <div class="quoted" dir="auto">
                    <strong>{cleanName(message.quote.author_name)}</strong>
                    {stripMessage(message.quote.preview, 80)}
                  </div>
                ) : null}
                <div class="text" data-testid="widget-message-text" html={html} />
              </div>
            ) : null}
            {message.attachments.length ? <Attachments id={id} attachments={message.attachments} /> : null}
          </div>
          {outgoing ? null : <Actions id={id} row={row} now={now} done={() => setChosen(false)} />}
        </div>
        {outgoing?.refused ? <Refused id={id} row={row} /> : null}
        {(row.last && !outgoing) || (fate && fate !== "refused") || chosen ? (
          <span class="meta" title={fullTime(message.created_at, store.get().locale)}>
            {fate === "waiting" ? (offline ? t.waiting : t.sending) : clockTime(message.created_at)}
            {fate === "read" || fate === "delivered" ? ` · ${t[fate]}` : ""}
          </span>
        ) : null}
      </div>
    </div>
  );
}

type PartProps = Pick<Props, "id" | "row">;

function Actions({ id, row, now, done }: PartProps & { now: number; done(): void }): JSX.Element {
  const { message } = row;
  const t = words();
  const act = (action: () => unknown) => () => {
    done();
    action();
  };
  const quote = () => {
    quoteIn(id, message);
    document.querySelector<HTMLElement>("[data-testid=widget-input]")?.focus();
  };
  const copy = () =>
    navigator.clipboard?.writeText(message.body).then(
      () => toast(t.copied),
      () => null,
    );
  const recallable = message.author.mine && now - Date.parse(message.created_at) < RECALL_WITHIN;
  return (
    <div class="actions" role="group" aria-label={t.messageMenu}>
      <IconButton icon="quote" label={t.quote} testid="widget-quote" onClick={act(quote)} />
      {message.body ? <IconButton icon="copy" label={t.copy} onClick={act(copy)} /> : null}
      {recallable ? (
        <IconButton
          icon="recall"
          label={t.recall}
          testid="widget-recall"
          onClick={act(() => void recall(id, message))}
        />
      ) : null}
    </div>
  );
}

/** A message that the server did not take: why, and the ways on. */
function Refused({ id, row }: PartProps): JSX.Element {
  const t = words();
  const outgoing = row.outgoing as NonNullable<PartProps["row"]["outgoing"]>;
  const edit = () => {
    outbox.discard(outgoing.key);
    changeDraft(id, { form: outgoing.form });
    write(id, outgoing.body);
  };
  return (
    <div class="refused" role="alert">
      <span>
        {t.failed}
        {outgoing.refused?.detail ? ` · ${outgoing.refused.detail}` : ""}
      </span>
      <button type="button" class="link" data-testid="widget-retry" onClick={() => outbox.retry(outgoing.key)}>
        {t.retry}
      </button>
      {outgoing.body ? (
        <button type="button" class="link" onClick={edit}>
          {t.edit}
        </button>
      ) : null}
      <button type="button" class="link" onClick={() => outbox.discard(outgoing.key)}>
        {t.discard}
      </button>
    </div>
  );
}
