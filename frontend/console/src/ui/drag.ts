import { onScopeDispose, ref } from "vue";

/** Where something that is dragged would go: beside an item of the list, or into it. */
export interface Place {
  index: number;
  side: "before" | "after" | "inside";
}
/** From where to where an item reaches along the axis. */
interface Reach {
  from: number;
  to: number;
}

/** The place at a point of the axis: the halves of the nearest item or, when items can hold others, its quarters and its middle. */
export function placeAt(point: number, items: readonly Reach[], nested = false): Place | undefined {
  const away = (item: Reach) => Math.max(item.from - point, point - item.to, 0);
  let index = 0;
  items.forEach((item, at) => {
    if (away(item) < away(items[index] as Reach)) index = at;
  });
  const item = items[index];
  if (!item) return undefined;
  const share = (point - item.from) / Math.max(item.to - item.from, 1);
  const edge = nested ? 0.25 : 0.5;
  return { index, side: share < edge ? "before" : share >= 1 - edge ? "after" : "inside" };
}

/** The index that an item has after it was dropped; its own where nothing changes. */
export function indexAfter(from: number, { index, side }: Place): number {
  const gap = side === "before" ? index : index + 1;
  return gap > from ? gap - 1 : gap;
}

/** The list with an item at another place, changed as it is. */
export function relocate(items: unknown[], from: number, to: number): void {
  if (to < 0 || to >= items.length || from === to) return;
  items.splice(to, 0, ...items.splice(from, 1));
}

/**
 * Dragging the items of a list by their handles, with mouse, pen or finger. The list has `data-drag-list`, each item `data-drag-item`;
 * `mark` gives an item, which is
 * `relative`, the look of being dragged or of the place where it would go. Escape calls it off.
 */
export function useDrag(options: {
  axis?: "x" | "y";
  nested?: boolean;
  allowed?: (from: number, place: Place) => boolean;
  drop: (from: number, place: Place) => void;
}) {
  const from = ref<number>();
  const place = ref<Place>();
  const axis = options.axis ?? "y";
  let stop: (() => void) | undefined;
  function grab(event: PointerEvent, index: number) {
    const list = (event.currentTarget as HTMLElement).closest<HTMLElement>("[data-drag-list]");
    if (!list || event.button !== 0) return;
    event.preventDefault();
    stop?.();
    const items = () =>
      [...list.querySelectorAll<HTMLElement>("[data-drag-item]")].filter(
        (one) => one.closest("[data-drag-list]") === list,
      );
    const { signal, abort } = controller();
    from.value = index;
    const move = (next: PointerEvent) => {
      const rows = items();
      const found = placeAt(
        axis === "y" ? next.clientY : next.clientX,
        rows.map((one) => reach(one, axis)),
        options.nested,
      );
      const useful =
        found &&
        found.index !== index &&
        (options.allowed?.(index, found) ?? (found.side === "inside" || indexAfter(index, found) !== index));
      place.value = useful ? found : undefined;
      if (found) rows[found.index]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    const end = () => {
      abort();
      from.value = place.value = undefined;
    };
    const drop = () => {
      const to = place.value;
      end();
      if (to) options.drop(index, to);
    };
    stop = end;
    window.addEventListener("pointermove", move, { signal });
    window.addEventListener("pointerup", drop, { signal });
    window.addEventListener("pointercancel", end, { signal });
    // Before a drawer or dialog around the list takes the key as its own.
    window.addEventListener(
      "keydown",
      (key) => {
        if (key.key === "Escape") {
          key.stopPropagation();
          end();
        }
      },
      { signal, capture: true },
    );
  }
  onScopeDispose(() => stop?.());
  // A line of its own: what lies in the item would cover its shadow.
  const line: Record<string, string> = {
    "y-before": "after:absolute after:inset-x-0 after:-top-px after:z-10 after:h-0.5 after:bg-primary",
    "y-after": "after:absolute after:inset-x-0 after:-bottom-px after:z-10 after:h-0.5 after:bg-primary",
    "x-before": "after:absolute after:inset-y-0 after:-left-1 after:z-10 after:w-0.5 after:bg-primary",
    "x-after": "after:absolute after:inset-y-0 after:-right-1 after:z-10 after:w-0.5 after:bg-primary",
  };
  function mark(index: number): string | undefined {
    if (from.value === index) return "opacity-50";
    if (place.value?.index !== index) return undefined;
    return line[`${axis}-${place.value.side}`] ?? "bg-primary/10 shadow-[inset_0_0_0_2px_var(--ui-primary)]";
  }
  return { grab, mark };
}

function controller() {
  const made = new AbortController();
  return { signal: made.signal, abort: () => made.abort() };
}
function reach(item: HTMLElement, axis: "x" | "y"): Reach {
  const box = item.getBoundingClientRect();
  return axis === "y" ? { from: box.top, to: box.bottom } : { from: box.left, to: box.right };
}
