import type { Locale } from "@heard/shared";

const zh = {
  asked: "客服请您发送设备与网络信息",
  why: "这有助于找出问题出在哪里。您点“发送”之前不会收集任何信息。",
  what: "会发送哪些信息？",
  list: [
    "浏览器和系统的名称与版本、语言",
    "时区，以及设备时钟与服务器相差多少",
    "屏幕与聊天窗口的大小",
    "您所在网页的地址和标题",
    "浏览器是否允许 Cookie 和存储",
    "网络类型、到服务器的三次往返时间、连接状态",
    "网页聊天的版本及其最近的脚本错误",
  ],
  not: "不包含：密码、您在网页上输入的内容、浏览记录、位置。",
  send: "发送",
  no: "不用了",
  working: "正在收集并发送…",
  waiting: "等待网络恢复后继续发送",
  offline: "网络已断开，恢复后可以发送",
  failed: "没有发送成功，请稍后再试。",
  declined: "您没有发送设备信息",
  sent: "设备与网络信息",
};

const en: typeof zh = {
  asked: "We would like some technical details",
  why: "They help us to find out where the problem lies. Nothing is collected before you press “Send”.",
  what: "What will be sent?",
  list: [
    "Names and versions of browser and system, languages",
    "Time zone, and how far the device’s clock is off",
    "Size of the screen and of the chat window",
    "Address and title of the page you are on",
    "Whether the browser allows cookies and storage",
    "Kind of network, three round trips to our server, state of the connection",
    "Version of this chat, and the last failures of its scripts",
  ],
  not: "Not included: passwords, what you type on the page, your history, your location.",
  send: "Send",
  no: "No, thanks",
  working: "Collecting and sending…",
  waiting: "Goes on when the connection is back",
  offline: "You are offline; this can be sent when you are back online",
  failed: "It could not be sent. Please try again later.",
  declined: "You did not send technical details",
  sent: "Technical details",
};

export const textsOf = (locale: Locale): typeof zh => (locale === "en" ? en : zh);
