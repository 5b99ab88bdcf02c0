import { useResizeObserver } from "@vueuse/core";
import { nextTick, onBeforeUnmount, ref, type Ref } from "vue";
import type { Id } from "@/api/types";

/** Distances from the bottom at which threads were left, by conversation. */
const left = new Map<Id, number>();
/** Near enough to the bottom to count as there. */
const near = 48;
/** From here on earlier messages are loaded. */
const ahead = 600;

/** The scroll position of a thread: sticks to the bottom while it is there, stays with what is read otherwise. */
export function useThreadScroll(
  id: Id,
  box: Ref<HTMLElement | null | undefined>,
  content: Ref<HTMLElement | null | undefined>,
  older: () => Promise<unknown> | undefined,
) {
  const atBottom = ref(true);
  const settled = ref(false);
  let loading = false;
  let lastTop = 0;

  const fromBottom = () => (box.value ? box.value.scrollHeight - box.value.scrollTop - box.value.clientHeight : 0);
  function toBottom(smooth = false) {
    const element = box.value;
    if (!element) return;
    // A long way would take longer to watch than to jump.
    const short = fromBottom() < element.clientHeight * 2;
    element.scrollTo({ top: element.scrollHeight, behavior: smooth && short ? "smooth" : "instant" });
    lastTop = element.scrollTop;
    atBottom.value = true;
  }
  const find = (no: number) => content.value?.querySelector<HTMLElement>(`[data-no="${no}"]`) ?? undefined;

  /** Goes to a message; to the line above it when it is the first new one. */
  function toMessage(no: number, block: ScrollLogicalPosition = "center"): boolean {
    const element = find(no);
    element?.scrollIntoView({ block });
    onScroll();
    return element !== undefined;
  }

  /** The first place: where it was left, or the bottom. */
  function begin(newFrom: number | undefined) {
    const distance = left.get(id);
    const divider = newFrom === undefined ? undefined : content.value?.querySelector<HTMLElement>("[data-new]");
    toBottom();
    if (divider && box.value && divider.offsetTop < box.value.scrollTop) box.value.scrollTop = divider.offsetTop - 24;
    else if (distance && box.value && newFrom === undefined)
      box.value.scrollTop = box.value.scrollHeight - box.value.clientHeight - distance;
    settled.value = true;
    onScroll();
  }

  /** Loads earlier messages above without moving what is read. */
  async function extend() {
    const element = box.value;
    if (loading || !element || !settled.value || element.scrollTop > ahead) return;
    const work = older();
    if (!work) return;
    loading = true;
    await work;
    const anchor = [...(content.value?.querySelectorAll<HTMLElement>("[data-no]") ?? [])].find(
      (item) => item.getBoundingClientRect().bottom > element.getBoundingClientRect().top,
    );
    const before = anchor?.getBoundingClientRect().top ?? 0;
    await nextTick();
    if (anchor) element.scrollTop += anchor.getBoundingClientRect().top - before;
    loading = false;
  }

  function onScroll() {
    if (!settled.value || !box.value) return;
    const top = box.value.scrollTop;
    // Content that grows is no reason to stop following it; only a move upwards is.
    if (fromBottom() < near) atBottom.value = true;
    else if (top < lastTop - 1) atBottom.value = false;
    lastTop = top;
    void extend();
  }

  useResizeObserver([box, content] as Ref<HTMLElement | null | undefined>[], () => {
    if (atBottom.value) toBottom();
  });
  onBeforeUnmount(() => {
    const distance = fromBottom();
    if (distance < near) left.delete(id);
    else left.set(id, distance);
  });
  return { atBottom, settled, begin, toBottom, toMessage, onScroll };
}
