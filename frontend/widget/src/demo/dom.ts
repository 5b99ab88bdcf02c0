type Props = Record<string, string | ((event: Event) => void)>;

/** An element with attributes, handlers and children; no markup in strings, so that the strictest CSP holds. */
export function el(tag: string, props: Props = {}, ...children: (Node | string | null)[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child): child is Node | string => child !== null));
  return element;
}
