import type { Props } from "./types";

type Listening = Element & { handlers?: Record<string, (event: Event) => unknown> };

const SVG = "http://www.w3.org/2000/svg";
/** What changes by itself, so that the attribute says nothing about it. */
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "tabIndex", "multiple"]);

export const createElement = (type: string): Element =>
  type === "svg" || type === "path" ? document.createElementNS(SVG, type) : document.createElement(type);

function listen(element: Listening, prop: string, handler: unknown): void {
  const name = prop.slice(2).toLowerCase();
  const handlers = (element.handlers ??= {});
  // One listener for good; what it calls changes with every drawing.
  if (!(name in handlers)) element.addEventListener(name, (event) => handlers[name]?.(event));
  handlers[name] = handler as (event: Event) => unknown;
}

function setStyle(style: CSSStyleDeclaration, next: Record<string, string>, before: Record<string, string>): void {
  // By property, never by attribute: a strict CSP forbids style attributes.
  for (const name of Object.keys({ ...before, ...next }))
    (style as unknown as Record<string, string>)[name] = next[name] ?? "";
}

function setProp(element: Element, name: string, value: unknown, before: unknown): void {
  if (name.startsWith("on")) return listen(element, name, value);
  if (name === "style")
    return setStyle((element as HTMLElement).style, (value ?? {}) as never, (before ?? {}) as never);
  if (name === "html") {
    element.innerHTML = value as string;
  } else if (PROPERTIES.has(name)) {
    (element as unknown as Record<string, unknown>)[name] = value ?? "";
  } else if (
    value === null ||
    value === undefined ||
    (value === false && !name.startsWith("aria-") && !name.startsWith("data-"))
  ) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true && !name.includes("-") ? "" : String(value));
  }
}

/** Brings the element to what `props` say. */
export function setProps(element: Element, props: Props, before: Props): void {
  for (const name of Object.keys({ ...before, ...props })) {
    if (name === "children" || name === "ref") continue;
    // What the user has typed meanwhile counts as the present value.
    const now =
      name === "value" || name === "checked" ? (element as unknown as Record<string, unknown>)[name] : before[name];
    if (props[name] !== now) setProp(element, name, props[name], before[name]);
  }
}
