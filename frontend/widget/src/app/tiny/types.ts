/** What may stand between tags. */
export type Child = VNode | string | number | boolean | null | undefined | readonly Child[];

/** Properties as a component or an element gets them. */
export type Props = Record<string, unknown> & { children?: Child };

export type Component = (props: never) => Child;

/** What is to be on screen. */
export interface VNode {
  type: string | Component;
  props: Props;
  key: string | number | undefined;
}

/** A place that holds the element, or a function that is given it once. */
export type Ref<T> = { current: T | null } | ((element: T) => void);

type Handler<E extends Event, T> = (event: E & { readonly currentTarget: T }) => unknown;
type Value = string | number | boolean | null | undefined;

/** Attributes as HTML names them, properties where they change, and handlers. */
export interface Attributes<T extends Element> {
  [aria: `aria-${string}`]: Value;
  [data: `data-${string}`]: Value;
  children?: Child;
  key?: string | number;
  ref?: Ref<T>;
  class?: string | undefined;
  id?: string | undefined;
  role?: string | undefined;
  title?: string | undefined;
  dir?: "auto";
  style?: Record<string, string> | undefined;
  html?: string;
  hidden?: boolean;
  disabled?: boolean;
  tabIndex?: number;
  type?: string;
  name?: string;
  value?: string | number;
  checked?: boolean;
  required?: boolean;
  multiple?: boolean;
  rows?: number;
  maxlength?: number;
  max?: number;
  placeholder?: string;
  autocomplete?: string;
  inputmode?: string;
  enterkeyhint?: string;
  novalidate?: boolean;
  for?: string;
  href?: string | undefined;
  target?: string | undefined;
  rel?: string | undefined;
  src?: string | undefined;
  alt?: string;
  d?: string;
  viewBox?: string;
  onClick?: Handler<MouseEvent, T>;
  onInput?: Handler<Event, T>;
  onChange?: Handler<Event, T>;
  onSubmit?: Handler<Event, T>;
  onScroll?: Handler<Event, T>;
  onError?: Handler<Event, T>;
  onKeyDown?: Handler<KeyboardEvent, T>;
  onPaste?: Handler<ClipboardEvent, T>;
  onDragEnter?: Handler<DragEvent, T>;
  onDragLeave?: Handler<DragEvent, T>;
  onDragOver?: Handler<DragEvent, T>;
  onDrop?: Handler<DragEvent, T>;
}

type Html = { [K in keyof HTMLElementTagNameMap]: Attributes<HTMLElementTagNameMap[K]> };
type Svg = { [K in "svg" | "path"]: Attributes<SVGElementTagNameMap[K]> };

// The names are those that the compiler looks for.
export namespace JSX {
  export type Element = VNode;
  export type ElementType = string | ((props: never) => Child);
  export interface ElementChildrenAttribute {
    children: unknown;
  }
  export interface IntrinsicAttributes {
    key?: string | number;
  }
  export type IntrinsicElements = Html & Svg;
}
