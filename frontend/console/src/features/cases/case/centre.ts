/** Moves a line that scrolls sideways so that a part of it is in its middle; `scrollIntoView` would move the page as well. */
export function centre(line: HTMLElement | null | undefined, part: Element | null | undefined): void {
  if (!line || !part) return;
  const [outer, inner] = [line.getBoundingClientRect(), part.getBoundingClientRect()];
  line.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}
