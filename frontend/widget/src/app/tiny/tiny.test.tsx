// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { mount, redraw, useEffect, useLayoutEffect, useMemo, useRef, useState, type Child } from ".";

let root: HTMLElement;
let view: () => Child;
const html = () => root.innerHTML;
const settle = () => Promise.resolve().then(() => undefined);

function show(next: () => Child): void {
  view = next;
  mount(() => view(), root);
}

async function change(next: () => Child): Promise<void> {
  view = next;
  redraw();
  await settle();
}

beforeEach(() => {
  root = document.createElement("div");
  document.body.replaceChildren(root);
});

describe("drawing", () => {
  it("draws elements, text, fragments and nothing", () => {
    show(() => (
      <>
        <p class="a" hidden={false} aria-hidden={false}>
          x{1}
          {null}
          {false}
        </p>
        {"y"}
      </>
    ));
    expect(html()).toBe('<p class="a" aria-hidden="false">x1</p>y');
  });

  it("escapes text and sets no style attribute by markup", () => {
    show(() => <p style={{ width: "5px" }}>{"<b>"}</p>);
    expect(root.textContent).toBe("<b>");
    expect((root.firstElementChild as HTMLElement).style.width).toBe("5px");
  });

  it("changes, adds and removes attributes and keeps the element", async () => {
    show(() => <a href="/a" title="t" />);
    const element = root.firstElementChild;
    await change(() => <a href="/b" class="c" />);
    expect(html()).toBe('<a href="/b" class="c"></a>');
    expect(root.firstElementChild).toBe(element);
  });

  it("keeps a place stable when what stands before it comes and goes", async () => {
    const page = (on: boolean) => () => (
      <div>
        {on ? <i /> : null}
        <input />
      </div>
    );
    show(page(false));
    const input = root.querySelector("input");
    await change(page(true));
    expect(root.querySelector("div")?.innerHTML).toBe("<i></i><input>");
    expect(root.querySelector("input")).toBe(input);
    await change(page(false));
    expect(root.querySelector("input")).toBe(input);
  });

  it("moves keyed children without making them anew", async () => {
    const list = (keys: string[]) => () => (
      <ul>
        {keys.map((key) => (
          <li key={key}>{key}</li>
        ))}
      </ul>
    );
    show(list(["a", "b", "c"]));
    const before = new Map([...root.querySelectorAll("li")].map((li) => [li.textContent, li]));
    for (const keys of [["c", "a", "b"], ["b"], ["x", "b", "y"], ["y", "x", "b", "a"], []]) {
      await change(list(keys));
      expect([...root.querySelectorAll("li")].map((li) => li.textContent)).toEqual(keys);
      const b = root.querySelectorAll("li")[keys.indexOf("b")];
      if (b) expect(b).toBe(before.get("b"));
    }
  });

  it("replaces what changes its kind", async () => {
    show(() => <b>x</b>);
    await change(() => <i>x</i>);
    expect(html()).toBe("<i>x</i>");
  });

  it("writes a value only when it differs from what is typed", async () => {
    show(() => <input value="a" />);
    const input = root.querySelector("input") as HTMLInputElement;
    input.value = "typed";
    await change(() => <input value="typed" />);
    expect(input.value).toBe("typed");
    await change(() => <input value="" />);
    expect(input.value).toBe("");
  });

  it("inserts prepared markup where asked", async () => {
    show(() => <div html="<b>x</b>" />);
    expect(html()).toBe("<div><b>x</b></div>");
    await change(() => <div html="<i>y</i>" />);
    expect(html()).toBe("<div><i>y</i></div>");
  });
});

describe("hooks", () => {
  it("keep state and call the newest handler", async () => {
    function Counter({ step }: { step: number }): Child {
      const [n, setN] = useState(0);
      return <button onClick={() => setN((now) => now + step)}>{n}</button>;
    }
    show(() => <Counter step={1} />);
    root.querySelector("button")?.click();
    await settle();
    expect(root.textContent).toBe("1");
    await change(() => <Counter step={10} />);
    root.querySelector("button")?.click();
    root.querySelector("button")?.click();
    await settle();
    expect(root.textContent).toBe("21");
  });

  it("run effects after drawing, layout effects first, and clean up", async () => {
    const log: string[] = [];
    function Part({ id }: { id: number }): Child {
      const element = useRef<HTMLParagraphElement>(null);
      useEffect(() => {
        log.push(`effect ${id} ${element.current?.isConnected}`);
        return () => log.push(`clean ${id}`) as unknown as void;
      }, [id]);
      useLayoutEffect(() => void log.push(`layout ${id}`), [id]);
      return <p ref={element}>{useMemo(() => id * 2, [id])}</p>;
    }
    show(() => <Part id={1} />);
    await change(() => <Part id={1} />);
    await change(() => <Part id={2} />);
    expect(root.textContent).toBe("4");
    await change(() => null);
    expect(log).toEqual(["layout 1", "effect 1 true", "layout 2", "clean 1", "effect 2 true", "clean 2"]);
  });

  it("give a function reference the element once, when it is in the page", async () => {
    const seen: boolean[] = [];
    const page = () => <p ref={(element) => seen.push(element.isConnected)} />;
    show(page);
    await change(page);
    expect(seen).toEqual([true]);
  });
});
