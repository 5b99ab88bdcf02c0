import { parseMessage, type Block } from "./blocks";
import type { Inline } from "./inline";
import { escapeHtml } from "./text";

function inlineHtml(parts: Inline[]): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return escapeHtml(part);
      if (part.t === "code") return `<code>${escapeHtml(part.v)}</code>`;
      if (part.t !== "a") return `<${part.t}>${inlineHtml(part.c)}</${part.t}>`;
      const { href, actualHost } = part.link;
      const warning = actualHost ? ` <span class="link-host">(${escapeHtml(actualHost)})</span>` : "";
      return `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer nofollow">${inlineHtml(part.c)}</a>${warning}`;
    })
    .join("");
}

function blockHtml(block: Block): string {
  switch (block.t) {
    case "p":
      return `<p dir="auto">${block.lines.map(inlineHtml).join("<br>")}</p>`;
    case "pre":
      return `<pre><code>${escapeHtml(block.v)}</code></pre>`;
    case "quote":
      return `<blockquote dir="auto">${block.c.map(blockHtml).join("")}</blockquote>`;
    case "list": {
      const items = block.items.map((item) => `<li>${inlineHtml(item)}</li>`).join("");
      if (block.start === null) return `<ul dir="auto">${items}</ul>`;
      return `<ol dir="auto"${block.start === 1 ? "" : ` start="${block.start}"`}>${items}</ol>`;
    }
  }
}

/**
 * Turns a message body (a light Markdown subset) into HTML that is safe to insert: the only elements are p, br, strong, em,
 * code, pre, blockquote, ul, ol, li, a and span; the only addresses are http, https and mailto; everything else is text.
 */
export function renderMessage(body: string): string {
  return parseMessage(body).map(blockHtml).join("");
}

function inlineText(parts: Inline[]): string {
  return parts
    .map((part) => (typeof part === "string" ? part : part.t === "code" ? part.v : inlineText(part.c)))
    .join("");
}

function blockText(block: Block): string {
  switch (block.t) {
    case "p":
      return block.lines.map(inlineText).join(" ");
    case "pre":
      return block.v;
    case "quote":
      return block.c.map(blockText).join(" ");
    case "list":
      return block.items.map(inlineText).join(" ");
  }
}

/** A message body as one line of plain text for previews, cut at `max` characters. Quotes give way to what was said about them. */
export function stripMessage(body: string, max = 120): string {
  const blocks = parseMessage(body);
  const own = blocks.filter((block) => block.t !== "quote");
  const text = (own.length ? own : blocks).map(blockText).join(" ").replace(/\s+/g, " ").trim();
  const characters = Array.from(text);
  return characters.length > max ? `${characters.slice(0, max - 1).join("")}…` : text;
}
