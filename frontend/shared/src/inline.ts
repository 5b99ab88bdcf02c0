import { findAutolinks, parseExplicitLink, type Link } from "./links";

/** A piece of a line. */
export type Inline =
  string | { t: "strong" | "em"; c: Inline[] } | { t: "code"; v: string } | { t: "a"; link: Link; c: Inline[] };

const MAX_DEPTH = 4;
const SPECIAL = /[\\`*_[]/;
const WORD = /[A-Za-z0-9]/;

class Scanner {
  private out: Inline[] = [];
  private text = "";
  private pos = 0;
  private nextLink = 0;
  private readonly autolinks: Link[];
  /** Delimiters of which no closing one is left: keeps a flood of openers linear. */
  private readonly exhausted = new Set<string>();

  constructor(
    private readonly s: string,
    private readonly depth: number,
    private readonly inLink: boolean,
  ) {
    this.autolinks = findAutolinks(s);
  }

  run(): Inline[] {
    while (this.pos < this.s.length) {
      if (!this.autolink() && !this.special()) this.text += this.s[this.pos++];
    }
    this.flush();
    return this.out;
  }

  private flush(): void {
    if (this.text) this.out.push(this.text);
    this.text = "";
  }

  private push(node: Inline, end: number): true {
    this.flush();
    this.out.push(node);
    this.pos = end;
    return true;
  }

  private autolink(): boolean {
    let link = this.autolinks[this.nextLink];
    while (link && link.start < this.pos) link = this.autolinks[++this.nextLink];
    if (!link || link.start !== this.pos) return false;
    const label = this.s.slice(link.start, link.end);
    return this.push(this.inLink ? label : { t: "a", link, c: [label] }, link.end);
  }

  private special(): boolean {
    const c = this.s[this.pos] as string;
    if (!SPECIAL.test(c)) return false;
    if (c === "\\") return this.escape();
    if (c === "`") return this.code();
    if (c === "[") return this.explicitLink();
    return this.emphasis(c + c, "strong") || this.emphasis(c, "em");
  }

  private escape(): boolean {
    const next = this.s[this.pos + 1];
    if (!next || !/[\\`*_[\]()>#+\-.!~|]/.test(next)) return false;
    this.text += next;
    this.pos += 2;
    return true;
  }

  private code(): boolean {
    const run = /^`+/.exec(this.s.slice(this.pos, this.pos + 8))?.[0] ?? "`";
    if (this.exhausted.has(run)) return false;
    const end = this.s.indexOf(run, this.pos + run.length);
    if (end < 0) {
      this.exhausted.add(run);
      return false;
    }
    const v = this.s.slice(this.pos + run.length, end);
    return v.trim() ? this.push({ t: "code", v: v.trim() }, end + run.length) : false;
  }

  private explicitLink(): boolean {
    if (this.inLink) return false;
    const found = parseExplicitLink(this.s, this.pos);
    if (!found) return false;
    return this.push({ t: "a", link: found.link, c: this.nested(found.label, true) }, found.link.end);
  }

  private emphasis(mark: string, t: "strong" | "em"): boolean {
    if (this.depth >= MAX_DEPTH || this.exhausted.has(mark) || !this.s.startsWith(mark, this.pos)) return false;
    const from = this.pos + mark.length;
    const before = this.s[this.pos - 1];
    if (!/\S/.test(this.s[from] ?? " ") || (mark !== "**" && before && WORD.test(before))) return false;
    const end = this.closing(mark, from);
    if (end < 0) {
      this.exhausted.add(mark);
      return false;
    }
    return this.push({ t, c: this.nested(this.s.slice(from, end), this.inLink) }, end + mark.length);
  }

  private closing(mark: string, from: number): number {
    const c = mark[0] as string;
    let link = this.nextLink;
    for (let i = this.s.indexOf(c, from); i >= 0; i = this.s.indexOf(c, i)) {
      while ((this.autolinks[link]?.end ?? Infinity) <= i) link++;
      const inside = this.autolinks[link];
      let run = 1;
      while (this.s[i + run] === c) run++;
      const after = this.s[i + run];
      const fits = mark.length === 2 ? run >= 2 : run !== 2;
      const wordEnd = mark === "**" || !after || !WORD.test(after);
      if (fits && wordEnd && i > from && /\S/.test(this.s[i - 1] as string) && !(inside && inside.start <= i)) {
        return i + run - mark.length;
      }
      i += run;
    }
    return -1;
  }

  private nested(s: string, inLink: boolean): Inline[] {
    return new Scanner(s, this.depth + 1, inLink).run();
  }
}

/** Reads the formatting within a line. */
export function parseInline(line: string): Inline[] {
  return new Scanner(line, 0, false).run();
}
