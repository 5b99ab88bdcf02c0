import type { Child, Component, Props, VNode } from "./types";

export type { JSX } from "./types";

/** What the compiler turns `<a/>` into. */
export function jsx(type: string | Component, props: Props, key?: string | number): VNode {
  return { type, props, key };
}

export { jsx as jsxDEV, jsx as jsxs };

/** Several things without an element around them. */
export const Fragment = ({ children }: { children?: Child }): Child => children;
