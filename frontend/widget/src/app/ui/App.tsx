import type { JSX } from "#tiny/jsx-runtime";
import { useEffect, useMemo, useRef } from "../tiny";
import { accentOf } from "../core/colour";
import { store, words } from "../core/context";
import { close } from "../core/widget";
import { FormView } from "./FormView";
import { trapFocus } from "./focus";
import { Home } from "./Home";
import { Thread } from "./Thread";

/** The whole panel. */
export function App(): JSX.Element | null {
  const state = store.get();
  const root = useRef<HTMLDivElement>(null);
  const { config, view, open, insets } = state;
  const accent = useMemo(() => accentOf(config?.color ?? ""), [config?.color]);

  useEffect(() => trapFocus(root.current as HTMLElement, close), []);
  useEffect(() => {
    const style = document.documentElement.style;
    style.setProperty("--accent", accent.color);
    style.setProperty("--on-accent", accent.on);
    style.setProperty("--accent-light", accent.light);
    style.setProperty("--accent-dark", accent.dark);
    // A frame learns of notch and home bar only from the page; alone it asks the browser itself.
    if (!state.alone) {
      style.setProperty("--top", `${insets[0]}px`);
      style.setProperty("--bottom", `${insets[1]}px`);
    }
  }, [accent, insets, state.alone]);
  useEffect(() => {
    // Opening and every change of view put the focus where one goes on; a phone would show its keyboard, so there it stays on the panel.
    if (!open) return;
    const find = (what: string) => root.current?.querySelector<HTMLElement>(`[data-${what}]`);
    const wanted = (state.phone ? null : find("autofocus")) ?? find("panel") ?? root.current;
    wanted?.focus({ preventScroll: true });
  }, [open, view.name, state.phone, state.phase]);

  return (
    <div
      ref={root}
      class="app"
      role="dialog"
      aria-label={state.phase === "starting" ? undefined : words().title}
      tabIndex={-1}
      data-testid="widget-app"
    >
      {state.phase === "starting" ? null : view.name === "home" || state.phase !== "ready" ? (
        <Home />
      ) : view.name === "thread" ? (
        <Thread key={view.since ?? view.conversation} id={view.conversation} />
      ) : (
        <FormView offline={view.name === "offline"} id={view.conversation} />
      )}
      {state.toast ? (
        <div class="toast" role="status">
          {state.toast}
        </div>
      ) : null}
    </div>
  );
}
