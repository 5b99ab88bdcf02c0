import leaf from "./art/leaf.svg";
import "./demo.css";
import { el } from "./dom";
import { account, home, orders, type Page } from "./pages";
import { setLanguage, shop, text } from "./state";

// A sample shop that embeds the widget as a customer's site would: the shop knows nothing of the widget but its public API.

const root = document.getElementById("shop") as HTMLElement;
const pages: Page[] = ["home", "orders", "account"];
const here = (): Page => pages.find((page) => page === new URLSearchParams(location.search).get("page")) ?? "home";

function address(page: Page): string {
  const query = new URLSearchParams(location.search);
  if (page === "home") query.delete("page");
  else query.set("page", page);
  const text = query.toString();
  return text ? `?${text}` : location.pathname;
}

/** Changes the page without a load, as single-page shops do. */
function go(page: Page): void {
  history.pushState(null, "", address(page));
  draw();
  scrollTo(0, 0);
}

function link(page: Page, label: string): HTMLElement {
  const follow = (event: Event) => {
    event.preventDefault();
    go(page);
  };
  return el("a", { href: address(page), click: follow, ...(here() === page ? { "aria-current": "page" } : {}) }, label);
}

function header(): HTMLElement {
  const switchLanguage = () => {
    setLanguage(shop.language === "en" ? "zh-CN" : "en");
    draw();
  };
  return el(
    "header",
    { class: "top" },
    el(
      "a",
      { class: "brand", href: address("home"), click: (event) => (event.preventDefault(), go("home")) },
      el("img", { src: leaf, alt: "", width: "32", height: "32" }),
      text("brand"),
    ),
    el(
      "nav",
      {},
      link("home", text("home")),
      link("orders", text("orders")),
      link("account", shop.customer?.name ?? text("account")),
    ),
    el("span", { class: "cart" }, `${text("cart")} ${shop.cart}`),
    el(
      "button",
      { type: "button", class: "language", click: switchLanguage, "data-testid": "demo-language" },
      text("other"),
    ),
  );
}

function draw(): void {
  document.documentElement.lang = shop.language;
  document.title = `${text("brand")} · ${text(here())}`;
  const main = { home: () => home(refreshHeader), orders: () => orders(go), account: () => account(go) }[here()]();
  root.replaceChildren(header(), el("main", {}, ...main), el("footer", { class: "bottom" }, text("footer")));
}

const refreshHeader = () => root.firstElementChild?.replaceWith(header());

/** The key of the inbox: from the address, from what the server wrote into the page, or asked for. */
async function inboxKey(): Promise<string | null> {
  const given =
    new URLSearchParams(location.search).get("inbox") ??
    document.querySelector<HTMLMetaElement>("meta[name=heard-inbox]")?.content;
  if (given) return given;
  const answer = await fetch("/api/v1/demo");
  return answer.ok ? ((await answer.json()) as { inbox_key: string | null }).inbox_key : null;
}

async function addWidget(): Promise<void> {
  const key = await inboxKey().catch(() => null);
  if (!key) {
    root.prepend(el("p", { class: "banner", role: "status" }, text("noInbox")));
    return;
  }
  const script = document.createElement("script");
  script.src = "/widget.js";
  script.async = true;
  script.dataset.inbox = key;
  script.dataset.locale = shop.language;
  document.head.append(script);
}

addEventListener("popstate", draw);
draw();
void addWidget();
