import hero from "./art/hero.svg";
import { CUSTOMERS, PRODUCTS, type Order, type Product } from "./catalog";
import { el } from "./dom";
import { addToCart, heard, money, say, shop, signIn, signOut, text } from "./state";

export type Page = "home" | "orders" | "account";
type Go = (page: Page) => void;

function productCard(product: Product, refresh: () => void): HTMLElement {
  const add = el("button", { type: "button", class: "button quiet" }, text("add"));
  add.addEventListener("click", () => {
    addToCart(product.id, product.price);
    add.textContent = text("added");
    refresh();
  });
  return el(
    "article",
    { class: "product" },
    el("img", { src: product.art, alt: "", width: "320", height: "280", loading: "lazy" }),
    el("h3", {}, say(product.name)),
    el("p", {}, say(product.note)),
    el(
      "div",
      { class: "buy" },
      el("span", { class: "price" }, money(product.price)),
      el("span", { class: "size" }, say(product.size)),
      add,
    ),
  );
}

export function home(refresh: () => void): Node[] {
  const toProducts = () => document.getElementById("products")?.scrollIntoView({ behavior: "smooth" });
  return [
    el(
      "section",
      { class: "hero" },
      el(
        "div",
        {},
        el("p", { class: "kicker" }, text("tagline")),
        el("h1", {}, text("heroTitle")),
        el("p", { class: "lead" }, text("heroText")),
        el(
          "div",
          { class: "actions" },
          el("button", { type: "button", class: "button", click: toProducts }, text("heroButton")),
          el(
            "button",
            { type: "button", class: "button quiet", click: () => heard("open"), "data-testid": "demo-ask" },
            text("ask"),
          ),
        ),
      ),
      el("img", { src: hero, alt: "", width: "640", height: "420" }),
    ),
    el(
      "section",
      { id: "products" },
      el("h2", {}, text("products")),
      el("div", { class: "grid" }, ...PRODUCTS.map((p) => productCard(p, refresh))),
    ),
  ];
}

function orderCard(order: Order): HTMLElement {
  const lines = order.items.map(([id, count]) => ({ product: PRODUCTS.find((p) => p.id === id) as Product, count }));
  const total = lines.reduce((sum, { product, count }) => sum + product.price * count, 0);
  const ask = () => {
    heard("track", "order_question", { order: order.no });
    heard("open");
  };
  return el(
    "article",
    { class: "order" },
    el(
      "header",
      {},
      el("strong", {}, order.no),
      el("span", { class: "size" }, order.date),
      el("span", { class: `state ${order.state}` }, text(order.state)),
    ),
    el(
      "ul",
      {},
      ...lines.map(({ product, count }) =>
        el(
          "li",
          {},
          el("img", { src: product.art, alt: "", width: "64", height: "56" }),
          el("span", {}, say(product.name)),
          el("span", { class: "size" }, `× ${count}`),
          el("span", {}, money(product.price * count)),
        ),
      ),
    ),
    el(
      "footer",
      {},
      el("span", { class: "size" }, order.tracking ? `${text("tracking")} ${order.tracking}` : ""),
      el("strong", {}, `${text("total")} ${money(total)}`),
      el("button", { type: "button", class: "button quiet", click: ask }, text("askOrder")),
    ),
  );
}

export function orders(go: Go): Node[] {
  const { customer } = shop;
  const signedOut = el(
    "p",
    { class: "empty" },
    text("ordersSignIn"),
    " ",
    el("button", { type: "button", class: "button", click: () => go("account") }, text("signIn")),
  );
  return [
    el(
      "section",
      { class: "narrow" },
      el("h1", {}, text("orders")),
      el("p", { class: "lead" }, text("ordersIntro")),
      ...(customer ? customer.orders.map(orderCard) : [signedOut]),
    ),
  ];
}

export function account(go: Go): Node[] {
  const { customer } = shop;
  if (customer) {
    const leave = () => {
      signOut();
      go("account");
    };
    return [
      el(
        "section",
        { class: "narrow" },
        el("h1", {}, text("hello") + customer.name),
        el("p", { class: "lead" }, text(shop.vouched ? "vouched" : "signedIn")),
        el("p", {}, customer.email),
        el(
          "div",
          { class: "actions" },
          el("button", { type: "button", class: "button", click: () => go("orders") }, text("orders")),
          el(
            "button",
            { type: "button", class: "button quiet", click: leave, "data-testid": "demo-sign-out" },
            text("signOut"),
          ),
        ),
      ),
    ];
  }
  const choice = el(
    "select",
    { id: "customer", "data-testid": "demo-customer" },
    ...CUSTOMERS.map((c) => el("option", { value: c.external_id }, `${c.name} · ${c.email}`)),
  ) as HTMLSelectElement;
  const secret = el("input", {
    id: "secret",
    type: "password",
    autocomplete: "off",
    "data-testid": "demo-secret",
    "aria-describedby": "secret-hint",
  }) as HTMLInputElement;
  const submit = async (event: Event) => {
    event.preventDefault();
    const chosen = CUSTOMERS.find((c) => c.external_id === choice.value);
    if (!chosen) return;
    await signIn(chosen, secret.value.trim());
    go("orders");
  };
  return [
    el(
      "section",
      { class: "narrow" },
      el("h1", {}, text("signIn")),
      el("p", { class: "lead" }, text("signInIntro")),
      el(
        "form",
        { submit: (event) => void submit(event) },
        el("label", { for: "customer" }, text("customer")),
        choice,
        el("label", { for: "secret" }, text("secret")),
        secret,
        el("p", { class: "hint", id: "secret-hint" }, text("secretHint")),
        el("button", { type: "submit", class: "button", "data-testid": "demo-sign-in" }, text("signIn")),
      ),
    ),
  ];
}
