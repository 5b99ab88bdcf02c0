import { parseFragment, type DefaultTreeAdapterTypes } from "parse5";
import { describe, expect, it } from "vitest";
import { cleanName, renderMessage, safeHref } from "./index";

const ELEMENTS = new Set(["p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span"]);
const ATTRIBUTES = new Set(["dir", "href", "target", "rel", "start", "class"]);

/** Parses as a browser does and names everything that is not on the list. */
function strangers(html: string): string[] {
  const found: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ("tagName" in node) {
      if (!ELEMENTS.has(node.tagName)) found.push(`<${node.tagName}>`);
      for (const { name, value } of node.attrs) {
        if (!ATTRIBUTES.has(name)) found.push(`${node.tagName} ${name}`);
        if (name === "href" && !/^(?:https?:\/\/|mailto:)/.test(value)) found.push(value);
        if (name === "class" && value !== "link-host") found.push(value);
      }
      if (node.tagName === "a" && !node.attrs.some((a) => a.name === "rel" && a.value.includes("noopener")))
        found.push("no rel");
    } else if (node.nodeName !== "#text" && node.nodeName !== "#document-fragment") found.push(node.nodeName);
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(parseFragment(html));
  return found;
}

const VECTORS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<svg><script>alert&#40;1&#41;</script>",
  "<math><mtext></mtext><style><img src=x onerror=alert(1)>",
  "<iframe srcdoc='<script>alert(1)</script>'>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  "</p><script>alert(1)</script>",
  "<a href=javascript:alert(1)>x</a>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java\tscript:alert(1))",
  "[x](java\nscript:alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](vbscript:msgbox(1))",
  "[x](file:///etc/passwd)",
  "[x](blob:https://a.example/1)",
  "[x](//evil.example)",
  "[x](https:evil)",
  "[x](/relative)",
  '[x](https://a.example" onmouseover="alert(1))',
  "[x](https://a.example'onmouseover='alert(1))",
  '[x](<https://a.example"onclick=alert(1)>)',
  '["><img src=x onerror=alert(1)>](https://a.example)',
  "[<img src=x onerror=alert(1)>](https://a.example)",
  "[x](https://user:pass@a.example)",
  'https://a.example/"onmouseover=alert(1)//',
  "https://a.example/<script>alert(1)</script>",
  "https://bank.example@evil.example/",
  "javascript://a.example/%0aalert(1)",
  "mailto:a@b.example?body=<script>alert(1)</script>",
  '[x](mailto:a@b.example?subject="><script>alert(1)</script>)',
  "[x](mailto:javascript:alert(1))",
  "```<script>alert(1)</script>```",
  '```"><script>\n</code></pre><script>alert(1)</script>\n```',
  "`</code><script>alert(1)</script>`",
  "**<script>**alert(1)**</script>**",
  "*<img src=*x onerror=alert(1)>*",
  "> <script>alert(1)</script>",
  "- <script>alert(1)</script>",
  "1. <img src=x onerror=alert(1)>",
  "99999999999999. x",
  "<p style='position:fixed;inset:0'>",
  "\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt>",
  "<\uD800script>alert(1)</script>",
  "＜script＞alert(1)＜/script＞",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;script&#62;alert(1)",
  "[[x](https://a.example)](javascript:alert(1))",
  '[x]( https://a.example "t" onclick=alert(1) )',
  '![x](x" onerror="alert(1))',
  "<template><script>alert(1)</script></template>",
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  "${alert(1)} {{constructor.constructor('alert(1)')()}}",
];

describe("safety of rendered messages", () => {
  it.each(VECTORS)("%j", (vector) => expect(strangers(renderMessage(vector))).toEqual([]));

  it("holds for every pair of vectors, as text and as label", () => {
    for (const a of VECTORS) {
      for (const b of VECTORS) {
        for (const text of [a + b, `[${a}](${b})`, `**${a}\n${b}**`, `> ${a}\n\`${b}\``]) {
          const html = renderMessage(text);
          expect(strangers(html), text).toEqual([]);
        }
      }
    }
  });

  it("holds for random soup", () => {
    const parts = [
      "<",
      ">",
      '"',
      "'",
      "&",
      "*",
      "**",
      "_",
      "`",
      "```\n",
      "[",
      "](",
      ")",
      "https://a.example",
      "javascript:",
      "\n",
      "> ",
      "- ",
      "1. ",
      "\\",
      " ",
      "x",
      "onerror=",
      "a@b.example",
      "\u202E",
    ];
    let seed = 42;
    const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
    for (let round = 0; round < 5_000; round++) {
      const text = Array.from({ length: 1 + ((next() >> 8) % 40) }, () => parts[(next() >> 8) % parts.length]).join("");
      expect(strangers(renderMessage(text)), JSON.stringify(text)).toEqual([]);
    }
  });

  it("neutralises reordering and hidden characters", () => {
    const html = renderMessage("invoice\u202Efdp.exe \u2066x\u2069 \u200Fa\u0007\uFEFF \u2028b");
    expect(html).toBe('<p dir="auto">invoicefdp.exe x a<br>b</p>');
    expect(renderMessage("a\uD800b")).toBe('<p dir="auto">a\uFFFDb</p>');
    expect(renderMessage("👩‍👩‍👧")).toContain("👩‍👩‍👧");
    expect(cleanName(" 王\u202E\n小明\u0000 ")).toBe("王 小明");
  });

  it("allows only web and mail addresses", () => {
    expect(safeHref("https://a.example")).toBe("https://a.example/");
    expect(safeHref("HTTP://a.example/x")).toBe("http://a.example/x");
    expect(safeHref("mailto:a@b.example")).toBe("mailto:a@b.example");
    for (const bad of [
      "javascript:alert(1)",
      " https://a.example",
      "ftp://a.example",
      "https://",
      "https://u@a.example",
      "",
      "//a.example",
      "tel:123",
    ]) {
      expect(safeHref(bad), bad).toBeNull();
    }
  });
});
