import type { Words } from "./catalog";

export type Language = keyof Words;

/** Texts of the sample shop. */
export const TEXTS = {
  brand: { "zh-CN": "青禾茶舍", en: "Qinghe Tea" },
  tagline: { "zh-CN": "从茶园到茶桌", en: "From the garden to your table" },
  home: { "zh-CN": "选茶", en: "Shop" },
  orders: { "zh-CN": "我的订单", en: "Orders" },
  account: { "zh-CN": "账户", en: "Account" },
  cart: { "zh-CN": "购物车", en: "Cart" },
  other: { "zh-CN": "English", en: "中文" },
  heroTitle: { "zh-CN": "今年的新茶，\n刚刚到店", en: "This spring’s harvest\nhas arrived" },
  heroText: {
    "zh-CN": "六位茶农，四片山头。每一罐都写明采摘日期与制茶人，七天无理由退换。",
    en: "Six growers, four hills. Every tin names its picking day and its maker. Return within seven days.",
  },
  heroButton: { "zh-CN": "看看新茶", en: "See the teas" },
  ask: { "zh-CN": "问问店家", en: "Ask us" },
  products: { "zh-CN": "本季茶与器", en: "Teas and wares of the season" },
  add: { "zh-CN": "加入购物车", en: "Add to cart" },
  added: { "zh-CN": "已加入", en: "Added" },
  ordersIntro: { "zh-CN": "查看物流，或就某一笔订单直接咨询。", en: "Follow a parcel, or ask about an order." },
  ordersSignIn: { "zh-CN": "登录后即可查看订单。", en: "Sign in to see your orders." },
  askOrder: { "zh-CN": "咨询这笔订单", en: "Ask about this order" },
  paid: { "zh-CN": "待发货", en: "Preparing" },
  shipped: { "zh-CN": "运输中", en: "On its way" },
  done: { "zh-CN": "已签收", en: "Delivered" },
  tracking: { "zh-CN": "物流单号", en: "Tracking" },
  total: { "zh-CN": "合计", en: "Total" },
  signIn: { "zh-CN": "登录", en: "Sign in" },
  signOut: { "zh-CN": "退出登录", en: "Sign out" },
  signInIntro: {
    "zh-CN": "选择一位示例顾客。登录后，店铺会通过 Heard.identify() 告诉客服窗口“他是谁”。",
    en: "Choose a sample customer. Once signed in, the shop tells the chat who it is with Heard.identify().",
  },
  customer: { "zh-CN": "顾客", en: "Customer" },
  secret: { "zh-CN": "接入点的身份密钥（选填）", en: "Identity secret of the inbox (optional)" },
  secretHint: {
    "zh-CN":
      "填入后，店铺会用它为顾客签名，客服便能看到他是谁；不填则仍是匿名访客。真实网站必须在服务器上计算签名，密钥绝不能出现在网页里；这里仅为演示。",
    en: "With it the shop signs who the customer is, and the team sees it; without it the visitor stays anonymous. A real site signs on its server and never puts the secret into a page; this is a demonstration.",
  },
  hello: { "zh-CN": "您好，", en: "Hello, " },
  signedIn: { "zh-CN": "您已登录。", en: "You are signed in." },
  vouched: {
    "zh-CN": "您已登录，客服可以看到您的姓名与邮箱。",
    en: "You are signed in; the team sees your name and e-mail.",
  },
  footer: {
    "zh-CN": "青禾茶舍是一个示例店铺，用来试用右下角的 Heard 在线客服。商品与订单均为虚构。",
    en: "Qinghe Tea is a sample shop for trying the Heard chat in the corner. Goods and orders are made up.",
  },
  noInbox: {
    "zh-CN": "还没有可用的网页聊天接入点：请先在控制台的“设置 › 接入点”中新建一个。",
    en: "There is no web chat inbox yet: create one in the console under Settings › Inboxes.",
  },
} satisfies Record<string, Words>;
