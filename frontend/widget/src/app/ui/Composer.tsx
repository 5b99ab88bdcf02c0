import { stripMessage } from "@heard/shared";
import type { JSX } from "#tiny/jsx-runtime";
import { useLayoutEffect, useRef, useState } from "../tiny";
import { addFiles, changeDraft, draftOf, isLost, removeFile, send, upload, write } from "../core/compose";
import { store, words } from "../core/context";
import type { DraftFile } from "../core/state";
import { EMOJI } from "./emoji";
import { Icon } from "./icons";
import { IconButton } from "./parts";
import { useDismiss } from "./ThreadMenu";

interface Props {
  id: string;
  closed: boolean;
}

const TALLEST = 160;

/** Where the customer writes. */
export function Composer({ id, closed }: Props): JSX.Element {
  const t = words();
  const draft = draftOf(id);
  const input = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const ready = draft.body.trim() !== "" || draft.files.some((file) => file.state !== "failed");

  useLayoutEffect(() => {
    const element = input.current as HTMLTextAreaElement;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, TALLEST)}px`;
  }, [draft.body]);

  const submit = () => {
    send(id);
    input.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    // While an input method composes, Enter belongs to it (229: Safari reports the composition as already over).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    addFiles(id, files);
  };
  const insert = (text: string) => {
    const element = input.current as HTMLTextAreaElement;
    element.focus();
    element.setRangeText(text, element.selectionStart, element.selectionEnd, "end");
    write(id, element.value);
  };

  return (
    <div class="composer">
      {draft.quote ? (
        <div class="quoting">
          <div class="grow" dir="auto">
            <strong>{t.quoting(draft.quote.author_name)}</strong>
            {stripMessage(draft.quote.preview, 80)}
          </div>
          <IconButton icon="close" label={t.removeQuote} onClick={() => changeDraft(id, { quote: null })} />
        </div>
      ) : null}
      {draft.files.length ? (
        <ul class="tray">
          {draft.files.map((file) => (
            <FileChip key={file.key} id={id} file={file} choose={() => picker.current?.click()} />
          ))}
        </ul>
      ) : null}
      {draft.armed ? (
        <p class="hint" role="status">
          {t.sendWhenReady}
        </p>
      ) : null}
      <div class="box">
        <textarea
          ref={input}
          rows={1}
          dir="auto"
          value={draft.body}
          placeholder={closed ? t.closedPlaceholder : t.placeholder}
          aria-label={t.placeholder}
          maxlength={10_000}
          enterkeyhint="send"
          data-testid="widget-input"
          data-autofocus
          onInput={(event) => write(id, event.currentTarget.value)}
          onKeyDown={onKey}
          onPaste={onPaste}
        />
        <div class="tools">
          <IconButton icon="attach" label={t.attach} testid="widget-attach" onClick={() => picker.current?.click()} />
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            data-testid="widget-file"
            onChange={(event) => {
              addFiles(id, event.currentTarget.files ?? []);
              event.currentTarget.value = "";
            }}
          />
          <EmojiPicker label={t.emoji} onPick={insert} />
          <span class="grow" />
          <button
            type="button"
            class="send"
            disabled={!ready}
            aria-label={t.send}
            title={t.send}
            data-testid="widget-send"
            onClick={submit}
          >
            <Icon name="send" />
          </button>
        </div>
      </div>
      {store.get().config?.allow_preview ? <p class="hint">{t.previewNotice}</p> : null}
    </div>
  );
}

function FileChip({ id, file, choose }: { id: string; file: DraftFile; choose(): unknown }): JSX.Element {
  const t = words();
  const share = Math.round(file.share * 100);
  const note =
    file.state === "failed"
      ? (file.error ?? (isLost(file) ? t.uploadLost : t.uploadFailed))
      : file.state === "waiting"
        ? t.uploadWaiting
        : file.state === "done"
          ? ""
          : t.uploading(share);
  return (
    <li class={`chip ${file.state}`} data-testid="widget-draft-file" data-state={file.state}>
      {file.image ? <img src={file.image} alt="" /> : <Icon name="file" />}
      <div class="grow">
        <span class="file-name">{file.name}</span>
        {note ? <span class="meta">{note}</span> : null}
        {file.state === "uploading" || file.state === "waiting" ? (
          <progress max={100} value={share} aria-label={file.name} />
        ) : null}
      </div>
      {file.state === "failed" ? (
        <IconButton icon="recall" label={t.retry} onClick={() => (isLost(file) ? choose : upload)(id, file.key)} />
      ) : null}
      <IconButton icon="close" label={t.remove(file.name)} onClick={() => removeFile(id, file.key)} />
    </li>
  );
}

function EmojiPicker({ label, onPick }: { label: string; onPick(emoji: string): void }): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useDismiss(open, () => setOpen(false));
  return (
    <div class="menu-anchor" ref={box}>
      <IconButton icon="emoji" label={label} expanded={open} testid="widget-emoji" onClick={() => setOpen(!open)} />
      {open ? (
        <div class="emoji" role="group" aria-label={label}>
          {EMOJI.map((emoji) => (
            <button
              key={emoji}
              type="button"
              onClick={() => {
                setOpen(false);
                onPick(emoji);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
