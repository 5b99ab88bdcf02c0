import gaiwan from "./art/gaiwan.svg";
import longjing from "./art/longjing.svg";
import puer from "./art/puer.svg";
import teapot from "./art/teapot.svg";
import yancha from "./art/yancha.svg";
import yinzhen from "./art/yinzhen.svg";

export type Words = { "zh-CN": string; en: string };

export interface Product {
  id: string;
  name: Words;
  note: Words;
  size: Words;
  /** In yuan. */
  price: number;
  art: string;
}

/** What the sample shop sells. */
export const PRODUCTS: Product[] = [
  {
    id: "longjing",
    name: { "zh-CN": "明前龙井", en: "First-flush Longjing" },
    note: {
      "zh-CN": "清明前手采，豆香清甜，回甘绵长。",
      en: "Picked by hand before Qingming. Sweet, nutty, long finish.",
    },
    size: { "zh-CN": "50 克 / 罐", en: "50 g tin" },
    price: 168,
    art: longjing,
  },
  {
    id: "yancha",
    name: { "zh-CN": "武夷肉桂", en: "Wuyi Rougui" },
    note: { "zh-CN": "正岩炭焙，桂皮香显，岩韵醇厚。", en: "Charcoal-roasted rock oolong with a note of cinnamon." },
    size: { "zh-CN": "80 克 / 罐", en: "80 g tin" },
    price: 228,
    art: yancha,
  },
  {
    id: "yinzhen",
    name: { "zh-CN": "白毫银针", en: "Silver Needle" },
    note: { "zh-CN": "福鼎头采，毫香清雅，可存可饮。", en: "First picking from Fuding. Soft, floral, ages well." },
    size: { "zh-CN": "40 克 / 罐", en: "40 g tin" },
    price: 198,
    art: yinzhen,
  },
  {
    id: "puer",
    name: { "zh-CN": "古树普洱饼", en: "Old-tree Pu’er cake" },
    note: { "zh-CN": "勐海古树，2018 年压制，陈香温润。", en: "Menghai, pressed in 2018. Mellow and warm." },
    size: { "zh-CN": "357 克 / 饼", en: "357 g cake" },
    price: 320,
    art: puer,
  },
  {
    id: "teapot",
    name: { "zh-CN": "朱泥西施壶", en: "Zhuni Xishi teapot" },
    note: { "zh-CN": "宜兴手作，容量 140 毫升，出水利落。", en: "Made by hand in Yixing, 140 ml, pours cleanly." },
    size: { "zh-CN": "一把", en: "one pot" },
    price: 680,
    art: teapot,
  },
  {
    id: "gaiwan",
    name: { "zh-CN": "青瓷盖碗", en: "Celadon gaiwan" },
    note: { "zh-CN": "龙泉青瓷，杯沿外撇，不易烫手。", en: "Longquan celadon with a flared rim that stays cool." },
    size: { "zh-CN": "三件套", en: "set of three" },
    price: 128,
    art: gaiwan,
  },
];

export interface Order {
  no: string;
  date: string;
  items: [product: string, count: number][];
  state: "paid" | "shipped" | "done";
  tracking: string | null;
}

export interface Customer {
  external_id: string;
  name: string;
  email: string;
  orders: Order[];
}

/** Who can sign in to the sample shop. */
export const CUSTOMERS: Customer[] = [
  {
    external_id: "demo-1001",
    name: "林小满",
    email: "xiaoman@shop.example",
    orders: [
      {
        no: "20260918-0817",
        date: "2026-09-18",
        items: [
          ["longjing", 2],
          ["gaiwan", 1],
        ],
        state: "shipped",
        tracking: "SF1029384756",
      },
      { no: "20260902-0331", date: "2026-09-02", items: [["puer", 1]], state: "done", tracking: "SF1020033117" },
    ],
  },
  {
    external_id: "demo-1002",
    name: "Daniel Ward",
    email: "daniel@shop.example",
    orders: [{ no: "20260919-0042", date: "2026-09-19", items: [["teapot", 1]], state: "paid", tracking: null }],
  },
];
