import type { JSX } from "#tiny/jsx-runtime";
import { useEffect, useRef, useState } from "../tiny";
import { store, toast, words } from "../core/context";
import { end } from "../core/threads";
import type { Conversation } from "../core/types";
import { setMuted } from "../core/widget";
import { Icon } from "./icons";
import { IconButton } from "./parts";

/** Closes something that floats on Escape and on a click elsewhere. */
export function useDismiss(open: boolean, close: () => void): { current: HTMLDivElement | null } {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const onPointer = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // Only this closes, not the whole panel.
      box.current?.querySelector("button")?.focus();
      close();
    };
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey, true);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey, true);
    };
  }, [open]);
  return box;
}

/** What can be done with the whole conversation. */
export function ThreadMenu({ conversation }: { conversation: Conversation }): JSX.Element {
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const t = words();
  const { config, muted } = store.get();
  const close = () => {
    setOpen(false);
    setAsking(false);
  };
  const box = useDismiss(open, close);
  const act = (action: () => unknown) => () => {
    close();
    action();
  };
  return (
    <div class="menu-anchor" ref={box}>
      <IconButton
        icon="more"
        label={t.menu}
        expanded={open}
        testid="widget-menu"
        onClick={() => (open ? close() : setOpen(true))}
      />
      {open && asking ? (
        <div class="menu ask" role="alertdialog" aria-label={t.endChat}>
          <p>{t.endConfirm}</p>
          <button
            type="button"
            class="danger"
            data-testid="widget-end-confirm"
            ref={(b) => b?.focus()}
            onClick={act(() => end(conversation.id))}
          >
            {t.endChat}
          </button>
          <button type="button" class="quiet" onClick={close}>
            {t.keepTalking}
          </button>
        </div>
      ) : open ? (
        <div class="menu">
          <button
            type="button"
            data-testid="widget-transcript"
            onClick={act(() =>
              import("../core/transcript").then(
                (part) => part.transcript(conversation.id),
                () => toast(t.transcriptFailed),
              ),
            )}
          >
            <Icon name="download" />
            {t.transcript}
          </button>
          {config?.sound ? (
            <button type="button" onClick={act(() => setMuted(!muted))}>
              <Icon name={muted ? "sound" : "mute"} />
              {muted ? t.unmute : t.mute}
            </button>
          ) : null}
          {conversation.state === "closed" ? null : (
            <button type="button" data-testid="widget-end" onClick={() => setAsking(true)}>
              <Icon name="end" />
              {t.endChat}
            </button>
          )}
        </div>
      ) : null}
    </div>
  );
}
