import { describe, expect, it } from "vitest";
import { renderMessage, stripMessage } from "./index";

const cases: [string, string, string][] = [
  ["plain", "你好", '<p dir="auto">你好</p>'],
  ["line break", "a\nb", '<p dir="auto">a<br>b</p>'],
  ["paragraphs", "a\n\n\nb", '<p dir="auto">a</p><p dir="auto">b</p>'],
  ["bold", "这是**重点**吧", '<p dir="auto">这是<strong>重点</strong>吧</p>'],
  ["bold by underscores", "__b__", '<p dir="auto"><strong>b</strong></p>'],
  ["italic", "an *idea* and _one_", '<p dir="auto">an <em>idea</em> and <em>one</em></p>'],
  ["bold with italic", "**a *b* c**", '<p dir="auto"><strong>a <em>b</em> c</strong></p>'],
  ["multiplication is no italic", "2*3*4", '<p dir="auto">2*3*4</p>'],
  ["snake_case is no italic", "a_b_c", '<p dir="auto">a_b_c</p>'],
  ["stars with spaces", "a * b * c", '<p dir="auto">a * b * c</p>'],
  ["unclosed", "**a *b `c", '<p dir="auto">**a *b `c</p>'],
  ["escape", "\\*a\\*", '<p dir="auto">*a*</p>'],
  ["code", "`a *b* <i>`", '<p dir="auto"><code>a *b* &lt;i&gt;</code></p>'],
  ["code block", "```js\n<b> *x*\n```\nafter", '<pre><code>&lt;b&gt; *x*</code></pre><p dir="auto">after</p>'],
  ["unclosed code block", "```\na", "<pre><code>a</code></pre>"],
  ["bullets", "- a\n- **b**", '<ul dir="auto"><li>a</li><li><strong>b</strong></li></ul>'],
  ["numbers", "1. a\n2. b", '<ol dir="auto"><li>a</li><li>b</li></ol>'],
  ["numbers from 3", "3) c", '<ol dir="auto" start="3"><li>c</li></ol>'],
  ["quote", "> a\n> b\nc", '<blockquote dir="auto"><p dir="auto">a<br>b</p></blockquote><p dir="auto">c</p>'],
  ["heading is text", "# a", '<p dir="auto"># a</p>'],
  ["entities", "a & b < c > d \" ' &lt;", '<p dir="auto">a &amp; b &lt; c &gt; d &quot; &#39; &amp;lt;</p>'],
  [
    "image is a link at most",
    "![x](https://a.example/x.png)",
    `<p dir="auto">!${link("https://a.example/x.png", "x")}</p>`,
  ],
  ["link", "[店](https://a.example/?q=1&b=2)", `<p dir="auto">${link("https://a.example/?q=1&amp;b=2", "店")}</p>`],
  ["link with brackets", "[w](https://a.example/b_(c))", `<p dir="auto">${link("https://a.example/b_(c)", "w")}</p>`],
  [
    "autolink before Chinese",
    "看https://a.example/b，谢谢",
    `<p dir="auto">看${link("https://a.example/b", "https://a.example/b")}，谢谢</p>`,
  ],
  [
    "autolink in brackets",
    "(https://a.example/b).",
    `<p dir="auto">(${link("https://a.example/b", "https://a.example/b")}).</p>`,
  ],
  [
    "autolink with underscores",
    "https://a.example/x_y_z*w*",
    `<p dir="auto">${link("https://a.example/x_y_z*w", "https://a.example/x_y_z*w")}*</p>`,
  ],
  [
    "autolink in bold",
    "**https://a.example/**",
    `<p dir="auto"><strong>${link("https://a.example/", "https://a.example/")}</strong></p>`,
  ],
  ["mail", "me@mail.a.example 好", `<p dir="auto">${link("mailto:me@mail.a.example", "me@mail.a.example")} 好</p>`],
  [
    "no link in a link",
    "[a https://b.example c](https://b.example/)",
    `<p dir="auto">${link("https://b.example/", "a https://b.example c")}</p>`,
  ],
];

function link(href: string, label: string): string {
  return `<a href="${href}" target="_blank" rel="noopener noreferrer nofollow">${label}</a>`;
}

describe("renderMessage", () => {
  it.each(cases)("%s", (_, body, html) => expect(renderMessage(body)).toBe(html));

  it("shows where a disguised link goes", () => {
    expect(renderMessage("[www.bank.example](https://evil.example/)")).toContain(
      '<span class="link-host">(evil.example)</span>',
    );
    expect(renderMessage("[bank.example](https://www.bank.example/login)")).not.toContain("link-host");
  });

  it("stays quick on hostile input", () => {
    const started = performance.now();
    for (const piece of [
      "*a ",
      "**a ",
      "_",
      "[",
      "[a](",
      "`",
      "`` ",
      "a@",
      "https://",
      "> ",
      "- ",
      "*_`[**",
      "((((",
      "http://a.example/(",
    ]) {
      renderMessage(piece.repeat(20_000));
    }
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe("stripMessage", () => {
  it.each([
    ["**a** `b`\n- c\n- d", "a b c d"],
    ["> quoted\nanswer", "answer"],
    ["> only a quote", "only a quote"],
    ["[店](https://a.example)", "店"],
    ["\u202Egnp.exe", "gnp.exe"],
    ["  \n ", ""],
  ])("%j", (body, text) => expect(stripMessage(body)).toBe(text));

  it("cuts by characters, not halves of them", () => expect(stripMessage("👍👍👍👍", 3)).toBe("👍👍…"));
});
