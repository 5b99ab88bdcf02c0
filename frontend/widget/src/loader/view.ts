import type { Face } from "../protocol";
import { css } from "./styles";

function make<K extends keyof HTMLElementTagNameMap>(tag: K, id: string, parent: Node): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.id = id;
  parent.appendChild(element);
  return element;
}

const say = (element: Element, what: string, value = "") => element.setAttribute(`aria-${what}`, value);

/** Everything of the widget that lives in the host page: launcher, bubble and frame. */
export class View {
  readonly frame: HTMLIFrameElement;
  open = false;
  private readonly shadow: ShadowRoot;
  private readonly root: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly badge: HTMLElement;
  private readonly bubble: HTMLElement;
  private readonly phones = matchMedia("(max-width:480px)");
  private face: Face | undefined;
  private pageOverflow = "";

  constructor(
    src: string,
    private readonly changed: (open: boolean) => void,
  ) {
    const host = make("div", "heard-widget", document.body);
    this.shadow = host.attachShadow({ mode: "open" });
    this.root = make("div", "w", this.shadow);
    this.root.style.display = "none";
    this.frame = document.createElement("iframe");
    this.frame.id = "f";
    this.frame.allow = "clipboard-write; autoplay";
    // Before it joins the page: an empty frame would report a load of its own.
    this.frame.src = src;
    this.root.appendChild(this.frame);
    this.bubble = make("div", "g", this.root);
    this.button = make("button", "b", this.root);
    this.button.type = "button";
    this.button.dataset.testid = "widget-launcher";
    this.badge = make("i", "n", this.button);
    this.badge.dataset.testid = "widget-badge";
    this.bubble.hidden = this.badge.hidden = true;
    this.button.onclick = () => this.toggle(!this.open);
    this.phones.onchange = () => this.fit();
    const viewport = window.visualViewport;
    if (viewport) viewport.onresize = viewport.onscroll = () => this.fit();
  }

  get ready(): boolean {
    return !!this.face;
  }

  wear(face: Face): void {
    if (!this.face) this.dress(face);
    this.face = face;
    this.root.classList.toggle("l", face.side === "left");
    this.root.style.setProperty("--c", face.color);
    this.root.style.setProperty("--o", face.onColor);
    this.frame.title = face.title;
    this.root.style.display = "";
    this.name();
  }

  toggle(open: boolean): void {
    if (open === this.open || !this.face) return;
    this.open = open;
    this.root.classList.toggle("o", open);
    this.hideBubble();
    this.name();
    this.fit();
    this.changed(open);
    if (open) this.frame.focus();
    else if (this.shadow.activeElement === this.frame) this.button.focus({ preventScroll: true });
  }

  unread(count: number, label: string): void {
    this.badge.hidden = !count;
    this.badge.textContent = count > 99 ? "99+" : `${count}`;
    say(this.badge, "label", label);
  }

  showBubble(name: string, text: string): void {
    if (this.open) return;
    this.bubble.textContent = "";
    const words = make("button", "t", this.bubble);
    make("b", "m", words).textContent = name;
    make("span", "p", words).textContent = text;
    words.onclick = () => this.toggle(true);
    const close = make("button", "k", this.bubble);
    close.className = "k";
    close.textContent = "×";
    say(close, "label", this.face?.close);
    close.onclick = () => this.hideBubble();
    this.bubble.setAttribute("role", "status");
    this.bubble.dataset.testid = "widget-bubble";
    this.bubble.hidden = false;
  }

  isPhone(): boolean {
    return this.phones.matches;
  }

  /** Where notch and home bar cover the screen; the frame cannot measure that itself. */
  insets(): [number, number] {
    const style = getComputedStyle(this.root);
    return [parseFloat(style.paddingTop) || 0, parseFloat(style.paddingBottom) || 0];
  }

  private dress({ css: more, icons }: Face): void {
    try {
      // Unlike a style element, a constructed sheet needs no permission from the page's CSP.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css + more);
      this.shadow.adoptedStyleSheets = [sheet];
    } catch {
      make("style", "s", this.shadow).textContent = css + more;
    }
    this.button.insertAdjacentHTML("afterbegin", icons);
  }

  private hideBubble(): void {
    this.bubble.hidden = true;
  }

  private name(): void {
    say(this.button, "label", this.open ? this.face?.close : this.face?.open);
    say(this.button, "expanded", `${this.open}`);
  }

  /** On a phone: fill what the keyboard leaves, and hold the page still behind. */
  private fit(): void {
    const full = this.open && this.isPhone();
    const page = document.documentElement.style;
    if (full && page.overflow !== "hidden") {
      this.pageOverflow = page.overflow;
      page.overflow = "hidden";
    } else if (!full && page.overflow === "hidden") page.overflow = this.pageOverflow;
    const viewport = window.visualViewport;
    const { style } = this.frame;
    style.height = full && viewport ? `${viewport.height}px` : "";
    style.top = full && viewport ? `${viewport.offsetTop}px` : "";
  }
}
