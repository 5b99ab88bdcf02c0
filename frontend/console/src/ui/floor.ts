import { useEventListener, useResizeObserver } from "@vueuse/core";
import { onScopeDispose, watch, type Ref } from "vue";

/** What toasts at the foot of the window must not cover, as it lies there. */
type Bar = Pick<DOMRect, "top" | "bottom" | "height">;

/** Toasts grow upwards from the foot of the window; a bar that lies higher than this is out of their way. */
const REACH = 240;
/** Between a bar and the toasts above it, also while the bar slides in. */
const GAP = 8;

/** How far above the foot of a window toasts begin, so that they cover none of the bars there and none covers them. */
export function floorOf(bars: readonly Bar[], height: number): number {
  const near = bars.filter((bar) => bar.height > 0 && bar.top < height && bar.bottom > height - REACH);
  return near.reduce((floor, bar) => Math.max(floor, Math.ceil(height - bar.top) + GAP), 0);
}

const bars = new Set<HTMLElement>();
const measure = () => {
  const floor = floorOf(
    [...bars].map((bar) => bar.getBoundingClientRect()),
    window.innerHeight,
  );
  document.documentElement.style.setProperty("--toast-floor", `${floor}px`);
};

/** Makes toasts keep off a bar with buttons, such as the one that saves, as long as it is there. */
export function useToastFloor(bar: Readonly<Ref<HTMLElement | null | undefined>>): void {
  watch(
    bar,
    (now, before) => {
      if (before) bars.delete(before);
      if (now) bars.add(now);
      measure();
    },
    { immediate: true, flush: "post" },
  );
  useResizeObserver(bar, measure);
  useEventListener(window, "resize", measure, { passive: true });
  // A bar that sticks to the foot moves when its page is scrolled to the end.
  useEventListener(document, "scroll", measure, { passive: true, capture: true });
  onScopeDispose(() => {
    if (bar.value) bars.delete(bar.value);
    measure();
  });
}
