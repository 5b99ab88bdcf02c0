/** A link that may be followed, with its place in the line. */
export interface Link {
  start: number;
  end: number;
  href: string;
  /** Where the link really goes, when its text names another host. */
  actualHost: string | null;
}

// The character before is captured, not looked behind at: Safari before 16.4 does not know lookbehind.
const AUTOLINK =
  /(^|[^A-Za-z0-9_@])(https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]{1,2000}|[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w@]))/gi;
const EXPLICIT = /\[([^[\]\n]{1,500})\]\(\s*<?([^\s()<>]{1,2000}(?:\([^\s()]{0,500}\)[^\s()<>]{0,500})?)>?\s*\)/y;
const HOST_IN_LABEL = /(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}[a-z]{2,24}/i;

/** The normalised address if it is one that a message may link to, else null. */
export function safeHref(address: string): string | null {
  if (!/^(?:https?:\/\/|mailto:)/i.test(address)) return null;
  try {
    const url = new URL(address);
    if (url.username || url.password) return null; // https://bank.example@evil.example
    if (url.protocol === "mailto:") return /^[^\s@]+@[^\s@]+$/.test(url.pathname) ? url.href : null;
    return (url.protocol === "https:" || url.protocol === "http:") && url.hostname ? url.href : null;
  } catch {
    return null;
  }
}

/** Cuts punctuation that belongs to the sentence, not to the address. */
function trimAddress(address: string): string {
  let end = address.length;
  let open = 0;
  for (const c of address) open += c === "(" ? 1 : c === ")" ? -1 : 0;
  for (; end > 0; end--) {
    const c = address[end - 1] as string;
    if (c === ")" && open < 0) open++;
    else if (!/[.,;:!?'"\]*_~]/.test(c)) break;
  }
  return address.slice(0, end);
}

/** Addresses that stand bare in the text. */
export function findAutolinks(s: string): Link[] {
  const links: Link[] = [];
  for (const match of s.matchAll(AUTOLINK)) {
    const found = match[2] as string;
    const isWeb = /^https?:/i.test(found);
    const address = isWeb ? trimAddress(found) : found;
    const href = safeHref(isWeb ? address : `mailto:${address}`);
    const start = match.index + (match[1] as string).length;
    if (href) links.push({ start, end: start + address.length, href, actualHost: null });
  }
  return links;
}

/** `[label](address)` at `at`, if its address is allowed. */
export function parseExplicitLink(s: string, at: number): { link: Link; label: string } | null {
  EXPLICIT.lastIndex = at;
  const match = EXPLICIT.exec(s);
  const href = match && safeHref(match[2] as string);
  if (!href) return null;
  const label = match[1] as string;
  return { label, link: { start: at, end: EXPLICIT.lastIndex, href, actualHost: disguisedHost(label, href) } };
}

function disguisedHost(label: string, href: string): string | null {
  const url = new URL(href);
  const host = url.protocol === "mailto:" ? (url.pathname.split("@")[1] ?? "") : url.hostname;
  const named = HOST_IN_LABEL.exec(label)?.[0].toLowerCase();
  const bare = (name: string) => name.replace(/^www\./, "");
  return named && bare(named) !== bare(host.toLowerCase()) ? host : null;
}
