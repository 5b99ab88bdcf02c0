// A view library of the size that the widget's budget of 30 kB allows: function components, keys, hooks; every change draws the whole
// tree anew and touches only what differs. The tree is small, so nothing finer is needed.

import { createElement, setProps } from "./element";
import type { Child, Props, Ref, VNode } from "./types";

export type { Child } from "./types";

interface Hook {
  value?: unknown;
  deps?: readonly unknown[] | undefined;
  cleanup?: (() => void) | undefined;
}

/** Something on screen: text, element or component. */
interface Shown {
  type: VNode["type"] | null;
  props: Props;
  dom: Element | Text | null;
  kids: Map<string, Shown>;
  hooks: Hook[];
}

type Effect = () => void | (() => void);

let current: Shown;
let hookAt = 0;
const layoutEffects: (() => void)[] = [];
const effects: (() => void)[] = [];
let redrawing = false;
let draw: () => void = () => {};

/** Draws soon; several wishes in a row become one. */
export function redraw(): void {
  if (redrawing) return;
  redrawing = true;
  queueMicrotask(() => {
    redrawing = false;
    draw();
  });
}

/** Draws what `view` gives into the container, now and whenever something asks for it. */
export function mount(view: () => Child, container: Element): void {
  const root: Shown = { type: "", props: {}, dom: container, kids: new Map(), hooks: [] };
  draw = () => {
    updateKids(root, view());
    place(root);
    for (const queue of [layoutEffects, effects]) queue.splice(0).forEach((run) => run());
  };
  draw();
}

/** Children by a name that stays the same from drawing to drawing: their key, else their position. */
function* named(child: Child, name: string): Generator<[string, VNode | string]> {
  if (Array.isArray(child)) {
    for (const [i, one] of (child as Child[]).entries()) {
      const key = (one as VNode | null)?.key;
      yield* named(one, key === undefined ? `${name}.${i}` : `${name}:${key}`);
    }
  } else if (typeof child === "object" && child) yield [name, child as VNode];
  else if (typeof child === "string" || typeof child === "number") yield [name, String(child)];
}

function updateKids(shown: Shown, children: Child): void {
  const before = shown.kids;
  shown.kids = new Map();
  for (const [name, node] of named(children, "")) {
    const type = typeof node === "string" ? null : node.type;
    const props = typeof node === "string" ? { text: node } : node.props;
    let kid = before.get(name);
    if (kid && kid.type !== type) kid = undefined;
    else before.delete(name);
    shown.kids.set(name, update(kid, type, props));
  }
  before.forEach(remove);
}

function update(known: Shown | undefined, type: Shown["type"], props: Props): Shown {
  const shown: Shown = known ?? { type, props: {}, dom: null, kids: new Map(), hooks: [] };
  const before = shown.props;
  shown.props = props;
  if (type === null) {
    if (!shown.dom) shown.dom = document.createTextNode(props["text"] as string);
    else if (before["text"] !== props["text"]) (shown.dom as Text).data = props["text"] as string;
  } else if (typeof type === "string") {
    const dom = (shown.dom ??= createElement(type)) as Element;
    if (!("html" in props)) {
      updateKids(shown, props.children);
      place(shown);
    }
    setProps(dom, props, before); // After the children: a select takes its value only when it has the options.
    if (!known && props["ref"]) setRef(props["ref"] as Ref<Element>, dom);
  } else {
    current = shown;
    hookAt = 0;
    const result = (type as (props: Props) => Child)(props);
    updateKids(shown, result);
  }
  return shown;
}

function setRef(ref: Ref<Element>, dom: Element): void {
  if (typeof ref !== "function") ref.current = dom;
  else layoutEffects.push(() => ref(dom)); // Once it is in the page, so that it can take the focus.
}

function remove(shown: Shown): void {
  for (const hook of shown.hooks) hook.cleanup?.();
  const ref = shown.props["ref"] as Ref<Element> | undefined;
  if (ref && typeof ref !== "function") ref.current = null;
  shown.kids.forEach(remove);
  shown.dom?.remove();
}

function* nodes(shown: Shown): Generator<Node> {
  for (const kid of shown.kids.values()) {
    if (kid.dom) yield kid.dom;
    else yield* nodes(kid);
  }
}

/** Puts the elements in order, moving none that is in its place. */
function place(shown: Shown): void {
  let cursor = (shown.dom as Element).firstChild;
  for (const node of nodes(shown)) {
    if (node === cursor) cursor = cursor.nextSibling;
    else (shown.dom as Element).insertBefore(node, cursor);
  }
}

function hook(): Hook {
  return (current.hooks[hookAt++] ??= {});
}

const changed = (deps: readonly unknown[] | undefined, before: readonly unknown[] | undefined): boolean =>
  !deps || !before || deps.some((value, i) => value !== before[i]);

function effect(queue: (() => void)[], run: Effect, deps: readonly unknown[] | undefined): void {
  const own = hook();
  if (!changed(deps, own.deps)) return;
  own.deps = deps;
  queue.push(() => {
    own.cleanup?.();
    own.cleanup = run() ?? undefined;
  });
}

export function useState<T>(initial: T | (() => T)): [T, (next: T | ((now: T) => T)) => void] {
  const own = hook();
  if (!("value" in own)) own.value = typeof initial === "function" ? (initial as () => T)() : initial;
  const set = (next: T | ((now: T) => T)) => {
    const value = typeof next === "function" ? (next as (now: T) => T)(own.value as T) : next;
    if (value === own.value) return;
    own.value = value;
    redraw();
  };
  return [own.value as T, set];
}

export function useRef<T>(initial: null): { current: T | null };
export function useRef<T>(initial: T): { current: T };
export function useRef(initial: unknown): { current: unknown } {
  return (hook().value ??= { current: initial }) as { current: unknown };
}

export function useMemo<T>(make: () => T, deps: readonly unknown[]): T {
  const own = hook();
  if (changed(deps, own.deps)) own.value = make();
  own.deps = deps;
  return own.value as T;
}

/** Runs after drawing, when all layout effects have run. */
export const useEffect = (run: Effect, deps?: readonly unknown[]): void => effect(effects, run, deps);

/** Runs right after drawing, for what must measure or scroll. */
export const useLayoutEffect = (run: Effect, deps?: readonly unknown[]): void => effect(layoutEffects, run, deps);
